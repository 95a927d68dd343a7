#include "widgets/messages/row_copier.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>

#include <memory>

namespace octetscope {

namespace {
constexpr quint64 mostRows = 1'000'000;
constexpr qsizetype mostCharacters = 64'000'000;
}  // namespace

RowCopier::RowCopier(QObject *parent) : QObject(parent), walk_(this) {}

void RowCopier::start(quint64 from, quint64 rows, TextOfLine textOfLine) {
  auto text = std::make_shared<QString>();
  auto copied = std::make_shared<quint64>(0);
  walk_.start(
      std::min(rows, mostRows),
      [from, text, copied, textOfLine = std::move(textOfLine)](quint64 step) {
        text->append(textOfLine(from + step));
        text->append(QLatin1Char('\n'));
        ++*copied;
        return text->size() < mostCharacters ? SlicedWalk::Next::GoOn : SlicedWalk::Next::Stop;
      },
      [this, rows, text, copied](bool whole) {
        if (!whole) {
          Q_EMIT said(tr("Nothing was copied, because the rows changed meanwhile. Copy again."));
          return;
        }
        QGuiApplication::clipboard()->setText(*text);
        const QLocale locale;
        if (*copied < rows) {
          Q_EMIT said(tr("Copied the first %1 of %2 rows; more do not fit the clipboard.")
                          .arg(locale.toString(*copied), locale.toString(rows)));
        } else {
          Q_EMIT said(rows == 1 ? tr("Copied 1 row.") : tr("Copied %1 rows.").arg(locale.toString(rows)));
        }
      });
}

void RowCopier::visit(quint64 from, quint64 rows, std::function<SlicedWalk::Next(quint64 line)> visit,
                      SlicedWalk::Done done) {
  walk_.start(rows, [from, visit = std::move(visit)](quint64 step) { return visit(from + step); }, std::move(done));
}

}  // namespace octetscope

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

void RowCopier::start(const LineRuns &lines, TextOfLine textOfLine) {
  const quint64 rows = lines.count();
  auto text = std::make_shared<QString>();
  auto copied = std::make_shared<quint64>(0);
  walk_.start(
      std::min(rows, mostRows),
      [walk = LineWalk(lines), text, copied, textOfLine = std::move(textOfLine)](quint64) mutable {
        text->append(textOfLine(walk.next()));
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

void RowCopier::visit(const LineRuns &lines, std::function<SlicedWalk::Next(quint64 line)> visit,
                      SlicedWalk::Done done) {
  walk_.start(
      lines.count(), [walk = LineWalk(lines), visit = std::move(visit)](quint64) mutable { return visit(walk.next()); },
      std::move(done));
}

}  // namespace octetscope

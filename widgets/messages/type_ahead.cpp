#include "widgets/messages/type_ahead.h"

#include <QApplication>

#include <memory>

namespace octetscope {

TypeAhead::TypeAhead(QObject *parent, TextOfLine textOfLine)
    : QObject(parent), textOfLine_(std::move(textOfLine)), search_(this) {}

bool TypeAhead::isTyping(quint64 atMs) const {
  const auto pause = static_cast<quint64>(QApplication::keyboardInputInterval());
  return !typed_.isEmpty() && atMs >= lastMs_ && atMs - lastMs_ <= pause;
}

void TypeAhead::type(const QString &text, quint64 atMs, quint64 lines, quint64 from, bool onRow) {
  if (!isTyping(atMs)) typed_.clear();
  typed_ += text;
  lastMs_ = atMs;
  const bool repeats = typed_.count(typed_.at(0)) == typed_.size();
  const QString wanted = repeats ? typed_.left(1) : typed_;
  const quint64 start = from + (repeats && onRow ? 1 : 0);
  auto hit = std::make_shared<std::optional<quint64>>();
  search_.start(
      lines,
      [this, wanted, start, lines, hit](quint64 step) {
        const quint64 line = (start + step) % lines;
        if (!textOfLine_(line).startsWith(wanted, Qt::CaseInsensitive)) return SlicedWalk::Next::GoOn;
        *hit = line;
        return SlicedWalk::Next::Stop;
      },
      [this, wanted, hit](bool whole) {
        if (!whole) return;
        if (*hit) {
          Q_EMIT found(**hit);
        } else {
          Q_EMIT missed(wanted);
        }
      });
}

}  // namespace octetscope

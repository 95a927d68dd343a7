#include "widgets/controls/undo_passing.h"

#include <QKeyEvent>
#include <QLineEdit>

namespace octetscope {

void UndoPassing::install(QLineEdit *line) {
  line->installEventFilter(new UndoPassing(line));
}

bool UndoPassing::passesOn(const QLineEdit *line, QEvent *event) {
  if (event->type() != QEvent::ShortcutOverride) return false;
  const auto *key = static_cast<const QKeyEvent *>(event);
  const bool hasUse = (key->matches(QKeySequence::Undo) && line->isUndoAvailable()) ||
                      (key->matches(QKeySequence::Redo) && line->isRedoAvailable());
  if (hasUse || !(key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo))) return false;
  event->ignore();
  return true;
}

bool UndoPassing::eventFilter(QObject *watched, QEvent *event) {
  const auto *line = qobject_cast<const QLineEdit *>(watched);
  return (line && passesOn(line, event)) || QObject::eventFilter(watched, event);
}

}  // namespace octetscope

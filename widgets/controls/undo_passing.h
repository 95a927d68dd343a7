// UndoPassing: lets Ctrl+Z and Ctrl+Shift+Z go on to the window where a line of text has nothing of its own to take
// back. A line of Qt keeps these keys to itself, also when they do nothing there.
#pragma once

#include <QObject>

class QEvent;
class QLineEdit;

namespace octetscope {

class UndoPassing : public QObject {
  Q_OBJECT
 public:
  /// For a line that gets its events itself. Lives as long as the line.
  static void install(QLineEdit *line);
  /// True where `event`, meant for `line`, is such a key that the line has no use for; the event is ignored then.
  static bool passesOn(const QLineEdit *line, QEvent *event);

 protected:
  bool eventFilter(QObject *watched, QEvent *event) override;

 private:
  using QObject::QObject;
};

}  // namespace octetscope

// SendCommands: what the Send panel is given from the message list.
#pragma once

#include <QObject>

namespace octetscope {

class MainWindow;

class SendCommands : public QObject {
  Q_OBJECT
 public:
  explicit SendCommands(MainWindow *window);

  void updateEnabled();

 private:
  /// Puts the message of the current row into the Send panel, and the keyboard there.
  void edit();

  MainWindow *const window_;
};

}  // namespace octetscope

// LinkButtons: what can be done to a connection: send, finish sending, close, reset; and while something goes out, how
// far it is and a button to cancel. A button that cannot be used says why.
#pragma once

#include "model/transport/live_connection.h"

#include <QWidget>

#include <optional>

class QProgressBar;
class QPushButton;

namespace octetscope {

class LinkButtons : public QWidget {
  Q_OBJECT
 public:
  explicit LinkButtons(QWidget *parent = nullptr);

  /// `sendReason`: why nothing can be sent now; empty: it can.
  void showState(std::optional<LinkState> state, const ChannelAbilities &abilities, const QString &sendReason);
  void setDelivering(bool delivering);
  void setProgress(quint64 done, quint64 total);

 Q_SIGNALS:
  void sendClicked();
  void finishClicked();
  void closeClicked();
  void resetClicked();
  void cancelClicked();

 private:
  static void setButton(QPushButton *button, const QString &does, const QString &reason);

  QWidget *progressBox_;
  QProgressBar *progress_;
  QPushButton *cancel_;
  QPushButton *send_;
  QPushButton *finish_;
  QPushButton *close_;
  QPushButton *reset_;
  bool delivering_ = false;
};

}  // namespace octetscope

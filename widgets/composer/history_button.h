// HistoryButton: opens the menu of what was sent before. It asks, by signals; the history is not its own.
#pragma once

#include "widgets/composer/send_history.h"

#include <QPushButton>

namespace octetscope {

class HistoryButton : public QPushButton {
  Q_OBJECT
 public:
  /// `history` must outlive it.
  explicit HistoryButton(const SendHistory *history, QWidget *parent = nullptr);

  /// `hasSent`: something was sent since the program began. `reason`: why it cannot be sent again now, without a full
  /// stop; empty: it can.
  void showState(bool hasSent, const QString &reason);

 Q_SIGNALS:
  void againChosen();
  void entryChosen(qsizetype index);
  void forgetChosen();

 private:
  void fill();

  const SendHistory *history_;
  QString reason_;
};

}  // namespace octetscope

// SortLine: says over the message list that its rows are being sorted, how far that is, and stops it. Hidden while
// there is nothing to say, and where it takes no time that one notices.
#pragma once

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;

namespace octetscope {

class MessageOrder;

class SortLine : public QWidget {
  Q_OBJECT
 public:
  explicit SortLine(QWidget *parent = nullptr);

  /// What it speaks of; null: nothing. Not owned.
  void setOrder(MessageOrder *order);

 private:
  void update();

  QPointer<MessageOrder> order_;
  QTimer delay_;
  QLabel *words_;
  QProgressBar *bar_;
};

}  // namespace octetscope

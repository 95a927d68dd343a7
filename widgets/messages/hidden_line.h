// HiddenLine: says over the message list that what is selected lies in a message that the filter hides, as after a
// search or a jump in the bytes, and offers every message again. Hidden while there is nothing to say.
#pragma once

#include "model/items/message_filter.h"
#include "model/items/selection_hub.h"

#include <QPointer>
#include <QWidget>

class QLabel;

namespace octetscope {

class HiddenLine : public QWidget {
  Q_OBJECT
 public:
  explicit HiddenLine(QWidget *parent = nullptr);

  /// What is selected; null: nothing. Not owned.
  void setSelectionHub(SelectionHub *hub);
  /// What hides messages; null: nothing. Not owned. `decoder`: the filter's.
  void setFilter(MessageFilter *filter, ConnectionDecoder *decoder);
  /// What it says; empty while there is nothing to say.
  QString words() const;

 Q_SIGNALS:
  void showAllAsked();

 private:
  void update();
  QString wordsOfSelection() const;

  QPointer<SelectionHub> hub_;
  QPointer<MessageFilter> filter_;
  QPointer<ConnectionDecoder> decoder_;
  QLabel *words_;
};

}  // namespace octetscope

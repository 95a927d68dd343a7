// AddColumnDialog: asks which field is to be a column of the message list, and how its values are written. Names are
// offered as one types; while it is none, or messages have no such field, it says so.
#pragma once

#include "model/items/message_columns.h"

#include <QDialog>
#include <QPointer>

class QComboBox;
class QPushButton;

namespace octetscope {

class ConnectionDecoder;
class ErrorLineEdit;
class FilterOffers;
class MessageFilter;
class WrappedLabel;

class AddColumnDialog : public QDialog {
  Q_OBJECT
 public:
  /// `filter`: of that decoder, knows the names; both may be null: then any name will do.
  AddColumnDialog(const MessageFilter *filter, const ConnectionDecoder *decoder, QWidget *parent);

  /// What was chosen, once it is accepted.
  MessageColumn column() const;

 protected:
  void showEvent(QShowEvent *event) override;

 private:
  void offer();
  void check();
  void acceptIfRight();

  QPointer<const MessageFilter> filter_;
  const QStringList seen_;  // names of fields that messages have had
  ErrorLineEdit *edit_;
  FilterOffers *offers_;
  WrappedLabel *sentence_;
  QComboBox *format_;
  QPushButton *add_;
};

}  // namespace octetscope

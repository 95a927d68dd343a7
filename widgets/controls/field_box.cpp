#include "widgets/controls/field_box.h"

#include <QLineEdit>

namespace octetscope {

FieldBox::FieldBox(const QString &accessibleName, QWidget *parent) : QComboBox(parent) {
  setEditable(true);
  setInsertPolicy(NoInsert);
  setAccessibleName(accessibleName);
  lineEdit()->setAccessibleName(accessibleName);
  lineEdit()->setPlaceholderText(tr("none"));
  connect(this, &QComboBox::activated, this, &FieldBox::chosen);
  connect(lineEdit(), &QLineEdit::editingFinished, this, &FieldBox::chosen);
}

void FieldBox::offer(const QStringList &names) {
  if (names == offered_ && count() > 0) return;
  offered_ = names;
  const QString written = currentText();
  const int cursor = lineEdit()->cursorPosition();
  clear();
  addItem(QString());
  addItems(names);
  setCurrentText(written);
  lineEdit()->setCursorPosition(cursor);
}

}  // namespace octetscope

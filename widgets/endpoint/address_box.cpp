#include "widgets/endpoint/address_box.h"

#include "widgets/controls/error_line_edit.h"
#include "widgets/endpoint/endpoint_fields.h"

namespace octetscope {

AddressBox::AddressBox(const QString &accessibleName, QWidget *parent) : QComboBox(parent) {
  setEditable(true);
  setLineEdit(new ErrorLineEdit(this));
  setCompleter(nullptr);
  setAccessibleName(accessibleName);
  lineEdit()->setAccessibleName(accessibleName);
}

void AddressBox::offerOwnAddresses() {
  for (const QString &own : EndpointFields::ownAddresses()) {
    if (findData(own) < 0) addItem(own, own);
  }
}

QString AddressBox::host() const {
  const int index = findText(currentText());
  return index >= 0 ? itemData(index).toString() : currentText().trimmed();
}

void AddressBox::setHost(const QString &host) {
  const int known = findData(host);
  if (known >= 0) {
    setCurrentIndex(known);
  } else {
    setEditText(host);
  }
}

void AddressBox::setError(const std::optional<Error> &error) {
  static_cast<ErrorLineEdit *>(lineEdit())->setError(error);
}

}  // namespace octetscope

#include "widgets/endpoint/listen_dialog.h"

#include "model/transport/endpoint_text.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/endpoint/endpoint_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace octetscope {

using namespace Qt::StringLiterals;

ListenDialog::ListenDialog(QSettings *settings, QWidget *parent)
    : QDialog(parent),
      recent_(settings, u"endpoint/recentListen"_s),
      settings_(settings),
      recentBox_(new QComboBox(this)),
      address_(new QComboBox(this)),
      port_(EndpointFields::port(this, true)),
      receiveSize_(EndpointFields::receiveSize(this)),
      autoFinish_(new QCheckBox(tr("&Finish when the peer has finished"), this)),
      once_(new QCheckBox(tr("Accept &one connection only"), this)),
      sentence_(EndpointFields::sentence(this)) {
  setWindowTitle(tr("Listen"));
  recentBox_->setAccessibleName(tr("Used before"));
  recentBox_->addItem(tr("(choose)"));
  recentBox_->addItems(recent_.all());
  recentBox_->setEnabled(recentBox_->count() > 1);
  recentBox_->setToolTip(recentBox_->isEnabled() ? tr("Addresses that were listened on before")
                                                 : tr("Nothing was listened on before"));
  address_->setEditable(true);
  address_->setLineEdit(new ErrorLineEdit(address_));
  address_->setCompleter(nullptr);
  address_->setAccessibleName(tr("Address to listen on"));
  address_->lineEdit()->setAccessibleName(tr("Address to listen on"));
  address_->addItem(tr("127.0.0.1 (this computer only)"), u"127.0.0.1"_s);
  address_->addItem(tr("::1 (this computer only, IPv6)"), u"::1"_s);
  address_->addItem(tr("0.0.0.0 (all interfaces)"), u"0.0.0.0"_s);
  address_->addItem(tr(":: (all interfaces, IPv6)"), u"::"_s);
  for (const QString &own : EndpointFields::ownAddresses()) {
    if (address_->findData(own) < 0) address_->addItem(own, own);
  }
  address_->setMinimumContentsLength(30);
  address_->setToolTip(
      tr("The address of this computer that others connect to. 127.0.0.1 can be reached from this "
         "computer alone, which is safe."));
  port_->setToolTip(tr("The port that others connect to. 0 lets the system pick a free one, which is then shown."));
  autoFinish_->setToolTip(
      tr("After the peer's FIN, and when nothing is left to send, our FIN is sent too. Without it the "
         "connection stays half open until you finish, close or reset it."));
  once_->setToolTip(tr("Stops listening after the first connection was accepted"));

  auto *form = new QFormLayout;
  form->addRow(tr("&Used before"), recentBox_);
  form->addRow(tr("&Address"), address_);
  form->addRow(tr("&Port"), port_);
  form->addRow(tr("&Receive at most"), receiveSize_);
  form->addRow(QString(), autoFinish_);
  form->addRow(QString(), once_);
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  ok_ = buttons->addButton(tr("&Listen"), QDialogButtonBox::AcceptRole);
  ok_->setDefault(true);
  auto *column = new QVBoxLayout(this);
  column->addLayout(form);
  column->addWidget(sentence_);
  column->addStretch();
  column->addWidget(buttons);

  connect(recentBox_, &QComboBox::activated, this, &ListenDialog::useRecent);
  connect(address_, &QComboBox::editTextChanged, this, &ListenDialog::check);
  connect(port_, &QSpinBox::valueChanged, this, &ListenDialog::check);
  connect(buttons, &QDialogButtonBox::accepted, this, &ListenDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &ListenDialog::reject);

  if (!recent_.all().isEmpty()) useRecent(1);
  if (settings_) {
    receiveSize_->setValue(settings_->value(u"endpoint/receiveSize"_s, 8192).toInt());
    autoFinish_->setChecked(settings_->value(u"endpoint/autoFinish"_s, false).toBool());
  }
  check();
  port_->setFocus();
  port_->selectAll();
}

QString ListenDialog::host() const {
  const int index = address_->findText(address_->currentText());
  return index >= 0 ? address_->itemData(index).toString() : address_->currentText().trimmed();
}

void ListenDialog::useRecent(int index) {
  if (index <= 0) return;
  const auto endpoint = parseEndpoint(recentBox_->itemText(index));
  if (!endpoint) return;
  ListenOptions chosen = options();
  chosen.host = endpoint->host;
  chosen.port = endpoint->port;
  setOptions(chosen);
}

void ListenDialog::setOptions(const ListenOptions &options) {
  const int known = address_->findData(options.host);
  if (known >= 0) {
    address_->setCurrentIndex(known);
  } else {
    address_->setEditText(options.host);
  }
  port_->setValue(options.port);
  receiveSize_->setValue(options.receiveSize);
  autoFinish_->setChecked(options.autoFinish);
  once_->setChecked(options.once);
  check();
}

ListenOptions ListenDialog::options() const {
  ListenOptions result;
  result.host = EndpointFields::host(host()).value_or(QString());
  result.port = static_cast<quint16>(port_->value());
  result.receiveSize = receiveSize_->value();
  result.autoFinish = autoFinish_->isChecked();
  result.once = once_->isChecked();
  return result;
}

void ListenDialog::check() {
  const auto checked = EndpointFields::host(host());
  auto *line = static_cast<ErrorLineEdit *>(address_->lineEdit());
  line->setError(checked ? std::nullopt : std::optional(checked.error()));
  error_ = checked ? QString() : checked.error().line();
  ok_->setEnabled(checked.has_value());
  ok_->setToolTip(checked ? tr("Begins to accept connections") : tr("Not now: %1.").arg(error_));
  if (!checked) {
    EndpointFields::show(sentence_, error_, true);
    return;
  }
  const QString where = port_->value() == 0 ? tr("a free port of %1").arg(*checked)
                                            : Endpoint{*checked, static_cast<quint16>(port_->value())}.text();
  QString text = tr("Listens on %1.").arg(where);
  if (EndpointFields::isAny(*checked)) {
    text = tr("⚠ Listens on all interfaces: anyone who reaches this computer over the network can connect.");
  } else if (!EndpointFields::isLoopback(*checked)) {
    text = tr("⚠ Listens on %1: others on that network can connect.").arg(where);
  }
  if (port_->value() > 0 && port_->value() < 1024) text += u' ' + tr("Ports below 1024 may need the rights of root.");
  EndpointFields::show(sentence_, text, false);
}

void ListenDialog::accept() {
  check();
  if (!error_.isEmpty()) return;
  const ListenOptions chosen = options();
  recent_.add(Endpoint{chosen.host, chosen.port}.text());
  if (settings_) {
    settings_->setValue(u"endpoint/receiveSize"_s, chosen.receiveSize);
    settings_->setValue(u"endpoint/autoFinish"_s, chosen.autoFinish);
  }
  QDialog::accept();
}

}  // namespace octetscope

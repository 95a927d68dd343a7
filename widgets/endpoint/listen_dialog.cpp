#include "widgets/endpoint/listen_dialog.h"

#include "widgets/endpoint/address_box.h"
#include "widgets/endpoint/endpoint_fields.h"

#include <QCheckBox>
#include <QSpinBox>

namespace octetscope {

using namespace Qt::StringLiterals;

ListenDialog::ListenDialog(QSettings *settings, QWidget *parent)
    : EndpointDialog({.title = tr("Listen"),
                      .button = tr("&Listen"),
                      .buttonTip = tr("Begins to accept connections"),
                      .usedTip = tr("Addresses that were listened on before"),
                      .unusedTip = tr("Nothing was listened on before"),
                      .recentKey = u"endpoint/recentListen"_s,
                      .finishKey = u"endpoint/autoFinish"_s,
                      .allowsAnyPort = true},
                     settings, parent),
      address_(new AddressBox(tr("Address to listen on"), this)),
      once_(new QCheckBox(tr("Accept &one connection only"), this)) {
  address_->addItem(tr("127.0.0.1 (this computer only)"), u"127.0.0.1"_s);
  address_->addItem(tr("::1 (this computer only, IPv6)"), u"::1"_s);
  address_->addItem(tr("0.0.0.0 (all interfaces)"), u"0.0.0.0"_s);
  address_->addItem(tr(":: (all interfaces, IPv6)"), u"::"_s);
  address_->offerOwnAddresses();
  address_->setMinimumContentsLength(30);
  address_->setToolTip(
      tr("The address of this computer that others connect to. 127.0.0.1 can be reached from this "
         "computer alone, which is safe."));
  port_->setToolTip(tr("The port that others connect to. 0 lets the system pick a free one, which is then shown."));
  autoFinish_->setToolTip(
      tr("After the peer's FIN, and when nothing is left to send, our FIN is sent too. Without it the "
         "connection stays half open until you finish, close or reset it."));
  once_->setToolTip(tr("Stops listening after the first connection was accepted"));

  addRow(tr("&Address"), address_);
  addRow(tr("&Port"), port_);
  addRow(tr("&Receive at most"), receiveSize_);
  addRow(QString(), autoFinish_);
  addRow(QString(), once_);
  connect(address_, &QComboBox::editTextChanged, this, &ListenDialog::check);
  begin();
  port_->setFocus();
  port_->selectAll();
}

void ListenDialog::use(const Endpoint &used) {
  address_->setHost(used.host);
  port_->setValue(used.port);
}

void ListenDialog::setOptions(const ListenOptions &options) {
  use({options.host, options.port});
  receiveSize_->setValue(options.receiveSize);
  autoFinish_->setChecked(options.autoFinish);
  once_->setChecked(options.once);
  check();
}

ListenOptions ListenDialog::options() const {
  ListenOptions result;
  result.host = EndpointFields::host(address_->host()).value_or(QString());
  result.port = port();
  result.receiveSize = receiveSize_->value();
  result.autoFinish = autoFinish_->isChecked();
  result.once = once_->isChecked();
  return result;
}

std::expected<QString, QString> ListenDialog::judge() {
  const auto host = EndpointFields::host(address_->host());
  address_->setError(host ? std::nullopt : std::optional(host.error()));
  if (!host) return std::unexpected(host.error().line());
  const QString where = port() == 0 ? tr("a free port of %1").arg(*host) : Endpoint{*host, port()}.text();
  QString text = tr("Listens on %1.").arg(where);
  if (EndpointFields::isAny(*host)) {
    text = tr("⚠ Listens on all interfaces: anyone who reaches this computer over the network can connect.");
  } else if (!EndpointFields::isLoopback(*host)) {
    text = tr("⚠ Listens on %1: others on that network can connect.").arg(where);
  }
  if (port() > 0 && port() < 1024) text += u' ' + tr("Ports below 1024 may need the rights of root.");
  return text;
}

Endpoint ListenDialog::chosen() const {
  return {options().host, port()};
}

}  // namespace octetscope

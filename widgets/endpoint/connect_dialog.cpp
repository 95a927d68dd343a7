#include "widgets/endpoint/connect_dialog.h"

#include "model/transport/endpoint_text.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/endpoint/address_box.h"
#include "widgets/endpoint/endpoint_fields.h"

#include <QCheckBox>
#include <QDoubleSpinBox>

namespace octetscope {

using namespace Qt::StringLiterals;

ConnectDialog::ConnectDialog(QSettings *settings, QWidget *parent)
    : EndpointDialog({.title = tr("Connect"),
                      .button = tr("&Connect"),
                      .buttonTip = tr("Opens the connection"),
                      .usedTip = tr("Peers that were connected to before"),
                      .unusedTip = tr("Nothing was connected to before"),
                      .recentKey = u"endpoint/recentConnect"_s,
                      .finishKey = u"endpoint/connectAutoFinish"_s},
                     settings, parent),
      host_(new ErrorLineEdit(this)),
      bind_(new AddressBox(tr("Address of this computer to connect from"), this)),
      timeout_(new QDoubleSpinBox(this)) {
  host_->setAccessibleName(tr("Host to connect to"));
  host_->setText(u"127.0.0.1"_s);
  host_->setToolTip(tr("A name or an address. HOST:PORT may be typed or pasted as one."));
  host_->setMinimumWidth(host_->fontMetrics().averageCharWidth() * 34);
  port_->setValue(1060);
  port_->setToolTip(tr("The port that the peer listens on, 1 to 65535"));
  bind_->addItem(tr("the system's choice"), QString());
  bind_->offerOwnAddresses();
  bind_->setToolTip(
      tr("Which address of this computer the connection comes from. The system's choice is nearly always "
         "right."));
  timeout_->setRange(0.1, 3600);
  timeout_->setDecimals(1);
  timeout_->setValue(10);
  timeout_->setSuffix(tr(" s"));
  timeout_->setAccessibleName(tr("Time-out in seconds"));
  timeout_->setToolTip(tr("How long to try, looking up the name and trying all of its addresses included"));
  autoFinish_->setToolTip(
      tr("After the peer's FIN, and when nothing is left to send, our FIN is sent too. Without it you "
         "can still send to a peer that has finished: that is what a half-close is."));

  addRow(tr("&Host"), host_);
  addRow(tr("&Port"), port_);
  addRow(tr("Connect fro&m"), bind_);
  addRow(tr("&Time-out"), timeout_);
  addRow(tr("&Receive at most"), receiveSize_);
  addRow(QString(), autoFinish_);
  connect(host_, &QLineEdit::textChanged, this, &ConnectDialog::takePortFromHost);
  connect(bind_, &QComboBox::editTextChanged, this, &ConnectDialog::check);
  begin();
  host_->setFocus();
  host_->selectAll();
}

void ConnectDialog::takePortFromHost(const QString &text) {
  // "example.org:80" and "[::1]:80": both are known now. An address of colons alone is left as it is.
  if (text.startsWith(u'[') ? text.contains("]:"_L1) : text.count(u':') == 1) {
    if (const auto endpoint = parseEndpoint(text, QString(), false)) port_->setValue(endpoint->port);
  }
  check();
}

void ConnectDialog::use(const Endpoint &used) {
  host_->setText(used.host);
  port_->setValue(used.port);
}

void ConnectDialog::setOptions(const ConnectOptions &options) {
  host_->setText(options.host);
  if (options.port > 0) port_->setValue(options.port);
  bind_->setHost(options.bindHost);
  timeout_->setValue(options.timeoutMs / 1000.0);
  receiveSize_->setValue(options.receiveSize);
  autoFinish_->setChecked(options.autoFinish);
  check();
}

ConnectOptions ConnectDialog::options() const {
  ConnectOptions result;
  const auto whole = parseEndpoint(host_->text(), QString(), false);
  result.host = whole ? whole->host : EndpointFields::host(host_->text()).value_or(QString());
  result.port = port();
  if (!bind_->host().isEmpty()) result.bindHost = EndpointFields::host(bind_->host()).value_or(QString());
  result.timeoutMs = qRound(timeout_->value() * 1000);
  result.receiveSize = receiveSize_->value();
  result.autoFinish = autoFinish_->isChecked();
  return result;
}

std::expected<QString, QString> ConnectDialog::judge() {
  const auto whole = parseEndpoint(host_->text(), QString(), false);
  const Result<QString> to = whole ? Result<QString>(whole->host) : EndpointFields::host(host_->text());
  host_->setError(to ? std::nullopt : std::optional(to.error()));
  const Result<QString> from =
      bind_->host().isEmpty() ? Result<QString>(QString()) : EndpointFields::host(bind_->host());
  bind_->setError(from ? std::nullopt : std::optional(from.error()));
  if (!to) return std::unexpected(to.error().line());
  if (!from) return std::unexpected(tr("Connect from: %1").arg(from.error().line()));
  if (whole && whole->port != port()) {
    return std::unexpected(tr("the host says port %1, the port says %2: take one away").arg(whole->port).arg(port()));
  }
  return tr("Connects to %1.").arg(Endpoint{*to, port()}.text());
}

Endpoint ConnectDialog::chosen() const {
  return {options().host, port()};
}

void ConnectDialog::load(const QSettings &settings) {
  timeout_->setValue(settings.value(u"endpoint/timeoutMs"_s, 10'000).toInt() / 1000.0);
}

void ConnectDialog::save(QSettings &settings) const {
  settings.setValue(u"endpoint/timeoutMs"_s, options().timeoutMs);
}

}  // namespace octetscope

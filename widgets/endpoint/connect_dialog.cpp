#include "widgets/endpoint/connect_dialog.h"

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

ConnectDialog::ConnectDialog(QSettings *settings, QWidget *parent)
    : QDialog(parent),
      recent_(settings, u"endpoint/recentConnect"_s),
      settings_(settings),
      recentBox_(new QComboBox(this)),
      host_(new ErrorLineEdit(this)),
      port_(EndpointFields::port(this, false)),
      bind_(new QComboBox(this)),
      timeout_(new QDoubleSpinBox(this)),
      receiveSize_(EndpointFields::receiveSize(this)),
      autoFinish_(new QCheckBox(tr("&Finish when the peer has finished"), this)),
      sentence_(EndpointFields::sentence(this)) {
  setWindowTitle(tr("Connect"));
  recentBox_->setAccessibleName(tr("Used before"));
  recentBox_->addItem(tr("(choose)"));
  recentBox_->addItems(recent_.all());
  recentBox_->setEnabled(recentBox_->count() > 1);
  recentBox_->setToolTip(recentBox_->isEnabled() ? tr("Peers that were connected to before")
                                                 : tr("Nothing was connected to before"));
  host_->setAccessibleName(tr("Host to connect to"));
  host_->setText(u"127.0.0.1"_s);
  host_->setToolTip(tr("A name or an address. HOST:PORT may be typed or pasted as one."));
  host_->setMinimumWidth(host_->fontMetrics().averageCharWidth() * 34);
  port_->setValue(1060);
  port_->setToolTip(tr("The port that the peer listens on, 1 to 65535"));
  bind_->setEditable(true);
  bind_->setLineEdit(new ErrorLineEdit(bind_));
  bind_->setCompleter(nullptr);
  bind_->addItem(tr("the system's choice"), QString());
  for (const QString &own : EndpointFields::ownAddresses()) bind_->addItem(own, own);
  bind_->setAccessibleName(tr("Address of this computer to connect from"));
  bind_->lineEdit()->setAccessibleName(tr("Address of this computer to connect from"));
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

  auto *form = new QFormLayout;
  form->addRow(tr("&Used before"), recentBox_);
  form->addRow(tr("&Host"), host_);
  form->addRow(tr("&Port"), port_);
  form->addRow(tr("Connect fro&m"), bind_);
  form->addRow(tr("&Time-out"), timeout_);
  form->addRow(tr("&Receive at most"), receiveSize_);
  form->addRow(QString(), autoFinish_);
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  ok_ = buttons->addButton(tr("&Connect"), QDialogButtonBox::AcceptRole);
  ok_->setDefault(true);
  auto *column = new QVBoxLayout(this);
  column->addLayout(form);
  column->addWidget(sentence_);
  column->addStretch();
  column->addWidget(buttons);

  connect(recentBox_, &QComboBox::activated, this, &ConnectDialog::useRecent);
  connect(host_, &QLineEdit::textChanged, this, &ConnectDialog::takePortFromHost);
  connect(port_, &QSpinBox::valueChanged, this, &ConnectDialog::check);
  connect(bind_, &QComboBox::editTextChanged, this, &ConnectDialog::check);
  connect(buttons, &QDialogButtonBox::accepted, this, &ConnectDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &ConnectDialog::reject);

  if (!recent_.all().isEmpty()) useRecent(1);
  if (settings_) {
    receiveSize_->setValue(settings_->value(u"endpoint/receiveSize"_s, 8192).toInt());
    timeout_->setValue(settings_->value(u"endpoint/timeoutMs"_s, 10'000).toInt() / 1000.0);
    autoFinish_->setChecked(settings_->value(u"endpoint/connectAutoFinish"_s, false).toBool());
  }
  check();
  host_->setFocus();
  host_->selectAll();
}

QString ConnectDialog::bindHost() const {
  const int index = bind_->findText(bind_->currentText());
  return index >= 0 ? bind_->itemData(index).toString() : bind_->currentText().trimmed();
}

void ConnectDialog::takePortFromHost(const QString &text) {
  // "example.org:80" and "[::1]:80": both are known now. An address of colons alone is left as it is.
  if (text.startsWith(u'[') ? text.contains("]:"_L1) : text.count(u':') == 1) {
    if (const auto endpoint = parseEndpoint(text, QString(), false)) port_->setValue(endpoint->port);
  }
  check();
}

void ConnectDialog::useRecent(int index) {
  if (index <= 0) return;
  host_->setText(recentBox_->itemText(index));
  if (const auto endpoint = parseEndpoint(recentBox_->itemText(index), QString(), false)) {
    host_->setText(endpoint->host);
    port_->setValue(endpoint->port);
  }
}

void ConnectDialog::setOptions(const ConnectOptions &options) {
  host_->setText(options.host);
  if (options.port > 0) port_->setValue(options.port);
  const int known = bind_->findData(options.bindHost);
  if (known >= 0) {
    bind_->setCurrentIndex(known);
  } else {
    bind_->setEditText(options.bindHost);
  }
  timeout_->setValue(options.timeoutMs / 1000.0);
  receiveSize_->setValue(options.receiveSize);
  autoFinish_->setChecked(options.autoFinish);
  check();
}

ConnectOptions ConnectDialog::options() const {
  ConnectOptions result;
  const auto whole = parseEndpoint(host_->text(), QString(), false);
  result.host = whole ? whole->host : EndpointFields::host(host_->text()).value_or(QString());
  result.port = static_cast<quint16>(port_->value());
  if (!bindHost().isEmpty()) result.bindHost = EndpointFields::host(bindHost()).value_or(QString());
  result.timeoutMs = qRound(timeout_->value() * 1000);
  result.receiveSize = receiveSize_->value();
  result.autoFinish = autoFinish_->isChecked();
  return result;
}

void ConnectDialog::check() {
  const auto whole = parseEndpoint(host_->text(), QString(), false);
  const Result<QString> checked = whole ? Result<QString>(whole->host) : EndpointFields::host(host_->text());
  host_->setError(checked ? std::nullopt : std::optional(checked.error()));
  error_ = checked ? QString() : checked.error().line();
  const Result<QString> from = bindHost().isEmpty() ? Result<QString>(QString()) : EndpointFields::host(bindHost());
  static_cast<ErrorLineEdit *>(bind_->lineEdit())->setError(from ? std::nullopt : std::optional(from.error()));
  if (error_.isEmpty() && !from) error_ = tr("Connect from: %1").arg(from.error().line());
  if (error_.isEmpty() && whole && whole->port != port_->value()) {
    error_ = tr("the host says port %1, the port says %2: take one away").arg(whole->port).arg(port_->value());
  }
  ok_->setEnabled(error_.isEmpty());
  ok_->setToolTip(error_.isEmpty() ? tr("Opens the connection") : tr("Not now: %1.").arg(error_));
  if (!error_.isEmpty()) {
    EndpointFields::show(sentence_, error_, true);
  } else {
    EndpointFields::show(
        sentence_, tr("Connects to %1.").arg(Endpoint{*checked, static_cast<quint16>(port_->value())}.text()), false);
  }
}

void ConnectDialog::accept() {
  check();
  if (!error_.isEmpty()) return;
  const ConnectOptions chosen = options();
  recent_.add(Endpoint{chosen.host, chosen.port}.text());
  if (settings_) {
    settings_->setValue(u"endpoint/receiveSize"_s, chosen.receiveSize);
    settings_->setValue(u"endpoint/timeoutMs"_s, chosen.timeoutMs);
    settings_->setValue(u"endpoint/connectAutoFinish"_s, chosen.autoFinish);
  }
  QDialog::accept();
}

}  // namespace octetscope

#include "widgets/endpoint/endpoint_dialog.h"

#include "model/transport/endpoint_text.h"
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

EndpointDialog::EndpointDialog(const Kind &kind, QSettings *settings, QWidget *parent)
    : QDialog(parent),
      recentBox_(new QComboBox(this)),
      port_(EndpointFields::port(this, kind.allowsAnyPort)),
      receiveSize_(EndpointFields::receiveSize(this)),
      autoFinish_(new QCheckBox(tr("&Finish when the peer has finished"), this)),
      kind_(kind),
      recent_(settings, kind.recentKey),
      settings_(settings),
      form_(new QFormLayout),
      sentence_(EndpointFields::sentence(this)) {
  setWindowTitle(kind.title);
  recentBox_->setAccessibleName(tr("Used before"));
  recentBox_->addItem(tr("(choose)"));
  recentBox_->addItems(recent_.all());
  recentBox_->setEnabled(recentBox_->count() > 1);
  recentBox_->setToolTip(recentBox_->isEnabled() ? kind.usedTip : kind.unusedTip);

  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  ok_ = buttons->addButton(kind.button, QDialogButtonBox::AcceptRole);
  ok_->setDefault(true);
  auto *column = new QVBoxLayout(this);
  column->addLayout(form_);
  column->addWidget(sentence_);
  column->addStretch();
  column->addWidget(buttons);

  connect(recentBox_, &QComboBox::activated, this, &EndpointDialog::useRecent);
  connect(port_, &QSpinBox::valueChanged, this, &EndpointDialog::check);
  connect(buttons, &QDialogButtonBox::accepted, this, &EndpointDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &EndpointDialog::reject);
  addRow(tr("&Used before"), recentBox_);
}

void EndpointDialog::addRow(const QString &label, QWidget *field) {
  form_->addRow(label, field);
  if (lastRow_) setTabOrder(lastRow_, field);
  lastRow_ = field;
}

void EndpointDialog::begin() {
  if (!recent_.all().isEmpty()) useRecent(1);
  if (settings_) {
    receiveSize_->setValue(settings_->value(u"endpoint/receiveSize"_s, 8192).toInt());
    autoFinish_->setChecked(settings_->value(kind_.finishKey, false).toBool());
    load(*settings_);
  }
  check();
}

void EndpointDialog::useRecent(int index) {
  if (index <= 0) return;
  if (const auto used = parseEndpoint(recentBox_->itemText(index), QString(), kind_.allowsAnyPort)) use(*used);
}

void EndpointDialog::check() {
  const auto judged = judge();
  error_ = judged ? QString() : judged.error();
  ok_->setEnabled(judged.has_value());
  ok_->setToolTip(judged ? kind_.buttonTip : tr("Not now: %1.").arg(error_));
  EndpointFields::show(sentence_, judged ? *judged : error_, !judged);
}

quint16 EndpointDialog::port() const {
  return static_cast<quint16>(port_->value());
}

void EndpointDialog::accept() {
  check();
  if (!error_.isEmpty()) return;
  recent_.add(chosen().text());
  if (settings_) {
    settings_->setValue(u"endpoint/receiveSize"_s, receiveSize_->value());
    settings_->setValue(kind_.finishKey, autoFinish_->isChecked());
    save(*settings_);
  }
  QDialog::accept();
}

}  // namespace octetscope

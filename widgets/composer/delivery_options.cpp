#include "widgets/composer/delivery_options.h"

#include "widgets/controls/tool_tips.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

namespace octetscope {

using namespace Qt::StringLiterals;

DeliveryOptions::DeliveryOptions(QSettings *settings, QWidget *parent)
    : QWidget(parent),
      settings_(settings),
      deliver_(new QComboBox(this)),
      pieces_(new QWidget(this)),
      size_(new QSpinBox(pieces_)),
      interval_(new QSpinBox(pieces_)) {
  auto *label = new QLabel(tr("Deliver"), this);
  deliver_->addItems({tr("whole"), tr("in pieces of")});
  deliver_->setAccessibleName(tr("Deliver"));
  deliver_->setToolTip(
      wrappedTip(tr("Whole: handed to the system at once. In pieces: a send() for each piece, with pauses, to see what "
                    "the receiver makes of a message that comes in parts.")));
  label->setBuddy(deliver_);
  size_->setRange(1, 1 << 30);
  size_->setValue(3);
  size_->setSuffix(tr(" B"));
  size_->setAccessibleName(tr("Bytes of a piece"));
  size_->setToolTip(tr("How many bytes each send() carries"));
  auto *every = new QLabel(tr("every"), pieces_);
  interval_->setRange(0, 3'600'000);
  interval_->setSingleStep(50);
  interval_->setValue(200);
  interval_->setSuffix(tr(" ms"));
  interval_->setAccessibleName(tr("Milliseconds between pieces"));
  interval_->setToolTip(tr("The pause between one piece and the next; 0: none, yet each is a send() of its own"));
  every->setBuddy(interval_);
  for (QSpinBox *spin : {size_, interval_}) spin->setMaximumWidth(90);
  auto *pieces = new QHBoxLayout(pieces_);
  pieces->setContentsMargins(0, 0, 0, 0);
  pieces->addWidget(size_);
  pieces->addWidget(every);
  pieces->addWidget(interval_);
  pieces_->hide();
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(label);
  row->addWidget(deliver_);
  row->addWidget(pieces_);
  connect(deliver_, &QComboBox::currentIndexChanged, this, [this](int index) {
    keep(u"composer/inPieces"_s, index == 1);
    pieces_->setVisible(index == 1);
  });
  connect(size_, &QSpinBox::valueChanged, this, [this](int value) { keep(u"composer/pieceSize"_s, value); });
  connect(interval_, &QSpinBox::valueChanged, this, [this](int value) { keep(u"composer/interval"_s, value); });
  if (!settings) return;
  size_->setValue(settings->value(u"composer/pieceSize"_s, 3).toInt());
  interval_->setValue(settings->value(u"composer/interval"_s, 200).toInt());
  deliver_->setCurrentIndex(settings->value(u"composer/inPieces"_s, false).toBool() ? 1 : 0);
}

DeliveryPlan DeliveryOptions::plan() const {
  if (deliver_->currentIndex() == 0) return DeliveryPlan::whole();
  return DeliveryPlan::pieces(static_cast<quint64>(size_->value()), interval_->value());
}

void DeliveryOptions::keep(const QString &key, const QVariant &value) {
  if (settings_) settings_->setValue(key, value);
}

}  // namespace octetscope

#include "widgets/composer/delivery_options.h"

#include "widgets/composer/cut_list.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/controls/tool_tips.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {
enum Mode { Whole, Pieces, Cuts };
}

DeliveryOptions::DeliveryOptions(QSettings *settings, QWidget *parent)
    : QWidget(parent),
      settings_(settings),
      deliver_(new QComboBox(this)),
      size_(new QSpinBox(this)),
      cuts_(new ErrorLineEdit(this)),
      pause_(new QWidget(this)),
      interval_(new QSpinBox(pause_)) {
  auto *label = new QLabel(tr("Deliver"), this);
  deliver_->addItems({tr("whole"), tr("in pieces of"), tr("cut at")});
  deliver_->setAccessibleName(tr("Deliver"));
  deliver_->setToolTip(
      wrappedTip(tr("Whole: handed to the system at once. In pieces, or cut where you choose: a send() for each piece, "
                    "with pauses, to see what the receiver makes of a message that comes in parts.")));
  label->setBuddy(deliver_);
  size_->setRange(1, 1 << 30);
  size_->setValue(3);
  size_->setSuffix(tr(" B"));
  size_->setAccessibleName(tr("Bytes of a piece"));
  size_->setToolTip(tr("How many bytes each send() carries"));
  cuts_->setAccessibleName(tr("Offsets to cut at"));
  cuts_->setPlaceholderText(u"2, 6, 0x10"_s);
  cuts_->setFixedWidth(std::max(110, fontMetrics().horizontalAdvance(u"2, 6, 0x10, 32"_s) + 16));
  const QString help =
      tr("The offsets where a new piece begins, counted from the first byte that goes out, what the framing adds "
         "included: 2, 6 sends bytes 0 and 1, then 2 to 5, then the rest.");
  cuts_->setToolTip(wrappedTip(help));
  cuts_->setNormalDescription(help);
  auto *every = new QLabel(tr("every"), pause_);
  interval_->setRange(0, 3'600'000);
  interval_->setSingleStep(50);
  interval_->setValue(200);
  interval_->setSuffix(tr(" ms"));
  interval_->setAccessibleName(tr("Milliseconds between pieces"));
  interval_->setToolTip(tr("The pause between one piece and the next; 0: none, yet each is a send() of its own"));
  every->setBuddy(interval_);
  for (QSpinBox *spin : {size_, interval_}) spin->setMaximumWidth(90);
  auto *pause = new QHBoxLayout(pause_);
  pause->setContentsMargins(0, 0, 0, 0);
  pause->addWidget(every);
  pause->addWidget(interval_);
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  for (QWidget *one : {static_cast<QWidget *>(label), static_cast<QWidget *>(deliver_), static_cast<QWidget *>(size_),
                       static_cast<QWidget *>(cuts_), pause_}) {
    row->addWidget(one);
  }
  if (settings) {
    size_->setValue(settings->value(u"composer/pieceSize"_s, 3).toInt());
    cuts_->setText(settings->value(u"composer/cuts"_s).toString());
    interval_->setValue(settings->value(u"composer/interval"_s, 200).toInt());
    deliver_->setCurrentIndex(std::clamp<int>(settings->value(u"composer/deliver"_s, Whole).toInt(), Whole, Cuts));
  }
  chooseMode(deliver_->currentIndex());
  connect(deliver_, &QComboBox::currentIndexChanged, this, &DeliveryOptions::chooseMode);
  connect(size_, &QSpinBox::valueChanged, this, [this](int value) { keep(u"composer/pieceSize"_s, value); });
  connect(cuts_, &QLineEdit::textChanged, this, [this](const QString &text) { keep(u"composer/cuts"_s, text); });
  connect(interval_, &QSpinBox::valueChanged, this, [this](int value) { keep(u"composer/interval"_s, value); });
}

void DeliveryOptions::chooseMode(int mode) {
  size_->setVisible(mode == Pieces);
  cuts_->setVisible(mode == Cuts);
  pause_->setVisible(mode != Whole);
  keep(u"composer/deliver"_s, mode);
}

Result<DeliveryPlan> DeliveryOptions::plan(std::optional<quint64> size) {
  switch (deliver_->currentIndex()) {
    case Pieces:
      return DeliveryPlan::pieces(static_cast<quint64>(size_->value()), interval_->value());
    case Cuts: {
      const auto cuts = CutList::parse(cuts_->text(), size);
      cuts_->setError(cuts ? std::nullopt : std::optional(cuts.error()));
      if (!cuts) return std::unexpected(cuts.error());
      return DeliveryPlan::cutAt(*cuts, interval_->value());
    }
    default:
      return DeliveryPlan::whole();
  }
}

void DeliveryOptions::keep(const QString &key, const QVariant &value) {
  if (settings_) settings_->setValue(key, value);
  Q_EMIT edited();
}

}  // namespace octetscope

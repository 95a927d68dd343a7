#include "widgets/composer/link_buttons.h"

#include "model/framing/framing_words.h"
#include "widgets/composer/link_words.h"
#include "widgets/controls/tool_tips.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

namespace octetscope {

namespace {

constexpr int progressSteps = 1000;

}  // namespace

LinkButtons::LinkButtons(QWidget *parent)
    : QWidget(parent),
      progressBox_(new QWidget(this)),
      progress_(new QProgressBar(progressBox_)),
      cancel_(new QPushButton(tr("Cancel"), progressBox_)),
      send_(new QPushButton(tr("Se&nd"), this)),
      finish_(new QPushButton(tr("Finish sendin&g (FIN)"), this)),
      close_(new QPushButton(tr("Cl&ose"), this)),
      reset_(new QPushButton(tr("Reset (RST)"), this)) {
  progress_->setRange(0, progressSteps);
  progress_->setMinimumWidth(60);
  progress_->setMaximumWidth(140);
  progress_->setAccessibleName(tr("Sent so far"));
  cancel_->setToolTip(tr("Stops sending: what the system took already still goes out"));
  auto *progressRow = new QHBoxLayout(progressBox_);
  progressRow->setContentsMargins(0, 0, 0, 0);
  progressRow->addWidget(progress_);
  progressRow->addWidget(cancel_);
  progressBox_->hide();
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(progressBox_);
  for (QPushButton *button : {cancel_, send_, finish_, close_, reset_}) button->setAutoDefault(false);
  for (QPushButton *button : {send_, finish_, close_, reset_}) row->addWidget(button);
  send_->setDefault(true);
  connect(cancel_, &QPushButton::clicked, this, &LinkButtons::cancelClicked);
  connect(send_, &QPushButton::clicked, this, &LinkButtons::sendClicked);
  connect(finish_, &QPushButton::clicked, this, &LinkButtons::finishClicked);
  connect(close_, &QPushButton::clicked, this, &LinkButtons::closeClicked);
  connect(reset_, &QPushButton::clicked, this, &LinkButtons::resetClicked);
}

void LinkButtons::setButton(QPushButton *button, const QString &does, const QString &reason) {
  button->setEnabled(reason.isEmpty());
  const QString words = reason.isEmpty() ? does : tr("%1\nNot now: %2.").arg(does, reason);
  button->setToolTip(wrappedTip(words));
  button->setAccessibleDescription(words);
}

void LinkButtons::showState(std::optional<LinkState> state, const ChannelAbilities &abilities,
                            const QString &sendReason) {
  setButton(send_, LinkWords::send(), sendReason);
  setButton(finish_, LinkWords::finish(), LinkWords::finishReason(state, abilities));
  setButton(close_, LinkWords::close(), LinkWords::closeReason(state));
  setButton(reset_, LinkWords::reset(), LinkWords::resetReason(state, abilities));
}

void LinkButtons::setDelivering(bool delivering) {
  if (delivering == delivering_) return;
  delivering_ = delivering;
  if (delivering) progress_->setValue(0);
  progressBox_->setVisible(delivering);
}

void LinkButtons::setProgress(quint64 done, quint64 total) {
  const double part = total == 0 ? 0 : static_cast<double>(done) / static_cast<double>(total);
  progress_->setValue(static_cast<int>(part * progressSteps));
  progress_->setToolTip(tr("%1 of %2").arg(grouped(done), byteCount(total)));
}

}  // namespace octetscope

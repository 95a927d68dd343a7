#include "widgets/ribbon/ribbon_pane.h"

#include "widgets/controls/tool_tips.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QLabel>
#include <QVBoxLayout>

namespace octetscope {

namespace {

constexpr int mostLines = 4;  // of words

}  // namespace

RibbonPane::RibbonPane(QWidget *parent) : QWidget(parent), ribbon_(new RibbonView), words_(new QLabel) {
  words_->setWordWrap(true);
  words_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  words_->setTextFormat(Qt::PlainText);
  words_->setAccessibleName(tr("What the receiver knows"));
  words_->setContentsMargins(6, 3, 6, 3);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(ribbon_, 1);
  layout->addWidget(words_);
  fit();
}

QString RibbonPane::words() const {
  return words_->text();
}

void RibbonPane::setWords(const QString &words) {
  if (words_->text() == words) return;
  words_->setText(words);
  if (isCompact_) fit();
}

void RibbonPane::setLanes(bool shown) {
  if (shown == hasLanes_) return;
  hasLanes_ = shown;
  if (shown) isCompact_ = false;  // whoever asks for them gets them
  fit();
  Q_EMIT lanesChanged(shown);
}

void RibbonPane::setCompact(bool compact) {
  if (compact == isCompact_) return;
  isCompact_ = compact;
  fit();
}

void RibbonPane::fit() {
  const bool lanes = hasLanes_ && !isCompact_;
  ribbon_->setVisible(lanes);
  // Without lanes there is nothing to make larger.
  setSizePolicy(QSizePolicy::Preferred, lanes ? QSizePolicy::Preferred : QSizePolicy::Maximum);
  setMaximumHeight(lanes ? QWIDGETSIZE_MAX : mostLines * fontMetrics().lineSpacing());
  words_->setWordWrap(!isCompact_);
  words_->setSizePolicy(isCompact_ ? QSizePolicy::Ignored : QSizePolicy::Preferred, QSizePolicy::Preferred);
  const QString tip = tr("What the receiver knows of the selected message, and what it waits for");
  words_->setToolTip(wrappedTip(isCompact_ ? tip + QLatin1Char('\n') + words_->text() : tip));
}

}  // namespace octetscope

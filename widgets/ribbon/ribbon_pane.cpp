#include "widgets/ribbon/ribbon_pane.h"

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
  words_->setToolTip(tr("What the receiver knows of the selected message, and what it waits for"));
  words_->setContentsMargins(6, 3, 6, 3);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(ribbon_, 1);
  layout->addWidget(words_);
}

QString RibbonPane::words() const {
  return words_->text();
}

void RibbonPane::setWords(const QString &words) {
  if (words_->text() != words) words_->setText(words);
}

void RibbonPane::setLanes(bool shown) {
  if (shown == hasLanes_) return;
  hasLanes_ = shown;
  ribbon_->setVisible(shown);
  // Without lanes there is nothing to make larger.
  setSizePolicy(QSizePolicy::Preferred, shown ? QSizePolicy::Preferred : QSizePolicy::Maximum);
  setMaximumHeight(shown ? QWIDGETSIZE_MAX : mostLines * fontMetrics().lineSpacing());
  Q_EMIT lanesChanged(shown);
}

}  // namespace octetscope

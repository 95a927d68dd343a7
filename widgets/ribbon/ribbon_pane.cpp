#include "widgets/ribbon/ribbon_pane.h"

#include "widgets/controls/tool_tips.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace octetscope {

namespace {

constexpr int mostLines = 4;  // of words

}  // namespace

RibbonPane::RibbonPane(QWidget *parent)
    : QWidget(parent), ribbon_(new RibbonView), words_(new QLabel), legend_(new RibbonLegend) {
  words_->setWordWrap(true);
  words_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  words_->setTextFormat(Qt::PlainText);
  words_->setAccessibleName(tr("What the receiver knows"));
  words_->setContentsMargins(6, 3, 6, 3);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(ribbon_, 1);
  auto *row = new QHBoxLayout;
  row->setSpacing(0);
  row->addWidget(words_, 1);
  row->addWidget(legend_);
  layout->addLayout(row);
  fit();
}

QString RibbonPane::words() const {
  return words_->text();
}

void RibbonPane::setWords(const QString &words) {
  if (words_->text() == words) return;
  words_->setText(words);
  if (isCompact_) fit();
  fitLegend();
}

void RibbonPane::setLegend(const QList<RibbonLegend::Entry> &entries) {
  legend_->setEntries(entries);
  fitLegend();
}

/// The words come first: what they leave of one line is the legend's, or nothing.
void RibbonPane::fitLegend() {
  const QMargins margins = words_->contentsMargins();
  const int words = words_->fontMetrics().horizontalAdvance(words_->text()) + margins.left() + margins.right() + 4;
  legend_->setVisible(!isCompact_ && !legend_->entries().isEmpty() && words + legend_->sizeHint().width() <= width());
}

void RibbonPane::resizeEvent(QResizeEvent *event) {
  QWidget::resizeEvent(event);
  fitLegend();
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
  fitLegend();
  // Without lanes there is nothing to make larger.
  setSizePolicy(QSizePolicy::Preferred, lanes ? QSizePolicy::Preferred : QSizePolicy::Maximum);
  setMaximumHeight(lanes ? QWIDGETSIZE_MAX : mostLines * fontMetrics().lineSpacing());
  words_->setWordWrap(!isCompact_);
  words_->setSizePolicy(isCompact_ ? QSizePolicy::Ignored : QSizePolicy::Preferred, QSizePolicy::Preferred);
  const QString tip = tr("What the receiver knows of the selected message, and what it waits for");
  words_->setToolTip(wrappedTip(isCompact_ ? tip + QLatin1Char('\n') + words_->text() : tip));
}

}  // namespace octetscope

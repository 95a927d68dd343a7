#include "widgets/messages/message_pane.h"

#include "model/filter/filter_reasons.h"
#include "model/items/seen_fields.h"
#include "widgets/controls/wrapped_label.h"
#include "widgets/messages/filter_bar.h"
#include "widgets/messages/hidden_line.h"
#include "widgets/messages/message_tree_view.h"
#include "widgets/messages/sort_line.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

namespace octetscope {

namespace {

constexpr qsizetype mostSaid = 200;  // characters of an expression
constexpr int lowRoom = 4;           // times the height of a button

}  // namespace

MessagePane::MessagePane(QSettings *settings, QWidget *parent)
    : QWidget(parent),
      bar_(new FilterBar(settings, this)),
      sortLine_(new SortLine(this)),
      hiddenLine_(new HiddenLine(this)),
      list_(new MessageTreeView(this)),
      usualWords_(list_->emptyText()),
      empty_(new QWidget(list_->viewport())),
      emptyLayout_(new QBoxLayout(QBoxLayout::TopToBottom, empty_)),
      emptyWords_(new WrappedLabel(empty_)),
      clear_(new QPushButton(tr("Clear the filter (Esc)"), empty_)) {
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(bar_);
  column->addWidget(sortLine_);
  column->addWidget(hiddenLine_);
  column->addWidget(list_, 1);
  bar_->hide();

  empty_->setAutoFillBackground(true);
  empty_->setBackgroundRole(QPalette::Base);
  emptyLayout_->addStretch();
  emptyLayout_->addWidget(emptyWords_);
  emptyLayout_->addWidget(clear_, 0, Qt::AlignCenter);
  emptyLayout_->addStretch();
  emptyWords_->setAlignment(Qt::AlignCenter);
  emptyWords_->setAccessibleName(tr("Why no message is listed"));
  emptyWords_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  clear_->setAutoDefault(false);
  clear_->setAccessibleName(tr("Clear the filter"));
  clear_->setToolTip(tr("Show every message"));
  empty_->hide();

  connect(clear_, &QPushButton::clicked, this, &MessagePane::clearFilter);
  connect(hiddenLine_, &HiddenLine::showAllAsked, this, &MessagePane::clearFilter);
  connect(bar_, &FilterBar::left, this, &MessagePane::leaveFilter);
  connect(bar_, &FilterBar::closeAsked, this, [this] {
    bar_->hide();
    list_->setFocus(Qt::OtherFocusReason);
  });
  list_->installEventFilter(this);
  list_->viewport()->installEventFilter(this);
}

MessagePane::~MessagePane() {
  list_->removeEventFilter(this);
  list_->viewport()->removeEventFilter(this);
}

void MessagePane::setFilter(MessageFilter *filter, ConnectionDecoder *decoder) {
  if (filter_) filter_->disconnect(this);
  if (decoder_) decoder_->disconnect(this);
  filter_ = filter;
  decoder_ = decoder;
  reason_.reset();
  if (filter_ && decoder_) {
    connect(filter_, &MessageFilter::progressed, this, &MessagePane::showEmpty);
    connect(filter_, &MessageFilter::rowsAdded, this, &MessagePane::showEmpty);
    connect(filter_, &MessageFilter::rowsRemoved, this, &MessagePane::showEmpty);
    connect(filter_, &MessageFilter::wasReset, this, [this] {
      reason_.reset();
      showEmpty();
    });
    connect(filter_, &MessageFilter::busyChanged, this, &MessagePane::showEmpty);
    connect(decoder_, &ConnectionDecoder::advanced, this, &MessagePane::showEmpty);
  }
  bar_->setFilter(filter, decoder);
  hiddenLine_->setFilter(filter, decoder);
  showEmpty();
}

void MessagePane::setSelectionHub(SelectionHub *hub) {
  hiddenLine_->setSelectionHub(hub);
}

QString MessagePane::hiddenWords() const {
  return hiddenLine_->words();
}

void MessagePane::openFilter() {
  bar_->show();
  bar_->edit();
}

void MessagePane::filterBy(const QString &text) {
  bar_->show();
  bar_->filterBy(text);
}

void MessagePane::clearFilter() {
  list_->setFocus(Qt::OtherFocusReason);
  bar_->clear();
}

bool MessagePane::hasFilterBar() const {
  return !bar_->isHidden();
}

void MessagePane::setFilterBar(bool isShown) {
  bar_->setVisible(isShown);
}

/// Esc in the bar: where nothing passes, there is nothing to go back to but all of it.
void MessagePane::leaveFilter() {
  if (!emptyWords().isEmpty()) return clearFilter();
  list_->setFocus(Qt::OtherFocusReason);
  if (bar_->text().isEmpty()) bar_->hide();
}

QString MessagePane::emptyWords() const {
  return empty_->isHidden() ? QString() : emptyWords_->text();
}

QString MessagePane::wordsOfNothing() {
  QString text = filter_->expression()->text().simplified();
  if (text.size() > mostSaid) text = text.left(mostSaid - 1) + QChar(0x2026);
  const quint64 all = decoder_->messageCount(Direction::In) + decoder_->messageCount(Direction::Out);
  const QLocale locale;
  if (all == 0) return tr("No messages yet. What passes “%1” appears here.").arg(text);
  if (filter_->isBusy()) {
    return tr("No message passes “%1” so far: %2 of %3 are looked at.")
        .arg(text, locale.toString(std::min(filter_->judgedRows(), all)), locale.toString(all));
  }
  const QString words = tr("No message passes “%1”: 0 of %2.").arg(text, locale.toString(all));
  // Asked once for every filter: more that comes does not change what is meant.
  if (!reason_) reason_ = whyNothingPasses(*filter_->expression(), filter_->scopes(), seenFieldPaths(*decoder_));
  return reason_->isEmpty() ? words : tr("%1 Perhaps because: %2.").arg(words, *reason_);
}

void MessagePane::showEmpty() {
  const bool isEmpty = filter_ && decoder_ && filter_->isActive() && filter_->passingCount() == 0;
  if (isEmpty) {
    emptyWords_->setWords(wordsOfNothing());
    placeEmpty();
  }
  // Assistive technology hears it from the list.
  list_->setEmptyText(isEmpty ? emptyWords_->text() : usualWords_);
  const bool hadFocus = clear_->hasFocus();
  empty_->setVisible(isEmpty);
  if (!isEmpty && hadFocus) list_->setFocus(Qt::OtherFocusReason);
}

void MessagePane::placeEmpty() {
  const QRect room = list_->viewport()->rect();
  // One beside the other, where there is not much more than a row.
  const bool isLow = room.height() < lowRoom * clear_->sizeHint().height();
  emptyLayout_->setDirection(isLow ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
  const int margin = isLow ? 1 : 9;
  // Beside something else, a label that wraps takes no more width than it must.
  const int wanted = emptyWords_->fontMetrics().horizontalAdvance(emptyWords_->text()) + 8;
  emptyWords_->setMinimumWidth(isLow ? std::min(wanted, room.width() - clear_->sizeHint().width() - 60) : 0);
  emptyLayout_->setContentsMargins(9, margin, 9, margin);
  empty_->setGeometry(room);
}

bool MessagePane::eventFilter(QObject *watched, QEvent *event) {
  if (watched == list_->viewport() && event->type() == QEvent::Resize && !empty_->isHidden()) placeEmpty();
  if (watched == list_ && event->type() == QEvent::KeyPress &&
      static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape &&
      (!emptyWords().isEmpty() || !hiddenWords().isEmpty())) {
    clearFilter();
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace octetscope

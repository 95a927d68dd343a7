#include "widgets/messages/filter_offers.h"

#include "widgets/theme/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

#include <algorithm>

namespace octetscope {

namespace {

constexpr int helpRole = Qt::UserRole;
constexpr int gap = 16;     // pixels between a text and its sentence
constexpr int least = 200;  // pixels of the list, however small the window

/// A text, and its sentence behind it in the colour of what is said in passing.
class OfferDelegate : public QStyledItemDelegate {
 public:
  explicit OfferDelegate(QAbstractItemView *view) : QStyledItemDelegate(view), view_(view) {}

  /// Where sentences begin: behind the longest text.
  void setTextWidth(int width) { textWidth_ = width; }

  void paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const override {
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    option.showDecorationSelected = true;
    if (view_->currentIndex() == index) option.state |= QStyle::State_HasFocus;
    option.text.clear();
    const QStyle *style = view_->style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, view_);
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setFont(option.font);
    const QRect inside = option.rect.adjusted(4, 0, -4, 0);
    painter->setPen(option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text));
    const QString help = index.data(helpRole).toString();
    const int width = help.isEmpty() ? inside.width() : textWidth_;
    const auto elided = [&](const QString &text, int room) {
      return option.fontMetrics.elidedText(text, Qt::ElideRight, room);
    };
    painter->drawText(QRect(inside.left(), inside.top(), width, inside.height()), Qt::AlignVCenter | Qt::TextSingleLine,
                      elided(index.data().toString(), width));
    if (!help.isEmpty()) {
      if (!isSelected) painter->setPen(Theme::of(option.palette).mutedText());
      const QRect rest = inside.adjusted(textWidth_ + gap, 0, 0, 0);
      painter->drawText(rest, Qt::AlignVCenter | Qt::TextSingleLine, elided(help, rest.width()));
    }
    painter->restore();
  }
  QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override {
    const QString help = index.data(helpRole).toString();
    const int text = option.fontMetrics.horizontalAdvance(index.data().toString()) + 1;
    const int width = help.isEmpty() ? text : textWidth_ + gap + option.fontMetrics.horizontalAdvance(help) + 1;
    return {width + 12, option.fontMetrics.height() + 4};
  }

 private:
  const QAbstractItemView *view_;
  int textWidth_ = 0;
};

}  // namespace

FilterOffers::FilterOffers(QLineEdit *edit)
    : QObject(edit), edit_(edit), completer_(new QCompleter(this)), items_(new QStandardItemModel(this)) {
  // The completer belongs to the widget, not to the line: what it offers stands for a word, not for the whole text.
  completer_->setModel(items_);
  completer_->setWidget(edit_);
  completer_->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
  completer_->setMaxVisibleItems(12);
  QAbstractItemView *popup = completer_->popup();
  popup->setItemDelegate(new OfferDelegate(popup));
  popup->setAccessibleName(tr("What may stand here"));
  popup->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  popup->installEventFilter(this);
  connect(completer_, qOverload<const QString &>(&QCompleter::activated), this, &FilterOffers::take);
}

void FilterOffers::offer(const FilterCompletions &completions) {
  position_ = completions.position;
  length_ = completions.length;
  const QString there = edit_->text().mid(position_, length_);
  items_->clear();
  for (const FilterCompletion &one : completions.items) {
    if (one.text == there) continue;
    auto *item = new QStandardItem(one.text);
    item->setData(one.help, helpRole);
    item->setData(one.help, Qt::AccessibleDescriptionRole);
    items_->appendRow(item);
  }
  show();
}

void FilterOffers::offerTexts(const QStringList &texts) {
  position_ = 0;
  length_ = edit_->text().size();
  items_->clear();
  for (const QString &text : texts) items_->appendRow(new QStandardItem(text));
  show();
}

void FilterOffers::hide() {
  completer_->popup()->hide();
}

bool FilterOffers::isShown() const {
  return completer_->popup()->isVisible();
}

void FilterOffers::setLineBelow(QWidget *line) {
  lineBelow_ = line;
  line->installEventFilter(this);
}

void FilterOffers::show() {
  QAbstractItemView *popup = completer_->popup();
  if (items_->rowCount() == 0) return popup->hide();
  // Of the font that rows are drawn with, and a pixel more: widths of texts are rounded, and would be cut for less.
  popup->ensurePolished();
  QStyleOptionViewItem option;
  option.initFrom(popup);
  int textWidth = 0;
  for (int row = 0; row < items_->rowCount(); ++row) {
    textWidth = std::max(textWidth, option.fontMetrics.horizontalAdvance(items_->item(row)->text()) + 1);
  }
  static_cast<OfferDelegate *>(popup->itemDelegate())->setTextWidth(std::min(textWidth, mostWide() / 2));
  width_ = 0;
  for (int row = 0; row < items_->rowCount(); ++row) {
    width_ = std::max(width_, popup->itemDelegate()->sizeHint(option, items_->index(row, 0)).width());
  }
  width_ += popup->verticalScrollBar()->sizeHint().width() + 8;
  completer_->complete(below());
  // Nothing is chosen until somebody does: Return belongs to the line.
  popup->setCurrentIndex({});
}

/// The window's width bounds the list's.
int FilterOffers::mostWide() const {
  return std::max(edit_->window()->width() - 2 * gap, least);
}

/// Where the list opens, in the line: below the word that it completes, as far as the window has room for it.
QRect FilterOffers::below() const {
  const int x =
      edit_->inputMethodQuery(Qt::ImCursorRectangle).toRect().left() -
      edit_->fontMetrics().horizontalAdvance(edit_->text().mid(position_, edit_->cursorPosition() - position_));
  const bool isWhole = position_ == 0 && length_ == edit_->text().size();
  const int left = isWhole ? 0 : std::clamp(x, 0, std::max(0, edit_->width() - 40));
  const int room = edit_->window()->width() - gap - edit_->mapTo(edit_->window(), QPoint(0, 0)).x();
  int height = edit_->height();
  if (lineBelow_ && lineBelow_->isVisible()) {
    height = edit_->mapFromGlobal(lineBelow_->mapToGlobal(QPoint(0, lineBelow_->height()))).y();
  }
  const int width = std::min(width_, mostWide());
  // It opens at the last row of pixels of what it is told.
  return {std::min(left, room - width), 0, width, height + 1};
}

/// What it stands below has moved, or become another height.
void FilterOffers::place() {
  QAbstractItemView *popup = completer_->popup();
  const QPersistentModelIndex current = popup->currentIndex();
  completer_->complete(below());
  popup->setCurrentIndex(current);
}

void FilterOffers::take(const QString &text) {
  edit_->setSelection(static_cast<int>(position_), static_cast<int>(length_));
  edit_->insert(text);
  // What goes on with it is offered once more is typed: until then Tab leaves the line.
  hide();
}

bool FilterOffers::eventFilter(QObject *watched, QEvent *event) {
  if (watched == completer_->popup() && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent *>(event)->key();
    const QModelIndex current = completer_->popup()->currentIndex();
    if (key == Qt::Key_Tab && (current.isValid() || !edit_->text().isEmpty())) {
      const QString text = (current.isValid() ? current : completer_->popup()->model()->index(0, 0)).data().toString();
      hide();
      take(text);
      return true;
    }
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && !current.isValid()) {
      hide();
      Q_EMIT returnPressed();
      return true;
    }
  }
  const bool mayMove =
      event->type() == QEvent::Resize || event->type() == QEvent::Move || event->type() == QEvent::Show;
  if (watched == lineBelow_ && mayMove && isShown()) place();
  return QObject::eventFilter(watched, event);
}

}  // namespace octetscope

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
constexpr int gap = 16;  // pixels between a text and its sentence
constexpr int mostWide = 700;

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
    const int text = option.fontMetrics.horizontalAdvance(index.data().toString());
    const int width = help.isEmpty() ? text : textWidth_ + gap + option.fontMetrics.horizontalAdvance(help);
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

void FilterOffers::show() {
  QAbstractItemView *popup = completer_->popup();
  if (items_->rowCount() == 0) return popup->hide();
  const QFontMetrics metrics = popup->fontMetrics();
  int textWidth = 0;
  for (int row = 0; row < items_->rowCount(); ++row) {
    textWidth = std::max(textWidth, metrics.horizontalAdvance(items_->item(row)->text()));
  }
  static_cast<OfferDelegate *>(popup->itemDelegate())->setTextWidth(std::min(textWidth, mostWide / 2));
  int width = 0;
  QStyleOptionViewItem option;
  option.initFrom(popup);
  for (int row = 0; row < items_->rowCount(); ++row) {
    width = std::max(width, popup->itemDelegate()->sizeHint(option, items_->index(row, 0)).width());
  }
  width += popup->verticalScrollBar()->sizeHint().width() + 8;
  // Below the word that it completes.
  const QString before = edit_->text().left(position_);
  const int x =
      edit_->inputMethodQuery(Qt::ImCursorRectangle).toRect().left() -
      edit_->fontMetrics().horizontalAdvance(edit_->text().mid(position_, edit_->cursorPosition() - position_));
  const bool isWhole = position_ == 0 && length_ == edit_->text().size() && before.isEmpty();
  const QRect below(isWhole ? 0 : std::clamp(x, 0, std::max(0, edit_->width() - 40)), 0, std::min(width, mostWide),
                    edit_->height());
  completer_->complete(below);
  // Nothing is chosen until somebody does: Return belongs to the line.
  popup->setCurrentIndex({});
}

void FilterOffers::take(const QString &text) {
  edit_->setSelection(static_cast<int>(position_), static_cast<int>(length_));
  edit_->insert(text);
}

bool FilterOffers::eventFilter(QObject *watched, QEvent *event) {
  if (watched == completer_->popup() && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent *>(event)->key();
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && !completer_->popup()->currentIndex().isValid()) {
      hide();
      Q_EMIT returnPressed();
      return true;
    }
  }
  return QObject::eventFilter(watched, event);
}

}  // namespace octetscope

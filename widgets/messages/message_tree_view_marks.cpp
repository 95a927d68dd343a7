// MessageTreeView: which rows the user marked. A message is marked where any of its bytes are; what lies in it, where a
// mark lies in it alone: else every field of a marked message would say so. And whose fields were found.
#include "model/items/field_finder.h"
#include "model/items/message_tree_model.h"
#include "model/search/search_hits.h"
#include "widgets/messages/message_tree_view.h"

#include <QCoreApplication>

namespace octetscope {

void MessageTreeView::setMarks(const ConnectionMarks *marks) {
  if (marks_) marks_->disconnect(viewport());
  marks_ = marks;
  if (marks) connect(marks, &ConnectionMarks::changed, viewport(), qOverload<>(&QWidget::update));
  viewport()->update();
}

void MessageTreeView::setFoundFields(const FieldFinder *finder) {
  if (foundFields_) foundFields_->disconnect(viewport());
  foundFields_ = finder;
  if (finder) connect(finder, &FieldFinder::changed, viewport(), qOverload<>(&QWidget::update));
  viewport()->update();
}

bool MessageTreeView::isFound(const QModelIndex &row) const {
  const QVariant direction = row.data(MessageTreeModel::DirectionRole);
  const QVariant begin = row.data(MessageTreeModel::RangeBeginRole);
  if (foundFields_ && foundFields_->isLooking()) {
    const QVariant number = row.data(MessageTreeModel::MessageNumberRole);
    return !row.parent().isValid() && direction.isValid() && number.isValid() &&
           foundFields_->has(static_cast<Direction>(direction.toInt()), number.toULongLong());
  }
  if (!hits_ || hits_->count() == 0) return false;
  if (!begin.isValid() || direction.toInt() != int(hitsDirection_)) return false;
  return hits_->hasOneIn({begin.toULongLong(), row.data(MessageTreeModel::RangeEndRole).toULongLong()});
}

ConnectionMarks::Found MessageTreeView::markOf(const QModelIndex &row, int depth) const {
  if (!marks_) return {};
  const QVariant begin = row.data(MessageTreeModel::RangeBeginRole);
  const QVariant direction = row.data(MessageTreeModel::DirectionRole);
  if (!begin.isValid() || !direction.isValid()) return {};
  const ByteRange range{begin.toULongLong(), row.data(MessageTreeModel::RangeEndRole).toULongLong()};
  const auto of = static_cast<Direction>(direction.toInt());
  return depth == 0 ? marks_->over(of, range) : marks_->inside(of, range);
}

QString MessageTreeView::markWordsOf(const QModelIndex &row) const {
  const auto found = markOf(row, row.parent().isValid() ? 1 : 0);
  if (!found.mark) return {};
  const QString words = Theme::glyph(found.mark->color) + u' ' + marks_->wordsOf(*found.mark);
  return found.count == 1 ? words : tr("%1 (and %n more)", nullptr, static_cast<int>(found.count) - 1).arg(words);
}

}  // namespace octetscope

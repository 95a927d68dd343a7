// HexView: what the user marked in the bytes it shows, and fields that were found there.
#include "model/items/connection_marks.h"
#include "model/items/field_finder.h"
#include "widgets/hexview/hex_view.h"

namespace octetscope {

namespace {

constexpr std::size_t mostFrames = 2000;  // on a page: more would hide each other
constexpr std::size_t mostTold = 8;

}  // namespace

void HexView::setMarks(const ConnectionMarks *marks) {
  if (marks_) marks_->disconnect(this);
  marks_ = marks;
  if (marks) connect(marks, &ConnectionMarks::changed, this, &HexView::dropPage);
  dropPage();
}

void HexView::fillMarks() {
  if (!marks_) return;
  std::vector<ConnectionMarks::Shown> marks;
  marks_->overlapping(source_->direction(), pageRange_, marks, mostFrames);
  for (const ConnectionMarks::Shown &one : marks) marked_.push_back({one.range, one.mark->color});
}

void HexView::setFoundFields(const FieldFinder *finder) {
  if (foundFields_) foundFields_->disconnect(this);
  foundFields_ = finder;
  if (finder) connect(finder, &FieldFinder::changed, this, &HexView::dropPage);
  dropPage();
}

void HexView::fillFoundFields() {
  if (!foundFields_ || !foundFields_->isLooking()) return;
  const Direction direction = source_->direction();
  const auto first = foundFields_->decoder()->messageAt(direction, pageRange_.begin);
  if (!first) return;
  for (auto at = foundFields_->next(direction, *first); at; at = foundFields_->next(direction, *at + 1)) {
    const ByteRange message = source_->rangeOfMessage(*at);
    if (message.begin >= pageRange_.end) break;
    const std::vector<ByteRange> fields = foundFields_->fieldsOf(direction, *at);
    if (fields.empty()) found_.push_back(message);
    found_.insert(found_.end(), fields.begin(), fields.end());
  }
}

QString HexView::markWordsAt(quint64 offset) const {
  if (!marks_ || !source_) return {};
  std::vector<ConnectionMarks::Shown> marks;
  marks_->overlapping(source_->direction(), ByteRange::ofSize(offset, 1), marks, mostTold);
  std::ranges::stable_sort(marks, {}, [](const ConnectionMarks::Shown &one) { return one.range.size(); });
  QStringList lines;
  for (const auto &[mark, range] : marks) lines += Theme::glyph(mark->color) + u' ' + marks_->wordsOf(*mark);
  return lines.join(u'\n');
}

}  // namespace octetscope

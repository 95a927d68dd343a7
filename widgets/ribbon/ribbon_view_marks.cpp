// RibbonView: the flags of what the user marked, and what a click on one does.
#include "model/items/field_finder.h"
#include "widgets/ribbon/ribbon_marks.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QLocale>

namespace octetscope {

namespace {

constexpr std::size_t mostTold = 8;

}  // namespace

void RibbonView::setMarks(const ConnectionMarks *marks) {
  if (marks_) marks_->disconnect(viewport());
  marks_ = marks;
  if (marks) connect(marks, &ConnectionMarks::changed, viewport(), qOverload<>(&QWidget::update));
  viewport()->update();
}

void RibbonView::setFoundFields(const FieldFinder *finder) {
  if (foundFields_) foundFields_->disconnect(viewport());
  foundFields_ = finder;
  if (finder) connect(finder, &FieldFinder::changed, viewport(), qOverload<>(&QWidget::update));
  viewport()->update();
}

std::vector<RibbonPage::Flag> RibbonView::flags() const {
  if (!marks_) return {};
  return markFlags(*marks_, axis_, geometry_, painter_.flagWidth());
}

std::optional<RibbonPage::Flag> RibbonView::flagAt(QPointF point) const {
  if (!marks_ || !rows_.ruler().contains(point.y())) return std::nullopt;
  const double x = point.x() - labelsWidth_;
  // Flags are narrower than their room where there is no number on them.
  const double reach = painter_.flagWidth() / 2;
  for (const RibbonPage::Flag &flag : flags()) {
    if (flag.x <= x && x < flag.x + (flag.count > 1 ? 2 : 1) * reach) return flag;
  }
  return std::nullopt;
}

/// The first mark under it, or the one behind what is selected.
void RibbonView::selectFlag(const RibbonPage::Flag &flag) {
  std::size_t row = flag.rows.first;
  if (hub_ && hub_->current() && hub_->current()->direction == flag.direction) {
    for (std::size_t at = row; at + 1 < flag.rows.last; ++at) {
      if (marks_->at(at).range == hub_->current()->range) row = at + 1;
    }
  }
  selectRange(flag.direction, marks_->at(row).range, std::nullopt);
}

QString RibbonView::flagWords(const RibbonPage::Flag &flag) const {
  QStringList lines;
  for (std::size_t row = flag.rows.first; row < flag.rows.last && row - flag.rows.first < mostTold; ++row) {
    const Mark &mark = *marks_->at(row).mark;
    lines += Theme::glyph(mark.color) + u' ' + marks_->wordsOf(mark);
  }
  const std::size_t told = static_cast<std::size_t>(lines.size());
  if (told < flag.count) lines += tr("and %1 more").arg(locale().toString(static_cast<qulonglong>(flag.count - told)));
  return lines.join(u'\n');
}

}  // namespace octetscope

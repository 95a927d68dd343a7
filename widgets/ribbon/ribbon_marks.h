// What the user marked, on a ribbon's axis: flags above it, and bars where the marked bytes stand. Never more of either
// than there is room for, however many marks there are.
#pragma once

#include "model/items/connection_marks.h"
#include "widgets/ribbon/ribbon_axis.h"
#include "widgets/ribbon/ribbon_geometry.h"
#include "widgets/ribbon/ribbon_painter.h"

namespace octetscope {

/// Flags for the marks of both directions that begin in sight, from left to right, none over another: one stands for
/// all that begin within its width, and counts them. `flagWidth` >= 1. O(width / flagWidth · log).
std::vector<RibbonPage::Flag> markFlags(const ConnectionMarks &marks, const RibbonAxis &axis,
                                        const RibbonGeometry &geometry, double flagWidth);
/// Bars for the marks that have bytes in sight, of the first `most` of them; narrow ones are left to their flags.
std::vector<RibbonPage::MarkBar> markBars(const ConnectionMarks &marks, const RibbonAxis &axis,
                                          const RibbonGeometry &geometry, std::size_t most = 5000);

}  // namespace octetscope

// What a search found, on a ribbon's axis: never more pieces than pixels, however many places there are.
#pragma once

#include "model/items/field_finder.h"
#include "model/search/search_hits.h"
#include "widgets/ribbon/ribbon_axis.h"
#include "widgets/ribbon/ribbon_geometry.h"
#include "widgets/ribbon/ribbon_painter.h"

namespace octetscope {

/// Pieces for the hits in the stream of `direction` that are in sight, from left to right, each a pixel wide at least.
/// A piece may stand for all that begin in its pixels. O(width · log hits).
std::vector<RibbonPage::Highlight> foundPieces(const SearchHits &hits, Direction direction, const RibbonAxis &axis,
                                               const RibbonGeometry &geometry);
/// The same of messages of both directions whose fields were found.
std::vector<RibbonPage::Highlight> foundPieces(const FieldFinder &finder, const RibbonAxis &axis,
                                               const RibbonGeometry &geometry);

}  // namespace octetscope

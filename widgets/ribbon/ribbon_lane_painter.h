// RibbonLanePainter: paints the items of a ribbon's lanes: chunks, messages, fields, and summaries of what is too
// narrow. What it costs depends on the items.
#pragma once

#include "widgets/ribbon/ribbon_ink.h"
#include "widgets/ribbon/ribbon_rows.h"

#include <QCoreApplication>

namespace octetscope {

class RibbonLanePainter {
  Q_DECLARE_TR_FUNCTIONS(octetscope::RibbonLanePainter)

 public:
  /// `ink` must outlive it.
  explicit RibbonLanePainter(const RibbonInk &ink) : ink_(ink) {}

  /// The painter stands at the left of the lanes. `hasBytes`: an empty lane of fields says how they come into sight.
  void paint(QPainter &painter, const RibbonLane &lane, RibbonBand band, bool hasBytes) const;

 private:
  /// A veil over what is dimmed among the items [first, end) of the lane: summaries, or all others.
  void paintVeil(QPainter &painter, const RibbonLane &lane, RibbonBand band, std::size_t first, std::size_t end,
                 bool overSummaries) const;
  void paintSummaries(QPainter &painter, const RibbonLane &lane, RibbonBand band) const;
  void paintChunk(QPainter &painter, const RibbonItem &item, QRectF box) const;
  void paintMessage(QPainter &painter, const RibbonLane &lane, const RibbonItem &item, QRectF box) const;
  void paintApart(QPainter &painter, const RibbonItem &item, QRectF box) const;
  void paintField(QPainter &painter, const RibbonItem &item, QRectF box) const;

  const RibbonInk &ink_;
};

}  // namespace octetscope

// RibbonPainter: paints a ribbon's scene: ruler, lanes, edges, marks, selection, what has not come yet, the playhead.
// It knows no widget and no decoder; what it costs depends on the scene. A pattern or a glyph stands beside each
// colour.
#pragma once

#include "model/marks/mark_table.h"
#include "widgets/ribbon/ribbon_geometry.h"
#include "widgets/ribbon/ribbon_ink.h"
#include "widgets/ribbon/ribbon_rows.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPalette>

#include <optional>

namespace octetscope {

/// Where the bytes come from: how chunks are called.
enum class RibbonSource : quint8 {
  Own,       ///< received and sent here
  Observed,  ///< seen on their way between two others
  File,
};

/// What is painted beside the scene. Pixels are those of the geometry: from the left of the lanes.
struct RibbonPage {
  const RibbonScene *scene = nullptr;
  const RibbonRows *rows = nullptr;
  const RibbonGeometry *geometry = nullptr;
  qreal labels = 0;  ///< width of the column of words left of the lanes
  RibbonSource source = RibbonSource::Own;
  struct Highlight {
    Direction direction = Direction::In;
    qreal left = 0;
    qreal right = 0;
  };
  std::vector<Highlight> selection;  ///< pieces of what is selected
  std::vector<Highlight> found;      ///< what a search found
  /// What the user marked: where it begins, and how far it goes.
  struct Flag {
    Direction direction = Direction::In;
    qreal x = 0;
    MarkColor color = MarkColor::Green;  ///< of the first
    MarkTable::Rows rows = {};           ///< of that direction
    std::size_t count = 0;               ///< of both
  };
  struct MarkBar {
    Direction direction = Direction::In;
    qreal left = 0;
    qreal right = 0;
    MarkColor color = MarkColor::Green;
  };
  std::vector<Flag> flags;
  std::vector<MarkBar> markBars;
  qreal liveEnd = 0;              ///< where the bytes end that have come
  std::optional<qreal> playhead;  ///< where the moment stands that is shown; none: live
  bool hasHandle = false;         ///< the playhead can be dragged
  bool isPlayheadHeld = false;
  struct Divergence {
    Direction direction = Direction::In;
    qreal x = 0;
  };
  std::optional<Divergence> divergence;
  int focusedLane = -1;  ///< of the rows: the one the keyboard moves in
};

class RibbonPainter {
  Q_DECLARE_TR_FUNCTIONS(octetscope::RibbonPainter)

 public:
  void setFont(const QFont &font, qreal pixelRatio) { ink_.setFont(font, pixelRatio); }
  qreal lineHeight() const { return ink_.lineHeight; }
  /// Room for the widest word left of the lanes.
  qreal labelsWidth(RibbonSource source, bool hasSecond) const;
  /// Of what the user marked: as wide as a glyph and two digits. They stand in the ruler.
  qreal flagWidth() const;
  static QString laneName(const RibbonRows::Lane &lane, RibbonSource source, bool hasSecond);
  static QString glyph(RibbonMark::Kind kind);

  /// The painter stands at the left of the labels.
  void paint(QPainter &painter, const RibbonPage &page, const QPalette &palette, QRectF area);

 private:
  void paintRuler(QPainter &painter, const RibbonPage &page, QRectF area) const;
  void paintEdges(QPainter &painter, const RibbonPage &page) const;
  void paintMarks(QPainter &painter, const RibbonPage &page) const;
  void paintEnd(QPainter &painter, const RibbonPage &page, const RibbonMark &mark,
                const RibbonRows::Group &group) const;
  void paintSelection(QPainter &painter, const RibbonPage &page) const;
  void paintFound(QPainter &painter, const RibbonPage &page) const;
  void paintMarkBars(QPainter &painter, const RibbonPage &page) const;
  void paintFlags(QPainter &painter, const RibbonPage &page) const;
  void paintFuture(QPainter &painter, const RibbonPage &page) const;
  void paintPlayhead(QPainter &painter, const RibbonPage &page) const;
  void paintDivergence(QPainter &painter, const RibbonPage &page) const;
  void paintLabels(QPainter &painter, const RibbonPage &page, QRectF area) const;

  RibbonInk ink_;
};

}  // namespace octetscope

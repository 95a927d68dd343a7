// RibbonView: the streams of a connection on one byte axis: chunks as they came, the messages the framing cuts, their
// fields, and marks where the two do not agree; zoom from single bytes to gigabytes. It reads a ConnectionDecoder,
// selects through a SelectionHub, and asks for another moment or a new start of the framing by signals.
#pragma once

#include "model/items/message_filter.h"
#include "model/items/playhead.h"
#include "model/items/selection_hub.h"
#include "widgets/ribbon/ribbon_axis.h"
#include "widgets/ribbon/ribbon_geometry.h"
#include "widgets/ribbon/ribbon_painter.h"
#include "widgets/ribbon/ribbon_rows.h"
#include "widgets/ribbon/ribbon_scene.h"

#include <QAbstractScrollArea>
#include <QPointer>

#include <array>

class QHelpEvent;

namespace octetscope {

class ConnectionMarks;
class FieldFinder;
class SearchHits;

class RibbonView : public QAbstractScrollArea {
  Q_OBJECT
 public:
  /// Which directions stand on the axis; Auto: those that have bytes.
  enum class Shown : quint8 { Auto, In, Out, Both };
  /// Where the two framings of an A/B comparison part.
  struct Divergence {
    Direction direction = Direction::In;
    quint64 offset = 0;  ///< the first byte that they read differently
    QString words = {};  ///< for the tool tip
  };

  explicit RibbonView(QWidget *parent = nullptr);
  ~RibbonView() override;

  /// What is shown; null: nothing. Not owned. `follows`: whether the newest byte is kept in sight.
  void setDecoder(ConnectionDecoder *decoder, bool follows = true);
  /// A second reading of the same connection, whose messages stand below the first's (A, B); null: none. Not owned.
  void setSecond(ConnectionDecoder *decoder);
  /// The messages of the first reading that do not pass are dimmed; null: none are. Not owned.
  void setFilter(MessageFilter *filter);
  void setDivergence(std::optional<Divergence> divergence);
  void setSelectionHub(SelectionHub *hub);
  /// Marks what a search found in the stream of `direction`; null: nothing. Not owned.
  void setHits(const SearchHits *hits, Direction direction);
  /// The same of messages whose fields were found.
  void setFoundFields(const FieldFinder *finder);
  /// Shows what the user marked; null: nothing. Not owned.
  void setMarks(const ConnectionMarks *marks);
  /// What its menu offers besides: the window's own, about what is selected. Not owned.
  void setMoreActions(QList<QAction *> actions) { moreActions_ = std::move(actions); }
  /// What is dragged with the red line, and says where it stands; null: it stands at the live end. Not owned.
  void setPlayhead(Playhead *playhead);
  /// Rising offsets where the user started framing again.
  void setRestarts(Direction direction, QList<quint64> offsets);

  Shown shown() const { return shown_; }
  void setShown(Shown shown);
  bool isFollowing() const { return geometry_.isFollowing(); }
  /// Keeps the live end in sight, in the past the playhead; says nothing.
  void setFollowing(bool following);

  // What is on the screen; brought up to date when asked.
  const RibbonAxis &axis() const { return axis_; }
  const RibbonGeometry &geometryOfBytes() const { return geometry_; }
  const RibbonRows &rows() const { return rows_; }
  const RibbonScene &scene();
  /// Pixels left of the lanes.
  int labelsWidth() const { return labelsWidth_; }
  /// Where the red line stands, in pixels from the left of the lanes.
  double playheadX() const;
  /// Where an item of lane `lane` stands in the viewport.
  QRectF rectOf(std::size_t lane, const RibbonItem &item) const;

  /// What lies at a point of the viewport, in words; empty where nothing does.
  QString wordsAt(QPointF point);
  /// What is selected, or else what is shown, in words: for assistive technology.
  QString currentWords();
  /// The lane the arrow keys move in: its kind.
  RibbonLane::Kind currentLane() const { return laneKind_; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 public Q_SLOTS:
  void zoomIn();
  void zoomOut();
  /// Shows everything, and goes on doing so while it grows.
  void fitAll();
  /// Zooms to what is selected.
  void fitSelection();
  /// Copies the selected bytes as hex.
  void copy();

 Q_SIGNALS:
  void followingChanged(bool following);
  /// Lanes came or went: sizeHint() is another one.
  void rowsChanged();
  void shownChanged(octetscope::RibbonView::Shown shown);
  /// The user wants framing to start again at this byte.
  void restartAsked(octetscope::Direction direction, quint64 offset);
  /// Words for the status line: why something was not done.
  void said(const QString &words);

 protected:
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void changeEvent(QEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  void focusInEvent(QFocusEvent *event) override;
  void focusOutEvent(QFocusEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mouseReleaseEvent(QMouseEvent *event) override;
  void mouseDoubleClickEvent(QMouseEvent *event) override;
  void wheelEvent(QWheelEvent *event) override;
  void contextMenuEvent(QContextMenuEvent *event) override;
  void scrollContentsBy(int dx, int dy) override;
  bool viewportEvent(QEvent *event) override;

 private:
  enum class Scale : quint8 { Auto, Fit, User };
  struct Hit {
    const RibbonLane *lane = nullptr;
    const RibbonItem *item = nullptr;
    const RibbonMark *mark = nullptr;
    quint64 offset = 0;  ///< the byte of the lane's direction
  };

  void readAgain();
  void updateFont();
  void updateRows();
  RibbonRows::Stacks stacks() const;
  bool isOnHandle(QPointF point) const;
  std::vector<RibbonPage::Flag> flags() const;
  std::optional<RibbonPage::Flag> flagAt(QPointF point) const;
  void selectFlag(const RibbonPage::Flag &flag);
  QString flagWords(const RibbonPage::Flag &flag) const;
  void dragPlayhead(QPointF point, bool insideChunks);
  void updateScale();
  void updateScrollBar();
  void dropScene();
  void dimAgain();
  void moved();
  void revealPlayhead();
  std::vector<Direction> directions() const;
  const ConnectionDecoder *decoderOf(const RibbonLane &lane) const { return lane.isSecond ? second_ : decoder_; }
  double autoScale() const;
  RibbonSource source() const;
  Hit hitAt(QPointF point);
  std::optional<RibbonAxis::Place> placeAt(QPointF point) const;
  ByteRange positionsOf(Direction direction, ByteRange range) const;
  void zoomBy(double factor, double x);
  void panByUser(double pixels);
  void afterUserMoved();
  void selectRange(Direction direction, ByteRange range, std::optional<quint64> message);
  void selectHit(const Hit &hit);
  void selectForMenu(QPointF point);
  void onSelection(const std::optional<Selection> &selection, const QObject *who);
  void stepItem(int by, RibbonLane::Kind kind);
  std::optional<ByteRange> innerBeside(Direction direction, ByteRange now, int by) const;
  void stepLane(int by);
  void fitRange(Direction direction, ByteRange range);
  bool isCurrent(const RibbonRows::Lane &lane) const;
  int focusedLane() const;
  void showToolTip(const QHelpEvent *event);
  void tellAssistants();

  QPointer<ConnectionDecoder> decoder_;
  QPointer<ConnectionDecoder> second_;
  QPointer<MessageFilter> filter_;
  QPointer<SelectionHub> hub_;
  QPointer<Playhead> playhead_;
  QPointer<const SearchHits> hits_;
  Direction hitsDirection_ = Direction::In;
  QPointer<const FieldFinder> foundFields_;
  QPointer<const ConnectionMarks> marks_;
  std::array<QList<quint64>, 2> restarts_;
  std::optional<Divergence> divergence_;
  Shown shown_ = Shown::Auto;
  Scale scaleMode_ = Scale::Auto;

  RibbonAxis axis_;
  RibbonGeometry geometry_;
  RibbonRows rows_;
  RibbonScene scene_;
  bool sceneIsFresh_ = false;
  bool dimmingIsFresh_ = false;
  RibbonPainter painter_;
  qreal pixelRatio_ = 0;
  int labelsWidth_ = 0;

  RibbonLane::Kind laneKind_ = RibbonLane::Kind::Messages;
  qsizetype laneLayer_ = 0;
  Direction laneDirection_ = Direction::In;
  enum class Drag : quint8 { None, Pressed, Panning, Playhead } drag_ = Drag::None;
  QPointF dragPoint_;
  QList<QAction *> moreActions_;
};

/// Makes assistive technology see ribbons; called by the first of them.
void installRibbonAccessibility();

}  // namespace octetscope

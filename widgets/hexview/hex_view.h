// HexView: the bytes of one stream in hex and text, coloured by what they mean. It paints what is visible and asks its
// HexSource for no more, so it costs the same for a kilobyte and for gigabytes. Setters do not emit, but for the one of
// the source: signals tell what the user did.
#pragma once

#include "model/copying/copy_text.h"
#include "model/items/selection_hub.h"
#include "widgets/controls/row_scroll.h"
#include "widgets/controls/text_copier.h"
#include "widgets/hexview/hex_geometry.h"
#include "widgets/hexview/hex_letters.h"
#include "widgets/hexview/hex_painter.h"
#include "widgets/hexview/hex_source.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QElapsedTimer>
#include <QPointer>

#include <vector>

class QAction;
class QHelpEvent;
class QMenu;

namespace octetscope {

class ConnectionMarks;
class FieldFinder;
class SearchHits;

class HexView : public QAbstractScrollArea {
  Q_OBJECT
 public:
  static constexpr int mostBytesARow = 256;

  explicit HexView(QWidget *parent = nullptr);
  ~HexView() override;

  /// Null: empty. Not owned. The caret goes to the first byte, the view to the top.
  void setSource(HexSource *source);
  HexSource *source() const { return source_; }
  /// Tells `hub` what the user selects here, and shows what others select in the same direction. Not owned.
  void setSelectionHub(SelectionHub *hub);
  /// What the hub says: selects and scrolls without a signal; nothing of the other direction.
  void showSelection(const std::optional<Selection> &selection);

  /// Marks what a search found, and what it finds while it goes on; null: nothing. Not owned.
  void setHits(const SearchHits *hits);

  /// Marks fields that were found, or their messages, likewise.
  void setFoundFields(const FieldFinder *finder);
  /// Frames what the user marked, in the direction that is shown; null: nothing. Not owned.
  void setMarks(const ConnectionMarks *marks);
  /// What is said of the marks over a byte: a line each, the smallest first; empty where there are none.
  QString markWordsAt(quint64 offset) const;

  /// Bytes selected; empty: none, only the caret.
  ByteRange selection() const { return selection_; }
  /// The byte under the caret; none in an empty stream.
  std::optional<quint64> caret() const;
  HexColumn activeColumn() const { return activeColumn_; }
  /// Selects `range`, the caret at its begin. Does not scroll and does not emit.
  void setSelection(ByteRange range);
  /// Scrolls as little as makes `range` visible, or its begin where it is too large; centres it where it is far.
  void scrollTo(ByteRange range);
  /// Selects and scrolls as the user's act: emits selectionChanged().
  void select(ByteRange range);
  /// Puts the caret on `offset` and scrolls there, as the user's act. False: there is no such byte (yet).
  bool goToOffset(quint64 offset);

  /// How many bytes stand in a row, 1 to mostBytesARow; 0: as many as there is room for, in eights, up to 128.
  int bytesARow() const { return bytesARow_; }
  void setBytesARow(int bytes);
  /// Bytes between two gaps: 1, 2, 4 or 8.
  int group() const { return group_; }
  void setGroup(int bytes);
  /// What the text beside the bytes is read as.
  TextCode textCode() const { return textCode_; }
  void setTextCode(TextCode code);
  /// Whether a row begins at each message, with the message's number in front; else rows are equal.
  bool isByMessage() const { return byMessage_; }
  void setByMessage(bool on);
  /// Steps of the font's size, 0: the system's.
  int zoom() const { return zoom_; }
  void setZoom(int steps);

  /// Sticks to the end while bytes arrive. It begins when the user scrolls to the end, and stops when the user scrolls
  /// away.
  bool isFollowing() const { return scroll_.isFollowing(); }
  void setFollowing(bool following) { scroll_.setFollowing(following); }

  const HexGeometry &geometryOfBytes() const { return geometry_; }
  quint64 topRow() const { return scroll_.top(); }
  /// Rows that are wholly visible, at least 1.
  quint64 visibleRows() const;
  /// Bytes in the rows that are at least partly visible.
  ByteRange visibleRange() const;
  /// Where a byte is drawn, in the viewport.
  QRectF cellRect(HexColumn column, quint64 offset) const;
  /// The byte at a point of the viewport; none beside the bytes.
  std::optional<quint64> offsetAt(QPointF point) const;

  QAction *copyHexAction() const { return copyHex_; }
  QAction *copyTextAction() const { return copyText_; }
  QAction *selectAllAction() const { return selectAll_; }
  QAction *zoomInAction() const { return zoomIn_; }
  QAction *zoomOutAction() const { return zoomOut_; }
  QAction *zoomResetAction() const { return zoomReset_; }
  /// What the menu offers besides: the window's own, about the byte under the caret. Not owned.
  void setMoreActions(QList<QAction *> actions) { moreActions_ = std::move(actions); }
  /// Its forms of copying. Not owned.
  void setCopyMenu(QMenu *menu) { copyMenu_ = menu; }
  /// How the bytes are shown, likewise.
  void setViewMenu(QMenu *menu) { viewMenu_ = menu; }
  /// What is said where there are no bytes.
  QString emptyWords() const;
  /// What is copied: the selection, or the byte under the caret; empty where there is none.
  ByteRange copiedRange() const;
  /// Copies it, much of it in the background. Errors: more than a clipboard takes; nothing to copy.
  Result<void> copy(CopyFormat format);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  /// The user selected; empty: a caret at range.begin.
  void selectionChanged(octetscope::ByteRange range);
  /// The user scrolled to or away from the end.
  void followingChanged(bool following);
  /// A sentence for the user about what was just tried: what was copied, or why nothing was.
  void said(const QString &words);
  void zoomChanged(int steps);
  /// Another source is shown, or none.
  void sourceReplaced();

 protected:
  bool viewportEvent(QEvent *event) override;
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void changeEvent(QEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mouseReleaseEvent(QMouseEvent *event) override;
  void mouseDoubleClickEvent(QMouseEvent *event) override;
  void wheelEvent(QWheelEvent *event) override;
  void keyPressEvent(QKeyEvent *event) override;
  void contextMenuEvent(QContextMenuEvent *event) override;
  void focusInEvent(QFocusEvent *event) override;
  void focusOutEvent(QFocusEvent *event) override;
  bool focusNextPrevChild(bool next) override;
  void timerEvent(QTimerEvent *event) override;
  void scrollContentsBy(int dx, int dy) override;

 private:
  void addActions();
  QAction *addOwnAction(const QString &text, const QKeySequence &key, void (HexView::*act)());
  void copyOrSay(CopyFormat format);
  void copyAsHex() { copyOrSay(CopyFormat::Hex); }
  void copyAsText() { copyOrSay(CopyFormat::Text); }
  void selectAllBytes();
  void zoomInOnce();
  void zoomOutOnce();
  void resetZoom();

  void sourceAdvanced();
  void dropPage();
  void fillPage();
  void fillMarks();
  void fillFoundFields();
  void updateFont();
  void updateGeometry();
  void updateSidewaysBar();
  int bytesPerRow(HexGeometry::Look look) const;
  qreal rowsTop() const;
  qreal headerHeight() const { return geometry_.metrics().rowHeight + 4; }
  quint64 rowsPainted() const;
  void reveal(quint64 offset);
  void revealSideways(HexColumn column, quint64 offset);

  HexGeometry::Place placeAt(QPointF point) const;
  /// The user's move of the caret; `extend`: from the anchor on.
  void moveCaret(quint64 offset, bool extend);
  bool moveBy(const QKeyEvent *event);
  void changeSelection(ByteRange range, quint64 anchor, quint64 caret);
  void tellHub(ByteRange range);
  void tellAssistants();
  void showToolTip(const QHelpEvent *event);
  void drawBanner(QPainter &painter) const;
  void drawEmptyText(QPainter &painter) const;

  QPointer<HexSource> source_;
  QPointer<SelectionHub> hub_;
  QPointer<const SearchHits> hits_;
  QPointer<const FieldFinder> foundFields_;
  QPointer<const ConnectionMarks> marks_;
  RowScroll scroll_;
  HexGeometry geometry_;
  HexPainter painter_;
  int bytesARow_ = 16;
  int group_ = 8;
  TextCode textCode_ = TextCode::Ascii;
  bool byMessage_ = false;
  int zoom_ = 0;
  qreal pixelRatio_ = 0;
  bool damaged_ = false;

  ByteRange selection_;
  quint64 anchor_ = 0;
  quint64 caret_ = 0;
  HexColumn activeColumn_ = HexColumn::Hex;
  bool dragging_ = false;
  QPointF dragPoint_;
  QBasicTimer dragTimer_;
  QElapsedTimer sinceDoubleClick_;
  QPointF doubleClickPoint_;
  double wheelRest_ = 0;  // parts of a row that the wheel turned so far

  // The page as it was last asked from the source.
  ByteRange pageRange_;
  bool pageIsFresh_ = false;
  std::vector<HexSpan> spans_;
  std::vector<quint64> chunkEnds_;
  std::vector<quint64> messageEnds_;
  std::vector<quint64> restarts_;
  std::vector<ByteRange> found_;
  std::vector<HexMark> marked_;
  std::vector<char32_t> letters_;

  QList<QAction *> moreActions_;
  QMenu *copyMenu_ = nullptr;
  QMenu *viewMenu_ = nullptr;
  TextCopier copier_;
  QAction *copyHex_ = nullptr;
  QAction *copyText_ = nullptr;
  QAction *selectAll_ = nullptr;
  QAction *zoomIn_ = nullptr;
  QAction *zoomOut_ = nullptr;
  QAction *zoomReset_ = nullptr;
};

}  // namespace octetscope

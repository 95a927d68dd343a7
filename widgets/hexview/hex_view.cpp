#include "widgets/hexview/hex_view.h"

#include "model/items/connection_marks.h"
#include "model/search/search_hits.h"
#include "widgets/hexview/hex_accessible.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>

#include <cmath>

namespace octetscope {

namespace {

constexpr int smallestZoom = -6;
constexpr int largestZoom = 24;
constexpr quint64 nearRows = 3;  // farther than this from the window, a range is centred

}  // namespace

HexView::HexView(QWidget *parent) : QAbstractScrollArea(parent), scroll_(verticalScrollBar()) {
  installHexAccessibility();
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Bytes"));
  viewport()->setCursor(Qt::IBeamCursor);
  viewport()->setBackgroundRole(QPalette::Base);
  viewport()->setAttribute(Qt::WA_OpaquePaintEvent);  // every pixel is painted: no need to clear it first
  // Tool tips and gestures come to the viewport; the menu is ours.
  setContextMenuPolicy(Qt::DefaultContextMenu);
  addActions();
  connect(&scroll_, &RowScroll::moved, viewport(), qOverload<>(&QWidget::update));
  connect(&copier_, &TextCopier::said, this, &HexView::said);
  connect(&scroll_, &RowScroll::followingChanged, this, &HexView::followingChanged);
  updateFont();
}

HexView::~HexView() = default;

void HexView::setSource(HexSource *source) {
  if (source_) source_->disconnect(this);
  source_ = source;
  geometry_ = HexGeometry();
  if (source) {
    connect(source, &HexSource::advanced, this, &HexView::sourceAdvanced);
    connect(source, &HexSource::reread, this, &HexView::sourceAdvanced);
  }
  selection_ = {};
  anchor_ = caret_ = 0;
  scroll_.setFollowing(false);
  scroll_.setTop(0);
  dragging_ = false;
  dragTimer_.stop();
  horizontalScrollBar()->setValue(0);
  sourceAdvanced();
  setFollowing(scroll_.lastTop() == 0);
  Q_EMIT sourceReplaced();
}

void HexView::setHits(const SearchHits *hits) {
  if (hits_ && hits_ != hits) hits_->disconnect(this);
  hits_ = hits;
  if (hits) {
    connect(hits, &SearchHits::changed, this, &HexView::dropPage, Qt::UniqueConnection);
  }
  dropPage();
}

void HexView::setSelectionHub(SelectionHub *hub) {
  if (hub_) {
    hub_->disconnect(this);
    disconnect(this, &HexView::selectionChanged, this, &HexView::tellHub);
  }
  hub_ = hub;
  if (!hub) return;
  connect(this, &HexView::selectionChanged, this, &HexView::tellHub);
  connect(hub, &SelectionHub::changed, this, [this](const std::optional<Selection> &selection, const QObject *who) {
    if (who != this) showSelection(selection);
  });
  showSelection(hub->current());
}

void HexView::tellHub(ByteRange range) {
  if (!hub_ || !source_) return;
  Selection selection{source_->direction(), range, source_->messageNumberAt(range.begin)};
  // A selection over several messages lies in none of them.
  if (selection.message && range.end > source_->rangeOfMessage(*selection.message).end) selection.message.reset();
  hub_->select(selection, this);
}

void HexView::showSelection(const std::optional<Selection> &selection) {
  if (!source_) return;
  if (!selection || selection->direction != source_->direction()) {
    setSelection({caret_, caret_});
    return;
  }
  setSelection(selection->range);
  scrollTo(selection->range);
}

std::optional<quint64> HexView::caret() const {
  if (geometry_.size() == 0) return std::nullopt;
  return std::min(caret_, geometry_.size() - 1);
}

void HexView::sourceAdvanced() {
  damaged_ = source_ && source_->isDamaged();
  const quint64 size = source_ ? source_->size() : 0;
  if (size < geometry_.size()) {
    selection_ = {std::min(selection_.begin, size), std::min(selection_.end, size)};
    caret_ = std::min(caret_, size);
    anchor_ = std::min(anchor_, size);
  }
  updateGeometry();
  dropPage();
}

void HexView::dropPage() {
  pageIsFresh_ = false;
  viewport()->update();
}

void HexView::fillPage() {
  const ByteRange range = visibleRange();
  if (pageIsFresh_ && range == pageRange_) return;
  pageRange_ = range;
  pageIsFresh_ = true;
  spans_.clear();
  chunkEnds_.clear();
  messageEnds_.clear();
  restarts_.clear();
  found_.clear();
  marked_.clear();
  if (!source_ || range.isEmpty()) return;
  source_->spans(range, spans_);
  source_->chunkEnds(range, chunkEnds_);
  source_->messageEnds(range, messageEnds_);
  source_->restarts(range, restarts_);
  if (hits_) hits_->within(range, found_);
  fillFoundFields();
  fillMarks();
}

// Font, geometry, scroll bars

void HexView::updateFont() {
  QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  const qreal size = font.pointSizeF() > 0 ? font.pointSizeF() : QApplication::font().pointSizeF();
  font.setPointSizeF(std::max(3.0, size + zoom_));
  pixelRatio_ = devicePixelRatioF();
  painter_.setFont(font, pixelRatio_);
  updateGeometry();
}

int HexView::bytesPerRow(HexGeometry::Look look) const {
  if (bytesARow_ > 0) return bytesARow_;
  return HexGeometry::bytesThatFit(painter_.metrics(), source_ ? source_->size() : 0, viewport()->width(), 128, look);
}

void HexView::updateGeometry() {
  const quint64 size = source_ ? source_->size() : 0;
  const quint64 topOffset = geometry_.rowCount() == 0 ? 0 : geometry_.offsetOfRow(topRow());
  HexGeometry::Look look{.group = group_, .numberDigits = 0};
  if (byMessage_ && source_) {
    look.numberDigits = static_cast<int>(QString::number(std::max<quint64>(source_->messageCount(), 100) - 1).size());
  }
  HexRows rows;
  if (byMessage_ && source_) {
    rows.setByMessage(bytesPerRow(look), size, *source_);
  } else {
    rows.setRunning(bytesPerRow(look), size);
  }
  geometry_.set(painter_.metrics(), std::move(rows), look);
  // What stood at the top stays there, however long rows are now.
  scroll_.setRows(geometry_.rowCount(), visibleRows(), geometry_.rowOf(topOffset));
  updateSidewaysBar();
  dropPage();
}

void HexView::updateSidewaysBar() {
  QScrollBar *sideways = horizontalScrollBar();
  const int hidden = static_cast<int>(std::ceil(geometry_.width())) - viewport()->width();
  sideways->setRange(0, std::max(0, hidden));
  sideways->setPageStep(viewport()->width());
  sideways->setSingleStep(static_cast<int>(geometry_.metrics().charWidth * 3));
}

qreal HexView::rowsTop() const {
  return headerHeight() + (damaged_ ? headerHeight() : 0);
}

quint64 HexView::visibleRows() const {
  const qreal rows = std::floor((viewport()->height() - rowsTop()) / geometry_.metrics().rowHeight);
  return rows < 1 ? 1 : static_cast<quint64>(rows);
}

quint64 HexView::rowsPainted() const {
  const qreal rows = std::ceil((viewport()->height() - rowsTop()) / geometry_.metrics().rowHeight);
  return rows < 0 ? 0 : static_cast<quint64>(rows);
}

ByteRange HexView::visibleRange() const {
  return geometry_.rangeOfRows(topRow(), rowsPainted());
}

QRectF HexView::cellRect(HexColumn column, quint64 offset) const {
  return geometry_.cellRect(column, offset, topRow()).translated(-horizontalScrollBar()->value(), rowsTop());
}

HexGeometry::Place HexView::placeAt(QPointF point) const {
  return geometry_.placeAt(point.x() + horizontalScrollBar()->value(), point.y() - rowsTop(), topRow());
}

std::optional<quint64> HexView::offsetAt(QPointF point) const {
  if (geometry_.size() == 0 || point.y() < rowsTop()) return std::nullopt;
  const auto place = placeAt(point);
  return place.exact ? std::optional(place.offset) : std::nullopt;
}

// Scrolling

void HexView::scrollContentsBy(int dx, int dy) {
  Q_UNUSED(dy);
  if (dx != 0) viewport()->update();
}

void HexView::scrollTo(ByteRange range) {
  if (geometry_.size() == 0) return;
  const quint64 first = geometry_.rowOf(std::min(range.begin, geometry_.size() - 1));
  const quint64 last =
      std::max(first, geometry_.rowOf(std::min(std::max(range.end, range.begin + 1), geometry_.size()) - 1));
  const quint64 visible = visibleRows();
  const quint64 bottom = topRow() + visible - 1;
  quint64 top = topRow();
  if (first < topRow()) {
    top = topRow() - first <= nearRows ? first : first - std::min(first, visible / 3);
  } else if (last > bottom && last - first >= visible) {
    if (first > topRow()) top = first;
  } else if (last > bottom) {
    top = last - bottom <= nearRows ? topRow() + (last - bottom) : first - std::min(first, visible / 3);
    if (last >= top + visible) top = last - visible + 1;
  }
  if (top == topRow()) return;
  scroll_.setTop(top);
  // Whoever looks at something must not be carried away from it.
  if (!scroll_.isAtEnd()) scroll_.changeFollowing(false);
}

void HexView::reveal(quint64 offset) {
  const quint64 row = geometry_.rowOf(offset);
  const quint64 visible = visibleRows();
  if (row < topRow()) {
    scroll_.scrollTo(row);
  } else if (row - topRow() >= visible) {
    scroll_.scrollTo(row - visible + 1);
  }
  revealSideways(activeColumn_, offset);
}

void HexView::revealSideways(HexColumn column, quint64 offset) {
  QScrollBar *bar = horizontalScrollBar();
  const QRectF cell = geometry_.cellRect(column, offset, topRow());
  const int left = static_cast<int>(std::floor(cell.left()));
  const int right = static_cast<int>(std::ceil(cell.right()));
  if (left < bar->value()) {
    bar->setValue(left);
  } else if (right > bar->value() + viewport()->width()) {
    bar->setValue(right - viewport()->width());
  }
}

void HexView::setBytesARow(int bytes) {
  bytes = std::clamp(bytes, 0, mostBytesARow);
  if (bytes == bytesARow_) return;
  bytesARow_ = bytes;
  updateGeometry();
}

void HexView::setGroup(int bytes) {
  if (bytes == group_) return;
  group_ = bytes;
  updateGeometry();
}

void HexView::setTextCode(TextCode code) {
  if (code == textCode_) return;
  textCode_ = code;
  viewport()->update();
}

void HexView::setByMessage(bool on) {
  if (on == byMessage_) return;
  byMessage_ = on;
  updateGeometry();
  if (caret()) scrollTo(selection_.isEmpty() ? ByteRange::ofSize(*caret(), 1) : selection_);
}

void HexView::setZoom(int steps) {
  steps = std::clamp(steps, smallestZoom, largestZoom);
  if (steps == zoom_) return;
  zoom_ = steps;
  updateFont();
}

// Events of the window

void HexView::resizeEvent(QResizeEvent *event) {
  QAbstractScrollArea::resizeEvent(event);
  updateGeometry();
}

void HexView::changeEvent(QEvent *event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) updateFont();
  viewport()->update();
}

void HexView::paintEvent(QPaintEvent *event) {
  Q_UNUSED(event);
  if (devicePixelRatioF() != pixelRatio_) updateFont();
  QPainter painter(viewport());
  const QRectF all = viewport()->rect();
  painter.fillRect(all, palette().color(QPalette::Base));
  fillPage();
  HexPage page;
  page.topRow = topRow();
  page.range = pageRange_;
  if (source_) page.bytes = source_->bytes(pageRange_);
  // Characters may reach over the page's ends.
  const quint64 before = std::min<quint64>(pageRange_.begin, 3);
  if (source_ && page.bytes.size() == page.range.size()) {
    const ByteView around = source_->bytes({pageRange_.begin - before, pageRange_.end + 3});
    readLetters(around, before, page.bytes.size(), textCode_, letters_);
    page.bytes = source_->bytes(pageRange_);  // one call's bytes at a time are promised
    page.letters = letters_;
  }
  page.spans = spans_;
  page.chunkEnds = chunkEnds_;
  page.messageEnds = messageEnds_;
  page.restarts = restarts_;
  page.hits = found_;
  page.marks = marked_;
  page.selection = selection_;
  page.caret = caret();
  page.activeColumn = activeColumn_;
  page.hasFocus = hasFocus();

  const qreal sideways = horizontalScrollBar()->value();
  painter.save();
  painter.translate(-sideways, rowsTop());
  if (page.bytes.size() == page.range.size()) painter_.paintRows(painter, geometry_, page, palette());
  painter.restore();
  painter.save();
  painter.translate(-sideways, 0);
  painter_.paintHeader(painter, geometry_, page, palette(),
                       QRectF(sideways, 0, std::max(all.width(), geometry_.width()), headerHeight()));
  painter.restore();
  if (damaged_) drawBanner(painter);
  if (geometry_.size() == 0) drawEmptyText(painter);
  if (hasFocus()) {
    painter.setPen(QPen(palette().color(QPalette::Active, QPalette::Highlight), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(all.adjusted(1, 1, -1, -1));
  }
}

void HexView::drawBanner(QPainter &painter) const {
  const Theme theme = Theme::of(this);
  const QRectF area(0, headerHeight(), viewport()->width(), headerHeight());
  painter.fillRect(area, theme.banner());
  painter.setFont(font());
  painter.setPen(palette().color(QPalette::Text));
  painter.drawText(area.adjusted(8, 0, -8, 0), Qt::AlignVCenter | Qt::AlignLeft,
                   Theme::glyph(Status::Error) + u' ' + tr("changed on disk: reload"));
}

void HexView::drawEmptyText(QPainter &painter) const {
  painter.setFont(font());
  painter.setPen(Theme::of(this).mutedText());
  const QRectF area = QRectF(viewport()->rect()).adjusted(8, rowsTop() + 8, -8, -8);
  painter.drawText(area, Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextWordWrap, emptyWords());
}

QString HexView::emptyWords() const {
  return source_ && source_->hasEnded() ? tr("No bytes: nothing went this way.")
                                        : tr("No bytes yet. They appear here as they arrive.");
}

QSize HexView::sizeHint() const {
  const int frame = 2 * frameWidth() + style()->pixelMetric(QStyle::PM_ScrollBarExtent);
  return {static_cast<int>(geometry_.width()) + frame,
          static_cast<int>(headerHeight() + 16 * geometry_.metrics().rowHeight) + frame};
}

QSize HexView::minimumSizeHint() const {
  const int frame = 2 * frameWidth() + style()->pixelMetric(QStyle::PM_ScrollBarExtent);
  return {120, static_cast<int>(headerHeight() + 2 * geometry_.metrics().rowHeight) + frame};
}

}  // namespace octetscope

#include "widgets/help/example_view.h"

#include "widgets/controls/tool_tips.h"
#include "widgets/hexview/hex_span_ink.h"
#include "widgets/hexview/hex_words.h"
#include "widgets/ribbon/ribbon_lane_painter.h"
#include "widgets/ribbon/ribbon_lanes.h"

#include <QAccessibleWidget>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace octetscope {

namespace {

constexpr quint64 mostMissing = 6;  // boxes of bytes that never came
constexpr int fewestCells = 8;      // in a row, however narrow it is
constexpr qreal edge = 4;           // left and right of the rows
constexpr qreal inset = 5;          // of a label's words

class ExampleAccessible final : public QAccessibleWidget {
 public:
  explicit ExampleAccessible(ExampleView *view) : QAccessibleWidget(view, QAccessible::Graphic) {}

  QString text(QAccessible::Text kind) const override {
    if (kind == QAccessible::Description) return static_cast<ExampleView *>(object())->content().inWords();
    return QAccessibleWidget::text(kind);
  }
};

QAccessibleInterface *makeAccessible(const QString &, QObject *object) {
  auto *view = qobject_cast<ExampleView *>(object);
  return view ? new ExampleAccessible(view) : nullptr;
}

}  // namespace

ExampleView::ExampleView(QWidget *parent) : QWidget(parent) {
  QAccessible::installFactory(makeAccessible);  // Qt keeps each factory once
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  measure();
}

ExampleView::~ExampleView() = default;

void ExampleView::setDecoder(ConnectionDecoder *decoder) {
  source_.reset();
  if (decoder) {
    source_ = std::make_unique<DecoderHexSource>(decoder, Direction::In);
    connect(source_.get(), &HexSource::advanced, this, &ExampleView::read);
    connect(source_.get(), &HexSource::reread, this, &ExampleView::read);
  }
  read();
}

void ExampleView::read() {
  ConnectionDecoder *const decoder = source_ ? source_->decoder() : nullptr;
  ExampleContent next = decoder ? ExampleContent::of(*decoder) : ExampleContent();
  if (next == content_) return;
  content_ = std::move(next);
  missing_ = 0;
  if (!content_.messages.empty() && content_.messages.back().needs) {
    missing_ = std::min(*content_.messages.back().needs, mostMissing);
  }
  lay(geometry_, width());
  updateGeometry();
  update();
  if (QAccessible::isActive()) {
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
  }
  Q_EMIT contentChanged();
}

void ExampleView::measure() {
  ink_.setFont(font(), devicePixelRatioF());
  ink_.setPalette(palette());
  fixed_ = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  if (font().pointSizeF() > 0) fixed_.setPointSizeF(font().pointSizeF());
  const QFontMetricsF digits(fixed_);
  metrics_.cellWidth = std::ceil(2 * digits.horizontalAdvance(u'0')) + 8;
  metrics_.cellHeight = 2 * std::ceil(digits.height()) + 2;
  metrics_.gap = std::ceil(0.5 * metrics_.cellWidth);
  metrics_.head = ink_.lineHeight + 6;
  metrics_.line = ink_.lineHeight + 4;
  metrics_.margin = 4 * ink_.lineHeight;
  lay(geometry_, width());
}

void ExampleView::lay(ExampleGeometry &geometry, int width) const {
  std::vector<ByteRange> blocks = content_.blocks();
  if (missing_ > 0 && !blocks.empty()) blocks.back().end += missing_;
  const QFontMetricsF words(ink_.font);
  std::vector<ExampleSegment> segments;
  for (const ExampleContent::Segment &segment : content_.segments) {
    segments.push_back({segment.span.range, std::ceil(words.horizontalAdvance(segment.words)) + 2 * inset});
  }
  geometry.set(metrics_, blocks, segments, messageLane() + 1 + (hasChunks() ? 1 : 0), width - 2 * edge);
}

QSize ExampleView::sizeHint() const {
  const int width = qRound(32 * metrics_.cellWidth);
  return {width, heightForWidth(width)};
}

QSize ExampleView::minimumSizeHint() const {
  return {qCeil(fewestCells * metrics_.cellWidth + 2 * edge), 0};
}

int ExampleView::heightForWidth(int width) const {
  ExampleGeometry geometry;
  lay(geometry, width);
  return qCeil(geometry.height()) + 2;
}

void ExampleView::resizeEvent(QResizeEvent *event) {
  QWidget::resizeEvent(event);
  lay(geometry_, width());
}

void ExampleView::changeEvent(QEvent *event) {
  QWidget::changeEvent(event);
  const QEvent::Type type = event->type();
  if (type != QEvent::FontChange && type != QEvent::PaletteChange && type != QEvent::StyleChange) return;
  measure();
  updateGeometry();
  update();
}

bool ExampleView::event(QEvent *event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto *help = static_cast<QHelpEvent *>(event);
  quint64 offset = 0;
  const bool isByte = geometry_.byteAt(help->x() - edge, help->y() - 1, offset);
  const QString words = isByte && source_ ? hexToolTip(*source_, offset) : QString();
  QToolTip::showText(help->globalPos(), words.isEmpty() ? words : wrappedTip(words), this);
  return true;
}

void ExampleView::paintEvent(QPaintEvent *event) {
  Q_UNUSED(event);
  QPainter painter(this);
  painter.translate(edge, 1);
  paintLanes(painter);
  paintCells(painter);
  paintMissing(painter);
  paintEdges(painter);
  paintLabels(painter);
}

QString ExampleView::messageLabel(std::size_t number, qreal width) const {
  const Message &message = content_.messages[number].message;
  const QString name = tr("message %1").arg(number);
  const QString glyph = message.status == Status::Error ? Theme::glyph(Status::Error) + u' ' : QString();
  const bool fits = QFontMetricsF(ink_.font).horizontalAdvance(glyph + name) + 2 * RibbonInk::textMargin <= width;
  return tr("%1  %2").arg(fits ? name : u'#' + QString::number(number), shortSize(message.size));
}

QString ExampleView::innerLabel(const ExampleContent::InnerItem &inner, qreal width) const {
  const QString glyph = inner.status == Status::Error ? Theme::glyph(Status::Error) + u' ' : QString();
  const QString words = tr("inside: %1").arg(inner.name);
  const bool fits = QFontMetricsF(ink_.font).horizontalAdvance(glyph + words) + 2 * RibbonInk::textMargin <= width;
  return fits ? words : inner.name;
}

void ExampleView::paintLanes(QPainter &painter) const {
  RibbonInk ink = ink_;
  ink.right = geometry_.width();
  const RibbonLanePainter lanes(ink);
  const auto paint = [&](int laneNumber, RibbonItem::Kind kind, std::size_t number, Status status, const QString &label,
                         const ExampleGeometry::Piece &piece) {
    const bool isChunk = kind == RibbonItem::Kind::Chunk;
    RibbonItem item;
    item.kind = kind;
    item.number = number;
    item.status = status;
    item.label = label;
    item.left = piece.left;
    item.right = piece.right;
    RibbonLane lane{isChunk ? RibbonLane::Kind::Chunks : RibbonLane::Kind::Messages, Direction::In};
    lane.items.push_back(std::move(item));
    painter.setFont(ink.font);
    lanes.paint(painter, lane, {geometry_.laneTop(piece.row, laneNumber), metrics_.head - 3}, true);
  };
  for (std::size_t i = 0; hasChunks() && i < content_.chunks.size(); ++i) {
    for (const ExampleGeometry::Piece &piece : geometry_.spansOf(content_.chunks[i])) {
      const QString words = content_.isJoined ? tr("message %1").arg(i) : tr("recv() %1").arg(i + 1);
      const bool fits = QFontMetricsF(ink.font).horizontalAdvance(words) + 2 <= piece.width();
      paint(messageLane() + 1, RibbonItem::Kind::Chunk, i, Status::Complete,
            fits ? words : QString::number(content_.isJoined ? i : i + 1), piece);
    }
  }
  for (std::size_t i = 0; i < content_.messages.size(); ++i) {
    const Message &message = content_.messages[i].message;
    for (const ExampleGeometry::Piece &piece : geometry_.piecesOf(message.range())) {
      paint(messageLane(), RibbonItem::Kind::Message, i, message.status, messageLabel(i, piece.width()), piece);
    }
  }
  for (std::size_t i = 0; i < content_.inner.size(); ++i) {
    const ExampleContent::InnerItem &inner = content_.inner[i];
    for (const ExampleGeometry::Piece &piece : geometry_.piecesOf(inner.range)) {
      paint(0, RibbonItem::Kind::Message, i, inner.status, innerLabel(inner, piece.width()), piece);
    }
  }
  const auto size = static_cast<quint64>(content_.bytes.size());
  for (const ExampleGeometry::Piece &piece : geometry_.piecesOf({size, size + missing_})) {
    paint(messageLane(), RibbonItem::Kind::Ghost, 0, Status::Incomplete,
          tr("%1 missing").arg(*content_.messages.back().needs), piece);
  }
}

void ExampleView::paintCells(QPainter &painter) const {
  const QColor base = palette().color(QPalette::Base);
  const qreal half = std::floor(metrics_.cellHeight / 2);
  painter.setFont(fixed_);
  for (const ExampleContent::Segment &segment : content_.segments) {
    const QColor ground = groundOf(segment.span, ink_.theme, base);
    const QBrush pattern = patternOf(segment.span, ink_.theme);
    for (quint64 offset = segment.span.range.begin; offset < segment.span.range.end; ++offset) {
      const QRectF cell = geometry_.cell(offset);
      const QRectF box = cell.adjusted(0.5, 0, -0.5, 0);
      if (ground.isValid()) painter.fillRect(box, ground);
      if (pattern.style() != Qt::NoBrush) painter.fillRect(box, pattern);
      if (!ground.isValid()) {
        painter.setPen(palette().color(QPalette::Mid));
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
      }
      const auto byte = static_cast<uchar>(content_.bytes[static_cast<qsizetype>(offset)]);
      painter.setPen(palette().color(QPalette::Text));
      painter.drawText(QRectF(cell.left(), cell.top(), cell.width(), half), Qt::AlignCenter,
                       QStringLiteral("%1").arg(byte, 2, 16, QLatin1Char('0')).toUpper());
      const bool isVisible = byte > 0x20 && byte < 0x7f;
      if (!isVisible) painter.setPen(ink_.theme.mutedText());
      painter.drawText(QRectF(cell.left(), cell.top() + half, cell.width(), half), Qt::AlignCenter,
                       isVisible      ? QString(QLatin1Char(static_cast<char>(byte)))
                       : byte == 0x20 ? QStringLiteral("␣")
                       : byte == '\n' ? QStringLiteral("\\n")
                       : byte == '\r' ? QStringLiteral("\\r")
                                      : QStringLiteral("·"));
    }
  }
}

/// Boxes where the bytes would stand that never came.
void ExampleView::paintMissing(QPainter &painter) const {
  QPen pen(ink_.theme.status(Status::Incomplete), 1);
  pen.setDashPattern({1.2, 2.2});
  painter.setBrush(Qt::NoBrush);
  const auto size = static_cast<quint64>(content_.bytes.size());
  for (quint64 offset = size; offset < size + missing_; ++offset) {
    painter.setPen(pen);
    painter.drawRect(geometry_.cell(offset).adjusted(2, 1, -2, -1));
  }
}

void ExampleView::paintEdges(QPainter &painter) const {
  for (const ExampleContent::MessageItem &item : content_.messages) {
    if (item.message.status == Status::Incomplete) {
      QPen pen(ink_.theme.status(Status::Incomplete), 1.5, Qt::DashLine);
      pen.setCapStyle(Qt::FlatCap);
      painter.setPen(pen);
      painter.setBrush(Qt::NoBrush);
      for (const ExampleGeometry::Piece &piece : geometry_.piecesOf(item.message.range())) {
        painter.drawRect(QRectF(piece.left + 0.75, geometry_.cellTop(piece.row) + 0.75, piece.width() - 1.5,
                                metrics_.cellHeight - 1.5));
      }
      continue;
    }
    const QRectF last = geometry_.cell(item.message.end() - 1);
    painter.fillRect(QRectF(last.right() - 2.5, last.top(), 2.5, last.height()), ink_.theme.messageEdge());
  }
  for (std::size_t i = 0; hasChunks() && i < content_.chunks.size(); ++i) {
    const QRectF last = geometry_.cell(content_.chunks[i].end - 1);
    painter.fillRect(QRectF(last.right() - 1, last.top() - 3, 1, last.height() + 3), ink_.theme.chunkEdge());
  }
}

void ExampleView::paintLabels(QPainter &painter) const {
  const QColor base = palette().color(QPalette::Base);
  painter.setFont(ink_.font);
  for (const ExampleContent::Segment &segment : content_.segments) {
    for (const ExampleGeometry::Piece &piece : geometry_.piecesOf(segment.span.range)) {
      const qreal y = geometry_.cellBottom(piece.row) + 3;
      painter.fillRect(QRectF(piece.left + 2, y, piece.width() - 4, 1), ink_.theme.mutedText());
    }
  }
  for (const ExampleGeometry::Label &label : geometry_.labels()) {
    const qreal y = geometry_.cellBottom(label.bracket.row) + 3;
    painter.fillRect(QRectF(label.leader, y, 1, label.box.top() - y), ink_.theme.mutedText());
  }
  for (const ExampleGeometry::Label &label : geometry_.labels()) {
    const HexSpan &span = content_.segments[label.segment].span;
    const QColor ground = groundOf(span, ink_.theme, base);
    const QRectF box = label.box.adjusted(0, 1, 0, -2);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(ground.isValid() ? QPen(Qt::NoPen) : QPen(palette().color(QPalette::Mid)));
    painter.setBrush(ground.isValid() ? ground : base);
    painter.drawRoundedRect(box, 3, 3);
    painter.setRenderHint(QPainter::Antialiasing, false);
    ink_.drawLabel(painter, labelOf(label.segment), box.adjusted(inset - 1, 0, 1 - inset, 0),
                   palette().color(QPalette::Text), Qt::AlignCenter);
  }
}

}  // namespace octetscope

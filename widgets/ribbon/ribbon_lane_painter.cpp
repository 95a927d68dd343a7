#include "widgets/ribbon/ribbon_lane_painter.h"

#include <QFontMetricsF>
#include <QImage>
#include <QLocale>

#include <algorithm>
#include <vector>

namespace octetscope {

namespace {

constexpr qreal leastRounded = 24;  // pixels; narrower boxes have notched corners, which cost a tenth
constexpr qreal leastOutlined = 4;
constexpr float veilPart = 0.72F;  // of 1 that hides what is dimmed: what it is can still be seen

QRectF shownPart(QRectF box, qreal right) {
  return QRectF(QPointF(std::max(0.0, box.left()), box.top()), QPointF(std::min(right, box.right()), box.bottom()));
}

/// Bars beside each other, as a picture that is filled row by row: a ribbon has thousands of them, and each by itself
/// would cost as much as fifty of its rows.
class BarChart {
 public:
  BarChart(QRectF area, qreal ratio, QRgb ground)
      : area_(area),
        ratio_(ratio),
        image_(qRound(area.width() * ratio), qRound(area.height() * ratio), QImage::Format_RGB32) {
    image_.setDevicePixelRatio(ratio);
    image_.fill(ground);
    tops_.assign(static_cast<std::size_t>(image_.width()), image_.height());
  }

  /// A bar that fills `part` of the height. Between wide ones a pixel stays free.
  void add(qreal left, qreal right, double part, QRgb color) {
    color_ = color;
    const int from = qRound((left - area_.left()) * ratio_);
    int to = std::max(from + 1, qRound((right - area_.left()) * ratio_));
    if (to - from > 2 * ratio_) --to;
    const int top = image_.height() - qRound(part * image_.height());
    for (int x = std::max(0, from); x < std::min(to, image_.width()); ++x) tops_[static_cast<std::size_t>(x)] = top;
  }

  void paint(QPainter &painter) {
    for (int y = 0; y < image_.height(); ++y) {
      auto *const row = reinterpret_cast<QRgb *>(image_.scanLine(y));
      for (std::size_t x = 0; x < tops_.size(); ++x) row[x] = y >= tops_[x] ? color_ : row[x];
    }
    painter.drawImage(area_.topLeft(), image_);
  }

 private:
  QRectF area_;
  qreal ratio_;
  QImage image_;
  QRgb color_ = 0;
  std::vector<int> tops_;  // of each column, from the picture's top
};

}  // namespace

void RibbonLanePainter::paint(QPainter &painter, const RibbonLane &lane, RibbonBand band, bool hasBytes) const {
  paintSummaries(painter, lane, band);
  const RibbonItem *before = nullptr;
  for (const RibbonItem &item : lane.items) {
    if (item.isSummary() || item.right < 0) {
      before = &item;
      continue;
    }
    // Pieces of one thing, with bytes of the other direction between them, are joined by a line.
    const bool isMessages = lane.kind == RibbonLane::Kind::Messages || lane.kind == RibbonLane::Kind::Inner;
    if (!item.isFirstPiece && isMessages) {
      const qreal y = ink_.sharp(band.top + band.height / 2);
      const qreal from = std::max(0.0, before ? before->right : 0.0);
      painter.fillRect(QRectF(from, y - 1, std::min(item.left, ink_.right) - from, 2),
                       ink_.colors.messageLine(lane.direction));
    }
    before = &item;
    const qreal left = ink_.sharp(std::max(item.left, -20.0));
    const qreal right = std::max(ink_.sharp(std::min(item.right, ink_.right + 20.0)), left + 1 / ink_.pixelRatio);
    const QRectF box(left, band.top, right - left, band.height);
    switch (lane.kind) {
      case RibbonLane::Kind::Chunks:
        paintChunk(painter, item, box);
        break;
      case RibbonLane::Kind::Messages:
      case RibbonLane::Kind::Inner:
        if (item.kind == RibbonItem::Kind::Apart || item.kind == RibbonItem::Kind::Unlisted) {
          paintApart(painter, item, box);
        } else {
          paintMessage(painter, lane, item, box);
        }
        break;
      case RibbonLane::Kind::Fields:
        paintField(painter, item, box);
        break;
    }
  }
  paintVeil(painter, lane, band, 0, lane.items.size(), false);
  const bool liesInside = lane.kind == RibbonLane::Kind::Fields || lane.kind == RibbonLane::Kind::Inner;
  if (!liesInside || !lane.items.empty() || !hasBytes) return;
  const QString words = lane.kind == RibbonLane::Kind::Fields ? tr("zoom in to see what lies in a message")
                                                              : tr("zoom in to see the messages inside a message");
  ink_.drawLabel(painter, words, QRectF(0, band.top, ink_.right, band.height), ink_.theme.mutedText(), Qt::AlignCenter);
}

void RibbonLanePainter::paintVeil(QPainter &painter, const RibbonLane &lane, RibbonBand band, std::size_t first,
                                  std::size_t end, bool overSummaries) const {
  QColor veil = ink_.palette.color(QPalette::Base);
  veil.setAlphaF(veilPart);
  // Neighbours have one.
  for (std::size_t i = first; i < end; ++i) {
    if (!lane.items[i].isDimmed || lane.items[i].isSummary() != overSummaries) continue;
    const qreal left = ink_.sharp(std::max(0.0, lane.items[i].left));
    qreal right = lane.items[i].right;
    while (i + 1 < end && lane.items[i + 1].isDimmed && lane.items[i + 1].isSummary() == overSummaries &&
           lane.items[i + 1].left - right < 1) {
      right = std::max(right, lane.items[++i].right);
    }
    right = std::max(left + 1, ink_.sharp(std::min(right, ink_.right)));
    if (right > 0 && left < ink_.right) painter.fillRect(QRectF(left, band.top, right - left, band.height), veil);
  }
}

/// What is too narrow is drawn as bars, the higher the more there are, and its number in words where there is room.
void RibbonLanePainter::paintSummaries(QPainter &painter, const RibbonLane &lane, RibbonBand band) const {
  const bool isMessages = lane.kind != RibbonLane::Kind::Chunks;
  const QColor ground = isMessages ? ink_.colors.message(lane.direction) : ink_.colors.chunk(true);
  const QColor bar = isMessages ? Theme::mixed(ink_.colors.messageLine(lane.direction), ground, 0.45)
                                : Theme::mixed(ink_.theme.chunkEdge(), ground, 0.55);
  qreal nextGlyph = -1e9;
  for (std::size_t i = 0; i < lane.items.size();) {
    if (!lane.items[i].isSummary()) {
      ++i;
      continue;
    }
    const std::size_t first = i;
    quint64 sum = 0;
    qreal end = lane.items[i].left;
    while (i < lane.items.size() && lane.items[i].isSummary() && lane.items[i].left - end < 1) {
      sum += lane.items[i].count;
      end = lane.items[i].right;
      ++i;
    }
    const qreal left = std::max(0.0, ink_.sharp(lane.items[first].left));
    const QRectF all(left, band.top, std::max(1.0, std::min(ink_.right, ink_.sharp(end)) - left), band.height);
    if (all.right() < 0) continue;
    BarChart chart(all, ink_.pixelRatio, ground.rgb());
    for (std::size_t k = first; k < i; ++k) {
      const RibbonItem &item = lane.items[k];
      const double density = static_cast<double>(item.count) / std::max(1.0, item.width());
      const double part = lane.density > 0 ? density / lane.density : 1;
      chart.add(item.left, item.right, 0.18 + 0.72 * part, bar.rgb());
    }
    chart.paint(painter);
    // Errors and what is incomplete do not vanish among them.
    for (std::size_t k = first; k < i; ++k) {
      const RibbonItem &item = lane.items[k];
      if (item.status == Status::Complete) continue;
      const bool isError = item.status == Status::Error;
      const qreal x = ink_.sharp(item.left);
      const qreal width = std::max(2.0, ink_.sharp(item.right) - x);
      painter.fillRect(QRectF(x, band.top, width, band.height), isError ? ink_.theme.errorFill() : ground);
      painter.fillRect(QRectF(x, band.top, width, band.height),
                       QBrush(ink_.theme.status(item.status), isError ? Qt::BDiagPattern : Qt::Dense5Pattern));
      if (item.left < nextGlyph) continue;
      nextGlyph = item.left + ink_.lineHeight;
      ink_.drawLabel(painter, Theme::glyph(item.status),
                     QRectF(x + width / 2 - ink_.lineHeight / 2, band.top, ink_.lineHeight, band.height),
                     ink_.theme.status(item.status), Qt::AlignCenter);
    }
    paintVeil(painter, lane, band, first, i, true);
    const QString words =
        isMessages ? tr("%1 messages").arg(QLocale().toString(sum)) : tr("%1 chunks").arg(QLocale().toString(sum));
    const QFontMetricsF metrics(ink_.font);
    const qreal width = ink_.widthOf(words) + 4 * RibbonInk::textMargin;
    if (all.width() < width + 8) continue;
    const qreal height = std::min(band.height - 4, metrics.height());
    const QRectF pill(all.center().x() - width / 2, all.center().y() - height / 2, width, height);
    QColor behind = ink_.palette.color(QPalette::Base);
    behind.setAlphaF(0.88F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(behind);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawRoundedRect(pill, height / 2, height / 2);
    painter.setRenderHint(QPainter::Antialiasing, false);
    ink_.drawLabel(painter, words, pill, ink_.palette.color(QPalette::Text), Qt::AlignCenter);
  }
}

void RibbonLanePainter::paintChunk(QPainter &painter, const RibbonItem &item, QRectF box) const {
  const QColor color = ink_.colors.chunk(item.number % 2 == 1);
  const qreal gap = box.width() > 3 ? 1 / ink_.pixelRatio : 0;
  const QRectF inner = box.adjusted(gap, 0, -gap, 0);
  if (box.width() < leastRounded) {
    ink_.fillNotched(painter, inner, color);
    return;
  }
  ink_.fillRounded(painter, inner, color, 3);
  if (!item.label.isEmpty()) {
    ink_.drawLabel(painter, item.label, shownPart(box, ink_.right), ink_.palette.color(QPalette::Text),
                   Qt::AlignCenter);
  }
}

void RibbonLanePainter::paintMessage(QPainter &painter, const RibbonLane &lane, const RibbonItem &item,
                                     QRectF box) const {
  const bool isGhost = item.kind == RibbonItem::Kind::Ghost;
  const bool isError = item.status == Status::Error;
  const bool isIncomplete = item.status == Status::Incomplete;
  QColor fill = ink_.colors.message(lane.direction);
  if (isIncomplete) fill = Theme::mixed(fill, ink_.palette.color(QPalette::Base), 0.6);
  if (isError) fill = ink_.theme.errorFill();
  const QColor line =
      item.status == Status::Complete ? ink_.colors.messageLine(lane.direction) : ink_.theme.status(item.status);
  if (box.width() < leastOutlined && !isGhost) {
    // Neighbours are told apart by a hairline between them.
    painter.fillRect(box, fill);
    painter.fillRect(QRectF(box.right() - 1 / ink_.pixelRatio, box.top(), 1 / ink_.pixelRatio, box.height()), line);
    if (isError) painter.fillRect(box, QBrush(line, Qt::BDiagPattern));
    return;
  }
  if (box.width() < leastRounded && item.status == Status::Complete) {
    const qreal hair = 1 / ink_.pixelRatio;
    ink_.fillNotched(painter, box, line);
    painter.fillRect(box.adjusted(hair, hair, -hair, -hair), fill);
    return;
  }
  const QRectF inner = box.adjusted(0.5, 0.5, -0.5, -0.5);
  if (isIncomplete) {
    painter.setRenderHint(QPainter::Antialiasing, box.width() >= leastRounded);
    QPen pen(line, 1.4);
    pen.setDashPattern(isGhost ? QList<qreal>{1.2, 2.2} : QList<qreal>{4, 2.4});
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    painter.setBrush(isGhost ? QBrush(Qt::NoBrush) : QBrush(fill));
    const qreal radius = box.width() >= leastRounded ? 4 : 0;
    painter.drawRoundedRect(inner, radius, radius);
    painter.setRenderHint(QPainter::Antialiasing, false);
  } else {
    ink_.fillRounded(painter, box, fill, box.width() >= leastRounded ? 4 : 1, line);
  }
  if (isError)
    painter.fillRect(inner.adjusted(1, 1, -1, -1), QBrush(ink_.theme.hatch(Status::Error), Qt::BDiagPattern));
  const QRectF shown = shownPart(box, ink_.right);
  if (item.label.isEmpty() && !isError) return;
  const QString label = isError ? QString(Theme::glyph(Status::Error) + u' ' + item.label) : item.label;
  const QColor ink = isGhost || isIncomplete || isError ? line : ink_.palette.color(QPalette::Text);
  if (ink_.widthOf(label) + 2 * RibbonInk::textMargin <= shown.width()) {
    ink_.drawLabel(painter, label, shown, ink, Qt::AlignCenter);
    return;
  }
  // Not all of it fits: the number alone, or the glyph alone.
  const QString brief = isError ? Theme::glyph(Status::Error) : label.section(QStringLiteral("  "), 0, 0);
  if (ink_.widthOf(brief) + 2 <= shown.width()) ink_.drawLabel(painter, brief, shown, ink, Qt::AlignCenter);
}

/// Where messages are that have no place here, or were not looked for: no box, but not nothing either.
void RibbonLanePainter::paintApart(QPainter &painter, const RibbonItem &item, QRectF box) const {
  const qreal y = ink_.sharp(box.center().y());
  QPen pen(ink_.theme.mutedText(), 1);
  pen.setDashPattern({1.2, 2.6});
  painter.setPen(pen);
  const QRectF shown = shownPart(box, ink_.right);
  const QFontMetricsF metrics(ink_.font);
  const qreal width = item.label.isEmpty() ? 0 : metrics.horizontalAdvance(item.label) + 2 * RibbonInk::textMargin;
  if (width == 0 || width > shown.width()) {
    painter.drawLine(QLineF(shown.left() + 1, y, shown.right() - 1, y));
    return;
  }
  const qreal left = shown.center().x() - width / 2;
  painter.drawLine(QLineF(shown.left() + 1, y, left, y));
  painter.drawLine(QLineF(left + width, y, shown.right() - 1, y));
  ink_.drawLabel(painter, item.label, shown, ink_.theme.mutedText(), Qt::AlignCenter);
}

void RibbonLanePainter::paintField(QPainter &painter, const RibbonItem &item, QRectF box) const {
  QColor color;
  switch (item.kind) {
    case RibbonItem::Kind::Framing:
      color = item.part == PartRole::Unread ? ink_.theme.errorFill() : ink_.theme.part(item.part);
      break;
    case RibbonItem::Kind::Field:
      color = ink_.theme.field(item.field);
      break;
    case RibbonItem::Kind::Padding:
      color = ink_.theme.padding();
      break;
    default:
      color = ink_.theme.payload();
      break;
  }
  if (item.status == Status::Error && item.part != PartRole::Unread)
    color = Theme::mixed(color, ink_.theme.errorFill(), 0.5);
  if (item.status == Status::Incomplete) color = Theme::mixed(color, ink_.palette.color(QPalette::Base), 0.25);
  const qreal gap = box.width() > 3 ? 1 / ink_.pixelRatio : 0;
  const QRectF inner = box.adjusted(gap, 0, 0, 0);
  if (box.width() < leastRounded) {
    ink_.fillNotched(painter, inner, color);
  } else {
    ink_.fillRounded(painter, inner, color, 2);
  }
  if (item.kind == RibbonItem::Kind::Padding) {
    painter.fillRect(inner, QBrush(ink_.theme.hatch(Status::Complete), Qt::FDiagPattern));
  } else if (item.kind == RibbonItem::Kind::Framing && item.part == PartRole::Unread) {
    painter.fillRect(inner, QBrush(ink_.theme.hatch(Status::Error), Qt::BDiagPattern));
  }
  if (!item.label.isEmpty()) {
    ink_.drawLabel(painter, item.label, shownPart(box, ink_.right).adjusted(RibbonInk::textMargin, 0, -2, 0),
                   ink_.palette.color(QPalette::Text), Qt::AlignVCenter | Qt::AlignLeft);
  }
}

}  // namespace octetscope

#include "widgets/ribbon/ribbon_painter.h"

#include "widgets/ribbon/ribbon_lane_painter.h"

#include <QLocale>
#include <QPainterPath>
#include <QPixmap>

#include <array>
#include <cmath>
#include <vector>

namespace octetscope {

namespace {

constexpr qreal leastForEdges = 6;  // between two of them
constexpr qreal betweenTicks = 84;  // of the ruler
constexpr qreal rulerRest = 10;

/// A round number of bytes, at least `bytes`.
quint64 tickFor(double bytes) {
  quint64 step = 1;
  while (true) {
    for (const quint64 factor : {1, 2, 5}) {
      if (static_cast<double>(step) * static_cast<double>(factor) >= bytes) return step * factor;
    }
    if (step >= 1'000'000'000'000'000'000ULL) return step;
    step *= 10;
  }
}

/// The second layer of messages inside messages, and those below it, say which one they are.
QString inside(qsizetype layer) {
  return layer < 2 ? QString() : u' ' + QString::number(layer);
}

}  // namespace

QString RibbonPainter::laneName(const RibbonRows::Lane &lane, RibbonSource source, bool hasSecond) {
  switch (lane.kind) {
    case RibbonLane::Kind::Chunks:
      if (source == RibbonSource::File) return tr("chunks");
      if (source == RibbonSource::Observed) return lane.direction == Direction::In ? tr("client→") : tr("server→");
      return lane.direction == Direction::In ? tr("recv()") : tr("send()");
    case RibbonLane::Kind::Messages:
      if (!hasSecond) return tr("messages");
      return lane.isSecond ? tr("B messages") : tr("A messages");
    case RibbonLane::Kind::Inner:
      if (hasSecond) return (lane.isSecond ? tr("B inside") : tr("A inside")) + inside(lane.layer);
      return tr("inside") + inside(lane.layer);
    case RibbonLane::Kind::Fields:
      if (!hasSecond) return tr("fields");
      return lane.isSecond ? tr("B fields") : tr("A fields");
  }
  return {};
}

QString RibbonPainter::glyph(RibbonMark::Kind kind) {
  switch (kind) {
    case RibbonMark::Kind::Split:
      return QStringLiteral("✂");
    case RibbonMark::Kind::SplitHead:
      return QStringLiteral("◧");
    case RibbonMark::Kind::SplitDelimiter:
      return QStringLiteral("◑");
    case RibbonMark::Kind::Several:
      return QStringLiteral("≡");
    case RibbonMark::Kind::LeftOver:
      return QStringLiteral("⚠");
    case RibbonMark::Kind::End:
      return QStringLiteral("■");
    case RibbonMark::Kind::Restart:
      return QStringLiteral("↻");
  }
  return {};
}

qreal RibbonPainter::labelsWidth(RibbonSource source, bool hasSecond) const {
  const QFontMetricsF metrics(ink_.font);
  qreal widest = 0;
  for (const auto kind : {RibbonLane::Kind::Chunks, RibbonLane::Kind::Messages, RibbonLane::Kind::Fields}) {
    for (const Direction direction : {Direction::In, Direction::Out}) {
      widest =
          std::max(widest, metrics.horizontalAdvance(laneName({kind, direction, hasSecond, 0, {}}, source, hasSecond)));
    }
  }
  return std::ceil(widest + metrics.horizontalAdvance(QStringLiteral("← ")) + 14);
}

void RibbonPainter::paint(QPainter &painter, const RibbonPage &page, const QPalette &palette, QRectF area) {
  ink_.setPalette(palette);
  ink_.right = area.width() - page.labels;
  painter.fillRect(area, palette.color(QPalette::Base));
  painter.setFont(ink_.font);
  painter.save();
  painter.setClipRect(QRectF(area.left() + page.labels, area.top(), ink_.right, area.height()));
  painter.translate(area.left() + page.labels, area.top());
  for (const RibbonRows::Group &group : page.rows->groups()) {
    if (page.rows->groups().size() < 2) break;
    QColor tint = ink_.theme.direction(group.direction);
    tint.setAlphaF(0.45F);
    painter.fillRect(QRectF(0, group.band.top, ink_.right, group.band.height), tint);
  }
  paintFuture(painter, page);
  const RibbonLanePainter lanes(ink_);
  for (std::size_t i = 0; i < page.scene->lanes.size() && i < page.rows->lanes().size(); ++i) {
    const RibbonBand band = page.rows->lanes()[i].band;
    if (band.top < area.height()) lanes.paint(painter, page.scene->lanes[i], band, page.geometry->size() > 0);
  }
  paintEdges(painter, page);
  paintFound(painter, page);
  paintMarkBars(painter, page);
  paintSelection(painter, page);
  paintMarks(painter, page);
  paintRuler(painter, page, QRectF(0, 0, ink_.right, area.height()));
  const RibbonBand ruler = page.rows->ruler();
  for (const RibbonPage::Highlight &piece : page.found) {
    painter.fillRect(QRectF(piece.left, ruler.top, std::max(2.0, piece.right - piece.left), ruler.height / 3),
                     ink_.theme.foundEdge());
  }
  paintFlags(painter, page);
  paintDivergence(painter, page);
  paintPlayhead(painter, page);
  painter.restore();
  paintLabels(painter, page, area);
}

void RibbonPainter::paintRuler(QPainter &painter, const RibbonPage &page, QRectF area) const {
  const RibbonBand band = page.rows->ruler();
  const RibbonGeometry &geometry = *page.geometry;
  const QRectF box(0, band.top, area.width(), band.height);
  painter.fillRect(box, ink_.palette.color(QPalette::AlternateBase));
  painter.fillRect(QRectF(0, band.bottom() - 1 / ink_.pixelRatio, area.width(), 1 / ink_.pixelRatio),
                   ink_.palette.color(QPalette::Mid));
  if (geometry.size() == 0) return;
  const QLocale locale;
  painter.setFont(ink_.small);
  painter.setPen(ink_.theme.mutedText());
  const quint64 last = std::min(geometry.size(), geometry.positionAt(area.width()));
  const QFontMetricsF metrics(ink_.small);
  const qreal space = std::max(betweenTicks, metrics.horizontalAdvance(locale.toString(last)) + 24);
  const quint64 step = tickFor(space * geometry.bytesPerPixel());
  const qreal baseline = band.top + (band.height + metrics.ascent() - metrics.descent()) / 2;
  for (quint64 at = geometry.left() / step * step; at <= last; at += step) {
    const qreal x = ink_.sharp(geometry.xOf(at));
    painter.fillRect(QRectF(x, band.bottom() - 5, 1 / ink_.pixelRatio, 5), ink_.theme.mutedText());
    if (x >= -rulerRest) painter.drawText(QPointF(std::max(x, -1.0) + 3, baseline), locale.toString(at));
    if (at > ~0ULL - step) break;
  }
  painter.setFont(ink_.font);
}

void RibbonPainter::paintEdges(QPainter &painter, const RibbonPage &page) const {
  // One dotted line as a picture: to draw the dots of each would cost more than all the rest.
  const qreal dot = std::max(1.0, std::round(ink_.pixelRatio)) / ink_.pixelRatio;
  for (const RibbonRows::Group &group : page.rows->groups()) {
    const qreal top = ink_.sharp(group.band.top + 2);
    const qreal height = group.band.bottom() - 2 - top;
    if (height < dot) continue;
    QPixmap line(qRound(dot * ink_.pixelRatio), static_cast<int>(std::ceil(height * ink_.pixelRatio)));
    line.setDevicePixelRatio(ink_.pixelRatio);
    line.fill(Qt::transparent);
    {
      QPainter dots(&line);
      for (qreal y = 0; y < height; y += 3 * dot) dots.fillRect(QRectF(0, y, dot, dot), ink_.theme.chunkEdge());
    }
    qreal before = -1e9;
    for (const RibbonEdge &edge : page.scene->edges) {
      if (edge.direction != group.direction || edge.x - before < leastForEdges) continue;
      before = edge.x;
      painter.drawPixmap(QPointF(ink_.sharp(edge.x) - 1 / ink_.pixelRatio, top), line);
    }
  }
}

/// A tint over the lanes of its direction; the ruler has a mark of it as well.
void RibbonPainter::paintFound(QPainter &painter, const RibbonPage &page) const {
  QColor tint = ink_.theme.foundEdge();
  tint.setAlphaF(0.3F);
  for (const RibbonPage::Highlight &piece : page.found) {
    const RibbonRows::Group *group = page.rows->groupOf(piece.direction);
    if (!group) continue;
    painter.fillRect(QRectF(piece.left, group->band.top, piece.right - piece.left, group->band.height), tint);
  }
}

void RibbonPainter::paintMarks(QPainter &painter, const RibbonPage &page) const {
  std::array<qreal, 2> free = {-1e9, -1e9};
  painter.setFont(ink_.small);
  const QFontMetricsF metrics(ink_.small);
  for (const RibbonMark &mark : page.scene->marks) {
    const RibbonRows::Group *group = page.rows->groupOf(mark.direction);
    if (!group) continue;
    if (mark.kind == RibbonMark::Kind::End) {
      paintEnd(painter, page, mark, *group);
      continue;
    }
    QString text = glyph(mark.kind);
    if (mark.kind == RibbonMark::Kind::Several) text += QLocale().toString(mark.count);
    const qreal width = metrics.horizontalAdvance(text) + 2;
    const bool isBeside = mark.kind == RibbonMark::Kind::Several || mark.kind == RibbonMark::Kind::LeftOver ||
                          mark.kind == RibbonMark::Kind::Restart;
    const QRectF box(isBeside ? mark.x + 2 : mark.x - width / 2, group->marks.top, width, group->marks.height);
    qreal &from = free[static_cast<std::size_t>(mark.direction)];
    if (box.left() < from) continue;
    from = box.right();
    QColor color = ink_.theme.chunkEdge();
    if (mark.kind == RibbonMark::Kind::SplitHead || mark.kind == RibbonMark::Kind::SplitDelimiter) {
      painter.setRenderHint(QPainter::Antialiasing);
      painter.setPen(Qt::NoPen);
      painter.setBrush(ink_.theme.part(PartRole::Length));
      painter.drawRoundedRect(box.adjusted(-1, 0.5, 1, -0.5), 3, 3);
      painter.setRenderHint(QPainter::Antialiasing, false);
      color = ink_.palette.color(QPalette::Text);
    } else if (mark.kind == RibbonMark::Kind::LeftOver) {
      color = ink_.theme.status(Status::Error);
    } else if (mark.kind == RibbonMark::Kind::Restart) {
      color = ink_.theme.event(Event::Kind::PeerFinished);
      painter.fillRect(QRectF(ink_.sharp(mark.x) - 1, group->band.top, 2, group->band.height), color);
    }
    ink_.drawLabel(painter, text, box, color, Qt::AlignCenter);
  }
  painter.setFont(ink_.font);
}

void RibbonPainter::paintEnd(QPainter &painter, const RibbonPage &page, const RibbonMark &mark,
                             const RibbonRows::Group &group) const {
  QString words;
  QColor color = ink_.theme.mutedText();
  switch (page.source == RibbonSource::File ? StreamEnd::Cut : mark.end) {
    case StreamEnd::Open:
      return;
    case StreamEnd::Fin:
      words = Theme::glyph(mark.direction == Direction::In ? Event::Kind::PeerFinished : Event::Kind::WeFinished) +
              QStringLiteral(" FIN");
      color = ink_.theme.event(Event::Kind::PeerFinished);
      break;
    case StreamEnd::Reset:
      words = Theme::glyph(Event::Kind::PeerReset) + QStringLiteral(" RST");
      color = ink_.theme.event(Event::Kind::PeerReset);
      break;
    case StreamEnd::Cut:
      words = Theme::glyph(Event::Kind::Closed) + u' ' + tr("end");
      break;
  }
  const qreal x = ink_.sharp(mark.x);
  const qreal top = group.band.top + 2;
  painter.fillRect(QRectF(x, top, 2, group.band.height - 4), color);
  const QFontMetricsF metrics(painter.font());
  const QRectF flag(x, group.marks.top - 1, metrics.horizontalAdvance(words) + 10, group.marks.height + 2);
  painter.fillRect(flag, color);
  ink_.drawLabel(painter, words, flag, ink_.palette.color(QPalette::Base), Qt::AlignCenter);
}

void RibbonPainter::paintSelection(QPainter &painter, const RibbonPage &page) const {
  QColor wash = ink_.palette.color(QPalette::Highlight);
  const QColor line = wash;
  wash.setAlphaF(0.16F);
  for (const RibbonPage::Highlight &piece : page.selection) {
    const RibbonRows::Group *group = page.rows->groupOf(piece.direction);
    if (!group || piece.right < 0 || piece.left > ink_.right) continue;
    const qreal left = ink_.sharp(std::max(piece.left, -4.0));
    const qreal right = std::max(ink_.sharp(std::min(piece.right, ink_.right + 4)), left + 2);
    const QRectF box(left, group->band.top + 1, right - left, group->band.height - 2);
    painter.fillRect(box, wash);
    painter.setPen(QPen(line, 2));
    painter.setBrush(Qt::NoBrush);
    if (box.width() > 4) {
      painter.drawRect(box.adjusted(1, 1, -1, -1));
    } else {
      painter.fillRect(box, line);
    }
  }
}

void RibbonPainter::paintFuture(QPainter &painter, const RibbonPage &page) const {
  if (!page.playhead) return;
  const qreal left = std::max(0.0, *page.playhead);
  const qreal right = std::min(ink_.right, page.liveEnd);
  if (right <= left) return;
  QColor ground = ink_.theme.mutedText();
  ground.setAlphaF(0.18F);
  for (const RibbonRows::Group &group : page.rows->groups()) {
    painter.fillRect(QRectF(left, group.band.top, right - left, group.band.height), QBrush(ground, Qt::Dense6Pattern));
  }
}

void RibbonPainter::paintPlayhead(QPainter &painter, const RibbonPage &page) const {
  if (page.geometry->size() == 0) return;
  const qreal x = ink_.sharp(page.playhead.value_or(page.liveEnd));
  if (x < -10 || x > ink_.right + 10) return;
  const QColor color = ink_.colors.playhead();
  const qreal bottom = page.rows->bottom();
  painter.fillRect(QRectF(x - 1, 0, 2, bottom), color);
  if (!page.hasHandle) return;
  const qreal half = page.isPlayheadHeld ? 8 : 6.5;
  const qreal height = page.rows->ruler().height * 0.8;
  QPainterPath handle;
  handle.moveTo(x - half, 0);
  handle.lineTo(x + half, 0);
  handle.lineTo(x + half, height * 0.45);
  handle.lineTo(x, height);
  handle.lineTo(x - half, height * 0.45);
  handle.closeSubpath();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillPath(handle, color);
  painter.setRenderHint(QPainter::Antialiasing, false);
}

void RibbonPainter::paintDivergence(QPainter &painter, const RibbonPage &page) const {
  if (!page.divergence) return;
  const RibbonRows::Group *group = page.rows->groupOf(page.divergence->direction);
  const qreal x = ink_.sharp(page.divergence->x);
  if (!group || x < -10 || x > ink_.right + 10) return;
  const QColor color = ink_.theme.status(Status::Error);
  QPen pen(color, 2, Qt::DashDotLine);
  pen.setCapStyle(Qt::FlatCap);
  painter.setPen(pen);
  painter.drawLine(QLineF(x, group->band.top, x, group->band.bottom()));
  const QString words = tr("≠ A and B part");
  const QFontMetricsF metrics(painter.font());
  const qreal width = metrics.horizontalAdvance(words) + 10;
  const QRectF flag(std::min(x, std::max(0.0, ink_.right - width)), group->marks.top - 1, width,
                    group->marks.height + 2);
  painter.fillRect(flag, color);
  ink_.drawLabel(painter, words, flag, ink_.palette.color(QPalette::Base), Qt::AlignCenter);
}

void RibbonPainter::paintLabels(QPainter &painter, const RibbonPage &page, QRectF area) const {
  painter.fillRect(QRectF(area.left(), area.top(), page.labels - 1, area.height()),
                   ink_.palette.color(QPalette::Window));
  painter.fillRect(QRectF(area.left() + page.labels - 1, area.top(), 1, area.height()),
                   ink_.palette.color(QPalette::Mid));
  bool hasSecond = false;
  for (const RibbonRows::Lane &lane : page.rows->lanes()) hasSecond = hasSecond || lane.isSecond;
  painter.setFont(ink_.small);
  ink_.drawLabel(painter, tr("byte"), QRectF(area.left() + 4, area.top(), page.labels - 12, page.rows->ruler().height),
                 ink_.theme.mutedText(), Qt::AlignRight);
  painter.setFont(ink_.font);
  for (std::size_t i = 0; i < page.rows->lanes().size(); ++i) {
    const RibbonRows::Lane &lane = page.rows->lanes()[i];
    QString name = laneName(lane, page.source, hasSecond);
    if (lane.kind == RibbonLane::Kind::Chunks && page.source != RibbonSource::File)
      name = Theme::arrow(lane.direction) + u' ' + name;
    const bool isFocused = static_cast<int>(i) == page.focusedLane;
    const QRectF box(area.left() + 4, area.top() + lane.band.top, page.labels - 12, lane.band.height);
    if (isFocused) {
      painter.fillRect(QRectF(area.left() + page.labels - 4, box.top(), 3, box.height()),
                       ink_.palette.color(QPalette::Active, QPalette::Highlight));
    }
    ink_.drawLabel(painter, name, box, isFocused ? ink_.palette.color(QPalette::WindowText) : ink_.theme.mutedText(),
                   Qt::AlignRight);
  }
}

}  // namespace octetscope

#include "widgets/ribbon/ribbon_painter.h"

#include <QLocale>
#include <QPainterPath>

#include <array>
#include <cmath>
#include <vector>

namespace octetscope {

namespace {

constexpr qreal textMargin = 4;
constexpr qreal leastRounded = 7;  // pixels; narrower boxes are plain
constexpr qreal leastOutlined = 4;
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

QRectF shownPart(QRectF box, qreal right) {
  return QRectF(QPointF(std::max(0.0, box.left()), box.top()), QPointF(std::min(right, box.right()), box.bottom()));
}

}  // namespace

void RibbonPainter::setFont(const QFont &font, qreal pixelRatio) {
  font_ = font;
  if (font.pointSizeF() > 0) font_.setPointSizeF(std::max(5.0, font.pointSizeF() * 0.92));
  small_ = font_;
  if (small_.pointSizeF() > 0) small_.setPointSizeF(std::max(5.0, font_.pointSizeF() * 0.88));
  ratio_ = std::max(0.1, pixelRatio);
  line_ = std::ceil(QFontMetricsF(font_).height());
}

QString RibbonPainter::laneName(const RibbonRows::Lane &lane, RibbonSource source, bool hasSecond) {
  switch (lane.kind) {
    case RibbonLane::Kind::Chunks:
      if (source == RibbonSource::File) return tr("chunks");
      if (source == RibbonSource::Observed) return lane.direction == Direction::In ? tr("client→") : tr("server→");
      return lane.direction == Direction::In ? tr("recv()") : tr("send()");
    case RibbonLane::Kind::Messages:
      if (!hasSecond) return tr("messages");
      return lane.isSecond ? tr("B messages") : tr("A messages");
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
  const QFontMetricsF metrics(font_);
  qreal widest = 0;
  for (const auto kind : {RibbonLane::Kind::Chunks, RibbonLane::Kind::Messages, RibbonLane::Kind::Fields}) {
    for (const Direction direction : {Direction::In, Direction::Out}) {
      widest = std::max(widest, metrics.horizontalAdvance(laneName({kind, direction, hasSecond}, source, hasSecond)));
    }
  }
  return std::ceil(widest + metrics.horizontalAdvance(QStringLiteral("← ")) + 14);
}

void RibbonPainter::paint(QPainter &painter, const RibbonPage &page, const QPalette &palette, QRectF area) {
  theme_ = Theme::of(palette);
  colors_ = RibbonColors(theme_);
  palette_ = palette;
  right_ = area.width() - page.labels;
  painter.fillRect(area, palette.color(QPalette::Base));
  painter.setFont(font_);
  painter.save();
  painter.setClipRect(QRectF(area.left() + page.labels, area.top(), right_, area.height()));
  painter.translate(area.left() + page.labels, area.top());
  for (const RibbonRows::Group &group : page.rows->groups()) {
    if (page.rows->groups().size() < 2) break;
    QColor tint = theme_.direction(group.direction);
    tint.setAlphaF(0.45F);
    painter.fillRect(QRectF(0, group.band.top, right_, group.band.height), tint);
  }
  paintFuture(painter, page);
  for (std::size_t i = 0; i < page.scene->lanes.size() && i < page.rows->lanes().size(); ++i) {
    const RibbonBand band = page.rows->lanes()[i].band;
    if (band.top < area.height()) paintLane(painter, page, page.scene->lanes[i], band);
  }
  paintEdges(painter, page);
  paintSelection(painter, page);
  paintMarks(painter, page);
  paintRuler(painter, page, QRectF(0, 0, right_, area.height()));
  paintDivergence(painter, page);
  paintPlayhead(painter, page);
  painter.restore();
  paintLabels(painter, page, area);
}

void RibbonPainter::paintRuler(QPainter &painter, const RibbonPage &page, QRectF area) const {
  const RibbonBand band = page.rows->ruler();
  const RibbonGeometry &geometry = *page.geometry;
  const QRectF box(0, band.top, area.width(), band.height);
  painter.fillRect(box, palette_.color(QPalette::AlternateBase));
  painter.fillRect(QRectF(0, band.bottom() - 1 / ratio_, area.width(), 1 / ratio_), palette_.color(QPalette::Mid));
  if (geometry.size() == 0) return;
  const QLocale locale;
  painter.setFont(small_);
  painter.setPen(theme_.mutedText());
  const quint64 last = std::min(geometry.size(), geometry.positionAt(area.width()));
  const QFontMetricsF metrics(small_);
  const qreal space = std::max(betweenTicks, metrics.horizontalAdvance(locale.toString(last)) + 24);
  const quint64 step = tickFor(space * geometry.bytesPerPixel());
  const qreal baseline = band.top + (band.height + metrics.ascent() - metrics.descent()) / 2;
  for (quint64 at = geometry.left() / step * step; at <= last; at += step) {
    const qreal x = sharp(geometry.xOf(at));
    painter.fillRect(QRectF(x, band.bottom() - 5, 1 / ratio_, 5), theme_.mutedText());
    if (x >= -rulerRest) painter.drawText(QPointF(std::max(x, -1.0) + 3, baseline), locale.toString(at));
    if (at > ~0ULL - step) break;
  }
  painter.setFont(font_);
}

void RibbonPainter::paintLane(QPainter &painter, const RibbonPage &page, const RibbonLane &lane,
                              RibbonBand band) const {
  paintSummaries(painter, page, lane, band);
  const RibbonItem *before = nullptr;
  for (const RibbonItem &item : lane.items) {
    if (item.isSummary() || item.right < 0) {
      before = &item;
      continue;
    }
    // Pieces of one thing, with bytes of the other direction between them, are joined by a line.
    if (!item.isFirstPiece && lane.kind == RibbonLane::Kind::Messages) {
      const qreal y = sharp(band.top + band.height / 2);
      const qreal from = std::max(0.0, before ? before->right : 0.0);
      painter.fillRect(QRectF(from, y - 1, std::min(item.left, right_) - from, 2), colors_.messageLine(lane.direction));
    }
    before = &item;
    const qreal left = sharp(std::max(item.left, -20.0));
    const qreal right = std::max(sharp(std::min(item.right, right_ + 20.0)), left + 1 / ratio_);
    const QRectF box(left, band.top, right - left, band.height);
    switch (lane.kind) {
      case RibbonLane::Kind::Chunks:
        paintChunk(painter, item, box);
        break;
      case RibbonLane::Kind::Messages:
        paintMessage(painter, lane, item, box);
        break;
      case RibbonLane::Kind::Fields:
        paintField(painter, item, box);
        break;
    }
  }
  if (lane.kind != RibbonLane::Kind::Fields || !lane.items.empty() || page.geometry->size() == 0) return;
  drawLabel(painter, tr("zoom in to see what lies in a message"), QRectF(0, band.top, right_, band.height),
            theme_.mutedText(), Qt::AlignCenter);
}

/// What is too narrow is drawn as bars, the higher the more there are, and its number in words where there is room.
void RibbonPainter::paintSummaries(QPainter &painter, const RibbonPage &page, const RibbonLane &lane,
                                   RibbonBand band) const {
  Q_UNUSED(page);
  const bool isMessages = lane.kind == RibbonLane::Kind::Messages;
  const QColor ground = isMessages ? colors_.message(lane.direction) : colors_.chunk(true);
  const QColor bar = isMessages ? Theme::mixed(colors_.messageLine(lane.direction), ground, 0.45)
                                : Theme::mixed(theme_.chunkEdge(), ground, 0.55);
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
    const qreal left = std::max(0.0, sharp(lane.items[first].left));
    const QRectF all(left, band.top, std::max(1.0, std::min(right_, sharp(end)) - left), band.height);
    if (all.right() < 0) continue;
    painter.fillRect(all, ground);
    for (std::size_t k = first; k < i; ++k) {
      const RibbonItem &item = lane.items[k];
      const qreal x = sharp(item.left);
      const qreal width = std::max(1 / ratio_, sharp(item.right) - x);
      const double density = static_cast<double>(item.count) / std::max(1.0, item.width());
      const double part = lane.density > 0 ? density / lane.density : 1;
      const qreal height = sharp((0.18 + 0.72 * part) * band.height);
      const qreal gap = width > 2 ? 1 / ratio_ : 0;
      painter.fillRect(QRectF(x, band.bottom() - height, width - gap, height), bar);
    }
    // Errors and what is incomplete do not vanish among them.
    for (std::size_t k = first; k < i; ++k) {
      const RibbonItem &item = lane.items[k];
      if (item.status == Status::Complete) continue;
      const bool isError = item.status == Status::Error;
      const qreal x = sharp(item.left);
      const qreal width = std::max(2.0, sharp(item.right) - x);
      painter.fillRect(QRectF(x, band.top, width, band.height), isError ? theme_.errorFill() : ground);
      painter.fillRect(QRectF(x, band.top, width, band.height),
                       QBrush(theme_.status(item.status), isError ? Qt::BDiagPattern : Qt::Dense5Pattern));
      if (item.left < nextGlyph) continue;
      nextGlyph = item.left + line_;
      drawLabel(painter, Theme::glyph(item.status), QRectF(x + width / 2 - line_ / 2, band.top, line_, band.height),
                theme_.status(item.status), Qt::AlignCenter);
    }
    const QString words =
        isMessages ? tr("%1 messages").arg(QLocale().toString(sum)) : tr("%1 chunks").arg(QLocale().toString(sum));
    const QFontMetricsF metrics(font_);
    const qreal width = metrics.horizontalAdvance(words) + 4 * textMargin;
    if (all.width() < width + 8) continue;
    const qreal height = std::min(band.height - 4, metrics.height());
    const QRectF pill(all.center().x() - width / 2, all.center().y() - height / 2, width, height);
    QColor behind = palette_.color(QPalette::Base);
    behind.setAlphaF(0.88F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(behind);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawRoundedRect(pill, height / 2, height / 2);
    painter.setRenderHint(QPainter::Antialiasing, false);
    drawLabel(painter, words, pill, palette_.color(QPalette::Text), Qt::AlignCenter);
  }
}

void RibbonPainter::paintChunk(QPainter &painter, const RibbonItem &item, QRectF box) const {
  const QColor color = colors_.chunk(item.number % 2 == 1);
  const qreal gap = box.width() > 3 ? 1 / ratio_ : 0;
  const QRectF inner = box.adjusted(gap, 0, -gap, 0);
  if (box.width() < leastRounded) {
    painter.fillRect(inner, color);
    return;
  }
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(color);
  painter.drawRoundedRect(inner, 3, 3);
  painter.setRenderHint(QPainter::Antialiasing, false);
  if (!item.label.isEmpty()) {
    drawLabel(painter, item.label, shownPart(box, right_), palette_.color(QPalette::Text), Qt::AlignCenter);
  }
}

void RibbonPainter::paintMessage(QPainter &painter, const RibbonLane &lane, const RibbonItem &item, QRectF box) const {
  const bool isGhost = item.kind == RibbonItem::Kind::Ghost;
  const bool isError = item.status == Status::Error;
  const bool isIncomplete = item.status == Status::Incomplete;
  QColor fill = colors_.message(lane.direction);
  if (isIncomplete) fill = Theme::mixed(fill, palette_.color(QPalette::Base), 0.6);
  if (isError) fill = theme_.errorFill();
  const QColor line =
      item.status == Status::Complete ? colors_.messageLine(lane.direction) : theme_.status(item.status);
  if (box.width() < leastOutlined && !isGhost) {
    // Neighbours are told apart by a hairline between them.
    painter.fillRect(box, fill);
    painter.fillRect(QRectF(box.right() - 1 / ratio_, box.top(), 1 / ratio_, box.height()), line);
    if (isError) painter.fillRect(box, QBrush(line, Qt::BDiagPattern));
    return;
  }
  const QRectF inner = box.adjusted(0.5, 0.5, -0.5, -0.5);
  painter.setRenderHint(QPainter::Antialiasing, box.width() >= leastRounded);
  QPen pen(line, isIncomplete ? 1.4 : 1.1);
  if (isIncomplete) {
    pen.setDashPattern(isGhost ? QList<qreal>{1.2, 2.2} : QList<qreal>{4, 2.4});
    pen.setCapStyle(Qt::FlatCap);
  }
  painter.setPen(pen);
  painter.setBrush(isGhost ? QBrush(Qt::NoBrush) : QBrush(fill));
  const qreal radius = box.width() >= leastRounded ? std::min(4.0, box.width() / 5) : 0;
  painter.drawRoundedRect(inner, radius, radius);
  painter.setRenderHint(QPainter::Antialiasing, false);
  if (isError) painter.fillRect(inner.adjusted(1, 1, -1, -1), QBrush(theme_.hatch(Status::Error), Qt::BDiagPattern));
  const QRectF shown = shownPart(box, right_);
  if (item.label.isEmpty() && !isError) return;
  const QString label = isError ? QString(Theme::glyph(Status::Error) + u' ' + item.label) : item.label;
  const QColor ink = isGhost || isIncomplete || isError ? line : palette_.color(QPalette::Text);
  const QFontMetricsF metrics(font_);
  if (metrics.horizontalAdvance(label) + 2 * textMargin <= shown.width()) {
    drawLabel(painter, label, shown, ink, Qt::AlignCenter);
    return;
  }
  // Not all of it fits: the number alone, or the glyph alone.
  const QString brief = isError ? Theme::glyph(Status::Error) : label.section(QStringLiteral("  "), 0, 0);
  if (metrics.horizontalAdvance(brief) + 2 <= shown.width()) drawLabel(painter, brief, shown, ink, Qt::AlignCenter);
}

void RibbonPainter::paintField(QPainter &painter, const RibbonItem &item, QRectF box) const {
  QColor color;
  switch (item.kind) {
    case RibbonItem::Kind::Framing:
      color = item.part == PartRole::Unread ? theme_.errorFill() : theme_.part(item.part);
      break;
    case RibbonItem::Kind::Field:
      color = theme_.field(item.field);
      break;
    case RibbonItem::Kind::Padding:
      color = theme_.padding();
      break;
    default:
      color = theme_.payload();
      break;
  }
  if (item.status == Status::Error && item.part != PartRole::Unread)
    color = Theme::mixed(color, theme_.errorFill(), 0.5);
  if (item.status == Status::Incomplete) color = Theme::mixed(color, palette_.color(QPalette::Base), 0.25);
  const qreal gap = box.width() > 3 ? 1 / ratio_ : 0;
  const QRectF inner = box.adjusted(gap, 0, 0, 0);
  if (box.width() < leastRounded) {
    painter.fillRect(inner, color);
  } else {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(inner, 2, 2);
    painter.setRenderHint(QPainter::Antialiasing, false);
  }
  if (item.kind == RibbonItem::Kind::Padding) {
    painter.fillRect(inner, QBrush(theme_.hatch(Status::Complete), Qt::FDiagPattern));
  } else if (item.kind == RibbonItem::Kind::Framing && item.part == PartRole::Unread) {
    painter.fillRect(inner, QBrush(theme_.hatch(Status::Error), Qt::BDiagPattern));
  }
  if (!item.label.isEmpty()) {
    drawLabel(painter, item.label, shownPart(box, right_).adjusted(textMargin, 0, -2, 0),
              palette_.color(QPalette::Text), Qt::AlignVCenter | Qt::AlignLeft);
  }
}

void RibbonPainter::drawLabel(QPainter &painter, const QString &label, QRectF box, const QColor &color,
                              Qt::Alignment where) const {
  const QFontMetricsF metrics(painter.font());
  QString text = label;
  qreal width = metrics.horizontalAdvance(text);
  if (width > box.width()) {
    if (box.width() < 2 * textMargin) return;
    text = metrics.elidedText(text, Qt::ElideRight, box.width());
    width = metrics.horizontalAdvance(text);
    if (text.size() < 2) return;
  }
  painter.setPen(color);
  const qreal x = where.testFlag(Qt::AlignLeft)    ? box.left()
                  : where.testFlag(Qt::AlignRight) ? box.right() - width
                                                   : box.center().x() - width / 2;
  painter.drawText(QPointF(sharp(x), sharp(box.center().y() + (metrics.ascent() - metrics.descent()) / 2)), text);
}

void RibbonPainter::paintEdges(QPainter &painter, const RibbonPage &page) const {
  // Dots as rectangles of one colour: a pattern for each line would cost more than all the rest.
  std::array<qreal, 2> last = {-1e9, -1e9};
  std::vector<QRectF> dots;
  const qreal dot = std::max(1.0, std::round(ratio_)) / ratio_;
  for (const RibbonEdge &edge : page.scene->edges) {
    qreal &before = last[static_cast<std::size_t>(edge.direction)];
    if (edge.x - before < leastForEdges) continue;
    before = edge.x;
    const RibbonRows::Group *group = page.rows->groupOf(edge.direction);
    if (!group) continue;
    const qreal x = sharp(edge.x) - 1 / ratio_;
    const qreal bottom = group->band.bottom() - 2;
    for (qreal y = sharp(group->band.top + 2); y < bottom; y += 3 * dot) dots.emplace_back(x, y, dot, dot);
  }
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme_.chunkEdge());
  painter.drawRects(dots.data(), static_cast<int>(dots.size()));
}

void RibbonPainter::paintMarks(QPainter &painter, const RibbonPage &page) const {
  std::array<qreal, 2> free = {-1e9, -1e9};
  painter.setFont(small_);
  const QFontMetricsF metrics(small_);
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
    QColor color = theme_.chunkEdge();
    if (mark.kind == RibbonMark::Kind::SplitHead || mark.kind == RibbonMark::Kind::SplitDelimiter) {
      painter.setRenderHint(QPainter::Antialiasing);
      painter.setPen(Qt::NoPen);
      painter.setBrush(theme_.part(PartRole::Length));
      painter.drawRoundedRect(box.adjusted(-1, 0.5, 1, -0.5), 3, 3);
      painter.setRenderHint(QPainter::Antialiasing, false);
      color = palette_.color(QPalette::Text);
    } else if (mark.kind == RibbonMark::Kind::LeftOver) {
      color = theme_.status(Status::Error);
    } else if (mark.kind == RibbonMark::Kind::Restart) {
      color = theme_.event(Event::Kind::PeerFinished);
      painter.fillRect(QRectF(sharp(mark.x) - 1, group->band.top, 2, group->band.height), color);
    }
    drawLabel(painter, text, box, color, Qt::AlignCenter);
  }
  painter.setFont(font_);
}

void RibbonPainter::paintEnd(QPainter &painter, const RibbonPage &page, const RibbonMark &mark,
                             const RibbonRows::Group &group) const {
  QString words;
  QColor color = theme_.mutedText();
  switch (page.source == RibbonSource::File ? StreamEnd::Cut : mark.end) {
    case StreamEnd::Open:
      return;
    case StreamEnd::Fin:
      words = Theme::glyph(mark.direction == Direction::In ? Event::Kind::PeerFinished : Event::Kind::WeFinished) +
              QStringLiteral(" FIN");
      color = theme_.event(Event::Kind::PeerFinished);
      break;
    case StreamEnd::Reset:
      words = Theme::glyph(Event::Kind::PeerReset) + QStringLiteral(" RST");
      color = theme_.event(Event::Kind::PeerReset);
      break;
    case StreamEnd::Cut:
      words = Theme::glyph(Event::Kind::Closed) + u' ' + tr("end");
      break;
  }
  const qreal x = sharp(mark.x);
  const qreal top = group.band.top + 2;
  painter.fillRect(QRectF(x, top, 2, group.band.height - 4), color);
  const QFontMetricsF metrics(painter.font());
  const QRectF flag(x, group.marks.top - 1, metrics.horizontalAdvance(words) + 10, group.marks.height + 2);
  painter.fillRect(flag, color);
  drawLabel(painter, words, flag, palette_.color(QPalette::Base), Qt::AlignCenter);
}

void RibbonPainter::paintSelection(QPainter &painter, const RibbonPage &page) const {
  QColor wash = palette_.color(QPalette::Highlight);
  const QColor line = wash;
  wash.setAlphaF(0.16F);
  for (const RibbonPage::Highlight &piece : page.selection) {
    const RibbonRows::Group *group = page.rows->groupOf(piece.direction);
    if (!group || piece.right < 0 || piece.left > right_) continue;
    const qreal left = sharp(std::max(piece.left, -4.0));
    const qreal right = std::max(sharp(std::min(piece.right, right_ + 4)), left + 2);
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
  const qreal right = std::min(right_, page.liveEnd);
  if (right <= left) return;
  QColor ground = theme_.mutedText();
  ground.setAlphaF(0.18F);
  for (const RibbonRows::Group &group : page.rows->groups()) {
    painter.fillRect(QRectF(left, group.band.top, right - left, group.band.height), QBrush(ground, Qt::Dense6Pattern));
  }
}

void RibbonPainter::paintPlayhead(QPainter &painter, const RibbonPage &page) const {
  if (page.geometry->size() == 0) return;
  const qreal x = sharp(page.playhead.value_or(page.liveEnd));
  if (x < -10 || x > right_ + 10) return;
  const QColor color = colors_.playhead();
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
  const qreal x = sharp(page.divergence->x);
  if (!group || x < -10 || x > right_ + 10) return;
  const QColor color = theme_.status(Status::Error);
  QPen pen(color, 2, Qt::DashDotLine);
  pen.setCapStyle(Qt::FlatCap);
  painter.setPen(pen);
  painter.drawLine(QLineF(x, group->band.top, x, group->band.bottom()));
  const QString words = tr("≠ A and B part");
  const QFontMetricsF metrics(painter.font());
  const qreal width = metrics.horizontalAdvance(words) + 10;
  const QRectF flag(std::min(x, std::max(0.0, right_ - width)), group->marks.top - 1, width, group->marks.height + 2);
  painter.fillRect(flag, color);
  drawLabel(painter, words, flag, palette_.color(QPalette::Base), Qt::AlignCenter);
}

void RibbonPainter::paintLabels(QPainter &painter, const RibbonPage &page, QRectF area) const {
  painter.fillRect(QRectF(area.left(), area.top(), page.labels - 1, area.height()), palette_.color(QPalette::Window));
  painter.fillRect(QRectF(area.left() + page.labels - 1, area.top(), 1, area.height()), palette_.color(QPalette::Mid));
  bool hasSecond = false;
  for (const RibbonRows::Lane &lane : page.rows->lanes()) hasSecond = hasSecond || lane.isSecond;
  painter.setFont(small_);
  drawLabel(painter, tr("byte"), QRectF(area.left() + 4, area.top(), page.labels - 12, page.rows->ruler().height),
            theme_.mutedText(), Qt::AlignRight);
  painter.setFont(font_);
  for (std::size_t i = 0; i < page.rows->lanes().size(); ++i) {
    const RibbonRows::Lane &lane = page.rows->lanes()[i];
    QString name = laneName(lane, page.source, hasSecond);
    if (lane.kind == RibbonLane::Kind::Chunks && page.source != RibbonSource::File)
      name = Theme::arrow(lane.direction) + u' ' + name;
    const bool isFocused = static_cast<int>(i) == page.focusedLane;
    const QRectF box(area.left() + 4, area.top() + lane.band.top, page.labels - 12, lane.band.height);
    if (isFocused) {
      painter.fillRect(QRectF(area.left() + page.labels - 4, box.top(), 3, box.height()),
                       palette_.color(QPalette::Active, QPalette::Highlight));
    }
    drawLabel(painter, name, box, isFocused ? palette_.color(QPalette::WindowText) : theme_.mutedText(),
              Qt::AlignRight);
  }
}

}  // namespace octetscope

#include "widgets/difference/difference_view.h"

#include "widgets/controls/tool_tips.h"
#include "widgets/difference/difference_accessible.h"
#include "widgets/theme/theme.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace octetscope {

namespace {

constexpr int rowsAWheelStep = 3;
constexpr int wheelStep = 120;  // eighths of a degree

QString hexOf(quint64 value, int digits) {
  return QStringLiteral("%1").arg(value, digits, 16, QLatin1Char('0')).toUpper();
}

QString letterOf(std::uint8_t byte) {
  return byte >= 0x20 && byte < 0x7f ? QString(QLatin1Char(static_cast<char>(byte))) : QStringLiteral("·");
}

}  // namespace

DifferenceView::DifferenceView(QWidget *parent) : QAbstractScrollArea(parent), scroll_(verticalScrollBar()) {
  installDifferenceAccessibility();
  setAccessibleName(tr("The two, byte beside byte"));
  setFocusPolicy(Qt::StrongFocus);
  setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  setMinimumSize(320, 120);
  viewport()->setBackgroundRole(QPalette::Base);
  scroll_.changeFollowing(false);
  connect(&scroll_, &RowScroll::moved, viewport(), qOverload<>(&QWidget::update));
  measure();
}

void DifferenceView::setDifference(const MessageDifference *difference) {
  difference_ = difference;
  caret_ = 0;
  scroll_.setTop(0);
  layOut();
}

void DifferenceView::refresh() {
  layOut();
}

void DifferenceView::measure() {
  const QFontMetricsF metrics(font());
  // Rows are drawn as one text each: a cell is as wide as a letter is there, on average.
  constexpr int letters = 64;
  geometry_.charWidth = metrics.horizontalAdvance(QString(letters, QLatin1Char('0'))) / letters;
  geometry_.rowHeight = std::ceil(metrics.height() * 1.25);
  ascent_ = (geometry_.rowHeight - metrics.height()) / 2 + metrics.ascent();
  layOut();
}

void DifferenceView::layOut() {
  const quint64 cells = difference_ && difference_->isReady() ? difference_->alignment().cellCount() : 0;
  geometry_.cells = cells;
  geometry_.offsetDigits = cells > 0xffff'ffff ? 16 : cells > 0xffff ? 8 : 4;
  geometry_.fit(viewport()->width());
  const auto visible = static_cast<quint64>(std::max(1.0, std::floor(viewport()->height() / geometry_.rowHeight)));
  scroll_.setRows(geometry_.rows(), visible);
  if (caret_ >= cells) caret_ = cells == 0 ? 0 : cells - 1;
  const int hidden = static_cast<int>(std::ceil(geometry_.width())) - viewport()->width();
  horizontalScrollBar()->setRange(0, std::max(0, hidden));
  horizontalScrollBar()->setPageStep(viewport()->width());
  viewport()->update();
  Q_EMIT caretMoved();
}

qreal DifferenceView::left() const {
  return -horizontalScrollBar()->value();
}

std::optional<quint64> DifferenceView::caret() const {
  return isShown() ? std::optional(caret_) : std::nullopt;
}

void DifferenceView::goTo(quint64 cell) {
  if (!isShown()) return;
  caret_ = std::min(cell, geometry_.cells - 1);
  const quint64 row = geometry_.rowOf(caret_);
  const quint64 visible = scroll_.visible();
  if (row < scroll_.top() || row >= scroll_.top() + visible) {
    // A neighbour comes to the edge, what is far off to the middle.
    const bool isFar = row + 1 < scroll_.top() || row > scroll_.top() + visible;
    scroll_.scrollTo(isFar ? row - std::min(row, visible / 2) : row < scroll_.top() ? row : row - visible + 1);
    scroll_.changeFollowing(false);
  }
  viewport()->update();
  Q_EMIT caretMoved();
  tellAssistants();
}

void DifferenceView::goTo(DifferenceGeometry::Place place) {
  side_ = place.side;
  goTo(place.cell);
}

bool DifferenceView::step(int by) {
  if (!isShown()) return false;
  const auto place = by > 0 ? difference_->placeAfter(caret_) : difference_->placeBefore(caret_);
  // The caret may stand at the very first one, which lies behind nothing.
  if (!place) return false;
  goTo(difference_->places()[*place].begin);
  return true;
}

QRect DifferenceView::hexRect(Side side, quint64 cell) const {
  return geometry_.hexRect(side, cell, scroll_.top()).translated(left(), 0).toRect();
}

QRect DifferenceView::textRect(Side side, quint64 cell) const {
  return geometry_.textRect(side, cell, scroll_.top()).translated(left(), 0).toRect();
}

std::optional<DifferenceGeometry::Place> DifferenceView::placeAt(QPointF point) const {
  return isShown() ? geometry_.placeAt(point - QPointF(left(), 0), scroll_.top()) : std::nullopt;
}

ByteRange DifferenceView::visibleRows() const {
  if (!isShown()) return {};
  return {scroll_.top(), std::min(geometry_.rows(), scroll_.top() + scroll_.visible())};
}

// What is in it

/// The bytes of one side, each at the place where it is drawn; its begin is left for the offset.
QString DifferenceView::textOfSide(Side side, ByteRange cells) const {
  const ByteView bytes = difference_->bytes(side).bytes();
  QString text(geometry_.sideWidth(), QLatin1Char(' '));
  for (quint64 cell = cells.begin; cell < cells.end; ++cell) {
    const auto offset = difference_->alignment().at(cell).of(side);
    if (!offset) continue;
    text.replace(geometry_.hexX(geometry_.columnOf(cell)), 2, hexOf(bytes[*offset], 2));
    text.replace(geometry_.textX(geometry_.columnOf(cell)), 1, letterOf(bytes[*offset]));
  }
  return text;
}

bool DifferenceView::differsIn(ByteRange cells) const {
  for (quint64 cell = cells.begin; cell < cells.end; ++cell) {
    if (difference_->differsAt(cell)) return true;
  }
  return false;
}

QString DifferenceView::textOfRow(quint64 row) const {
  const ByteRange cells = geometry_.cellsOf(row);
  QString text(geometry_.sideX(Side::Right) + geometry_.sideWidth(), QLatin1Char(' '));
  for (const Side side : {Side::Left, Side::Right}) {
    QString own = textOfSide(side, cells);
    for (quint64 cell = cells.begin; cell < cells.end; ++cell) {
      const auto offset = difference_->alignment().at(cell).of(side);
      if (!offset) continue;
      own.replace(0, geometry_.offsetDigits, hexOf(*offset, geometry_.offsetDigits));
      break;
    }
    text.replace(geometry_.sideX(side), own.size(), own);
  }
  if (differsIn(cells)) text.replace(geometry_.signX(), 1, QStringLiteral("≠"));
  return text;
}

QString DifferenceView::byteWords(Side side, quint64 cell) const {
  const auto offset = difference_->alignment().at(cell).of(side);
  if (!offset) return tr("nothing stands here");
  const std::uint8_t byte = difference_->bytes(side).bytes()[*offset];
  QString words = tr("byte %1: 0x%2").arg(locale().toString(*offset), hexOf(byte, 2));
  if (byte > 0x20 && byte < 0x7f) words += QStringLiteral(" '%1'").arg(letterOf(byte));
  const QString name = difference_->nameOf(side, *offset);
  return name.isEmpty() ? words : QStringLiteral("%1, %2").arg(words, name);
}

QString DifferenceView::caretWords() const {
  const auto cell = caret();
  if (!cell) return {};
  const QString left = byteWords(Side::Left, *cell);
  const QString right = byteWords(Side::Right, *cell);
  const QString begin = difference_->differsAt(*cell) ? tr("differs") : tr("equal");
  // The side that the caret is drawn strong on comes first.
  return side_ == Side::Left ? tr("%1; left: %2; right: %3").arg(begin, left, right)
                             : tr("%1; right: %2; left: %3").arg(begin, right, left);
}

void DifferenceView::paintEvent(QPaintEvent *) {
  if (!isShown()) return;
  QPainter painter(viewport());
  painter.setFont(font());
  painter.translate(left(), 0);
  const quint64 end = std::min(geometry_.rows(), scroll_.top() + scroll_.visible() + 2);
  for (quint64 row = scroll_.top(); row < end; ++row) paintRow(painter, row);
  paintCaret(painter);
}

void DifferenceView::paintRow(QPainter &painter, quint64 row) const {
  const Theme theme = Theme::of(palette());
  const ByteRange cells = geometry_.cellsOf(row);
  for (const Side side : {Side::Left, Side::Right}) paintSide(painter, theme, side, cells);
  if (!differsIn(cells)) return;
  const qreal y = static_cast<qreal>(row - scroll_.top()) * geometry_.rowHeight;
  painter.setPen(palette().color(QPalette::Text));
  painter.drawText(QPointF(geometry_.signX() * geometry_.charWidth, y + ascent_), QStringLiteral("≠"));
}

void DifferenceView::paintSide(QPainter &painter, const Theme &theme, Side side, ByteRange cells) const {
  const quint64 top = scroll_.top();
  const qreal y = static_cast<qreal>(geometry_.rowOf(cells.begin) - top) * geometry_.rowHeight;
  std::optional<quint64> first;
  for (quint64 cell = cells.begin; cell < cells.end; ++cell) {
    const auto offset = difference_->alignment().at(cell).of(side);
    const QRectF ground = geometry_.hexRect(side, cell, top);
    const QRectF textGround = geometry_.textRect(side, cell, top);
    if (!offset) {
      for (const QRectF &area : {ground, textGround}) {
        painter.fillRect(area.adjusted(0, 1, 0, -1), QBrush(theme.mutedText(), Qt::BDiagPattern));
      }
      continue;
    }
    if (!first) first = offset;
    if (difference_->differsAt(cell)) {
      for (const QRectF &area : {ground, textGround}) {
        painter.fillRect(area.adjusted(0, 0, 0, -1), theme.found());
        painter.fillRect(QRectF(area.left(), area.bottom() - 3, area.width(), 2), theme.foundEdge());
      }
    }
  }
  const qreal x = geometry_.sideX(side) * geometry_.charWidth;
  painter.setPen(palette().color(QPalette::Text));
  painter.drawText(QPointF(x, y + ascent_), textOfSide(side, cells));
  if (!first) return;
  painter.setPen(theme.mutedText());
  painter.drawText(QPointF(x, y + ascent_), hexOf(*first, geometry_.offsetDigits));
}

void DifferenceView::paintCaret(QPainter &painter) const {
  painter.setBrush(Qt::NoBrush);
  for (const Side side : {Side::Left, Side::Right}) {
    const qreal width = hasFocus() && side == side_ ? 2 : 1;
    painter.setPen(QPen(palette().color(QPalette::Text), width));
    const qreal in = width / 2;
    painter.drawRect(geometry_.hexRect(side, caret_, scroll_.top()).adjusted(-1 + in, in, 1 - in, -in));
    painter.drawRect(geometry_.textRect(side, caret_, scroll_.top()).adjusted(in, in, -in, -in));
  }
}

void DifferenceView::keyPressEvent(QKeyEvent *event) {
  if (event->matches(QKeySequence::Copy)) {
    Q_EMIT copyAsked();
    return;
  }
  const bool isCtrl = event->modifiers() & Qt::ControlModifier;
  const bool isAlt = event->modifiers() & Qt::AltModifier;
  if (!isShown() || isAlt) return QAbstractScrollArea::keyPressEvent(event);
  const auto perRow = static_cast<quint64>(geometry_.perRow);
  const quint64 page = std::max<quint64>(1, scroll_.visible() - 1) * perRow;
  const auto back = [&](quint64 by) { goTo(by <= caret_ ? caret_ - by : caret_ % perRow); };
  const quint64 last = geometry_.cells - 1;
  switch (event->key()) {
    case Qt::Key_Left:
      return goTo(caret_ == 0 ? 0 : caret_ - 1);
    case Qt::Key_Right:
      return goTo(caret_ + 1);
    case Qt::Key_Up:
      return back(perRow);
    case Qt::Key_Down:
      return goTo(caret_ + perRow > last ? caret_ : caret_ + perRow);
    case Qt::Key_PageUp:
      return back(page);
    case Qt::Key_PageDown:
      return goTo(caret_ + page);
    case Qt::Key_Home:
      return goTo(isCtrl ? 0 : caret_ - caret_ % perRow);
    case Qt::Key_End:
      return goTo(isCtrl ? last : caret_ - caret_ % perRow + perRow - 1);
    case Qt::Key_Space:
      side_ = side_ == Side::Left ? Side::Right : Side::Left;
      return goTo(caret_);
    default:
      QAbstractScrollArea::keyPressEvent(event);
  }
}

void DifferenceView::mousePressEvent(QMouseEvent *event) {
  if (event->button() != Qt::LeftButton) return;
  const auto place = placeAt(event->position());
  if (place) goTo(*place);
}

void DifferenceView::wheelEvent(QWheelEvent *event) {
  wheelRest_ += event->angleDelta().y();
  const int rows = wheelRest_ * rowsAWheelStep / wheelStep;
  wheelRest_ -= rows * wheelStep / rowsAWheelStep;
  scroll_.scrollBy(-rows);
  scroll_.changeFollowing(false);
  event->accept();
}

/// What a byte is, below the pointer.
bool DifferenceView::viewportEvent(QEvent *event) {
  if (event->type() == QEvent::ToolTip && isShown()) {
    const auto *help = static_cast<QHelpEvent *>(event);
    const auto place = placeAt(help->pos());
    const auto offset = place ? difference_->alignment().at(place->cell).of(place->side) : std::nullopt;
    QString words;
    if (offset && hexRect(place->side, place->cell).adjusted(-4, 0, 4, 0).contains(help->pos())) {
      words = tr("byte %1 (0x%2)").arg(locale().toString(*offset), hexOf(*offset, 0));
      const QString name = difference_->nameOf(place->side, *offset);
      if (!name.isEmpty()) words += QLatin1Char('\n') + name;
    }
    QToolTip::showText(help->globalPos(), words.isEmpty() ? words : wrappedTip(words), viewport());
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

void DifferenceView::resizeEvent(QResizeEvent *event) {
  QAbstractScrollArea::resizeEvent(event);
  const quint64 top = scroll_.top() * static_cast<quint64>(geometry_.perRow);
  layOut();
  scroll_.setTop(geometry_.rowOf(top));
}

void DifferenceView::changeEvent(QEvent *event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::FontChange) measure();
  if (event->type() == QEvent::PaletteChange) viewport()->update();
}

void DifferenceView::focusInEvent(QFocusEvent *event) {
  QAbstractScrollArea::focusInEvent(event);
  viewport()->update();
}

void DifferenceView::focusOutEvent(QFocusEvent *event) {
  QAbstractScrollArea::focusOutEvent(event);
  viewport()->update();
}

void DifferenceView::scrollContentsBy(int, int) {
  viewport()->update();
}

}  // namespace octetscope

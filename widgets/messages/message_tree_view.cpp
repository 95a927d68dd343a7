#include "widgets/messages/message_tree_view.h"

#include "model/items/message_tree_model.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_tree_accessible.h"

#include <QDataStream>
#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QToolTip>

namespace octetscope {

namespace {
constexpr quint32 stateMagic = 0x4f4d5631;  // "OMV1"
}

MessageTreeView::MessageTreeView(QWidget *parent)
    : QAbstractScrollArea(parent),
      header_(new MessageHeader(this)),
      emptyText_(tr("No messages yet. What arrives or is sent appears here, a row for each message.")),
      search_(this),
      copying_(this) {
  installMessageTreeAccessibility();
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Messages"));
  viewport()->setAutoFillBackground(false);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  // The bar goes up and down as rows come and branches open; the columns should not jump sideways with it.
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
  connect(verticalScrollBar(), &QAbstractSlider::actionTriggered, this, &MessageTreeView::onBarAction);
  connect(header_, &QHeaderView::sectionResized, this, &MessageTreeView::updateBars);
  connect(header_, &QHeaderView::sectionMoved, viewport(), qOverload<>(&QWidget::update));
  connect(header_, &QHeaderView::sectionCountChanged, this, &MessageTreeView::updateBars);
  connect(header_, &QHeaderView::geometriesChanged, this, &MessageTreeView::updateBars);
  connect(header_, &QHeaderView::sectionHandleDoubleClicked, this, &MessageTreeView::fitColumn);
  connect(header_, &MessageHeader::resetRequested, this, &MessageTreeView::resetColumns);
  updateMetrics();
}

MessageTreeView::~MessageTreeView() {
  // Closing a window that is shown makes its parts speak once more.
  blockSignals(true);
  header_->disconnect(this);
  verticalScrollBar()->disconnect(this);
  search_.cancel();
  copying_.cancel();
}

void MessageTreeView::setEmptyText(const QString &text) {
  emptyText_ = text;
  viewport()->update();
}

QSize MessageTreeView::sizeHint() const {
  const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
  return {110 * digit, header_->sizeHint().height() + 14 * rowHeight_};
}

QByteArray MessageTreeView::saveState() const {
  QByteArray state;
  QDataStream stream(&state, QIODevice::WriteOnly);
  stream.setVersion(QDataStream::Qt_6_4);
  stream << stateMagic << header_->count() << header_->saveState();
  return state;
}

bool MessageTreeView::restoreState(const QByteArray &state) {
  QDataStream stream(state);
  stream.setVersion(QDataStream::Qt_6_4);
  quint32 magic = 0;
  int columns = 0;
  QByteArray header;
  stream >> magic >> columns >> header;
  if (stream.status() != QDataStream::Ok || magic != stateMagic || columns != header_->count()) return false;
  const QByteArray before = header_->saveState();
  if (!header_->restoreState(header)) {
    header_->restoreState(before);
    return false;
  }
  header_->setSectionHidden(MessageTreeModel::NumberColumn, false);
  updateBars();
  return true;
}

void MessageTreeView::resetColumns() {
  for (int column = 0; column < header_->count(); ++column) {
    header_->showSection(column);
    header_->moveSection(header_->visualIndex(column), column);
  }
  header_->setDefaultWidths();
}

// Geometry

void MessageTreeView::updateMetrics() {
  rowHeight_ = fontMetrics().height() + 4;
  updateBars();
}

quint64 MessageTreeView::linesPerPage() const {
  return static_cast<quint64>(std::max(1, viewport()->height() / rowHeight_));
}

quint64 MessageTreeView::lastTop() const {
  const quint64 page = linesPerPage();
  return lineCount() > page ? lineCount() - page : 0;
}

void MessageTreeView::updateBars() {
  if (updatingBars_) return;
  updatingBars_ = true;
  const int height = header_->isHidden() ? 0 : header_->sizeHint().height();
  if (viewportMargins().top() != height) setViewportMargins(0, height, 0, 0);
  const QRect inner = viewport()->geometry();
  header_->setGeometry(inner.left(), inner.top() - height, inner.width(), height);

  QScrollBar *sideways = horizontalScrollBar();
  sideways->setPageStep(inner.width());
  sideways->setSingleStep(fontMetrics().averageCharWidth() * 4);
  sideways->setRange(0, std::max(0, header_->length() - inner.width()));
  header_->setOffset(sideways->value());

  map_ = LineScrollMap(lastTop());
  top_ = following_ ? lastTop() : std::min(top_, lastTop());
  QScrollBar *bar = verticalScrollBar();
  bar->setPageStep(static_cast<int>(std::min<quint64>(linesPerPage(), LineScrollMap::mostSteps)));
  bar->setRange(0, map_.lastValue());
  bar->setValue(map_.toValue(top_));
  updatingBars_ = false;
  viewport()->update();
}

void MessageTreeView::setTop(quint64 line) {
  line = std::min(line, lastTop());
  if (line == top_) return;
  top_ = line;
  verticalScrollBar()->setValue(map_.toValue(top_));
  viewport()->update();
}

void MessageTreeView::scrollContentsBy(int dx, int) {
  if (updatingBars_) return;
  if (dx != 0) header_->setOffset(horizontalScrollBar()->value());
  const int value = verticalScrollBar()->value();
  if (value != map_.toValue(top_)) {
    top_ = map_.toPosition(value);
    afterUserScrolled();
  }
  viewport()->update();
}

void MessageTreeView::onBarAction(int action) {
  // A step of the bar may be many lines, or a fraction of one: steps are ours, only dragging goes through the bar.
  const auto page = static_cast<qint64>(linesPerPage());
  switch (action) {
    case QAbstractSlider::SliderSingleStepAdd:
      scrollByUser(1);
      break;
    case QAbstractSlider::SliderSingleStepSub:
      scrollByUser(-1);
      break;
    case QAbstractSlider::SliderPageStepAdd:
      scrollByUser(page);
      break;
    case QAbstractSlider::SliderPageStepSub:
      scrollByUser(-page);
      break;
    default:
      return;
  }
  verticalScrollBar()->setSliderPosition(map_.toValue(top_));
}

void MessageTreeView::scrollByUser(qint64 lines) {
  const auto by = static_cast<quint64>(lines < 0 ? -lines : lines);
  setTop(lines < 0 ? top_ - std::min(by, top_) : top_ + std::min(by, lastTop() - std::min(top_, lastTop())));
  afterUserScrolled();
}

void MessageTreeView::afterUserScrolled() {
  // What the user chose to see outlives a new beginning no more than what is selected.
  kept_.removeIf([](const Kept &kept) { return kept.why == Kept::Why::Top; });
  changeFollowing(top_ == lastTop());
}

void MessageTreeView::scrollToLine(quint64 line) {
  setTop(line);
  changeFollowing(top_ == lastTop());
}

void MessageTreeView::showLine(quint64 line) {
  const quint64 page = linesPerPage();
  if (line >= top_ && line - top_ < page) return;
  const quint64 away = line < top_ ? top_ - line : line - top_ - page + 1;
  if (away > page) {
    setTop(line - std::min(line, page / 2));
  } else {
    setTop(line < top_ ? line : line - page + 1);
  }
}

void MessageTreeView::setFollowing(bool following) {
  if (following) setTop(lastTop());
  changeFollowing(following);
}

void MessageTreeView::changeFollowing(bool following) {
  if (following_ == following) return;
  following_ = following;
  Q_EMIT followingChanged(following);
}

std::optional<quint64> MessageTreeView::lineAt(QPoint inViewport) const {
  if (inViewport.y() < 0) return std::nullopt;
  const quint64 line = top_ + static_cast<quint64>(inViewport.y() / rowHeight_);
  return line < lineCount() ? std::optional(line) : std::nullopt;
}

QModelIndex MessageTreeView::indexAt(QPoint inViewport) const {
  const auto line = lineAt(inViewport);
  if (!line) return {};
  const int column = header_->logicalIndexAt(inViewport.x());
  const QModelIndex row = indexAtLine(*line);
  if (MessageRowPainter::isSpanning(row) && column > MessageTreeModel::DeltaColumn) {
    return row.siblingAtColumn(MessageTreeModel::SummaryColumn);
  }
  return column < 0 ? row : row.siblingAtColumn(column);
}

QRect MessageTreeView::visualRect(const QModelIndex &cell) const {
  const auto line = lineOf(cell);
  if (!line || *line < top_ || *line - top_ > linesPerPage()) return {};
  return {header_->sectionViewportPosition(cell.column()), static_cast<int>(*line - top_) * rowHeight_,
          header_->sectionSize(cell.column()), rowHeight_};
}

// Painting

ShownRow MessageTreeView::shownRow(quint64 line) const {
  ShownRow row;
  const RowPath path = rows_.pathAt(line);
  for (const quint64 at : path) row.index = model_->index(static_cast<int>(at), 0, row.index);
  row.depth = static_cast<int>(path.size()) - 1;
  row.hasChildren = model_->hasChildren(row.index);
  row.isOpen = row.hasChildren && rows_.isOpen(path);
  row.isAlternate = line % 2 == 1;
  return row;
}

MessageRowPainter MessageTreeView::painter() const {
  return MessageRowPainter(viewport(), header_, rowHeight_, hasFocus());
}

void MessageTreeView::paintEvent(QPaintEvent *event) {
  QPainter p(viewport());
  p.fillRect(event->rect(), palette().brush(QPalette::Base));
  if (lineCount() == 0) {
    p.setPen(palette().color(QPalette::PlaceholderText));
    p.drawText(viewport()->rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap, emptyText_);
    return;
  }
  const MessageRowPainter rowPainter = painter();
  const auto selected = selectedLines();
  const auto current = lineOf(current_);
  for (quint64 line = top_; line < lineCount(); ++line) {
    const int y = static_cast<int>(line - top_) * rowHeight_;
    if (y > event->rect().bottom()) break;
    if (y + rowHeight_ <= event->rect().top()) continue;
    ShownRow row = shownRow(line);
    row.isSelected = selected && selected->first <= line && line <= selected->second;
    row.isCurrent = current == line;
    rowPainter.paint(p, row, y);
  }
  rememberTop();
}

void MessageTreeView::resizeEvent(QResizeEvent *event) {
  QAbstractScrollArea::resizeEvent(event);
  updateBars();
}

void MessageTreeView::changeEvent(QEvent *event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) updateMetrics();
  if (event->type() == QEvent::PaletteChange) viewport()->update();
}

bool MessageTreeView::event(QEvent *event) {
  if (event->type() == QEvent::LayoutRequest) updateBars();
  return QAbstractScrollArea::event(event);
}

void MessageTreeView::focusInEvent(QFocusEvent *event) {
  QAbstractScrollArea::focusInEvent(event);
  viewport()->update();
  announceCurrent();
}

void MessageTreeView::focusOutEvent(QFocusEvent *event) {
  QAbstractScrollArea::focusOutEvent(event);
  viewport()->update();
}

bool MessageTreeView::viewportEvent(QEvent *event) {
  if (event->type() == QEvent::ToolTip) {
    const auto *help = static_cast<QHelpEvent *>(event);
    if (!showToolTip(help->pos(), help->globalPos())) QToolTip::hideText();
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

bool MessageTreeView::showToolTip(QPoint inViewport, QPoint global) {
  const QModelIndex cell = indexAt(inViewport);
  const auto line = lineAt(inViewport);
  if (!cell.isValid() || !line) return false;
  const ShownRow row = shownRow(*line);
  const int y = static_cast<int>(*line - top_) * rowHeight_;
  QString text = cell.data(Qt::ToolTipRole).toString();
  if (text.isEmpty()) {
    text = MessageRowPainter::cellText(cell);
    QFont font = viewport()->font();
    font.setItalic(true);  // never too narrow
    if (QFontMetrics(font).horizontalAdvance(text) <= painter().textRect(row, cell.column(), y).width()) return false;
  }
  // Captured text is never markup: QToolTip would take it for such where it looks like it.
  QToolTip::showText(global,
                     QLatin1String("<p style='white-space:pre-wrap'>") +
                         text.left(MessageRowPainter::mostCharacters).toHtmlEscaped() + QLatin1String("</p>"),
                     viewport());
  return true;
}

void MessageTreeView::fitColumn(int column) {
  if (lineCount() == 0) return;
  const MessageRowPainter rowPainter = painter();
  int width = header_->sectionSizeHint(column);
  for (quint64 line = top_; line < std::min(lineCount(), top_ + linesPerPage() + 1); ++line) {
    const ShownRow row = shownRow(line);
    if (MessageRowPainter::isSpanning(row.index) && column == MessageTreeModel::SummaryColumn) continue;
    width = std::max(width, rowPainter.neededWidth(row, column));
  }
  header_->resizeSection(column, std::min(width, 4000));
}

}  // namespace octetscope

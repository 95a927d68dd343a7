#include "widgets/messages/message_tree_view.h"

#include "model/items/message_tree_model.h"
#include "model/search/search_hits.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_tree_accessible.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QToolTip>

namespace octetscope {

namespace {
QString beginningOf(const QModelIndex &row) {
  const QVariant text = row.data(MessageTreeModel::SortTextRole);
  if (text.isValid()) return text.toString();
  return row.siblingAtColumn(MessageTreeModel::SummaryColumn).data(Qt::DisplayRole).toString();
}
}  // namespace

MessageTreeView::MessageTreeView(QWidget *parent)
    : QAbstractScrollArea(parent),
      header_(new MessageHeader(this)),
      emptyText_(tr("No messages yet. What arrives or is sent appears here, a row for each message.")),
      scroll_(verticalScrollBar()),
      typeAhead_(this, [this](quint64 line) { return beginningOf(indexAtLine(line)); }),
      copier_(this) {
  installMessageTreeAccessibility();
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Messages"));
  viewport()->setAutoFillBackground(false);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  // The bar goes up and down as rows come and branches open; the columns should not jump sideways with it.
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
  connect(&scroll_, &RowScroll::moved, viewport(), qOverload<>(&QWidget::update));
  connect(&scroll_, &RowScroll::followingChanged, this, &MessageTreeView::followingChanged);
  // What the user chose to see outlives a new beginning no more than what is selected.
  connect(&scroll_, &RowScroll::scrolledByUser, this, [this] {
    kept_.forget(KeptPlaces::Why::Top);
    lineOnScreen_.reset();
  });
  connect(&typeAhead_, &TypeAhead::found, this, [this](quint64 line) { moveTo(line, Selecting::One); });
  connect(&typeAhead_, &TypeAhead::missed, this,
          [this](const QString &word) { Q_EMIT notice(tr("No row begins with “%1”.").arg(word)); });
  connect(&copier_, &RowCopier::said, this, &MessageTreeView::notice);
  const auto update = [this] { updateBars(); };
  connect(header_, &QHeaderView::sectionResized, this, update);
  connect(header_, &QHeaderView::sectionMoved, viewport(), qOverload<>(&QWidget::update));
  connect(header_, &QHeaderView::sectionCountChanged, this, update);
  connect(header_, &QHeaderView::geometriesChanged, this, update);
  connect(header_, &QHeaderView::sectionHandleDoubleClicked, this, [this](int column) { fitColumn(column, 0); });
  connect(header_, &MessageHeader::formatChosen, this,
          [this](int column) { fitColumn(column, header_->sectionSize(column)); });
  connect(header_, &MessageHeader::columnShown, this, &MessageTreeView::showColumn);
  updateMetrics();
}

MessageTreeView::~MessageTreeView() {
  // Closing a window that is shown makes its parts speak once more.
  blockSignals(true);
  header_->disconnect(this);
  verticalScrollBar()->disconnect(this);
  typeAhead_.cancel();
  copier_.cancel();
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
  return header_->saveColumns();
}

bool MessageTreeView::restoreState(const QByteArray &state) {
  const bool isRestored = header_->restoreColumns(state);
  updateBars();
  return isRestored;
}

// Geometry

void MessageTreeView::updateMetrics() {
  rowHeight_ = fontMetrics().height() + 4;
  updateBars();
}

quint64 MessageTreeView::linesPerPage() const {
  return static_cast<quint64>(std::max(1, viewport()->height() / rowHeight_));
}

void MessageTreeView::updateBars(quint64 top) {
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

  scroll_.setRows(lineCount(), linesPerPage(), top);
  updatingBars_ = false;
  viewport()->update();
}

void MessageTreeView::scrollContentsBy(int dx, int) {
  if (updatingBars_ || dx == 0) return;
  header_->setOffset(horizontalScrollBar()->value());
  viewport()->update();
}

void MessageTreeView::scrollToLine(quint64 line) {
  scroll_.setTop(line);
  scroll_.changeFollowing(scroll_.isAtEnd());
}

void MessageTreeView::showLine(quint64 line) {
  const quint64 page = linesPerPage();
  if (line >= topLine() && line - topLine() < page) return;
  const quint64 away = line < topLine() ? topLine() - line : line - topLine() - page + 1;
  if (away > page) {
    scroll_.setTop(line - std::min(line, page / 2));
  } else {
    scroll_.setTop(line < topLine() ? line : line - page + 1);
  }
}

void MessageTreeView::showCurrent() {
  if (const auto line = lineOf(current_)) showLine(*line);
}

void MessageTreeView::setFollowing(bool following) {
  if (following) scroll_.setTop(scroll_.lastTop());
  scroll_.changeFollowing(following);
}

std::optional<quint64> MessageTreeView::lineAt(QPoint inViewport) const {
  if (inViewport.y() < 0) return std::nullopt;
  const quint64 line = topLine() + static_cast<quint64>(inViewport.y() / rowHeight_);
  return line < lineCount() ? std::optional(line) : std::nullopt;
}

QModelIndex MessageTreeView::indexAt(QPoint inViewport) const {
  const auto line = lineAt(inViewport);
  if (!line) return {};
  const int column = header_->logicalIndexAt(inViewport.x());
  const QModelIndex row = indexAtLine(*line);
  if (MessageRowPainter::isSpanning(row) && column > MessageTreeModel::OtherDeltaColumn) {
    return row.siblingAtColumn(MessageTreeModel::SummaryColumn);
  }
  return column < 0 ? row : row.siblingAtColumn(column);
}

QRect MessageTreeView::visualRect(const QModelIndex &cell) const {
  const auto line = lineOf(cell);
  if (!line || *line < topLine() || *line - topLine() > linesPerPage()) return {};
  return {header_->sectionViewportPosition(cell.column()), static_cast<int>(*line - topLine()) * rowHeight_,
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
  row.isFound = isFound(row.index);
  if (const auto found = markOf(row.index, row.depth); found.mark) row.mark = found.mark->color;
  return row;
}

void MessageTreeView::setHits(const SearchHits *hits, Direction direction) {
  if (hits_ && hits_ != hits) hits_->disconnect(viewport());
  if (hits && hits_ != hits) connect(hits, &SearchHits::changed, viewport(), qOverload<>(&QWidget::update));
  hits_ = hits;
  hitsDirection_ = direction;
  viewport()->update();
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
  const LineRuns selected = selectedLines();
  const auto current = lineOf(current_);
  for (quint64 line = topLine(); line < lineCount(); ++line) {
    const int y = static_cast<int>(line - topLine()) * rowHeight_;
    if (y > event->rect().bottom()) break;
    if (y + rowHeight_ <= event->rect().top()) continue;
    ShownRow row = shownRow(line);
    row.isSelected = selected.contains(line);
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
  announceSelected(QAccessible::Selection);
  announceFocus();
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
  const int y = static_cast<int>(*line - topLine()) * rowHeight_;
  QString text = cell.data(Qt::ToolTipRole).toString();
  if (const QString marked = markWordsOf(row.index); !marked.isEmpty()) {
    if (text.isEmpty()) text = MessageRowPainter::cellText(cell);
    text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + marked;
  }
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

/// To what it shows now, `least` at least.
void MessageTreeView::fitColumn(int column, int least) {
  if (lineCount() == 0) return;
  const MessageRowPainter rowPainter = painter();
  int width = std::max(header_->sectionSizeHint(column), least);
  for (quint64 line = topLine(); line < std::min(lineCount(), topLine() + linesPerPage() + 1); ++line) {
    const ShownRow row = shownRow(line);
    if (MessageRowPainter::isSpanning(row.index) && column == MessageTreeModel::SummaryColumn) continue;
    width = std::max(width, rowPainter.neededWidth(row, column));
  }
  header_->resizeSection(column, std::min(width, 4000));
}

void MessageTreeView::showColumn(int column) {
  updateBars();
  QScrollBar *sideways = horizontalScrollBar();
  const int begin = header_->sectionPosition(column);
  const int end = begin + header_->sectionSize(column);
  if (begin < sideways->value()) sideways->setValue(begin);
  if (end > sideways->value() + viewport()->width()) sideways->setValue(end - viewport()->width());
}

QSize MessageTreeView::minimumSizeHint() const {
  const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, this);
  return {120, 2 * frameWidth() + header_->sizeHint().height() + rowHeight_ + bar};
}

}  // namespace octetscope

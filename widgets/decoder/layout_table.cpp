#include "widgets/decoder/layout_table.h"

#include "model/framing/framing_words.h"
#include "widgets/decoder/layout_rows.h"
#include "widgets/theme/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QScreen>
#include <QTableWidget>
#include <QVBoxLayout>

namespace octetscope {

namespace {

constexpr qsizetype mostRows = 1000;
enum Column { NameColumn, TypeColumn, OffsetColumn, SizeColumn, WordsColumn, columnCount };

QIcon swatch(const QColor &colour, const QColor &edge) {
  QPixmap pixmap(12, 12);
  pixmap.fill(edge);
  QPainter painter(&pixmap);
  painter.fillRect(1, 1, 10, 10, colour);
  return QIcon(pixmap);
}

}  // namespace

LayoutTable::LayoutTable(QWidget *parent)
    : QFrame(parent, Qt::Popup), prefix_(new QLabel(this)), table_(new QTableWidget(this)), total_(new QLabel(this)) {
  setFrameShape(QFrame::StyledPanel);
  setAccessibleName(tr("Fields of the struct"));
  prefix_->setWordWrap(true);
  prefix_->setTextFormat(Qt::PlainText);
  total_->setTextFormat(Qt::PlainText);
  table_->setAccessibleName(tr("Fields of the struct"));
  table_->setColumnCount(columnCount);
  table_->setHorizontalHeaderLabels({tr("Name"), tr("Type"), tr("Offset"), tr("Size"), tr("Meaning")});
  table_->verticalHeader()->hide();
  table_->horizontalHeader()->setStretchLastSection(true);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->setTabKeyNavigation(false);
  table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(8, 8, 8, 8);
  column->addWidget(prefix_);
  column->addWidget(table_);
  column->addWidget(total_);
}

void LayoutTable::setLayoutShown(const Layout &layout) {
  const auto rows = layoutRows(layout, mostRows);
  const Theme theme = Theme::of(this);
  prefix_->setText(prefixWords(layoutPrefix(layout.text())));
  table_->clearContents();
  table_->setRowCount(static_cast<int>(rows.size()));
  int field = 0;
  for (int i = 0; i < table_->rowCount(); ++i) {
    const LayoutRow &row = rows[i];
    const bool quiet = row.isPadding();
    const QString size = row.isRest ? tr("the rest") : QString::number(row.size);
    const QStringList texts = {quiet ? tr("(pad)") : row.name, row.type, QString::number(row.offset), size, row.words};
    for (int column = 0; column < columnCount; ++column) {
      auto *item = new QTableWidgetItem(texts[column]);
      if (column == OffsetColumn || column == SizeColumn) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      if (quiet) item->setForeground(theme.mutedText());
      if (column == WordsColumn) item->setToolTip(texts[column]);
      table_->setItem(i, column, item);
    }
    if (!quiet) table_->item(i, NameColumn)->setIcon(swatch(theme.field(field++), theme.mutedText()));
  }
  for (int column = 0; column < WordsColumn; ++column) table_->resizeColumnToContents(column);
  QString total = layout.hasRest() ? tr("%1 and the rest.").arg(byteCount(layout.size()))
                                   : tr("%1 in all.").arg(byteCount(layout.size()));
  if (rows.size() >= mostRows) total += u' ' + tr("Only the first %1 rows are listed.").arg(mostRows);
  total_->setText(total);
}

void LayoutTable::popUpUnder(QWidget *anchor) {
  const QRect screen = anchor->screen()->availableGeometry();
  const int rowsShown = std::clamp(table_->rowCount(), 3, 14);
  const int height =
      table_->horizontalHeader()->sizeHint().height() + rowsShown * table_->verticalHeader()->defaultSectionSize() + 8;
  table_->setFixedHeight(height);
  const int width = std::min(620, screen.width());
  setFixedSize(width, layout()->totalHeightForWidth(width));
  QPoint at = anchor->mapToGlobal(QPoint(0, anchor->height() + 2));
  at.setX(std::clamp(at.x(), screen.left(), std::max(screen.left(), screen.right() - width)));
  if (at.y() + this->height() > screen.bottom()) {
    at.setY(std::max(screen.top(), anchor->mapToGlobal(QPoint(0, 0)).y() - this->height() - 2));
  }
  move(at);
  show();
  table_->setFocus(Qt::PopupFocusReason);
  if (table_->rowCount() > 0) table_->setCurrentCell(0, 0);
}

}  // namespace octetscope

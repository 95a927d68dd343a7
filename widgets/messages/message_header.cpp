#include "widgets/messages/message_header.h"

#include "model/items/message_tree_model.h"

#include <QDataStream>

#include <algorithm>
#include <array>

namespace octetscope {

namespace {

constexpr quint32 stateMagic = 0x4f4d5632;  // "OMV2"
constexpr Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
constexpr Qt::Alignment right = Qt::AlignRight | Qt::AlignVCenter;

Qt::Alignment alignmentOf(const QVariant &said) {
  return (said.toInt() & Qt::AlignRight) != 0 ? right : left;
}

/// Of the columns that are always there: what painting asks for every cell.
Qt::Alignment columnAlignment(int column) {
  switch (column) {
    case MessageTreeModel::TimeColumn:
    case MessageTreeModel::DeltaColumn:
    case MessageTreeModel::OtherDeltaColumn:
    case MessageTreeModel::OffsetColumn:
    case MessageTreeModel::SizeColumn:
    case MessageTreeModel::ChunksColumn:
      return right;
    default:
      return left;
  }
}

}  // namespace

Qt::Alignment messageCellAlignment(const QModelIndex &cell) {
  if (cell.column() < MessageTreeModel::ColumnCount) return columnAlignment(cell.column());
  return alignmentOf(cell.data(Qt::TextAlignmentRole));
}

MessageHeader::MessageHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent) {
  setSectionsMovable(true);
  // A click sorts, another one the other way round, the third gives back the order of arrival.
  setSectionsClickable(true);
  setSortIndicatorShown(true);
  setSortIndicatorClearable(true);
  setSortIndicator(-1, Qt::AscendingOrder);
  setHighlightSections(false);
  setStretchLastSection(true);
  setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  setMinimumSectionSize(24);
  setAccessibleName(tr("Columns of the message list"));
  setAcceptDrops(true);
  viewport()->setAcceptDrops(true);
}

int MessageHeader::usualWidth(int section) const {
  // Characters that a column usually holds; the summary takes what is left.
  static constexpr std::array<int, MessageTreeModel::ColumnCount> characters{13, 10, 10, 10, 8, 8, 6, 6, 18, 20};
  const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
  const int wanted = section < MessageTreeModel::ColumnCount ? characters[static_cast<std::size_t>(section)] : 12;
  return std::max(wanted * digit + 8, sectionSizeHint(section));
}

void MessageHeader::setDefaults() {
  for (int column = 0; column < count(); ++column) {
    resizeSection(column, usualWidth(column));
    setSectionHidden(column, column == MessageTreeModel::OtherDeltaColumn);
  }
}

void MessageHeader::resetColumns() {
  if (columned()) columned()->setFieldColumns({});
  for (int column = 0; column < count(); ++column) moveSection(visualIndex(column), column);
  setDefaults();
}

ColumnedModel *MessageHeader::columned() const {
  return qobject_cast<ColumnedModel *>(model());
}

int MessageHeader::showField(const MessageColumn &column, int visual) {
  ColumnedModel *const model = columned();
  if (!model) return -1;
  const QList<MessageColumn> &all = model->columns();
  const auto there =
      std::ranges::find_if(all, [&](const MessageColumn &one) { return one.isField() && one.field == column.field; });
  int section = static_cast<int>(there - all.begin());
  const bool isNew = there == all.end();
  if (isNew) {
    section = model->addColumn(column);
    if (visual < 0) visual = visualIndex(MessageTreeModel::SummaryColumn);
  }
  // The tree stays at the left.
  if (visual == 0 && logicalIndex(0) == MessageTreeModel::NumberColumn) visual = 1;
  if (visual >= 0) {
    const int from = visualIndex(section);
    moveSection(from, std::min(visual > from ? visual - 1 : visual, count() - 1));
  }
  setSectionHidden(section, false);
  if (isNew) resizeSection(section, usualWidth(section));
  Q_EMIT columnShown(section);
  return section;
}

/// The place of the next column that is shown; -1: there is none.
int MessageHeader::neighbourOf(int section, int by) const {
  for (int visual = visualIndex(section) + by; visual >= 0 && visual < count(); visual += by) {
    if (!isSectionHidden(logicalIndex(visual))) return visual;
  }
  return -1;
}

bool MessageHeader::canMoveColumn(int section, int by) const {
  return !isSectionHidden(section) && neighbourOf(section, by) >= 0;
}

void MessageHeader::moveColumn(int section, int by) {
  const int to = neighbourOf(section, by);
  if (to >= 0) moveSection(visualIndex(section), to);
}

QByteArray MessageHeader::saveColumns() const {
  QByteArray state;
  QDataStream stream(&state, QIODevice::WriteOnly);
  stream.setVersion(QDataStream::Qt_6_4);
  QStringList fields;
  if (columned()) {
    for (const MessageColumn &column : columned()->columns()) {
      if (column.isField()) fields << column.field << cellFormatKey(column.format);
    }
  }
  stream << stateMagic << static_cast<int>(MessageTreeModel::ColumnCount) << fields << saveState();
  return state;
}

bool MessageHeader::restoreColumns(const QByteArray &state) {
  QDataStream stream(state);
  stream.setVersion(QDataStream::Qt_6_4);
  quint32 magic = 0;
  int builtIn = 0;
  QStringList fields;
  QByteArray header;
  stream >> magic >> builtIn >> fields >> header;
  if (stream.status() != QDataStream::Ok || magic != stateMagic || builtIn != MessageTreeModel::ColumnCount)
    return false;
  QList<MessageColumn> columns;
  for (qsizetype i = 0; i + 1 < fields.size(); i += 2) {
    const auto column = MessageColumn::of(fields[i], cellFormatOfKey(fields[i + 1]).value_or(CellFormat::AsItIs));
    if (!column) return false;
    columns.append(*column);
  }
  if (!columned() && !columns.isEmpty()) return false;
  const QByteArray before = saveState();
  const QList<MessageColumn> all = columned() ? columned()->columns() : QList<MessageColumn>();
  if (columned()) columned()->setFieldColumns(columns);
  if (restoreState(header)) {
    setSectionHidden(MessageTreeModel::NumberColumn, false);
    // How rows were sorted is not remembered: it may be long work that nobody asked for.
    setSortIndicator(-1, Qt::AscendingOrder);
    return true;
  }
  if (columned()) columned()->setFieldColumns(all.mid(MessageTreeModel::ColumnCount));
  restoreState(before);
  return false;
}

void MessageHeader::initStyleOptionForIndex(QStyleOptionHeader *option, int logicalIndex) const {
  QHeaderView::initStyleOptionForIndex(option, logicalIndex);
  option->textAlignment = logicalIndex < MessageTreeModel::ColumnCount
                              ? columnAlignment(logicalIndex)
                              : alignmentOf(model()->headerData(logicalIndex, orientation(), Qt::TextAlignmentRole));
}

}  // namespace octetscope

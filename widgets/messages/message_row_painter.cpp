#include "widgets/messages/message_row_painter.h"

#include "model/items/message_tree_model.h"
#include "widgets/messages/message_header.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <QWidget>

namespace octetscope {

namespace {

constexpr int padding = 4;
constexpr qreal markTint = 0.8;  // how much of the row's own ground stays

MessageTreeModel::Kind kindOf(const QModelIndex &index) {
  return static_cast<MessageTreeModel::Kind>(index.data(MessageTreeModel::KindRole).toInt());
}

Status statusOf(const QModelIndex &index) {
  return static_cast<Status>(index.data(MessageTreeModel::StatusRole).toInt());
}

Event::Kind eventOf(const QModelIndex &index) {
  return static_cast<Event::Kind>(index.data(MessageTreeModel::EventKindRole).toInt());
}

bool standsBeforeSpan(int column) {
  return column == MessageTreeModel::NumberColumn || column == MessageTreeModel::TimeColumn ||
         column == MessageTreeModel::DeltaColumn || column == MessageTreeModel::OtherDeltaColumn;
}

QString withGlyph(const QString &glyph, const QString &text) {
  if (glyph.isEmpty() || text.startsWith(glyph)) return text;
  return text.isEmpty() ? glyph : QString(glyph + QLatin1Char(' ') + text);
}

}  // namespace

MessageRowPainter::MessageRowPainter(const QWidget *viewport, const QHeaderView *header, int rowHeight, bool hasFocus)
    : viewport_(viewport),
      header_(header),
      style_(viewport->style()),
      theme_(Theme::of(viewport)),
      palette_(viewport->palette()),
      group_(!viewport->isEnabled() ? QPalette::Disabled
             : hasFocus             ? QPalette::Active
                                    : QPalette::Inactive),
      font_(viewport->font()),
      metrics_(viewport->fontMetrics()),
      rowHeight_(rowHeight),
      indent_(std::max(16, style_->pixelMetric(QStyle::PM_TreeViewIndentation, nullptr, viewport))) {}

namespace {

bool isEmptyBelowMessages(int column) {
  return column == MessageTreeModel::TimeColumn || column == MessageTreeModel::DeltaColumn ||
         column == MessageTreeModel::OtherDeltaColumn || column == MessageTreeModel::DirectionColumn;
}

}  // namespace

bool MessageRowPainter::isSpanning(const QModelIndex &row) {
  return kindOf(row) == MessageTreeModel::Kind::Event;
}

QString MessageRowPainter::cellText(const QModelIndex &cell) {
  const QString text = cell.data(Qt::DisplayRole).toString().left(mostCharacters);
  const auto kind = kindOf(cell);
  switch (cell.column()) {
    case MessageTreeModel::StatusColumn:
      if (kind == MessageTreeModel::Kind::Message) return withGlyph(Theme::glyph(statusOf(cell)), text);
      if (cell.data(MessageTreeModel::HasErrorRole).toBool()) return withGlyph(Theme::glyph(Status::Error), text);
      return text;
    case MessageTreeModel::DirectionColumn: {
      const QVariant direction = cell.data(MessageTreeModel::DirectionRole);
      if (kind != MessageTreeModel::Kind::Message || text.isEmpty() || !direction.isValid()) return text;
      return withGlyph(Theme::arrow(static_cast<Direction>(direction.toInt())), text);
    }
    case MessageTreeModel::SummaryColumn:
      return kind == MessageTreeModel::Kind::Event ? withGlyph(Theme::glyph(eventOf(cell)), text) : text;
    default:
      // A column of fields has a sign of its own.
      if (cell.column() < MessageTreeModel::ColumnCount || !cell.data(MessageTreeModel::HasErrorRole).toBool()) {
        return text;
      }
      return withGlyph(Theme::glyph(Status::Error), text);
  }
}

MessageRowPainter::Look MessageRowPainter::lookOf(const ShownRow &row) const {
  Look look{palette_.color(group_, QPalette::Text), palette_.color(group_, QPalette::Base), font_};
  if (row.isAlternate) look.background = palette_.color(group_, QPalette::AlternateBase);
  switch (kindOf(row.index)) {
    case MessageTreeModel::Kind::Message: {
      const QVariant direction = row.index.data(MessageTreeModel::DirectionRole);
      if (direction.isValid()) {
        const QColor tint = theme_.direction(static_cast<Direction>(direction.toInt()));
        look.background = row.isAlternate ? (theme_.isDark() ? tint.lighter(112) : tint.darker(103)) : tint;
      }
      const Status status = statusOf(row.index);
      if (const QColor color = theme_.status(status); color.isValid()) look.text = color;
      if (status == Status::Incomplete) look.font.setItalic(true);
      break;
    }
    case MessageTreeModel::Kind::Event:
      look.text = theme_.event(eventOf(row.index));
      break;
    case MessageTreeModel::Kind::Part:
    case MessageTreeModel::Kind::Field:
      if (row.index.data(MessageTreeModel::HasErrorRole).toBool()) look.text = theme_.status(Status::Error);
      break;
  }
  if (row.mark) look.background = Theme::mixed(theme_.mark(*row.mark), look.background, markTint);
  if (row.isSelected) {
    look.background = palette_.color(group_, QPalette::Highlight);
    look.text = palette_.color(group_, QPalette::HighlightedText);
  }
  return look;
}

QRect MessageRowPainter::columnRect(int column, int y) const {
  return {header_->sectionViewportPosition(column), y, header_->sectionSize(column), rowHeight_};
}

QRect MessageRowPainter::arrowRect(int depth, int y) const {
  return {header_->sectionViewportPosition(MessageTreeModel::NumberColumn) + depth * indent_, y, indent_, rowHeight_};
}

bool MessageRowPainter::hasSwatch(const ShownRow &row) const {
  if (row.depth == 0) return false;
  const auto kind = kindOf(row.index);
  return kind == MessageTreeModel::Kind::Part || kind == MessageTreeModel::Kind::Field;
}

int MessageRowPainter::treeTextStart(const ShownRow &row) const {
  const int start = (row.depth + 1) * indent_;
  return hasSwatch(row) ? start + rowHeight_ * 2 / 3 + padding : start;
}

/// Room for the sign of a mark, at the right of what stands first.
int MessageRowPainter::markWidth(const ShownRow &row) const {
  return row.mark ? metrics_.height() : 0;
}

QRect MessageRowPainter::spanRect(int y) const {
  int left = 0;
  for (int visual = 0; visual < header_->count(); ++visual) {
    const int column = header_->logicalIndex(visual);
    if (!standsBeforeSpan(column)) break;
    if (!header_->isSectionHidden(column)) left = header_->sectionPosition(column) + header_->sectionSize(column);
  }
  left -= header_->offset();
  const int right = std::max(viewport_->width(), header_->length() - header_->offset());
  return {left, y, right - left, rowHeight_};
}

QRect MessageRowPainter::textRect(const ShownRow &row, int column, int y) const {
  if (column == MessageTreeModel::SummaryColumn && isSpanning(row.index)) return spanRect(y).adjusted(padding, 0, 0, 0);
  QRect rect = columnRect(column, y);
  if (column == MessageTreeModel::NumberColumn) {
    // A part or field has no time and no direction, and of columns of fields nothing where they are of messages: its
    // name may use their place.
    for (int visual = header_->visualIndex(column) + 1; row.depth > 0 && visual < header_->count(); ++visual) {
      const int next = header_->logicalIndex(visual);
      const bool isOfField = next >= MessageTreeModel::ColumnCount;
      if (!isEmptyBelowMessages(next) && !(isOfField && cellText(row.index.siblingAtColumn(next)).isEmpty())) break;
      rect.setRight(rect.right() + header_->sectionSize(next));
    }
    return rect.adjusted(treeTextStart(row), 0, -padding - markWidth(row), 0);
  }
  return rect.adjusted(padding, 0, -padding, 0);
}

int MessageRowPainter::neededWidth(const ShownRow &row, int column) const {
  const QFontMetrics metrics(lookOf(row).font);
  const int text = metrics.horizontalAdvance(cellText(row.index.siblingAtColumn(column))) + 2 * padding + 2;
  return column == MessageTreeModel::NumberColumn ? text + treeTextStart(row) + markWidth(row) : text;
}

void MessageRowPainter::paintText(QPainter &painter, const QRect &rect, const QString &text,
                                  Qt::Alignment alignment) const {
  if (text.isEmpty() || rect.width() <= 0) return;
  // No character is wider than a line is high (nearly): what is short needs no measuring, and measuring is what costs.
  const QFontMetrics &metrics = metrics_;
  const bool surelyFits = text.size() * metrics.height() < rect.width();
  const QString shown = surelyFits ? text : metrics.elidedText(text, Qt::ElideRight, rect.width());
  int x = rect.left();
  if (alignment & Qt::AlignRight) x = rect.right() + 1 - metrics.horizontalAdvance(shown);
  painter.drawText(std::max(x, rect.left()), rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent(),
                   shown);
}

void MessageRowPainter::paintTree(QPainter &painter, const ShownRow &row, int y) const {
  const QRect cell = columnRect(MessageTreeModel::NumberColumn, y);
  painter.save();
  painter.setClipRect(cell, Qt::IntersectClip);
  if (row.hasChildren) {
    QStyleOption option;
    option.initFrom(viewport_);
    option.rect = arrowRect(row.depth, y);
    option.state |= QStyle::State_Children | QStyle::State_Item;
    option.state.setFlag(QStyle::State_Open, row.isOpen);
    option.state.setFlag(QStyle::State_Selected, row.isSelected);
    style_->drawPrimitive(QStyle::PE_IndicatorBranch, &option, &painter, viewport_);
  }
  if (hasSwatch(row)) {
    const bool isPart = kindOf(row.index) == MessageTreeModel::Kind::Part;
    const QVariant field = row.index.data(MessageTreeModel::FieldIndexRole);
    QColor color;
    if (isPart) {
      color = theme_.part(static_cast<PartRole>(row.index.data(MessageTreeModel::PartRoleRole).toInt()));
    } else if (field.isValid() && field.toInt() >= 0) {
      color = theme_.field(field.toInt());
    }
    const int side = rowHeight_ * 2 / 3;
    const QRect swatch(arrowRect(row.depth + 1, y).left(), y + (rowHeight_ - side) / 2, side, side);
    // What has no colour of its own (a payload, padding) keeps an outline: nothing is said by colour alone.
    painter.setPen(theme_.mutedText());
    painter.setBrush(color.isValid() ? QBrush(color) : QBrush(Qt::NoBrush));
    painter.drawRect(swatch.adjusted(0, 0, -1, -1));
  }
  painter.restore();
}

void MessageRowPainter::paint(QPainter &painter, const ShownRow &row, int y) const {
  const Look look = lookOf(row);
  const int width = std::max(viewport_->width(), header_->length() - header_->offset());
  const QRect line(0, y, width, rowHeight_);
  painter.fillRect(line, look.background);
  paintTree(painter, row, y);

  painter.setFont(look.font);
  painter.setPen(look.text);
  const bool spanning = isSpanning(row.index);
  const QRect seen = viewport_->rect();
  for (int column = 0; column < header_->count(); ++column) {
    const bool isSpan = spanning && column == MessageTreeModel::SummaryColumn;
    if (!isSpan && (header_->isSectionHidden(column) || (spanning && !standsBeforeSpan(column)))) continue;
    const QRect rect = textRect(row, column, y);
    if (spanning && !isSpan && rect.left() >= spanRect(y).left()) continue;
    if (!rect.intersects(seen)) continue;
    const QModelIndex cell = row.index.siblingAtColumn(column);
    paintText(painter, isSpan ? rect.intersected(seen) : rect, cellText(cell),
              isSpan ? Qt::Alignment(Qt::AlignLeft) : messageCellAlignment(cell));
  }

  if (row.mark && !header_->isSectionHidden(MessageTreeModel::NumberColumn)) {
    const QRect beside = textRect(row, MessageTreeModel::NumberColumn, y);
    painter.setPen(row.isSelected ? look.text : theme_.mark(*row.mark));
    painter.drawText(QRect(beside.right(), y, markWidth(row), rowHeight_), Qt::AlignCenter | Qt::TextDontClip,
                     Theme::glyph(*row.mark));
  }
  if (row.isFound) {
    // A bar at the right edge, where no status stands.
    painter.fillRect(QRect(viewport_->width() - 5, y + 2, 5, rowHeight_ - 4), theme_.foundEdge());
  }
  // The edge says in shape what the colour says: dashed, more is to come; solid, here framing failed.
  if (kindOf(row.index) == MessageTreeModel::Kind::Message && statusOf(row.index) != Status::Complete) {
    const Status status = statusOf(row.index);
    QPen edge(row.isSelected ? look.text : theme_.status(status), 3);
    edge.setCapStyle(Qt::FlatCap);
    if (status == Status::Incomplete) edge.setDashPattern({1.0, 0.8});
    painter.setPen(edge);
    painter.drawLine(QLineF(1.5, y + 1, 1.5, y + rowHeight_ - 1));
  }
  if (row.isCurrent && group_ == QPalette::Active) {
    QStyleOptionFocusRect option;
    option.initFrom(viewport_);
    option.rect = line.intersected(seen);
    option.backgroundColor = look.background;
    option.state |= QStyle::State_KeyboardFocusChange;
    style_->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, viewport_);
  }
}

}  // namespace octetscope

// MessageRowPainter: draws one row of the message list: background, arrow, swatch, texts. It knows where everything
// stands, so that a click finds what was drawn. A value for the length of one painting; owns nothing.
#pragma once

#include "widgets/theme/theme.h"

#include <QFont>
#include <QFontMetrics>
#include <QModelIndex>
#include <QPalette>

#include <optional>

class QHeaderView;
class QPainter;
class QStyle;
class QWidget;

namespace octetscope {

/// A row as it is to be drawn; `index` is its first column.
struct ShownRow {
  QModelIndex index;
  int depth = 0;
  bool hasChildren = false;
  bool isOpen = false;
  bool isSelected = false;
  bool isCurrent = false;
  bool isAlternate = false;
  bool isFound = false;                ///< a search found something in its bytes
  std::optional<MarkColor> mark = {};  ///< the user marked it, or something in it
};

class MessageRowPainter {
 public:
  /// Draws into `viewport`, in columns as `header` has them, rows `rowHeight` logical pixels high.
  MessageRowPainter(const QWidget *viewport, const QHeaderView *header, int rowHeight, bool hasFocus);

  void paint(QPainter &painter, const ShownRow &row, int y) const;

  /// Where the arrow of a row at `y` stands, whether it has one or not.
  QRect arrowRect(int depth, int y) const;
  /// Where a cell's text stands (behind arrow and swatch).
  QRect textRect(const ShownRow &row, int column, int y) const;
  /// The width in pixels a cell would need, arrow and swatch included.
  int neededWidth(const ShownRow &row, int column) const;

  /// A cell's text as it is shown: with its glyph or arrow. At most `mostCharacters`.
  static QString cellText(const QModelIndex &cell);
  static constexpr qsizetype mostCharacters = 2000;
  /// True for a row whose text runs over all columns but the number and the times.
  static bool isSpanning(const QModelIndex &row);

 private:
  struct Look {
    QColor text;
    QColor background;
    QFont font;
  };
  Look lookOf(const ShownRow &row) const;
  int treeTextStart(const ShownRow &row) const;
  int markWidth(const ShownRow &row) const;
  bool hasSwatch(const ShownRow &row) const;
  void paintTree(QPainter &painter, const ShownRow &row, int y) const;
  void paintText(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment alignment) const;
  QRect spanRect(int y) const;
  QRect columnRect(int column, int y) const;

  const QWidget *viewport_;
  const QHeaderView *header_;
  QStyle *style_;
  Theme theme_;
  QPalette palette_;
  QPalette::ColorGroup group_;
  QFont font_;
  QFontMetrics metrics_;
  int rowHeight_;
  int indent_;
};

}  // namespace octetscope

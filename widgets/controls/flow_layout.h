// FlowLayout: puts its items into rows like words in a paragraph, so that a panel stays usable at any width.
#pragma once

#include <QLayout>

namespace octetscope {

class FlowLayout : public QLayout {
 public:
  enum class Mode {
    Natural,  ///< each item as wide as it asks for; items aligned right stand at the right end of their row
    Columns,  ///< columns of the same width that fill the row
  };

  /// `columnWidth`: the least width of a column in pixels (Columns alone).
  explicit FlowLayout(Mode mode, int columnWidth = 150, QWidget *parent = nullptr);
  ~FlowLayout() override;

  void addItem(QLayoutItem *item) override;
  int count() const override { return static_cast<int>(items_.size()); }
  QLayoutItem *itemAt(int index) const override { return items_.value(index); }
  QLayoutItem *takeAt(int index) override;
  Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize minimumSize() const override;
  QSize sizeHint() const override;
  void setGeometry(const QRect &rect) override;

 private:
  struct Row {
    qsizetype first = 0;
    qsizetype count = 0;
    int width = 0;
    int height = 0;
  };
  /// Items that take part: those hidden do not.
  QList<QLayoutItem *> shown() const;
  int columnsIn(int width, qsizetype count) const;
  QList<Row> rows(const QList<QLayoutItem *> &items, int width) const;
  int gap() const { return spacing() < 0 ? 6 : spacing(); }

  Mode mode_;
  int columnWidth_;
  QList<QLayoutItem *> items_;
};

}  // namespace octetscope

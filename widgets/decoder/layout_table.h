// LayoutTable: a small window that shows a LAYOUT field by field: name, type in words, offset and size.
#pragma once

#include "model/structs/layout.h"

#include <QFrame>

class QLabel;
class QTableWidget;

namespace octetscope {

class LayoutTable : public QFrame {
  Q_OBJECT
 public:
  explicit LayoutTable(QWidget *parent = nullptr);

  void setLayoutShown(const Layout &layout);
  /// Opens it under `anchor`, on the screen, with the keyboard in the table. Escape closes it.
  void popUpUnder(QWidget *anchor);
  QTableWidget *table() const { return table_; }

 private:
  QLabel *prefix_;
  QTableWidget *table_;
  QLabel *total_;
};

}  // namespace octetscope

// MessageDifferences: chooses the two messages that are compared byte by byte: the first and the last of the selected
// rows; or one now, and the other when it is found. Opens the window that shows them.
#pragma once

#include "widgets/difference/difference_window.h"

#include <QObject>
#include <QPointer>

#include <optional>

class QModelIndex;

namespace octetscope {

class MainWindow;

class MessageDifferences : public QObject {
  Q_OBJECT
 public:
  explicit MessageDifferences(MainWindow *window);

  /// Null before it was first asked for.
  DifferenceWindow *window() const { return differences_; }
  /// What is chosen to be compared with another; none: nothing is.
  const std::optional<DifferenceWindow::Compared> &first() const { return first_; }

 private:
  void choose();
  void open(DifferenceWindow::Compared left, DifferenceWindow::Compared right);
  void updateEnabled();
  std::optional<DifferenceWindow::Compared> comparedAt(const QModelIndex &row) const;

  MainWindow *const window_;
  std::optional<DifferenceWindow::Compared> first_;
  QPointer<DifferenceWindow> differences_;
};

}  // namespace octetscope

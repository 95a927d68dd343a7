// Plots: Capture ▸ Plots: opens the window of charts, has it follow what is shown, and goes to the message it points
// at.
#pragma once

#include "widgets/plots/plots_window.h"

#include <QObject>
#include <QPointer>

namespace octetscope {

class MainWindow;

class Plots : public QObject {
  Q_OBJECT
 public:
  explicit Plots(MainWindow *window);

  void open();
  void openWith(const PlotChoice &choice);
  /// Null before it was first asked for.
  PlotsWindow *window() const { return plots_; }

 private:
  void follow();
  void remember();
  void goTo(Direction direction, quint64 number);

  MainWindow *const window_;
  QPointer<PlotsWindow> plots_;
};

}  // namespace octetscope

// Statistics: Capture ▸ Statistics: opens the window of statistics, and has it follow what is shown.
#pragma once

#include "widgets/statistics/statistics_window.h"

#include <QObject>
#include <QPointer>

namespace octetscope {

class MainWindow;

class Statistics : public QObject {
  Q_OBJECT
 public:
  explicit Statistics(MainWindow *window);

  void open();
  /// Null before it was first asked for.
  StatisticsWindow *window() const { return statistics_; }

 private:
  void follow();

  MainWindow *const window_;
  QPointer<StatisticsWindow> statistics_;
};

}  // namespace octetscope

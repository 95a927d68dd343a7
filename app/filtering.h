// Filtering: Edit ▸ Filter messages and what belongs to it: filters made from what is selected in the message list, and
// Help ▸ Filters. The bar itself, and what it filters, is the view's.
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>

class QAction;

namespace octetscope {

class FilterHelpWindow;
class MainWindow;

class Filtering : public QObject {
  Q_OBJECT
 public:
  explicit Filtering(MainWindow *window);

  void updateEnabled();
  /// What the menu of a row in the message list offers besides.
  QList<QAction *> aboutRow() const;
  /// Help ▸ Filters.
  void openHelp();
  /// Null before it was first asked for.
  FilterHelpWindow *help() const;

 private:
  /// To what filters already.
  enum class Joined { Alone, And, Or };
  void filterForValue(Joined how, bool isNot);
  QString selectedValue() const;

  MainWindow *const window_;
  QAction *separator_;
  QPointer<FilterHelpWindow> help_;
};

}  // namespace octetscope

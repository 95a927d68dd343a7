// Marking: Edit ▸ Mark and the list of marks: what the user marks, goes to and takes away. Every change is a step of
// the capture's history. Shows the marks of the connection that is shown in all its views.
#pragma once

#include "model/items/connection_marks.h"

#include <QList>
#include <QObject>

#include <memory>

class QAction;

namespace octetscope {

class DecodeHistory;
class MainWindow;
class MarkKeeper;
class MarksPane;

class Marking : public QObject {
  Q_OBJECT
 public:
  Marking(MainWindow *window, MarksPane *pane, DecodeHistory *history);
  ~Marking() override;

  void updateEnabled();
  MarkKeeper *keeper() const { return keeper_.get(); }
  /// Of what is shown; null where nothing is.
  const ConnectionMarks *shown() const { return shown_.get(); }

 private:
  void follow();
  std::optional<MarkPlace> selectedPlace() const;
  std::optional<Mark> markOfSelection() const;
  bool mayMark();
  void toggle();
  void writeNote();
  void setColor(MarkColor color);
  void change(const QList<MarkChange> &changes, const QString &words);
  void put(const Mark &mark);
  void remove(const QList<Mark> &marks);
  void go(int by);
  void goTo(const MarkPlace &place);
  void openList();

  MainWindow *const window_;
  MarksPane *const pane_;
  DecodeHistory *const history_;
  std::unique_ptr<MarkKeeper> keeper_;
  std::unique_ptr<ConnectionMarks> shown_;
  MarkColor color_ = MarkColor::Green;  // the last one that was chosen
};

}  // namespace octetscope

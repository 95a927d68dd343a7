// Marking: Edit ▸ Mark and the list of marks: what the user marks, goes to and takes away. Every change is a step of
// the capture's history. Shows the marks of the connection that is shown in all its views.
#pragma once

#include "app/mark_targets.h"
#include "model/items/connection_marks.h"

#include <QList>
#include <QObject>

#include <memory>

class QAction;
class QMenu;

namespace octetscope {

class CopyCommands;
class DecodeHistory;
class MainWindow;
class MarkKeeper;
class MarksPane;

class Marking : public QObject {
  Q_OBJECT
 public:
  /// `copies` knows which part of the window is meant.
  Marking(MainWindow *window, MarksPane *pane, DecodeHistory *history, const CopyCommands *copies);
  ~Marking() override;

  void updateEnabled();
  /// What the menus of views offer about what is selected: to mark it, to write a note, to choose a colour.
  QList<QAction *> aboutSelection() const;
  MarkKeeper *keeper() const { return keeper_.get(); }
  /// Of what is shown; null where nothing is.
  const ConnectionMarks *shown() const { return shown_.get(); }

 private:
  void follow();
  void withTargets(std::function<void(const std::vector<MarkPlace> &places)> act);
  std::optional<Mark> markAt(const MarkPlace &place) const;
  QList<Mark> marksAt(const std::vector<MarkPlace> &places) const;
  void toggle();
  void writeNote();
  void setColor(MarkColor color);
  void change(const QList<MarkChange> &changes, const QString &words);
  void put(const QList<Mark> &marks);
  void chooseColor(MarkColor color);
  void remove(const QList<Mark> &marks);
  void go(int by);
  void goTo(const MarkPlace &place);
  void openList();

  MainWindow *const window_;
  MarksPane *const pane_;
  DecodeHistory *const history_;
  const MarkTargets targets_;
  QMenu *const colorMenu_;
  std::unique_ptr<MarkKeeper> keeper_;
  std::unique_ptr<ConnectionMarks> shown_;
  MarkColor color_ = MarkColor::Green;  // the last one that was chosen
};

}  // namespace octetscope

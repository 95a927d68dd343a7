// DecodeHistory: undo and redo of how captures are read, and of what is marked in them. Every change of decode settings
// or marks that the user makes goes through it: it applies the change and keeps it as a step, in a history for each
// capture. Owns the histories; a capture's goes with it.
#pragma once

#include "app/workspace.h"
#include "model/items/selection_hub.h"

#include <QHash>
#include <QPointer>

class QUndoGroup;
class QUndoStack;

namespace octetscope {

class DecodeHistory : public QObject {
  Q_OBJECT
 public:
  /// Where the user was when a step was made. Undoing it goes back there.
  struct Place {
    int connection = -1;
    std::optional<Selection> selection = {};  ///< a change of settings forgets its message: only bytes stay the same
  };

  explicit DecodeHistory(Workspace *workspace, QObject *parent = nullptr);
  ~DecodeHistory() override;

  /// Whose steps undo() and redo() take. Null: those of the settings for captures to come.
  void setCapture(Capture *capture);
  Capture *capture() const { return capture_; }

  /// Applies `after` and keeps it as a step. `words`: how it is called; empty: what the difference says. `typedIn`: the
  /// line it was typed in; what is typed in one go becomes one step, which is none at all once it is typed back.
  void change(const DecodeSettings &after, const Place &place, const QObject *typedIn = nullptr,
              const QString &words = {});
  /// The same for marks of the capture; nothing happens where there are no changes, or no capture.
  void changeMarks(const QList<MarkChange> &changes, const Place &place, const QString &words);
  /// What is typed from now on is another step.
  void endTyping();

  void undo();
  void redo();
  /// "Framing lines"; empty: there is nothing to undo, or redo.
  QString undoWords() const;
  QString redoWords() const;

 Q_SIGNALS:
  /// The words, or whether there are any, changed.
  void changed();
  /// A step was undone: back to where the user was. `restarts`: it was one of the places where framing starts again.
  void wentBack(const octetscope::DecodeHistory::Place &place, bool restarts);

 private:
  class Step;
  class MarkStep;
  QUndoStack *stackOf(Capture *capture);
  void apply(Capture *capture, const DecodeSettings &settings);

  Workspace *const workspace_;
  QUndoGroup *const group_;
  QHash<const Capture *, QUndoStack *> stacks_;
  Capture *capture_ = nullptr;
  int typing_ = 0;  // one number for what is typed in one go
  QPointer<const QObject> typedIn_;
};

}  // namespace octetscope

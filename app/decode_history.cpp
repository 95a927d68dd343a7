#include "app/decode_history.h"

#include "app/settings_words.h"

#include <QApplication>
#include <QUndoCommand>
#include <QUndoGroup>
#include <QUndoStack>
#include <QWidget>

namespace octetscope {

class DecodeHistory::Step : public QUndoCommand {
 public:
  /// `typing`: steps with the same number, not 0, become one.
  Step(DecodeHistory *history, Capture *capture, DecodeSettings before, DecodeSettings after, Place place, int typing,
       const QString &words)
      : QUndoCommand(words.isEmpty() ? settingsChangeWords(before, after) : words),
        history_(history),
        capture_(capture),
        before_(std::move(before)),
        after_(std::move(after)),
        place_(std::move(place)),
        typing_(typing) {
    if (place_.selection) place_.selection = place_.selection->withoutMessages();
  }

  int id() const override { return typing_ == 0 ? -1 : typing_; }
  bool mergeWith(const QUndoCommand *command) override {
    const auto *next = static_cast<const Step *>(command);
    after_ = next->after_;
    setText(settingsChangeWords(before_, after_));
    setObsolete(before_ == after_);
    return true;
  }
  void undo() override {
    history_->apply(capture_, before_);
    Q_EMIT history_->wentBack(place_, before_.restarts != after_.restarts);
  }
  void redo() override { history_->apply(capture_, after_); }

 private:
  DecodeHistory *const history_;
  Capture *const capture_;  // lives as long as the stack this is in
  const DecodeSettings before_;
  DecodeSettings after_;
  Place place_;
  const int typing_;
};

/// Its place keeps the message: when it is undone everything is read as it was when it was made.
class DecodeHistory::MarkStep : public QUndoCommand {
 public:
  MarkStep(DecodeHistory *history, Capture *capture, QList<MarkChange> changes, Place place, const QString &words)
      : QUndoCommand(words),
        history_(history),
        capture_(capture),
        changes_(std::move(changes)),
        place_(std::move(place)) {}

  void undo() override {
    QList<MarkChange> back;
    for (const MarkChange &change : changes_) back.prepend(change.reversed());
    capture_->marks().apply(back);
    Q_EMIT history_->wentBack(place_, false);
  }
  void redo() override { capture_->marks().apply(changes_); }

 private:
  DecodeHistory *const history_;
  Capture *const capture_;  // lives as long as the stack this is in
  const QList<MarkChange> changes_;
  Place place_;
};

DecodeHistory::DecodeHistory(Workspace *workspace, QObject *parent)
    : QObject(parent), workspace_(workspace), group_(new QUndoGroup(this)) {
  const auto tell = [this] { Q_EMIT changed(); };
  connect(group_, &QUndoGroup::indexChanged, this, tell);
  connect(group_, &QUndoGroup::undoTextChanged, this, tell);
  connect(group_, &QUndoGroup::redoTextChanged, this, tell);
  connect(qApp, &QApplication::focusChanged, this, &DecodeHistory::endTyping);
  setCapture(nullptr);
}

DecodeHistory::~DecodeHistory() {
  group_->disconnect(this);
}

QUndoStack *DecodeHistory::stackOf(Capture *capture) {
  QUndoStack *&stack = stacks_[capture];
  if (!stack) {
    stack = new QUndoStack(group_);
    if (capture) {
      connect(capture, &QObject::destroyed, this, [this, capture] {
        if (capture_ == capture) setCapture(nullptr);
        delete stacks_.take(capture);
      });
    }
  }
  return stack;
}

void DecodeHistory::setCapture(Capture *capture) {
  capture_ = capture;
  endTyping();
  group_->setActiveStack(stackOf(capture));
}

void DecodeHistory::apply(Capture *capture, const DecodeSettings &settings) {
  workspace_->chooseSettings(capture, settings);
}

void DecodeHistory::change(const DecodeSettings &after, const Place &place, const QObject *typedIn,
                           const QString &words) {
  const DecodeSettings &before = capture_ ? capture_->decodeSettings() : workspace_->newCaptureSettings();
  if (after == before) return;
  if (!typedIn || typedIn != typedIn_) endTyping();
  typedIn_ = typedIn;
  stackOf(capture_)->push(new Step(this, capture_, before, after, place, typedIn ? typing_ : 0, words));
}

void DecodeHistory::changeMarks(const QList<MarkChange> &changes, const Place &place, const QString &words) {
  if (!capture_ || changes.isEmpty()) return;
  endTyping();
  stackOf(capture_)->push(new MarkStep(this, capture_, changes, place, words));
}

void DecodeHistory::endTyping() {
  typedIn_.clear();
  ++typing_;
}

void DecodeHistory::undo() {
  endTyping();
  group_->undo();
}

void DecodeHistory::redo() {
  endTyping();
  group_->redo();
}

QString DecodeHistory::undoWords() const {
  return group_->undoText();
}

QString DecodeHistory::redoWords() const {
  return group_->redoText();
}

}  // namespace octetscope

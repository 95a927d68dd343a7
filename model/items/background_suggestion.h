// BackgroundSuggestion: finds the framings that fit a connection away from the window's thread, in slices, with
// progress, cancellable. One search at a time: starting another drops the one before, and nothing of it is heard any
// more. It may be deleted at any time.
#pragma once

#include "model/framing/suggestion/suggester.h"

#include <QObject>

class QThreadPool;

namespace octetscope {

class BackgroundSuggestion : public QObject {
  Q_OBJECT
 public:
  /// `pool`: where it works, null: the program's own; must outlive it.
  explicit BackgroundSuggestion(QObject *parent = nullptr, QThreadPool *pool = nullptr);
  ~BackgroundSuggestion() override;

  /// Looks at what the views hold now. Emits found() later, once, unless it is cancelled or replaced.
  void start(SuggestionInput input);
  /// Stops within one slice; nothing more is emitted.
  void cancel();
  bool isRunning() const { return job_ != nullptr; }

 Q_SIGNALS:
  /// How much is done, 0 … 1; rising.
  void progressed(double done);
  /// What fits, best first; empty: nothing does.
  void found(const QList<octetscope::Suggestion> &suggestions);

 private:
  struct Job;
  static void run(const std::shared_ptr<Job> &job);
  void finish(const std::shared_ptr<Job> &job);

  QThreadPool *const pool_;
  std::shared_ptr<Job> job_;
};

}  // namespace octetscope

// TextCopier: puts text on the clipboard that may take a while to make: short text at once, long text in the
// background, so that the window never waits. It says what became of it. One at a time: a new copy drops the one under
// way, of which nothing is heard any more. It may be deleted at any time.
#pragma once

#include "model/result.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <memory>

namespace octetscope {

class TextCopier : public QObject {
  Q_OBJECT
 public:
  /// Makes the text; runs in another thread where it is long, and may give anything once it is cancelled.
  using Make = std::function<Result<QString>(const std::atomic<bool> &isCancelled)>;
  /// Characters that are made at once: about a millisecond's.
  static constexpr quint64 mostAtOnce = 200'000;

  explicit TextCopier(QObject *parent = nullptr);
  ~TextCopier() override;

  /// `characters`: about how many it will be. `done`: what to say once the clipboard has them.
  void start(Make make, quint64 characters, const QString &done);
  /// The clipboard stays as it is.
  void cancel();
  bool isRunning() const { return job_ != nullptr; }

 Q_SIGNALS:
  /// What was copied, or why not, or that it takes a moment: a sentence.
  void said(const QString &words);

 private:
  struct Job;
  void finish(const std::shared_ptr<Job> &job, const Result<QString> &text);
  void put(const Result<QString> &text, const QString &done);

  std::shared_ptr<Job> job_;
};

}  // namespace octetscope

// BackgroundSearch: finds the nearest place of a pattern in a snapshot away from the window's thread, in slices, with
// progress, cancellable. One search at a time: starting another drops the one before, and nothing of it is heard any
// more.
#pragma once

#include "model/bytes/byte_store.h"
#include "model/search/search_pattern.h"

#include <QObject>

#include <memory>

namespace octetscope {

class BackgroundSearch : public QObject {
  Q_OBJECT
 public:
  enum class Toward : quint8 { End, Begin };
  static constexpr quint64 sliceSize = 4ULL << 20;

  explicit BackgroundSearch(QObject *parent = nullptr);
  ~BackgroundSearch() override;

  /// Looks for the occurrence nearest to `from`: toward the end the first that begins at or after it, toward the begin
  /// the last that begins before it; then, past the end or begin, on from the other side.
  /// Emits found() or notFound() later, once, unless it is cancelled or replaced.
  void start(ByteSnapshot bytes, SearchPattern pattern, quint64 from, Toward toward);
  /// Stops within one slice; nothing more is emitted.
  void cancel();
  bool isRunning() const { return job_ != nullptr; }

 Q_SIGNALS:
  /// `searched` of `total` bytes were looked at; at most once a slice.
  void progressed(quint64 searched, quint64 total);
  /// `wrapped`: it lies on the other side, the search went past the end or begin.
  void found(octetscope::ByteRange range, bool wrapped);
  void notFound();
  /// A regular expression took too many steps at byte `at`.
  void gaveUp(quint64 at);

 private:
  struct Job;
  static void run(const std::shared_ptr<Job> &job);
  void finish(const std::shared_ptr<Job> &job);

  std::shared_ptr<Job> job_;
};

}  // namespace octetscope

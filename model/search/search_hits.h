// SearchHits: all places where a pattern lies in bytes that may grow, found in the background, in slices, from the
// first byte on. How many, which is the next, which lie on a page: asked of a sorted table, at the price of a look-up.
// Eight bytes a hit.
#pragma once

#include "model/bytes/append_only_table.h"
#include "model/bytes/byte_store.h"
#include "model/search/search_pattern.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

class QThreadPool;

namespace octetscope {

class SearchHits : public QObject {
  Q_OBJECT
 public:
  /// Where it stops: ten million messages may each have one.
  static constexpr quint64 mostHits = 16'000'000;

  /// `pool`: where it looks; null: the global one.
  explicit SearchHits(QObject *parent = nullptr, QThreadPool *pool = nullptr);
  ~SearchHits() override;

  /// Looks for another pattern; none: for nothing.
  void setPattern(std::optional<SearchPattern> pattern);
  const std::optional<SearchPattern> &pattern() const { return pattern_; }
  /// Looks through other bytes.
  void setBytes(const ByteSnapshot &bytes);
  /// The same bytes and more: it goes on. Fewer of them, as in the past: it has only the hits that lie in them.
  void advance(const ByteSnapshot &bytes);

  /// Hits known up to now that lie in the bytes set last.
  quint64 count() const;
  /// Hit `number` < count(), in the order of their begins.
  SearchHit at(quint64 number) const;
  /// Number of the first hit that begins at or behind `offset`; count() where none is known.
  quint64 numberAt(quint64 offset) const;
  /// Appends those that overlap `range`, rising, `most` at most.
  void within(ByteRange range, std::vector<ByteRange> &ranges, std::size_t most = ~std::size_t(0)) const;
  /// True when one begins in `range`. O(log).
  bool hasOneIn(ByteRange range) const;

  /// Bytes before this were looked at.
  quint64 searched() const;
  quint64 size() const { return bytes_.size(); }
  /// All hits are known.
  bool isComplete() const;
  /// It stopped at mostHits.
  bool isFull() const;
  /// Where a regular expression took too many steps, and looking ended.
  std::optional<quint64> gaveUpAt() const;

 Q_SIGNALS:
  /// Hits came, or all went; at most every few milliseconds.
  void changed();

 private:
  struct Job;
  static void run(const std::shared_ptr<Job> &job, ByteSnapshot bytes);
  void restart();
  void launch();
  void sliceEnded();

  QThreadPool *const pool_;
  std::optional<SearchPattern> pattern_;
  ByteSnapshot bytes_;
  std::shared_ptr<Job> job_;  // of the pattern and the bytes; null where nothing is looked for
  bool isRunning_ = false;
};

}  // namespace octetscope

// SortRun: sorts rows of one generation of a connection's decoding by what a name says of their messages, in slices,
// away from the window's thread. Runs of keys are sorted as they are read, and merged; text that is the same in front
// is read on. 24 bytes a row while it works.
#pragma once

#include "model/filter/filter_value_reader.h"
#include "model/filter/sort_key.h"
#include "model/items/decode_run.h"
#include "model/items/message_cursor.h"
#include "model/items/sorted_rows.h"

#include <atomic>
#include <optional>
#include <vector>

namespace octetscope {

class SortRun {
 public:
  /// What is to be sorted.
  struct Task {
    std::shared_ptr<const FilterValueReader> reader;
    std::shared_ptr<const DecodeRun> decoded;
    std::shared_ptr<const Connection> connection;
    DecodeStep step;                                  ///< what is shown
    quint64 end = 0;                                  ///< rows below this, which are in `step`
    std::optional<std::vector<quint64>> listed = {};  ///< those of them that are, 64 in a word; none: all
    /// Not null: that is mended. Its rows in `gone` go, those in `added`, which are all there are behind its covered()
    /// and some of those before, are put where they belong. Both rise.
    std::shared_ptr<const SortedRows> base = {};
    std::vector<quint32> gone = {};
    std::vector<quint32> added = {};
  };
  /// Text is told apart by its first bytes.
  static constexpr quint64 mostOfText = 256;

  explicit SortRun(Task task);

  /// Works on for about `milliseconds`. True: it is done. One thread at a time.
  bool work(int milliseconds);
  /// Any thread: it is not wanted any more.
  void cancel() { isCancelled_.store(true, std::memory_order_relaxed); }
  bool isCancelled() const { return isCancelled_.load(std::memory_order_relaxed); }
  /// Any thread: how much is done, 0 to 1.
  double progress() const;
  /// Once it is done.
  std::shared_ptr<const SortedRows> result() const { return result_; }

 private:
  struct Entry {
    SortKey key;
    quint32 row;
    auto operator<=>(const Entry &) const = default;
  };
  struct Run {
    std::vector<Entry> entries;
    std::size_t at = 0;
  };
  static constexpr std::size_t rowsOfRun = 1 << 17;

  std::optional<SortKey> keyOf(quint64 row, quint64 skip);
  bool isListed(quint64 row) const;
  bool read(quint64 row);
  void closeRun();
  void startMerging();
  bool takeNext();
  void closeTies();
  void sortTies(std::size_t first, std::size_t end);
  void finish();
  void mend();
  std::size_t placeFor(const Entry &entry, const std::vector<quint32> &rows, quint64 valued);
  std::optional<std::strong_ordering> orderOf(const Entry &a, quint32 b);

  const Task task_;
  const std::array<FilterStream, 2> streams_;  // of task_.step
  std::array<MessageCursor, 2> cursors_;
  std::array<MessageCursor, 2> lookups_;  // of rows in no order
  std::atomic<bool> isCancelled_ = false;
  std::atomic<quint64> done_ = 0;  // rows read, and rows merged
  quint64 next_ = 0;               // row
  std::vector<Run> runs_;
  std::vector<Entry> open_;  // the run that is being read
  std::vector<quint32> missing_;
  std::vector<std::size_t> heap_;  // of runs that are not merged, the one with the least entry in front
  bool isMerging_ = false;
  std::vector<quint32> rows_;
  SortKey lastKey_;
  std::size_t tiesFrom_ = 0;  // where those that are the same as the last one, as far as was read, begin
  std::shared_ptr<const SortedRows> result_;
};

}  // namespace octetscope

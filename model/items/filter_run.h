// FilterRun: one filter over one generation of a connection's decoding: it judges rows in their order, in slices, away
// from the window's thread. One thread at a time works; what it gives is values.
#pragma once

#include "model/filter/filter_program.h"
#include "model/items/decode_run.h"
#include "model/items/message_cursor.h"

#include <atomic>

namespace octetscope {

/// What one slice of work found.
struct FilterFinding {
  quint64 from = 0;  ///< first row judged
  quint64 count = 0;
  std::vector<quint64> bits = {};  ///< of those rows, 64 in each
  /// The same by direction, of the messages among those rows: bits, and how many of them count, at most 64.
  std::array<std::vector<std::pair<quint64, quint64>>, 2> ofMessages = {};
  std::vector<std::pair<quint64, bool>> settled = {};  ///< rows judged before, whose message is final now
  std::array<std::optional<quint64>, 2> waiting = {};  ///< by direction: a row judged false for now, not final
  /// By direction: the last message of what is shown, which is not final there.
  struct Rest {
    quint64 row = 0;
    Message message;
    bool passes = false;
  };
  std::array<std::optional<Rest>, 2> rests = {};
  bool isComplete = true;  ///< every row that was there is judged
};

/// What filters know of one direction. `view` must outlive it, and have been taken before.
FilterStream filterStreamOf(const Connection &connection, Direction direction, const StreamView &view, qint64 startNs);
/// The same of both directions of a step.
std::array<FilterStream, 2> filterStreamsOf(const Connection &connection, const DecodeStep &step);

class FilterRun {
 public:
  FilterRun(std::shared_ptr<const FilterProgram> program, std::shared_ptr<const DecodeRun> decoded,
            std::shared_ptr<const Connection> connection);

  /// Judges on for about `milliseconds`. `live`: what is known; `shown`: what is published, the same or a moment of it.
  FilterFinding work(const DecodeStep &live, const DecodeStep &shown, int milliseconds);
  void cancel() { isCancelled_.store(true, std::memory_order_relaxed); }
  const std::shared_ptr<const DecodeRun> &decoded() const { return decoded_; }

 private:
  struct Cursor {
    MessageCursor messages;
    quint64 bits = 0;  // of its group
  };
  quint64 judge(const FilterStream &stream, quint64 first, quint64 count);
  quint64 judgeRows(const DecodeStep &live, const std::array<FilterStream, 2> &streams, quint64 row, quint64 count,
                    std::array<quint64, 2> &numbers, FilterFinding &slice);

  const std::shared_ptr<const FilterProgram> program_;
  const std::shared_ptr<const DecodeRun> decoded_;
  const std::shared_ptr<const Connection> connection_;
  std::array<Cursor, 2> cursors_;
  std::array<std::optional<std::pair<quint64, quint64>>, 2> waiting_;  // row and number
  quint64 judged_ = 0;
  std::atomic<bool> isCancelled_ = false;
};

}  // namespace octetscope

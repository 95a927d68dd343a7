// FilterProgram: an expression bound to what the messages are read with, ready to judge them, many at a time. Immutable
// and thread-safe. Conditions on sizes, places, times and status never touch the bytes; fields that always lie at the
// same place are read where they lie; nothing is allocated there.
//
// It reads a message's bytes and what the chunk table says, so its judgement of a final message never changes; the last
// message, which is not final, is to be judged again when it has grown.
#pragma once

#include "model/filter/filter_expression.h"
#include "model/filter/filter_scope.h"

#include <array>

namespace octetscope {

/// When the bytes of messages came, where the view's own chunk table does not say it: of joined payloads.
class FilterArrivals {
 public:
  virtual ~FilterArrivals() = default;
  virtual qint64 timeOf(ByteRange range) const = 0;     ///< of the first byte; noTime: not known
  virtual quint64 chunksOf(ByteRange range) const = 0;  ///< how many chunks carry it
};

/// The stream that the messages lie in.
struct FilterStream {
  const StreamView &view;
  Direction direction = Direction::In;
  int connection = 0;
  qint64 startNs = noTime;  ///< what `time` counts from
  QByteArray from = {};
  QByteArray to = {};
  ChunkView otherWay = {};  ///< of the other direction, at least those stamped up to the last of the view's
  const FilterArrivals *arrivals = nullptr;  ///< null: the view's chunk table
};

/// Neighbouring messages of one stream.
struct FilterBatch {
  static constexpr std::size_t most = 64;
  const FilterStream &stream;
  std::span<const Message> messages;  ///< in order, at most `most`
  quint64 first = 0;                  ///< number of the first of them
  const Message *before = nullptr;    ///< the message before them, for `delta`; null: there is none
};

class FilterProgram {
 public:
  /// `scopes` by direction. Errors: a name that no layout has and no format could have, a value that cannot fit.
  static FilterResult<std::shared_ptr<const FilterProgram>> create(const FilterExpression &expression,
                                                                   const std::array<FilterScope, 2> &scopes);
  ~FilterProgram();

  const FilterExpression &expression() const { return expression_; }
  /// Bit i: messages[i] passes.
  quint64 judge(const FilterBatch &batch) const;
  bool passes(const FilterStream &stream, const Message &message, quint64 number, const Message *before) const {
    return judge({stream, std::span(&message, 1), number, before}) != 0;
  }
  /// True where a judgement has to find fields by reading payloads from the front: it costs what they hold.
  bool isSlow(Direction direction) const;

 private:
  class Direct;
  explicit FilterProgram(FilterExpression expression);

  const FilterExpression expression_;
  std::array<std::unique_ptr<const Direct>, 2> directions_;
};

}  // namespace octetscope

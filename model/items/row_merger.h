// RowMerger: gives the messages of two directions and the events of a connection their rows, in the order in which
// their first bytes arrived. It appends a row only once nothing can come before it any more, so a row never moves.
#pragma once

#include "model/capture/stream.h"
#include "model/framing/message_index.h"
#include "model/framing/row_order.h"

#include <array>
#include <functional>

namespace octetscope {

class RowMerger {
 public:
  /// One direction, up to the moment that is merged: `view` holds what had arrived then, and nothing later.
  struct Source {
    const MessageIndex *index;
    const StreamView *view;
    bool isFramed;  ///< all of `view` is framed: what is not a final message is `rest`
    Message rest;   ///< size 0: none
    /// More bytes will be added to `view` by what has arrived already, none of them stamped before this.
    std::optional<qint64> moreFrom = {};
  };
  /// Events up to that moment: their stamps rise.
  struct Events {
    quint64 count;
    std::function<qint64(quint64)> timeOf;
  };

  /// Appends what is certain, until `isTimeUp` says so (asked now and then). True when there is nothing left to append
  /// but what framing still has to find.
  bool merge(RowOrder &rows, const Source &in, const Source &out, const Events &events,
             const std::function<bool()> &isTimeUp);
  /// Rows appended of a kind.
  quint64 count(RowKind kind) const { return next_[static_cast<std::size_t>(kind)]; }

 private:
  struct Candidate {
    qint64 time;
    RowKind kind;
    bool isReady;  // false: not known yet, but not before `time`
    bool comesBefore(const Candidate &other) const {
      return time != other.time ? time < other.time : kind < other.kind;
    }
  };
  Candidate candidateOf(RowKind kind, const Source &source);
  Message message(RowKind kind, const Source &source, quint64 number);
  quint64 seenFrom(RowKind kind, const Source &source, quint64 number);
  quint64 runEnd(const Candidate &first, const Source &source, const Candidate &bound);

  std::array<quint64, 3> next_ = {};         // by RowKind: the first one without a row
  std::array<MessageGroup, 2> groups_ = {};  // what the last look-up of each direction found
};

}  // namespace octetscope

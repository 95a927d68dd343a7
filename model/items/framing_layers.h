// The layers of a framing as views show them: each with the fields its messages have, and the messages that one holds,
// as far as the window can look for them at once.
#pragma once

#include "model/framing/field_source.h"
#include "model/framing/payload_stream.h"

#include <QList>

namespace octetscope {

struct FramingLayer {
  FramerPtr framer;
  FieldSource fields = {};
  bool isIndexed = false;  ///< fields are found by reading from the front: see FieldDecoder::indexed()
};

/// From the outermost framing, which is `framer`, in. `layout`: of the payloads of the innermost; null: none.
QList<FramingLayer> framingLayers(const FramerPtr &framer, const FieldDecoderPtr &layout);

/// How far a payload is read for the window: no event may take longer than a painted frame, whatever the bytes are.
inline constexpr FieldLimits shownFields{.values = 20'000, .bytes = 1 << 20};

/// How far messages are looked for in a payload.
struct InnerLimits {
  qsizetype messages = 1000;
  quint64 bytes = 4ULL << 20;
};

struct InnerMessages {
  PayloadStream payload;        ///< what they lie in; empty where there is none
  QList<Message> messages;      ///< in order, the last, not final one included
  bool hasMore = false;         ///< there are, or may be, others behind them
  QList<qsizetype> flaws = {};  ///< numbers of those that are not complete, rising

  /// What lies behind them, where it is not listed.
  ByteRange unlisted() const;
  /// The number of the one that holds `offset`, which counts as theirs do; none: no listed one does.
  std::optional<qsizetype> at(quint64 offset) const;
  /// The first one in [first, end) that is not complete.
  std::optional<qsizetype> firstFlaw(qsizetype first, qsizetype end) const;
};

/// What `inner` finds in the payload of `message`, a message of `framer`. Errors: the framer's.
Result<InnerMessages> innerMessages(const Framer &framer, const Framer &inner, const StreamView &stream,
                                    const Message &message, InnerLimits limits = {});
/// The same in a payload that is there already.
InnerMessages innerMessages(const Framer &inner, PayloadStream payload, InnerLimits limits = {});

}  // namespace octetscope

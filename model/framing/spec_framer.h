// SpecFramer: what every framer that a SPEC makes has in common: the SPEC, and the limit.
#pragma once

#include "model/framing/framer.h"
#include "model/framing/framing_words.h"
#include "model/framing/spec_values.h"

namespace octetscope {

class SpecFramer : public Framer {
 public:
  explicit SpecFramer(const SpecValues &values) : spec_(values.canonical()), max_(values.maxMessage()) {}
  QString spec() const final { return spec_; }
  quint64 maxMessage() const final { return max_; }

 protected:
  /// The bytes of `message`, as many as are here.
  static ByteView bytesOf(const StreamView &stream, const Message &message) {
    return stream.bytes.view(message.range());
  }
  /// How the stream ended, as far as `message` is concerned: Open where bytes follow it.
  static StreamEnd endFor(const StreamView &stream, const Message &message) {
    return message.end() == stream.size() ? stream.end : StreamEnd::Open;
  }
  /// "a message of 12 bytes is over the limit of 10", for encode().
  std::unexpected<Error> failOverLimit(quint64 size) const;

 private:
  QString spec_;
  quint64 max_;
};

/// Scans messages whose heads announce their sizes. `measured` says what the bytes from a message's begin on mean, as
/// far as they are here: isError(), isSized(), and then `size` of the whole; `messageOf` makes the message of that.
template <typename Measured, typename MessageOf>
void scanAnnounced(const StreamView &stream, ScanState &state, MessageBatch &out, Measured measured,
                   MessageOf messageOf) {
  while (state.at < stream.size()) {
    const ByteView here = stream.bytes.view({state.at, stream.size()});
    const auto measure = measured(here);
    state.stopped = measure.isError();
    if (!measure.isSized() || measure.size > WideInt(here.size())) return;
    const Message message = messageOf(measure, state.at, static_cast<quint64>(measure.size));
    state.at = state.scanned = message.end();
    if (!out.add(message)) return;
  }
}

/// What such a measure says of `message`: what is missing, or `errorWords()`.
template <typename Measure, typename ErrorWords>
Verdict verdictOf(const Measure &measure, const Message &message, ErrorWords errorWords) {
  if (measure.isError()) return {.needs = {}, .error = errorWords()};
  if (!measure.isSized()) return {};
  return {.needs = static_cast<quint64>(measure.size - message.size)};
}

/// Collects parts in order: keeps those that overlap `shown`, at most `most`, cut to what the message has here.
class PartCollector {
 public:
  PartCollector(const Message &message, ByteRange shown, int most)
      : here_(message.range()), shown_(here_.intersected(shown)), most_(most) {}
  void add(PartRole role, ByteRange range, const QString &name = {}, const QString &value = {}) {
    range = here_.intersected(range);
    if (!isFull() && !range.isEmpty() && range.overlaps(shown_)) parts_.append({role, range, name, value});
  }
  /// What is to be shown of the message.
  ByteRange shown() const { return shown_; }
  bool isFull() const { return parts_.size() >= most_; }
  QList<FramingPart> take() { return std::move(parts_); }

 private:
  ByteRange here_;
  ByteRange shown_;
  int most_;
  QList<FramingPart> parts_;
};

}  // namespace octetscope

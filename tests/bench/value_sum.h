// Sum: what the benchmarks of the engine make of all values, so that nothing of decoding can be left out; and the loop
// that frames, decodes and sums through the engine's public faces, for any framing and any layout.
#pragma once

#include "model/framing/framer.h"
#include "model/structs/layout.h"

#include <array>

namespace octetscope::bench {

struct Sum {
  quint64 count = 0;  ///< messages
  quint64 whole = 0;  ///< all that is no floating point number, modulo 2^64; strings by their sizes
  double real = 0;
  void operator()(quint64, qint64 v) { whole += static_cast<quint64>(v); }
  void operator()(quint64, quint64 v) { whole += v; }
  void operator()(quint64, double v) { real += v; }
  void operator()(quint64, bool v) { whole += v ? 1 : 0; }
  void operator()(quint64, ByteView v) { whole += v.size(); }
  void operator+=(const Sum &other) {
    count += other.count;
    whole += other.whole;
    real += other.real;
  }
  bool operator==(const Sum &) const = default;
};

/// Adds every value of the payloads at these offsets of `stream`, each of which has at least the layout's size.
template <typename Offsets>
inline void addColumns(const Layout &layout, const std::uint8_t *stream, const Offsets &offsets, Sum &sum) {
  layout.visitColumns(stream, offsets, [&sum](quint64 index, const auto &column) {
    Sum part;
    column.forEach([&part, index](auto value) { part(index, value); });
    sum += part;
  });
}

/// Adds every value of the batch's payloads that are long enough.
inline void addBatch(const Layout &layout, const StreamView &stream, const MessageBatch &batch, Sum &sum) {
  sum.count += batch.messages().size();
  if (batch.shortestPayload() >= layout.size()) {
    addColumns(layout, stream.bytes.data(), PayloadOffsets(batch.messages()), sum);
    return;
  }
  std::array<quint64, MessageBatch::capacity> offsets;
  std::size_t count = 0;
  for (const Message &message : batch.messages()) {
    if (message.payloadRange().size() >= layout.size()) offsets[count++] = message.payloadOffset;
  }
  addColumns(layout, stream.bytes.data(), std::span(offsets.data(), count), sum);
}

/// Frames what `stream` has behind `state` and adds every value.
inline void addStream(const Framer &framer, const Layout &layout, const StreamView &stream, ScanState &state,
                      Sum &sum) {
  MessageBatch batch;
  do {
    batch.start(state.at);
    framer.scan(stream, state, batch);
    addBatch(layout, stream, batch, sum);
  } while (batch.isFull());
}

}  // namespace octetscope::bench

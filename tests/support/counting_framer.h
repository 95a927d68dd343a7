// CountingFramer: lines, and how many bytes its scans looked at. For tests of who scans how much, and how often.
#pragma once

#include "model/framing/framer.h"

#include <algorithm>
#include <atomic>

namespace octetscope::test {

/// A message ends with a line feed. With `numbered` the state carries the number of lines so far, as framings do whose
/// messages depend on those before: a scan that goes on from a state without it gives wrong payload sizes.
class CountingFramer : public Framer {
 public:
  explicit CountingFramer(bool numbered = false) : numbered_(numbered) {}

  mutable std::atomic<quint64> scannedBytes = 0;

  QString spec() const override { return QStringLiteral("lines"); }
  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    const std::uint8_t *const data = stream.bytes.data();
    while (state.scanned < stream.size()) {
      const std::uint8_t *const end = data + stream.size();
      const std::uint8_t *const found = std::find(data + state.scanned, end, '\n');
      scannedBytes += static_cast<quint64>(found - (data + state.scanned));
      state.scanned = static_cast<quint64>(found - data);
      if (found == end) return;
      const quint64 size = ++state.scanned - state.at;
      if (numbered_) ++state.own[0];
      const Message message{state.at, size, state.at, size - 1 + (numbered_ ? state.own[0] : 0), Status::Complete};
      state.at = state.scanned;
      if (!out.add(message)) return;
    }
  }
  Message rest(const StreamView &stream, const ScanState &state) const override {
    const quint64 size = stream.size() - state.at;
    return {state.at, size, state.at, size, Status::Incomplete};
  }
  Verdict verdict(const StreamView &, const Message &) const override { return {}; }
  QList<FramingPart> parts(const StreamView &, const Message &, const ScanState &, ByteRange, int) const override {
    return {};
  }
  QString explain(const StreamView &, const Message &, quint64) const override { return {}; }
  QString because(const StreamView &, const Message &) const override { return {}; }
  Result<QByteArray> encode(QByteArrayView payload) const override { return payload.toByteArray() + '\n'; }
  quint64 maxMessage() const override { return ~0ULL; }
  bool scansBytes() const override { return true; }

 private:
  const bool numbered_;
};

}  // namespace octetscope::test

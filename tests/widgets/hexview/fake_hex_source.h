// A HexSource of the test's own making: any size without memory, with spans, edges and words that follow a rule.
#pragma once

#include "widgets/hexview/hex_source.h"

#include <map>

namespace octetscope::test {

/// Messages of `messageSize` bytes: 4 of length, 2 of field 0, 1 of field 1, 1 of padding, field 2 to the end. The last
/// one is incomplete where bytes are missing. A chunk ends every `chunkSize` bytes.
class FakeHexSource final : public HexSource {
 public:
  explicit FakeHexSource(quint64 size, quint64 messageSize = 42, quint64 chunkSize = 39)
      : size_(size), messageSize_(messageSize), chunkSize_(chunkSize) {}

  void setSize(quint64 size) {
    size_ = size;
    Q_EMIT advanced();
  }
  void setDamaged(bool damaged) {
    damaged_ = damaged;
    Q_EMIT advanced();
  }
  void setStatus(quint64 message, Status status) {
    statuses_[message] = status;
    Q_EMIT reread();
  }
  void setBytes(QByteArray bytes) {
    own_ = std::move(bytes);
    setSize(static_cast<quint64>(own_.size()));
  }

  /// Of the other direction.
  QByteArray otherBytes;
  ByteSnapshot otherSnapshot() const override { return ByteSnapshot::of(otherBytes); }

  /// noTime: as if from a file.
  qint64 startNs = 1'700'000'000'000'000'000;

  Direction direction() const override { return way; }
  quint64 size() const override { return size_; }
  ByteView bytes(ByteRange range) const override {
    const ByteRange part = range.intersected({0, size_});
    if (!own_.isEmpty()) return viewOf(own_).subspan(part.begin, part.size());
    buffer_.clear();
    for (quint64 offset = part.begin; offset < part.end; ++offset) buffer_.append(static_cast<char>(offset * 7));
    return viewOf(buffer_);
  }
  ByteSnapshot snapshot() const override { return ByteSnapshot::of(copyOf(bytes({0, std::min(size_, 1ULL << 24)}))); }
  bool isDamaged() const override { return damaged_; }
  void chunkEnds(ByteRange range, std::vector<quint64> &ends) const override {
    for (quint64 end = (range.begin / chunkSize_ + 1) * chunkSize_; end <= range.end; end += chunkSize_) {
      ends.push_back(end);
    }
  }
  void messageEnds(ByteRange range, std::vector<quint64> &ends) const override {
    for (quint64 end = (range.begin / messageSize_ + 1) * messageSize_; end <= range.end; end += messageSize_) {
      ends.push_back(end);
    }
  }
  void spans(ByteRange range, std::vector<HexSpan> &spans) const override {
    ++spanCalls;
    spanBytes += range.size();
    for (quint64 offset = range.begin; offset < range.end;) {
      const HexSpan span = spanAt(offset);
      spans.push_back(span);
      offset = span.range.end;
    }
  }
  HexPlace place(quint64 offset) const override {
    HexPlace place;
    const HexSpan span = spanAt(offset);
    place.what = span.kind == HexSpan::Kind::Framing   ? QStringLiteral("length")
                 : span.kind == HexSpan::Kind::Padding ? QStringLiteral("padding")
                                                       : QStringLiteral("field f%1").arg(span.field);
    place.value = QStringLiteral("<b>7</b>");
    place.message = offset / messageSize_;
    place.chunk = offset / chunkSize_;
    place.chunkRange = ByteRange::ofSize(*place.chunk * chunkSize_, chunkSize_);
    place.timeNs = 1'700'000'000'000'000'000;
    place.sinceStartNs = 1'500'000;
    return place;
  }
  ByteRange fieldRange(quint64 offset) const override { return spanAt(offset).range; }
  ByteRange messageRange(quint64 offset) const override { return rangeOfMessage(offset / messageSize_); }
  std::optional<quint64> messageNumberAt(quint64 offset) const override { return offset / messageSize_; }
  qint64 startTimeNs() const override { return startNs; }
  /// A chunk came every 10 ms.
  quint64 offsetAtTime(qint64 timeNs) const override {
    const qint64 after = std::max<qint64>(timeNs - startNs, 0);
    return std::min(static_cast<quint64>((after + 9'999'999) / 10'000'000) * chunkSize_, size_);
  }
  quint64 messageCount() const override { return (size_ + messageSize_ - 1) / messageSize_; }
  ByteRange rangeOfMessage(quint64 number) const override {
    return ByteRange::ofSize(number * messageSize_, messageSize_).intersected({0, size_});
  }

  Direction way = Direction::In;
  mutable int spanCalls = 0;
  mutable quint64 spanBytes = 0;

 private:
  HexSpan spanAt(quint64 offset) const {
    const quint64 message = offset / messageSize_;
    const quint64 begin = message * messageSize_;
    struct Piece {
      quint64 size;
      HexSpan::Kind kind;
      int field;
    };
    const Piece pieces[] = {{4, HexSpan::Kind::Framing, 0},
                            {2, HexSpan::Kind::Field, 0},
                            {1, HexSpan::Kind::Field, 1},
                            {1, HexSpan::Kind::Padding, 0},
                            {messageSize_ - 8, HexSpan::Kind::Field, 2}};
    HexSpan span;
    quint64 at = begin;
    for (const Piece &piece : pieces) {
      span.range = ByteRange::ofSize(at, piece.size).intersected({0, size_});
      span.kind = piece.kind;
      span.part = PartRole::Length;
      span.field = piece.field;
      if (offset < at + piece.size) break;
      at += piece.size;
    }
    span.isOdd = message % 2 == 1;
    const auto status = statuses_.find(message);
    if (status != statuses_.end()) span.status = status->second;
    if (begin + messageSize_ > size_) span.status = Status::Incomplete;
    return span;
  }

  quint64 size_;
  quint64 messageSize_;
  quint64 chunkSize_;
  bool damaged_ = false;
  std::map<quint64, Status> statuses_;
  QByteArray own_;
  mutable QByteArray buffer_;
};

}  // namespace octetscope::test

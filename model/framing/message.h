// Message, and what surrounds it in framing: the batch a scan fills and the state it remembers. Plain values.
#pragma once

#include "model/bytes/byte_view.h"

#include <QByteArray>
#include <QSharedData>
#include <QString>

#include <array>
#include <optional>

namespace octetscope {

enum class Status : quint8 {
  Complete,
  Incomplete,  ///< the end came first, or the rest is not there yet
  Error,       ///< the bytes break the framing's rule
};

/// payloadOffset of a payload that is no range of the stream (joined, unstuffed, decompressed), and of errors.
inline constexpr quint64 notInStream = ~0ULL;

/// Where one message lies. Offsets count from the start of its stream. Nothing is kept that can be derived.
struct Message {
  quint64 offset = 0;
  quint64 size = 0;  ///< bytes here
  quint64 payloadOffset = notInStream;
  quint64 payloadSize =
      0;  ///< after unstuffing, joining or decompressing; of an incomplete message: what is here of it
  Status status = Status::Complete;

  quint64 end() const { return offset + size; }
  ByteRange range() const { return {offset, offset + size}; }
  bool hasPayloadRange() const { return payloadOffset != notInStream; }
  ByteRange payloadRange() const {
    return hasPayloadRange() ? ByteRange::ofSize(payloadOffset, payloadSize) : ByteRange{offset, offset};
  }
  bool operator==(const Message &) const = default;
};

/// What a framer remembers that is more than numbers and large: a decompressor, say. Copies of a state share it, so a
/// scan goes on with it where it is its state's alone, and with a copy where it is not.
class ScanMemory : public QSharedData {
 public:
  ScanMemory() = default;
  ScanMemory(const ScanMemory &) = default;
  ScanMemory &operator=(const ScanMemory &) = delete;
  virtual ~ScanMemory() = default;
  /// Bytes of memory it fills.
  virtual quint64 memoryUsed() const = 0;
  /// True where another state has it, too. What that one's thread last read of it happened before a false.
  bool isShared() const { return ref.loadAcquire() != 1; }
};

/// What a scan remembers between calls, so that no byte is looked at twice however small the arrivals are.
struct ScanState {
  quint64 at = 0;       ///< end of the last message given out: the next one, or filler before it, begins here
  quint64 scanned = 0;  ///< bytes before this were looked at; >= at
  std::array<quint64, 4> own = {};  ///< the framer's own, all 0 between messages unless it says otherwise
  QByteArray more = {};             ///< the framer's own, where four numbers are not enough
  /// The framer's own, where it is a machine that has to go on; null between messages, unless it holds nothing of them.
  QExplicitlySharedDataPointer<ScanMemory> memory = {};
  bool stopped = false;  ///< an error without a marker: everything from `at` on is one message in error

  static ScanState startingAt(quint64 offset) { return {.at = offset, .scanned = offset}; }
};

/// The messages one call of scan() gives out. It is full after `most` messages, or once their bytes exceed `mostBytes`:
/// that cuts every scan into slices, and gives an index its checkpoints. Filler before a message does not fill it.
class MessageBatch {
 public:
  static constexpr int capacity = 64;
  static constexpr quint64 defaultBytes = 256 * 1024;

  /// Empties it. `from`: where the scan begins (ScanState::at). 1 <= most <= capacity.
  void start(quint64 from, int most = capacity, quint64 mostBytes = defaultBytes) {
    count_ = 0;
    shortest_ = notInStream;
    most_ = most;
    fullAt_ = from + mostBytes;
  }
  /// Adds one; false when the batch is now full and the scan must return, its state standing behind this message.
  bool add(const Message &message) {
    messages_[static_cast<std::size_t>(count_++)] = message;
    shortest_ = std::min(shortest_, message.hasPayloadRange() ? message.payloadSize : 0);
    return count_ < most_ && message.offset + message.size < fullAt_;
  }
  bool isFull() const {
    return count_ > 0 && (count_ >= most_ || messages_[static_cast<std::size_t>(count_ - 1)].end() >= fullAt_);
  }
  bool isEmpty() const { return count_ == 0; }
  std::span<const Message> messages() const { return {messages_.data(), static_cast<std::size_t>(count_)}; }
  /// The fewest bytes that the payload of any of them has in the stream; 0 where one has its payload elsewhere.
  quint64 shortestPayload() const { return shortest_; }

  /// Adds to a batch from a tight loop: its place stays in registers, and the batch has the messages once this is gone.
  class Writer {
   public:
    explicit Writer(MessageBatch &batch)
        : batch_(batch),
          next_(batch.messages_.data() + batch.count_),
          last_(batch.messages_.data() + batch.most_),
          shortest_(batch.shortest_) {}
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;
    ~Writer() {
      batch_.count_ = static_cast<int>(next_ - batch_.messages_.data());
      batch_.shortest_ = shortest_;
    }
    /// Where the batch is full however few messages it has: none may be added that begins there or behind.
    quint64 fullAt() const { return batch_.fullAt_; }
    /// Adds one that begins before fullAt(), and whose payload is a range of the stream or empty, to a batch that is
    /// not full; false when it has as many as it may have.
    bool add(const Message &message) {
      // Field by field: copied as a whole, it is first built on the stack and then waited for.
      Message &place = *next_++;
      place.offset = message.offset;
      place.size = message.size;
      place.payloadOffset = message.payloadOffset;
      place.payloadSize = message.payloadSize;
      place.status = message.status;
      shortest_ = std::min(shortest_, message.payloadSize);
      return next_ != last_;
    }

   private:
    MessageBatch &batch_;
    Message *next_;
    Message *last_;
    quint64 shortest_;
  };

 private:
  std::array<Message, capacity> messages_;
  int count_ = 0;
  int most_ = capacity;
  quint64 shortest_ = notInStream;
  quint64 fullAt_ = defaultBytes;
};

/// Where payloads begin in their stream, all of them ranges of it: as Layout::visitColumns() takes them.
class PayloadOffsets {
 public:
  explicit PayloadOffsets(std::span<const Message> messages) : messages_(messages) {}
  std::size_t size() const { return messages_.size(); }
  quint64 operator[](std::size_t index) const { return messages_[index].payloadOffset; }

 private:
  std::span<const Message> messages_;
};

/// What a part of a message is to the framing.
enum class PartRole : quint8 {
  Head,       ///< bytes before the length field, or behind it, that are not payload
  Length,     ///< a length field
  Delimiter,  ///< what ends a message: a delimiter, a comma, an end-of-blocks marker
  Payload,
  Mark,    ///< a byte inside the payload that the framing reads: an escape, a quote
  Unread,  ///< what lies behind the place where a message broke the rule: bytes the framing makes nothing of
};

/// One part of a message, for colour, for the tree, for words.
struct FramingPart {
  PartRole role = PartRole::Payload;
  ByteRange range;     ///< in the stream; only what is here
  QString name = {};   ///< "length", "delimiter", "block 3"
  QString value = {};  ///< what was read there: "38"; empty where there is nothing to say
};

/// The number that says how long a message is, where the framing reads one.
struct LengthRead {
  ByteRange field;    ///< in the stream; whole
  quint64 value = 0;  ///< what the framing made of it
  QString type;       ///< "u32be", "varint"
};

/// What can be said of one message beyond its extent.
struct Verdict {
  std::optional<quint64> needs;  ///< of an incomplete one: missing bytes, where the framing knows them
  QString error = {};            ///< of one in error: why, in one line, with the bytes that said so
};

}  // namespace octetscope

// MessageReader: goes through the messages of one stream once, in order, in constant memory: for writers of files and
// the command line. (A window that looks up messages by number has a MessageIndex.) Single-threaded.
#pragma once

#include "model/framing/joined_stream.h"

namespace octetscope {

/// Which stream it is, ready to be written.
struct StreamLabel {
  int connection = 0;
  Direction direction = Direction::In;
  QByteArray from = {};     ///< who sent, "127.0.0.1:1060"; empty: nobody known
  QByteArray to = {};       ///< who received
  qint64 startNs = noTime;  ///< what `since_start` counts from: the capture's first chunk
};

/// All that can be written of one message; valid until the reader that gave it goes on.
struct MessageRecord {
  const StreamLabel &label;
  quint64 index = 0;
  Message message;
  const StreamView &view;
  const Framer &framer;
  qint64 timeNs = noTime;  ///< arrival of the chunk with the first byte
  quint64 chunks = 0;      ///< how many chunks carry it
  /// Of a message in joined payloads: numbers of the outer messages that carry it.
  std::optional<std::pair<quint64, quint64>> outer = {};
  bool isDerived = false;  ///< `view` is a payload that is no range of the stream: offsets count in it

  Verdict verdict() const { return message.status == Status::Complete ? Verdict{} : framer.verdict(view, message); }
};

class MessageReader {
 public:
  /// `start`: the first byte that is framed; bytes before it belong to no message. A framer that joins its payloads
  /// (Framer::joinedBy()) is read as what cuts them: its messages are those of the joined stream.
  MessageReader(FramerPtr framer, StreamLabel label, quint64 start = 0);

  const StreamLabel &label() const { return label_; }
  StreamLabel &label() { return label_; }
  const Framer &framer() const { return *framer_; }
  const StreamView &view() const { return view_; }
  /// True where the messages lie in payloads that were joined, not in the stream itself.
  bool isJoined() const { return joined_ != nullptr; }
  /// What there is now; it only ever grows from call to call.
  void setView(StreamView view);
  /// What of the stream could not be joined, a line each, as far as it is known; each once.
  QStringList takeTroubles() { return joined_ ? joined_->takeTroubles() : QStringList(); }

  /// True where a final message stands at the front.
  bool hasNext();
  /// The message at the front; after hasNext().
  MessageRecord front();
  void pop() {
    ++front_;
    ++index_;
  }
  /// The final messages at hand, the front one first, and what takes them all: for who only counts; after hasNext().
  std::span<const Message> batch() const { return batch_.messages().subspan(front_); }
  void popBatch() {
    index_ += batch_.messages().size() - front_;
    front_ = batch_.messages().size();
  }
  /// The number of the message at the front, or of the one that would be.
  quint64 number() const { return index_; }
  /// The message before the one at the front; null: there is none.
  const Message *before() const;
  /// When the first byte of `range` arrived, and in how many chunks all of it: of the stream itself, also where
  /// payloads are joined.
  qint64 timeOf(ByteRange range) const;
  quint64 chunksOf(ByteRange range) const;
  /// Where what was not given out yet begins; bytes before are never looked at again. Once hasNext() is false.
  quint64 position() const { return state_.at; }
  /// When the message at the front became final: the arrival of its last byte, or the moment nothing had come for long
  /// enough after it; noTime where only the stream's end completed it.
  qint64 finalTime() const;

  /// When another message is final though nothing more came: Framer::finalAt(). noTime: silence makes none final. Once
  /// hasNext() is false.
  qint64 nextFinalAt() const;

  /// The last message, which is not final; size 0: there is none. Once hasNext() is false.
  MessageRecord rest();

 private:
  MessageRecord record(const Message &message);
  bool joinMore();
  void take(StreamView view);
  quint64 chunkOf(quint64 offset);

  std::unique_ptr<JoinedStream> joined_;
  StreamView raw_;  // of the stream itself, where payloads are joined
  FramerPtr framer_;
  StreamLabel label_;
  StreamView view_;
  StreamEnd end_ = StreamEnd::Open;
  bool atEnd_ = false;
  quint64 start_;
  ScanState state_;
  MessageBatch batch_;
  std::size_t front_ = 0;
  quint64 index_ = 0;
  std::optional<Message> last_;  // of the batch before
  quint64 chunk_ = 0;            // the chunk of the last look-up: the next one is mostly near
};

}  // namespace octetscope

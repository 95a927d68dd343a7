// RestartingFramer: a framing that starts afresh at given places of a stream, where the user resynchronised it.
#pragma once

#include "model/framing/framer.h"

#include <QList>

namespace octetscope {

/// At each place the inner framing begins anew; the message that a place cuts ends there, incomplete or in error as it
/// then stands, and nothing of it is read behind the place. A place takes effect once a byte is there. Where `chunks`
/// is cut by a place, each side is a message of its own.
class RestartingFramer final : public Framer {
 public:
  /// `restarts`: offsets in the stream, in any order; those that are 0 or named twice change nothing.
  RestartingFramer(FramerPtr inner, QList<quint64> restarts);

  QString spec() const override { return inner_->spec(); }
  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override;
  Message rest(const StreamView &stream, const ScanState &state) const override;
  Verdict verdict(const StreamView &stream, const Message &message) const override;
  Verdict verdictFrom(const StreamView &stream, const Message &message, const ScanState &state) const override;
  QString explainFrom(const StreamView &stream, const Message &message, quint64 number,
                      const ScanState &state) const override;
  QList<FramingPart> parts(const StreamView &stream, const Message &message, const ScanState &state, ByteRange shown,
                           int most) const override;
  QString explain(const StreamView &stream, const Message &message, quint64 number) const override;
  QString because(const StreamView &stream, const Message &message) const override;
  quint64 seenFrom(const StreamView &stream, const Message &message, const Message *before) const override;
  std::optional<LengthRead> lengthRead(const StreamView &stream, const Message &message) const override {
    return inner_->lengthRead(until(stream, message.offset), message);
  }
  Result<void> payloadPieces(const StreamView &stream, const Message &message, const TakePiece &take) const override;
  Result<QByteArray> encode(QByteArrayView payload) const override { return inner_->encode(payload); }
  Result<QByteArray> encodeOuter(QByteArrayView payload) const override { return inner_->encodeOuter(payload); }
  FieldDecoderPtr fields() const override { return inner_->fields(); }
  FieldsIn fieldsIn() const override { return inner_->fieldsIn(); }
  FramerPtr inner() const override { return inner_->inner(); }
  FramerPtr joinedBy() const override { return inner_->joinedBy(); }
  quint64 maxMessage() const override { return inner_->maxMessage(); }
  quint64 givesBack() const override { return inner_->givesBack(); }
  bool readsOther() const override { return inner_->readsOther(); }
  qint64 finalAt(const StreamView &stream, const Message &message) const override {
    return inner_->finalAt(until(stream, message.offset), message);
  }
  bool readsChunks() const override { return inner_->readsChunks(); }
  bool scansBytes() const override { return inner_->scansBytes(); }

  const QList<quint64> &restarts() const { return restarts_; }

 private:
  StreamView until(const StreamView &stream, quint64 offset) const;
  /// True where a place ends `message`, whatever its framing would have made of the bytes behind it.
  bool isCut(const StreamView &part, const StreamView &stream, const Message &message) const;

  FramerPtr inner_;
  QList<quint64> restarts_;  // rising
};

/// `inner` itself where there are no places.
FramerPtr withRestarts(FramerPtr inner, const QList<quint64> &restarts);

}  // namespace octetscope

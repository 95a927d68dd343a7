// ItemFramer: one message is one value of a binary format that describes itself (model/values/item_walk.h). The framing
// adds nothing to it: the payload is the message.
#pragma once

#include "model/framing/spec_framer.h"
#include "model/values/item_walk.h"

namespace octetscope {

class ItemFramer final : public SpecFramer {
 public:
  ItemFramer(const SpecValues &values, std::shared_ptr<const ItemFormat> format, FieldDecoderPtr fields)
      : SpecFramer(values), format_(std::move(format)), fields_(std::move(fields)) {}

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
  Result<QByteArray> encode(QByteArrayView payload) const override;
  FieldDecoderPtr fields() const override { return fields_; }
  bool scansBytes() const override { return true; }

 private:
  QString errorWords(ByteView bytes, const ItemWalk &walk, quint64 offset) const;
  QString nounFor(quint64 count) const;

  std::shared_ptr<const ItemFormat> format_;
  FieldDecoderPtr fields_;
};

}  // namespace octetscope

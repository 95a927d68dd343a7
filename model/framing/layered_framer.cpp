#include "model/framing/layered_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

class LayeredFramer final : public Framer {
 public:
  LayeredFramer(FramerPtr outer, FramerPtr inner, FramerPtr joinedBy)
      : outer_(std::move(outer)), inner_(std::move(inner)), joinedBy_(std::move(joinedBy)) {}

  QString spec() const override {
    QString text = outer_->spec();
    // A space before a sign would be none of the TEXT's.
    if (text.endsWith(u' ')) text.replace(text.size() - 1, 1, u"\\x20"_s);
    if (inner_) text += u" | "_s + inner_->spec();
    if (joinedBy_) text += u" |+ "_s + joinedBy_->spec();
    return text;
  }
  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    outer_->scan(stream, state, out);
  }
  Message rest(const StreamView &stream, const ScanState &state) const override { return outer_->rest(stream, state); }
  Verdict verdict(const StreamView &stream, const Message &message) const override {
    return outer_->verdict(stream, message);
  }
  Verdict verdictFrom(const StreamView &stream, const Message &message, const ScanState &state) const override {
    return outer_->verdictFrom(stream, message, state);
  }
  QString explainFrom(const StreamView &stream, const Message &message, quint64 number,
                      const ScanState &state) const override {
    return outer_->explainFrom(stream, message, number, state);
  }
  QList<FramingPart> parts(const StreamView &stream, const Message &message, const ScanState &state, ByteRange shown,
                           int most) const override {
    return outer_->parts(stream, message, state, shown, most);
  }
  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    return outer_->explain(stream, message, number);
  }
  QString because(const StreamView &stream, const Message &message) const override {
    return outer_->because(stream, message);
  }
  quint64 seenFrom(const StreamView &stream, const Message &message, const Message *before) const override {
    return outer_->seenFrom(stream, message, before);
  }
  std::optional<LengthRead> lengthRead(const StreamView &stream, const Message &message) const override {
    return outer_->lengthRead(stream, message);
  }
  Result<void> payloadPieces(const StreamView &stream, const Message &message, const TakePiece &take) const override {
    return outer_->payloadPieces(stream, message, take);
  }
  /// From the inside out.
  Result<QByteArray> encode(QByteArrayView payload) const override {
    QByteArray bytes = payload.toByteArray();
    for (const FramerPtr &framer : {joinedBy_, inner_, outer_}) {
      if (!framer) continue;
      auto encoded = framer->encode(bytes);
      if (!encoded) return encoded;
      bytes = *std::move(encoded);
    }
    return bytes;
  }
  Result<QByteArray> encodeOuter(QByteArrayView payload) const override { return outer_->encode(payload); }
  FieldDecoderPtr fields() const override { return outer_->fields(); }
  FieldsIn fieldsIn() const override { return outer_->fieldsIn(); }
  FramerPtr inner() const override { return inner_; }
  FramerPtr joinedBy() const override { return joinedBy_; }
  quint64 maxMessage() const override { return outer_->maxMessage(); }
  qint64 finalAt(const StreamView &stream, const Message &message) const override {
    return outer_->finalAt(stream, message);
  }
  quint64 givesBack() const override { return outer_->givesBack(); }
  bool readsChunks() const override { return outer_->readsChunks(); }
  bool readsOther() const override { return outer_->readsOther(); }
  bool scansBytes() const override { return outer_->scansBytes(); }

 private:
  FramerPtr outer_;
  FramerPtr inner_;
  FramerPtr joinedBy_;
};

}  // namespace

FramerPtr layered(const QList<FramerPtr> &chain, FramerPtr joinedBy) {
  if (chain.size() == 1 && !joinedBy) return chain.front();
  const FramerPtr inner = chain.size() > 1 ? layered(chain.sliced(1)) : nullptr;
  return std::make_shared<LayeredFramer>(chain.front(), inner, std::move(joinedBy));
}

}  // namespace octetscope

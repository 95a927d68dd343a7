// HttpFamilyFramer: what the framings `http`, `headers` and `http-chunked` have in common: they read by an HttpReader,
// so where messages end, what is payload, what is missing and what is wrong is found in one place. Each of them says in
// words of its own what it found.
#pragma once

#include "model/framing/http_reader.h"
#include "model/framing/spec_framer.h"
#include "model/values/http_fields.h"

namespace octetscope {

class HttpFamilyFramer : public SpecFramer {
 public:
  HttpFamilyFramer(const SpecValues &values, HttpGrammar grammar)
      : SpecFramer(values), reader_(grammar, values.maxMessage()), fields_(httpFields(grammar)) {}

  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override;
  Message rest(const StreamView &stream, const ScanState &state) const override;
  Verdict verdict(const StreamView &stream, const Message &message) const override;
  Verdict verdictFrom(const StreamView &stream, const Message &message, const ScanState &state) const final;
  QString explainFrom(const StreamView &stream, const Message &message, quint64 number,
                      const ScanState &state) const final;
  QList<FramingPart> parts(const StreamView &stream, const Message &message, const ScanState &state, ByteRange shown,
                           int most) const override;
  std::optional<LengthRead> lengthRead(const StreamView &stream, const Message &message) const override;
  Result<void> payloadPieces(const StreamView &stream, const Message &message, const TakePiece &take) const override;
  FieldDecoderPtr fields() const override { return fields_; }
  FieldsIn fieldsIn() const override { return FieldsIn::Message; }
  bool scansBytes() const override { return true; }

 protected:
  const HttpReader &reader() const { return reader_; }

  /// What a message holds, read again from its begin.
  struct Reading {
    HttpReader::Step step = HttpReader::Step::Cut;
    HttpWalk walk = {};        ///< where it stands in the end
    HttpFlaw flaw = {};        ///< of one that is flawed
    quint64 headSize = 0;      ///< with the empty line; 0: the head is not whole, or there is none
    HttpWalk head = {};        ///< what the head said
    ByteRange startLine = {};  ///< in the message, without its line end; empty: it is not here
    bool hasBareFeed = false;  ///< a line of the head ends with 0A alone
    quint64 trailers = 0;      ///< trailer lines
    quint64 lastBlock = 0;     ///< where the line of the empty block begins, once it is here
  };
  /// Stops behind `mostBlocks` blocks.
  Reading read(const StreamView &stream, const Message &message, quint64 mostBlocks = ~0ULL) const;

  /// Whether `message` is what follows a change of protocol, and no HTTP. (Of one in error its extent does not tell.)
  virtual bool isTunnel(const StreamView &stream, const Message &message) const;
  /// Where a message begins at `walk.phase` MaySwitch: what is it? Start or Tunnel.
  virtual HttpWalk::Phase switchedTo(const StreamView &, ScanState &, const HttpWalk &) const {
    return HttpWalk::Start;
  }
  /// The head of the message at state.at was read: which request does it answer?
  virtual HttpAnswer answerTo(const StreamView &, ScanState &, const HttpWalk &) const { return HttpAnswer::Unknown; }
  /// A message is complete, and `state` stands behind it: what of it has to be remembered?
  virtual void carryOn(ScanState &, const HttpWalk &, HttpAnswer, quint64 /*size*/) const {}

  /// The sentences on a message whose Content-Length was read. `name`: "message 3, a response (200),".
  QString sizedWords(const StreamView &stream, const Message &message, const Reading &reading,
                     const QString &name) const;
  /// The same for because().
  QString sizedReason(const StreamView &stream, const Message &message, const Reading &reading) const;
  /// because() of a message in error.
  static QString brokenReason() { return QStringLiteral("nothing in it says where it ends"); }
  /// "Content-Length "5" (byte 16)": the value of a header as the head says it.
  QString headerPlace(const StreamView &stream, const Message &message, const Reading &reading,
                      QByteArrayView lowercaseName, const QString &name) const;
  /// What is to be said of a head besides.
  static QString headNotes(const Reading &reading);
  /// "Read 2 blocks of 30 bytes in all, then one of length zero at byte 60: it ends message 3 at byte 65.", and what is
  /// read and waited for of one that is not whole.
  QString blockWords(const StreamView &stream, const Message &message, quint64 number) const;
  /// The same for because().
  QString blockReason(const StreamView &stream, const Message &message) const;
  /// `block` bytes at a time, 0: all in one; the empty block at the end. Errors: over the limit.
  Result<QByteArray> inBlocks(QByteArrayView payload, quint64 block) const;

 private:
  HttpWalk walkFrom(const ScanState &state) const;
  HttpWalk walkInside(const ScanState &state, const Message &message) const;
  void addParts(PartCollector &parts, ByteView bytes, const Message &message, const HttpWalk &before,
                const HttpWalk &after, HttpReader::Step step) const;

  const HttpReader reader_;
  const FieldDecoderPtr fields_;
};

}  // namespace octetscope

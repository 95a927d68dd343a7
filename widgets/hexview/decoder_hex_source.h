// DecoderHexSource: one direction of a decoded connection, as a hex view sees it. It keeps nothing: every answer is
// read from the decoder's published step, so it costs what is asked for.
#pragma once

#include "model/items/connection_decoder.h"
#include "model/items/message_contents.h"
#include "model/items/message_rows.h"
#include "widgets/hexview/hex_source.h"

#include <QPointer>

#include <limits>

namespace octetscope {

class DecoderHexSource final : public HexSource {
  Q_OBJECT
 public:
  /// `decoder` is not owned; once it is gone there are no bytes.
  DecoderHexSource(ConnectionDecoder *decoder, Direction direction, QObject *parent = nullptr);

  ConnectionDecoder *decoder() const { return decoder_; }

  Direction direction() const override { return direction_; }
  quint64 size() const override;
  ByteView bytes(ByteRange range) const override;
  ByteSnapshot snapshot() const override;
  ByteSnapshot otherSnapshot() const override;
  bool isDamaged() const override;
  bool hasEnded() const override;
  void chunkEnds(ByteRange range, std::vector<quint64> &ends) const override;
  void messageEnds(ByteRange range, std::vector<quint64> &ends) const override;
  void restarts(ByteRange range, std::vector<quint64> &offsets) const override;
  void spans(ByteRange range, std::vector<HexSpan> &spans) const override;
  HexPlace place(quint64 offset) const override;
  ByteRange fieldRange(quint64 offset) const override;
  ByteRange messageRange(quint64 offset) const override;
  /// The message of layer `layer` of the framing (0: the outermost) that holds `offset`; none where none is known to.
  std::optional<ByteRange> nestedRange(quint64 offset, qsizetype layer) const;
  std::optional<quint64> messageNumberAt(quint64 offset) const override;
  quint64 messageCount() const override;
  qint64 startTimeNs() const override;
  quint64 offsetAtTime(qint64 timeNs) const override;
  ByteRange rangeOfMessage(quint64 number) const override;
  RowLandmarks rowLandmarks(int bytesPerRow) const override;

 private:
  struct Spot;  // one byte: its message, and the part or field it lies in

  Spot spotAt(quint64 offset) const;
  /// A message of any layer, and what holds it.
  struct Nested {
    qsizetype layer = 0;
    StreamView view;
    Message message;
    bool isOdd = false;
    Status status = Status::Complete;  ///< its own, or that of what it lies in
  };
  void messageSpans(const Nested &nested, ByteRange shown, std::vector<HexSpan> &spans) const;
  void payloadSpans(const Nested &nested, ByteRange shown, std::vector<HexSpan> &spans) const;
  void fieldSpans(const MessageFields &fields, ByteRange shown, const HexSpan &like, std::vector<HexSpan> &spans) const;
  /// Goes into the innermost message that holds `offset`, no deeper than into the layer `deepest`.
  Nested innermostAt(quint64 offset, quint64 number, QList<quint64> &inner,
                     qsizetype deepest = std::numeric_limits<qsizetype>::max()) const;
  QString noteOn(const Nested &nested) const;
  Nested outermost(quint64 number, const Message &message) const;
  QList<FramingPart> partsOf(const Nested &nested, ByteRange shown, int most) const;

  QPointer<ConnectionDecoder> decoder_;
  mutable std::unique_ptr<MessageRows> rows_;  // once somebody asked for them
  Direction direction_;
};

}  // namespace octetscope

#include "model/items/copied_rows.h"

#include "model/copying/copy_text.h"
#include "model/items/message_mime.h"
#include "model/items/message_place.h"
#include "model/structs/layout.h"

#include <algorithm>

namespace octetscope {

namespace {

CopiedPiece messagePiece(const ConnectionDecoder &decoder, const PlacedMessage &at) {
  return {.kind = CopiedPiece::Kind::Message,
          .view = at.view(decoder),
          .range = at.message.range(),
          .isDerived = at.isDerived,
          .message = at.message,
          .framer = at.framing(decoder).framer,
          .layout = layoutOf(decoder, at.direction),
          .number = at.number()};
}

std::optional<CopiedPiece> partPiece(const ConnectionDecoder &decoder, const MessagePlace &place) {
  const MessageDetails &details = *place.details;
  CopiedPiece piece{.view = details.at.view(decoder), .isDerived = details.at.isDerived};
  const auto parts = static_cast<quint64>(details.parts.size());
  if (place.isUnlisted) {
    piece.view = details.inner.payload.view;
    piece.range = details.inner.unlisted();
    piece.isDerived = details.at.isDerived || details.inner.payload.isDerived;
  } else if (place.part < parts) {
    piece.range = details.parts[static_cast<qsizetype>(place.part)].range;
  } else if (place.part == parts && details.unlistedBytes > 0) {
    piece.range = {details.at.message.end() - details.unlistedBytes, details.at.message.end()};
  } else if (details.hasPayload) {
    piece.kind = CopiedPiece::Kind::Payload;
    piece.message = details.at.message;
    piece.range = piece.message.range();
    piece.framer = details.at.framing(decoder).framer;
  } else {
    return std::nullopt;
  }
  return piece;
}

std::optional<CopiedPiece> fieldPiece(const ConnectionDecoder &decoder, const MessagePlace &place) {
  const MessageDetails &details = *place.details;
  const bool isInOwn = details.fieldsIn == FieldsIn::Payload && details.hasOwnPayload();
  CopiedPiece piece{.kind = CopiedPiece::Kind::Field,
                    .view = isInOwn ? details.ownPayload.view : details.at.view(decoder),
                    .isDerived = details.areFieldsDerived(),
                    .fields = details.fields,
                    .path = place.field};
  const ByteView bytes = details.fieldBytes(decoder);
  piece.fieldBytes = ByteRange::ofSize(details.fieldsBegin(), bytes.size());
  const Field field = piece.fields->field(bytes, place.field);
  if (!field.isDerived) {
    piece.range = {piece.fieldBytes.begin + field.range.begin, piece.fieldBytes.begin + field.range.end};
  }
  return piece;
}

}  // namespace

std::optional<CopiedPiece> copiedRow(const ConnectionDecoder &decoder, const MessagePlace &place) {
  switch (place.kind) {
    case MessageTreeModel::Kind::Message:
      if (place.isInner()) return messagePiece(decoder, place.details->innerAt(place.inner));
      return copiedMessage(decoder, place.direction(), place.row.number);
    case MessageTreeModel::Kind::Part:
      return partPiece(decoder, place);
    case MessageTreeModel::Kind::Field:
      return fieldPiece(decoder, place);
    case MessageTreeModel::Kind::Event:
      break;
  }
  return std::nullopt;
}

std::unique_ptr<QMimeData> draggedBytes(const QList<CopiedPiece> &pieces, quint64 most) {
  QByteArray all;
  QStringList lines;
  quint64 size = 0;
  for (const CopiedPiece &piece : pieces) {
    size += sentSize(piece);
    if (size > most) return nullptr;
    const QByteArray bytes = sentBytes(piece).value_or(QByteArray());
    all += bytes;
    lines.append(formatBytes(viewOf(bytes), BytesFormat::Hex));
  }
  if (lines.isEmpty()) return nullptr;
  auto data = std::make_unique<QMimeData>();
  data->setData(QStringLiteral("application/octet-stream"), all);
  data->setText(lines.join(QLatin1Char('\n')));
  return data;
}

void addWholeMessages(QMimeData &data, const QList<CopiedPiece> &pieces, quint64 most) {
  QByteArray all;
  quint64 size = 0;
  for (const CopiedPiece &piece : pieces) {
    size += piece.range.size();
    if (size > most) return;
    all += copyOf(piece.view.bytes.view(piece.range));
  }
  const bool isOne = pieces.size() == 1 && pieces.first().message.status == Status::Complete;
  data.setData(isOne ? messageMimeType : messagesMimeType, all);
}

CopiedPiece copiedRange(const ConnectionDecoder &decoder, Direction direction, ByteRange range) {
  return {.view = decoder.view(direction), .range = range};
}

CopiedPiece copiedMessage(const ConnectionDecoder &decoder, Direction direction, quint64 number) {
  return messagePiece(decoder, {direction, {number}, decoder.message(direction, number)});
}

ByteRange messagesIn(const ConnectionDecoder &decoder, Direction direction, ByteRange range) {
  const auto first = range.isEmpty() ? std::nullopt : decoder.locate(direction, range.begin);
  if (!first || first->message.offset >= range.end) return {};
  const auto last = decoder.locate(direction, range.end - 1);
  if (!last) return {first->number, decoder.messageCount(direction)};
  // Behind filler it is the next one.
  return {first->number, last->number + (last->message.offset < range.end ? 1 : 0)};
}

bool hasFields(const ConnectionDecoder &decoder, Direction direction) {
  return std::ranges::any_of(decoder.reader(direction).layers,
                             [](const FramingLayer &layer) { return static_cast<bool>(layer.fields); });
}

FieldDecoderPtr layoutOf(const ConnectionDecoder &decoder, Direction direction) {
  const QList<FramingLayer> &layers = decoder.reader(direction).layers;
  if (layers.isEmpty()) return nullptr;
  const FieldDecoderPtr &last = layers.last().fields.decoder;
  return dynamic_cast<const Layout *>(last.get()) ? last : nullptr;
}

}  // namespace octetscope

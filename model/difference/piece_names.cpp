#include "model/difference/piece_names.h"

#include "model/framing/field_source.h"

#include <QCoreApplication>

namespace octetscope {

namespace {

QString tr(const char *text) {
  return QCoreApplication::translate("octetscope::PieceNames", text);
}

constexpr qsizetype mostCharacters = 60;  // of a value

}  // namespace

PieceNames::PieceNames(const CopiedPiece &piece, const DifferenceBytes &bytes) : piece_(piece) {
  if (piece.kind == CopiedPiece::Kind::Field) {
    fields_ = piece.fields;
    inView_ = piece.fieldBytes;
    return;
  }
  if (!piece.framer || piece.message.status == Status::Error) return;
  const FieldSource source = FieldSource::of(*piece.framer, piece.layout);
  if (!source) return;
  isInMade_ = source.isDerived(piece.message);
  if (isInMade_ && !bytes.isMade) return;
  inView_ = source.rangeIn(piece.message).intersected({0, piece.view.bytes.size()});
  const ByteView read = isInMade_ ? bytes.bytes() : piece.view.bytes.view(inView_);
  const bool isLong = read.size() > mostRead;
  const auto indexed = source.decoder->indexed(isLong ? ByteView() : read);
  if (isLong && indexed) return;
  fields_ = indexed ? indexed : source.decoder;
}

QString PieceNames::words(const DifferenceBytes &bytes, quint64 offset) const {
  if (bytes.isMade) return fields_ && isInMade_ ? fieldWords(bytes.bytes(), offset) : tr("payload");
  const quint64 at = bytes.range.begin + offset;
  if (fields_ && !isInMade_ && inView_.contains(at)) {
    const QString words = fieldWords(piece_.view.bytes.view(inView_), at - inView_.begin);
    return words.isEmpty() ? tr("payload") : words;
  }
  return piece_.framer ? partWords(at) : QString();
}

QString PieceNames::fieldWords(ByteView fieldBytes, quint64 offset) const {
  const FieldPath path = fields_->fieldAt(fieldBytes, offset);
  if (path.isEmpty()) return {};
  QString name;
  Field field;
  for (qsizetype depth = 1; depth <= path.size(); ++depth) {
    const std::span way(path.constData(), static_cast<std::size_t>(depth));
    field = fields_->shownField(fieldBytes, way);
    if (!name.isEmpty() && !field.name.startsWith(QLatin1Char('['))) name += QLatin1Char('.');
    name += field.name;
  }
  const QString value = !field.label.isEmpty()   ? field.label
                        : !field.error.isEmpty() ? field.error
                        : field.isGroup          ? QString()
                                                 : displayText(field.value, mostCharacters);
  return value.isEmpty() ? tr("field %1").arg(name) : tr("field %1 = %2").arg(name, value);
}

QString PieceNames::partWords(quint64 offset) const {
  const Message &message = piece_.message;
  if (!message.range().contains(offset)) return {};
  if (offset - message.offset <= mostScanned) {
    const auto parts =
        piece_.framer->parts(piece_.view, message, ScanState::startingAt(message.offset), {offset, offset + 1}, 1);
    if (!parts.isEmpty() && !parts.first().name.isEmpty()) {
      const FramingPart &part = parts.first();
      return part.value.isEmpty() ? part.name : tr("%1 = %2").arg(part.name, part.value);
    }
  }
  return message.hasPayloadRange() && message.payloadRange().contains(offset) ? tr("payload") : tr("framing");
}

}  // namespace octetscope

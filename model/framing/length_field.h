// LengthField: a number that says how long something is, in every form that a SPEC's TYPE names. Reads it from bytes
// that may be cut anywhere, writes it, and says in words what is wrong with it. Shared by all framings that read one.
#pragma once

#include "model/bytes/byte_view.h"
#include "model/framing/spec_values.h"

#include <QtEndian>

#include <array>
#include <optional>

namespace octetscope {

enum class LengthType : quint8 { U8, U16be, U16le, U24be, U24le, U32be, U32le, U64be, U64le, Varint, Decimal };

/// The value of a fixed-width field, which is wholly at `data`.
template <LengthType type>
inline quint64 loadLength(const std::uint8_t *data) {
  using enum LengthType;
  if constexpr (type == U8) {
    return data[0];
  } else if constexpr (type == U16be) {
    return qFromBigEndian<quint16>(data);
  } else if constexpr (type == U16le) {
    return qFromLittleEndian<quint16>(data);
  } else if constexpr (type == U24be) {
    return static_cast<quint64>(data[0]) << 16 | static_cast<quint64>(data[1]) << 8 | data[2];
  } else if constexpr (type == U24le) {
    return static_cast<quint64>(data[2]) << 16 | static_cast<quint64>(data[1]) << 8 | data[0];
  } else if constexpr (type == U32be) {
    return qFromBigEndian<quint32>(data);
  } else if constexpr (type == U32le) {
    return qFromLittleEndian<quint32>(data);
  } else if constexpr (type == U64be) {
    return qFromBigEndian<quint64>(data);
  } else {
    static_assert(type == U64le);
    return qFromLittleEndian<quint64>(data);
  }
}

/// Bytes of a fixed-width type; 0 for varint and decimal.
constexpr int widthOf(LengthType type) {
  constexpr std::array<int, 11> widths = {1, 2, 2, 3, 3, 4, 4, 8, 8, 0, 0};
  return widths[static_cast<std::size_t>(type)];
}

class LengthField {
 public:
  enum class Outcome : quint8 { Read, Cut, Bad };
  /// What reading gave. Read: `value`, in `width` bytes. Cut: `width` bytes are here, at least one more is missing.
  /// Bad: the first `width` bytes show that this is no such number.
  struct Reading {
    Outcome outcome = Outcome::Cut;
    quint64 width = 0;
    quint64 value = 0;
  };

  /// The argument TYPE and the option `end` of a SPEC. Errors: an `end` that begins with a digit.
  static Result<LengthField> fromSpec(const SpecValues &values) {
    return ofType(values.choice(QLatin1String()), values);
  }
  /// The type of that name, one of typeNames(), and the option `end` of a SPEC.
  static Result<LengthField> ofType(QStringView name, const SpecValues &values);
  /// Names of all types, for a SPEC.
  static QStringList typeNames();
  /// The option `end=TEXT` of decimal.
  static FramingOption endOption();

  LengthType type() const { return type_; }
  QString typeName() const;
  /// The same number of bytes, in the other byte order; none where there is no other.
  std::optional<LengthField> otherOrder() const;
  /// Bytes of a fixed-width field; none where the width depends on the value.
  std::optional<quint64> fixedWidth() const;
  /// The fewest bytes a field takes.
  quint64 leastWidth() const;
  /// The greatest value it can say.
  quint64 greatest() const;

  /// Reads the field at the front of `bytes`. O(its width), whatever the bytes are.
  Reading read(ByteView bytes) const;
  /// How many bytes a field that was Cut has at least.
  quint64 leastWidthOf(const Reading &cut) const;

  /// The bytes that say `value`, in the fewest bytes or, where `width` is given, exactly so many (varint and decimal
  /// are padded then). None where it does not fit.
  std::optional<QByteArray> write(quint64 value, std::optional<quint64> width = {}) const;

  /// "Read 4 bytes as !I → 43"; with `offset`, "Read 4 bytes at byte 7 as !I → 43".
  QString readWords(const Reading &reading, std::optional<quint64> offset = {}) const;
  /// Why the field in `bytes` (from `offset` of the stream on) was Bad, without a full stop. `noun`: what it says.
  QString badWords(ByteView bytes, quint64 offset, const QString &noun = QStringLiteral("length")) const;
  /// "bytes 0–3 (FF FF FF FF as u32be)".
  QString placeWords(ByteView field, quint64 offset) const;
  /// What is there of a Cut field, and what is waited for: two sentences' ends. `bytes`: what is here from the field's
  /// begin on. `owner`: "message 3", "block 2".
  QString cutWords(const Reading &cut, ByteView bytes, quint64 offset, const QString &owner, StreamEnd end,
                   const QString &noun = QStringLiteral("length")) const;
  /// "it read 00 00 00 2B (bytes 12–15) as u32be → 43".
  QString becauseWords(const Reading &reading, ByteView bytes, quint64 offset) const;

 private:
  LengthField(LengthType type, QByteArray end) : type_(type), end_(std::move(end)) {}

  LengthType type_;
  QByteArray end_;  // of decimal: what follows the digits
};

}  // namespace octetscope

// JsonValue: JSON (RFC 8259) as a tree of plain values. Numbers stay the text they were written as: what one means, and
// how wide it is, the reader decides; QJsonValue would lose 64-bit integers and refuse 1e400.
#pragma once

#include "model/result.h"

#include <QByteArray>
#include <QString>

#include <variant>
#include <vector>

namespace octetscope {

/// "12", "-0.5e3": as written.
struct JsonNumber {
  QByteArray text;
  bool operator==(const JsonNumber &) const = default;
};

struct JsonMember;

struct JsonValue {
  using Array = std::vector<JsonValue>;
  using Object = std::vector<JsonMember>;  ///< in the order of the text

  std::variant<std::monostate, bool, JsonNumber, QString, Array, Object> data;  // monostate: null

  bool isNull() const { return std::holds_alternative<std::monostate>(data); }
  const bool *boolean() const { return std::get_if<bool>(&data); }
  const JsonNumber *number() const { return std::get_if<JsonNumber>(&data); }
  const QString *string() const { return std::get_if<QString>(&data); }
  const Array *array() const { return std::get_if<Array>(&data); }
  const Object *object() const { return std::get_if<Object>(&data); }

  /// The member `key` of an object, the last one where there are several; null where there is none or this is no
  /// object.
  const JsonValue *find(QStringView key) const;
};

struct JsonMember {
  QString key;
  JsonValue value;
};

/// How deep arrays and objects may nest.
inline constexpr int maxJsonDepth = 256;

/// Reads one JSON text, strictly: valid UTF-8, nothing behind the value. Linear time, no recursion. The error's
/// position counts bytes from 0, and its words count them from 1.
Result<JsonValue> parseJson(QByteArrayView utf8);

/// Appends `text` as a JSON string: UTF-8, everything but letters, marks, numbers, punctuation, symbols and spaces
/// escaped, so that a line of JSON never acts on a terminal.
void appendJsonString(QByteArray &out, QStringView text);

}  // namespace octetscope

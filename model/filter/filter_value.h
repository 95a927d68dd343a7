// FilterValue: a value of a message as a filter compares it: numbers exactly, whatever they are kept in, text and bytes
// byte by byte. It owns nothing.
#pragma once

#include "model/structs/value.h"

namespace octetscope {

struct FilterValue {
  enum class Kind : quint8 {
    Null,  ///< a format's own "nothing": equal to itself, in no order
    Signed,
    Unsigned,  ///< true is 1, false is 0
    Double,
    Big,
    Text,   ///< as UTF-8
    Bytes,  ///< compared with a number they are one, in network order
    Time,   ///< nanoseconds; compared with a number they are seconds
  };

  Kind kind = Kind::Null;
  qint64 integer = 0;  ///< Signed, Time
  quint64 natural = 0;
  double real = 0;
  bool isTruth = false;  ///< an Unsigned that is true or false
  ByteView bytes = {};
  const BigInteger *big = nullptr;

  static FilterValue of(qint64 v) { return {.kind = Kind::Signed, .integer = v}; }
  static FilterValue of(quint64 v) { return {.kind = Kind::Unsigned, .natural = v}; }
  static FilterValue of(bool v) { return {.kind = Kind::Unsigned, .natural = v ? 1ULL : 0ULL, .isTruth = true}; }
  static FilterValue of(double v) { return {.kind = Kind::Double, .real = v}; }
  static FilterValue of(ByteView v) { return {.kind = Kind::Bytes, .bytes = v}; }
  static FilterValue of(const BigInteger &v) { return {.kind = Kind::Big, .big = &v}; }
  static FilterValue text(ByteView utf8) { return {.kind = Kind::Text, .bytes = utf8}; }
  static FilterValue time(qint64 ns) { return {.kind = Kind::Time, .integer = ns}; }
  /// `storage` keeps the bytes of text.
  static FilterValue of(const Value &value, QByteArray &storage);
  /// What owns itself: of() in reverse; a time as a double of seconds.
  Value toValue() const;
  /// What it is as a number, rounded where a double cannot hold it; a time in seconds. NaN: it is none.
  double number() const;
  /// It is a number, and can be no other than a whole one.
  bool isWhole() const { return isInteger() || kind == Kind::Big; }

  bool isInteger() const { return kind == Kind::Signed || kind == Kind::Unsigned; }
  bool isString() const { return kind == Kind::Text || kind == Kind::Bytes; }
};

/// How two values stand. Unordered: one is NaN, or they are of kinds that have nothing to do with each other.
enum class FilterOrder : quint8 { Less, Equal, Greater, Unordered };
FilterOrder compare(const FilterValue &a, const FilterValue &b);

}  // namespace octetscope

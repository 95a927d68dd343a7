// FilterLiteral: a value as it is written in a filter: numbers, text, bytes, addresses, times.
#pragma once

#include "model/filter/filter_value.h"
#include "model/filter/number_ranges.h"
#include "model/result.h"

#include <QStringView>

namespace octetscope {

struct FilterLiteral {
  enum class Kind : quint8 {
    Null,      ///< null
    Number,    ///< 5 -5 0xff 0b101 0o17 2.5 1e3 true false
    Duration,  ///< 20ms: seconds, where it is compared with something else than a time
    Moment,    ///< 2023-10-30T09:23:54.104Z
    Text,      ///< "text"
    Bytes,     ///< de:ad:be:ef, 10.0.0.1, ::1
    Word,      ///< complete, in: of a name that has words for values
  };

  Kind kind = Kind::Null;
  Value number = {};           ///< Number: of any width, or a double; Duration: seconds
  QByteArray bytes = {};       ///< Text as UTF-8, Bytes
  WideBound nanoseconds = {};  ///< Number and Duration as seconds, exactly; Moment since 1970
  quint64 word = 0;            ///< Word: which one
  qsizetype position = 0;      ///< in the expression
  qsizetype length = 0;

  bool isNumber() const { return kind == Kind::Number || kind == Kind::Duration; }
  bool isString() const { return kind == Kind::Text || kind == Kind::Bytes; }
  /// Valid as long as this.
  FilterValue value() const;
  /// Of a Number: where it stands among whole numbers.
  WideBound bound() const;

  /// A value that is written without quotes; `word` is all of it. Errors say why it is none, without a position.
  static Result<FilterLiteral> fromWord(QStringView word);
  /// Text with the escapes \n \r \t \0 \xNN \\ \" \'; positions of errors count in `text`.
  static Result<FilterLiteral> fromText(QStringView text);
  /// "2023-10-30 09:23:54.104", with T or a space, with or without decimals, in UTC: nanoseconds since 1970.
  static std::optional<qint64> momentOf(QStringView text);
};

}  // namespace octetscope

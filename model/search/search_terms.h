// What a person types into a search, made into a SearchPattern: text in several encodings, bytes in hex with gaps,
// numbers of any width and byte order, regular expressions.
#pragma once

#include "model/search/search_pattern.h"

#include <QFlags>

namespace octetscope {

enum class TextEncoding : quint8 { Utf8 = 1, Utf16Le = 2, Utf16Be = 4, Latin1 = 8, Ebcdic = 16 };
Q_DECLARE_FLAGS(TextEncodings, TextEncoding)
Q_DECLARE_OPERATORS_FOR_FLAGS(TextEncodings)

/// In any of `encodings`; where the text cannot be written in one, in the others. Case is told apart letter by letter,
/// by Unicode's simple folding, in every encoding.
Result<SearchPattern> textPattern(const QString &text, TextEncodings encodings, bool ignoresCase);

/// "0D 0A", as parseHexBytes() takes it; "de ?? be ?f": a ? stands for any digit.
Result<SearchPattern> hexPattern(QStringView text);

enum class ByteOrder : quint8 { Any, Big, Little };

struct NumberForm {
  int bytes = 0;  ///< 1, 2, 3, 4 or 8; 0: any of 2, 4 and 8
  ByteOrder order = ByteOrder::Any;
};
/// "1234", "-5", "0xff" as whole numbers of two's complement; "2.5", "1e3", "nan" as IEEE 754 numbers of 4 and
/// 8 bytes. Errors: what is no number, and what does not fit the bytes.
Result<SearchPattern> numberPattern(QStringView text, NumberForm form);

}  // namespace octetscope

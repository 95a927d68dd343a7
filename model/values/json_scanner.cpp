#include "model/values/json_scanner.h"

#include "model/framing/framing_words.h"

namespace octetscope {

using namespace Qt::StringLiterals;

void JsonState::spill() {
  for (int shift = 0; shift < 64; shift += 8) outer.push(static_cast<std::uint8_t>(nesting >> shift));
  nesting = 0;
}

void JsonState::fill() {
  nesting = 0;
  for (int byte = 0; byte < 8; ++byte) nesting = nesting << 8 | outer.pop();
}

namespace {

/// What belongs where a walk stands; empty where it takes a sentence of its own.
QString expected(const JsonState &state) {
  switch (state.place) {
    case JsonPlace::Begin:
      return u"where a value begins"_s;
    case JsonPlace::Item:
      return u"where a value is expected"_s;
    case JsonPlace::FirstItem:
      return u"where a value or \"]\" is expected"_s;
    case JsonPlace::FirstKey:
      return u"where a key in quotes or \"}\" is expected"_s;
    case JsonPlace::Key:
      return u"where a key in quotes is expected"_s;
    case JsonPlace::Colon:
      return u"where a colon is expected behind the key"_s;
    case JsonPlace::Next:
      return state.isInObject() ? u"where a comma or \"}\" is expected"_s : u"where a comma or \"]\" is expected"_s;
    case JsonPlace::Escape:
      return u"where an escape has one of \" \\ / b f n r t u"_s;
    case JsonPlace::Hex:
      return u"where \\u has a hexadecimal digit"_s;
    case JsonPlace::Word: {
      const std::string_view word = jsonWords[state.word];
      return u"where \"%1\" has \"%2\""_s.arg(QLatin1StringView(word.data(), static_cast<qsizetype>(word.size())))
          .arg(QLatin1Char(word[word.size() - state.left]));
    }
    case JsonPlace::Minus:
      return u"where a digit is expected behind the minus"_s;
    case JsonPlace::Point:
      return u"where a digit is expected behind the point"_s;
    case JsonPlace::Exponent:
      return u"where an exponent has a digit or a sign"_s;
    case JsonPlace::ExponentSign:
      return u"where an exponent has a digit"_s;
    case JsonPlace::Character:
      return u"where a character of UTF-8 goes on"_s;
    case JsonPlace::Zero:
      return u"behind a leading zero, which no number has"_s;
    case JsonPlace::String:
    case JsonPlace::Digits:
    case JsonPlace::Fraction:
    case JsonPlace::ExponentDigits:
      break;
  }
  return {};
}

}  // namespace

QString jsonErrorWords(ByteView bytes, quint64 at, const JsonState &state, quint64 base) {
  const std::uint8_t byte = bytes[at];
  QString words = u"byte %1 is %2 "_s.arg(grouped(base + at), byteName(byte));
  if (state.place == JsonPlace::String) {
    return words + (byte < 0x20 ? u"in a string, which has control characters as escapes only"_s
                                : u"in a string, where no character of UTF-8 begins with it"_s);
  }
  words += expected(state);
  const bool isValue =
      state.place == JsonPlace::Begin || state.place == JsonPlace::Item || state.place == JsonPlace::FirstItem;
  if (isValue && (byte == 'N' || byte == 'I')) words += u" (NaN and Infinity are none in JSON)"_s;
  if (isValue && byte == '\'') words += u" (strings have double quotes)"_s;
  if (state.place == JsonPlace::Begin && byte == 0xef) words += u" (JSON has no byte order mark)"_s;
  return words;
}

}  // namespace octetscope

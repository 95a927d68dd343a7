// scanJson: one walk over JSON (RFC 8259), byte by byte, which may stop and go on anywhere. It finds where a value ends
// (for the framing `json`) and says what lies on the way (for its fields): there is no second reader that could see it
// differently. Strict: valid UTF-8, no control characters in strings, no leading zeros, no NaN. Escapes of lone
// surrogates are valid: the grammar has them. No recursion: how deep brackets nest costs a bit each.
#pragma once

#include "model/framing/scan_stack.h"
#include "model/values/text_bytes.h"
#include "model/values/utf8_steps.h"
#include "model/values/walk_step.h"

namespace octetscope {

/// What comes next.
enum class JsonPlace : quint8 {
  Begin,      ///< a value, which is not in any other
  Item,       ///< a value inside brackets
  FirstItem,  ///< a value or "]"
  FirstKey,   ///< a key or "}"
  Key,        ///< a key
  Colon,
  Next,  ///< behind a value: a comma or a closing bracket
  String,
  Escape,
  Hex,        ///< JsonState::left digits of \uXXXX
  Character,  ///< JsonState::left, a Utf8Rest, of a character in a string
  Word,       ///< JsonState::left bytes of true, false or null
  Minus,      ///< the first digit
  Zero,       ///< behind a leading 0
  Digits,
  Point,         ///< the first digit behind the point
  Fraction,      ///< further ones
  Exponent,      ///< a sign or the first digit
  ExponentSign,  ///< the first digit
  ExponentDigits,
};

/// Where a walk stands.
struct JsonState {
  JsonPlace place = JsonPlace::Begin;
  bool isKey = false;   ///< in a string: it is a key
  quint8 left = 0;      ///< see the places
  quint8 word = 0;      ///< 0: true, 1: false, 2: null
  quint64 depth = 0;    ///< brackets that are open
  quint64 nesting = 0;  ///< the innermost 1 to 64 of them, the last one in bit 0; 1: of an object
  ScanStack outer;      ///< all others, by 64, eight bytes each

  bool isInObject() const { return (nesting & 1) != 0; }
  /// True where a number has been read that may end here, or go on.
  bool isNumber() const {
    return place == JsonPlace::Zero || place == JsonPlace::Digits || place == JsonPlace::Fraction ||
           place == JsonPlace::ExponentDigits;
  }
  /// How many bytes `outer` has at that depth.
  static constexpr quint64 outerSize(quint64 depth) { return depth == 0 ? 0 : (depth - 1) / 64 * 8; }

  void push(bool isObject) {
    if (depth % 64 == 0 && depth > 0) spill();
    nesting = nesting << 1 | (isObject ? 1 : 0);
    ++depth;
  }
  void pop() {
    nesting >>= 1;
    --depth;
    if (depth % 64 == 0 && depth > 0) fill();
  }

 private:
  void spill();
  void fill();
};

inline constexpr std::string_view jsonWords[] = {"true", "false", "null"};

/// What a scan that only looks for the end makes of what lies on the way: nothing. Offsets are those of the bytes.
struct NoJsonSink {
  static void open(bool /*isObject*/, quint64 /*at*/) {}
  static void close(quint64 /*end*/) {}
  static void begin(quint64 /*at*/) {}  ///< of a key, a string, a number, a word
  static void key(quint64 /*end*/) {}
  static void string(quint64 /*end*/) {}
  static void number(quint64 /*end*/) {}
  static void word(quint64 /*end*/, quint8 /*word*/) {}
  static constexpr bool isFull() { return false; }
};

/// Walks over bytes[at, end) from where `state` stands, up to the end of a value that is in no other: for a number, the
/// byte that ends it is looked at, too. After Whole the state stands at Begin again; after Bad it says what was
/// expected.
template <typename Sink>
WalkStep scanJson(const std::uint8_t *bytes, quint64 at, quint64 end, JsonState &state, Sink &sink) {
  using enum JsonPlace;
  JsonPlace place = state.place;
  const auto stand = [&](WalkOutcome outcome) {
    state.place = place;
    return WalkStep{outcome, at};
  };
  // Whether that was the outermost value.
  const auto valueEnds = [&] {
    place = state.depth == 0 ? Begin : Next;
    return state.depth == 0 || sink.isFull();
  };
  const auto valueStep = [&] { return stand(state.depth == 0 ? WalkOutcome::Whole : WalkOutcome::Stopped); };
  const auto bracketCloses = [&] {
    sink.close(++at);
    state.pop();
    return valueEnds();
  };
  while (at < end) {
    const std::uint8_t byte = bytes[at];
    switch (place) {
      case Begin:
      case Item:
      case FirstItem:
        switch (byte) {
          case '"':
            sink.begin(at++);
            state.isKey = false;
            place = String;
            continue;
          case '{':
          case '[':
            sink.open(byte == '{', at++);
            state.push(byte == '{');
            place = byte == '{' ? FirstKey : FirstItem;
            if (sink.isFull()) return stand(WalkOutcome::Stopped);
            continue;
          case '-':
          case '0':
          case '1':
          case '2':
          case '3':
          case '4':
          case '5':
          case '6':
          case '7':
          case '8':
          case '9':
            sink.begin(at++);
            place = byte == '-' ? Minus : byte == '0' ? Zero : Digits;
            continue;
          case 't':
          case 'f':
          case 'n':
            sink.begin(at++);
            state.word = byte == 't' ? 0 : byte == 'f' ? 1 : 2;
            state.left = static_cast<quint8>(jsonWords[state.word].size() - 1);
            place = Word;
            continue;
          case ' ':
          case '\n':
          case '\r':
          case '\t':
            while (++at < end && isTextSpace(bytes[at])) {
            }
            continue;
          case ']':
            if (place != FirstItem) return stand(WalkOutcome::Bad);
            if (bracketCloses()) return valueStep();
            continue;
          default:
            return stand(WalkOutcome::Bad);
        }
      case FirstKey:
      case Key:
        if (byte == '"') {
          sink.begin(at++);
          state.isKey = true;
          place = String;
        } else if (isTextSpace(byte)) {
          while (++at < end && isTextSpace(bytes[at])) {
          }
        } else if (byte == '}' && place == FirstKey) {
          if (bracketCloses()) return valueStep();
        } else {
          return stand(WalkOutcome::Bad);
        }
        continue;
      case Colon:
        if (byte == ':') {
          place = Item;
        } else if (!isTextSpace(byte)) {
          return stand(WalkOutcome::Bad);
        }
        ++at;
        continue;
      case Next:
        if (byte == ',') {
          ++at;
          place = state.isInObject() ? Key : Item;
        } else if (byte == (state.isInObject() ? '}' : ']')) {
          if (bracketCloses()) return valueStep();
        } else if (isTextSpace(byte)) {
          while (++at < end && isTextSpace(bytes[at])) {
          }
        } else {
          return stand(WalkOutcome::Bad);
        }
        continue;
      case String: {
        at = skipPlain(bytes, at, end, '"', '\\', '\\');
        if (at == end) continue;
        const std::uint8_t special = bytes[at];
        if (special == '"') {
          ++at;
          if (state.isKey) {
            sink.key(at);
            place = Colon;
          } else {
            sink.string(at);
            if (valueEnds()) return valueStep();
          }
        } else if (special == '\\') {
          ++at;
          place = Escape;
        } else {
          Utf8Rest rest = utf8RestAfter(special);
          if (rest == 0) return stand(WalkOutcome::Bad);
          ++at;
          while (rest != 0 && at < end && takeUtf8(rest, bytes[at])) ++at;
          if (rest == 0) continue;
          state.left = rest;
          place = Character;
        }
        continue;
      }
      case Character:
        if (!takeUtf8(state.left, byte)) return stand(WalkOutcome::Bad);
        ++at;
        if (state.left == 0) place = String;
        continue;
      case Escape:
        switch (byte) {
          case '"':
          case '\\':
          case '/':
          case 'b':
          case 'f':
          case 'n':
          case 'r':
          case 't':
            place = String;
            break;
          case 'u':
            state.left = 4;
            place = Hex;
            break;
          default:
            return stand(WalkOutcome::Bad);
        }
        ++at;
        continue;
      case Hex:
        if (!isTextHexDigit(byte)) return stand(WalkOutcome::Bad);
        ++at;
        if (--state.left == 0) place = String;
        continue;
      case Word: {
        const std::string_view word = jsonWords[state.word];
        if (byte != static_cast<std::uint8_t>(word[word.size() - state.left])) return stand(WalkOutcome::Bad);
        ++at;
        if (--state.left > 0) continue;
        sink.word(at, state.word);
        if (valueEnds()) return valueStep();
        continue;
      }
      case Minus:
        if (!isTextDigit(byte)) return stand(WalkOutcome::Bad);
        ++at;
        place = byte == '0' ? Zero : Digits;
        continue;
      case Point:
      case ExponentSign:
        if (!isTextDigit(byte)) return stand(WalkOutcome::Bad);
        ++at;
        place = place == Point ? Fraction : ExponentDigits;
        continue;
      case Exponent:
        if (byte == '+' || byte == '-') {
          place = ExponentSign;
        } else if (isTextDigit(byte)) {
          place = ExponentDigits;
        } else {
          return stand(WalkOutcome::Bad);
        }
        ++at;
        continue;
      case Zero:
        if (isTextDigit(byte)) return stand(WalkOutcome::Bad);
        [[fallthrough]];
      case Digits:
      case Fraction:
      case ExponentDigits:
        while (at < end && isTextDigit(bytes[at])) ++at;
        if (at == end) continue;
        if (bytes[at] == '.' && (place == Zero || place == Digits)) {
          ++at;
          place = Point;
        } else if ((bytes[at] | 0x20) == 'e' && place != ExponentDigits) {
          ++at;
          place = Exponent;
        } else {
          sink.number(at);
          if (valueEnds()) return valueStep();
        }
        continue;
    }
  }
  return stand(WalkOutcome::More);
}

/// What is wrong with byte `at`, at which a walk stands that began with the bytes' first one: the byte, and what was
/// expected in its place. `base`: what offset the bytes' first one has for people.
QString jsonErrorWords(ByteView bytes, quint64 at, const JsonState &state, quint64 base);

}  // namespace octetscope

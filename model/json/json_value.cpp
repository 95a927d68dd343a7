// JSON read strictly and without recursion, and its strings written.
#include "model/json/json_value.h"

#include "model/structs/value.h"

#include <QUtf8StringView>

#include <algorithm>

namespace octetscope {

namespace {

class JsonReader {
 public:
  explicit JsonReader(QByteArrayView text) : text_(text) {}

  Result<JsonValue> read() {
    while (true) {
      if (!readValueOrOpen()) return std::unexpected(error_);
      if (!complete_) continue;
      // A value is whole: it goes into its container, which it may complete, and so on.
      while (complete_) {
        if (stack_.empty()) {
          skipSpace();
          if (at_ < text_.size()) return std::unexpected(wrong("nothing may follow the value"));
          return std::move(value_);
        }
        if (!addToContainer()) return std::unexpected(error_);
      }
    }
  }

 private:
  struct Frame {
    JsonValue container;
    QString key = {};
  };

  Error wrong(const char *what) {
    error_ = Error{QStringLiteral("not JSON at byte %1").arg(at_ + 1), QString::fromLatin1(what), at_};
    return error_;
  }
  bool no(const char *what) {
    wrong(what);
    return false;
  }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skipSpace() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
  }

  /// Reads a scalar or an empty container (complete_), or opens a container and stands before its first value.
  bool readValueOrOpen() {
    skipSpace();
    complete_ = true;
    switch (peek()) {
      case '{':
        return open(JsonValue{JsonValue::Object{}}, '}');
      case '[':
        return open(JsonValue{JsonValue::Array{}}, ']');
      case '"': {
        QString string;
        if (!readString(string)) return false;
        value_ = JsonValue{std::move(string)};
        return true;
      }
      case 't':
        return readWord("true", JsonValue{true});
      case 'f':
        return readWord("false", JsonValue{false});
      case 'n':
        return readWord("null", JsonValue{});
      default:
        return readNumber();
    }
  }

  bool open(JsonValue container, char close) {
    if (stack_.size() >= static_cast<std::size_t>(maxJsonDepth)) return no("it nests too deep");
    ++at_;
    skipSpace();
    if (peek() == close) {
      ++at_;
      value_ = std::move(container);
      return true;
    }
    stack_.push_back({std::move(container)});
    complete_ = false;
    return close == ']' || readKey();
  }

  bool readKey() {
    skipSpace();
    if (peek() != '"') return no("a key in double quotes belongs here");
    if (!readString(stack_.back().key)) return false;
    skipSpace();
    if (peek() != ':') return no("a colon belongs behind a key");
    ++at_;
    return true;
  }

  bool addToContainer() {
    Frame &top = stack_.back();
    auto *object = std::get_if<JsonValue::Object>(&top.container.data);
    if (object) {
      object->push_back({std::move(top.key), std::move(value_)});
    } else {
      std::get<JsonValue::Array>(top.container.data).push_back(std::move(value_));
    }
    skipSpace();
    const char next = peek();
    if (next == ',') {
      ++at_;
      complete_ = false;
      return !object || readKey();
    }
    if (next != (object ? '}' : ']')) return no(object ? "a comma or } belongs here" : "a comma or ] belongs here");
    ++at_;
    value_ = std::move(top.container);
    stack_.pop_back();
    return true;
  }

  bool readWord(QByteArrayView word, JsonValue value) {
    if (!text_.sliced(at_).startsWith(word)) return no("a value belongs here");
    at_ += word.size();
    value_ = std::move(value);
    return true;
  }

  bool readDigits() {
    const qsizetype start = at_;
    while (peek() >= '0' && peek() <= '9') ++at_;
    return at_ > start;
  }
  bool readNumber() {
    const qsizetype start = at_;
    if (peek() == '-') ++at_;
    const bool zero = peek() == '0';
    const qsizetype first = at_;
    if (!readDigits()) return no(at_ > start ? "digits belong here" : "a value belongs here");
    if (zero && at_ - first > 1) return no("a number has no leading zeros");
    if (peek() == '.') {
      ++at_;
      if (!readDigits()) return no("digits belong here");
    }
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!readDigits()) return no("digits belong here");
    }
    value_ = JsonValue{JsonNumber{text_.sliced(start, at_ - start).toByteArray()}};
    return true;
  }

  bool readString(QString &string) {
    string.clear();
    ++at_;
    while (true) {
      const qsizetype start = at_;
      while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' && static_cast<uchar>(text_[at_]) >= 0x20)
        ++at_;
      const QUtf8StringView run(text_.data() + start, at_ - start);
      if (!run.isValidUtf8()) {
        at_ = start;
        return no("this string is not valid UTF-8");
      }
      string += run.toString();
      if (at_ == text_.size()) return no("the closing quote is missing");
      if (text_[at_] == '"') {
        ++at_;
        return true;
      }
      if (text_[at_] != '\\') return no("write control characters as \\n or \\u000a");
      if (!readEscape(string)) return false;
    }
  }

  bool readEscape(QString &string) {
    ++at_;
    static constexpr QByteArrayView names("\"\\/bfnrt");
    static constexpr QByteArrayView meanings("\"\\/\b\f\n\r\t");
    const char c = peek();
    if (const qsizetype which = c == '\0' ? -1 : names.indexOf(c); which >= 0) {
      string += QLatin1Char(meanings[which]);
      ++at_;
      return true;
    }
    if (c != 'u') return no("the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
    ++at_;
    char16_t unit = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char digit = peek();
      const bool isNumber = digit >= '0' && digit <= '9';
      const char letter = static_cast<char>(digit | 0x20);
      if (!isNumber && (letter < 'a' || letter > 'f')) return no("four hex digits belong behind \\u");
      unit = static_cast<char16_t>(unit << 4 | (isNumber ? digit - '0' : letter - 'a' + 10));
    }
    string += QChar(unit);
    return true;
  }

  QByteArrayView text_;
  qsizetype at_ = 0;
  std::vector<Frame> stack_;
  JsonValue value_;  // the last one read
  bool complete_ = false;
  Error error_;
};

void appendEscape(QByteArray &out, char16_t unit) {
  static constexpr char digits[] = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += digits[unit >> shift & 15];
}

}  // namespace

const JsonValue *JsonValue::find(QStringView key) const {
  const Object *members = object();
  if (!members) return nullptr;
  const auto found =
      std::find_if(members->rbegin(), members->rend(), [key](const JsonMember &m) { return m.key == key; });
  return found == members->rend() ? nullptr : &found->value;
}

Result<JsonValue> parseJson(QByteArrayView utf8) {
  return JsonReader(utf8).read();
}

void appendJsonString(QByteArray &out, QStringView text) {
  out += '"';
  for (qsizetype i = 0; i < text.size(); ++i) {
    const QChar c = text[i];
    const char16_t unit = c.unicode();
    if (unit == u'"' || unit == u'\\') {
      out += '\\';
      out += static_cast<char>(unit);
    } else if (unit >= 0x20 && unit < 0x7f) {
      out += static_cast<char>(unit);
    } else if (unit == u'\n') {
      out += "\\n";
    } else if (unit == u'\r') {
      out += "\\r";
    } else if (unit == u'\t') {
      out += "\\t";
    } else {
      const bool isPair = c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
      const QStringView character = text.sliced(i, isPair ? 2 : 1);
      if (isPlainCharacter(isPair ? QChar::surrogateToUcs4(c, text[i + 1]) : char32_t{unit})) {
        out += character.toUtf8();
      } else {
        for (const QChar part : character) appendEscape(out, part.unicode());
      }
      i += isPair ? 1 : 0;
    }
  }
  out += '"';
}

}  // namespace octetscope

// Random text in formats of which random bytes never make any: JSON values, XML documents. The same numbers make the
// same text.
#pragma once

#include <QByteArray>

#include <random>

namespace octetscope::test {

/// JSON of every kind of value, with all that may stand in strings and numbers, and white space.
class JsonMaker {
 public:
  explicit JsonMaker(std::minstd_rand &random) : random_(random) {}

  QByteArray value(int depth = 3) {
    switch (random_() % (depth > 0 ? 7 : 5)) {
      case 0:
        return number();
      case 1:
      case 2:
        return string();
      case 3:
        return word();
      case 4:
        return depth > 0 && random_() % 20 == 0 ? deep() : number();
      case 5:
        return bracketed('[', ']', [&] { return value(depth - 1); });
      default:
        return bracketed('{', '}', [&] { return QByteArray(string() + space() + ':' + space() + value(depth - 1)); });
    }
  }

  QByteArray space() {
    static constexpr const char *texts[] = {"", "", "", "", " ", "\n", "\r\n\t", "  "};
    return texts[random_() % std::size(texts)];
  }

 private:
  QByteArray number() {
    static constexpr const char *texts[] = {"0",   "-0",  "7",    "12",       "-345",  "18446744073709551616",
                                            "0.5", "1e5", "2E+3", "-1.25e-7", "1e400", "3.0"};
    return texts[random_() % std::size(texts)];
  }
  QByteArray word() {
    static constexpr const char *texts[] = {"true", "false", "null"};
    return texts[random_() % std::size(texts)];
  }
  QByteArray string() {
    static constexpr const char *texts[] = {
        "a",  "b c", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud834\\udd1e",      "\\ud800", "ä",
        "ß€", "𝄞",   "[",   "}",    ",",    ":",       "0123456789abcdefghij"};
    QByteArray made = "\"";
    for (quint64 i = random_() % 4; i > 0; --i) made += texts[random_() % std::size(texts)];
    return made + '"';
  }
  /// More brackets than fit a word.
  QByteArray deep() {
    const auto depth = static_cast<qsizetype>(60 + random_() % 80);
    return QByteArray(depth, '[') + QByteArray(depth, ']');
  }
  template <typename Make>
  QByteArray bracketed(char open, char close, Make make) {
    QByteArray made(1, open);
    const quint64 count = random_() % 4;
    for (quint64 i = 0; i < count; ++i) made += (i > 0 ? "," : "") + space() + make() + space();
    return made + close;
  }

  std::minstd_rand &random_;
};

/// XML documents with all that may stand in one.
class XmlMaker {
 public:
  explicit XmlMaker(std::minstd_rand &random) : random_(random) {}

  QByteArray document() {
    static constexpr const char *starts[] = {"",
                                             "",
                                             "",
                                             "",
                                             "\xef\xbb\xbf",
                                             "<?xml version=\"1.0\"?>\n",
                                             "<?xml version='1.0' encoding='ISO-8859-1'?>",
                                             "<!-- a - b -->",
                                             "<?go ?on?>",
                                             "<!DOCTYPE a>",
                                             "<!DOCTYPE a [<!ENTITY b \"]>'\"><!--'--><?c \"?> %d; ]>"};
    return starts[random_() % std::size(starts)] + element(3);
  }

 private:
  QByteArray name() {
    static constexpr const char *texts[] = {"a", "b", "ab", "x:y", "\xc3\xa4", "_1-."};
    return texts[random_() % std::size(texts)];
  }
  QByteArray element(int depth) {
    const QByteArray tag = name();
    QByteArray made = '<' + tag;
    for (quint64 i = random_() % 3; i > 0; --i) made += attribute();
    if (random_() % 4 == 0) return made + "/>";
    made += random_() % 5 == 0 ? " >" : ">";
    for (quint64 i = random_() % 4; i > 0; --i) made += depth > 0 && random_() % 2 == 0 ? element(depth - 1) : text();
    return made + "</" + tag + (random_() % 5 == 0 ? "\n>" : ">");
  }
  QByteArray attribute() {
    static constexpr const char *texts[] = {" k=\"v\"", "\nk = '\"'", " k='&lt;'", " n=\"&#x20AC;>\"", " e=''"};
    return texts[random_() % std::size(texts)];
  }
  QByteArray text() {
    static constexpr const char *texts[] = {"t",
                                            " ",
                                            "&amp;",
                                            "&#65;",
                                            "\xe2\x82\xac",
                                            "]]",
                                            "<!-- - -->",
                                            "<?p q?>",
                                            "<![CDATA[</a>]]]>",
                                            "<![CDATA[]]>",
                                            "\r\n"};
    return texts[random_() % std::size(texts)];
  }

  std::minstd_rand &random_;
};

}  // namespace octetscope::test

// The framing `json`: where values end, what is wrong with bytes that are none, and the words for it. (Boundaries and
// values are compared with CPython's in tst_text_oracle.)
#include "model/framing/framing_words.h"
#include "model/framing/message_index.h"
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

FramerPtr json(const char *options = "") {
  return framerFromSpec(QString::fromUtf8(QByteArray("json") + options)).value();
}

/// The last message of a stream, explained as message 3.
QString explained(const Framer &framer, const StreamView &stream) {
  const QList<Message> messages = messagesOf(framer, stream);
  return messages.isEmpty() ? QString() : framer.explain(stream, messages.last(), 3);
}

}  // namespace

class TestJsonFramer : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cuts_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<StreamEnd>("end");
    QTest::addColumn<QString>("messages");
    const auto row = [](const char *bytes, StreamEnd end, const char *messages) {
      QTest::addRow("%s %d", bytes, static_cast<int>(end)) << QByteArray(bytes) << end << QString::fromUtf8(messages);
    };
    using enum StreamEnd;
    row("", Fin, "");
    row(" \t\r\n", Fin, "");
    row("{}[]", Open, "0+2 complete payload 0+2\n2+2 complete payload 2+2");
    row(" {} \n[] ", Open, "1+2 complete payload 1+2\n5+2 complete payload 5+2");
    row("truefalsenull", Open, "0+4 complete payload 0+4\n4+5 complete payload 4+5\n9+4 complete payload 9+4");
    row("\"a\"\"b\"", Open, "0+3 complete payload 0+3\n3+3 complete payload 3+3");
    row("{\"a\":[1,2,{}]}x", Open,
        "0+14 complete payload 0+14\n14+1 error payload -+0: byte 14 is \"x\" (78) where a value begins");
    // A bare number ends with what cannot belong to it, or with the stream.
    row("1 2", Fin, "0+1 complete payload 0+1\n2+1 complete payload 2+1");
    row("1 2", Open, "0+1 complete payload 0+1\n2+1 incomplete payload 2+1");
    row("1 2", Reset, "0+1 complete payload 0+1\n2+1 incomplete payload 2+1");
    row("12{\"a\":1}", Open, "0+2 complete payload 0+2\n2+7 complete payload 2+7");
    row("1\"a\"", Open, "0+1 complete payload 0+1\n1+3 complete payload 1+3");
    row("1-2", Fin, "0+1 complete payload 0+1\n1+2 complete payload 1+2");
    row("1,2", Fin, "0+1 complete payload 0+1\n1+2 error payload -+0: byte 1 is \",\" (2C) where a value begins");
    row("1e5-3", Fin, "0+3 complete payload 0+3\n3+2 complete payload 3+2");
    row("-", Fin, "0+1 incomplete payload 0+1");
    row("1.", Fin, "0+2 incomplete payload 0+2");
    row("1e", Fin, "0+2 incomplete payload 0+2");
    row("1e+", Fin, "0+3 incomplete payload 0+3");
    row("tru", Fin, "0+3 incomplete payload 0+3");
    row("{\"a", Fin, "0+3 incomplete payload 0+3");
    // What is wrong, and what belongs there.
    row(" 01 ", Fin, "1+3 error payload -+0: byte 2 is \"1\" (31) behind a leading zero, which no number has");
    row("-x", Fin, "0+2 error payload -+0: byte 1 is \"x\" (78) where a digit is expected behind the minus");
    row("1.x", Fin, "0+3 error payload -+0: byte 2 is \"x\" (78) where a digit is expected behind the point");
    row("1ex", Fin, "0+3 error payload -+0: byte 2 is \"x\" (78) where an exponent has a digit or a sign");
    row("1e+x", Fin, "0+4 error payload -+0: byte 3 is \"x\" (78) where an exponent has a digit");
    row("NaN", Fin,
        "0+3 error payload -+0: byte 0 is \"N\" (4E) where a value begins (NaN and Infinity are none in JSON)");
    row("[-Infinity]", Fin, "0+11 error payload -+0: byte 2 is \"I\" (49) where a digit is expected behind the minus");
    row("\xef\xbb\xbf{}", Fin,
        "0+5 error payload -+0: byte 0 is EF where a value begins (JSON has no byte order mark)");
    row("['a']", Fin,
        "0+5 error payload -+0: byte 1 is \"'\" (27) where a value or \"]\" is expected (strings have double quotes)");
    row("[1,]", Fin, "0+4 error payload -+0: byte 3 is \"]\" (5D) where a value is expected");
    row("[1 2]", Fin, "0+5 error payload -+0: byte 3 is \"2\" (32) where a comma or \"]\" is expected");
    row("[1}", Fin, "0+3 error payload -+0: byte 2 is \"}\" (7D) where a comma or \"]\" is expected");
    row("{1:2}", Fin, "0+5 error payload -+0: byte 1 is \"1\" (31) where a key in quotes or \"}\" is expected");
    row("{\"a\":1,}", Fin, "0+8 error payload -+0: byte 7 is \"}\" (7D) where a key in quotes is expected");
    row("{\"a\"=1}", Fin, "0+7 error payload -+0: byte 4 is \"=\" (3D) where a colon is expected behind the key");
    row("{\"a\":1]", Fin, "0+7 error payload -+0: byte 6 is \"]\" (5D) where a comma or \"}\" is expected");
    row("trve", Fin, "0+4 error payload -+0: byte 2 is \"v\" (76) where \"true\" has \"u\"");
    row("\"\\x\"", Fin, "0+4 error payload -+0: byte 2 is \"x\" (78) where an escape has one of \" \\ / b f n r t u");
    row("\"\\u12g4\"", Fin, "0+8 error payload -+0: byte 5 is \"g\" (67) where \\u has a hexadecimal digit");
    row("\"a\nb\"", Fin,
        "0+5 error payload -+0: byte 2 is 0A in a string, which has control characters as escapes only");
    row("\"\xff\"", Fin, "0+3 error payload -+0: byte 1 is FF in a string, where no character of UTF-8 begins with it");
    row("\"\xc0\x80\"", Fin,
        "0+4 error payload -+0: byte 1 is C0 in a string, where no character of UTF-8 begins with it");
    row("\"\xed\xa0\x80\"", Fin, "0+5 error payload -+0: byte 2 is A0 where a character of UTF-8 goes on");
    row("\"\xe2\x82\"", Fin, "0+4 error payload -+0: byte 3 is \"\"\" (22) where a character of UTF-8 goes on");
    row("\"\xe2\x82\xac\\ud800\"", Fin, "0+11 complete payload 0+11");
  }
  void cuts() {
    QFETCH(QByteArray, bytes);
    QFETCH(StreamEnd, end);
    QFETCH(QString, messages);
    QCOMPARE(told(*json(), streamInChunks(bytes, {}, end)), messages);
    // Byte by byte, it comes to the same.
    QList<quint64> cuts;
    for (qsizetype cut = 1; cut < bytes.size(); ++cut) cuts.append(static_cast<quint64>(cut));
    const QString broken = FramerContract(*json(), bytes, cuts, end, 1).broken();
    QVERIFY2(broken.isEmpty(), qPrintable(broken));
  }

  void limits() {
    QCOMPARE(told(*json(",max=4"), streamInChunks("[12]", {})), u"0+4 complete payload 0+4"_s);
    QCOMPARE(told(*json(",max=4"), streamInChunks("[123]", {})),
             u"0+5 error payload -+0: the JSON value that begins at byte 0 does not end within the limit of 4 bytes"_s);
    QCOMPARE(told(*json(",max=4"), streamInChunks("[123", {})), u"0+4 incomplete payload 0+4"_s);
    // A number of exactly as many bytes, and one more.
    QCOMPARE(told(*json(",max=4"), streamInChunks("1234", {})), u"0+4 incomplete payload 0+4"_s);
    QCOMPARE(told(*json(",max=4"), streamInChunks("1234 ", {})), u"0+4 complete payload 0+4"_s);
    QCOMPARE(told(*json(",max=4"), streamInChunks("12345", {})),
             u"0+5 error payload -+0: the JSON value that begins at byte 0 does not end within the limit of 4 bytes"_s);
    // White space does not count.
    QCOMPARE(told(*json(",max=4"), streamInChunks("        [12]", {})), u"8+4 complete payload 8+4"_s);
  }

  void says_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<StreamEnd>("end");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("because");
    const auto row = [](const char *bytes, StreamEnd end, const char *words, const char *because) {
      QTest::addRow("%s %d", bytes, static_cast<int>(end))
          << QByteArray(bytes) << end << QString::fromUtf8(words) << QString::fromUtf8(because);
    };
    using enum StreamEnd;
    row("{\"a\":1}", Open,
        "\"}\" (7D) at byte 6 closes the \"{\" (7B) at byte 0, with which message 3 began, so it ends at byte 7.",
        "\"}\" (7D) at byte 6 closes the \"{\" (7B) at byte 0");
    row(" \"ab\"", Open, "The quote at byte 4 closes the string that begins at byte 1, so message 3 ends at byte 5.",
        "the quote at byte 4 closes its string");
    row("null", Open, "Read null, so message 3 ends at byte 4.", "it read null");
    row("-12", Fin, "Read the number -12, and the stream ended behind it, so message 3 ends at byte 3.",
        "the stream ended behind the number -12");
    row("12\n", Open, "Read the number 12, which byte 2 (0A) ends, so message 3 ends at byte 2.",
        "byte 2 (0A) ends the number 12");
    row("12", Open,
        "Read 12, a number that may go on: what cannot belong to it ends message 3, or the end of the stream: waiting "
        "for more.",
        "the value that begins at byte 0 is not whole");
    row("1.", Fin, "Read \"1.\", and message 3 is not whole: the stream ended there, so no more will come.",
        "the value that begins at byte 0 is not whole");
    row("\"ab", Open, "Message 3 is a string that begins at byte 0, and no quote closes it: waiting for more.",
        "no quote closes the string that begins at byte 0");
    row("[1", Open, "Message 3 begins with \"[\" (5B) at byte 0, and nothing closes it: waiting for more.",
        "nothing closes the \"[\" (5B) at byte 0");
    row("{\"a\":[1, \"x", Cut,
        "Message 3 begins with \"{\" (7B) at byte 0, and 2 brackets are open, the innermost is \"[\" (5B) at byte 5, "
        "in a string that begins at byte 9: it was cut off there, so no more will come.",
        "nothing closes the \"{\" (7B) at byte 0");
    row("[x", Open,
        "Byte 1 is \"x\" (78) where a value or \"]\" is expected. Nothing is framed from byte 0 on: start the framing "
        "again where a message begins.",
        "nothing closes the \"[\" (5B) at byte 0");
  }
  void says() {
    QFETCH(QByteArray, bytes);
    QFETCH(StreamEnd, end);
    QFETCH(QString, words);
    QFETCH(QString, because);
    const StreamView stream = streamInChunks(bytes, {}, end);
    QCOMPARE(explained(*json(), stream), words);
    QCOMPARE(json()->because(stream, messagesOf(*json(), stream).last()), because);
  }

  void parts() {
    const StreamView good = streamInChunks(" [1] ", {});
    QCOMPARE(toldParts(*json(), good, messagesOf(*json(), good).first()), u"payload 1-4"_s);
    const StreamView bad = streamInChunks("[1,]  ", {});
    QCOMPARE(toldParts(*json(), bad, messagesOf(*json(), bad).first()), u"payload 0-3, unread 3-6"_s);
  }

  void encodes_data() {
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *payload, const char *bytes, const char *error) {
      QTest::addRow("%s", payload) << QByteArray(payload) << QByteArray(bytes) << QString::fromUtf8(error);
    };
    row("{\"a\": 1}", "{\"a\": 1}", "");
    row("\"a\"", "\"a\"", "");
    row("-1.5e3", "-1.5e3\n", "");
    row("", "", "an empty payload is no JSON value");
    row(" 1", "", "the payload has white space around its JSON value, which is not part of a message");
    row("1 2", "", "the payload is more than one JSON value: the first ends at byte 1");
    row("[1", "", "the payload is not a whole JSON value");
    row("hello", "", "the payload is no JSON value: byte 0 is \"h\" (68) where a value begins");
  }
  void encodes() {
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, error);
    const auto encoded = json()->encode(payload);
    QCOMPARE(encoded ? *encoded : QByteArray(), bytes);
    QCOMPARE(encoded ? QString() : encoded.error().what, error);
    QCOMPARE(brokenEncoding(*json(), payload), QString());
  }

  // 100,000 brackets in each other, in pieces of every kind, and kept at many places by an index.
  void nests() {
    constexpr qsizetype depth = 100'000;
    QByteArray bytes;
    for (qsizetype i = 0; i < depth; ++i) bytes += i % 3 == 0 ? "{\"a\":" : "[";
    bytes += '1';
    for (qsizetype i = depth - 1; i >= 0; --i) bytes += i % 3 == 0 ? '}' : ']';
    const quint64 size = static_cast<quint64>(bytes.size());
    for (const quint64 step : {size, quint64{1}, quint64{777}}) {
      ScanState state;
      ScanState kept;
      QList<Message> messages;
      const StreamView whole = streamInChunks(bytes, {});
      for (quint64 end = step;; end += step) {
        messages += finalMessages(*json(), whole.prefix(end), state);
        if (end % 100 == 77) kept = state;
        if (end >= size) break;
      }
      QCOMPARE(describe(messages), u"[0+%1 complete payload 0+%1]"_s.arg(size));
      QVERIFY(!state.memory);
      if (kept.scanned > 0) QCOMPARE(finalMessages(*json(), whole, kept), messages);
    }
    bytes[bytes.size() - 1] = ']';
    QCOMPARE(told(*json(), streamInChunks(bytes, {})),
             u"0+%1 error payload -+0: byte %2 is \"]\" (5D) where a comma or \"}\" is expected"_s.arg(size).arg(
                 grouped(size - 1)));
  }

  // A stream of brackets that never close: what an index keeps of it is a fraction of its bytes, not a stack each time.
  void remembersLittle() {
    const QByteArray bytes(8 << 20, '[');
    const StreamView stream = streamInChunks(bytes, {});
    MessageIndex index(json(), 0);
    while (index.advance(stream, 1 << 20)) {
    }
    QCOMPARE(index.count(), 0U);
    QCOMPARE(index.rest(stream).size, static_cast<quint64>(bytes.size()));
    QVERIFY2(index.memoryUsed() < static_cast<quint64>(bytes.size()) / 4,
             qPrintable(QString::number(index.memoryUsed())));
  }

  void indexes() {
    QByteArray bytes;
    for (int i = 0; i < 3000; ++i) {
      bytes += "{\"number\": " + QByteArray::number(i) + ", \"text\": \"" + QByteArray(i % 500, 'x') + "\"}\n  ";
      if (i % 10 == 0) bytes += QByteArray::number(i);
      if (i == 1500) bytes += '"' + QByteArray(1 << 20, 'y') + '"';
    }
    const StreamView stream = streamInChunks(bytes, {}, StreamEnd::Fin);
    MessageIndex index(json(), 0);
    while (index.advance(stream, 100'000)) {
    }
    const QList<Message> expected = messagesOf(*json(), stream);
    QCOMPARE(index.count(), static_cast<quint64>(expected.size()));
    for (qsizetype i = 0; i < expected.size(); i += 37) {
      QCOMPARE(index.at(stream, static_cast<quint64>(i)), expected[i]);
      QCOMPARE(index.numberAt(stream, expected[i].offset), static_cast<quint64>(i));
    }
  }
};

QTEST_APPLESS_MAIN(TestJsonFramer)
#include "tst_json_framer.moc"

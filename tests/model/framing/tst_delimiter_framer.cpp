// The framings `delimiter` and `lines`: delimiters of several bytes, kept, quoted, escaped, and what is said of them.
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"
#include "tests/support/guarded_bytes.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestDelimiterFramer : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void refusesSpecs_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("line");
    const auto row = [](const char *spec, const char *line) {
      QTest::newRow(spec) << QString::fromUtf8(spec) << QString::fromUtf8(line);
    };
    row("delimiter",
        "delimiter needs an argument, which is missing at character 10: write for example delimiter:\\r\\n");
    row("delimiter:", "an empty TEXT at character 11: write at least one character or escape");
    row("delimiter:\\e", "an escape that is not known (\\e) at character 11: use \\n \\r \\t \\0 \\xNN \\\\ \\, \\|");
    row("delimiter:,keep=yes", "an empty TEXT at character 11: write at least one character or escape");
    row("delimiter:;,keep=maybe", "\"maybe\" is no choice for option \"keep\" at character 18: choose one of yes, no");
    row("delimiter:;,keep",
        "option \"keep\" has no value at character 13: write OPTION=VALUE; a comma inside a TEXT is "
        "written \\,");
    row("delimiter:;,quote=''",
        "option \"quote\" needs one byte, not 2, at character 19: write one ASCII character or "
        "\\xNN");
    row("delimiter:;,quote=é",
        "option \"quote\" needs one byte, not 2, at character 19: write one ASCII character or "
        "\\xNN");
    row("delimiter:;,quote=", "an empty TEXT at character 19: write at least one character or escape");
    row("delimiter:a;b,escape=;", "a byte that is also in the delimiter at character 22: choose another one");
    row("delimiter:;,quote=;", "a byte that is also in the delimiter at character 19: choose another one");
    row("delimiter:;,quote=q,escape=q", "the same byte as quote= at character 28: choose another one");
    row("delimiter:|", "a framing's name is missing at character 12");
    row("lines:\\n", "lines takes no argument, but there is one at character 7: remove the colon and what follows it");
  }
  void refusesSpecs() {
    QFETCH(QString, spec);
    QFETCH(QString, line);
    const auto framer = framerFromSpec(spec);
    QVERIFY(!framer);
    QCOMPARE(framer.error().line(), line);
  }

  void reads_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *spec, const QByteArray &bytes, const char *expected) {
      QTest::addRow("%s %s", spec, bytes.toPercentEncoding().constData())
          << QString::fromUtf8(spec) << bytes << QString::fromUtf8(expected);
    };
    row("lines", "", "");
    row("lines", "ab\n\r\nc\r\r\nd\r",
        "0+3 complete payload 0+2\n3+2 complete payload 3+0\n5+4 complete payload 5+2\n9+2 incomplete payload 9+2");
    row("lines,keep=yes", "a\r\n", "0+3 complete payload 0+3");
    row("delimiter:\\n", "a\r\n", "0+3 complete payload 0+2");
    row("delimiter:\\r\\n", "a\nb\r\r\n\r\n", "0+6 complete payload 0+4\n6+2 complete payload 6+0");
    row("delimiter:\\r\\n", "a\r", "0+2 incomplete payload 0+2");
    row("delimiter:aab", "aaab", "0+4 complete payload 0+1");
    row("delimiter:aa", "aaa", "0+2 complete payload 0+0\n2+1 incomplete payload 2+1");
    row("delimiter:\\0", QByteArray("ab\0", 3), "0+3 complete payload 0+2");
    row("delimiter:;,quote='", "a';'b;", "0+6 complete payload 0+5");
    row("delimiter:;,quote='", "'a'';';", "0+7 complete payload 0+6");  // a doubled quote closes and reopens
    row("delimiter:;,quote='", "a';;", "0+4 incomplete payload 0+4");
    row("delimiter:;,escape=e", "ae;b;", "0+5 complete payload 0+4");
    row("delimiter:;,escape=e", "ee;", "0+3 complete payload 0+2");
    row("delimiter:;,escape=e,quote='", "e';", "0+3 complete payload 0+2");
    row("delimiter:;,escape=e,quote='", "'e';';", "0+6 complete payload 0+5");
    row("delimiter:\\r\\n,escape=e", "ae\r\n\r\n", "0+6 complete payload 0+4");
    row("lines,escape=e", "ae\r\n", "0+4 complete payload 0+3");  // an escaped \r is no part of the line's end
    row("lines,max=4", "abc\nabcd\nx\n",
        "0+4 complete payload 0+3\n4+5 error payload -+0: no delimiter (\\n) ends the message that begins at byte 4 "
        "within the limit of 4 bytes\n9+2 complete payload 9+1");
    row("lines,max=4", "abcd", "0+4 incomplete payload 0+4");
    row("lines,max=4", "abcde",
        "0+5 error payload -+0: no delimiter (\\n) ends the message that begins at byte 0 within the limit of 4 bytes");
  }
  void reads() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, expected);
    const FramerPtr framer = framerFromSpec(spec).value();
    QCOMPARE(told(*framer, streamInChunks(bytes, {})), expected);
  }

  void explains_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<StreamEnd>("end");
    QTest::addColumn<QString>("words");  // of the first message
    QTest::addColumn<QString>("parts");
    const auto row = [](const char *name, const char *spec, const QByteArray &bytes, StreamEnd end, const char *words,
                        const char *parts) {
      QTest::newRow(name) << QString::fromUtf8(spec) << bytes << end << QString::fromUtf8(words)
                          << QString::fromUtf8(parts);
    };
    row("line", "lines", "abc\n", StreamEnd::Open,
        "Found the delimiter (\\n) at byte 3, so message 3 ends at byte 4. Its payload is the 3 bytes before it.",
        "payload 0-3, delimiter 3-4=\\n");
    row("empty", "lines", "\n", StreamEnd::Open,
        "Found the delimiter (\\n) at byte 0, so message 3 ends at byte 1. Its payload is empty.", "delimiter 0-1=\\n");
    row("with \\r", "lines", "a\r\n", StreamEnd::Open,
        "Found the delimiter (\\n) at byte 2, so message 3 ends at byte 3. Its payload is the 1 byte before it, "
        "without "
        "\\r.",
        "payload 0-1, delimiter 1-3=\\n");
    row("two bytes", "delimiter:\\r\\n", "ab\r\n", StreamEnd::Open,
        "Found the delimiter (\\r\\n) at bytes 2–3, so message 3 ends at byte 4. Its payload is the 2 bytes before it.",
        "payload 0-2, delimiter 2-4=\\r\\n");
    row("kept", "delimiter:\\r\\n,keep=yes", "ab\r\n", StreamEnd::Open,
        "Found the delimiter (\\r\\n) at bytes 2–3, so message 3 ends at byte 4. Its payload is all 4 bytes, the "
        "delimiter kept.",
        "payload 0-2, delimiter 2-4=\\r\\n");
    row("waits", "lines", "abc", StreamEnd::Open,
        "No delimiter (\\n) in the 3 bytes of message 3 so far: waiting for "
        "more.",
        "payload 0-3");
    row("ended", "lines", "abc", StreamEnd::Fin,
        "No delimiter (\\n) in the 3 bytes of message 3: the stream ended there, so no more will come.", "payload 0-3");
    row("reset", "lines", "abc", StreamEnd::Reset,
        "No delimiter (\\n) in the 3 bytes of message 3: the connection was reset there, so no more will come.",
        "payload 0-3");
    row("open quote", "delimiter:;,quote=',escape=e", "a'e';", StreamEnd::Open,
        "No delimiter (;) in the 5 bytes of message 3 so far, and a quote is open: waiting for more.",
        "payload 0-1, mark 1-2, mark 2-3, payload 3-5");
    row("marks", "delimiter:;,quote=',escape=e", "'x'ee;", StreamEnd::Open,
        "Found the delimiter (;) at byte 5, so message 3 ends at byte 6. Its payload is the 5 bytes before it.",
        "mark 0-1, payload 1-2, mark 2-3, mark 3-4, payload 4-5, delimiter 5-6=;");
    row("too long", "lines,max=2", "abc\nd", StreamEnd::Open,
        "No delimiter (\\n) ends the message that begins at byte 0 within the limit of 2 bytes. Framing goes on behind "
        "the next delimiter, at byte 4.",
        "unread 0-4");
    row("too long already", "lines,max=2", "abc", StreamEnd::Open,
        "No delimiter (\\n) ends the message that begins at byte 0 within the limit of 2 bytes. Framing will go on "
        "behind the next delimiter.",
        "unread 0-3");
  }
  void explains() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, bytes);
    QFETCH(StreamEnd, end);
    QFETCH(QString, words);
    QFETCH(QString, parts);
    const FramerPtr framer = framerFromSpec(spec).value();
    const StreamView stream = streamInChunks(bytes, {}, end);
    const Message message = messagesOf(*framer, stream)[0];
    QCOMPARE(framer->explain(stream, message, 3), words);
    QCOMPARE(toldParts(*framer, stream, message), parts);
  }

  void looksAtNothingTwice_data() {
    QTest::addColumn<QString>("spec");
    for (const char *spec : {"lines", "delimiter:;,keep=yes", "delimiter:xxxxxy", "delimiter:;,quote='",
                             "delimiter:yx,escape=z", "until-close"}) {
      QTest::newRow(spec) << QString::fromUtf8(spec);
    }
  }
  void looksAtNothingTwice() {
    QFETCH(QString, spec);
    constexpr std::size_t page = GuardedBytes::page;
    const FramerPtr framer = framerFromSpec(spec).value();
    const auto bytes = std::make_shared<GuardedBytes>(8 * page, 'x', 8 * page);
    ScanState state;
    for (std::size_t pages = 1; pages <= 8; ++pages) {
      // But for the page in which a delimiter may have begun.
      if (pages > 2) bytes->forbid((pages - 2) * page);
      const StreamView stream{ByteSnapshot(bytes, pages * page), {}, StreamEnd::Open, noTime};
      QVERIFY(finalMessages(*framer, stream, state).isEmpty());
      QCOMPARE(framer->rest(stream, state).size, stream.size());
    }
  }

  // Else an index keeps a state for every checkpoint.
  void remembersNothingBetweenMessages() {
    const FramerPtr framer = framerFromSpec(u"delimiter:;,quote=',escape=\\\\"_s).value();
    ScanState state;
    QCOMPARE(finalMessages(*framer, streamInChunks("a\\;b';';", {}), state).size(), 1);
    QVERIFY(std::ranges::all_of(state.own, [](quint64 value) { return value == 0; }));
  }

  void encodes_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *spec, const char *payload, const char *result) {
      QTest::addRow("%s %s", spec, QByteArray(payload).toPercentEncoding().constData())
          << QString::fromUtf8(spec) << QByteArray(payload) << QString::fromUtf8(result);
    };
    row("lines", "abc", "abc\n");
    row("lines", "", "\n");
    row("lines", "a\nb",
        "the payload has the delimiter (\\n) in it, at byte 1: take another framing, one with a length "
        "for example");
    row("lines", "ab\r",
        "the payload ends with \\r, which a reader of lines takes for a part of the line's end: remove "
        "it, or use delimiter:\\n");
    row("lines,keep=yes", "abc\n", "abc\n");
    row("lines,keep=yes", "abc",
        "with keep=yes a payload ends with the delimiter (\\n), and this one does not: put the "
        "delimiter behind it");
    row("lines,keep=yes", "a\nb\n",
        "the payload has the delimiter (\\n) in it, at byte 1: take another framing, one "
        "with a length for example");
    row("delimiter:aa", "xa",
        "the end of the payload and the delimiter (aa) together look like a delimiter at byte 1: "
        "take another framing, one with a length for example");
    row("delimiter:\\r\\n", "x\r", "x\r\r\n");
    row("delimiter:;,quote='", "';'", "';';");
    row("delimiter:;,quote='", "';", "the payload leaves a quote open, which hides the delimiter: close it");
    row("delimiter:;,escape=e", "ae;", "ae;;");
    row("delimiter:;,escape=e", "ae", "the payload ends with an escape, which hides the delimiter: escape the escape");
    row("lines,max=3", "ab", "ab\n");
    row("lines,max=3", "abc", "a message of 4 bytes is over the limit of 3: send less at once, or raise max=");
  }
  void encodes() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, payload);
    QFETCH(QString, result);
    const auto encoded = framerFromSpec(spec).value()->encode(payload);
    QCOMPARE(encoded ? QString::fromUtf8(*encoded) : encoded.error().line(), result);
  }
};

QTEST_APPLESS_MAIN(TestDelimiterFramer)
#include "tst_delimiter_framer.moc"

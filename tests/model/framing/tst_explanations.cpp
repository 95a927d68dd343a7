// What is said of a message, word for word, for every framing and every way of being complete, incomplete, ended and
// wrong: which bytes said so, how much is here, and what is waited for, if anything still is.
#include "model/framing/framing_words.h"
#include "model/framing/registry.h"
#include "model/framing/restarting_framer.h"
#include "tests/support/framer_contract.h"
#include "tests/support/framer_specs.h"

#include <QRegularExpression>
#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

/// The last message of a stream, explained as message 3.
QString explained(const Framer &framer, const StreamView &stream) {
  const QList<Message> messages = messagesOf(framer, stream);
  return messages.isEmpty() ? QString() : framer.explain(stream, messages.last(), 3);
}

}  // namespace

class TestExplanations : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void says_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<StreamEnd>("end");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *spec, const QByteArray &bytes, StreamEnd end, const char *words) {
      QTest::addRow("%s %s %d", spec, bytes.toPercentEncoding().constData(), static_cast<int>(end))
          << QString::fromUtf8(spec) << bytes << end << QString::fromUtf8(words);
    };
    using enum StreamEnd;
    const auto zeros = [](int count) { return QByteArray(count, '\0'); };

    // A length, byte by byte, of every type.
    const char *const u32 = "length:u32be";
    row(u32, zeros(1), Open,
        "The length of message 3 (u32be) is at bytes 0–3. 1 of 4 bytes is here: waiting for 3 more.");
    row(u32, zeros(2), Open,
        "The length of message 3 (u32be) is at bytes 0–3. 2 of 4 bytes are here: waiting for 2 more.");
    row(u32, zeros(3), Open,
        "The length of message 3 (u32be) is at bytes 0–3. 3 of 4 bytes are here: waiting for 1 more.");
    row(u32, zeros(3), Fin,
        "The length of message 3 (u32be) is at bytes 0–3. 3 of 4 bytes are here: the stream ended there, 1 never "
        "came.");
    row(u32, zeros(3), Reset,
        "The length of message 3 (u32be) is at bytes 0–3. 3 of 4 bytes are here: the connection was reset there, 1 "
        "never came.");
    row(u32, zeros(3), Cut,
        "The length of message 3 (u32be) is at bytes 0–3. 3 of 4 bytes are here: it was cut off there, 1 byte short.");
    row(u32, zeros(4), Open, "Read 4 bytes as !I → 0, so message 3 ends at byte 4. All 4 bytes are here.");
    row(u32, QByteArray("\0\0\0\2", 4), Open,
        "Read 4 bytes as !I → 2, so message 3 ends at byte 6. 4 of 6 bytes are here: waiting for 2 more.");
    row(u32, QByteArray("\0\0\0\2a", 5), Open,
        "Read 4 bytes as !I → 2, so message 3 ends at byte 6. 5 of 6 bytes are here: waiting for 1 more.");
    row(u32, QByteArray("\0\0\0\2a", 5), Fin,
        "Read 4 bytes as !I → 2, so message 3 ends at byte 6. 5 of 6 bytes are here: the stream ended there, 1 never "
        "came.");
    row(u32, QByteArray("\0\0\0\2a", 5), Reset,
        "Read 4 bytes as !I → 2, so message 3 ends at byte 6. 5 of 6 bytes are here: the connection was reset there, 1 "
        "never came.");
    row(u32, QByteArray("\0\0\0\2a", 5), Cut,
        "Read 4 bytes as !I → 2, so message 3 ends at byte 6. 5 of 6 bytes are here: it was cut off there, 1 byte "
        "short.");
    row(u32, QByteArray("\0\0\0\2ab", 6), Fin,
        "Read 4 bytes as !I → 2, so message 3 ends at byte 6. All 6 bytes are here.");
    row("length:u32be", QByteArray("\x1a\0\0\0", 4), Open,
        "Bytes 0–3 (1A 00 00 00 as u32be) announce a message of 436,207,620 bytes, over the limit of 67,108,864; in "
        "the other byte order (u32le) they say 26. Nothing is framed from byte 0 on: start the framing again where a "
        "message begins.");
    row("length:u32be", "\xff\xff\xff\xff", Open,
        "Bytes 0–3 (FF FF FF FF as u32be) announce a message of 4,294,967,299 bytes, over the limit of 67,108,864. "
        "Nothing is framed from byte 0 on: start the framing again where a message begins.");
    row("length:u8", "\1", Open,
        "Read 1 byte as B → 1, so message 3 ends at byte 2. 1 of 2 bytes is here: waiting for 1 more.");
    row("length:u8", zeros(1), Open, "Read 1 byte as B → 0, so message 3 ends at byte 1. Its 1 byte is here.");
    row("length:u16be", QByteArray("\0\1a", 3), Open,
        "Read 2 bytes as !H → 1, so message 3 ends at byte 3. All 3 bytes are here.");
    row("length:u16le", QByteArray("\1\0a", 3), Open,
        "Read 2 bytes as <H → 1, so message 3 ends at byte 3. All 3 bytes are here.");
    row("length:u24be", QByteArray("\0\0\1a", 4), Open,
        "Read 3 bytes as u24be → 1, so message 3 ends at byte 4. All 4 bytes are here.");
    row("length:u24le", QByteArray("\1\0\0a", 4), Open,
        "Read 3 bytes as u24le → 1, so message 3 ends at byte 4. All 4 bytes are here.");
    row("length:u32le", QByteArray("\1\0\0\0a", 5), Open,
        "Read 4 bytes as <I → 1, so message 3 ends at byte 5. All 5 bytes are here.");
    row("length:u64be", QByteArray("\0\0\0\0\0\0\0\1a", 9), Open,
        "Read 8 bytes as !Q → 1, so message 3 ends at byte 9. All 9 bytes are here.");
    row("length:u64le", QByteArray("\1\0\0\0\0\0\0\0a", 9), Open,
        "Read 8 bytes as <Q → 1, so message 3 ends at byte 9. All 9 bytes are here.");
    // With an offset, adjusted, stripped.
    const char *const offset = "length:u16be,offset=2";
    row(offset, "ab", Open,
        "The length of message 3 (u16be) is at bytes 2–3, of which none is here: waiting for more.");
    row(offset, "a", Fin,
        "The length of message 3 (u16be) is at bytes 2–3, of which none is here: the stream ended there, so no more "
        "will come.");
    row(offset, QByteArray("ab\0", 3), Open,
        "The length of message 3 (u16be) is at bytes 2–3. 1 of 2 bytes is here: waiting for 1 more.");
    row(offset, QByteArray("ab\0\1c", 5), Open,
        "Read 2 bytes at byte 2 as !H → 1, so message 3 ends at byte 5. All 5 bytes are here.");
    row("length:u8,adjust=-1", "\3ab", Open,
        "Read 1 byte as B → 3, adjusted by −1, so message 3 ends at byte 3. All 3 bytes are here.");
    row("length:u8,adjust=2", "\1a", Open,
        "Read 1 byte as B → 1, adjusted by +2, so message 3 ends at byte 4. 2 of 4 bytes are here: waiting for 2 "
        "more.");
    row("length:u8,adjust=-3", "\1a", Open,
        "Byte 0 (01 as u8) announces a message of −1 bytes, less than the 1 byte up to the end of its length field. "
        "Nothing is framed from byte 0 on: start the framing again where a message begins.");
    row("length:u8,strip=5", "\1a", Open,
        "Byte 0 (01 as u8) announces a message of 2 bytes, less than the 5 bytes to strip. Nothing is framed from byte "
        "0 on: start the framing again where a message begins.");
    row("length:u16be,max=1", QByteArray("\0", 1), Open,
        "The length field alone ends 2 bytes into the message, over the limit of 1. Nothing is framed from byte 0 on: "
        "start the framing again where a message begins.");
    // Lengths whose width the bytes say.
    row("length:varint", "\xac", Open,
        "The length of message 3 (varint) begins at byte 0, and 1 byte of it is here (AC): waiting for more.");
    row("length:varint", "\xac\x82", Fin,
        "The length of message 3 (varint) begins at byte 0, and 2 bytes of it are here (AC 82): the stream ended "
        "there, "
        "so no more will come.");
    row("length:varint", "\x81\1", Open,
        "Read 2 bytes as varint → 129, so message 3 ends at byte 131. 2 of 131 bytes are here: waiting for 129 more.");
    row("length:varint", QByteArray(11, '\x80'), Open,
        "Bytes 0–9 (80 80 80 80 80 80 80 80 80 80 as varint) are a varint of more than 10 bytes. Nothing is framed "
        "from "
        "byte 0 on: start the framing again where a message begins.");
    row("length:decimal", "1", Open,
        "The length of message 3 (decimal) begins at byte 0, and 1 byte of it is here (31): waiting for more.");
    row("length:decimal,end=\\r\\n", "12\r", Reset,
        "The length of message 3 (decimal) begins at byte 0, and 3 bytes of it are here (31 32 0D): the connection was "
        "reset there, so no more will come.");
    row("length:decimal", "2 a", Open,
        "Read 2 bytes as decimal → 2, so message 3 ends at byte 4. 3 of 4 bytes are here: waiting for 1 more.");
    row("length:decimal", "x", Open,
        "Byte 0 is \"x\" (78) where a decimal length has a digit. Nothing is framed from byte 0 on: start the framing "
        "again where a message begins.");
    row("length:decimal", "1x", Open,
        "Byte 1 is \"x\" (78) where a decimal length has a digit or its end (20). Nothing is framed from byte 0 on: "
        "start the framing again where a message begins.");

    row("fixed:2", "a", Open,
        "Each message has 2 bytes, so message 3 ends at byte 2. 1 of 2 bytes is here: waiting for 1 more.");
    row("fixed:2", "a", Fin,
        "Each message has 2 bytes, so message 3 ends at byte 2. 1 of 2 bytes is here: the stream ended there, 1 never "
        "came.");
    row("fixed:2", "ab", Fin, "Each message has 2 bytes, so message 3 ends at byte 2. All 2 bytes are here.");

    row("until-close", "a", Open, "Message 3 ends when the peer ends its stream. 1 byte is here: waiting for more.");
    row("until-close", "ab", Fin, "The peer ended its stream at byte 2, so message 3 is whole: 2 bytes.");
    row("until-close", "ab", Reset,
        "Message 3 ends when the peer ends its stream. 2 bytes are here: the connection was reset there, so no more "
        "will come.");
    row("until-close", "ab", Cut,
        "Message 3 ends when the peer ends its stream. 2 bytes are here: it was cut off there, so no more will come.");

    row("chunks", "a", Open,
        "Byte 0 (1 byte) came as one chunk, what one recv() or send() carried, so that is message 3. TCP does not keep "
        "what the sender wrote together: the same bytes may arrive cut otherwise next time.");
    row("chunks,max=1", "ab", Open,
        "Bytes 0–1 came as one chunk of 2 bytes, over the limit of 1. Nothing is framed from byte 0 on: start the "
        "framing again where a message begins.");

    // A delimiter, part by part.
    row("lines", "a", Open, "No delimiter (\\n) in the 1 byte of message 3 so far: waiting for more.");
    row("lines", "ab", Fin,
        "No delimiter (\\n) in the 2 bytes of message 3: the stream ended there, so no more will come.");
    row("lines", "ab", Reset,
        "No delimiter (\\n) in the 2 bytes of message 3: the connection was reset there, so no more will come.");
    row("lines", "ab", Cut,
        "No delimiter (\\n) in the 2 bytes of message 3: it was cut off there, so no more will come.");
    row("lines", "ab\n", Open,
        "Found the delimiter (\\n) at byte 2, so message 3 ends at byte 3. Its payload is the 2 bytes before it.");
    row("lines", "a\r\n", Open,
        "Found the delimiter (\\n) at byte 2, so message 3 ends at byte 3. Its payload is the 1 byte before it, "
        "without "
        "\\r.");
    row("lines", "\n", Open, "Found the delimiter (\\n) at byte 0, so message 3 ends at byte 1. Its payload is empty.");
    row("lines,keep=yes", "\n", Open,
        "Found the delimiter (\\n) at byte 0, so message 3 ends at byte 1. Its payload is all 1 byte, the delimiter "
        "kept.");
    const char *const marks = "delimiter:-=-";
    row(marks, "a", Open, "No delimiter (-=-) in the 1 byte of message 3 so far: waiting for more.");
    row(marks, "a-", Open,
        "No delimiter (-=-) in the 2 bytes of message 3 so far, but byte 1 may be the first of its 3 bytes: waiting "
        "for "
        "more.");
    row(marks, "a-=", Open,
        "No delimiter (-=-) in the 3 bytes of message 3 so far, but bytes 1–2 may be the first of its 3 bytes: waiting "
        "for more.");
    row(marks, "a-=", Fin,
        "No delimiter (-=-) in the 3 bytes of message 3: the stream ended there, so no more will come.");
    row(marks, "a-=-", Open,
        "Found the delimiter (-=-) at bytes 1–3, so message 3 ends at byte 4. Its payload is the 1 byte before it.");
    row("lines,max=3", "abcd", Open,
        "No delimiter (\\n) ends the message that begins at byte 0 within the limit of 3 bytes. Framing will go on "
        "behind the next delimiter.");
    row("lines,max=3", "abcd", Fin,
        "No delimiter (\\n) ends the message that begins at byte 0 within the limit of 3 bytes. None ends it: the "
        "stream ended there, so no more will come.");
    row("lines,max=3", "abcd\n", Open,
        "No delimiter (\\n) ends the message that begins at byte 0 within the limit of 3 bytes. Framing goes on behind "
        "the next delimiter, at byte 5.");
    // Quoted and escaped.
    row("lines,quote='", "'a\n", Open,
        "No delimiter (\\n) in the 3 bytes of message 3 so far, and a quote is open: waiting for more.");
    row("lines,quote='", "'a\n", Fin,
        "No delimiter (\\n) in the 3 bytes of message 3, and a quote is open: the stream ended there, so no more will "
        "come.");
    row("lines,quote='", "'a\n'\n", Open,
        "Found the delimiter (\\n) at byte 4, so message 3 ends at byte 5. Its payload is the 4 bytes before it.");
    row("lines,escape=e", "ae", Open,
        "No delimiter (\\n) in the 2 bytes of message 3 so far, and byte 1 escapes what follows it: waiting for more.");
    row("delimiter:-=-,quote='", "a-=", Open,
        "No delimiter (-=-) in the 3 bytes of message 3 so far, but bytes 1–2 may be the first of its 3 bytes: waiting "
        "for more.");
    row("lines,quote=',max=3", "'abc\n", Open,
        "No delimiter (\\n) ends the message that begins at byte 0 within the limit of 3 bytes. Framing will go on "
        "behind the next delimiter.");

    row("netstring", "1", Open,
        "The length of message 3 begins at byte 0 (\"1\"), and no colon ended it yet: waiting for more.");
    row("netstring", "12", Fin,
        "The length of message 3 begins at byte 0 (\"12\"), and no colon ended it: the stream ended there, so no more "
        "will come.");
    row("netstring", "1:", Open,
        "Read \"1:\" → 1 byte and a comma follow, so message 3 ends at byte 4. 2 of 4 bytes are here: waiting for 2 "
        "more.");
    row("netstring", "1:a", Fin,
        "Read \"1:\" → 1 byte and a comma follow, so message 3 ends at byte 4. 3 of 4 bytes are here: the stream ended "
        "there, 1 never came.");
    row("netstring", "1:a,", Open,
        "Read \"1:\" → 1 byte and a comma follow, so message 3 ends at byte 4. All 4 bytes are here.");
    row("netstring", "1:a;", Open,
        "Byte 3 is \";\" (3B) where the comma behind the 1 byte of the netstring has to be. Nothing is framed from "
        "byte "
        "0 on: start the framing again where a message begins.");

    row("chunked:u16be", zeros(1), Open,
        "The length of block 1 of message 3 (u16be) is at bytes 0–1. 1 of 2 bytes is here: waiting for 1 more. An "
        "empty "
        "block will end the message.");
    row("chunked:u8", "\2", Open,
        "Read 1 byte as B → 2, so block 1 of message 3 ends at byte 3. 0 of 2 bytes are here: waiting for 2 more. An "
        "empty block will end the message.");
    row("chunked:u8", "\2ab\3x", Open,
        "Read 1 byte at byte 3 as B → 3, so block 2 of message 3 ends at byte 7. 1 of 3 bytes is here: waiting for 2 "
        "more. An empty block will end the message.");
    row("chunked:u8", "\2ab", Open,
        "The length of block 2 of message 3 (u8) is at byte 3, of which none is here: waiting for more. An empty block "
        "will end the message.");
    row("chunked:u8", "\2ab", Fin,
        "The length of block 2 of message 3 (u8) is at byte 3, of which none is here: the stream ended there, so no "
        "more will come. An empty block ends a message.");
    row("chunked:u8", QByteArray("\2ab\1c\0", 6), Open,
        "Read 2 blocks of 3 bytes in all, then an empty one at byte 5: it ends message 3 at byte 6.");
    row("chunked:u8", QByteArray("\1c\0", 3), Open,
        "Read 1 block of 1 byte in all, then an empty one at byte 2: it ends message 3 at byte 3.");
    row("chunked:u8", zeros(1), Open,
        "Read an empty block at byte 0 and none before it, so message 3 ends at byte 1, without payload.");
    row("chunked:u8,max=4", "\3abc", Open,
        "Byte 0 (03 as u8) announces block 1 of 3 bytes, with which the message has 5 bytes at least, over the limit "
        "of "
        "4. Nothing is framed from byte 0 on: start the framing again where a message begins.");
  }
  void says() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, bytes);
    QFETCH(StreamEnd, end);
    QFETCH(QString, words);
    QCOMPARE(explained(*framerFromSpec(spec).value(), streamInChunks(bytes, {}, end)), words);
  }

  void saysWhereFramingWasStartedAgain() {
    const auto said = [](const char *spec, const QByteArray &bytes, quint64 place, qsizetype message) {
      const FramerPtr framer = withRestarts(framerFromSpec(QString::fromUtf8(spec)).value(), {place});
      const StreamView stream = streamInChunks(bytes, {});
      return framer->explain(stream, messagesOf(*framer, stream)[message], 3);
    };
    QCOMPARE(said("length:u8", "\7ab\1c", 3, 0),
             u"Read 1 byte as B → 7, so message 3 ends at byte 8. 3 of 8 bytes are here: it was cut off there, 5 bytes "
             "short. The framing was started again at byte 3."_s);
    QCOMPARE(said("length:u8", "\7ab\1c", 3, 1),
             u"Read 1 byte as B → 1, so message 3 ends at byte 5. All 2 bytes are here."_s);
    QCOMPARE(said("lines", "ab\ncd\n", 2, 0),
             u"No delimiter (\\n) in the 2 bytes of message 3: it was cut off there, so no more will come. The framing "
             "was started again at byte 2."_s);
    QCOMPARE(said("netstring", "x1:a,", 1, 0),
             u"Byte 0 is \"x\" (78) where a netstring has a digit. Nothing is framed from byte 0 on: start the framing "
             "again where a message begins. The framing was started again at byte 1."_s);
    // A place at which a message ends anyhow cuts nothing.
    QCOMPARE(said("length:u8", "\1a\1b", 2, 0),
             u"Read 1 byte as B → 1, so message 3 ends at byte 2. All 2 bytes are here."_s);
  }

  /// Every framing, whatever bytes: nothing is waited for once nothing can come, numbers and their nouns agree, and
  /// what one sentence counts is there.
  void isGrammatical() {
    std::minstd_rand random(3);
    const QRegularExpression wrongOne(u"\\b1 (bytes|messages|blocks)\\b"_s);
    const QRegularExpression wrongMany(
        u"\\b([02-9]|[0-9,]*[0-9]{2,}|[0-9,]*[02-9]) (byte|message|block)\\b(?! [0-9])"_s);
    int ended = 0;
    for (int round = 0; round < 20'000; ++round) {
      const FramerPtr framer =
          framerFromSpec(QString::fromUtf8(framerSpecs[random() % std::size(framerSpecs)])).value();
      QByteArray bytes;
      for (int i = static_cast<int>(random() % 12); i >= 0; --i) bytes += "\0\0\1\2ab\n\r;\"12: ,"[random() % 15];
      const StreamEnd end = static_cast<StreamEnd>(random() % 4);
      const StreamView stream = streamInChunks(bytes, {}, end);
      for (const Message &message : messagesOf(*framer, stream)) {
        const QString words = framer->explain(stream, message, 3);
        const QString where = framer->spec() + u" over "_s + QString::fromLatin1(bytes.toHex()) + u": "_s + words;
        QVERIFY2(!words.contains(wrongOne), qPrintable(where));
        if (!words.contains(u"from byte"_s)) {
          QVERIFY2(!QString(words).remove(u"at byte "_s).contains(wrongMany), qPrintable(where));
        }
        if (end != StreamEnd::Open) {
          ++ended;
          QVERIFY2(!words.contains(u"waiting"_s) && !words.contains(u" yet"_s) && !words.contains(u"so far"_s),
                   qPrintable(where));
        } else if (message.status == Status::Incomplete) {
          QVERIFY2(words.contains(u"waiting for "_s), qPrintable(where));
        }
        const Verdict verdict = framer->verdict(stream, message);
        if (verdict.needs && end == StreamEnd::Open) {
          QVERIFY2(words.contains(u"waiting for %1 more."_s.arg(grouped(*verdict.needs))), qPrintable(where));
        }
      }
    }
    QVERIFY(ended > 10'000);
  }
};

QTEST_APPLESS_MAIN(TestExplanations)
#include "tst_explanations.moc"

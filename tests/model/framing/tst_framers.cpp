// The framings chunks, until-close, fixed, netstring and chunked, and framing that starts again: what they find and
// say.
#include "model/framing/registry.h"
#include "model/framing/restarting_framer.h"
#include "tests/support/counting_framer.h"
#include "tests/support/framer_contract.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestFramers : public QObject {
  Q_OBJECT

  static QString explained(const Framer &framer, const StreamView &stream) {
    QStringList lines;
    quint64 number = 0;
    for (const Message &message : messagesOf(framer, stream)) lines += framer.explain(stream, message, ++number);
    return lines.join(u'\n');
  }

 private Q_SLOTS:
  void says_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<StreamEnd>("end");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("parts");  // of the last message
    const auto row = [](const char *spec, const QByteArray &bytes, StreamEnd end, const char *expected,
                        const char *words, const char *parts) {
      QTest::addRow("%s %s %d", spec, bytes.toPercentEncoding().constData(), static_cast<int>(end))
          << QString::fromUtf8(spec) << bytes << end << QString::fromUtf8(expected) << QString::fromUtf8(words)
          << QString::fromUtf8(parts);
    };
    using enum StreamEnd;

    row("until-close", "", Fin, "", "", "");
    row("until-close", "hello", Open, "0+5 incomplete payload 0+5",
        "Message 1 ends when the peer ends its stream. 5 bytes are here: waiting for more.", "payload 0-5");
    row("until-close", "h", Reset, "0+1 incomplete payload 0+1",
        "Message 1 ends when the peer ends its stream. 1 byte is here: the connection was reset there, so no more will "
        "come.",
        "payload 0-1");
    row("until-close", "hello", Cut, "0+5 incomplete payload 0+5",
        "Message 1 ends when the peer ends its stream. 5 bytes are here: it was cut off there, so no more will come.",
        "payload 0-5");
    row("until-close", "hello", Fin, "0+5 complete payload 0+5",
        "The peer ended its stream at byte 5, so message 1 is whole: 5 bytes.", "payload 0-5");
    row("until-close,max=5", "hello", Fin, "0+5 complete payload 0+5",
        "The peer ended its stream at byte 5, so message 1 is whole: 5 bytes.", "payload 0-5");
    row("until-close,max=4", "hello", Fin,
        "0+5 error payload -+0: the stream goes on behind byte 3, over the limit of 4 bytes",
        "The stream goes on behind byte 3, over the limit of 4 bytes. Nothing is framed from byte 0 on: start the "
        "framing again where a message begins.",
        "unread 0-5");

    row("fixed:4", "hello", Open, "0+4 complete payload 0+4\n4+1 incomplete payload 4+1 needs 3",
        "Each message has 4 bytes, so message 1 ends at byte 4. All 4 bytes are here.\n"
        "Each message has 4 bytes, so message 2 ends at byte 8. 1 of 4 bytes is here: waiting for 3 more.",
        "payload 4-5");
    row("fixed:1", "h", Fin, "0+1 complete payload 0+1",
        "Each message has 1 byte, so message 1 ends at byte 1. Its 1 byte is here.", "payload 0-1");
    row("fixed:3,max=3", "abc", Fin, "0+3 complete payload 0+3",
        "Each message has 3 bytes, so message 1 ends at byte 3. All 3 bytes are here.", "payload 0-3");
    row("fixed:4,max=3", "a", Fin, "0+1 error payload -+0: the framing's messages of 4 bytes are over the limit of 3",
        "The framing's messages of 4 bytes are over the limit of 3. Nothing is framed from byte 0 on: start the "
        "framing "
        "again where a message begins.",
        "unread 0-1");

    row("netstring", "5:hello,0:,3:ab", Open,
        "0+8 complete payload 2+5\n8+3 complete payload 10+0\n11+4 incomplete payload 13+2 needs 2",
        "Read \"5:\" → 5 bytes and a comma follow, so message 1 ends at byte 8. All 8 bytes are here.\n"
        "Read \"0:\" → 0 bytes and a comma follow, so message 2 ends at byte 11. All 3 bytes are here.\n"
        "Read \"3:\" → 3 bytes and a comma follow, so message 3 ends at byte 17. 4 of 6 bytes are here: waiting for 2 "
        "more.",
        "length 11-13=3, payload 13-15");
    row("netstring", "2:ab", Reset, "0+4 incomplete payload 2+2 needs 1",
        "Read \"2:\" → 2 bytes and a comma follow, so message 1 ends at byte 5. 4 of 5 bytes are here: the connection "
        "was reset there, 1 never came.",
        "length 0-2=2, payload 2-4");
    row("netstring", "2:ab,", Open, "0+5 complete payload 2+2",
        "Read \"2:\" → 2 bytes and a comma follow, so message 1 ends at byte 5. All 5 bytes are here.",
        "length 0-2=2, payload 2-4, delimiter 4-5");
    row("netstring", "12", Open, "0+2 incomplete payload -+0",
        "The length of message 1 begins at byte 0 (\"12\"), and no colon ended it yet: waiting for more.",
        "length 0-2");
    const char *const again = " Nothing is framed from byte 0 on: start the framing again where a message begins.";
    const auto wrong = [&](const char *spec, const char *bytes, const QString &why, const char *parts) {
      QString capital = why;
      capital[0] = capital[0].toUpper();
      row(spec, bytes, Open, qPrintable(QStringLiteral("0+%1 error payload -+0: ").arg(strlen(bytes)) + why),
          qPrintable(capital + u"."_s + QString::fromUtf8(again)), parts);
    };
    wrong("netstring", "05:", u"bytes 0–1 (\"05\") are a length with a leading zero, which a netstring does not have"_s,
          "length 0-2, unread 2-3");
    wrong("netstring", "00", u"bytes 0–1 (\"00\") are a length with a leading zero, which a netstring does not have"_s,
          "length 0-2");
    wrong("netstring", ":", u"byte 0 is \":\" (3A) where a netstring has a digit"_s, "length 0-1");
    wrong("netstring", "5;", u"byte 1 is \";\" (3B) where a netstring has a digit or a colon"_s, "length 0-2");
    wrong("netstring", "\x01", u"byte 0 is 01 where a netstring has a digit"_s, "length 0-1");
    wrong("netstring", "2:abc,",
          u"byte 4 is \"c\" (63) where the comma behind the 2 bytes of the netstring has to be"_s,
          "length 0-2=2, unread 2-6");
    wrong("netstring", "99999999999999999999999999:",
          u"bytes 0–7 (\"99999999\") announce a message of at least 100,000,009 bytes, over the limit of 67,108,864"_s,
          "length 0-8, unread 8-27");
    wrong("netstring,max=5", "3:abc,", u"byte 0 (\"3\") announces a message of at least 6 bytes, over the limit of 5"_s,
          "length 0-1, unread 1-6");
    row("netstring,max=6", "3:abc,", Open, "0+6 complete payload 2+3",
        "Read \"3:\" → 3 bytes and a comma follow, so message 1 ends at byte 6. All 6 bytes are here.",
        "length 0-2=3, payload 2-5, delimiter 5-6");

    row("chunked:u8", QByteArray("\2ab\1c\0\0", 7), Open, "0+6 complete payload -+3\n6+1 complete payload -+0",
        "Read 2 blocks of 3 bytes in all, then an empty one at byte 5: it ends message 1 at byte 6.\n"
        "Read an empty block at byte 6 and none before it, so message 2 ends at byte 7, without payload.",
        "delimiter 6-7=0");
    row("chunked:u8", QByteArray("\2ab\3x", 5), Open, "0+5 incomplete payload -+3",
        "Read 1 byte at byte 3 as B → 3, so block 2 of message 1 ends at byte 7. 1 of 3 bytes is here: waiting for 2 "
        "more. An "
        "empty "
        "block will end the message.",
        "length 0-1=2, payload 1-3, length 3-4=3, payload 4-5");
    row("chunked:u8", QByteArray("\2ab", 3), Fin, "0+3 incomplete payload -+2",
        "The length of block 2 of message 1 (u8) is at byte 3, of which none is here: the stream ended there, so no "
        "more will come. An empty "
        "block ends a message.",
        "length 0-1=2, payload 1-3");
    row("chunked:u16be", QByteArray("\0\2ab\0", 5), Open, "0+5 incomplete payload -+2",
        "The length of block 2 of message 1 (u16be) is at bytes 4–5. 1 of 2 bytes is here: waiting for 1 more. An "
        "empty "
        "block will end the message.",
        "length 0-2=2, payload 2-4, length 4-5");
    row("chunked:decimal,end=\\n", "2\nab0\n", Open, "0+6 complete payload -+2",
        "Read 1 block of 2 bytes in all, then an empty one at byte 4: it ends message 1 at byte 6.",
        "length 0-2=2, payload 2-4, delimiter 4-6=0");
    row("chunked:u8,max=5", QByteArray("\3abc\0", 5), Open, "0+5 complete payload -+3",
        "Read 1 block of 3 bytes in all, then an empty one at byte 4: it ends message 1 at byte 5.",
        "length 0-1=3, payload 1-4, delimiter 4-5=0");
    wrong(
        "chunked:u8,max=4", "\3abc",
        u"byte 0 (03 as u8) announces block 1 of 3 bytes, with which the message has 5 bytes at least, over the limit "
        "of 4"_s,
        "length 0-1, unread 1-4");
    wrong("chunked:varint,max=4", "\1a\1b\x80",
          u"byte 2 (01 as varint) announces block 2 of 1 byte, with which the message has 5 bytes at least, over the "
          "limit of 4"_s,
          "length 0-1=1, payload 1-2, length 2-3, unread 3-5");
    wrong("chunked:varint,max=4", "\1a\x80\x80\x80",
          u"with the length of block 2, at byte 2, the message has 6 bytes at least, over the limit of 4"_s,
          "length 0-1=1, payload 1-2, length 2-5");
    wrong("chunked:u64be", "\xff\xff\xff\xff\xff\xff\xff\xff",
          u"bytes 0–7 (FF FF FF FF FF FF FF FF as u64be) announce block 1 of 18,446,744,073,709,551,615 bytes, with "
          u"which "
          "the message has 18,446,744,073,709,551,631 bytes at least, over the limit of 67,108,864"_s,
          "length 0-8");
    wrong("chunked:decimal", "1 a-", u"byte 3 is \"-\" (2D) where a decimal length has a digit"_s,
          "length 0-2=1, payload 2-3, length 3-4");
  }
  void says() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, bytes);
    QFETCH(StreamEnd, end);
    QFETCH(QString, expected);
    QFETCH(QString, words);
    QFETCH(QString, parts);
    const FramerPtr framer = framerFromSpec(spec).value();
    const StreamView stream = streamInChunks(bytes, {}, end);
    QCOMPARE(told(*framer, stream), expected);
    QCOMPARE(explained(*framer, stream), words);
    const QList<Message> messages = messagesOf(*framer, stream);
    QCOMPARE(messages.isEmpty() ? QString() : toldParts(*framer, stream, messages.last()), parts);
  }

  void chunks() {
    const FramerPtr framer = framerFromSpec(u"chunks,max=3").value();
    const StreamView stream = streamInChunks("abcdefghij", {2, 5, 6});
    QCOMPARE(told(*framer, stream),
             u"0+2 complete payload 0+2\n2+3 complete payload 2+3\n5+1 complete payload 5+1\n"
             "6+4 error payload -+0: bytes 6–9 came as one chunk of 4 bytes, over the limit of 3"_s);
    QCOMPARE(
        explained(*framer, stream.prefix(2)),
        u"Bytes 0–1 (2 bytes) came as one chunk, what one recv() or send() carried, so that is message 1. TCP does "
        "not keep what the sender wrote together: the same bytes may arrive cut otherwise next time."_s);
    // From the middle of a chunk on, as --start does it.
    ScanState state = ScanState::startingAt(3);
    QCOMPARE(describe(finalMessages(*framer, stream, state)),
             u"[3+2 complete payload 3+2; 5+1 complete payload 5+1]"_s);
    QVERIFY(framer->readsChunks());
    QVERIFY(!framer->encode({}));
    QCOMPARE(framer->encode("abc").value(), QByteArray("abc"));
  }

  void encodes_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *spec, const QByteArray &payload, const char *result) {
      QTest::addRow("%s %d", spec, static_cast<int>(payload.size()))
          << QString::fromUtf8(spec) << payload << QString::fromUtf8(result);
    };
    row("fixed:4", "abcd", "abcd");
    row("fixed:4", "abc", "a payload of 3 bytes is not the 4 bytes that every message has: pad or cut it to that size");
    row("fixed:4,max=3", "abcd", "a message of 4 bytes is over the limit of 3: send less at once, or raise max=");
    row("until-close", "",
        "until-close cannot carry an empty message, an empty stream has none: send at least one byte");
    row("chunks", "", "chunks cannot carry an empty message: send at least one byte");
    row("netstring", "hello", "5:hello,");
    row("netstring", "", "0:,");
    row("netstring,max=8", "hello!", "a message of 9 bytes is over the limit of 8: send less at once, or raise max=");
    row("chunked:decimal", "hello", "5 hello0 ");
    row("chunked:decimal,block=2", "hello", "2 he2 ll1 o0 ");
    row("chunked:decimal", "", "0 ");
    row("chunked:u8", QByteArray(300, 'x'), "a block of 300 bytes does not fit u8: give block=255 or less");
    row("chunked:decimal,max=9", "hello", "5 hello0 ");
    row("chunked:decimal,max=8", "hello",
        "the blocks and their lengths are over the limit of 8 bytes: send less at once, or raise max=");
  }
  void encodes() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, payload);
    QFETCH(QString, result);
    const auto encoded = framerFromSpec(spec).value()->encode(payload);
    QCOMPARE(encoded ? QString::fromUtf8(*encoded) : encoded.error().line(), result);
  }

  void givesPayloadsInPieces() {
    const StreamView stream = streamInChunks(QByteArray("\2ab\1c\3def\0\2gh\3i", 15), {});
    const FramerPtr framer = framerFromSpec(u"chunked:u8"_s).value();
    const QList<Message> messages = messagesOf(*framer, stream);
    QCOMPARE(messages.size(), 2);
    const auto pieces = [&](const Message &message, qsizetype most) {
      QByteArrayList seen;
      const auto done = framer->payloadPieces(stream, message, [&](ByteView piece) {
        const bool isInStream =
            piece.data() >= stream.bytes.data() && piece.data() + piece.size() <= stream.bytes.data() + stream.size();
        seen += isInStream ? qtView(piece).toByteArray() : "a copy";
        return seen.size() < most;
      });
      return done ? seen.join('|') : QByteArray("failed");
    };
    QCOMPARE(pieces(messages[0], 9), QByteArray("ab|c|def"));
    QCOMPARE(pieces(messages[0], 2), QByteArray("ab|c"));
    QCOMPARE(pieces(messages[1], 9), QByteArray("gh|i"));
    QCOMPARE(framer->payload(stream, messages[0]).value(), QByteArray("abcdef"));
    QCOMPARE(framer->payload(stream, messages[0], 5).value(), QByteArray("abcde"));
    QCOMPARE(framer->payload(stream, messages[0], 3).value(), QByteArray("abc"));
    const FramerPtr whole = framerFromSpec(u"fixed:4"_s).value();
    QCOMPARE(whole->payload(stream, messagesOf(*whole, stream)[1], 3).value(), QByteArray("c\3d", 3));
  }

  void startsAgain() {
    const FramerPtr framer = withRestarts(framerFromSpec(u"length:u8").value(), {3, 9, 3, 0, 100});
    const StreamView stream = streamInChunks(QByteArray("\7ab\1c\xff\2zz\1d", 11), {});
    QCOMPARE(told(*framer, stream),
             u"0+3 incomplete payload 1+2 needs 5\n3+2 complete payload 4+1\n"
             "5+4 incomplete payload 6+3 needs 252\n9+2 complete payload 10+1"_s);
    QCOMPARE(framer->explain(stream, messagesOf(*framer, stream)[0], 1),
             u"Read 1 byte as B → 7, so message 1 ends at byte 8. 3 of 8 bytes are here: it was cut off there, 5 bytes "
             "short. The framing was started again at byte 3."_s);
    // A place takes effect with the first byte behind it.
    QCOMPARE(told(*framer, stream.prefix(3)), u"0+3 incomplete payload 1+2 needs 5"_s);
    QVERIFY(framer->explain(stream.prefix(3), messagesOf(*framer, stream.prefix(3))[0], 1)
                .endsWith(u"3 of 8 bytes are here: waiting for 5 more."_s));
    QCOMPARE(framer->spec(), u"length:u8"_s);
  }

  void startsAgainBehindAnError() {
    const FramerPtr framer = withRestarts(framerFromSpec(u"netstring").value(), {4});
    QCOMPARE(told(*framer, streamInChunks("x1231:a,", {})),
             u"0+4 error payload -+0: byte 0 is \"x\" (78) where a netstring has a digit\n4+4 complete payload 6+1"_s);
  }

  void startsAgainWithoutWhatItRemembered() {
    // A framing that carries a number from message to message; the place was the end of all there was for a while.
    const FramerPtr framer = withRestarts(std::make_shared<CountingFramer>(true), {4});
    const StreamView stream = streamInChunks("a\nb\nc\nd\n", {});
    ScanState state;
    MessageBatch batch;
    QList<Message> messages;
    for (const quint64 size : {4U, 8U}) {
      batch.start(state.at);
      framer->scan(stream.prefix(size), state, batch);
      for (const Message &message : batch.messages()) messages.append(message);
    }
    QCOMPARE(messages, messagesOf(*framer, stream));
    QCOMPARE(messages[2].payloadSize, messages[0].payloadSize);
  }

  void startsAgainInsideALineEnd() {
    const StreamView stream = streamInChunks("a\r\n\r\n", {});
    for (const auto *spec : {u"lines", u"lines,quote='"}) {
      const FramerPtr framer = withRestarts(framerFromSpec(spec).value(), {2});
      QCOMPARE(told(*framer, stream),
               u"0+2 incomplete payload 0+2\n2+1 complete payload 2+0\n3+2 complete payload 3+0"_s);
    }
  }

  void startsAgainInsideAChunk() {
    const FramerPtr framer = withRestarts(framerFromSpec(u"chunks").value(), {3});
    const StreamView stream = streamInChunks("abcdef", {1});
    QCOMPARE(told(*framer, stream), u"0+1 complete payload 0+1\n1+2 complete payload 1+2\n3+3 complete payload 3+3"_s);
    QVERIFY(framer->explain(stream, messagesOf(*framer, stream)[1], 2)
                .endsWith(u" The framing was started again at byte 3."_s));
  }

  void endsWithThePeerOnlyOnce() {
    const FramerPtr framer = withRestarts(framerFromSpec(u"until-close").value(), {2});
    QCOMPARE(told(*framer, streamInChunks("abcd", {}, StreamEnd::Fin)),
             u"0+2 incomplete payload 0+2\n2+2 complete payload 2+2"_s);
    QCOMPARE(told(*framer, streamInChunks("ab", {}, StreamEnd::Fin)), u"0+2 complete payload 0+2"_s);
  }
};

QTEST_APPLESS_MAIN(TestFramers)
#include "tst_framers.moc"

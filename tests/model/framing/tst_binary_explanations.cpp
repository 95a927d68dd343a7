// What is said of values of MessagePack and CBOR and of pickles, word for word: whole, on the way, ended and wrong.
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestBinaryExplanations : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void says_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<StreamEnd>("end");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("because");
    QTest::addColumn<QString>("parts");
    const auto row = [](const char *spec, const char *hex, StreamEnd end, const char *words, const char *because,
                        const char *parts) {
      QTest::addRow("%s %.60s %d", spec, hex, static_cast<int>(end))
          << QString::fromLatin1(spec) << QByteArray::fromHex(hex) << end << QString::fromUtf8(words)
          << QString::fromUtf8(because) << QString::fromLatin1(parts);
    };
    using enum StreamEnd;
    row("msgpack", "05", Open, "Read 05 as positive fixint, so message 3 ends at byte 1. Its 1 byte is here.",
        "it read 05 (byte 0) as positive fixint", "payload 0-1");
    row("msgpack", "cd0100", Open, "Read CD 01 00 as uint 16, so message 3 ends at byte 3. All 3 bytes are here.",
        "it read CD 01 00 (bytes 0–2) as uint 16", "payload 0-3");
    row("msgpack", "c403010203", Open,
        "Read C4 03 as bin 8 of 3 bytes, so message 3 ends at byte 5. All 5 bytes are here.",
        "it read C4 03 (bytes 0–1) as bin 8 of 3 bytes", "payload 0-5");
    row("msgpack", "82a16101a16202", Open,
        "Read 82 as fixmap of 2 pairs and 4 values in it, so message 3 ends at byte 7. All 7 bytes are here.",
        "it read 82 (byte 0) as fixmap of 2 pairs, and the last of 4 values in it ends there", "payload 0-7");
    row("msgpack", "9105", Open,
        "Read 91 as fixarray of 1 value and 1 value in it, so message 3 ends at byte 2. All 2 bytes are here.",
        "it read 91 (byte 0) as fixarray of 1 value, and the last of 1 value in it ends there", "payload 0-2");
    row("msgpack", "a56162", Open,
        "Read A5 as fixstr of 5 bytes, so message 3 ends at byte 6. 3 of 6 bytes are here: waiting for 3 more.",
        "it read A5 (byte 0) as fixstr of 5 bytes, which is not all here", "payload 0-3");
    row("msgpack", "ce00", Fin,
        "Read CE 00 as uint 32, so message 3 ends at byte 5. 2 of 5 bytes are here: the stream ended there, 3 never "
        "came.",
        "it read CE 00 (bytes 0–1) as uint 32, which is not all here", "payload 0-2");
    row("msgpack", "db0000", Open,
        "The head of value 1 of message 3, str 32, is at bytes 0–4. 3 of 5 bytes are here: waiting for 2 more.",
        "it read DB 00 00 (bytes 0–2) as str 32, which is not all here", "payload 0-3");
    row("msgpack", "82a161", Open,
        "Read 82 as fixmap of 2 pairs: 2 values of message 3 are here, and at least 3 more have to come: waiting for "
        "more.",
        "it read 82 (byte 0) as fixmap of 2 pairs, which is not all here", "payload 0-3");
    row("msgpack", "9105a1", Open,
        "Read A1 as fixstr of 1 byte, so message 3 ends at byte 4. 1 of 2 bytes is here: waiting for 1 more.",
        "it read A1 (byte 2) as fixstr of 1 byte, which is not all here", "payload 2-3");
    row("msgpack", "9201d9c8616263", Open,
        "Value 3 of message 3, str 8 of 200 bytes at byte 2, ends at byte 204, and the message with it. 5 of 202 bytes "
        "are here: waiting for 197 more.",
        "it read 92 (byte 0) as fixarray of 2 values, which is not all here", "payload 0-7");
    row("msgpack", "93d9c8616263", Reset,
        "Value 2 of message 3, str 8 of 200 bytes at byte 1, ends at byte 203. 5 of 202 bytes are here: the "
        "connection was reset there, 197 never came.",
        "it read 93 (byte 0) as fixarray of 3 values, which is not all here", "payload 0-6");
    row("msgpack", "92c1", Open,
        "Byte 1 is C1, which MessagePack never uses. Nothing is framed from byte 0 on: start the framing again where a "
        "message begins.",
        "it read 92 (byte 0) as fixarray of 2 values, which is not all here", "payload 0-1, unread 1-2");
    row("cbor", "1903e8", Open, "Read 19 03 E8 as unsigned integer, so message 3 ends at byte 3. All 3 bytes are here.",
        "it read 19 03 E8 (bytes 0–2) as unsigned integer", "payload 0-3");
    row("cbor", "c11a514b67b0", Open,
        "Read C1 as tag 1 and 1 data item in it, so message 3 ends at byte 6. All 6 bytes are here.",
        "it read C1 (byte 0) as tag 1, and the last of 1 data item in it ends there", "payload 0-6");
    row("cbor", "9f018202039f0405ffff", Open,
        "Read 9F as array of indefinite length and 7 data items in it, so message 3 ends at byte 10. All 10 bytes are "
        "here.",
        "it read 9F (byte 0) as array of indefinite length, and the last of 7 data items in it ends there",
        "payload 0-10");
    row("cbor", "9f01", Open,
        "Read 9F as array of indefinite length: 2 data items of message 3 are here, and at least 1 more has to come: "
        "waiting for more.",
        "it read 9F (byte 0) as array of indefinite length, which is not all here", "payload 0-2");
    row("cbor", "a2616102", Cut,
        "Read A2 as map of 2 pairs: 3 data items of message 3 are here, and at least 2 more have to come: it was cut "
        "off there, so no more will come.",
        "it read A2 (byte 0) as map of 2 pairs, which is not all here", "payload 0-4");
    row("cbor", "82016568656c", Open,
        "Data item 3 of message 3, text string of 5 bytes at byte 2, ends at byte 8, and the message with it. 4 of 6 "
        "bytes are here: waiting for 2 more.",
        "it read 82 (byte 0) as array of 2 data items, which is not all here", "payload 0-6");
    row("pickle", "80044e2e", Open,
        "Read 3 opcodes, the last of them STOP (2E at byte 3), so message 3 ends at byte 4. All 4 bytes are here.",
        "it read 2E (byte 3) as STOP, which ends a pickle", "payload 0-3, delimiter 3-4");
    row("pickle", "2e", Open, "Read STOP (2E at byte 0), so message 3 ends at byte 1. Its 1 byte is here.",
        "it read 2E (byte 0) as STOP, which ends a pickle", "delimiter 0-1");
    row("pickle", "80044e", Open,
        "2 opcodes of message 3 are here, and no STOP yet: waiting for more. STOP ends a message.",
        "it found no STOP in these 3 bytes", "payload 0-3");
    row("pickle", "80048c056162", Open,
        "Opcode 2 of message 3, SHORT_BINUNICODE of 5 bytes at byte 2, ends at byte 9. 4 of 7 bytes are here: waiting "
        "for 3 more. STOP ends a message.",
        "it found no STOP in these 6 bytes", "payload 0-6");
    row("pickle", "5805", Fin,
        "The head of opcode 1 of message 3, BINUNICODE, is at bytes 0–4. 2 of 5 bytes are here: the stream ended "
        "there, 3 never came. STOP ends a message.",
        "it found no STOP in these 2 bytes", "payload 0-2");
    row("pickle", "80044e", Reset,
        "2 opcodes of message 3 are here, and no STOP: the connection was reset there, so no more will come. STOP ends "
        "a message.",
        "it found no STOP in these 3 bytes", "payload 0-3");
    row("pickle", "4933", Fin,
        "Opcode 1 of message 3, INT at byte 0, goes to the end of its line, which is not here: the stream ended there, "
        "so no more will come. STOP ends a message.",
        "it found no STOP in these 2 bytes", "payload 0-2");
    row("pickle", "636f730a73", Open,
        "Opcode 1 of message 3, GLOBAL at byte 0, goes to the end of its line, which is not here yet: waiting for "
        "more. STOP ends a message.",
        "it found no STOP in these 5 bytes", "payload 0-5");
    row("pickle", "4eff", Open,
        "Byte 1 is FF, which is no opcode of a pickle. Nothing is framed from byte 0 on: start the framing again where "
        "a message begins.",
        "it found no STOP in these 2 bytes", "payload 0-1, unread 1-2");
  }
  void says() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, bytes);
    QFETCH(StreamEnd, end);
    QFETCH(QString, words);
    QFETCH(QString, because);
    QFETCH(QString, parts);
    const FramerPtr framer = framerFromSpec(spec).value();
    const StreamView stream = streamInChunks(bytes, {}, end);
    const Message message = messagesOf(*framer, stream).last();
    QCOMPARE(framer->explain(stream, message, 3), words);
    QCOMPARE(framer->because(stream, message), because);
    QCOMPARE(toldParts(*framer, stream, message), parts);
  }

  // No explanation counts for ever.
  void countsSoFar() {
    const FramerPtr msgpack = framerFromSpec(u"msgpack").value();
    const QByteArray whole = QByteArray::fromHex("dd00011170") + QByteArray(70'000, '\1');
    const StreamView stream = streamInChunks(whole, {});
    const Message message = messagesOf(*msgpack, stream).last();
    QCOMPARE(msgpack->explain(stream, message, 3),
             u"Read DD 00 01 11 70 as array 32 of 70,000 values and at least 50,000 values in it, so message 3 ends at "
             "byte 70,005. All 70,005 bytes are here."_s);
    const Message part = messagesOf(*msgpack, stream.prefix(60'000)).last();
    QCOMPARE(msgpack->explain(stream.prefix(60'000), part, 3),
             u"More than 50,000 values of message 3 are here, and not yet the last: waiting for more."_s);
    QVERIFY(!msgpack->verdict(stream.prefix(60'000), part).needs);
    const FramerPtr pickle = framerFromSpec(u"pickle").value();
    const StreamView marks = streamInChunks(QByteArray(60'000, '('), {});
    QCOMPARE(pickle->explain(marks, messagesOf(*pickle, marks).last(), 3),
             u"More than 50,000 opcodes of message 3 are here, and not yet the last: waiting for more. STOP ends a "
             "message."_s);
  }

  void encodesOneValue_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("error");
    QTest::newRow("two") << u"msgpack"_s << QByteArray("\1\2")
                         << u"the payload goes on behind its value, which ends at byte 1"_s;
    QTest::newRow("none") << u"cbor"_s << QByteArray() << u"the payload of 0 bytes ends before its value does"_s;
    QTest::newRow("cut") << u"pickle"_s << QByteArray("NN") << u"the payload of 2 bytes ends before its value does"_s;
    QTest::newRow("broken") << u"msgpack"_s << QByteArray("\xc1") << u"byte 0 is C1, which MessagePack never uses"_s;
    QTest::newRow("large") << u"msgpack,max=3"_s << QByteArray(4, '\1')
                           << u"a message of 4 bytes is over the limit of 3"_s;
  }
  void encodesOneValue() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, payload);
    QFETCH(QString, error);
    const auto encoded = framerFromSpec(spec).value()->encode(payload);
    QVERIFY(!encoded);
    QCOMPARE(encoded.error().what, error);
  }
};

QTEST_APPLESS_MAIN(TestBinaryExplanations)
#include "tst_binary_explanations.moc"

// The framing `length`: its options, its limits, and what it says.
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestLengthFramer : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // The seven examples in the documentation of Netty's LengthFieldBasedFrameDecoder: the same numbers, and the same
  // bytes behind them.
  void meansWhatNettyMeans_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("hex");      // one message
    QTest::addColumn<QByteArray>("payload");  // hex
    const QByteArray text = QByteArray("HELLO, WORLD").toHex();
    QTest::newRow("two bytes, nothing stripped") << u"length:u16be,strip=0"_s << "000c" + text << "000c" + text;
    QTest::newRow("two bytes, stripped") << u"length:u16be,strip=2"_s << "000c" + text << text;
    QTest::newRow("the length counts all") << u"length:u16be,adjust=-2,strip=0"_s << "000e" + text << "000e" + text;
    QTest::newRow("a head before a length of three")
        << u"length:u24be,offset=2,strip=0"_s << "cafe00000c" + text << "cafe00000c" + text;
    QTest::newRow("a head behind a length of three")
        << u"length:u24be,adjust=2,strip=0"_s << "00000ccafe" + text << "00000ccafe" + text;
    QTest::newRow("heads on both sides, the first stripped")
        << u"length:u16be,offset=1,adjust=1,strip=3"_s << "ca000cfe" + text << "fe" + text;
    QTest::newRow("the same, and the length counts all")
        << u"length:u16be,offset=1,adjust=-3,strip=3"_s << "ca0010fe" + text << "fe" + text;
    // And the one thing that differs: left out, strip is all up to the end of the length field.
    QTest::newRow("strip left out") << u"length:u16be"_s << "000c" + text << text;
    QTest::newRow("strip left out, with an offset") << u"length:u24be,offset=2"_s << "cafe00000c" + text << text;
  }
  void meansWhatNettyMeans() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, hex);
    QFETCH(QByteArray, payload);
    const FramerPtr framer = framerFromSpec(spec).value();
    const QByteArray bytes = QByteArray::fromHex(hex);
    const StreamView stream = streamInChunks(bytes + bytes, {});
    const QList<Message> messages = messagesOf(*framer, stream);
    QCOMPARE(messages.size(), 2);
    for (const Message &message : messages) {
      QCOMPARE(message.status, Status::Complete);
      QCOMPARE(message.size, static_cast<quint64>(bytes.size()));
      QCOMPARE(framer->payload(stream, message).value().toHex(), payload);
    }
  }

  void reads_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *spec, const QByteArray &hex, const char *expected) {
      QTest::addRow("%s %s", spec, hex.constData()) << QString::fromUtf8(spec) << hex << QString::fromUtf8(expected);
    };
    row("length:u8", "", "");
    row("length:u8", "00", "0+1 complete payload 1+0");
    row("length:u8", "02 6161 01", "0+3 complete payload 1+2\n3+1 incomplete payload 4+0 needs 1");
    row("length:u16be", "00", "0+1 incomplete payload -+0");
    row("length:u16be", "0003 61", "0+3 incomplete payload 2+1 needs 2");
    row("length:u16le", "0300 616263", "0+5 complete payload 2+3");
    row("length:u24be", "000003 616263", "0+6 complete payload 3+3");
    row("length:u24le", "030000 616263", "0+6 complete payload 3+3");
    row("length:u32be", "00000001 61", "0+5 complete payload 4+1");
    row("length:u32le", "01000000 61", "0+5 complete payload 4+1");
    row("length:u64be", "0000000000000001 61", "0+9 complete payload 8+1");
    row("length:u64le", "0100000000000000 61", "0+9 complete payload 8+1");
    row("length:u32be", "ffffffff 6161",
        "0+6 error payload -+0: bytes 0–3 (FF FF FF FF as u32be) announce a message of 4,294,967,299 bytes, over the "
        "limit of 67,108,864");
    row("length:u64be", "ffffffffffffffff 61",
        "0+9 error payload -+0: bytes 0–7 (FF FF FF FF FF FF FF FF as u64be) announce a message of "
        "18,446,744,073,709,551,623 bytes, over the limit of 67,108,864");
    row("length:u64be,adjust=9223372036854775807,max=9223372036854775807", "ffffffffffffffff",
        "0+8 error payload -+0: bytes 0–7 (FF FF FF FF FF FF FF FF as u64be) announce a message of "
        "27,670,116,110,564,327,430 bytes, over the limit of 9,223,372,036,854,775,807");
    row("length:u64be,adjust=-9223372036854775808", "7fffffffffffffff",
        "0+8 error payload -+0: bytes 0–7 (7F FF FF FF FF FF FF FF as u64be) announce a message of 7 bytes, less than "
        "the 8 bytes up to the end of its length field");
    row("length:u64be,adjust=-9223372036854775808", "8000000000000001 61", "0+9 complete payload 8+1");
    row("length:u64be,max=9223372036854775807", "7ffffffffffffff7 61",
        "0+9 incomplete payload 8+1 needs 9223372036854775798");
    row("length:u8,adjust=-1", "02 61 00 61",
        "0+2 complete payload 1+1\n2+2 error payload -+0: byte 2 (00 as u8) announces a message of 0 bytes, less than "
        "the 1 byte up to the end of its length field");
    row("length:u8,strip=3", "02 6161 01",
        "0+3 complete payload 3+0\n3+1 error payload -+0: byte 3 (01 as u8) announces a message of 2 bytes, less than "
        "the 3 bytes to strip");
    row("length:u8,strip=3", "09 61", "0+2 incomplete payload -+0 needs 8");
    row("length:u8,strip=0", "03 61", "0+2 incomplete payload 0+2 needs 2");
    row("length:u16be,strip=0", "03", "0+1 incomplete payload 0+1");
    row("length:u8,max=3", "02 6161", "0+3 complete payload 1+2");
    row("length:u8,max=3", "03 6161",
        "0+3 error payload -+0: byte 0 (03 as u8) announces a message of 4 bytes, over the limit of 3");
    row("length:u16be,offset=5,max=4", "61",
        "0+1 error payload -+0: the length field alone ends 7 bytes into the message, over the limit of 4");
    row("length:u16be,max=2", "00", "0+1 incomplete payload -+0");
    row("length:u16be,max=2", "0000", "0+2 complete payload 2+0");
    // No length is right.
    row("length:u8,strip=10,max=5", "00",
        "0+1 error payload -+0: byte 0 (00 as u8) announces a message of 1 byte, less than the 10 bytes to strip");
    row("length:u8,strip=10,max=5", "09" + QByteArray("61").repeated(20),
        "0+21 error payload -+0: byte 0 (09 as u8) announces a message of 10 bytes, over the limit of 5");
    row("length:u8,adjust=100,max=50", "00" + QByteArray("61").repeated(200),
        "0+201 error payload -+0: byte 0 (00 as u8) announces a message of 101 bytes, over the limit of 50");
    row("length:u16be,offset=2,adjust=-4", "cafe 0006 6869", "0+6 complete payload 4+2");
    row("length:varint", "00", "0+1 complete payload 1+0");
    row("length:varint", "8200 6161", "0+4 complete payload 2+2");
    row("length:varint", "8280808080808080 8000 6161", "0+12 complete payload 10+2");
    row("length:varint", "80", "0+1 incomplete payload -+0");
    row("length:varint", "ac02 61", "0+3 incomplete payload 2+1 needs 299");
    row("length:varint", "80808080808080808080",
        "0+10 error payload -+0: bytes 0–9 (80 80 80 80 80 80 80 80 80 80 as varint) are a varint of more than 10 "
        "bytes");
    row("length:varint", "80808080808080808002",
        "0+10 error payload -+0: bytes 0–9 (80 80 80 80 80 80 80 80 80 02 as varint) are a varint of more than 64 "
        "bits");
    row("length:varint", "ffffffffffffffffff01",
        "0+10 error payload -+0: bytes 0–9 (FF FF FF FF FF FF FF FF FF 01 as varint) announce a message of "
        "18,446,744,073,709,551,625 bytes, over the limit of 67,108,864");
    row("length:varint,max=1", "80",
        "0+1 error payload -+0: the length field alone ends 2 bytes into the message, over the limit of 1");
    row("length:decimal", "35 20 68656c6c6f 3132", "0+7 complete payload 2+5\n7+2 incomplete payload -+0");
    row("length:decimal", "30 20", "0+2 complete payload 2+0");
    row("length:decimal", "3030303030303030303030303030303030303031 20 61", "0+22 complete payload 21+1");
    row("length:decimal", "303030303030303030303030303030303030303031",
        "0+21 error payload -+0: bytes 0–20 (\"000000000000000000001\") are a decimal length of more than 20 digits");
    row("length:decimal", "3938343436373434303733373039353531363136",
        "0+20 error payload -+0: bytes 0–19 (\"98446744073709551616\") are a decimal length of more than 64 bits");
    row("length:decimal", "20", "0+1 error payload -+0: byte 0 is 20 where a decimal length has a digit");
    row("length:decimal", "353b",
        "0+2 error payload -+0: byte 1 is \";\" (3B) where a decimal length has a digit or its end (20)");
    row("length:decimal,end=\\r\\n", "31 0d0a 61 31 0d", "0+4 complete payload 3+1\n4+2 incomplete payload -+0");
    row("length:decimal,end=\\r\\n", "31 0d61",
        "0+3 error payload -+0: byte 2 is \"a\" (61) where a decimal length has a digit or its end (0D 0A)");
  }
  void reads() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, hex);
    QFETCH(QString, expected);
    const FramerPtr framer = framerFromSpec(spec).value();
    QCOMPARE(told(*framer, streamInChunks(QByteArray::fromHex(hex), {})), expected);
  }

  void explains_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<StreamEnd>("end");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("parts");
    const auto row = [](const char *name, const char *spec, const char *hex, StreamEnd end, const char *words,
                        const char *parts) {
      QTest::newRow(name) << QString::fromUtf8(spec) << QByteArray(hex) << end << QString::fromUtf8(words)
                          << QString::fromUtf8(parts);
    };
    row("whole", "length:u32be", "00000002 6869", StreamEnd::Open,
        "Read 4 bytes as !I → 2, so message 3 ends at byte 6. All 6 bytes are here.", "length 0-4=2, payload 4-6");
    row("waits", "length:u16be", "0005 6869", StreamEnd::Open,
        "Read 2 bytes as !H → 5, so message 3 ends at byte 7. 4 of 7 bytes are here: waiting for 3 more.",
        "length 0-2=5, payload 2-4");
    row("no struct code", "length:u24le", "010000", StreamEnd::Open,
        "Read 3 bytes as u24le → 1, so message 3 ends at byte 4. 3 of 4 bytes are here: waiting for 1 more.",
        "length 0-3=1");
    row("ended", "length:u8", "02", StreamEnd::Fin,
        "Read 1 byte as B → 2, so message 3 ends at byte 3. 1 of 3 bytes is here: the stream ended there, 2 never "
        "came.",
        "length 0-1=2");
    row("reset", "length:u8", "02", StreamEnd::Reset,
        "Read 1 byte as B → 2, so message 3 ends at byte 3. 1 of 3 bytes is here: the connection was reset there, 2 "
        "never came.",
        "length 0-1=2");
    row("cut", "length:u8", "02", StreamEnd::Cut,
        "Read 1 byte as B → 2, so message 3 ends at byte 3. 1 of 3 bytes is here: it was cut off there, 2 bytes "
        "short.",
        "length 0-1=2");
    row("the field is cut", "length:u32be", "0000", StreamEnd::Open,
        "The length of message 3 (u32be) is at bytes 0–3. 2 of 4 bytes are here: waiting for 2 more.", "length 0-2");
    row("the field is not there", "length:u16le,offset=4,adjust=-6", "aabb", StreamEnd::Open,
        "The length of message 3 (u16le) is at bytes 4–5, of which none is here: waiting for more.", "head 0-2");
    row("offset and adjust", "length:u16be,offset=2,adjust=-4", "cafe 0006 68", StreamEnd::Open,
        "Read 2 bytes at byte 2 as !H → 6, adjusted by −4, so message 3 ends at byte 6. 5 of 6 bytes are here: waiting "
        "for 1 more.",
        "head 0-2, length 2-4=6, payload 4-5");
    row("strip behind the field", "length:u8,adjust=2,strip=3", "01 aabb 68", StreamEnd::Open,
        "Read 1 byte as B → 1, adjusted by +2, so message 3 ends at byte 4. All 4 bytes are here.",
        "length 0-1=1, head 1-3, payload 3-4");
    row("varint, cut", "length:varint", "80", StreamEnd::Open,
        "The length of message 3 (varint) begins at byte 0, and 1 byte of it is here (80): waiting for more.",
        "length 0-1");
    row("varint", "length:varint", "8101", StreamEnd::Fin,
        "Read 2 bytes as varint → 129, so message 3 ends at byte 131. 2 of 131 bytes are here: the stream ended there, "
        "129 never came.",
        "length 0-2=129");
    row("decimal", "length:decimal", "3220 6869", StreamEnd::Open,
        "Read 2 bytes as decimal → 2, so message 3 ends at byte 4. All 4 bytes are here.", "length 0-2=2, payload 2-4");
    row("too large", "length:u16be,max=9", "0009 6869", StreamEnd::Open,
        "Bytes 0–1 (00 09 as u16be) announce a message of 11 bytes, over the limit of 9. Nothing is framed from byte 0 "
        "on: start the framing again where a message begins.",
        "length 0-2=9, unread 2-4");
  }
  void explains() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, hex);
    QFETCH(StreamEnd, end);
    QFETCH(QString, words);
    QFETCH(QString, parts);
    const FramerPtr framer = framerFromSpec(spec).value();
    const StreamView stream = streamInChunks(QByteArray::fromHex(hex), {}, end);
    const QList<Message> messages = messagesOf(*framer, stream);
    QCOMPARE(messages.size(), 1);
    QCOMPARE(framer->explain(stream, messages[0], 3), words);
    QCOMPARE(toldParts(*framer, stream, messages[0]), parts);
  }

  void waitsForWhatIsFarAway() {
    const FramerPtr framer = framerFromSpec(u"length:u64be,max=9223372036854775807"_s).value();
    ScanState state;
    QVERIFY(finalMessages(*framer, streamInChunks(QByteArray::fromHex("7000000000000000"), {}), state).isEmpty());
    QVERIFY(!state.stopped);
    QVERIFY(finalMessages(*framer, streamInChunks(QByteArray::fromHex("8000000000000000"), {}), state).isEmpty());
    QVERIFY(state.stopped);
  }

  void encodes_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("result");  // hex, or the error
    const auto row = [](const char *spec, const QByteArray &payload, const char *result) {
      QTest::addRow("%s, %d bytes", spec, static_cast<int>(payload.size()))
          << QString::fromUtf8(spec) << payload << QString::fromUtf8(result);
    };
    row("length:u8", "hi", "026869");
    row("length:u8", "", "00");
    row("length:u24be", "hi", "0000026869");
    row("length:u24le", "hi", "0200006869");
    row("length:u64le", "h", "010000000000000068");
    row("length:u16be,offset=2,adjust=-4", "hi", "000000066869");
    row("length:u16be,adjust=2,strip=4", "hi", "000200006869");
    row("length:u16be,adjust=4", "hi",
        "a payload of 2 bytes is too short: the message would have 4 bytes and its length −2: send more, or change "
        "adjust= or strip=");
    row("length:u16be,strip=0", QByteArray("\0\2hi", 4), "00026869");
    row("length:u16be,strip=0", QByteArray("\0\3hi", 4),
        "the payload holds the message's length and it is wrong: bytes 0–1 must be 00 02: put the right length "
        "there");
    row("length:u16be,strip=1", QByteArray("\2hi", 3), "00026869");
    row("length:u8", QByteArray(256, 'x'),
        "a length of 256 does not fit u8: send at most 255 at once, or take a wider length field");
    row("length:u8,max=3", "abc", "a message of 4 bytes is over the limit of 3: send less at once, or raise max=");
    row("length:u8,max=3", "ab", "026162");
    row("length:varint", QByteArray(128, 'a'), "8001");
    // Two bytes say 128, but then the message is a byte longer than one would have it: the length is padded.
    row("length:varint,adjust=-1,strip=0",
        QByteArray("\x03"
                   "ab"),
        "036162");
    // The payload holds its length, written wider than need be.
    row("length:varint,strip=0", QByteArray("\x81\0x", 3), "810078");
    row("length:decimal", "hello", "35 20 68656c6c6f");
    row("length:decimal,end=\\r\\n", "", "30 0d0a");
  }
  void encodes() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, payload);
    QFETCH(QString, result);
    const auto encoded = framerFromSpec(spec).value()->encode(payload);
    if (!encoded) {
      QCOMPARE(encoded.error().line(), result);
    } else {
      const QByteArray expected = QByteArray::fromHex(result.toLatin1());
      QCOMPARE(encoded->first(expected.size()).toHex(), expected.toHex());
      QVERIFY(encoded->endsWith(payload));
    }
  }
};

QTEST_APPLESS_MAIN(TestLengthFramer)
#include "tst_length_framer.moc"

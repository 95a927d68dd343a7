// The framing tlv: what it finds and says, which SPECs it refuses and where, and what it sends.
#include "tests/support/framing_rows.h"

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestTlvFramer : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void says_data() {
    framingColumns();
    const auto row = framingRow;
    using enum StreamEnd;
    row("tlv:u8/u8", "", Open, "", "", "");
    row("tlv:u8/u8", "05", Open, "0+1 incomplete payload -+0",
        "Read 1 byte as B → 5, the tag. The length of message 1 (u8) is at byte 1, of which none is here: waiting for "
        "more.",
        "head 0-1=5");
    row("tlv:u8/u8", "0502", Open, "0+2 incomplete payload 2+0 needs 2",
        "Read 1 byte as B → 5, the tag. Read 1 byte at byte 1 as B → 2, so message 1 ends at byte 4. 2 of 4 bytes are "
        "here: waiting for 2 more.",
        "head 0-1=5, length 1-2=2");
    row("tlv:u8/u8", "050261", Fin, "0+3 incomplete payload 2+1 needs 1",
        "Read 1 byte as B → 5, the tag. Read 1 byte at byte 1 as B → 2, so message 1 ends at byte 4. 3 of 4 bytes are "
        "here: the stream ended there, 1 never came.",
        "head 0-1=5, length 1-2=2, payload 2-3");
    row("tlv:u8/u8", "050261620600", Open,
        "0+4 complete payload 2+2\n"
        "4+2 complete payload 6+0",
        "Read 1 byte as B → 5, the tag. Read 1 byte at byte 1 as B → 2, so message 1 ends at byte 4. All 4 bytes are "
        "here.\n"
        "Read 1 byte as B → 6, the tag. Read 1 byte at byte 5 as B → 0, so message 2 ends at byte 6. All 2 bytes are "
        "here.",
        "head 4-5=6, length 5-6=0");
    row("tlv:u16be/u16le", "00", Open, "0+1 incomplete payload -+0",
        "The tag of message 1 (u16be) is at bytes 0–1. 1 of 2 bytes is here: waiting for 1 more.", "head 0-1");
    row("tlv:u16be/u16le", "000102", Open, "0+3 incomplete payload -+0",
        "Read 2 bytes as !H → 1, the tag. The length of message 1 (u16le) is at bytes 2–3. 1 of 2 bytes is here: "
        "waiting for 1 more.",
        "head 0-2=1, length 2-3");
    row("tlv:u16be/u16le,max=6", "00010300", Open,
        "0+4 error payload -+0: bytes 2–3 (03 00 as u16le) announce a message of 7 bytes, over the limit of 6",
        "Bytes 2–3 (03 00 as u16le) announce a message of 7 bytes, over the limit of 6. Nothing is framed from byte 0 "
        "on: start the framing again where a message begins.",
        "head 0-2=1, length 2-4=3");
    row("tlv:u16be/u16le,max=3", "00", Open,
        "0+1 error payload -+0: tag and length alone have 4 bytes, over the limit of 3",
        "Tag and length alone have 4 bytes, over the limit of 3. Nothing is framed from byte 0 on: start the framing "
        "again where a message begins.",
        "head 0-1");
    row("tlv:varint/varint", "80", Open, "0+1 incomplete payload -+0",
        "The tag of message 1 (varint) begins at byte 0, and 1 byte of it is here (80): waiting for more.", "head 0-1");
    row("tlv:varint/varint", "810180", Fin, "0+3 incomplete payload -+0",
        "Read 2 bytes as varint → 129, the tag. The length of message 1 (varint) begins at byte 2, and 1 byte of it is "
        "here (80): the stream ended there, so no more will come.",
        "head 0-2=129, length 2-3");
    row("tlv:varint/u8", "ffffffffffffffffffff", Open,
        "0+10 error payload -+0: bytes 0–9 (FF FF FF FF FF FF FF FF FF FF as varint) are a varint of more than 10 "
        "bytes",
        "Bytes 0–9 (FF FF FF FF FF FF FF FF FF FF as varint) are a varint of more than 10 bytes. Nothing is framed "
        "from byte 0 on: start the framing again where a message begins.",
        "head 0-10");
    row("tlv:decimal/decimal", "372032206162", Open, "0+6 complete payload 4+2",
        "Read 2 bytes as decimal → 7, the tag. Read 2 bytes at byte 2 as decimal → 2, so message 1 ends at byte 6. All "
        "6 bytes are here.",
        "head 0-2=7, length 2-4=2, payload 4-6");
    row("tlv:decimal/u8", "3778", Open,
        "0+2 error payload -+0: byte 1 is \"x\" (78) where a decimal tag has a digit or its end (20)",
        "Byte 1 is \"x\" (78) where a decimal tag has a digit or its end (20). Nothing is framed from byte 0 on: start "
        "the framing again where a message begins.",
        "head 0-2");
    row("tlv:u8/decimal", "3778", Open,
        "0+2 error payload -+0: byte 1 is \"x\" (78) where a decimal length has a digit",
        "Byte 1 is \"x\" (78) where a decimal length has a digit. Nothing is framed from byte 0 on: start the framing "
        "again where a message begins.",
        "head 0-1=55, length 1-2");
  }
  void says() { checkFramingRow(); }

  void refusesSpecs_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *spec, const char *words) {
      QTest::newRow(spec) << QString::fromUtf8(spec) << QString::fromUtf8(words);
    };
    const char *const types = "u8, u16be, u16le, u24be, u24le, u32be, u32le, u64be, u64le, varint, decimal";
    row("tlv", "tlv needs an argument, which is missing at character 4: write for example tlv:u8/u8");
    row("tlv:u8", "tlv needs two types with a / between them, not \"u8\", at character 5: write for example u8/u8");
    row("tlv:u8/u9",
        qPrintable(u"\"u9\" is no choice for tlv at character 8: choose one of "_s + QLatin1String(types)));
    row("tlv:u9/u8",
        qPrintable(u"\"u9\" is no choice for tlv at character 5: choose one of "_s + QLatin1String(types)));
    row("tlv:u8/u8,end=x", "end= without decimal digits at character 15: leave it out, or take decimal for a type");
    row("tlv:u8/u8,tag=256", "a tag of 256, which does not fit u8, at character 15: it may be 255 at most");
    row("tlv:u8/decimal,end=1",
        "an end that begins with a digit, so that nobody sees where the number ends, at character 20: begin it with "
        "another character");
  }
  void refusesSpecs() {
    QFETCH(QString, spec);
    QFETCH(QString, words);
    const auto framer = framerFromSpec(spec);
    QVERIFY(!framer);
    QCOMPARE(framer.error().line(), words);
    QVERIFY(words.contains(u"at character %1"_s.arg(framer.error().position + 1)));
  }

  void sends() {
    const auto refused = [](const QString &spec, const QByteArray &payload) {
      const auto message = framerFromSpec(spec).value()->encode(payload);
      return message ? QString::fromLatin1(message->toHex()) : message.error().line();
    };
    QCOMPARE(refused(u"tlv:u8/u16be,tag=5"_s, "abc"), u"050003616263"_s);
    QCOMPARE(refused(u"tlv:varint/varint,tag=300"_s, {}), u"ac0200"_s);
    QCOMPARE(refused(u"tlv:u8/u8"_s, QByteArray(256, 'x')),
             u"a length of 256 does not fit u8: send at most 255 at once, or take a wider length field"_s);
    QCOMPARE(refused(u"tlv:u8/u8,max=4"_s, "abc"),
             u"a message of 5 bytes is over the limit of 4: send less at once, or raise max="_s);
  }

  void lengthsAreRead() {
    const auto read = [](const QString &spec, const QByteArray &bytes) {
      const FramerPtr framer = framerFromSpec(spec).value();
      const StreamView stream = streamInChunks(bytes, {});
      const auto length = framer->lengthRead(stream, messagesOf(*framer, stream).at(0));
      return length
                 ? u"%1-%2 %3 %4"_s.arg(length->field.begin).arg(length->field.end).arg(length->value).arg(length->type)
                 : u"none"_s;
    };
    QCOMPARE(read(u"tlv:u8/u16be"_s, QByteArray("\5\0\1a", 4)), u"1-3 1 u16be"_s);
    QCOMPARE(read(u"tlv:u8/u16be"_s, QByteArray("\5\0", 2)), u"none"_s);
  }

  void tagsAreParts() {
    const FramerPtr framer = framerFromSpec(u"tlv:u16be/u8").value();
    const StreamView stream = streamInChunks(QByteArray("\1\2\1a", 4), {});
    const Message message = messagesOf(*framer, stream).at(0);
    const QList<FramingPart> parts = framer->parts(stream, message, ScanState{}, message.range(), 10);
    QCOMPARE(parts.size(), 3);
    QCOMPARE(parts[0].name, u"tag"_s);
    QCOMPARE(parts[0].value, u"258"_s);
    QCOMPARE(parts[2].name, u"value"_s);
  }
};

QTEST_APPLESS_MAIN(TestTlvFramer)
#include "tst_tlv_framer.moc"

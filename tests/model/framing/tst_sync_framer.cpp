// The framing sync: what it finds and says, which SPECs it refuses and where, and what it sends.
#include "tests/support/framing_rows.h"

#include "model/checks/checksum.h"

#include <random>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestSyncFramer : public QObject {
  Q_OBJECT

  static QString refused(const QString &spec, const QByteArray &payload) {
    const auto message = framerFromSpec(spec).value()->encode(payload);
    return message ? QString::fromLatin1(message->toHex()) : message.error().line();
  }

 private Q_SLOTS:
  void says_data() {
    framingColumns();
    const auto row = framingRow;
    using enum StreamEnd;
    row("sync:AA55,length=u8", "aa", Open, "0+1 incomplete payload -+0",
        "Byte 0 may begin the sync word (AA 55). 1 of 2 bytes is here: waiting for 1 more.", "head 0-1");
    row("sync:AA55,length=u8", "aa", Fin, "0+1 incomplete payload -+0",
        "Byte 0 may begin the sync word (AA 55). 1 of 2 bytes is here: the stream ended there, 1 never came.",
        "head 0-1");
    row("sync:AA55,length=u8", "aa55", Open, "0+2 incomplete payload -+0",
        "The length of message 1 (u8) is at byte 2, of which none is here: waiting for more.", "head 0-2");
    row("sync:AA55,length=u8", "aa5502", Open, "0+3 incomplete payload 3+0 needs 2",
        "Read 1 byte at byte 2 as B → 2, so message 1 ends at byte 5. 3 of 5 bytes are here: waiting for 2 more.",
        "head 0-2, length 2-3=2");
    row("sync:AA55,length=u8", "aa550261", Reset, "0+4 incomplete payload 3+1 needs 1",
        "Read 1 byte at byte 2 as B → 2, so message 1 ends at byte 5. 4 of 5 bytes are here: the connection was reset "
        "there, 1 never came.",
        "head 0-2, length 2-3=2, payload 3-4");
    row("sync:AA55,length=u8", "aa55026162aa5500", Open,
        "0+5 complete payload 3+2\n"
        "5+3 complete payload 8+0",
        "Read 1 byte at byte 2 as B → 2, so message 1 ends at byte 5. All 5 bytes are here.\n"
        "Read 1 byte at byte 7 as B → 0, so message 2 ends at byte 8. All 3 bytes are here.",
        "head 5-7, length 7-8=0");
    row("sync:AA55,length=u8", "aa33", Open,
        "0+2 error payload -+0: byte 1 is \"3\" (33) where the sync word (AA 55) has 55",
        "Byte 1 is \"3\" (33) where the sync word (AA 55) has 55. Framing will go on at the next sync word (AA 55).",
        "unread 0-2");
    row("sync:AA55,length=u8", "7879aa", Open,
        "0+3 error payload -+0: byte 0 is \"x\" (78) where the sync word (AA 55) has AA",
        "Byte 0 is \"x\" (78) where the sync word (AA 55) has AA. Framing will go on at the next sync word (AA 55).",
        "unread 0-3");
    row("sync:AA55,length=u8", "7879aa550161", Open,
        "0+2 error payload -+0: byte 0 is \"x\" (78) where the sync word (AA 55) has AA\n"
        "2+4 complete payload 5+1",
        "Byte 0 is \"x\" (78) where the sync word (AA 55) has AA. Framing goes on at the next sync word, at byte 2.\n"
        "Read 1 byte at byte 4 as B → 1, so message 2 ends at byte 6. All 4 bytes are here.",
        "head 2-4, length 4-5=1, payload 5-6");
    row("sync:AA55,length=u8", "7879", Fin,
        "0+2 error payload -+0: byte 0 is \"x\" (78) where the sync word (AA 55) has AA",
        "Byte 0 is \"x\" (78) where the sync word (AA 55) has AA. No sync word follows: the stream ended there, so no "
        "more will come.",
        "unread 0-2");
    row("sync:AA55,length=u8", "aa5501617879", Open,
        "0+4 complete payload 3+1\n"
        "4+2 error payload -+0: byte 4 is \"x\" (78) where the sync word (AA 55) has AA",
        "Read 1 byte at byte 2 as B → 1, so message 1 ends at byte 4. All 4 bytes are here.\n"
        "Byte 4 is \"x\" (78) where the sync word (AA 55) has AA. Framing will go on at the next sync word (AA 55).",
        "unread 4-6");
    row("sync:AA55,length=u16be,max=10", "aa550100", Open,
        "0+4 error payload -+0: bytes 2–3 (01 00 as u16be) announce a message of 260 bytes, over the limit of 10",
        "Bytes 2–3 (01 00 as u16be) announce a message of 260 bytes, over the limit of 10. Framing will go on at the "
        "next sync word (AA 55).",
        "head 0-2, length 2-4=256");
    row("sync:AA55,length=u16be,max=10", "aa550100aa55000161", Open,
        "0+4 error payload -+0: bytes 2–3 (01 00 as u16be) announce a message of 260 bytes, over the limit of 10\n"
        "4+5 complete payload 8+1",
        "Bytes 2–3 (01 00 as u16be) announce a message of 260 bytes, over the limit of 10. Framing goes on at the next "
        "sync word, at byte 4.\n"
        "Read 2 bytes at byte 6 as !H → 1, so message 2 ends at byte 9. All 5 bytes are here.",
        "head 4-6, length 6-8=1, payload 8-9");
    row("sync:AA55,length=u16be,max=10", "aa5501007a7a", Fin,
        "0+6 error payload -+0: bytes 2–3 (01 00 as u16be) announce a message of 260 bytes, over the limit of 10",
        "Bytes 2–3 (01 00 as u16be) announce a message of 260 bytes, over the limit of 10. No sync word follows: the "
        "stream ended there, so no more will come.",
        "head 0-2, length 2-4=256, unread 4-6");
    row("sync:AA55,length=u8,adjust=-2", "aa55017a", Open,
        "0+4 error payload -+0: byte 2 (01 as u8) announces a message of 2 bytes, less than the 3 bytes that the "
        "framing itself needs",
        "Byte 2 (01 as u8) announces a message of 2 bytes, less than the 3 bytes that the framing itself needs. "
        "Framing will go on at the next sync word (AA 55).",
        "head 0-2, length 2-3=1, unread 3-4");
    row("sync:AA55,length=u8,adjust=-1,max=2", "aa", Open,
        "0+1 error payload -+0: the sync word and what is up to the end of the length field alone have 3 bytes, over "
        "the limit of 2",
        "The sync word and what is up to the end of the length field alone have 3 bytes, over the limit of 2. Framing "
        "will go on at the next sync word (AA 55).",
        "head 0-1");
    row("sync:61,length=decimal", "6131327833346131207a", Open,
        "0+6 error payload -+0: byte 3 is \"x\" (78) where a decimal length has a digit or its end (20)\n"
        "6+4 complete payload 9+1",
        "Byte 3 is \"x\" (78) where a decimal length has a digit or its end (20). Framing goes on at the next sync "
        "word, at byte 6.\n"
        "Read 2 bytes at byte 7 as decimal → 1, so message 2 ends at byte 10. All 4 bytes are here.",
        "head 6-7, length 7-9=1, payload 9-10");
    row("sync:AA55,length=u8,offset=1,adjust=2,strip=2,checksum=crc-16/modbus,from=2", "aa550703616263a913", Open,
        "0+9 complete payload 2+5",
        "Read 1 byte at byte 3 as B → 3, adjusted by +2, so message 1 ends at byte 9. All 9 bytes are here, and the "
        "crc-16/modbus is right.",
        "head 0-2, head 2-3, length 3-4=3, payload 4-7, head 7-9=0x13A9");
    row("sync:AA55,length=u8,offset=1,adjust=2,strip=2,checksum=crc-16/modbus,from=2", "aa5507036162631234aa", Open,
        "0+9 error payload -+0: the checksum at bytes 7–8 says 0x3412, but the crc-16/modbus of bytes 2–6 is 0x13A9\n"
        "9+1 incomplete payload -+0",
        "The checksum at bytes 7–8 says 0x3412, but the crc-16/modbus of bytes 2–6 is 0x13A9. Framing goes on at byte "
        "9, where its length says that the message ends.\n"
        "Byte 9 may begin the sync word (AA 55). 1 of 2 bytes is here: waiting for 1 more.",
        "head 9-10");
    row("sync:AA55,length=u8,offset=1,adjust=2,strip=2,checksum=crc-16/modbus,from=2", "aa55070361626312", Open,
        "0+8 incomplete payload 2+5 needs 1",
        "Read 1 byte at byte 3 as B → 3, adjusted by +2, so message 1 ends at byte 9. 8 of 9 bytes are here: waiting "
        "for 1 more.",
        "head 0-2, head 2-3, length 3-4=3, payload 4-7, head 7-8");
    row("sync:7F,size=4,checksum=xor8", "7f61627c", Open, "0+4 complete payload 1+2",
        "Found the sync word (7F) at byte 0, so message 1 ends at byte 4. All 4 bytes are here, and the xor8 is right.",
        "head 0-1, payload 1-3, head 3-4=0x7C");
    row("sync:7F,size=4,checksum=xor8", "7f616200", Open,
        "0+4 error payload -+0: the checksum at byte 3 says 0x00, but the xor8 of bytes 0–2 is 0x7C",
        "The checksum at byte 3 says 0x00, but the xor8 of bytes 0–2 is 0x7C. Framing goes on at byte 4, where size= "
        "says that the message ends.",
        "head 0-1, payload 1-3, head 3-4=0x00");
    row("sync:7F,size=4,checksum=xor8", "7f61", Open, "0+2 incomplete payload 1+1 needs 2",
        "Found the sync word (7F) at byte 0, so message 1 ends at byte 4. 2 of 4 bytes are here: waiting for 2 more.",
        "head 0-1, payload 1-2");
    row("sync:7F,size=4,checksum=xor8", "617f", Open,
        "0+1 error payload -+0: byte 0 is \"a\" (61) where the sync word (7F) has 7F\n"
        "1+1 incomplete payload 2+0 needs 3",
        "Byte 0 is \"a\" (61) where the sync word (7F) has 7F. Framing goes on at the next sync word, at byte 1.\n"
        "Found the sync word (7F) at byte 1, so message 2 ends at byte 5. 1 of 4 bytes is here: waiting for 3 more.",
        "head 1-2");
    row("sync:7F,size=5,checksum=sum8,at=1,from=2", "7f05010202", Open, "0+5 complete payload 2+3",
        "Found the sync word (7F) at byte 0, so message 1 ends at byte 5. All 5 bytes are here, and the sum8 is right.",
        "head 0-1, head 1-2=0x05, payload 2-5");
    row("sync:7F,size=6,checksum=sum8,at=3", "7f6162426364", Open, "0+6 complete payload 1+5",
        "Found the sync word (7F) at byte 0, so message 1 ends at byte 6. All 6 bytes are here, and the sum8 is right.",
        "head 0-1, payload 1-3, head 3-4=0x42, payload 4-6");
    row("sync:7F,size=5,checksum=sum8,at=-2", "7f61624203", Open, "0+5 complete payload 1+2",
        "Found the sync word (7F) at byte 0, so message 1 ends at byte 5. All 5 bytes are here, and the sum8 is right.",
        "head 0-1, payload 1-3, head 3-4=0x42, head 4-5");
    row("sync:AA55,length=u32be,max=5", "aa", Open,
        "0+1 error payload -+0: the sync word and what is up to the end of the length field alone have 6 bytes, over "
        "the limit of 5",
        "The sync word and what is up to the end of the length field alone have 6 bytes, over the limit of 5. Framing "
        "will go on at the next sync word (AA 55).",
        "head 0-1");
  }
  void says() { checkFramingRow(); }

  void refusesSpecs_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *spec, const char *words) {
      QTest::newRow(spec) << QString::fromUtf8(spec) << QString::fromUtf8(words);
    };
    row("sync", "sync needs an argument, which is missing at character 5: write for example sync:AA55,length=u16be");
    row("sync:", "sync needs bytes as pairs of hex digits, not \"\", at character 6: write for example AA55");
    row("sync:A",
        "sync needs pairs of hex digits, and the last digit of \"A\" is alone at character 7: write for example AA55");
    row("sync:AAxy,length=u8",
        "sync needs bytes as pairs of hex digits, not \"AAxy\", at character 8: write for example AA55");
    row("sync:AA55",
        "sync needs length= or size=, and has neither, at character 6: write for example sync:AA55,length=u16be");
    row("sync:AA55,length=u8,size=3", "size= beside length= at character 26: leave one of them out");
    row("sync:AA55,size=1", "a size of 1, less than the 2 bytes that the other options need, at character 16");
    row("sync:AA55,size=5,checksum=crc-32",
        "a size of 5, less than the 6 bytes that the other options need, at character 16");
    row("sync:AA55,size=9,offset=1", "offset= without length= at character 25: give length= too, or leave it out");
    row("sync:AA55,size=9,from=1", "from= without checksum= at character 23: give checksum= too, or leave it out");
    row("sync:AA55,length=u8,end=x", "end= without length=decimal at character 25: leave it out");
    row("sync:AA55,size=9,checksum=crc-24/x",
        "\"crc-24/x\" is no choice for option \"checksum\" at character 27: choose one of crc-24/ble, "
        "crc-24/flexray-a, "
        "crc-24/flexray-b, crc-24/interlaken, crc-24/lte-a, crc-24/lte-b, crc-24/openpgp, crc-24/os-9");
    row("sync:AA55,size=9,checksum=sum8,at=1",
        "a checksum over the sync word at character 35: count from the message's first byte, the sync word included");
    row("sync:AA55,length=u16be,checksum=crc-16/modbus,at=3",
        "a checksum over the length field at character 50: count from the message's first byte, the sync word "
        "included");
    row("sync:AA55,length=varint,checksum=sum8,at=4",
        "a checksum behind a length field whose width varies at character 42: count from the message's first byte, the "
        "sync word included");
    row("sync:AA55,length=u8,checksum=crc-32,at=6,from=7", "a checksum that covers a part of itself at character 47");
    row("sync:AA55,length=u8,checksum=crc-32,at=-3",
        "a checksum of 4 bytes, which does not fit in the last 3 of a message, at character 40");
  }
  void refusesSpecs() {
    QFETCH(QString, spec);
    QFETCH(QString, words);
    const auto framer = framerFromSpec(spec);
    QVERIFY(!framer);
    QCOMPARE(framer.error().line(), words);
    QVERIFY(words.contains(u"at character %1"_s.arg(framer.error().position + 1)));
  }

  void specsAreCanonical() {
    const auto canonical = [](const QString &spec) { return framerFromSpec(spec).value()->spec(); };
    QCOMPARE(canonical(u"sync:aa55,checksum=CRC-16/MODBUS,length=u8,offset=0"_s),
             u"sync:AA55,length=u8,checksum=crc-16/modbus"_s);
    QCOMPARE(canonical(u"sync:aa55,length=u8,checksum=X-25"_s), u"sync:AA55,length=u8,checksum=crc-16/ibm-sdlc"_s);
    QCOMPARE(canonical(u"hdlc,fcs=16"_s), u"hdlc"_s);
  }

  void sends() {
    QCOMPARE(refused(u"sync:AA55,length=u16be"_s, "abc"), u"aa550003616263"_s);
    QCOMPARE(refused(u"sync:AA55,length=u8,offset=1,adjust=1,checksum=xor8,from=2"_s, "abc"),
             u"aa5500036162636"
             "3"_s);
    QCOMPARE(refused(u"sync:7F,size=4,checksum=sum8"_s, "ab"), u"7f616242"_s);
    QCOMPARE(refused(u"sync:7F,size=4,checksum=sum8"_s, "abc"),
             u"a payload of 3 bytes makes a message of 5 bytes, but every message has 4: send 2 bytes"_s);
    QCOMPARE(refused(u"sync:7F,size=5,checksum=sum8,at=1,from=2"_s, "\1\2\2"), u"7f05010202"_s);
    QCOMPARE(refused(u"sync:7F,length=u8,strip=0"_s, "\x7f\1a"), u"7f0161"_s);
    QCOMPARE(refused(u"sync:7F,length=u8,strip=0"_s, "\x7f\2a"),
             u"the payload holds the message's length and it is wrong: byte 1 of the message must be 01: put the right "
             "bytes there"_s);
    QCOMPARE(refused(u"sync:7F,length=u8,strip=0"_s, "a\1a"),
             u"the payload holds the message's sync word and it is wrong: byte 0 of the message must be 7F: put the "
             "right bytes there"_s);
    QCOMPARE(refused(u"sync:7F,length=u8,max=4"_s, "abc"),
             u"a message of 5 bytes is over the limit of 4: send less at once, or raise max="_s);
    QCOMPARE(refused(u"sync:7F,length=u8,adjust=5"_s, "abc"),
             u"a payload of 3 bytes is too short for what the framing itself needs: send more"_s);
  }

  /// One message in error by its checksum, then garbage, then a message cut by the end: every checksum there is.
  void everyChecksumIsVerified_data() {
    QTest::addColumn<QString>("name");
    for (const QString &name : Checksum::names()) QTest::newRow(qPrintable(name)) << name;
  }
  void everyChecksumIsVerified() {
    QFETCH(QString, name);
    for (const auto *order : {"be", "le"}) {
      const auto size = Checksum::named(name)->size();
      const QString spec =
          u"sync:AA55,length=u16be,adjust=%1,checksum=%2,from=2,order=%3"_s.arg(size).arg(name, QLatin1String(order));
      const FramerPtr framer = framerFromSpec(spec).value();
      const QByteArray good = framer->encode("hello, world").value();
      const quint64 whole = static_cast<quint64>(good.size());
      QCOMPARE(good.size(), 16 + size);
      QByteArray bad = good;
      bad[5] = static_cast<char>(bad[5] ^ 0x10);
      const QByteArray bytes = good + bad + good + "garbage" + good.chopped(1);
      const StreamView stream = streamInChunks(bytes, {}, StreamEnd::Fin);
      const QList<Message> messages = messagesOf(*framer, stream);
      QCOMPARE(messages.size(), 5);
      const Status statuses[] = {Status::Complete, Status::Error, Status::Complete, Status::Error, Status::Incomplete};
      for (qsizetype i = 0; i < 5; ++i) QCOMPARE(messages[i].status, statuses[i]);
      QCOMPARE(messages[1].range(), ByteRange::ofSize(whole, whole));
      QCOMPARE(messages[3].range(), ByteRange::ofSize(3 * whole, 7));
      QCOMPARE(framer->payload(stream, messages[2]).value(), "hello, world");
      QCOMPARE(framer->verdict(stream, messages[4]).needs, std::optional<quint64>(1));
    }
  }

  /// The sync word in a payload is payload: framing goes by the length.
  void syncWordsInside() {
    const FramerPtr framer = framerFromSpec(u"sync:AA55,length=u8").value();
    QByteArray bytes;
    for (const QByteArray &payload : {QByteArray("\xaa\x55\x01"), QByteArray("\xaa"), QByteArray("\x55\xaa\x55")}) {
      bytes += framer->encode(payload).value();
    }
    QCOMPARE(messagesOf(*framer, streamInChunks(bytes, {})).size(), 3);
  }

  /// While the next sync word is looked for, it is seen once it is whole; behind a message it is from its first byte
  /// on.
  void isSeenOnceItsWordIsWhole() {
    const FramerPtr framer = framerFromSpec(u"sync:AA55,length=u8").value();
    const StreamView stream = streamInChunks(QByteArray::fromHex("0000aa5500aa5500"), {});
    const QList<Message> messages = messagesOf(*framer, stream);
    QCOMPARE(messages.size(), 3);
    QCOMPARE(framer->seenFrom(stream, messages[0], nullptr), 0ULL);
    QCOMPARE(framer->seenFrom(stream, messages[1], &messages[0]), 3ULL);
    QCOMPARE(framer->seenFrom(stream, messages[2], &messages[1]), 5ULL);
    QCOMPARE(describe(messagesOf(*framer, stream.prefix(3))), u"[0+3 error payload -+0]"_s);
    QCOMPARE(describe(messagesOf(*framer, stream.prefix(4))), u"[0+2 error payload -+0; 2+2 incomplete payload -+0]"_s);
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
    QCOMPARE(read(u"sync:61,length=u8,offset=1"_s, QByteArray("ab\1z")), u"2-3 1 u8"_s);
    QCOMPARE(read(u"sync:61,size=3"_s, "abc"), u"none"_s);
    QCOMPARE(read(u"sync:61,length=u8"_s, "zzz"), u"none"_s);
  }
};

QTEST_APPLESS_MAIN(TestSyncFramer)
#include "tst_sync_framer.moc"

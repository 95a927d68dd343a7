// What breaks the rules of MessagePack, CBOR and pickles, and what announces more than the limit: said word for word,
// as soon as the bytes that say so are here.
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray hex(const char *text) {
  return QByteArray::fromHex(text);
}

}  // namespace

class TestBinaryErrors : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void errors_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *spec, const QByteArray &bytes, const char *words) {
      QTest::addRow("%s %s", spec, bytes.left(30).toHex().constData())
          << QString::fromLatin1(spec) << bytes << QString::fromUtf8(words);
    };
    row("msgpack", hex("9200c1"), "byte 3 is C1, which MessagePack never uses");
    row("msgpack", hex("dbffffffff"),
        "bytes 1–5 (DB FF FF FF FF as str 32) announce 4,294,967,295 bytes, with which the message has 4,294,967,300 "
        "bytes at least, over the limit of 67,108,864");
    row("msgpack", hex("ddffffffff"),
        "bytes 1–5 (DD FF FF FF FF as array 32) announce 4,294,967,295 values, with which the message has "
        "4,294,967,300 bytes at least, over the limit of 67,108,864");
    row("msgpack", hex("92dfffffffff"),
        "bytes 2–6 (DF FF FF FF FF as map 32) announce 4,294,967,295 pairs, with which the message has 8,589,934,597 "
        "bytes at least, over the limit of 67,108,864");
    row("msgpack,max=3", hex("ce"), "with the uint 32 at byte 1 the message has 5 bytes at least, over the limit of 3");
    row("msgpack,max=3", hex("93"),
        "byte 1 (93 as fixarray) announces 3 values, with which the message has 4 bytes at least, over the limit of 3");
    row("msgpack,max=3", hex("92d9"), "with the str 8 at byte 2 the message has 4 bytes at least, over the limit of 3");
    // RFC 8949, appendix F.
    for (const char *text : {"1c", "1d", "1e", "3c", "5d", "7e", "9c", "bd", "de", "fc", "fd", "fe"}) {
      const QByteArray bytes = hex(text);
      const auto byte = static_cast<std::uint8_t>(bytes[0]);
      const QString shown = QString::fromLatin1(bytes.toHex().toUpper());
      const QString name =
          byte > 0x20 && byte < 0x7f ? u"\"%1\" (%2)"_s.arg(QLatin1Char(static_cast<char>(byte))).arg(shown) : shown;
      QTest::addRow("cbor %s", text) << u"cbor"_s << bytes
                                     << u"byte 1 is %1, whose additional information, %2, is reserved"_s.arg(name).arg(
                                            byte & 31);
    }
    row("cbor", hex("f800"), "bytes 1–2 (F8 00) are the simple value 0 in two bytes, which has to be 32 or more");
    row("cbor", hex("f81f"), "bytes 1–2 (F8 1F) are the simple value 31 in two bytes, which has to be 32 or more");
    for (const char *text :
         {"5f00ff", "5f21ff", "5f6100ff", "5f80ff", "5fa0ff", "5fc000ff", "5fe0ff", "5f5f4100ffff"}) {
      const auto byte = static_cast<std::uint8_t>(hex(text)[1]);
      QTest::addRow("cbor %s", text)
          << u"cbor"_s << hex(text)
          << u"byte 2 is %1, which is no piece of the byte string of indefinite length that is open"_s.arg(
                 byte == 0x21   ? u"\"!\" (21)"_s
                 : byte == 0x61 ? u"\"a\" (61)"_s
                 : byte == 0x5f ? u"\"_\" (5F)"_s
                                : QString::fromLatin1(hex(text).sliced(1, 1).toHex().toUpper()));
    }
    row("cbor", hex("7f4100ff"),
        "byte 2 is \"A\" (41), which is no piece of the text string of indefinite length that is open");
    row("cbor", hex("ff"), "byte 1 is FF, a break, where nothing of indefinite length is open");
    row("cbor", hex("81ff"), "byte 2 is FF, a break, where nothing of indefinite length is open");
    row("cbor", hex("a100ff"), "byte 3 is FF, a break, where nothing of indefinite length is open");
    row("cbor", hex("9f81ff"),
        "byte 3 is FF, a break, where 1 more data item has to come inside a value of definite length or behind a tag");
    row("cbor", hex("9f829f819f9fffffffff"),
        "byte 10 is FF, a break, where 1 more data item has to come inside a value of definite length or behind a tag");
    row("cbor", hex("9fc0ff"),
        "byte 3 is FF, a break, where 1 more data item has to come inside a value of definite length or behind a tag");
    row("cbor", hex("bf00ff"), "byte 3 is FF, a break, where the value of a map's last key has to be");
    row("cbor", hex("bf000000ff"), "byte 5 is FF, a break, where the value of a map's last key has to be");
    row("cbor", hex("1f"), "byte 1 is 1F: an unsigned integer of indefinite length, which there is not");
    row("cbor", hex("3f"), "byte 1 is \"?\" (3F): a negative integer of indefinite length, which there is not");
    row("cbor", hex("df"), "byte 1 is DF: a tag of indefinite length, which there is not");
    row("cbor", hex("5bffffffffffffffff010203"),
        "bytes 1–9 (5B FF FF FF FF FF FF FF FF as byte string) announce 18,446,744,073,709,551,615 bytes, with which "
        "the message has 18,446,744,073,709,551,624 bytes at least, over the limit of 67,108,864");
    row("cbor", hex("bbffffffffffffffff"),
        "bytes 1–9 (BB FF FF FF FF FF FF FF FF as map) announce 18,446,744,073,709,551,615 pairs, with which the "
        "message has 18,446,744,073,709,551,624 bytes at least, over the limit of 67,108,864");
    row("cbor", QByteArray(200'001, '\x9f'),
        "byte 200,001 is 9F and would be the 200,001st value of indefinite length open inside one another: at most "
        "200,000 may be");
    row("cbor,max=2", hex("9f9f"),
        "with the array of indefinite length at byte 2 the message has 4 bytes at least, over the limit of 2");
    // Pickles: what pickletools refuses.
    row("pickle", "\x80\x04\xff.", "byte 3 is FF, which is no opcode of a pickle");
    row("pickle", "Ione\n.", "INT at byte 1 has \"one\" for its argument, which is no whole number");
    row("pickle", "I1__0\n.", "INT at byte 1 has \"1__0\" for its argument, which is no whole number");
    row("pickle", "I0x10\n.", "INT at byte 1 has \"0x10\" for its argument, which is no whole number");
    row("pickle", "LL\n.", "LONG at byte 1 has \"L\" for its argument, which is no whole number");
    row("pickle", "F1.e\n.", "FLOAT at byte 1 has \"1.e\" for its argument, which is no number");
    row("pickle", "Sabc\n.",
        "STRING at byte 1 has \"abc\" for its argument, which is no string in quotes with whole escapes");
    row("pickle", "S'abc\"\n.",
        "STRING at byte 1 has \"'abc\\\"\" for its argument, which is no string in quotes with whole escapes");
    row("pickle", "S'\\x4'\n.",
        "STRING at byte 1 has \"'\\\\x4'\" for its argument, which is no string in quotes with whole escapes");
    row("pickle", "V\\u12\n.",
        "UNICODE at byte 1 has \"\\\\u12\" for its argument, which has an escape that is cut or beyond Unicode");
    row("pickle", "V\\U00110000\n.",
        "UNICODE at byte 1 has \"\\\\U00110000\" for its argument, which has an escape that is cut or beyond Unicode");
    row("pickle", "P\xc3\xa4\n.", "PERSID at byte 1 has \"ä\" for its argument, which is not ASCII");
    row("pickle", "cos\n\xff\n.", "GLOBAL at byte 1 has \"os\\n\\xff\" for its argument, which is not UTF-8");
    row("pickle", hex("54ffffffff2e"), "bytes 2–5 (FF FF FF FF) give BINSTRING a count of −1 bytes");
    row("pickle", hex("8b000000802e"), "bytes 2–5 (00 00 00 80) give LONG4 a count of −2,147,483,648 bytes");
    row("pickle", hex("42ffffffff"),
        "bytes 1–5 (42 FF FF FF FF as BINBYTES) announce 4,294,967,295 bytes, with which the message has 4,294,967,301 "
        "bytes at least, over the limit of 67,108,864");
    row("pickle,max=5", "I1234", "with the line of the INT at byte 1 the message goes over the limit of 5");
    row("pickle,max=5", "cos", "with the line of the GLOBAL at byte 1 the message goes over the limit of 5");
    row("pickle,max=1", "N", "with the NONE at byte 1 the message has 2 bytes at least, over the limit of 1");
  }
  // Behind a whole value of one byte; said as soon as the bytes that say so are here, and for good.
  void errors() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const FramerPtr framer = framerFromSpec(spec).value();
    bytes.prepend(spec.startsWith(u"pickle") ? '.' : '\x01');
    const QList<Message> messages = messagesOf(*framer, streamInChunks(bytes, {}));
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[1].status, Status::Error);
    QCOMPARE(framer->verdict(streamInChunks(bytes, {}), messages[1]).error, words);
    const StreamView longer = streamInChunks(bytes + QByteArray("\0\0\n.", 4), {});
    QCOMPARE(messagesOf(*framer, longer).last().size, messages[1].size + 4);
    QCOMPARE(framer->verdict(longer, messagesOf(*framer, longer).last()).error, words);
    QVERIFY(!framer->encode(bytes.sliced(1)));
  }
};

QTEST_APPLESS_MAIN(TestBinaryErrors)
#include "tst_binary_errors.moc"

// The values of MessagePack, CBOR and pickles as fields, word for word: names, types, places, values, labels; what is
// cut, broken, too deep or too much.
#include "model/framing/registry.h"
#include "tests/support/told_fields.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

FieldDecoderPtr fieldsOf(const QString &spec) {
  return framerFromSpec(spec).value()->fields();
}

}  // namespace

class TestBinaryFields : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void says_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *spec, const QByteArray &payload, const char *words) {
      QTest::addRow("%s %s", spec, payload.left(30).toHex().constData())
          << QString::fromLatin1(spec) << payload << QString::fromUtf8(words);
    };
    const auto hexRow = [&](const char *spec, const char *hex, const char *words) {
      row(spec, QByteArray::fromHex(hex), words);
    };
    row("msgpack",
        QByteArray("\x82\xa7"
                   "compact\xc3\xa6schema\x00",
                   18),
        "compact true @9+1 = true\n"
        "schema positive fixint @17+1 = 0");
    hexRow("msgpack", "cf8000000000000000", "0 uint 64 @0+9 = 9223372036854775808");
    hexRow("msgpack", "d3fffffffffffffffe", "0 int 64 @0+9 = -2");
    hexRow("msgpack", "e0", "0 negative fixint @0+1 = -32");
    hexRow("msgpack", "ca3dcccccd", "0 float 32 @0+5 = 0.10000000149011612");
    hexRow("msgpack", "c0", "0 nil @0+1 = null");
    hexRow("msgpack", "a2c3a4", "0 fixstr @0+3 = \"ä\"");
    hexRow("msgpack", "a2c3ff", "0 fixstr @0+3 = \"\\xc3\\xff\" (not UTF-8)");
    hexRow("msgpack", "c4020001", "0 bin 8 @0+4 = \"\\0\\x01\"");
    hexRow("msgpack", "c7030561 6263", "0 ext 8 @0+6 = \"abc\" (type 5)");
    hexRow("msgpack", "90", "");
    hexRow("msgpack", "9301920203dc0001a161",
           "[0] positive fixint @1+1 = 1\n"
           "[1] fixarray @2+3\n"
           "  [0] positive fixint @3+1 = 2\n"
           "  [1] positive fixint @4+1 = 3\n"
           "[2] array 16 @5+5\n"
           "  [0] fixstr @8+2 = \"a\"");
    // Keys of every kind.
    hexRow("msgpack", "8805010302c00 3c304cb3ff800000000000005c4026162069201020781019008",
           "5 positive fixint @2+1 = 1\n"
           "3 positive fixint @4+1 = 2\n"
           "nil positive fixint @6+1 = 3\n"
           "true positive fixint @8+1 = 4\n"
           "1.5 positive fixint @18+1 = 5\n"
           "\"ab\" positive fixint @23+1 = 6\n"
           "[1, 2] positive fixint @27+1 = 7\n"
           "{1: []} positive fixint @31+1 = 8");
    hexRow("msgpack", "81a0 01", "\"\" positive fixint @2+1 = 1");
    // The times of the MessagePack test suite (github.com/kawanet/msgpack-test-suite, 50.timestamp.yaml).
    hexRow("msgpack", "d6ff5a4af6a5", "0 fixext 4 @0+6 = \"ZJ\\xf6\\xa5\" (2018-01-02T03:04:05Z)");
    hexRow("msgpack", "d7ffa1dcd7c85a4af6a5",
           "0 fixext 8 @0+10 = \"\\xa1\\xdc\\xd7\\xc8ZJ\\xf6\\xa5\" (2018-01-02T03:04:05.678901234Z)");
    hexRow("msgpack", "c70cff00000000fffffff1886e0900",
           "0 ext 8 @0+15 = \"\\0\\0\\0\\0\\xff\\xff\\xff\\xf1\\x88n\\t\\0\" (0001-01-01T00:00:00Z)");
    hexRow("msgpack", "c70cff3b9ac9ff000000000 0000000",
           "0 ext 8 @0+15 = \";\\x9a\\xc9\\xff\\0\\0\\0\\0\\0\\0\\0\\0\" (1970-01-01T00:00:00.999999999Z)");
    hexRow("msgpack", "d7fffffffffc00000000",
           "0 fixext 8 @0+10 = \"\\xff\\xff\\xff\\xfc\\0\\0\\0\\0\" (a timestamp with more nanoseconds than a second "
           "has)");
    hexRow("msgpack", "d5ff0000", "0 fixext 2 @0+4 = \"\\0\\0\" (type -1, but a timestamp has 4, 8 or 12 bytes)");
    // Cut and broken.
    hexRow("msgpack", "82a161a56162", "a fixstr @3+3 ! needs 6 bytes, 3 are here");
    hexRow("msgpack", "82a161", "a @3+0 ! its value is not here");
    hexRow("msgpack", "82a1", "0 fixstr @1+1 ! a key that is not all here");
    hexRow("msgpack", "92cd00", "[0] uint 16 @1+2 ! needs 3 bytes, 2 are here");
    // An int with none of its bytes behind the head.
    hexRow("msgpack", "d3", "0 int 64 @0+1 ! needs 9 bytes, 1 is here");
    hexRow("msgpack", "9292d9", "[0] fixarray @1+2\n  [0] str 8 @2+1 ! needs 2 bytes, 1 is here");
    hexRow("msgpack", "9201c1",
           "[0] positive fixint @1+1 = 1\n"
           "[1] @2+1 ! byte 2 is C1, which MessagePack never uses");
    // RFC 8949, appendix A.
    hexRow("cbor", "1bffffffffffffffff", "0 unsigned integer @0+9 = 18446744073709551615");
    hexRow("cbor", "3bffffffffffffffff", "0 negative integer @0+9 = -18446744073709551616");
    hexRow("cbor", "20", "0 negative integer @0+1 = -1");
    hexRow("cbor", "c249010000000000000000", "0 tag 2 · byte string @0+11 = 18446744073709551616 (bignum)");
    hexRow("cbor", "c349010000000000000000", "0 tag 3 · byte string @0+11 = -18446744073709551617 (negative bignum)");
    hexRow("cbor", "f98000", "0 float 16 @0+3 = -0.0");
    hexRow("cbor", "f97bff", "0 float 16 @0+3 = 65504.0");
    hexRow("cbor", "f90001", "0 float 16 @0+3 = 5.960464477539063e-08");
    hexRow("cbor", "f90400", "0 float 16 @0+3 = 6.103515625e-05");
    hexRow("cbor", "f9c400", "0 float 16 @0+3 = -4.0");
    hexRow("cbor", "f97e00", "0 float 16 @0+3 = nan");
    hexRow("cbor", "f9fc00", "0 float 16 @0+3 = -inf");
    hexRow("cbor", "fa7f7fffff", "0 float 32 @0+5 = 3.4028234663852886e+38");
    hexRow("cbor", "fbc010666666666666", "0 float 64 @0+9 = -4.1");
    hexRow("cbor", "f4", "0 false @0+1 = false");
    hexRow("cbor", "f6", "0 null @0+1 = null");
    hexRow("cbor", "f7", "0 undefined @0+1 = null");
    hexRow("cbor", "f0", "0 simple value @0+1 = 16");
    hexRow("cbor", "f8ff", "0 simple value @0+2 = 255");
    hexRow("cbor", "c074323031332d30332d32315432303a30343a30305a",
           "0 tag 0 · text string @0+22 = \"2013-03-21T20:04:00Z\" (date and time)");
    hexRow("cbor", "c11a514b67b0", "0 tag 1 · unsigned integer @0+6 = 1363896240 (2013-03-21T20:04:00Z)");
    hexRow("cbor", "c1fb41d452d9ec200000", "0 tag 1 · float 64 @0+10 = 1363896240.5 (2013-03-21T20:04:00.500000000Z)");
    hexRow("cbor", "d74401020304", "0 tag 23 · byte string @0+6 = \"\\x01\\x02\\x03\\x04\" (to be base16)");
    hexRow("cbor", "d818456449455446", "0 tag 24 · byte string @0+8 = \"dIETF\" (encoded CBOR)");
    hexRow("cbor", "64f0908591", "0 text string @0+5 = \"𐅑\"");
    hexRow("cbor", "8301820203820405",
           "[0] unsigned integer @1+1 = 1\n"
           "[1] array @2+3\n"
           "  [0] unsigned integer @3+1 = 2\n"
           "  [1] unsigned integer @4+1 = 3\n"
           "[2] array @5+3\n"
           "  [0] unsigned integer @6+1 = 4\n"
           "  [1] unsigned integer @7+1 = 5");
    hexRow("cbor", "a26161016162820203",
           "a unsigned integer @3+1 = 1\n"
           "b array @6+3\n"
           "  [0] unsigned integer @7+1 = 2\n"
           "  [1] unsigned integer @8+1 = 3");
    hexRow("cbor", "5f42010243030405ff", "0 byte string of indefinite length @0+9 = \"\\x01\\x02\\x03\\x04\\x05\"");
    hexRow("cbor", "7f657374726561646d696e67ff", "0 text string of indefinite length @0+13 = \"streaming\"");
    hexRow("cbor", "9f018202039f0405ffff",
           "[0] unsigned integer @1+1 = 1\n"
           "[1] array @2+3\n"
           "  [0] unsigned integer @3+1 = 2\n"
           "  [1] unsigned integer @4+1 = 3\n"
           "[2] array of indefinite length @5+4\n"
           "  [0] unsigned integer @6+1 = 4\n"
           "  [1] unsigned integer @7+1 = 5");
    hexRow("cbor", "bf6346756ef563416d7421ff",
           "Fun true @5+1 = true\n"
           "Amt negative integer @10+1 = -2");
    // Tags of containers, of tags, and of keys.
    hexRow("cbor", "d9d9f78101", "0 tag 55799 · array @0+5 (self-described CBOR)\n  [0] unsigned integer @4+1 = 1");
    hexRow("cbor", "d9d9f7c101", "0 tag 55799 · tag 1 · unsigned integer @0+5 = 1 (1970-01-01T00:00:01Z)");
    hexRow("cbor", "a3c24102f6c101f5f602",
           "2 null @4+1 = null\n"
           "tag 1 · 1 true @7+1 = true\n"
           "null unsigned integer @9+1 = 2");
    // Cut and broken.
    hexRow("cbor", "5f4101", "0 byte string of indefinite length @0+3 ! the break that ends it is not here");
    hexRow("cbor", "82c145", "[0] tag 1 · byte string @1+2 ! needs 7 bytes, 2 are here");
    hexRow("cbor", "81ff", "[0] break @1+1 ! byte 1 is FF, a break, where nothing of indefinite length is open");
    hexRow("cbor", "9f1c", "[0] unsigned integer @1+1 ! byte 1 is 1C, whose additional information, 28, is reserved");
    // Opcodes of pickles.
    row("pickle", QByteArray("\x80\x04\x95\x07\0\0\0\0\0\0\0]\x94(K\1M\2\1e.", 21),
        "PROTO uint1 @0+2 = 4 (would say which protocol this is)\n"
        "FRAME uint8 @2+9 = 7 (would read so many bytes at once)\n"
        "EMPTY_LIST 5D @11+1 = null (would push an empty list)\n"
        "MEMOIZE 94 @12+1 = null (would remember the top under the next number)\n"
        "MARK 28 @13+1 = null (would push a mark)\n"
        "BININT1 uint1 @14+2 = 1 (would push this number)\n"
        "BININT2 uint2 @16+3 = 258 (would push this number; the frame of byte 2 ends inside it)\n"
        "APPENDS 65 @19+1 = null (would append what lies above the mark to the list below it)\n"
        "STOP 2E @20+1 = null (would end: the top is the result)");
    row("pickle", QByteArray("\x95\x09\0\0\0\0\0\0\0N\x95\0\0\0\0\0\0\0\0\x95\x09\0\0\0\0\0\0\0N.", 30),
        "FRAME uint8 @0+9 = 9 (would read so many bytes at once)\n"
        "NONE 4E @9+1 = null (would push None)\n"
        "FRAME uint8 @10+9 = 0 (would read so many bytes at once; the frame of byte 0 has not ended yet)\n"
        "FRAME uint8 @19+9 = 9 (would read so many bytes at once)\n"
        "NONE 4E @28+1 = null (would push None)\n"
        "STOP 2E @29+1 = null (would end: the top is the result; the frame of byte 19 would go on behind it)");
    row("pickle", "cos\nsystem\n(S'echo'\ntR.",
        "GLOBAL stringnl_noescape_pair @0+11 = \"os system\" (would import os.system)\n"
        "MARK 28 @11+1 = null (would push a mark)\n"
        "STRING stringnl @12+8 = \"echo\" (would push this string)\n"
        "TUPLE 74 @20+1 = null (would make a tuple of what lies above the mark)\n"
        "REDUCE 52 @21+1 = null (would call what lies below the top, with the tuple on top as its arguments)\n"
        "STOP 2E @22+1 = null (would end: the top is the result)");
    row("pickle", "\x8c\2os\x94\x8c\6system\x94\x93.",
        "SHORT_BINUNICODE unicodestring1 @0+4 = \"os\" (would push this string)\n"
        "MEMOIZE 94 @4+1 = null (would remember the top under the next number)\n"
        "SHORT_BINUNICODE unicodestring1 @5+8 = \"system\" (would push this string)\n"
        "MEMOIZE 94 @13+1 = null (would remember the top under the next number)\n"
        "STACK_GLOBAL 93 @14+1 = null (would import os.system)\n"
        "STOP 2E @15+1 = null (would end: the top is the result)");
    row("pickle", QByteArray("\x8c\2os\x94N\x8c\3run\x94h\0h\1\x93.", 18),
        "SHORT_BINUNICODE unicodestring1 @0+4 = \"os\" (would push this string)\n"
        "MEMOIZE 94 @4+1 = null (would remember the top under the next number)\n"
        "NONE 4E @5+1 = null (would push None)\n"
        "SHORT_BINUNICODE unicodestring1 @6+5 = \"run\" (would push this string)\n"
        "MEMOIZE 94 @11+1 = null (would remember the top under the next number)\n"
        "BINGET uint1 @12+2 = 0 (would push what was remembered under this number)\n"
        "BINGET uint1 @14+2 = 1 (would push what was remembered under this number)\n"
        "STACK_GLOBAL 93 @16+1 = null (would import os.run)\n"
        "STOP 2E @17+1 = null (would end: the top is the result)");
    row("pickle", "NN\x93.",
        "NONE 4E @0+1 = null (would push None)\n"
        "NONE 4E @1+1 = null (would push None)\n"
        "STACK_GLOBAL 93 @2+1 = null (would import the name that the two strings on top give)\n"
        "STOP 2E @3+1 = null (would end: the top is the result)");
    row("pickle", "I01\nI-12\nL123456789012345678901L\nF1_0e1\nF-Infinity\nV\\u20ac\\x\n.",
        "INT decimalnl_short @0+4 = true (would push this number)\n"
        "INT decimalnl_short @4+5 = -12 (would push this number)\n"
        "LONG decimalnl_long @9+24 = 123456789012345678901 (would push this number)\n"
        "FLOAT floatnl @33+7 = 100.0 (would push this number)\n"
        "FLOAT floatnl @40+11 = -inf (would push this number)\n"
        "UNICODE unicodestringnl @51+10 = \"€\\\\x\" (would push this string)\n"
        "STOP 2E @61+1 = null (would end: the top is the result)");
    row("pickle", QByteArray("S'\\xe4\\x41'\nU\2\xe4\1\x8a\2\0\x80\x8a\0G\x3f\xf8\0\0\0\0\0\0\x8c\1\xff.", 35),
        "STRING stringnl @0+12 = \"\\xe4A\" (would push this string)\n"
        "SHORT_BINSTRING string1 @12+4 = \"\\xe4\\x01\" (would push this string)\n"
        "LONG1 long1 @16+4 = -32768 (would push this number)\n"
        "LONG1 long1 @20+2 = 0 (would push this number)\n"
        "BINFLOAT float8 @22+9 = 1.5 (would push this number)\n"
        "SHORT_BINUNICODE unicodestring1 @31+3 = \"\\xff\" (not UTF-8, which CPython refuses)\n"
        "STOP 2E @34+1 = null (would end: the top is the result)");
    row("pickle", "N\x8c\5ab",
        "NONE 4E @0+1 = null (would push None)\n"
        "SHORT_BINUNICODE unicodestring1 @1+4 ! its argument is not all here");
    row("pickle", "N\xff.",
        "NONE 4E @0+1 = null (would push None)\n"
        "FF FF @1+2 ! byte 1 is FF, which is no opcode of a pickle");
  }
  void says() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, payload);
    QFETCH(QString, words);
    QCOMPARE(toldFields(*fieldsOf(spec), viewOf(payload)).split(u'\n'), words.split(u'\n'));
  }

  // One by one, by paths and by places, they are what a walk says.
  void isFoundByPlace() {
    const QByteArray payload = QByteArray::fromHex("82a16192cd0102a162a1638101c3");
    const auto fields = fieldsOf(u"msgpack"_s)->indexed(viewOf(payload));
    QCOMPARE(fields->fieldAt(viewOf(payload), 5), (FieldPath{0, 0}));
    QCOMPARE(fields->fieldAt(viewOf(payload), 8), (FieldPath{0, 1}));
    QCOMPARE(fields->fieldAt(viewOf(payload), 1), (FieldPath{0}));
    QCOMPARE(fields->fieldAt(viewOf(payload), 13), (FieldPath{1, 0}));
    QCOMPARE(fields->field(viewOf(payload), std::array<quint64, 2>{1, 0}).name, u"1"_s);
    QCOMPARE(fields->summary(viewOf(payload), 100), u"a (2) · c (1)"_s);
    const QByteArray pickle("\x80\4K\7.");
    QCOMPARE(fieldsOf(u"pickle"_s)->summary(viewOf(pickle), 100), u"PROTO 4 · BININT1 7 · STOP null"_s);
  }

  void deepOnesAreNotListed_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("msgpack") << u"msgpack"_s
                             << QByteArray(QByteArray::fromHex("92") + QByteArray(300'000, '\x91') + "\1\2");
    QTest::newRow("cbor") << u"cbor"_s
                          << QByteArray(QByteArray::fromHex("82") + QByteArray(150'000, '\x9f') +
                                        QByteArray(150'000, '\xff') + '\2');
  }
  void deepOnesAreNotListed() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, payload);
    const QStringList lines = toldFields(*fieldsOf(spec), viewOf(payload)).split(u'\n');
    QCOMPARE(lines.size(), 202);
    QVERIFY(lines[200].endsWith(u" ! nested more than 200 deep: not listed"));
    // What follows it is.
    QVERIFY(lines[201].startsWith(u"[1] ") && lines[201].endsWith(u"+1 = 2"));
  }

  // A summary looks at the front alone, and shows what there is of a long text.
  void looksAtTheFrontAlone() {
    const QByteArray text = QByteArray::fromHex("82a16101a162db00100000") + QByteArray(1 << 20, 'x');
    QVERIFY(fieldsOf(u"msgpack"_s)->summary(viewOf(text), 40).startsWith(u"a 1 · b \"xxxx"));
    const auto fields = fieldsOf(u"msgpack"_s)->indexed(viewOf(text), {.values = 1});
    QCOMPARE(fields->childCount(viewOf(text), {}), 2ULL);
    QCOMPARE(fields->field(viewOf(text), std::array<quint64, 1>{1}).name, u"(more)"_s);
  }

  // Any width, but not beyond what is written in a moment.
  void largeIntegers() {
    QByteArray pickle("\x8b\0\x10\0\0", 5);
    pickle += QByteArray(4095, '\xff') + "\x7f.";
    const Value value = fieldsOf(u"pickle"_s)->field(viewOf(pickle), std::array<quint64, 1>{0}).value;
    const auto *number = std::get_if<BigInteger>(&value);
    // 2^32767 − 1
    QVERIFY(number && number->digits.size() == 9864 &&
            number->digits.startsWith("7077305155224773945007765138724758006740"));
    pickle[1] = 1;
    pickle.insert(5, '\xff');
    const Field field = fieldsOf(u"pickle"_s)->field(viewOf(pickle), std::array<quint64, 1>{0});
    QCOMPARE(field.label, u"an integer of 4,097 bytes, too large to be written in decimal"_s);
    QVERIFY(std::holds_alternative<QByteArray>(field.value));
  }
};

QTEST_APPLESS_MAIN(TestBinaryFields)
#include "tst_binary_fields.moc"

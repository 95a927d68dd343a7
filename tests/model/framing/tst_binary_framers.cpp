// Where values of MessagePack and CBOR and pickles end: published examples, what is missing, and what is deep or long.
#include "model/framing/registry.h"
#include "tests/support/binary_makers.h"
#include "tests/support/direct_scan.h"
#include "tests/support/framer_contract.h"
#include "tests/support/guarded_bytes.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

FramerPtr framerOf(const QString &spec) {
  return framerFromSpec(spec).value();
}

QByteArray hex(const char *text) {
  return QByteArray::fromHex(text);
}

QByteArray repeated(int count, const char *hexText) {
  return hex(hexText).repeated(count);
}

}  // namespace

class TestBinaryFramers : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void wholeValues_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("bytes");
    const auto rows = [](const char *spec, std::initializer_list<const char *> all) {
      for (const char *one : all) QTest::addRow("%s %s", spec, one) << QString::fromLatin1(spec) << hex(one);
    };
    // The example of msgpack.org, and every format of its specification, smallest and largest of each where short.
    rows("msgpack", {"82a7636f6d70616374c3a6736368656d6100",
                     "00",
                     "7f",
                     "80",
                     "90",
                     "a0",
                     "bf61616161616161616161616161616161616161616161616161616161616161",
                     "c0",
                     "c2",
                     "c3",
                     "c400",
                     "c403010203",
                     "c50000",
                     "c5000101",
                     "c600000000",
                     "c60000000101",
                     "c70005",
                     "c7020501ff",
                     "c8000005",
                     "c800010501",
                     "c90000000005",
                     "c9000000010501",
                     "ca3f800000",
                     "cb3ff0000000000000",
                     "ccff",
                     "cdffff",
                     "ceffffffff",
                     "cfffffffffffffffff",
                     "d080",
                     "d18000",
                     "d280000000",
                     "d38000000000000000",
                     "d40501",
                     "d5050102",
                     "d60501020304",
                     "d7050102030405060708",
                     "d805000102030405060708090a0b0c0d0e0f",
                     "d900",
                     "d90161",
                     "da000161",
                     "db0000000161",
                     "dc0000",
                     "dc000200c0",
                     "dd00000000",
                     "dd00000001a161",
                     "de0000",
                     "de0001a16101",
                     "df00000000",
                     "df000000010102",
                     "e0",
                     "ff",
                     "93019202039104"});
    // RFC 8949, appendix A.
    rows("cbor", {"00",
                  "17",
                  "1818",
                  "1903e8",
                  "1a000f4240",
                  "1b000000e8d4a51000",
                  "1bffffffffffffffff",
                  "c249010000000000000000",
                  "3bffffffffffffffff",
                  "c349010000000000000000",
                  "20",
                  "3863",
                  "3903e7",
                  "f90000",
                  "fa47c35000",
                  "fb7e37e43c8800759c",
                  "f4",
                  "f5",
                  "f6",
                  "f7",
                  "f0",
                  "f8ff",
                  "c074323031332d30332d32315432303a30343a30305a",
                  "c11a514b67b0",
                  "c1fb41d452d9ec200000",
                  "d74401020304",
                  "d818456449455446",
                  "d82076687474703a2f2f7777772e6578616d706c652e636f6d",
                  "40",
                  "4401020304",
                  "60",
                  "6161",
                  "6449455446",
                  "62225c",
                  "64f0908591",
                  "80",
                  "83010203",
                  "8301820203820405",
                  "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
                  "a0",
                  "a201020304",
                  "a26161016162820203",
                  "826161a161626163",
                  "a56161614161626142616361436164614461656145",
                  "5f42010243030405ff",
                  "7f657374726561646d696e67ff",
                  "9fff",
                  "9f018202039f0405ffff",
                  "9f01820203820405ff",
                  "83018202039f0405ff",
                  "83019f0203ff820405",
                  "9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff",
                  "bf61610161629f0203ffff",
                  "826161bf61626163ff",
                  "bf6346756ef563416d7421ff"});
    // What pickle.dumps() makes of None, protocols 0, 2 and 4; of [1, (2,), "a"], protocols 0, 1, 2 and 5.
    rows("pickle", {"4e2e", "80024e2e", "80044e2e", "286c70300a49310a612849320a7470310a6156610a70320a612e",
                    "5d7100284b01284b027471015801000000617102652e", "80025d7100284b014b028571015801000000617102652e",
                    "8005950f000000000000005d94284b014b0285948c016194652e"});
  }
  // Alone, twice, and one byte short of whole, wherever it is cut.
  void wholeValues() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, bytes);
    const FramerPtr framer = framerOf(spec);
    const quint64 size = static_cast<quint64>(bytes.size());
    const StreamView twice = streamInChunks(bytes.repeated(2), {});
    QCOMPARE(messagesOf(*framer, twice),
             (QList<Message>{{0, size, 0, size, Status::Complete}, {size, size, size, size, Status::Complete}}));
    for (quint64 cut = 1; cut < size; ++cut) {
      QCOMPARE(messagesOf(*framer, twice.prefix(cut)), (QList<Message>{{0, cut, 0, cut, Status::Incomplete}}));
    }
    QCOMPARE(framer->encode(bytes).value(), bytes);
    QVERIFY(!framer->encode(bytes.chopped(1)));
    QVERIFY(!framer->encode(bytes.repeated(2)));
  }

  void cborThatIsCut_data() {
    QTest::addColumn<QByteArray>("bytes");
    // RFC 8949, appendix F: the end of the input in a head, in a string, in an array or map, behind a tag.
    for (const char *text : {"18",
                             "19",
                             "1a",
                             "1b",
                             "1901",
                             "1a0102",
                             "1b01020304050607",
                             "38",
                             "58",
                             "78",
                             "98",
                             "9a01ff00",
                             "b8",
                             "d8",
                             "f8",
                             "f900",
                             "fa0000",
                             "fb000000",
                             "41",
                             "61",
                             "81",
                             "818181818181818181",
                             "8200",
                             "a1",
                             "a20102",
                             "a100",
                             "a2000000",
                             "c0",
                             "5f4100",
                             "7f6100",
                             "9f",
                             "9f0102",
                             "bf",
                             "bf01020102",
                             "819f",
                             "9f8000",
                             "9f9f9f9f9fffffffff",
                             "9f819f819f9fffffff"}) {
      QTest::newRow(text) << hex(text);
    }
  }
  void cborThatIsCut() {
    QFETCH(QByteArray, bytes);
    const quint64 size = static_cast<quint64>(bytes.size());
    QCOMPARE(messagesOf(*framerOf(u"cbor"_s), streamInChunks(bytes, {}, StreamEnd::Fin)),
             (QList<Message>{{0, size, 0, size, Status::Incomplete}}));
  }

  void needs_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("needs");  // -1: not known
    const auto row = [](const char *spec, const char *bytes, int needs) {
      QTest::addRow("%s %s", spec, bytes) << QString::fromLatin1(spec) << hex(bytes) << needs;
    };
    row("msgpack", "a5", 5);
    row("msgpack", "a56162", 3);
    row("msgpack", "d9", -1);
    row("msgpack", "d905", 5);
    row("msgpack", "ce00", 3);
    row("msgpack", "c7", -1);
    row("msgpack", "c703", -1);
    row("msgpack", "c70305", 3);
    row("msgpack", "92", -1);
    row("msgpack", "9201", -1);
    row("msgpack", "9201a3", 3);
    row("msgpack", "92a3", -1);
    row("msgpack", "9292a101a2", -1);
    row("cbor", "19", -1);
    row("cbor", "45", 5);
    row("cbor", "c145", 5);
    row("cbor", "8245", -1);
    row("cbor", "820045", 5);
    row("cbor", "9f45", -1);
    row("cbor", "5f", -1);
    row("cbor", "829fff45", 5);
    row("pickle", "80", -1);
    row("pickle", "8c05", -1);
  }
  void needs() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, bytes);
    QFETCH(int, needs);
    const FramerPtr framer = framerOf(spec);
    const StreamView stream = streamInChunks(bytes, {});
    const QList<Message> messages = messagesOf(*framer, stream);
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages[0].status, Status::Incomplete);
    const Verdict verdict = framer->verdict(stream, messages[0]);
    QCOMPARE(verdict.needs ? static_cast<int>(*verdict.needs) : -1, needs);
  }

  void deep_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("bytes");
    const int deep = 1'000'000;
    QTest::newRow("msgpack arrays") << u"msgpack"_s << QByteArray(repeated(deep, "91") + '\0');
    QTest::newRow("msgpack maps") << u"msgpack"_s << QByteArray(repeated(deep, "8101") + '\0');
    QTest::newRow("msgpack last of two") << u"msgpack"_s << QByteArray(repeated(deep, "9201") + '\0');
    QTest::newRow("msgpack first of two")
        << u"msgpack"_s << QByteArray(repeated(deep, "92") + repeated(deep + 1, "01"));
    QTest::newRow("cbor arrays") << u"cbor"_s << QByteArray(repeated(deep, "81") + '\0');
    QTest::newRow("cbor tags") << u"cbor"_s << QByteArray(repeated(deep, "c1") + '\0');
    QTest::newRow("cbor first of many") << u"cbor"_s << QByteArray(repeated(1000, "9900ff") + repeated(254'001, "01"));
    QTest::newRow("cbor endless arrays") << u"cbor"_s << QByteArray(repeated(200'000, "9f") + repeated(200'000, "ff"));
    QTest::newRow("cbor endless maps") << u"cbor"_s
                                       << QByteArray(repeated(200'000, "bf01") + '\0' + repeated(200'000, "ff"));
    QTest::newRow("pickle marks") << u"pickle"_s << QByteArray(repeated(deep, "28") + '.');
  }
  // Neither the stack nor the state grows with what nests in values of definite length, and what is kept of the others
  // is a byte or two for each.
  void deep() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, bytes);
    const FramerPtr framer = framerOf(spec);
    const StreamView stream = streamInChunks(bytes, {});
    const quint64 size = stream.size();
    ScanState state;
    quint64 most = 0;
    QList<Message> messages;
    for (quint64 at = 1; at < size; at += 999) {
      messages += finalMessages(*framer, stream.prefix(at), state);
      most = std::max(most, static_cast<quint64>(state.more.size()));
    }
    messages += finalMessages(*framer, stream, state);
    QCOMPARE(messages, (QList<Message>{{0, size, 0, size, Status::Complete}}));
    QVERIFY(most <= (bytes.startsWith('\x9f') || bytes.startsWith('\xbf') ? 200'000 : 0));
    QVERIFY(state.more.isEmpty());
    QVERIFY(!framer->explain(stream, messages[0], 1).isEmpty());
  }

  void skipsLongContents_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("msgpack bin") << u"msgpack"_s << hex("c603ffff00");
    QTest::newRow("msgpack str") << u"msgpack"_s << hex("db03ffff00");
    QTest::newRow("cbor bytes") << u"cbor"_s << hex("5a03ffff00");
    QTest::newRow("cbor text") << u"cbor"_s << hex("7a03ffff00");
    QTest::newRow("pickle bytes") << u"pickle"_s << hex("4200ffff03");
  }
  // A content is gone over by its length: nobody looks at it.
  void skipsLongContents() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, head);
    const auto block = std::make_shared<GuardedBytes>(std::size_t{0x3ffff00} + 0x2000, 'a');
    std::memcpy(const_cast<std::uint8_t *>(block->data()), head.constData(), static_cast<std::size_t>(head.size()));
    const FramerPtr framer = framerOf(spec);
    const quint64 whole = 0x3ffff00 + 5;
    const bool isPickle = spec == u"pickle";
    ScanState state;
    for (const quint64 size : {quint64{5000}, quint64{1} << 20, whole - 1}) {
      const StreamView stream{ByteSnapshot(block, size), {}, StreamEnd::Open, noTime};
      QVERIFY(finalMessages(*framer, stream, state).isEmpty());
      const Message rest = framer->rest(stream, state);
      QCOMPARE(rest.status, Status::Incomplete);
      QCOMPARE(framer->verdict(stream, rest).needs, isPickle ? std::nullopt : std::optional(whole - size));
      QVERIFY(!framer->explain(stream, rest, 1).isEmpty());
    }
  }

  // A line that does not end is looked at once, however it arrives.
  void looksAtLinesOnce() {
    const auto block = std::make_shared<GuardedBytes>(std::size_t{64} * 4096, '7', std::size_t{64} * 4096);
    const FramerPtr framer = framerOf(u"pickle"_s);
    const_cast<std::uint8_t *>(block->data())[0] = 'c';
    ScanState state;
    const auto view = [&](quint64 size) { return StreamView{ByteSnapshot(block, size), {}, StreamEnd::Open, noTime}; };
    QVERIFY(finalMessages(*framer, view(40 * 4096), state).isEmpty());
    QCOMPARE(framer->rest(view(40 * 4096), state).status, Status::Incomplete);
    // The opcode itself is looked at again, and nothing else of what was.
    block->forbidBetween(4096, 39 * 4096);
    for (quint64 size = 40 * 4096 + 1; size <= 64 * 4096; ++size) {
      QVERIFY(finalMessages(*framer, view(size), state).isEmpty());
    }
  }

  void makersMakeValues() {
    std::minstd_rand random(8);
    for (int i = 0; i < 2000; ++i) {
      QVERIFY(framerOf(u"msgpack"_s)->encode(MsgpackMaker(random).value()));
      QVERIFY(framerOf(u"cbor"_s)->encode(CborMaker(random).value()));
      QVERIFY(framerOf(u"pickle"_s)->encode(PickleMaker(random).value()));
    }
  }
};

QTEST_APPLESS_MAIN(TestBinaryFramers)
#include "tst_binary_framers.moc"

// Which messages pass: fields of layouts and of formats that describe themselves, what is said of messages, exact
// comparison, what is not there.
// Rows are put together with +, and must be of the type of their column then.
#undef QT_USE_QSTRINGBUILDER

#include "tests/support/binary_makers.h"
#include "tests/support/filtered.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

StreamView streamOf(const QByteArray &bytes, StreamEnd end = StreamEnd::Fin) {
  return {ByteSnapshot::of(bytes), {}, end, noTime};
}

QByteArray counted(const QByteArray &payload) {
  return bigEndianBytes(static_cast<quint64>(payload.size()), 2) + payload;
}

/// Chunks of these sizes, a second apart, the first 1000 s after 1970.
StreamView inChunks(const QByteArray &bytes, const QList<quint64> &sizes) {
  auto table = std::make_shared<ChunkTable>();
  quint64 offset = 0;
  for (const quint64 size : sizes) {
    table->append({offset, (1000 + static_cast<qint64>(table->size())) * 1'000'000'000});
    offset += size;
  }
  const quint64 count = table->size();
  return {ByteSnapshot::of(bytes), ChunkView(std::move(table), count), StreamEnd::Fin, noTime};
}

}  // namespace

class TestFilterProgram : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void readsLayouts_data();
  void readsLayouts();
  void comparesNumbersExactly_data();
  void comparesNumbersExactly();
  void knowsWhatIsSaidOfMessages_data();
  void knowsWhatIsSaidOfMessages();
  void readsFormatsThatDescribeThemselves_data();
  void readsFormatsThatDescribeThemselves();
  void readsMessagesInsideMessages();
  void readsUnstuffedPayloads();
  void directionsAndEnds();
  void givesUpOnEndlessMatches();
};

void TestFilterProgram::readsLayouts_data() {
  QTest::addColumn<QString>("expression");
  QTest::addColumn<QString>("passing");
  const auto row = [](const char *expression, const char *passing) {
    QTest::newRow(expression) << QString::fromUtf8(expression) << QString::fromUtf8(passing);
  };
  // Payloads: seq, two numbers, four bytes, the rest. 3 is cut behind its first number, 4 has seq alone.
  row("seq == 1", "1");
  row("seq != 1", "0 2 3 4");
  row("v[1] == 300", "1");
  row("v[0] == 30", "0 3");
  row("v[*] == 30", "0 3");
  row("v[*] != 20", "2 3");
  row("v[1] != 20", "1 2");
  row("!(v[1] == 20)", "1 2 3 4");
  row("v[1]", "0 1 2");
  row("v", "0 1 2");
  row("!v", "3 4");
  row("v[0:2] == 00:1e", "0");
  row("v[1][0:2] == 01:2c", "1");
  row("seq[1] == 2", "2");
  row("seq[5] == 2", "");
  row("seq & 1", "1 3");
  row("seq & 3 == 2", "2");
  row("seq & 1 != 1", "0 2 4");
  row("name == \"a\\0\\0\\0\"", "0");
  row("name contains \"a\"", "0 1");
  row("name[0] == 97", "0");
  row("name == 10.0.0.1", "2");
  row("name > 10.0.0.0 && name < 10.0.0.2", "2");
  row("name == 167772161", "2");
  row("text == \"x\"", "0");
  row("text", "0 1 2 3 4");
  row("text == \"\"", "2 3 4");
  row("text matches \"^Z.*ch$\"", "1");
  row("text matches \"z\"", "");
  row("text matches \"(?i)z\"", "1");
  row("text contains c3:bc", "1");
  row("payload contains \"ch\" || payload[-1] == \"x\"", "0 1");
  row("payload[2:4] == 00:1e:00:14", "0");
  row("payload[-4:2] == \"\\0\\0\"", "0");
  row("message[0:2] == payload[0:2]", "");
  row("payload_size == 2 || size == 12", "2 4");
  row("text[1:]", "1");
  row("payload[2:]", "0 1 2 3");
  row("payload[:2] == message[-2:2]", "4");
  row("seq == number", "0 1 2 3 4");
  row("v[0] > v[1]", "0 2");
  row("v[0] == .v[1]", "");
  row("text contains name", "");
  row("message contains payload", "0 1 2 3 4");
  row("seq in {1, 3..4}", "1 3 4");
  row("seq not in {1, 3..4}", "0 2");
  row("v[1] not in {20}", "1 2");
  row("text in {\"x\", \"y\"..\"zz\"}", "0");
  row("name in {61:00:00:00, 10.0.0.0..10.0.0.9}", "0 2");
  row("seq == 1 || v[1] == 20 && text == \"nothing\"", "1");
  row("(seq == 1 || v[1] == 20) && text == \"x\"", "0");
  row("not seq == 1 and not seq == 2", "0 3 4");
}

void TestFilterProgram::readsLayouts() {
  QFETCH(QString, expression);
  QFETCH(QString, passing);
  const QByteArray bytes = counted(QByteArray("\0\0\0\x1e\0\x14"
                                              "a\0\0\0x",
                                              11)) +
                           counted(QByteArray("\0\1\0\x14\1\x2c"
                                              "\0\0\0a",
                                              10) +
                                   QByteArray("Z\xc3\xbcrich")) +
                           counted(QByteArray("\0\2\0\x28\0\x1f"
                                              "\x0a\0\0\1",
                                              10)) +
                           counted(QByteArray("\0\3\0\x1e\0", 5)) + counted(QByteArray("\0\4", 2));
  const Filtered filtered{.layout = u"!H:seq 2H:v 4s:name *s:text"_s, .stream = streamOf(bytes)};
  QCOMPARE(filtered.by(expression), passing);
}

void TestFilterProgram::comparesNumbersExactly_data() {
  QTest::addColumn<QString>("layout");
  QTest::addColumn<QByteArray>("payload");
  QTest::addColumn<QString>("holds");
  QTest::addColumn<QString>("fails");
  const auto row = [](const char *layout, const QByteArray &payload, const char *holds, const char *fails) {
    QTest::newRow(holds) << QString::fromUtf8(layout) << payload << QString::fromUtf8(holds)
                         << QString::fromUtf8(fails);
  };
  const QByteArray most(8, '\xff');
  row("!Q:x", most, "x == 18446744073709551615", "x == 18446744073709551614");
  row("!Q:x", most, "x < 18446744073709551616", "x >= 18446744073709551616");
  row("!Q:x", most, "x < 1.8446744073709552e19", "x == 1.8446744073709552e19");
  row("!Q:x", most, "x > 18446744073709551614", "x > -1e400 && x > 1e400");
  row("!q:x", most, "x == -1", "x == 18446744073709551615");
  row("!q:x", most, "x < 0 && x > -2", "x > 0");
  row("!q:x", most, "x & 0xff == 255", "x & 0xff == -1");
  row("!q:x", bigEndianBytes(1ULL << 63, 8), "x == -9223372036854775808", "x < -9223372036854775808");
  row("!Q:x", bigEndianBytes((1ULL << 53) + 1, 8), "x != 9007199254740992.0", "x == 9007199254740993.0");
  row("!Q:x", bigEndianBytes(2, 8), "x > 1.5 && x < 2.5 && x == 2.0 && x >= 2 && x <= 2.9", "x == 2.5");
  row("!h:x", "\xff\xfe", "x < -1.5 && x > -2.5 && x in {-2..-2}", "x in {-1.5..5}");
  row("!d:x", bigEndianBytes(0x3fb999999999999a, 8), "x == 0.1 && x < 0.2 && x > 0", "x > 0.1");
  row("!f:x", bigEndianBytes(0x3dcccccd, 4), "x == 0.10000000149011612 && x > 0.1", "x == 0.1");
  row("!d:x", bigEndianBytes(0x7ff8000000000000, 8), "x != x && x != 1", "x == x || x > 0 || x < 0");
  row("!d:x", bigEndianBytes(0x7ff0000000000000, 8), "x == 1e999 && x > 18446744073709551615", "x < 1e999");
  row("!d:x", bigEndianBytes(0x43f0000000000000, 8), "x == 18446744073709551616 && x > 18446744073709551615",
      "x == 18446744073709551615");
  row("?:x", "\x05", "x == true && x == 1", "x == 5");
  row("c:x", "A", "x == \"A\" && x == 65 && x == 0x41", "x == \"B\"");
  row("5p:x",
      QByteArray("\x02"
                 "abc?",
                 5),
      "x == \"ab\"", "x contains \"c\"");
  row("!I:x", QByteArray("\x0a\0\0\1", 4), "x == 10.0.0.1 && x in {10.0.0.0..10.0.0.255}", "x == 10.0.0.2");
  row("16s:x", QByteArray::fromHex("fe800000000000000000000000000001"), "x == fe80::1", "x == fe80::2");
}

void TestFilterProgram::comparesNumbersExactly() {
  QFETCH(QString, layout);
  QFETCH(QByteArray, payload);
  QFETCH(QString, holds);
  QFETCH(QString, fails);
  const Filtered filtered{.layout = layout, .stream = streamOf(counted(payload))};
  QCOMPARE(filtered.by(holds), u"0"_s);
  QCOMPARE(filtered.by(fails), QString());
  // The same of a value that another format says.
  QCOMPARE(filtered.by(u"!("_s + holds + u')'), QString());
}

void TestFilterProgram::knowsWhatIsSaidOfMessages_data() {
  QTest::addColumn<QString>("expression");
  QTest::addColumn<QString>("passing");
  const auto row = [](const char *expression, const char *passing) {
    QTest::newRow(expression) << QString::fromUtf8(expression) << QString::fromUtf8(passing);
  };
  // Five messages of 3 bytes: chunk 0 carries the first and a third of the second; the last one lacks 7 bytes.
  row("size == 3", "0 1 2 3");
  row("size in {2, 3}", "0 1 2 3 4");
  row("offset > 3 && offset < 12", "2 3");
  row("number >= 3", "3 4");
  row("chunks > 1", "1 3");
  row("chunks == 1", "0 2 4");
  row("status != complete", "4");
  row("status == incomplete", "4");
  row("status in {error, incomplete}", "4");
  row("status not in {error, incomplete}", "0 1 2 3");
  row("needs == 7", "4");
  row("needs", "4");
  row("error", "");
  row("direction == in", "0 1 2 3 4");
  row("direction != in", "");
  row("time == 0", "0 1");
  row("time > 0.5", "2 3 4");
  row("time >= 1s && time < 1500ms", "2 3");
  row("time in {1..1.5, 2}", "2 3 4");
  row("since_start == 2", "4");
  row("epoch == 1001", "2 3");
  row("epoch > 1970-01-01T00:16:40Z", "2 3 4");
  row("epoch == \"1970-01-01 00:16:41\"", "2 3");
  row("delta == 0", "1 3");
  row("delta > 999ms", "2 4");
  row("delta", "1 2 3 4");
  row("delta_other == 0.25", "2 3");
  row("delta_other > 1s", "4");
  row("delta_other", "2 3 4");
  row("from == \"1.2.3.4:5\"", "0 1 2 3 4");
  row("from contains \"1.2\" && to[0] == \"6\"", "0 1 2 3 4");
  row("to matches \"^7\"", "");
  row("payload_offset == 2", "0");
  row("payload_size == 0", "4");
  row("payload", "0 1 2 3 4");
  row("payload == 0x62", "1");
  row("connection == 0", "0 1 2 3 4");
  row("message[2] == \"c\"", "2");
  row("size > 1e300 || size == -1 || size < 0", "");
  row("size > -1", "0 1 2 3 4");
  row("number & 1", "1 3");
  row("time < epoch", "0 1 2 3 4");
  row("offset == number", "0");
}

void TestFilterProgram::knowsWhatIsSaidOfMessages() {
  QFETCH(QString, expression);
  QFETCH(QString, passing);
  const QByteArray bytes("\0\1a\0\1b\0\1c\0\1d\0\7", 14);
  Filtered filtered{.stream = inChunks(bytes, {4, 6, 4}), .startNs = 1'000'000'000'000};
  filtered.from = "1.2.3.4:5";
  filtered.to = "6.7.8.9:5";
  // What went the other way: between the first and the second of these, with the third, and at the very end.
  auto other = std::make_shared<ChunkTable>();
  other->append({0, 1'000'750'000'000});
  other->append({3, 1'002'000'000'000});
  other->append({5, 1'003'000'000'000});
  filtered.otherWay = ChunkView(other, 3);
  QCOMPARE(filtered.by(expression), passing);
}

void TestFilterProgram::readsFormatsThatDescribeThemselves_data() {
  QTest::addColumn<QString>("framing");
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QString>("expression");
  QTest::addColumn<QString>("passing");
  const auto row = [](const char *framing, const QByteArray &bytes, const char *expression, const char *passing) {
    QTest::newRow(expression) << QString::fromUtf8(framing) << bytes << QString::fromUtf8(expression)
                              << QString::fromUtf8(passing);
  };
  const QByteArray json(
      "{\"a\":1,\"b\":{\"c\":[1,2,{\"d\":\"x\"}],\"e\":null}}"
      "{\"a\":2.5,\"b\":{\"c\":[],\"size\":7},\"size\":\"big\",\"odd name\":true}"
      "[5,{\"a\":1}] \"text\" 123456789012345678901234567890 {\"a\":1,\"a\":3}");
  row("json", json, "a == 1", "0 5");
  row("json", json, "a != 1", "1");
  row("json", json, "a > 2", "1 5");
  row("json", json, "a < 2.6 && a > 2.4", "1 5");
  row("json", json, "b.c[0] == 1", "0");
  row("json", json, "b.c[2].d == \"x\"", "0");
  row("json", json, "b.c[*].d contains \"x\"", "0");
  row("json", json, "b.c[*] == 2", "0");
  row("json", json, "b.c", "0 1");
  row("json", json, "b.c == 1", "");
  row("json", json, "b.c != 1", "");
  row("json", json, "b.e == null", "0");
  row("json", json, "b.e != 1", "0");
  row("json", json, "b.e", "0");
  row("json", json, "b.e == .b.e", "0");
  row("json", json, "b.e >= .b.e || b.e <= .b.e", "");
  row("json", json, ".size == \"big\"", "1");
  row("json", json, "b.size == 7", "1");
  row("json", json, ".\"odd name\" == true", "1");
  row("json", json, "[0] == 5", "2");
  row("json", json, ".[1].a == 1", "2");
  row("json", json, ".0 == \"text\"", "3");
  row("json", json, ".0[1:2] == \"ex\"", "3");
  row("json", json, ".0 == 123456789012345678901234567890", "4");
  row("json", json, ".0 > 1e29 && .0 < 1.3e29", "4");
  row("json", json, "a == 3 && a == 1", "5");
  row("json", json, "a in {1..2}", "0 5");
  row("json", json, "a not in {1..2}", "1");
  row("json", json, "a[0] == \"1\"", "0 5");
  row("json", json, "nothing.here[3][4] == 5", "");
  row("http", "GET /a HTTP/1.1\r\nHost: x\r\nAccept: a\r\nAccept: b\r\n\r\nPUT /b HTTP/1.1\r\nHost: y\r\n\r\n",
      "Accept == \"b\"", "0");
  row("http", "GET /a HTTP/1.1\r\nHost: x\r\n\r\nPUT /b HTTP/1.1\r\nHost: y\r\n\r\n",
      "method == \"PUT\" && Host == \"y\" && target matches \"^/[a-z]$\"", "1");
  row("msgpack",
      QByteArray::fromHex("81a16bc4026162"
                          "81a16ba26162"
                          "81a16b05"),
      "k == \"ab\"", "0 1");
  row("msgpack",
      QByteArray::fromHex("81a16bc4020102"
                          "81a16ba26162"
                          "81a16bcd0102"),
      "k == 258", "0 2");
}

void TestFilterProgram::readsFormatsThatDescribeThemselves() {
  QFETCH(QString, framing);
  QFETCH(QByteArray, bytes);
  QFETCH(QString, expression);
  QFETCH(QString, passing);
  QCOMPARE((Filtered{.framing = framing, .stream = streamOf(bytes)}).by(expression), passing);
}

void TestFilterProgram::readsMessagesInsideMessages() {
  const QByteArray bytes = counted("{\"a\":1}{\"a\":2}") + counted("{\"a\":3}") + counted("{\"b\":3}");
  const Filtered json{.framing = u"length:u16be | json"_s, .stream = streamOf(bytes)};
  QCOMPARE(json.by(u"a == 2"_s), u"0"_s);
  QCOMPARE(json.by(u"a != 2"_s), u"1"_s);
  QCOMPARE(json.by(u"a > 1"_s), u"0 1"_s);
  QCOMPARE(json.by(u"a == 1 && a == 2 && size > 2"_s), u"0"_s);
  QCOMPARE(json.by(u"a"_s), u"0 1"_s);
  const Filtered fixed{.framing = u"length:u16be | fixed:2"_s,
                       .layout = u"!H:x"_s,
                       .stream = streamOf(counted(QByteArray("\0\1\0\2", 4)) + counted(QByteArray("\0\3", 2)))};
  QCOMPARE(fixed.by(u"x == 2"_s), u"0"_s);
  QCOMPARE(fixed.by(u"x in {2, 3}"_s), u"0 1"_s);
  QCOMPARE(fixed.by(u"y == 2"_s), u"0+1: there is no field y: the field is x"_s);
}

void TestFilterProgram::readsUnstuffedPayloads() {
  // SLIP escapes C0 as DB DC: these payloads are no ranges of the stream.
  const QByteArray bytes("\xc0\0\1\xdb\xdc\xc0\xc0\0\2x\xc0\xc0\0\3\xdb\xdd\xc0", 17);
  const Filtered filtered{.framing = u"slip"_s, .layout = u"!H:seq *s:text"_s, .stream = streamOf(bytes)};
  QCOMPARE(filtered.by(u"seq == 1"_s), u"0"_s);
  QCOMPARE(filtered.by(u"seq > 1"_s), u"1 2"_s);
  QCOMPARE(filtered.by(u"text == \"\\xc0\" || text == db:db || text == \"\\xdb\""_s), u"0 2"_s);
  QCOMPARE(filtered.by(u"payload[2] == 0xc0 && seq == 1 && text == 0xc0"_s), u"0"_s);
  QCOMPARE(filtered.by(u"payload_offset"_s), QString());
}

void TestFilterProgram::directionsAndEnds() {
  const QByteArray bytes("\0\1a\0\7b", 6);
  Filtered filtered{.stream = streamOf(bytes, StreamEnd::Open), .direction = Direction::Out};
  QCOMPARE(filtered.by(u"direction == out && status == incomplete"_s), u"1"_s);
  QCOMPARE(filtered.by(u"from || time || epoch || delta"_s), QString());
  filtered.framing = u"netstring"_s;
  filtered.stream = streamOf("1:a,x");
  QCOMPARE(filtered.by(u"status == error"_s), u"1"_s);
  QCOMPARE(filtered.by(u"error contains \"digit\" || error matches \".\""_s), u"1"_s);
  QCOMPARE(filtered.by(u"payload"_s), u"0"_s);
  QCOMPARE(filtered.by(u"payload_size == 0"_s), u"1"_s);
}

void TestFilterProgram::givesUpOnEndlessMatches() {
  const QByteArray payload(60, 'a');
  const Filtered filtered{.layout = u"*s:x"_s, .stream = streamOf(counted(payload))};
  QCOMPARE(filtered.by(u"x matches \"^(a+)+$\""_s), u"0"_s);
  QCOMPARE(filtered.by(u"x matches \"^(a|aa|a?)+b\""_s), QString());
}

QTEST_APPLESS_MAIN(TestFilterProgram)
#include "tst_filter_program.moc"

// What is offered at a place of an expression, and expressions made from what a message has.
#include "model/filter/filter_completion.h"
#include "tests/support/filtered.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestFilterCompletion : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void offersWhatMayStandThere_data();
  void offersWhatMayStandThere();
  void offersWhatWasSeen();
  void filtersForAField_data();
  void filtersForAField();
  void filtersForAName();
  void listsPaths();
  void joins();

 private:
  static QString offered(const Filtered &filtered, const QString &marked, const QStringList &seen = {}) {
    const qsizetype caret = marked.indexOf(u'|');
    const auto scope = *filtered.scope();
    const QString text = QString(marked).remove(caret, 1);
    const FilterCompletions found = filterCompletions(text, caret, {scope, scope}, seen);
    QStringList texts;
    for (const FilterCompletion &item : found.items) texts.append(item.text);
    return u"%1+%2: %3"_s.arg(found.position).arg(found.length).arg(texts.join(u' '));
  }
};

void TestFilterCompletion::offersWhatMayStandThere_data() {
  QTest::addColumn<QString>("marked");
  QTest::addColumn<QString>("words");
  const auto row = [](const char *marked, const char *words) {
    QTest::newRow(marked) << QString::fromUtf8(marked) << QString::fromUtf8(words);
  };
  row("|",
      "0+0: seq v .status text number connection direction from to time epoch delta delta_other chunks offset size "
      "payload_offset payload_size status needs error payload message fields not");
  row("s|", "0+1: seq size status");
  row("S|", "0+1: seq size status");
  row("se|q == 5", "0+3: seq");
  row(".s|", "0+2: .seq .status");
  row("size > 5 && pay|", "12+3: payload_offset payload_size payload");
  row("(chu|nks > 1)", "1+6: chunks");
  row("!nu|", "1+2: number");
  row("size |", "5+0: == != > >= < <= in not in & && ||");
  row("status |", "7+0: == != in not in && ||");
  row("time |", "5+0: == != > >= < <= in not in && ||");
  row("payload c|", "8+1: contains");
  row("text |", "5+0: == != > >= < <= contains matches in not in & && ||");
  row("seq g|", "4+1: gt ge");
  row("seq & 1 |", "8+0: == != > >= < <= in not in && ||");
  row("status == |", "10+0: complete incomplete error");
  row("status == in|", "10+2: incomplete");
  row("direction in {in, |", "18+0: in out");
  row("seq == t|", "7+1: true");
  row("size == |", "8+0: ");
  row("size > 100 |", "11+0: && ||");
  row("size > 100 a|", "11+1: and");
  // Right where the value ends nothing follows yet.
  row("text contains \"a\"|", "17+0: ");
  row("text contains \"a\" |", "18+0: && ||");
  row("(seq == 1)|", "10+0: ");
  row("seq & |", "6+0: ");
  row("payload contains \"se|", "18+2: ");
  row("payload matches |", "16+0: ");
  row("size = s|", "7+1: ");
  row("size > 5 5 s|", "11+1: ");
}

void TestFilterCompletion::offersWhatMayStandThere() {
  QFETCH(QString, marked);
  QFETCH(QString, words);
  QCOMPARE(offered({.layout = u"!H:seq 2H:v B:status *s:text"_s}, marked), words);
}

void TestFilterCompletion::offersWhatWasSeen() {
  const Filtered json{.framing = u"json"_s};
  QCOMPARE(offered(json, u"us|"_s, {u"user.name"_s, u"user.tags[*]"_s, u"seq"_s}), u"0+2: user.name user.tags[*]"_s);
  QCOMPARE(offered(json, u"user.t|"_s, {u"user.name"_s, u"user.tags[*]"_s}), u"0+6: user.tags[*]"_s);
  QCOMPARE(offered(json, u".us|"_s, {u"user.name"_s}), u"0+3: .user.name"_s);
}

void TestFilterCompletion::filtersForAField_data() {
  QTest::addColumn<QString>("path");
  QTest::addColumn<QString>("expression");
  const auto row = [](const char *path, const char *expression) {
    QTest::newRow(path) << QString::fromUtf8(path) << QString::fromUtf8(expression);
  };
  row("0", "seq == -5");
  row("1", ".size == 1.5");
  row("2", "user");
  row("2.0", "user.name == \"a\\\"b\\n\"");
  row("2.1.1", "user.tags[1] == null");
  row("2.2", "user.\"odd name\" == true");
  row("2.3", "user.big == 123456789012345678901234567890");
  row("2.4", "user.not == \"\"");
  row("3", "long[0:64] == \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"");
  row("9", "");
  row("2.9", "");
}

void TestFilterCompletion::filtersForAField() {
  QFETCH(QString, path);
  QFETCH(QString, expression);
  const QByteArray payload =
      "{\"seq\":-5,\"size\":1.5,\"user\":{\"name\":\"a\\\"b\\n\",\"tags\":[1,null],\"odd name\":true,"
      "\"big\":123456789012345678901234567890,\"not\":\"\"},\"long\":\"" +
      QByteArray(70, 'x') + "\"}";
  Filtered json{.framing = u"json"_s, .stream = {ByteSnapshot::of(payload), {}, StreamEnd::Fin, noTime}};
  const auto fields = json.scope()->layers.front().fields.decoder->indexed(viewOf(payload));
  FieldPath numbers;
  for (const QString &number : path.split(u'.')) numbers.append(number.toULongLong());
  const QString made = filterForField(*fields, viewOf(payload), numbers);
  QCOMPARE(made, expression);
  if (!made.isEmpty()) QCOMPARE(json.by(made), u"0"_s);
}

void TestFilterCompletion::filtersForAName() {
  const QByteArray bytes("\0\2ab\0\2\xff\xfe\0\7", 10);
  auto table = std::make_shared<ChunkTable>();
  table->append({0, 5'000'000'000});
  table->append({5, 5'178'000'000});
  const StreamView view{ByteSnapshot::of(bytes), ChunkView(table, 2), StreamEnd::Fin, noTime};
  const FilterStream stream{.view = view, .startNs = 5'000'000'000, .from = "1.2.3.4:5"};
  Filtered filtered{.stream = view, .startNs = 5'000'000'000, .from = "1.2.3.4:5"};
  const auto scope = *filtered.scope();
  const QList<Message> messages = directScan(*scope.layers.front().framer, view);
  const FilterBatch batch{stream, std::span(messages.constData(), 3)};
  QStringList made;
  for (std::size_t i = 0; i < 3; ++i) {
    for (const FilterNameRow &row : filterNames()) {
      const QString text = filterForName(row.name, batch, i, *scope.layers.front().framer);
      if (text.isEmpty()) continue;
      made.append(text);
      QVERIFY2(filtered.by(text).split(u' ').contains(QString::number(i)), qPrintable(text));
    }
  }
  for (const QString &text : {u"time == 0.178"_s, u"payload == \"ab\""_s, u"payload == ff:fe"_s, u"needs == 7"_s,
                              u"status == incomplete"_s, u"from == \"1.2.3.4:5\""_s, u"message == 00:07"_s}) {
    QVERIFY2(made.contains(text), qPrintable(QString(text + u" of "_s + made.join(u", "_s))));
  }
}

void TestFilterCompletion::listsPaths() {
  const QByteArray payload = "{\"a\":1,\"b\":{\"c\":[1,{\"d\":2}],\"size\":3},\"size\":[[1]]}";
  const auto decoder = (Filtered{.framing = u"json"_s}).scope()->layers.front().fields.decoder;
  QCOMPARE(filterPathsOf(*decoder, viewOf(payload)).join(u' '),
           u"a b b.c b.c[*] b.c[*].d b.size .size .size[*] .size[*][*]"_s);
  QCOMPARE(filterPathsOf(*decoder, viewOf(payload), 2).size(), 2);
}

void TestFilterCompletion::joins() {
  QCOMPARE(filterJoined({}, u"a == 1"_s, true), u"a == 1"_s);
  QCOMPARE(filterJoined(u"b"_s, u"a == 1"_s, true), u"b && a == 1"_s);
  QCOMPARE(filterJoined(u"b or c"_s, u"a == 1"_s, true), u"(b or c) && a == 1"_s);
  QCOMPARE(filterJoined(u"b && c"_s, u"a == 1"_s, false), u"b && c || a == 1"_s);
  QCOMPARE(filterJoined(u"b &&"_s, u"a == 1"_s, true), u"a == 1"_s);
}

QTEST_APPLESS_MAIN(TestFilterCompletion)
#include "tst_filter_completion.moc"

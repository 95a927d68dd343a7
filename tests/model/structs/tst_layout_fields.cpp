// The fields a layout shows of payloads that fit, that are too short and that are too long, printed as a tree; and the
// two additions to Python's strings.
#include "model/structs/layout.h"
#include "tests/support/guarded_bytes.h"

#include <QTest>

using namespace octetscope;
using test::GuardedBytes;

namespace {

QString textOf(const Field &field) {
  const QString value = field.error.isEmpty() ? displayText(field.value) : u'!' + field.error;
  return QStringLiteral("%1:%2@%3+%4=%5")
      .arg(field.name, field.type)
      .arg(field.range.begin)
      .arg(field.range.size())
      .arg(value);
}

/// Every field, children in brackets.
QString treeOf(const Layout &layout, ByteView payload) {
  QStringList texts;
  const quint64 count = layout.childCount(payload, {});
  for (quint64 i = 0; i < count; ++i) {
    const std::array path{i};
    const Field field = layout.field(payload, path);
    QString text = textOf(field);
    if (field.childCount > 0) {
      QStringList children;
      for (quint64 j = 0; j < field.childCount; ++j) {
        const std::array childPath{i, j};
        children += textOf(layout.field(payload, childPath));
      }
      text += u'{' + children.join(u' ') + u'}';
    }
    texts += text;
  }
  return texts.join(u' ');
}

std::shared_ptr<const Layout> layoutOf(const QString &text) {
  auto layout = Layout::parse(text);
  if (!layout) qFatal("%s", qPrintable(layout.error().line()));
  return *layout;
}

struct Sum {
  double sum = 0;
  quint64 values = 0;
  void add(quint64 index, double v) {
    sum += v * static_cast<double>(index + 1);
    ++values;
  }
  void operator()(quint64 index, ByteView v) { add(index, static_cast<double>(v.size())); }
  void operator()(quint64 index, auto v) { add(index, static_cast<double>(v)); }
};

}  // namespace

class TestLayoutFields : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void showsFields_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("tree");
    const auto row = [](const char *name, const char *text, const char *hex, const char *tree) {
      QTest::newRow(name) << QString::fromUtf8(text) << QByteArray::fromHex(hex) << QString::fromUtf8(tree);
    };
    row("nothing", "", "", "");
    row("names", "!H:seq B:kind x I:stamp", "00030200ffffffff", "seq:H@0+2=3 kind:B@2+1=2 stamp:I@4+4=4294967295");
    row("places", "!H:seq B 2x b", "0003020000ff", "seq:H@0+2=3 1:B@2+1=2 2:b@5+1=-1");
    row("an array is one field", "<3H:v B", "01000200030004",
        "v:3H@0+6={[0]:H@0+2=1 [1]:H@2+2=2 [2]:H@4+2=3} 1:B@6+1=4");
    row("no name, four fields", "<2H B", "0100020004", "0:H@0+2=1 1:H@2+2=2 2:B@4+1=4");
    row("a count of one is no array", ">1H:v", "0102", "v:H@0+2=258");
    row("no elements, no field", ">0H:v 0x:w x:y B", "0007", "0:B@1+1=7");
    row("strings are one", "3s:a 4p 0s:z c", "61620003313200ff",
        "a:3s@0+3=\"ab\\0\" 1:4p@3+4=\"12\\0\" z:0s@7+0=\"\" 3:c@7+1=\"\\xff\"");
    row("floats and bools", "<efd?", "003c0000c03f000000000000084001",
        "0:e@0+2=1.0 1:f@2+4=1.5 2:d@6+8=3.0 3:?@14+1=true");
    row("alignment", "@B:a I:b 0Q", "01000000020000000000000000000000",
        "a:B@0+1=1 b:I@4+4=2 (rest):*s@8+8=\"\\0\\0\\0\\0\\0\\0\\0\\0\"");
    row("too short", "!H:seq I:stamp B", "00030102",
        "seq:H@0+2=3 stamp:I@2+2=!needs 4 bytes, 2 are here 2:B@4+0=!needs 1 byte, 0 are here");
    row("one is here", "!H", "00", "0:H@0+1=!needs 2 bytes, 1 is here");
    row("an array cut", "!3H:v", "0001000200",
        "v:3H@0+5=!needs 6 bytes, 5 are here{[0]:H@0+2=1 [1]:H@2+2=2 [2]:H@4+1=!needs 2 bytes, 1 is here}");
    row("a string cut", "4s:t", "6162", "t:4s@0+2=!needs 4 bytes, 2 are here");
    row("too long", "!H:seq", "0003616263", "seq:H@0+2=3 (rest):*s@2+3=\"abc\"");
    row("rest of text", "!H:seq *s:text", "0003616263", "seq:H@0+2=3 text:*s@2+3=\"abc\"");
    row("rest of text, empty", "!H:seq *s:text", "0003", "seq:H@0+2=3 text:*s@2+0=\"\"");
    row("rest of text, too short", "!H:seq *s:text", "00", "seq:H@0+1=!needs 2 bytes, 1 is here text:*s@1+0=\"\"");
    row("rest without a name", "!B *s", "0361", "0:B@0+1=3 1:*s@1+1=\"a\"");
    row("rest of numbers", "!B *H:v", "0300010002", "0:B@0+1=3 v:*H@1+4={[0]:H@1+2=1 [1]:H@3+2=2}");
    row("rest of numbers, one", "!B *H:v", "030001", "0:B@0+1=3 v:*H@1+2={[0]:H@1+2=1}");
    row("rest of numbers, none", "!B *H:v", "03", "0:B@0+1=3 v:*H@1+0=");
    row("rest of numbers, partial", "!B *H:v", "03000107", "0:B@0+1=3 v:*H@1+2={[0]:H@1+2=1} (rest):*s@3+1=\"\\x07\"");
    row("rest of numbers, no name", "!B *H", "0300010002ff", "0:B@0+1=3 1:H@1+2=1 2:H@3+2=2 (rest):*s@5+1=\"\\xff\"");
    row("rest of pascal", "*p:t", "0261626364", "t:*p@0+5=\"ab\"");
    row("rest of padding", "B *x", "016162", "0:B@0+1=1");
    row("rest is aligned", "@B *I:v", "010000000200000003", "0:B@0+1=1 v:*I@4+4={[0]:I@4+4=2} (rest):*s@8+1=\"\\x03\"");
    row("names in any script", "B:größe B:длина", "0102", "größe:B@0+1=1 длина:B@1+1=2");
  }
  void showsFields() {
    QFETCH(QString, text);
    QFETCH(QByteArray, payload);
    QFETCH(QString, tree);
    const auto layout = layoutOf(text);
    QCOMPARE(treeOf(*layout, viewOf(payload)), tree);
  }

  void findsFieldsByTheirBytes() {
    const auto layout = layoutOf(QStringLiteral("!2xH:seq 0s 3B:v 2B 4s:t x *H"));
    const QByteArray payload(21, '\1');
    const ByteView view = viewOf(payload);
    const QList<FieldPath> expected{{},  {},  {0}, {0}, {2, 0}, {2, 1}, {2, 2}, {3}, {4}, {5}, {5},
                                    {5}, {5}, {},  {6}, {6},    {7},    {7},    {8}, {8}, {9}};
    for (quint64 offset = 0; offset < view.size(); ++offset) {
      QCOMPARE(layout->fieldAt(view, offset), expected[static_cast<qsizetype>(offset)]);
    }
    QCOMPARE(layout->fieldAt(view, 21), FieldPath());
    // What spans() says agrees with it, whatever part is asked for.
    for (quint64 begin = 0; begin <= view.size(); ++begin) {
      for (quint64 end = begin; end <= view.size(); ++end) {
        QList<quint64> wanted;
        for (quint64 offset = begin; offset < end; ++offset) {
          const FieldPath path = expected[static_cast<qsizetype>(offset)];
          if (!path.isEmpty() && (wanted.isEmpty() || wanted.last() != path[0])) wanted.append(path[0]);
        }
        QList<quint64> given;
        for (const auto &span : layout->spans(view, {begin, end}, 100)) {
          given.append(span.index);
          const std::array path{span.index};
          QCOMPARE(span.range, layout->field(view, path).range);
        }
        QCOMPARE(given, wanted);
        QCOMPARE(layout->spans(view, {begin, end}, 2).size(), std::min<qsizetype>(2, wanted.size()));
      }
    }
  }

  // Whatever goes over so many elements never ends.
  void costsNothingForCounts() {
    const auto layout =
        layoutOf(QStringLiteral("!1000000000000000000H 500000000000000000Q:v 1000000000000000000s B:last"));
    QCOMPARE(layout->size(), 7'000'000'000'000'000'001ULL);
    const QByteArray payload("\0\7\0\10\1", 5);
    const ByteView view = viewOf(payload);
    QCOMPARE(layout->childCount(view, {}), 1'000'000'000'000'000'003ULL);
    const auto field = [&](std::initializer_list<quint64> path) {
      return textOf(layout->field(view, std::vector<quint64>(path)));
    };
    QCOMPARE(field({1}), QStringLiteral("1:H@2+2=8"));
    QCOMPARE(field({2}), QStringLiteral("2:H@4+1=!needs 2 bytes, 1 is here"));
    constexpr quint64 plain = 1'000'000'000'000'000'000ULL;
    QCOMPARE(field({plain - 1}), QStringLiteral("999999999999999999:H@5+0=!needs 2 bytes, 0 are here"));
    QCOMPARE(field({plain, plain / 2 - 1}), QStringLiteral("[499999999999999999]:Q@5+0=!needs 8 bytes, 0 are here"));
    QCOMPARE(field({plain + 2}), QStringLiteral("last:B@5+0=!needs 1 byte, 0 are here"));
    QCOMPARE(layout->spans(view, {0, 5}, 1000).size(), 3);
    QVERIFY(layout->summary(view, 30).size() <= 30);
    QVERIFY(!layout->pack({}));
  }

  void summarizes_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<int>("most");
    QTest::addColumn<QString>("summary");
    const auto row = [](const char *name, const char *text, const QByteArray &payload, int most, const char *summary) {
      QTest::newRow(name) << QString::fromUtf8(text) << payload << most << QString::fromUtf8(summary);
    };
    row("names", "!H:seq B:kind *s:text", QByteArray("\0\3\2Simple", 9), 80, "seq 3 · kind 2 · text \"Simple\"");
    row("places", "!H B *s", QByteArray("\0\3\2Simple", 9), 80, "3 · 2 · \"Simple\"");
    row("cut", "!H:seq B:kind *s:text", QByteArray("\0\3\2Simple", 9), 26, "seq 3 · kind 2 · text \"Si…");
    row("array", "<3B:v", QByteArray("\1\2", 2), 80, "v [1, 2, ?]");
    row("rest", "<B", QByteArray("\1\2", 2), 80, "1 · (rest) \"\\x02\"");
  }
  void summarizes() {
    QFETCH(QString, text);
    QFETCH(QByteArray, payload);
    QFETCH(int, most);
    QFETCH(QString, summary);
    QCOMPARE(layoutOf(text)->summary(viewOf(payload), most), summary);
  }

  void summaryCostsWhatIsShown() {
    const GuardedBytes payload(1ULL << 32, 'a');
    QCOMPARE(layoutOf(QStringLiteral("B:a *s:text"))->summary(payload.view(), 100).size(), 100);
    QCOMPARE(layoutOf(QStringLiteral("B:a *H:v"))->summary(payload.view(), 100).size(), 100);
  }

  void visitsAsUnpackGives() {
    const QByteArray payload =
        QByteArray::fromHex("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223");
    const std::uint8_t *const first = viewOf(payload).data();
    for (const char *text : {"!HxBq2s", "<3H2b?e", ">fd3p", "@bhilqP", "=*I", "!B*s", "!3c*h"}) {
      const auto layout = layoutOf(QString::fromLatin1(text));
      const bool rest = layout->hasRest();
      const ByteView view = viewOf(payload).first(rest ? 33 : static_cast<std::size_t>(layout->size()));
      Sum expected;
      quint64 index = 0;
      const auto values = layout->unpack(view);
      QVERIFY(values);
      for (const Value &value : *values) {
        std::visit(
            [&](const auto &v) {
              using T = std::decay_t<decltype(v)>;
              if constexpr (std::is_arithmetic_v<T>) expected.add(index, static_cast<double>(v));
              if constexpr (std::is_same_v<T, QByteArray>) expected.add(index, static_cast<double>(v.size()));
            },
            value);
        ++index;
      }
      Sum sum;
      layout->visit(view, sum);
      // A partial last element is a value of unpack(), and not of visit().
      const bool partial = rest && text[1] == '*' && text[2] != 's';
      QCOMPARE(sum.values, expected.values - (partial ? 1 : 0));
      if (!partial) QCOMPARE(sum.sum, expected.sum);
      if (rest) continue;
      const std::array<quint64, 2> offsets{0, 0};
      std::array<Sum, 2> sums;
      layout->visitColumns(first, offsets, [&](quint64 at, const auto &column) {
        std::size_t which = 0;
        column.forEach([&](auto value) { sums[which++](at, value); });
        QCOMPARE(which, offsets.size());
      });
      for (const Sum &each : sums) {
        QCOMPARE(each.sum, expected.sum);
        QCOMPARE(each.values, expected.values);
      }
    }
  }

  void refusesWrongAdditions_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::newRow("no name") << QStringLiteral("H:") << 2;
    QTest::newRow("digit first") << QStringLiteral("H:1a") << 2;
    QTest::newRow("name with a comma") << QStringLiteral("H:a,B") << 3;
    QTest::newRow("name apart") << QStringLiteral("H :a") << 2;
    QTest::newRow("rest with a count") << QStringLiteral("4*H") << 1;
    QTest::newRow("count in a rest") << QStringLiteral("*4H") << 1;
    QTest::newRow("rest without a code") << QStringLiteral("B *") << 2;
    QTest::newRow("something behind the rest") << QStringLiteral("*s:a B") << 5;
    QTest::newRow("two rests") << QStringLiteral("*s*s") << 2;
    QTest::newRow("native code in a rest") << QStringLiteral("<*n") << 2;
    QTest::newRow("second byte order") << QStringLiteral("<H>H") << 2;
    QTest::newRow("unknown code") << QStringLiteral("!H:abc y") << 7;
  }
  void refusesWrongAdditions() {
    QFETCH(QString, text);
    QFETCH(int, position);
    const auto layout = Layout::parse(text);
    QVERIFY(!layout);
    QCOMPARE(layout.error().what, QStringLiteral("bad char in struct format"));
    QVERIFY(!layout.error().mend.isEmpty());
    QCOMPARE(layout.error().position, position);
  }

  void packsARest() {
    const auto pack = [](const char *text, const QList<Value> &values) {
      const auto packed = layoutOf(QString::fromLatin1(text))->pack(values);
      return packed ? packed->toHex() : packed.error().what.toUtf8();
    };
    QCOMPARE(pack("!B*s:t", {qint64(1), QByteArray("ab")}), QByteArray("016162"));
    QCOMPARE(pack("!B*s:t", {qint64(1)}), QByteArray("pack expected 2 items for packing (got 1)"));
    QCOMPARE(pack("!B*s:t", {qint64(1), qint64(1)}), QByteArray("argument for 's' must be a bytes object"));
    QCOMPARE(pack("!B*H", {qint64(1), qint64(2), qint64(3)}), QByteArray("0100020003"));
    QCOMPARE(pack("!B*H", {qint64(1)}), QByteArray("01"));
    QCOMPARE(pack("!B*H", {}), QByteArray("pack expected at least 1 items for packing (got 0)"));
    QCOMPARE(pack("@B*H", {qint64(1), qint64(2)}), QByteArray("01000200"));
    QCOMPARE(pack("*p", {QByteArray("ab")}), QByteArray("026162"));
    QCOMPARE(pack("B*x", {qint64(1)}), QByteArray("01"));
    QCOMPARE(pack("*c", {QByteArray("a"), QByteArray("b")}), QByteArray("6162"));
    QCOMPARE(pack("2000000000s", {QByteArray()}), QByteArray("cannot pack 2000000000 bytes"));
    QCOMPARE(layoutOf(QStringLiteral("@B*I"))->size(), 4ULL);
    const auto bytes = [](const char *hex) { return QByteArray::fromHex(hex); };
    const auto rest = layoutOf(QStringLiteral("!B*H"))->unpack(viewOf(bytes("0100020003ff")));
    QVERIFY(rest);
    QVERIFY(*rest == QList<Value>({qint64(1), qint64(2), qint64(3), QByteArray("\xff")}));
    QCOMPARE(layoutOf(QStringLiteral("!I*s"))->unpack(viewOf(bytes("01"))).error().what,
             QStringLiteral("unpack requires a buffer of at least 4 bytes"));
  }

  void tellsTheCodeOfAValue() {
    const auto layout = layoutOf(QStringLiteral("!2H 3s x 0B ? *d"));
    QByteArray codes;
    for (quint64 i = 0; i < 6; ++i) codes += layout->codeOfValue(i);
    QCOMPARE(codes, QByteArray("HHs?dd"));
    QCOMPARE(layoutOf(QStringLiteral("B*s"))->codeOfValue(2), '\0');
    QCOMPARE(layoutOf(QStringLiteral("B"))->codeOfValue(1), '\0');
  }
};

QTEST_GUILESS_MAIN(TestLayoutFields)
#include "tst_layout_fields.moc"

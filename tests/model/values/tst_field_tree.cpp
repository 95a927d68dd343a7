// FieldTree and what ValueFormat makes of one: children, paths, the value at a byte, spans for colour, limits, depth,
// the walk and the summary. The format is a toy: "(" opens a group, ")" closes it, "k=" names what follows, letters are
// values, a space separates, "!" is a broken value.
#include "model/values/value_format.h"

#include <QTest>

#include <random>

using namespace octetscope;
using namespace Qt::StringLiterals;

namespace {

class ToyFormat final : public ValueFormat {
 public:
  void read(ByteView payload, FieldTreeBuilder &out) const override {
    ByteRange name;
    bool isRoom = true;
    for (quint64 at = 0; at < out.readable() && isRoom;) {
      const char c = static_cast<char>(payload[at]);
      const quint64 from = at++;
      if (c == '(') {
        isRoom = out.open({.range = {from, from}, .name = std::exchange(name, {})});
      } else if (c == ')') {
        out.close(at);
      } else if (c == '!') {
        isRoom = out.addBroken({.range = {from, at}, .name = std::exchange(name, {})}, u"broken"_s);
      } else if (c != ' ') {
        while (at < out.readable() && QByteArrayView("() !=").indexOf(static_cast<char>(payload[at])) < 0) ++at;
        if (at < out.readable() && payload[at] == '=') {
          name = {from, at++};
        } else {
          isRoom = out.add({.range = {from, at}, .name = std::exchange(name, {})});
        }
      }
    }
  }
  Field describe(ByteView payload, const FieldNode &node) const override {
    const auto text = [&](ByteRange range) {
      return QString::fromLatin1(qtView(payload.subspan(range.begin, range.size())));
    };
    Field field;
    field.name = text(node.name);
    field.type = node.isGroup ? u"group"_s : u"text"_s;
    if (!node.isGroup) field.value = text(node.range);
    return field;
  }
};

const std::shared_ptr<const ToyFormat> &toy() {
  static const auto format = std::make_shared<const ToyFormat>();
  return format;
}

QString told(const Field &field, std::size_t depth) {
  QString text =
      QString(qsizetype(depth) * 2, u' ') + field.name + u" %1-%2"_s.arg(field.range.begin).arg(field.range.end);
  if (!field.error.isEmpty()) return text + u" error: " + field.error;
  return text + (field.isGroup ? u" (%1)"_s.arg(field.childCount) : u' ' + displayText(field.value));
}

QString walked(const FieldDecoder &decoder, ByteView payload) {
  QStringList lines;
  const auto walk = decoder.walk(payload);
  while (walk->next()) lines += told(walk->field(), walk->depth());
  return lines.join(u'\n');
}

QString walked(const QByteArray &bytes, FieldLimits limits = {}) {
  return walked(*toy()->indexed(viewOf(bytes), limits), viewOf(bytes));
}

QString pathText(const FieldPath &path) {
  QStringList places;
  for (const quint64 place : path) places += QString::number(place);
  return places.join(u'.');
}

}  // namespace

class TestFieldTree : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void walks_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("fields");
    QTest::newRow("none") << QByteArray() << QString();
    QTest::newRow("flat") << QByteArray("a k=b") << u"0 0-1 \"a\"\nk 4-5 \"b\""_s;
    QTest::newRow("nested")
        << QByteArray("x=(a (b c) ()) d")
        << u"x 2-14 (3)\n  [0] 3-4 \"a\"\n  [1] 5-10 (2)\n    [0] 6-7 \"b\"\n    [1] 8-9 \"c\"\n  [2] "
           "11-13 (0)\n1 15-16 \"d\""_s;
    QTest::newRow("broken") << QByteArray("(a ! b)")
                            << u"0 0-7 (3)\n  [0] 1-2 \"a\"\n  [1] 3-4 error: broken\n  [2] 5-6 \"b\""_s;
    // Groups that are cut reach to the end of what is here.
    QTest::newRow("cut") << QByteArray("(a (b ") << u"0 0-6 (2)\n  [0] 1-2 \"a\"\n  [1] 3-6 (1)\n    [0] 4-5 \"b\""_s;
    QTest::newRow("closed too often") << QByteArray("a ) b") << u"0 0-1 \"a\"\n1 4-5 \"b\""_s;
  }
  void walks() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, fields);
    QCOMPARE(walked(bytes), fields);
    // Not indexed, it says the same.
    QCOMPARE(walked(*toy(), viewOf(bytes)), fields);
  }

  void limits_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<quint64>("values");
    QTest::addColumn<quint64>("readable");
    QTest::addColumn<quint64>("depth");
    QTest::addColumn<QString>("fields");
    constexpr quint64 all = 1000;
    const QString more = u"error: more values than are listed at once"_s;
    QTest::newRow("exactly as many") << QByteArray("a b c") << quint64{3} << all << all
                                     << u"0 0-1 \"a\"\n1 2-3 \"b\"\n2 4-5 \"c\""_s;
    QTest::newRow("one too many") << QByteArray("a b c") << quint64{2} << all << all
                                  << u"0 0-1 \"a\"\n1 2-3 \"b\"\n(more) 3-5 "_s + more;
    QTest::newRow("in a group") << QByteArray("(a (b c)) d") << quint64{3} << all << all
                                << u"0 0-3 (2)\n  [0] 1-2 \"a\"\n  [1] 3-3 (0)\n(more) 3-11 "_s + more;
    QTest::newRow("bytes") << QByteArray("a b c") << all << quint64{3} << all
                           << u"0 0-1 \"a\"\n1 2-3 \"b\"\n(more) 3-5 "_s + more;
    QTest::newRow("bytes, exactly") << QByteArray("a b c") << all << quint64{5} << all
                                    << u"0 0-1 \"a\"\n1 2-3 \"b\"\n2 4-5 \"c\""_s;
    QTest::newRow("depth, exactly") << QByteArray("((a))") << all << all << quint64{2}
                                    << u"0 0-5 (1)\n  [0] 1-4 (1)\n    [0] 2-3 \"a\""_s;
    QTest::newRow("too deep")
        << QByteArray("((a (b)) c) d") << all << all << quint64{1}
        << u"0 0-11 (2)\n  [0] 1-8 error: nested more than 1 deep: not listed\n  [1] 9-10 \"c\"\n1 "
           "12-13 \"d\""_s;
    QTest::newRow("too deep, cut") << QByteArray("((a (b") << all << all << quint64{1}
                                   << u"0 0-6 (1)\n  [0] 1-6 error: nested more than 1 deep: not listed"_s;
    QTest::newRow("no depth at all") << QByteArray("(a) b") << all << all << quint64{0}
                                     << u"0 0-3 error: nested more than 0 deep: not listed\n1 4-5 \"b\""_s;
  }
  void limits() {
    QFETCH(QByteArray, bytes);
    QFETCH(quint64, values);
    QFETCH(quint64, readable);
    QFETCH(quint64, depth);
    QFETCH(QString, fields);
    QCOMPARE(walked(bytes, {.values = values, .bytes = readable, .depth = depth}), fields);
  }

  // Whatever is asked for by its path is what the walk meets, and the byte it begins with leads back to it.
  void pathsAndWalksAgree() {
    std::minstd_rand random(4);
    for (int round = 0; round < 200; ++round) {
      QByteArray bytes;
      for (quint64 i = random() % 60; i > 0; --i) bytes += "((()))aab  k=!"[random() % 14];
      const ByteView view = viewOf(bytes);
      const FieldLimits limits{.values = 1 + random() % 40, .bytes = ~0ULL, .depth = random() % 5};
      const auto fields = toy()->indexed(view, limits);
      const auto walk = fields->walk(view);
      FieldPath path;
      while (walk->next()) {
        const auto depth = static_cast<qsizetype>(walk->depth());
        if (depth < path.size()) {
          path.resize(depth + 1);
          ++path.back();
        } else {
          path.append(0);
        }
        const Field field = fields->field(view, path);
        QCOMPARE(told(field, walk->depth()), told(walk->field(), walk->depth()));
        QCOMPARE(fields->childCount(view, path), field.childCount);
        QVERIFY(field.range.end <= view.size());
        // Of a group that is cut by the limit, there may be no bytes.
        if (!field.range.isEmpty()) QCOMPARE(pathText(fields->fieldAt(view, field.range.begin)), pathText(path));
      }
      // Spans are the top-level fields, whatever part is shown.
      const quint64 begin = bytes.isEmpty() ? 0 : random() % view.size();
      const ByteRange shown{begin, begin + random() % 20};
      QList<quint64> expected;
      for (quint64 place = 0; place < fields->childCount(view, {}); ++place) {
        const std::array top{place};
        const Field field = fields->field(view, top);
        const quint64 first = field.name.isEmpty() || field.name[0].isDigit() || field.name[0] == u'('
                                  ? field.range.begin
                                  : field.range.begin - static_cast<quint64>(field.name.size()) - 1;
        if (!field.range.isEmpty() && ByteRange{first, field.range.end}.overlaps(shown)) expected.append(place);
      }
      QList<quint64> found;
      for (const auto &span : fields->spans(view, shown, 1000)) {
        if (!span.range.isEmpty()) found.append(span.index);
      }
      if (!bytes.contains("= ")) QCOMPARE(found, expected);
      QVERIFY(fields->spans(view, {0, view.size()}, 2).size() <= 2);
    }
  }

  void bytesHaveFields() {
    const QByteArray bytes("x=(a kk=b) c");
    const ByteView view = viewOf(bytes);
    const auto fields = toy()->indexed(view);
    // Of each byte: the name of a value leads to it, what is between two to what holds both.
    const QStringList expected = {u"0"_s,   QString(), u"0"_s,   u"0.0"_s, u"0"_s,    u"0.1"_s,
                                  u"0.1"_s, u"0"_s,    u"0.1"_s, u"0"_s,   QString(), u"1"_s};
    QStringList found;
    for (quint64 at = 0; at < view.size(); ++at) found += pathText(fields->fieldAt(view, at));
    QCOMPARE(found, expected);
    QCOMPARE(pathText(fields->fieldAt(view, view.size())), QString());
  }

  void wrongPathsHaveNothing() {
    const QByteArray bytes("(a) b");
    const auto fields = toy()->indexed(viewOf(bytes));
    const std::array<quint64, 2> inValue{1, 0};
    QCOMPARE(fields->childCount(viewOf(bytes), inValue), 0U);
    const std::array<quint64, 1> beyond{7};
    QCOMPARE(fields->childCount(viewOf(bytes), beyond), 0U);
    QCOMPARE(fields->childCount(viewOf(bytes), {}), 2U);
  }

  void summaries_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qsizetype>("most");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *bytes, qsizetype most, const char *text) {
      QTest::addRow("%s %d", bytes, int(most)) << QByteArray(bytes) << most << QString::fromUtf8(text);
    };
    row("", 80, "");
    row("a", 80, "\"a\"");
    row("a b", 80, "\"a\" · \"b\"");
    row("x=a y=(b c) z=()", 80, "x \"a\" · y (2) · z (empty)");
    row("x=! b", 80, "x ? · \"b\"");
    // A single group says what it holds.
    row("x=(a k=b)", 80, "x: \"a\" · k \"b\"");
    row("x=(y=(a))", 80, "x: y: \"a\"");
    row("((a))", 80, "\"a\"");
    row("x=()", 80, "x (empty)");
    row("x=abcdef y=b", 12, "x \"abcdef\" …");
    row("x=abcdef", 0, "");
    // A name is shown as what it is, not done.
    row("a\x1b[m=b", 80, "\"a\\x1b[m\" \"b\"");
  }
  void summaries() {
    QFETCH(QByteArray, bytes);
    QFETCH(qsizetype, most);
    QFETCH(QString, text);
    QCOMPARE(toy()->summary(viewOf(bytes), most), text);
  }

  void wide() {
    QByteArray bytes;
    for (int i = 0; i < 50'000; ++i) bytes += "a ";
    const auto fields = toy()->indexed(viewOf(bytes));
    QCOMPARE(fields->childCount(viewOf(bytes), {}), 50'000U);
    QCOMPARE(pathText(fields->fieldAt(viewOf(bytes), 80'000)), u"40000"_s);
    const auto spans = fields->spans(viewOf(bytes), {60'000, 60'010}, 100);
    QCOMPARE(spans.size(), 5);
    QCOMPARE(spans.front().index, 30'000U);
  }

  void deep() {
    const QByteArray bytes = QByteArray(100'000, '(') + 'a' + QByteArray(100'000, ')');
    const auto fields = toy()->indexed(viewOf(bytes));
    int count = 0;
    const auto walk = fields->walk(viewOf(bytes));
    while (walk->next()) ++count;
    QCOMPARE(count, 201);
    QCOMPARE(fields->fieldAt(viewOf(bytes), 100'000).size(), 201);
  }
};

QTEST_APPLESS_MAIN(TestFieldTree)
#include "tst_field_tree.moc"

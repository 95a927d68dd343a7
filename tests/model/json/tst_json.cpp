// The JSON reader is strict, exact and never recurses.
#include "model/json/json_value.h"

#include <QElapsedTimer>
#include <QTest>

using namespace octetscope;

namespace {

/// The value written again, in a form that tells all kinds apart.
QByteArray written(const JsonValue &value) {
  if (const bool *v = value.boolean()) return *v ? "true" : "false";
  if (const JsonNumber *v = value.number()) return v->text;
  if (const QString *v = value.string()) {
    QByteArray out;
    appendJsonString(out, *v);
    return out;
  }
  QByteArray out;
  if (const JsonValue::Array *v = value.array()) {
    for (const JsonValue &item : *v) out += (out.isEmpty() ? "" : ",") + written(item);
    return '[' + out + ']';
  }
  if (const JsonValue::Object *v = value.object()) {
    for (const JsonMember &member : *v) {
      if (!out.isEmpty()) out += ',';
      appendJsonString(out, member.key);
      out += ':' + written(member.value);
    }
    return '{' + out + '}';
  }
  return "null";
}

QByteArray nested(int depth) {
  return QByteArray(depth, '[') + QByteArray(depth, ']');
}

}  // namespace

class TestJson : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void reads_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("again");
    const auto row = [](const char *text, const char *again) {
      QTest::newRow(text) << QByteArray(text) << QByteArray(again);
    };
    row(" null\n", "null");
    row("[true,false , null]", "[true,false,null]");
    row("18446744073709551616", "18446744073709551616");
    row("[-0,1e400,-0.5E-3,0e+1]", "[-0,1e400,-0.5E-3,0e+1]");
    row("[]", "[]");
    row("[ ]", "[]");
    row("{ }", "{}");
    row("{\"a\":[{\"b\":{}},[]],\"c\":\"\"}", "{\"a\":[{\"b\":{}},[]],\"c\":\"\"}");
    row("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\ud83d\\ude00\"", "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\tä😀\"");
    row("\"\\u0000\\u202e\\u007f\"", "\"\\u0000\\u202e\\u007f\"");
    row("\"\\ud800\"", "\"\\ud800\"");
  }
  void reads() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, again);
    const auto value = parseJson(text);
    QVERIFY2(value, qPrintable(value ? QString() : value.error().line()));
    QCOMPARE(written(*value), again);
  }

  void refuses_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("position");
    const auto row = [](const char *text, int position) { QTest::newRow(text) << QByteArray(text) << position; };
    row("", 0);
    row("  ", 2);
    row("nul", 0);
    row("nulls", 4);
    row("1 2", 2);
    row("01", 2);
    row("-", 1);
    row("+1", 0);
    row("1.", 2);
    row(".5", 0);
    row("1e", 2);
    row("NaN", 0);
    row("[1,]", 3);
    row("[1 2]", 3);
    row("[1}", 2);
    row("{\"a\" 1}", 5);
    row("{\"a\":1,}", 7);
    row("{a:1}", 1);
    row("{1:1}", 1);
    row("\"abc", 4);
    row("\"a\nb\"", 2);
    row("\"\\x41\"", 2);
    row("\"\\u12g4\"", 5);
    row("\"\\u12", 5);
    row("\"\\", 2);
    row("\"\xff\"", 1);
    row("\"\xed\xa0\x80\"", 1);
    row("'a'", 0);
    row("[", 1);
    row("{\"a\":", 5);
    row("// 1", 0);
  }
  void refuses() {
    QFETCH(QByteArray, text);
    QFETCH(int, position);
    const auto value = parseJson(text);
    QVERIFY(!value);
    QCOMPARE(value.error().position, position);
    QVERIFY(!value.error().mend.isEmpty());
  }

  void neverGoesTooDeep() {
    QVERIFY(parseJson(nested(maxJsonDepth)));
    QVERIFY(!parseJson(nested(maxJsonDepth + 1)));
    QVERIFY(!parseJson(QByteArray(10 << 20, '[')));
    QByteArray objects;
    for (int i = 0; i < 100000; ++i) objects += "{\"a\":";
    QVERIFY(!parseJson(objects));
  }

  void takesTheLastOfTwins() {
    const auto value = parseJson("{\"a\":1,\"b\":2,\"a\":3}");
    QVERIFY(value);
    QCOMPARE(value->find(u"a")->number()->text, QByteArray("3"));
    QVERIFY(!value->find(u"c"));
    QVERIFY(!JsonValue().find(u"a"));
  }
};

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"

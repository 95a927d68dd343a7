// Layouts against CPython itself: tests/interop/struct_oracle.py says what calcsize, pack and unpack give, for every
// code, prefix and count and for 20,000 random layouts, and this test wants the same to the letter; by Values, and
// again by the requests that `octetscope-cli batch` answers. The same for repr() and for what counts as plain text.
#include "model/structs/layout.h"
#include "model/structs/pack_request.h"
#include "model/structs/value_text.h"

#include <QProcess>
#include <QTest>

#include <bit>
#include <cmath>

using namespace octetscope;

namespace {

constexpr int seed = 20261122;
constexpr int randomLayouts = 20000;

const JsonValue &at(const JsonValue &record, QStringView key) {
  static const JsonValue none;
  const JsonValue *value = record.find(key);
  return value ? *value : none;
}

double doubleOfBits(const QString &hex) {
  return std::bit_cast<double>(hex.toULongLong(nullptr, 16));
}

/// What the oracle's encode() wrote.
Value decoded(const JsonValue &json) {
  if (const JsonNumber *v = json.number()) return *parseNumber(QString::fromLatin1(v->text));
  if (const bool *v = json.boolean()) return *v;
  if (const JsonValue *v = json.find(u"hex")) return QByteArray::fromHex(v->string()->toLatin1());
  if (const JsonValue *v = json.find(u"d")) return *v->string() == u"nan" ? std::nan("") : doubleOfBits(*v->string());
  return {};  // None, and text that no code takes
}

/// Equal, bit by bit, but for NaN, which is one.
bool same(const Value &a, const Value &b) {
  const auto *x = std::get_if<double>(&a);
  const auto *y = std::get_if<double>(&b);
  if (!x || !y) return a == b;
  return (std::isnan(*x) && std::isnan(*y)) || std::bit_cast<quint64>(*x) == std::bit_cast<quint64>(*y);
}

QString jsonOf(const Value &value) {
  QByteArray out;
  appendJsonValue(out, value);
  return QString::fromUtf8(out);
}

/// A pack argument as a request says it; empty where JSON has no way to (text that is no bytes).
QString argumentJson(const JsonValue &encoded) {
  if (encoded.string()) return {};
  return jsonOf(decoded(encoded));
}

}  // namespace

class TestStructOracle : public QObject {
  Q_OBJECT

  QList<QByteArray> lines_;

  struct Tally {
    int cases = 0;
    int failures = 0;
    QStringList first = {};

    void check(bool ok, const QByteArray &line, const QString &got) {
      ++cases;
      if (ok) return;
      ++failures;
      if (first.size() < 20)
        first += QString::fromUtf8(line.left(300)) + QStringLiteral("\n   but got: ") + got.left(300);
    }
    QByteArray words() const { return QString(QString::number(failures) + u" differ:\n" + first.join(u'\n')).toUtf8(); }
  };

  /// Runs over the lines with this `do`.
  template <typename Check>
  Tally forEach(const char *what, Check check) {
    Tally tally;
    const QByteArray mark = QByteArray("{\"do\": \"") + what + '"';
    for (const QByteArray &line : lines_) {
      if (!line.startsWith(mark)) continue;
      const auto record = parseJson(line);
      if (!record) {
        tally.check(false, line, record.error().line());
        continue;
      }
      check(tally, line, *record);
    }
    return tally;
  }

  static QString layoutText(const JsonValue &record) { return *at(record, u"layout").string(); }
  static QString errorOf(const JsonValue &record) {
    const QString *error = at(record, u"error").string();
    return error ? *error : QString();
  }

 private Q_SLOTS:
  void initTestCase() {
    qInfo("seed %d, %d random layouts", seed, randomLayouts);
    QProcess python;
    python.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    python.start(QStringLiteral(OCTETSCOPE_PYTHON), {QStringLiteral(OCTETSCOPE_INTEROP "/struct_oracle.py"),
                                                     QString::number(seed), QString::number(randomLayouts)});
    QVERIFY(python.waitForFinished(60'000));
    QCOMPARE(python.exitCode(), 0);
    lines_ = python.readAllStandardOutput().split('\n');
    QVERIFY(lines_.size() > 60'000);
  }

  void calcsizeIsCPythons() {
    const Tally tally = forEach("calcsize", [](Tally &t, const QByteArray &line, const JsonValue &record) {
      const auto layout = Layout::parse(layoutText(record));
      if (layout) {
        const JsonNumber *size = at(record, u"result").number();
        t.check(size && size->text == QByteArray::number((*layout)->size()), line, QString::number((*layout)->size()));
      } else {
        t.check(layout.error().what == errorOf(record) && layout.error().position >= 0, line, layout.error().line());
      }
    });
    QVERIFY2(tally.failures == 0, tally.words().constData());
    QVERIFY(tally.cases > 20'000);
  }

  void packIsCPythons() {
    const Tally tally = forEach("pack", [](Tally &t, const QByteArray &line, const JsonValue &record) {
      const auto layout = Layout::parse(layoutText(record));
      if (!layout) {
        t.check(layout.error().what == errorOf(record), line, layout.error().what);
        return;
      }
      QList<Value> values;
      for (const JsonValue &value : *at(record, u"values").array()) values.append(decoded(value));
      const auto packed = (*layout)->pack(values);
      if (packed) {
        const QString *hex = at(record, u"result").string();
        t.check(hex && packed->toHex() == hex->toLatin1(), line, QString::fromLatin1(packed->toHex()));
      } else {
        t.check(packed.error().what == errorOf(record), line, packed.error().what);
      }
    });
    QVERIFY2(tally.failures == 0, tally.words().constData());
    QVERIFY(tally.cases > 40'000);
  }

  void unpackIsCPythons() {
    const Tally tally = forEach("unpack", [](Tally &t, const QByteArray &line, const JsonValue &record) {
      const auto layout = Layout::parse(layoutText(record));
      if (!layout) {
        t.check(layout.error().what == errorOf(record), line, layout.error().what);
        return;
      }
      const QByteArray bytes = QByteArray::fromHex(at(record, u"hex").string()->toLatin1());
      const auto values = (*layout)->unpack(viewOf(bytes));
      if (!values) {
        t.check(values.error().what == errorOf(record), line, values.error().what);
        return;
      }
      const JsonValue::Array *expected = at(record, u"result").array();
      bool ok = expected && expected->size() == static_cast<std::size_t>(values->size());
      for (qsizetype i = 0; ok && i < values->size(); ++i) {
        ok = same(values->at(i), decoded((*expected)[static_cast<std::size_t>(i)]));
      }
      t.check(ok, line, QString::fromUtf8(*unpackToJson(layoutText(record), viewOf(bytes))));
    });
    QVERIFY2(tally.failures == 0, tally.words().constData());
    QVERIFY(tally.cases > 20'000);
  }

  void requestsAreAnswered() {
    int number = 0;
    const auto check = [&number](Tally &t, const QByteArray &line, const JsonValue &record) {
      // What is packed and unpacked was compared already: a part of the cases shows that it passes through unchanged.
      if (++number % 3 != 0) return;
      QByteArray request = "{\"do\":\"" + at(record, u"do").string()->toLatin1() + "\",\"layout\":";
      appendJsonString(request, layoutText(record));
      if (const QString *hex = at(record, u"hex").string()) request += ",\"hex\":\"" + hex->toLatin1() + '"';
      if (const JsonValue::Array *values = at(record, u"values").array()) {
        QStringList texts;
        for (const JsonValue &value : *values) {
          texts += argumentJson(value);
          if (texts.last().isEmpty()) return;
        }
        request += ",\"values\":[" + texts.join(u',').toUtf8() + ']';
      }
      request += '}';
      QByteArray expected;
      if (const QString error = errorOf(record); !error.isEmpty()) {
        expected = errorAnswer(error);
      } else if (const QString *hex = at(record, u"result").string()) {
        expected = "{\"result\":\"" + hex->toLatin1() + "\"}";
      } else if (const JsonNumber *size = at(record, u"result").number()) {
        expected = "{\"result\":" + size->text + '}';
      } else {
        QStringList texts;
        for (const JsonValue &value : *at(record, u"result").array()) texts += jsonOf(decoded(value));
        expected = "{\"result\":[" + texts.join(u',').toUtf8() + "]}";
      }
      const auto parsed = parseJson(request);
      const QByteArray answer = parsed ? answerPackRequest(*parsed) : QByteArray();
      t.check(answer == expected, line, QString::fromUtf8(answer));
    };
    for (const char *what : {"calcsize", "pack", "unpack"}) {
      const Tally tally = forEach(what, check);
      QVERIFY2(tally.failures == 0, tally.words().constData());
      QVERIFY(tally.cases > 6'000);
    }
  }

  void reprIsCPythons() {
    const Tally tally = forEach("repr", [](Tally &t, const QByteArray &line, const JsonValue &record) {
      const double value = doubleOfBits(*at(record, u"bits").string());
      const QString &expected = *at(record, u"result").string();
      const QString repr = reprOfDouble(value);
      t.check(repr == expected, line, repr);
      // And what people type is read as Python's float() reads it.
      const auto read = parseNumber(repr);
      t.check(read && same(*read, value), line, QStringLiteral("read as another number"));
    });
    QVERIFY2(tally.failures == 0, tally.words().constData());
    QVERIFY(tally.cases >= 40'000);
  }

  void plainTextIsByCategory() {
    const Tally tally = forEach("plain", [](Tally &t, const QByteArray &, const JsonValue &record) {
      std::vector<bool> plain(0x110000, false);
      for (const JsonValue &range : *at(record, u"result").array()) {
        const auto bound = [&range](std::size_t which) { return (*range.array())[which].number()->text.toULong(); };
        std::fill(plain.begin() + static_cast<qsizetype>(bound(0)), plain.begin() + static_cast<qsizetype>(bound(1)),
                  true);
      }
      for (char32_t c = 0; c < 0x110000; ++c) {
        const QByteArray utf8 = QStringView(QChar::fromUcs4(c)).toUtf8();
        const bool isSurrogate = c >= 0xd800 && c < 0xe000;
        const bool is = !isSurrogate && isPlainText(utf8);
        if (is != plain[c])
          t.check(false, QByteArray::number(uint{c}, 16), is ? QStringLiteral("plain") : QStringLiteral("not plain"));
      }
      t.check(true, {}, {});
    });
    QVERIFY2(tally.failures == 0, tally.words().constData());
    QCOMPARE(tally.cases, 1);
  }
};

QTEST_GUILESS_MAIN(TestStructOracle)
#include "tst_struct_oracle.moc"

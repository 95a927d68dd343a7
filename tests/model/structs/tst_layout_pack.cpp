// What was packed is unpacked as it was, for random layouts of the additions too; and the errors say where.
#include "model/structs/layout.h"
#include "model/structs/pack_request.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>

using namespace octetscope;

namespace {

constexpr quint32 seed = 4711;

qint64 signedOf(QRandomGenerator &random, int bits) {
  const auto value = static_cast<qint64>(random.generate64());
  switch (random.bounded(6)) {
    case 0:
      return std::numeric_limits<qint64>::min() >> (64 - bits);
    case 1:
      return std::numeric_limits<qint64>::max() >> (64 - bits);
    case 2:
      return 0;
    default:
      return value >> (64 - bits);
  }
}

Value valueFor(QRandomGenerator &random, char code, int count, bool native) {
  const int longBits = native ? 64 : 32;
  switch (code) {
    case 'b':
      return signedOf(random, 8);
    case 'h':
      return signedOf(random, 16);
    case 'i':
      return signedOf(random, 32);
    case 'l':
      return signedOf(random, longBits);
    case 'q':
    case 'n':
      return signedOf(random, 64);
    case 'B':
      return integerValue(random.generate64() >> 56);
    case 'H':
      return integerValue(random.generate64() >> 48);
    case 'I':
      return integerValue(random.generate64() >> 32);
    case 'L':
      return integerValue(random.generate64() >> (64 - longBits));
    case 'Q':
    case 'N':
    case 'P':
      return integerValue(random.generate64() >> random.bounded(64));
    case '?':
      return random.bounded(2) == 1;
    case 'e':
      return std::ldexp(random.bounded(2048), static_cast<int>(random.bounded(24)) - 20);
    case 'f':
      return std::ldexp(static_cast<double>(random.bounded(1 << 24)), static_cast<int>(random.bounded(100)) - 50);
    case 'd':
      return std::ldexp(random.generateDouble(), static_cast<int>(random.bounded(100)) - 50);
    default: {
      // p holds one byte less than its count, 255 at most.
      const int length = code == 'p' ? static_cast<int>(random.bounded(std::min(count, 256))) : code == 'c' ? 1 : count;
      QByteArray bytes(length, Qt::Uninitialized);
      for (char &byte : bytes) byte = static_cast<char>(random.generate());
      return bytes;
    }
  }
}

}  // namespace

class TestLayoutPack : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void unpackGivesWhatWasPacked() {
    QRandomGenerator random(seed);
    qInfo("seed %u", seed);
    constexpr QByteArrayView codes("xcbB?hHiIlLqQefdspnNP");
    for (int round = 0; round < 5000; ++round) {
      const char prefix = "@=<>! "[random.bounded(6)];
      const bool native = prefix == '@' || prefix == ' ';
      QString text = native && prefix == ' ' ? QString() : QString(QLatin1Char(prefix));
      QList<Value> values;
      const auto add = [&](char code, int count) {
        if (code == 'x') return;
        const bool isString = code == 's' || code == 'p';
        for (int i = 0; i < (isString ? 1 : count); ++i) values.append(valueFor(random, code, count, native));
      };
      for (quint32 i = random.bounded(8u); i > 0; --i) {
        const char code = codes[random.bounded(native ? 21 : 18)];
        const int count = static_cast<int>(random.bounded(10) == 0 ? 300 : random.bounded(1, 5));
        text += QString::number(count) + QLatin1Char(code);
        if (random.bounded(3) == 0) text += QStringLiteral(":name ");
        add(code, count);
      }
      if (random.bounded(3) == 0) {
        const char code = codes[1 + random.bounded(17)];
        text += QStringLiteral(" *") + QLatin1Char(code) + QStringLiteral(":more");
        add(code, static_cast<int>(random.bounded(1, 200)));
      }
      const auto layout = Layout::parse(text);
      QVERIFY2(layout, qPrintable(text));
      const auto packed = (*layout)->pack(values);
      QVERIFY2(packed, qPrintable(text + (packed ? QString() : packed.error().line())));
      const auto unpacked = (*layout)->unpack(viewOf(*packed));
      QVERIFY2(unpacked && *unpacked == values, qPrintable(text));
      // Every field of it is whole, and the fields and paddings cover it.
      const ByteView view = viewOf(*packed);
      quint64 last = 0;
      for (const auto &span : (*layout)->spans(view, {0, view.size()}, std::numeric_limits<int>::max())) {
        QVERIFY(span.range.begin >= last);
        last = span.range.end;
        const std::array path{span.index};
        const Field field = (*layout)->field(view, path);
        QVERIFY2(field.error.isEmpty(), qPrintable(text));
        QCOMPARE(field.range, span.range);
        QCOMPARE((*layout)->fieldAt(view, span.range.begin).value(0), span.index);
        QCOMPARE((*layout)->fieldAt(view, span.range.end - 1).value(0), span.index);
      }
    }
  }

  void errorsSayWhere() {
    const auto layout = Layout::parse(QStringLiteral("!H:seq 2B:kind"));
    QVERIFY(layout);
    const auto packed = (*layout)->pack({qint64(1), qint64(2), qint64(256)});
    QVERIFY(!packed);
    QCOMPARE(packed.error().line(), QStringLiteral("ubyte format requires 0 <= number <= 255: it is value 3, for B"));
    QCOMPARE(packed.error().position, 8);
    QCOMPARE(Layout::parse(QStringLiteral("B:𝄞 H")).error().line(),
             QStringLiteral("bad char in struct format: at character 3: a name begins with a letter or _"));
    QCOMPARE(Layout::parse(QStringLiteral("B:a𝒷 y")).error().line().left(46),
             QStringLiteral("bad char in struct format: at character 6: the"));
    QCOMPARE((*layout)->unpack(viewOf("123")).error().line(),
             QStringLiteral("unpack requires a buffer of 4 bytes: 3 bytes were given"));
  }
};

QTEST_GUILESS_MAIN(TestLayoutPack)
#include "tst_layout_pack.moc"

// PassingRows against a plain list of bits: counts before a row, rows by number, changes in the middle.
#include "model/filter/passing_rows.h"

#include <QTest>

#include <random>

using namespace octetscope;

class TestPassingRows : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void isAListOfBits_data() {
    QTest::addColumn<int>("density");
    QTest::addColumn<int>("rows");
    for (const int rows : {1, 63, 64, 65, 511, 512, 513, 5000}) {
      for (const int density : {0, 3, 50, 100}) QTest::addRow("%d rows, %d %%", rows, density) << density << rows;
    }
  }

  void isAListOfBits() {
    QFETCH(int, density);
    QFETCH(int, rows);
    std::mt19937 random(static_cast<unsigned>(rows * 1000 + density));
    PassingRows passing;
    std::vector<bool> list;
    while (list.size() < static_cast<std::size_t>(rows)) {
      const quint64 count = std::min<quint64>(1 + random() % 64, static_cast<quint64>(rows) - list.size());
      quint64 bits = 0;
      for (quint64 i = 0; i < count; ++i) {
        list.push_back(static_cast<int>(random() % 100) < density);
        bits |= static_cast<quint64>(list.back()) << i;
      }
      // What lies above the bits is not looked at.
      passing.append(count < 64 ? bits | ~0ULL << count : bits, count);
    }
    compare(passing, list);
    for (int i = 0; i < 20; ++i) {
      const quint64 row = random() % list.size();
      list[row] = random() % 2 == 0;
      passing.set(row, list[row]);
    }
    compare(passing, list);
    std::vector<PassingRows::Instead> instead;
    for (quint64 row = random() % 7; row < list.size() && instead.size() < 4; row += 1 + random() % 900) {
      list[row] = random() % 2 == 0;
      instead.push_back({row, list[row]});
    }
    passing.setInstead(instead);
    compare(passing, list);
    passing.addInstead({0, true});
    list[0] = true;
    compare(passing, list);
    passing.clear();
    QCOMPARE(passing.count(), 0ULL);
    QCOMPARE(passing.passingBefore(0), 0ULL);
  }

  void costsLittle() {
    PassingRows passing;
    for (int i = 0; i < 100'000; ++i) passing.append(0x123456789abcdef0ULL, 64);
    QVERIFY(passing.memoryUsed() * 5 < passing.count());  // 0.2 bytes a row
  }

 private:
  static void compare(const PassingRows &passing, const std::vector<bool> &list) {
    QCOMPARE(passing.count(), list.size());
    std::vector<quint64> rows;
    for (quint64 row = 0; row < list.size(); ++row) {
      if (passing.passingBefore(row) != rows.size()) QFAIL(qPrintable(QString::number(row)));
      if (passing.passes(row) != list[row]) QFAIL(qPrintable(QString::number(row)));
      if (list[row]) rows.push_back(row);
    }
    QCOMPARE(passing.passingBefore(list.size()), rows.size());
    for (quint64 number = 0; number < rows.size(); ++number) {
      const auto row = passing.row(number, list.size());
      if (row != rows[number]) QFAIL(qPrintable(QString::number(number)));
    }
    QVERIFY(!passing.row(rows.size(), list.size()));
    // Of fewer rows there are fewer.
    const quint64 half = list.size() / 2;
    QVERIFY(!passing.row(passing.passingBefore(half), half));
  }
};

QTEST_APPLESS_MAIN(TestPassingRows)
#include "tst_passing_rows.moc"

// RowOrder against a plain list, from one thread and from two.
#include "model/framing/row_order.h"

#include <QRandomGenerator>
#include <QTest>

#include <array>
#include <thread>
#include <vector>

using namespace octetscope;

class TestRowOrder : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void startsEmpty() {
    const RowOrder order;
    QCOMPARE(order.count(), 0ULL);
    QCOMPARE(order.countOf(RowKind::Event), 0ULL);
  }

  void equalsAList_data() {
    QTest::addColumn<int>("longest");
    QTest::newRow("one row at a time") << 1;
    QTest::newRow("short runs") << 5;
    QTest::newRow("runs over words") << 100;
    QTest::newRow("runs over blocks") << 2000;
  }
  void equalsAList() {
    QFETCH(int, longest);
    QRandomGenerator random(7);
    RowOrder order;
    std::vector<RowKind> expected;
    for (int i = 0; i < 400; ++i) {
      const auto kind = static_cast<RowKind>(random.bounded(3));
      const int times = 1 + random.bounded(longest);
      order.append(kind, static_cast<quint64>(times));
      expected.insert(expected.end(), static_cast<std::size_t>(times), kind);
    }
    QCOMPARE(order.count(), static_cast<quint64>(expected.size()));
    std::array<quint64, 3> seen = {};
    for (quint64 row = 0; row < expected.size(); ++row) {
      const RowKind kind = expected[row];
      quint64 &number = seen[static_cast<std::size_t>(kind)];
      QCOMPARE(order.at(row).kind, kind);
      QCOMPARE(order.at(row).number, number);
      QCOMPARE(order.rowOf(kind, number), row);
      QCOMPARE(order.countOf(kind, row), number);
      ++number;
      QCOMPARE(order.countOf(kind, row + 1), number);
    }
    for (const RowKind kind : {RowKind::In, RowKind::Out, RowKind::Event}) {
      QCOMPARE(order.countOf(kind), seen[static_cast<std::size_t>(kind)]);
    }
  }

  void takesFourBitsARowAtMost() {
    RowOrder order;
    order.append(RowKind::In, 1'000'000);
    QVERIFY(order.memoryUsed() <= 500'000);
  }

  void isReadWhileItGrows() {
    constexpr quint64 rows = 200'000;
    const auto kindOf = [](quint64 row) { return static_cast<RowKind>((row * 2654435761U >> 7) % 3); };
    RowOrder order;
    std::atomic<bool> wrong = false;
    std::thread reader([&] {
      quint64 last = 0;
      while (last < rows) {
        const quint64 count = order.count();
        if (count == 0) continue;
        last = count;
        for (const quint64 row : {count - 1, count / 2, count - 1 - std::min<quint64>(count - 1, 40)}) {
          const RowOrder::Row found = order.at(row);
          if (found.kind != kindOf(row) || order.rowOf(found.kind, found.number) != row) wrong = true;
        }
      }
    });
    for (quint64 row = 0; row < rows; ++row) order.append(kindOf(row));
    reader.join();
    QVERIFY(!wrong);
  }
};

QTEST_GUILESS_MAIN(TestRowOrder)
#include "tst_row_order.moc"

// LineRuns: lines as runs, against a plain set of lines.
#include "widgets/messages/line_runs.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <set>

using namespace octetscope;

namespace {

QList<quint64> all(const LineRuns &lines) {
  QList<quint64> each;
  LineWalk walk(lines);
  for (quint64 left = lines.count(); left > 0; --left) each.append(walk.next());
  return each;
}

}  // namespace

class TestLineRuns : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatTouchesIsOneRun() {
    const LineRuns lines{{7, 9}, {1, 2}, {3, 3}, {8, 12}, {20, 20}};
    QVERIFY(lines == (LineRuns{{1, 3}, {7, 12}, {20, 20}}));
    QCOMPARE(lines.runs().size(), std::size_t(3));
    QCOMPARE(lines.count(), quint64(10));
    QCOMPARE(lines.first(), quint64(1));
    QCOMPARE(lines.last(), quint64(20));
    QCOMPARE(all(lines), (QList<quint64>{1, 2, 3, 7, 8, 9, 10, 11, 12, 20}));
    QVERIFY(LineRuns().isEmpty() && LineRuns().count() == 0 && !LineRuns().contains(0));
    // One within another does not end it.
    QVERIFY((LineRuns{{1, 9}, {2, 3}}) == (LineRuns{{1, 9}}));
  }

  void aSetSaysTheSame() {
    QRandomGenerator random(7);
    for (int round = 0; round < 200; ++round) {
      LineRuns lines;
      std::set<quint64> set;
      for (int act = 0; act < 20; ++act) {
        const quint64 first = random.bounded(40);
        const quint64 last = first + random.bounded(6);
        const bool isAdding = random.bounded(3) > 0;
        for (quint64 line = first; line <= last; ++line) isAdding ? (void)set.insert(line) : (void)set.erase(line);
        isAdding ? lines.add({first, last}) : lines.remove({first, last});
        QCOMPARE(all(lines), QList<quint64>(set.begin(), set.end()));
        for (quint64 line = 0; line < 50; ++line) QCOMPARE(lines.contains(line), set.contains(line));
        const auto touches = [](const LineRun &run, const LineRun &next) { return next.first <= run.last + 1; };
        QVERIFY(std::ranges::adjacent_find(lines.runs(), touches) == lines.runs().end());
      }
    }
  }
};

QTEST_APPLESS_MAIN(TestLineRuns)
#include "tst_line_runs.moc"

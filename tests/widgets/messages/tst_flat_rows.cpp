// FlatRows against a naive tree that really lists its lines, SlicedWalk.
#include "widgets/messages/flat_rows.h"
#include "widgets/messages/sliced_walk.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <limits>
#include <map>
#include <memory>

using namespace octetscope;

namespace {

/// The reference: a branch is a map from row to opened branch; lines are listed by walking all of it.
struct Naive {
  quint64 rows = 0;
  std::map<quint64, std::unique_ptr<Naive>> open;

  void list(const RowPath &prefix, QList<RowPath> &lines, QList<RowPath> &branches) const {
    for (quint64 row = 0; row < rows; ++row) {
      RowPath path = prefix;
      path.append(row);
      lines.append(path);
      const auto child = open.find(row);
      if (child == open.end()) continue;
      branches.append(path);
      child->second->list(path, lines, branches);
    }
  }
  Naive *at(const RowPath &path) {
    Naive *n = this;
    for (const quint64 row : path) {
      const auto child = n->open.find(row);
      if (child == n->open.end()) return nullptr;
      n = child->second.get();
    }
    return n;
  }
  void insertRows(quint64 first, quint64 count) {
    std::map<quint64, std::unique_ptr<Naive>> moved;
    for (auto &[row, child] : open) moved[row >= first ? row + count : row] = std::move(child);
    open = std::move(moved);
    rows += count;
  }
  void removeRows(quint64 first, quint64 count) {
    std::map<quint64, std::unique_ptr<Naive>> moved;
    for (auto &[row, child] : open) {
      if (row >= first && row < first + count) continue;
      moved[row >= first ? row - count : row] = std::move(child);
    }
    open = std::move(moved);
    rows -= count;
  }
};

}  // namespace

class TestFlatRows : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void randomOperations_data() {
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 12; ++seed) QTest::addRow("seed %u", seed) << seed;
  }
  void randomOperations() {
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    const quint64 top = random.bounded(30);
    FlatRows rows(top);
    Naive naive;
    naive.rows = top;
    for (int step = 0; step < 400; ++step) {
      QList<RowPath> lines;
      QList<RowPath> branches;
      naive.list({}, lines, branches);
      // Everything that can be asked, compared.
      QCOMPARE(rows.count(), quint64(lines.size()));
      QCOMPARE(rows.topLevelRows(), naive.rows);
      QCOMPARE(rows.openCount(), quint64(branches.size()));
      QCOMPARE(rows.openBranches(), branches);
      for (qsizetype i = 0; i < lines.size(); ++i) {
        QCOMPARE(rows.pathAt(quint64(i)), lines[i]);
        QCOMPARE(rows.positionOf(lines[i]), std::optional<quint64>(quint64(i)));
        QCOMPARE(rows.isOpen(lines[i]), branches.contains(lines[i]));
        if (!rows.isOpen(lines[i])) QCOMPARE(rows.linesBelow(lines[i]), quint64(0));
      }
      // Then one random change, anywhere.
      RowPath parent;
      if (!branches.isEmpty() && random.bounded(3) > 0) parent = branches[random.bounded(int(branches.size()))];
      Naive &branch = *naive.at(parent);
      const quint64 first = random.bounded(quint32(branch.rows + 1));
      switch (random.bounded(6)) {
        case 0:
        case 1:
        case 2: {
          if (lines.isEmpty()) break;
          const RowPath &path = lines[random.bounded(int(lines.size()))];
          Naive &owner = *naive.at(RowPath(path.cbegin(), path.cend() - 1));
          const quint64 count = random.bounded(5);
          QCOMPARE(rows.open(path, count), !owner.open.contains(path.last()));
          if (!owner.open.contains(path.last())) {
            owner.open[path.last()] = std::make_unique<Naive>();
            owner.open[path.last()]->rows = count;
          }
          break;
        }
        case 3: {
          if (branches.isEmpty()) break;
          const RowPath &path = branches[random.bounded(int(branches.size()))];
          QVERIFY(rows.close(path));
          naive.at(RowPath(path.cbegin(), path.cend() - 1))->open.erase(path.last());
          break;
        }
        case 4: {
          const quint64 count = random.bounded(4);
          rows.insertRows(parent, first, count);
          branch.insertRows(first, count);
          break;
        }
        default: {
          const quint64 count = std::min<quint64>(branch.rows - first, random.bounded(4));
          rows.removeRows(parent, first, count);
          branch.removeRows(first, count);
        }
      }
    }
  }

  void whatIsNotThereIsNotFound() {
    FlatRows rows(10);
    QVERIFY(!rows.positionOf({}));
    QVERIFY(!rows.positionOf({10}));
    QVERIFY(!rows.positionOf({3, 0}));  // closed
    QVERIFY(!rows.open({10}, 1));
    QVERIFY(!rows.open({3, 0}, 1));
    QVERIFY(!rows.open({}, 1));
    QVERIFY(!rows.close({3}));
    QVERIFY(!rows.close({}));
    rows.insertRows({3}, 0, 5);  // into a closed branch: nothing to see
    QCOMPARE(rows.count(), quint64(10));
  }

  void hugeCounts() {
    FlatRows rows(100'000'000);
    QVERIFY(rows.open({99'999'999}, 5'000'000'000));
    QVERIFY(rows.open({99'999'999, 4'999'999'999}, 7));
    QCOMPARE(rows.count(), quint64(5'100'000'007));
    QCOMPARE(rows.pathAt(5'100'000'006), (RowPath{99'999'999, 4'999'999'999, 6}));
    QCOMPARE(rows.positionOf({99'999'999, 4'999'999'999, 6}), std::optional<quint64>(5'100'000'006));
    QCOMPARE(rows.pathAt(99'999'999), (RowPath{99'999'999}));
  }

  void deepNestingIsNoRecursion() {
    FlatRows rows(1);
    RowPath path;
    for (int depth = 0; depth < 2000; ++depth) {
      path.append(0);
      QVERIFY(rows.open(path, 1));
    }
    QCOMPARE(rows.pathAt(rows.count() - 1).size(), path.size() + 1);
    QCOMPARE(quint64(rows.openBranches().size()), rows.openCount());
    QVERIFY(rows.close({0}));
    QCOMPARE(rows.count(), quint64(1));
    QCOMPARE(rows.openCount(), quint64(0));
  }

  void costGrowsWithTheLogarithmOfWhatIsOpened() {
    // 100,000 opened branches: a linear search in any of these would take minutes.
    FlatRows rows(1'000'000);
    for (quint64 row = 0; row < 1'000'000; row += 10) QVERIFY(rows.open({row}, 9));
    quint64 check = 0;
    for (quint64 position = 0; position < rows.count(); position += 11) {
      const RowPath path = rows.pathAt(position);
      check += *rows.positionOf(path) == position;
      rows.insertRows({}, rows.topLevelRows(), 0);
    }
    QCOMPARE(check, (rows.count() + 10) / 11);
  }

  void walkGoesInSlices() {
    SlicedWalk walk;
    quint64 visited = 0;
    bool done = false;
    walk.start(3, [&](quint64) { return ++visited, SlicedWalk::Next::GoOn; }, [&](bool whole) { done = whole; });
    QCOMPARE(visited, quint64(3));
    QVERIFY(done);

    // Long ones give the window its turn: no visit keeps it waiting.
    visited = 0;
    done = false;
    const auto slow = [&](quint64) {
      QElapsedTimer busy;
      busy.start();
      while (busy.nsecsElapsed() < 1'000'000) {
      }
      return ++visited, SlicedWalk::Next::GoOn;
    };
    QElapsedTimer clock;
    clock.start();
    walk.start(50, slow, [&](bool whole) { done = whole; });
    QVERIFY(visited < 50);
    QVERIFY(walk.isRunning());
    QTRY_VERIFY(done);
    QCOMPARE(visited, quint64(50));

    bool whole = true;
    walk.start(50, slow, [&](bool w) { whole = w; });
    walk.cancel();
    QVERIFY(!whole);
    QVERIFY(!walk.isRunning());
  }
};

QTEST_GUILESS_MAIN(TestFlatRows)
#include "tst_flat_rows.moc"

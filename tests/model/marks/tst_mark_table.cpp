// Marks of a capture by place: look-ups against brute force over random marks that lie in and over one another, changes
// and their signals, and the order in which one goes from mark to mark.
#include "model/marks/capture_marks.h"
#include "model/marks/mark_order.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace octetscope;
using namespace Qt::StringLiterals;

namespace {

Mark markAt(int connection, Direction direction, quint64 begin, quint64 end, const QString &note = {}) {
  return {{connection, direction, {begin, end}}, MarkColor::Blue, note};
}

class Random {
 public:
  explicit Random(quint32 seed) : generator_(seed) {}
  quint64 below(quint64 limit) { return generator_.bounded(limit); }
  Direction direction() { return below(2) == 0 ? Direction::In : Direction::Out; }
  ByteRange range(quint64 size) {
    const quint64 begin = below(size);
    // Mostly short, some over nearly everything.
    const quint64 length = 1 + below(below(4) == 0 ? size : 8);
    return {begin, begin + length};
  }

 private:
  QRandomGenerator generator_;
};

}  // namespace

class TestMarkTable : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void lookUpsEqualBruteForce_data() {
    QTest::addColumn<int>("marks");
    for (const int marks : {0, 1, 2, 3, 7, 8, 9, 60, 400}) QTest::addRow("%d marks", marks) << marks;
  }
  void lookUpsEqualBruteForce() {
    QFETCH(int, marks);
    for (quint32 seed = 0; seed < 20; ++seed) {
      Random random(seed);
      const quint64 size = 1 + random.below(200);
      MarkTable table;
      std::vector<Mark> plain;
      for (int i = 0; i < marks; ++i) {
        const Mark mark = {
            {static_cast<int>(random.below(3)), random.direction(), random.range(size)}, MarkColor::Red, {}};
        if (table.rowOf(mark.place)) continue;
        const std::size_t row = table.insert(mark);
        QCOMPARE(table.at(row), mark);
        plain.push_back(mark);
        if (random.below(5) == 0) {
          const std::size_t gone = random.below(table.count());
          std::erase(plain, table.at(gone));
          table.remove(gone);
        }
      }
      std::ranges::sort(plain, {}, &Mark::place);
      QCOMPARE(table.all(), plain);
      for (int asked = 0; asked < 40; ++asked) {
        const int connection = static_cast<int>(random.below(3));
        const Direction direction = random.direction();
        const ByteRange range = random.range(size);
        std::vector<std::size_t> over;
        std::vector<std::size_t> begun;
        std::optional<std::size_t> smallest;
        for (std::size_t row = 0; row < plain.size(); ++row) {
          const MarkPlace &place = plain[row].place;
          if (place.connection != connection || place.direction != direction) continue;
          if (place.range.overlaps(range)) over.push_back(row);
          if (range.contains(place.range.begin)) begun.push_back(row);
          if (place.range.begin <= range.begin && range.end <= place.range.end &&
              (!smallest || place.range.size() < plain[*smallest].place.range.size())) {
            smallest = row;
          }
        }
        std::vector<std::size_t> found;
        table.overlapping(connection, direction, range, found);
        QCOMPARE(found, over);
        found.clear();
        table.overlapping(connection, direction, range, found, 2);
        QCOMPARE(found, std::vector(over.begin(), over.begin() + std::min<std::ptrdiff_t>(2, std::ssize(over))));
        const MarkTable::Rows rows = table.rowsBeginningIn(connection, direction, range);
        QCOMPARE(rows.count(), begun.size());
        if (!begun.empty()) QCOMPARE(rows.first, begun.front());
        QCOMPARE(table.smallestAround(connection, direction, range), smallest);
      }
    }
  }

  void assignedAtOnceTheLastOfAPlaceCounts() {
    MarkTable table;
    table.assign({markAt(1, Direction::In, 5, 9, u"a"_s), markAt(0, Direction::Out, 7, 8),
                  markAt(0, Direction::In, 7, 8), markAt(1, Direction::In, 5, 9, u"b"_s),
                  markAt(0, Direction::In, 7, 10)});
    QCOMPARE(table.count(), std::size_t(4));
    QCOMPARE(table.at(0).place.range.end, 8U);
    QCOMPARE(table.at(2).place.direction, Direction::Out);
    QCOMPARE(table.at(3).note, u"b"_s);
  }

  void changesAreToldAndTakenBack_data() {
    QTest::addColumn<int>("count");
    QTest::newRow("one by one") << 3;
    QTest::newRow("as a reset") << 300;
  }
  void changesAreToldAndTakenBack() {
    QFETCH(int, count);
    CaptureMarks marks;
    marks.put(markAt(0, Direction::In, 4, 6, u"there"_s));
    marks.put(markAt(0, Direction::In, 2, 3));
    const std::vector<Mark> before = marks.table().all();
    QList<MarkChange> changes = {
        {markAt(0, Direction::In, 4, 6, u"there"_s), markAt(0, Direction::In, 4, 6, u"other"_s)},
        {markAt(0, Direction::In, 2, 3), std::nullopt}};
    for (quint64 i = 0; i < static_cast<quint64>(count); ++i) {
      changes.append({std::nullopt, markAt(0, Direction::Out, i, i + 2)});
    }
    const QSignalSpy changed(&marks, &CaptureMarks::changed);
    const QSignalSpy reset(&marks, &CaptureMarks::wasReset);
    const QSignalSpy added(&marks, &CaptureMarks::added);
    marks.apply(changes);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(reset.count(), count > 100 ? 1 : 0);
    QCOMPARE(added.count(), count > 100 ? 0 : count);
    QCOMPARE(marks.table().count(), static_cast<std::size_t>(count) + 1);
    QCOMPARE(marks.table().at(0).note, u"other"_s);
    for (MarkChange &change : changes) change = change.reversed();
    marks.apply(changes);
    QCOMPARE(marks.table().all(), before);
  }

  void broughtBackBesideThoseThatAreThere() {
    CaptureMarks marks;
    marks.put(markAt(0, Direction::In, 4, 6, u"mine"_s));
    marks.addAll({markAt(0, Direction::In, 4, 6, u"remembered"_s), markAt(0, Direction::In, 1, 2)});
    QCOMPARE(marks.table().count(), std::size_t(2));
    QCOMPARE(marks.table().at(1).note, u"mine"_s);
  }

  /// By arrival, whichever direction; then the next connection; and around.
  void goneThroughAsTheyArrived() {
    Capture capture(u"test"_s);
    for (int i = 0; i < 3; ++i) {
      auto connection = capture.addConnection({u"a"_s, 1}, {u"b"_s, 2});
      // in 0–9, out 0–9, in 10–19, out 10–19
      for (int chunk = 0; chunk < 4; ++chunk) {
        Stream &stream = connection->stream(chunk % 2 == 0 ? Direction::In : Direction::Out);
        QVERIFY(stream.append(viewOf("0123456789"), 1000 * i + chunk));
      }
    }
    CaptureMarks &marks = capture.marks();
    const std::vector<MarkPlace> order = {
        {0, Direction::In, {2, 4}},   {0, Direction::In, {2, 9}},   {0, Direction::Out, {1, 2}},
        {0, Direction::Out, {9, 12}}, {0, Direction::In, {12, 13}}, {0, Direction::Out, {15, 16}},
        {2, Direction::Out, {3, 4}},  {2, Direction::In, {10, 20}},
    };
    for (const MarkPlace &place : order) marks.put({place, MarkColor::Green, {}});
    for (std::size_t i = 0; i < order.size(); ++i) {
      const MarkPlace &next = order[(i + 1) % order.size()];
      const auto on = markBeside(capture, marks.table(), order[i], 1);
      QVERIFY(on);
      QCOMPARE(marks.table().at(*on).place, next);
      QCOMPARE(marks.table().at(*markBeside(capture, marks.table(), next, -1)).place, order[i]);
    }
    // From a place that is not marked, in a connection that has none.
    QCOMPARE(marks.table().at(*markBeside(capture, marks.table(), {1, Direction::In, {0, 0}}, 1)).place, order[6]);
    QCOMPARE(marks.table().at(*markBeside(capture, marks.table(), {1, Direction::In, {0, 0}}, -1)).place, order[5]);
    QCOMPARE(marks.table().at(*markBeside(capture, marks.table(), {0, Direction::In, {11, 11}}, -1)).place, order[3]);
    QVERIFY(!markBeside(capture, MarkTable(), order[0], 1));
  }
};

QTEST_GUILESS_MAIN(TestMarkTable)
#include "tst_mark_table.moc"

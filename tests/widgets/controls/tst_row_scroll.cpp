// ScrollMap at its ends, and RowScroll behind a real scroll bar: few rows, more than a bar can count, following.
#include "widgets/controls/row_scroll.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace octetscope;

class TestRowScroll : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void mapReachesBothEnds_data() {
    QTest::addColumn<quint64>("lastTop");
    QTest::newRow("nothing to scroll") << 0ULL;
    QTest::newRow("one") << 1ULL;
    QTest::newRow("a few") << 100ULL;
    QTest::newRow("100 million") << 100'000'000ULL;
    QTest::newRow("as many as values") << quint64{ScrollMap::largest};
    QTest::newRow("one more") << quint64{ScrollMap::largest} + 1;
    QTest::newRow("ten gigabytes") << 10'000'000'000ULL / 16;
    QTest::newRow("2^31") << (1ULL << 31);
    QTest::newRow("64 GiB") << (1ULL << 32) - 40;
    QTest::newRow("2^40") << (1ULL << 40);
    QTest::newRow("all there can be") << std::numeric_limits<quint64>::max();
  }
  void mapReachesBothEnds() {
    QFETCH(const quint64, lastTop);
    const ScrollMap map(lastTop);
    QVERIFY(map.maximum() <= std::numeric_limits<int>::max() / 2 + 1);
    QCOMPARE(map.rowOf(0), 0ULL);
    QCOMPARE(map.valueOf(0), 0);
    QCOMPARE(map.rowOf(map.maximum()), lastTop);
    QCOMPARE(map.valueOf(lastTop), map.maximum());
    QCOMPARE(map.valueOf(~0ULL), map.maximum());
    if (lastTop > 0) QVERIFY(map.rowOf(map.maximum() / 2) <= lastTop / 2 + lastTop / 100 + 1);
    quint64 before = 0;
    for (int i = 0; i <= 1000; ++i) {
      const int value = static_cast<int>(static_cast<qint64>(map.maximum()) * i / 1000);
      const quint64 row = map.rowOf(value);
      QVERIFY(row >= before && row <= lastTop);
      QCOMPARE(map.valueOf(row), value);
      before = row;
    }
    QVERIFY(map.pageStep(40) >= 1);
    QVERIFY(map.pageStep(~0ULL >> 24) <= ScrollMap::largest);
    if (map.isExact()) QCOMPARE(map.rowOf(map.maximum() / 3), static_cast<quint64>(map.maximum() / 3));
  }

  void stepsAreRowsHoweverManyThereAre_data() {
    QTest::addColumn<quint64>("rows");
    QTest::newRow("exact") << 1000ULL;
    QTest::newRow("a value is 1024 rows") << (1ULL << 40);
  }
  void stepsAreRowsHoweverManyThereAre() {
    QFETCH(const quint64, rows);
    QScrollBar bar;
    RowScroll scroll(&bar);
    const QSignalSpy moved(&scroll, &RowScroll::moved);
    const QSignalSpy byUser(&scroll, &RowScroll::scrolledByUser);
    scroll.setFollowing(false);
    scroll.setRows(rows, 20);
    QCOMPARE(scroll.lastTop(), rows - 20);
    QCOMPARE(moved.size(), 0);
    bar.triggerAction(QAbstractSlider::SliderSingleStepAdd);
    QCOMPARE(scroll.top(), 1ULL);
    bar.triggerAction(QAbstractSlider::SliderPageStepAdd);
    QCOMPARE(scroll.top(), 20ULL);
    bar.triggerAction(QAbstractSlider::SliderPageStepSub);
    bar.triggerAction(QAbstractSlider::SliderSingleStepSub);
    QCOMPARE(scroll.top(), 0ULL);
    bar.triggerAction(QAbstractSlider::SliderSingleStepSub);
    QCOMPARE(scroll.top(), 0ULL);
    QCOMPARE(byUser.size(), 5);
    QCOMPARE(moved.size(), 4);
    bar.triggerAction(QAbstractSlider::SliderToMaximum);
    QCOMPARE(scroll.top(), rows - 20);
    QVERIFY(scroll.isFollowing());
    bar.setValue(bar.maximum() / 2);  // dragged
    QVERIFY(scroll.top() >= (rows - 20) / 2 - 1 && scroll.top() <= (rows - 20) / 2 + 1024);
    QVERIFY(!scroll.isFollowing());
    const quint64 half = scroll.top();
    scroll.setRows(rows + 100, 20);
    QCOMPARE(scroll.top(), half);
    QCOMPARE(bar.value(), ScrollMap(scroll.lastTop()).valueOf(half));
    scroll.setRows(30, 20);
    QCOMPARE(scroll.top(), 10ULL);
    scroll.setRows(10, 20);
    QCOMPARE(scroll.top(), 0ULL);
    QCOMPARE(bar.maximum(), 0);
  }

  void followsTheEnd() {
    QScrollBar bar;
    RowScroll scroll(&bar);
    const QSignalSpy following(&scroll, &RowScroll::followingChanged);
    scroll.setRows(100, 10);
    QCOMPARE(scroll.top(), 90ULL);
    scroll.scrollBy(-5);
    QCOMPARE(following.size(), 1);
    scroll.setRows(200, 10);
    QCOMPARE(scroll.top(), 85ULL);
    scroll.setTop(190);  // the program's act: it says nothing about following
    QVERIFY(!scroll.isFollowing());
    scroll.scrollBy(0);
    QVERIFY(scroll.isFollowing());
    QCOMPARE(following.size(), 2);
    scroll.setFollowing(false);
    QCOMPARE(following.size(), 2);
    scroll.setTop(0);
    scroll.setFollowing(true);
    QCOMPARE(scroll.top(), 190ULL);
    scroll.setRows(300, 10, 7);
    QCOMPARE(scroll.top(), 290ULL);
    scroll.scrollTo(7);
    scroll.setRows(301, 10, 8);  // a row came above it
    QCOMPARE(scroll.top(), 8ULL);
  }
};

QTEST_MAIN(TestRowScroll)
#include "tst_row_scroll.moc"

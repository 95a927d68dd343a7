// Flags of marks on the ribbon's axis, for random streams, marks and zooms: none over another, each at its first mark,
// and together they count every mark that begins in sight, once.
#include "tests/widgets/ribbon/ribbon_capture.h"
#include "widgets/ribbon/ribbon_marks.h"

#include <QRandomGenerator>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestRibbonMarks : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void flagsCountEachMarkOnce_data() {
    QTest::addColumn<int>("marks");
    for (const int marks : {0, 1, 5, 200, 3000}) QTest::addRow("%d marks", marks) << marks;
  }
  void flagsCountEachMarkOnce() {
    QFETCH(int, marks);
    QRandomGenerator random(static_cast<quint32>(marks));
    RibbonCapture capture;
    for (int chunk = 0; chunk < 40; ++chunk) {
      capture.record(random.bounded(2) == 0 ? Direction::In : Direction::Out, QByteArray(random.bounded(1, 400), 'x'));
    }
    const auto decoder = capture.decoder(u"fixed:10"_s);
    QVERIFY(decoder);
    CaptureMarks all;
    std::vector<Mark> made;
    for (int i = 0; i < marks; ++i) {
      const auto direction = static_cast<Direction>(random.bounded(2));
      const quint64 size = decoder->view(direction).size();
      const quint64 begin = random.bounded(size);
      made.push_back({{0, direction, {begin, begin + 1 + random.bounded(size)}}, MarkColor::Red, {}});
    }
    all.addAll(made);
    const ConnectionMarks shown(&all, decoder.get(), 0);
    for (int zoom = 0; zoom < 60; ++zoom) {
      std::optional<Direction> only;
      if (zoom % 3 > 0) only = zoom % 3 == 1 ? Direction::In : Direction::Out;
      const RibbonAxis axis(only, decoder->view(Direction::In), decoder->view(Direction::Out));
      RibbonGeometry geometry;
      geometry.setSize(axis.size());
      geometry.setWidth(300 + random.bounded(300), 20);
      geometry.setScale(0.02 + random.bounded(8.0), 0);
      geometry.setLeft(random.bounded(axis.size()));
      const double width = 1 + random.bounded(40);
      const ByteRange seen = geometry.visible();
      std::size_t expected = 0;
      for (const Mark &mark : all.table().all()) {
        if (!axis.shows(mark.place.direction)) continue;
        if (seen.contains(axis.positionOf(mark.place.direction, mark.place.range.begin))) ++expected;
      }
      const auto flags = markFlags(shown, axis, geometry, width);
      std::size_t counted = 0;
      double before = -1e9;
      for (const RibbonPage::Flag &flag : flags) {
        QVERIFY(flag.rows.count() > 0 && flag.count >= flag.rows.count());
        QCOMPARE(flag.x, geometry.xOf(axis.positionOf(flag.direction, shown.at(flag.rows.first).range.begin)));
        QVERIFY2(flag.x >= before + width, qPrintable(u"%1 after %2"_s.arg(flag.x).arg(before)));
        before = flag.x;
        counted += flag.count;
      }
      QCOMPARE(counted, expected);
      for (const RibbonPage::MarkBar &bar : markBars(shown, axis, geometry)) QVERIFY(bar.right - bar.left >= 2);
    }
  }
};

QTEST_MAIN(TestRibbonMarks)
#include "tst_ribbon_marks.moc"

// What does not pass a filter is dim in the ribbon: messages and what lies in them, one by one and summed up, and it is
// said in words; what passes, what is not judged, and what another framing reads is as it was.
#include "model/items/message_filter.h"
#include "tests/widgets/ribbon/ribbon_capture.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QImage>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestRibbonFilter : public QObject {
  Q_OBJECT

  static void filterBy(MessageFilter &filter, const ConnectionDecoder &decoder, const QString &text) {
    const auto expression = FilterExpression::parse(text);
    QVERIFY(expression && filter.setExpression(*expression));
    QTRY_VERIFY(filter.judgedRows() == decoder.liveRowCount());
  }
  static const RibbonLane &laneOf(const RibbonScene &scene, RibbonLane::Kind kind, bool isSecond = false) {
    for (const RibbonLane &lane : scene.lanes) {
      if (lane.kind == kind && lane.isSecond == isSecond) return lane;
    }
    qFatal("no such lane");
  }
  /// "0 1! 2": numbers, dim ones marked.
  static QString itemsOf(const RibbonLane &lane) {
    QStringList items;
    for (const RibbonItem &item : lane.items) {
      QString words = QString::number(item.number);
      if (item.isSummary()) words += u'-' + QString::number(item.number + item.count - 1);
      items += item.isDimmed ? QString(words + u'!') : words;
    }
    return items.join(u' ');
  }
  static void show(RibbonView &view, ConnectionDecoder &decoder) {
    view.resize(1000, 300);
    view.setDecoder(&decoder, false);
    view.show();
    view.fitAll();
  }

 private Q_SLOTS:
  void dimsWhatDoesNotPass() {
    RibbonCapture capture;
    capture.record(Direction::In, QByteArray("\2ab\3cde\2fg", 10));
    const auto decoder = capture.decoder(u"length:u8"_s, u"*s:text"_s);
    const auto other = capture.decoder(u"fixed:5"_s);
    QVERIFY(decoder && other);
    MessageFilter filter(*decoder);
    RibbonView view;
    show(view, *decoder);
    view.setSecond(other.get());
    view.setFilter(&filter);
    const QImage before = view.viewport()->grab().toImage();
    QCOMPARE(itemsOf(laneOf(view.scene(), RibbonLane::Kind::Messages)), u"0 1 2"_s);
    filterBy(filter, *decoder, u"size == 3"_s);
    QCOMPARE(itemsOf(laneOf(view.scene(), RibbonLane::Kind::Messages)), u"0 1! 2"_s);
    QCOMPARE(itemsOf(laneOf(view.scene(), RibbonLane::Kind::Fields)), u"0 0 1! 1! 2 2"_s);
    QCOMPARE(itemsOf(laneOf(view.scene(), RibbonLane::Kind::Chunks)), u"0"_s);
    QCOMPARE(itemsOf(laneOf(view.scene(), RibbonLane::Kind::Messages, true)), u"0 1"_s);
    // In pixels and in words.
    const QImage after = view.viewport()->grab().toImage();
    const auto colourOf = [&](const QImage &image, std::size_t item) {
      std::size_t lane = 0;
      while (view.scene().lanes[lane].kind != RibbonLane::Kind::Messages) ++lane;
      const QRectF rect = view.rectOf(lane, view.scene().lanes[lane].items[item]);
      return image.pixelColor(QPoint(static_cast<int>(rect.left()) + 8, static_cast<int>(rect.center().y())));
    };
    QCOMPARE(colourOf(after, 0), colourOf(before, 0));
    QVERIFY(colourOf(after, 1).lightness() > colourOf(before, 1).lightness());
    const auto wordsOf = [&](std::size_t item) {
      std::size_t lane = 0;
      while (view.scene().lanes[lane].kind != RibbonLane::Kind::Messages) ++lane;
      return view.wordsAt(view.rectOf(lane, view.scene().lanes[lane].items[item]).center());
    };
    QVERIFY2(wordsOf(1).contains(u"it does not pass the filter"_s), qPrintable(wordsOf(1)));
    QVERIFY2(!wordsOf(0).contains(u"filter"_s), qPrintable(wordsOf(0)));
    QVERIFY(filter.setExpression(std::nullopt));
    QCOMPARE(itemsOf(laneOf(view.scene(), RibbonLane::Kind::Messages)), u"0 1 2"_s);
    QCOMPARE(colourOf(view.viewport()->grab().toImage(), 1), colourOf(before, 1));
  }

  void dimsSummariesOfWhichNonePasses() {
    RibbonCapture capture;
    QByteArray bytes;
    for (int i = 0; i < 20'000; ++i) bytes += QByteArray("\2", 1) + (i == 12'345 ? "!!" : "ab");
    capture.record(Direction::In, bytes);
    capture.record(Direction::Out, QByteArray("\2!!", 3).repeated(20'000));
    const auto decoder = capture.decoder(u"length:u8"_s, u"*s:text"_s);
    QVERIFY(decoder);
    MessageFilter filter(*decoder);
    RibbonView view;
    show(view, *decoder);
    view.setFilter(&filter);
    filterBy(filter, *decoder, u"text == \"!!\""_s);
    int bright = 0;
    int dimOut = 0;
    int all = 0;
    for (const RibbonLane &lane : view.scene().lanes) {
      if (lane.kind != RibbonLane::Kind::Messages) continue;
      for (const RibbonItem &item : lane.items) {
        if (lane.direction == Direction::Out) {
          dimOut += item.isDimmed ? 1 : 0;
          continue;
        }
        ++all;
        if (item.isDimmed) continue;
        ++bright;
        QVERIFY(item.number <= 12'345 && 12'345 < item.number + item.count);
      }
    }
    QVERIFY(all > 50);
    QCOMPARE(bright, 1);
    QCOMPARE(dimOut, 0);
  }
};

QTEST_MAIN(TestRibbonFilter)
#include "tst_ribbon_filter.moc"

// The lanes of messages inside messages, with real mouse and keys: what is clicked is selected, the arrow keys go from
// one to the next however deep, and everything has words; small and large, light and dark.
#include "tests/widgets/ribbon/ribbon_capture.h"
#include "widgets/ribbon/ribbon_lanes.h"
#include "widgets/ribbon/ribbon_view.h"
#include "widgets/theme/theme.h"

#include <QAccessible>
#include <QSignalSpy>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestRibbonInner : public QObject {
  Q_OBJECT

  RibbonCapture capture_;
  std::unique_ptr<ConnectionDecoder> decoder_;
  std::unique_ptr<SelectionHub> hub_;
  std::unique_ptr<RibbonView> view_;

  void open(const QString &framing, QSize size = {1000, 240}) {
    decoder_ = capture_.decoder(framing);
    QVERIFY(decoder_);
    view_->setDecoder(decoder_.get(), false);
    view_->setSelectionHub(hub_.get());
    view_->resize(size);
    view_->show();
    view_->activateWindow();
    view_->setFocus();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
    QTest::keyClick(view_.get(), Qt::Key_0);
  }
  std::size_t laneOf(RibbonLane::Kind kind, qsizetype layer = 0) {
    for (std::size_t i = 0; i < view_->rows().lanes().size(); ++i) {
      const RibbonRows::Lane &lane = view_->rows().lanes()[i];
      if (lane.kind == kind && lane.layer == layer) return i;
    }
    qFatal("no such lane");
  }
  const RibbonLane &inner(qsizetype layer = 1) { return view_->scene().lanes[laneOf(RibbonLane::Kind::Inner, layer)]; }
  QPoint pointOn(const RibbonItem &item, qsizetype layer = 1) {
    return view_->rectOf(laneOf(RibbonLane::Kind::Inner, layer), item).center().toPoint();
  }
  ByteRange selected() { return hub_->current() ? hub_->current()->range : ByteRange{}; }
  QString described() { return QAccessible::queryAccessibleInterface(view_.get())->text(QAccessible::Description); }

 private Q_SLOTS:
  void init() {
    capture_ = RibbonCapture();
    hub_ = std::make_unique<SelectionHub>();
    view_ = std::make_unique<RibbonView>();
    // Two messages: [ab][cde] and [f].
    capture_.record(Direction::In, QByteArray("\7\2ab\3cde\2\1f", 11));
  }
  void cleanup() {
    view_.reset();
    decoder_.reset();
  }

  void lanesComeAndGoWithTheLayers() {
    open(u"length:u8"_s);
    const std::size_t lanes = view_->rows().lanes().size();
    QSignalSpy rows(view_.get(), &RibbonView::rowsChanged);
    for (const auto &[spec, more] : {std::pair(u"length:u8 | length:u8"_s, 1), std::pair(u"length:u8"_s, 0),
                                     std::pair(u"length:u8 | length:u8 | fixed:1"_s, 2)}) {
      auto reader = DirectionReader::create({.framing = spec});
      QVERIFY(reader);
      decoder_->setReaders(*reader, *reader);
      QVERIFY(capture_.read(*decoder_));
      QCOMPARE(view_->rows().lanes().size(), lanes + static_cast<std::size_t>(more));
      QCOMPARE(view_->scene().lanes.size(), view_->rows().lanes().size());
      for (std::size_t i = 0; i < view_->scene().lanes.size(); ++i) {
        QCOMPARE(view_->scene().lanes[i].kind, view_->rows().lanes()[i].kind);
        QCOMPARE(view_->scene().lanes[i].layer, view_->rows().lanes()[i].layer);
      }
    }
    QCOMPARE(rows.size(), 3);
  }

  void anotherDecoderHasItsOwnLanes() {
    open(u"length:u8"_s);
    view_->setDecoder(nullptr, false);
    auto reader = DirectionReader::create({.framing = u"length:u8 | length:u8"_s});
    QVERIFY(reader);
    decoder_->setReaders(*reader, *reader);
    QVERIFY(capture_.read(*decoder_));
    const int height = view_->sizeHint().height();
    QSignalSpy rows(view_.get(), &RibbonView::rowsChanged);
    view_->setDecoder(decoder_.get(), false);
    QCOMPARE(rows.size(), 1);
    QVERIFY(view_->sizeHint().height() > height);
  }

  void aClickSelectsTheMessageInside() {
    open(u"length:u8 | length:u8"_s);
    QCOMPARE(inner().items.size(), 3ULL);
    QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, pointOn(inner().items[1]));
    QCOMPARE(*hub_->current(), (Selection{Direction::In, {4, 8}, 0}));
    QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, pointOn(inner().items[2]));
    QCOMPARE(*hub_->current(), (Selection{Direction::In, {9, 11}, 1}));
    QVERIFY2(described().startsWith(u"Message 1.0, inside message 1: bytes 9 to 10 (2 bytes)\n"),
             qPrintable(described()));
    QCOMPARE(view_->wordsAt(pointOn(inner().items[2])), described());
  }

  void keysGoFromOneToTheNext() {
    open(u"length:u8 | length:u8"_s);
    QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, pointOn(inner().items[0]));
    QCOMPARE(view_->currentLane(), RibbonLane::Kind::Inner);
    QList<ByteRange> seen{selected()};
    for (int i = 0; i < 3; ++i) {
      QTest::keyClick(view_.get(), Qt::Key_Right);
      seen += selected();
    }
    // Heads of the messages around them are passed over; behind the last one it stays.
    QCOMPARE(seen, (QList<ByteRange>{{1, 4}, {4, 8}, {9, 11}, {9, 11}}));
    seen.clear();
    for (int i = 0; i < 3; ++i) {
      QTest::keyClick(view_.get(), Qt::Key_Left);
      seen += selected();
    }
    QCOMPARE(seen, (QList<ByteRange>{{4, 8}, {1, 4}, {1, 4}}));
    // From a message into it, from a field out to what holds it.
    hub_->select(Selection{Direction::In, {8, 11}, 1}, this);
    QTest::keyClick(view_.get(), Qt::Key_Right);
    QCOMPARE(selected(), (ByteRange{9, 11}));
    QTest::keyClick(view_.get(), Qt::Key_Up);
    QCOMPARE(view_->currentLane(), RibbonLane::Kind::Messages);
    QTest::keyClick(view_.get(), Qt::Key_Left);
    QCOMPARE(selected(), (ByteRange{0, 8}));
    QTest::keyClick(view_.get(), Qt::Key_Down);
    QTest::keyClick(view_.get(), Qt::Key_Down);
    QCOMPARE(view_->currentLane(), RibbonLane::Kind::Fields);
    QTest::keyClick(view_.get(), Qt::Key_Right);
    QTest::keyClick(view_.get(), Qt::Key_Right);
    QCOMPARE(selected(), (ByteRange{1, 2}));
    QVERIFY2(described().startsWith(u"length = 2\nbytes 1 to 1 (1 byte)\nof message 0.0"_s) ||
                 described().contains(u"of message 0.0"),
             qPrintable(described()));
  }

  void eachLayerHasALane() {
    open(u"length:u8 | length:u8 | fixed:1"_s);
    QCOMPARE(inner(1).items.size(), 3ULL);
    QCOMPARE(inner(2).items.size(), 6ULL);
    QCOMPARE(inner(2).items[3].outer, (QList<quint64>{0, 1}));
    QCOMPARE(inner(2).items[3].range, (ByteRange{6, 7}));
    QCOMPARE(inner(2).items[3].label, u"0.1.1  1 B"_s);
    QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, pointOn(inner(2).items[3], 2));
    QCOMPARE(*hub_->current(), (Selection{Direction::In, {6, 7}, 0}));
    QVERIFY2(described().startsWith(u"Message 0.1.1, inside message 0.1: "_s), qPrintable(described()));
    for (int i = 0; i < 2; ++i) QTest::keyClick(view_.get(), Qt::Key_Right);
    QCOMPARE(selected(), (ByteRange{10, 11}));
    // The lane goes, the keys stay in one that is there.
    auto reader = DirectionReader::create({.framing = u"length:u8 | length:u8"_s});
    decoder_->setReaders(*reader, *reader);
    QVERIFY(capture_.read(*decoder_));
    QCOMPARE(view_->currentLane(), RibbonLane::Kind::Messages);
  }

  void aSummaryGivesTheOneUnderTheCursor() {
    QByteArray bytes = QByteArray("\x13\x88", 2) + QByteArray("\1x", 2).repeated(2500);
    capture_ = RibbonCapture();
    capture_.record(Direction::In, bytes);
    open(u"length:u16be | length:u8"_s);
    const RibbonItem item = inner().items[inner().items.size() / 2];
    QVERIFY(item.isSummary());
    const QPoint at = pointOn(item);
    const quint64 offset = view_->geometryOfBytes().positionAt(at.x() - view_->labelsWidth());
    QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, at);
    QVERIFY(selected().contains(offset));
    QCOMPARE(selected().size(), 2ULL);
    QVERIFY(view_->wordsAt(at).startsWith(QString::number(item.count) + u" messages inside message 0\n"));
    QVERIFY(view_->wordsAt(at).endsWith(u"zoom in to see each of them"));
  }

  void errorsInsideDoNotVanish() {
    // Lines of at most 4 bytes; one is longer, and framing goes on behind it.
    QByteArray lines;
    for (int i = 0; i < 3000; ++i) lines += i == 1777 ? "too long\n" : "abc\n";
    QByteArray bytes("\0\0", 2);
    bytes[0] = static_cast<char>(lines.size() >> 8);
    bytes[1] = static_cast<char>(lines.size() & 0xff);
    capture_ = RibbonCapture();
    capture_.record(Direction::In, bytes + lines);
    open(u"length:u16be | lines,max=4"_s);
    int wrong = 0;
    for (const RibbonItem &item : inner().items) {
      if (item.status != Status::Error) continue;
      ++wrong;
      QCOMPARE(item.flaw, 1777ULL);
      QVERIFY(item.isSummary() && item.number <= 1777 && 1777 < item.number + item.count);
      QVERIFY(view_->wordsAt(view_->rectOf(laneOf(RibbonLane::Kind::Inner, 1), item).center())
                  .contains(u"message 0.1,777 is in error"));
    }
    QCOMPARE(wrong, 1);
  }

  void whatHasNoPlaceHereIsSaid() {
    capture_ = RibbonCapture();
    capture_.record(Direction::In, QByteArray("\2\3a\2bc\0", 7));
    open(u"chunked:u8 | length:u8"_s);
    QCOMPARE(inner().items.size(), 1ULL);
    QCOMPARE(inner().items.front().kind, RibbonItem::Kind::Apart);
    QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, pointOn(inner().items.front()));
    QCOMPARE(*hub_->current(), (Selection{Direction::In, {0, 7}, 0}));
    QVERIFY(view_->wordsAt(pointOn(inner().items.front())).contains(u"4 bytes of its own"));
  }

  void isPaintedAtEveryZoom_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<ThemeChoice>("theme");
    for (const int width : {60, 1000, 2500}) {
      QTest::addRow("%d light", width) << width << ThemeChoice::Light;
      QTest::addRow("%d dark", width) << width << ThemeChoice::Dark;
    }
  }
  void isPaintedAtEveryZoom() {
    QFETCH(int, width);
    QFETCH(ThemeChoice, theme);
    for (int i = 0; i < 200; ++i) {
      capture_.record(Direction::In, QByteArray("\7\2ab\3cde\2\1f\5\4xyz", 16));
      if (i % 3 == 0) capture_.record(Direction::Out, QByteArray("\4\1a\1b\1", 6));
    }
    view_->setPalette(Theme::palette(theme));
    open(u"length:u8 | length:u8"_s, {width, 260});
    for (int i = 0; i < 24; ++i) {
      QTest::keyClick(view_.get(), Qt::Key_Plus);
      QVERIFY(!view_->grab().isNull());
      for (const RibbonLane &lane : view_->scene().lanes) QVERIFY(lane.items.size() < 6.0 * width + 8);
    }
  }
};

QTEST_MAIN(TestRibbonInner)
#include "tst_ribbon_inner.moc"

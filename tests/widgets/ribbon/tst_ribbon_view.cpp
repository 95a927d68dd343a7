// RibbonView with real mouse, wheel and keys: zoom, pan, selection both ways, following, the playhead, A and B, words
// and assistive technology; small and large, light and dark.
#include "tests/widgets/ribbon/ribbon_capture.h"
#include "widgets/controls/scroll_map.h"
#include "widgets/ribbon/ribbon_pane.h"
#include "widgets/ribbon/ribbon_view.h"
#include "widgets/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyleHints>
#include <QWheelEvent>

#include <cmath>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestRibbonView : public QObject {
  Q_OBJECT

  RibbonCapture capture_;
  std::unique_ptr<ConnectionDecoder> decoder_;
  std::unique_ptr<ConnectionDecoder> second_;
  std::unique_ptr<SelectionHub> hub_;
  std::unique_ptr<Playhead> playhead_;
  std::unique_ptr<RibbonView> view_;

  /// Lines of 10 bytes, in chunks of 25.
  void recordLines(int count, Direction direction = Direction::In) {
    QByteArray bytes;
    for (int i = 0; i < count; ++i) bytes += QByteArray::number(100'000'000 + i) + '\n';
    for (qsizetype at = 0; at < bytes.size(); at += 25) {
      capture_.record(direction, bytes.sliced(at, std::min<qsizetype>(25, bytes.size() - at)));
    }
  }
  void open(const QString &framing, const QString &layout = {}, QSize size = {900, 220}, bool follows = true) {
    decoder_ = capture_.decoder(framing, layout);
    QVERIFY(decoder_);
    playhead_->setDecoder(decoder_.get());
    view_->setDecoder(decoder_.get(), follows);
    view_->setPlayhead(playhead_.get());
    view_->setSelectionHub(hub_.get());
    view_->resize(size);
    view_->show();
    view_->activateWindow();
    view_->setFocus();
    QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
  }
  const RibbonLane &lane(RibbonLane::Kind kind, Direction direction = Direction::In, bool isSecond = false) {
    for (const RibbonLane &one : view_->scene().lanes) {
      if (one.kind == kind && one.direction == direction && one.isSecond == isSecond) return one;
    }
    qFatal("no such lane");
  }
  std::size_t numberOf(const RibbonLane &one) { return static_cast<std::size_t>(&one - view_->scene().lanes.data()); }
  /// The middle of what is visible of an item.
  QPoint pointOn(const RibbonLane &one, const RibbonItem &item) {
    const QRectF lanes(view_->labelsWidth(), 0, view_->geometryOfBytes().width(), view_->viewport()->height());
    return view_->rectOf(numberOf(one), item).intersected(lanes).center().toPoint();
  }
  QPoint pointOnMessage(quint64 number, Direction direction = Direction::In) {
    const RibbonLane &messages = lane(RibbonLane::Kind::Messages, direction);
    for (const RibbonItem &item : messages.items) {
      if (item.number == number && !item.isSummary()) return pointOn(messages, item);
    }
    return {};
  }
  void wheel(QPointF at, QPoint turned, Qt::KeyboardModifiers modifiers = {}) {
    QWheelEvent event(at, view_->viewport()->mapToGlobal(at), {}, turned, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(view_->viewport(), &event);
  }
  void move(QPoint to, Qt::KeyboardModifiers modifiers = {}) {
    QMouseEvent event(QEvent::MouseMove, to, view_->viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                      modifiers);
    QApplication::sendEvent(view_->viewport(), &event);
  }
  void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mousePress(view_->viewport(), Qt::LeftButton, modifiers, from);
    move(from + (to - from) / 2, modifiers);
    move(to, modifiers);
    QTest::mouseRelease(view_->viewport(), Qt::LeftButton, modifiers, to);
  }
  double xOf(quint64 position) const { return view_->labelsWidth() + view_->geometryOfBytes().xOf(position); }

 private Q_SLOTS:
  void init() {
    capture_ = RibbonCapture();
    hub_ = std::make_unique<SelectionHub>();
    playhead_ = std::make_unique<Playhead>();
    view_ = std::make_unique<RibbonView>();
  }
  void cleanup() {
    view_.reset();
    playhead_.reset();
    second_.reset();
    decoder_.reset();
  }

  void wheelZoomsAroundTheCursor() {
    recordLines(1000);
    open(u"lines"_s);
    QTest::keyClick(view_.get(), Qt::Key_0);
    const double fit = view_->geometryOfBytes().scale();
    QCOMPARE(fit, view_->geometryOfBytes().fitScale());
    const QPointF cursor(400, 60);
    const double x = cursor.x() - view_->labelsWidth();
    const quint64 under = view_->geometryOfBytes().positionAt(x);
    for (int i = 0; i < 12; ++i) {
      wheel(cursor, {0, 120});
      QVERIFY(std::abs(view_->geometryOfBytes().xOf(under) - x) <= view_->geometryOfBytes().scale() + 0.5);
    }
    QVERIFY(view_->geometryOfBytes().scale() > fit * 30);
    const double closer = view_->geometryOfBytes().scale();
    wheel(cursor, {0, -120});
    QVERIFY(view_->geometryOfBytes().scale() < closer);
    // Sideways, and with Shift, it pans.
    const quint64 left = view_->geometryOfBytes().left();
    const double scale = view_->geometryOfBytes().scale();
    wheel(cursor, {0, -120}, Qt::ShiftModifier);
    QVERIFY(view_->geometryOfBytes().left() > left);
    QCOMPARE(view_->geometryOfBytes().scale(), scale);
    wheel(cursor, {120, 0});
    QCOMPARE(view_->geometryOfBytes().left(), left);
    for (int i = 0; i < 100; ++i) wheel(cursor, {0, -120});
    QCOMPARE(view_->geometryOfBytes().scale(), fit);
  }

  void dragPans() {
    recordLines(1000);
    open(u"lines"_s);
    view_->setFollowing(false);
    QTest::keyClick(view_.get(), Qt::Key_Home);
    const int y = static_cast<int>(view_->rows().lanes().front().band.top + 5);
    const double before = view_->geometryOfBytes().xOf(100);
    drag({600, y}, {450, y});
    QVERIFY(std::abs(before - view_->geometryOfBytes().xOf(100) - 150) < 1);
    drag({450, y}, {800, y});
    QCOMPARE(view_->geometryOfBytes().left(), 0ULL);
  }

  void scrollBarReachesEveryEnd() {
    recordLines(5000);
    open(u"lines"_s);
    QScrollBar *bar = view_->horizontalScrollBar();
    bar->setValue(0);
    QCOMPARE(view_->geometryOfBytes().left(), 0ULL);
    QVERIFY(!view_->isFollowing());
    bar->triggerAction(QAbstractSlider::SliderPageStepAdd);
    QVERIFY(view_->geometryOfBytes().left() > 0);
    bar->setValue(bar->maximum());
    QVERIFY(view_->geometryOfBytes().isAtEnd());
    QVERIFY(view_->isFollowing());
    QCOMPARE(bar->maximum(), ScrollMap(view_->geometryOfBytes().lastLeft()).maximum());
  }

  void clickSelects() {
    recordLines(40);
    open(u"lines"_s, u"4s:head *s:rest"_s);
    QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, pointOnMessage(38));
    QVERIFY(hub_->current());
    QCOMPARE(*hub_->current(), (Selection{Direction::In, {380, 390}, 38}));
    const RibbonLane &chunks = lane(RibbonLane::Kind::Chunks);
    QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, pointOn(chunks, chunks.items.back()));
    QCOMPARE(*hub_->current(), (Selection{Direction::In, {375, 400}, std::nullopt}));
    for (const RibbonItem &item : lane(RibbonLane::Kind::Fields).items) {
      if (item.number != 38 || item.kind != RibbonItem::Kind::Field) continue;
      QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, pointOn(lane(RibbonLane::Kind::Fields), item));
      QCOMPARE(hub_->current()->range, item.range);
      QCOMPARE(hub_->current()->message, std::optional<quint64>(38));
    }
    QCOMPARE(hub_->current()->range, (ByteRange{384, 389}));
    // In a summary: the message whose byte is under the cursor.
    recordLines(20'000);
    QVERIFY(capture_.read(*decoder_));
    QTest::keyClick(view_.get(), Qt::Key_0);
    const RibbonLane &many = lane(RibbonLane::Kind::Messages);
    const QPoint at = pointOn(many, many.items[many.items.size() / 2]);
    const quint64 offset = view_->geometryOfBytes().positionAt(at.x() - view_->labelsWidth());
    QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, at);
    QVERIFY(hub_->current()->range.contains(offset) || hub_->current()->range.begin == offset + 1);
    QCOMPARE(hub_->current()->range.size(), 10ULL);
  }

  void doubleClickFits() {
    recordLines(3000);
    open(u"lines"_s);
    view_->setFollowing(false);
    hub_->select(Selection{Direction::In, {15'000, 15'010}, 1500}, this);
    QTest::mouseDClick(view_->viewport(), Qt::LeftButton, {}, pointOnMessage(1500));
    QCOMPARE(view_->geometryOfBytes().scale(), RibbonGeometry::largestScale);
    QVERIFY(view_->geometryOfBytes().xOf(15'000) >= 0);
    QVERIFY(view_->geometryOfBytes().xOf(15'010) <= view_->geometryOfBytes().width());
  }

  void keysMoveTheSelection() {
    recordLines(100);
    open(u"lines"_s, u"4s:head *s:rest"_s);
    hub_->select(Selection{Direction::In, {500, 510}, 50}, this);
    QVERIFY(view_->geometryOfBytes().visible().contains(500));
    QTest::keyClick(view_.get(), Qt::Key_Right);
    QCOMPARE(hub_->current()->range, (ByteRange{510, 520}));
    QTest::keyClick(view_.get(), Qt::Key_Left);
    QTest::keyClick(view_.get(), Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(hub_->current()->message, std::optional<quint64>(49));
    QTest::keyClick(view_.get(), Qt::Key_Down);
    QCOMPARE(view_->currentLane(), RibbonLane::Kind::Fields);
    QTest::keyClick(view_.get(), Qt::Key_Right);
    QCOMPARE(hub_->current()->range, (ByteRange{490, 494}));
    QTest::keyClick(view_.get(), Qt::Key_Right);
    QTest::keyClick(view_.get(), Qt::Key_Right);
    QCOMPARE(hub_->current()->range, (ByteRange{499, 500}));  // the delimiter
    QTest::keyClick(view_.get(), Qt::Key_Up);
    QTest::keyClick(view_.get(), Qt::Key_Up);
    QCOMPARE(view_->currentLane(), RibbonLane::Kind::Chunks);
    QTest::keyClick(view_.get(), Qt::Key_Right);
    QCOMPARE(hub_->current()->range, (ByteRange{500, 525}));
    // However far it goes, it stays in sight.
    for (int i = 0; i < 30; ++i) {
      QTest::keyClick(view_.get(), Qt::Key_Left, Qt::ControlModifier);
      const ByteRange range = hub_->current()->range;
      QVERIFY(view_->geometryOfBytes().xOf(range.begin) >= 0);
      QVERIFY(view_->geometryOfBytes().xOf(range.end) <= view_->geometryOfBytes().width());
    }
    QTest::keyClick(view_.get(), Qt::Key_Home);
    QCOMPARE(view_->geometryOfBytes().left(), 0ULL);
    QTest::keyClick(view_.get(), Qt::Key_End);
    QVERIFY(view_->isFollowing());
    const double scale = view_->geometryOfBytes().scale();
    QTest::keyClick(view_.get(), Qt::Key_Plus);
    QVERIFY(view_->geometryOfBytes().scale() > scale);
    QTest::keyClick(view_.get(), Qt::Key_Minus);
    QVERIFY(std::abs(view_->geometryOfBytes().scale() - scale) < 1e-9);
    QTest::keyClick(view_.get(), Qt::Key_PageUp);
    QVERIFY(!view_->isFollowing());
    QTest::keyClick(view_.get(), Qt::Key_Return);
    QVERIFY(view_->geometryOfBytes().visible().contains(hub_->current()->range.begin));
    QTest::keyClick(view_.get(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"31 30 30"));
  }

  void followsUntilTheUserLooksElsewhere() {
    recordLines(200);
    open(u"lines"_s);
    QVERIFY(view_->isFollowing());
    recordLines(200);
    QVERIFY(capture_.read(*decoder_));
    QVERIFY(view_->geometryOfBytes().isAtEnd());
    QSignalSpy followed(view_.get(), &RibbonView::followingChanged);
    QTest::keyClick(view_.get(), Qt::Key_PageUp);
    QCOMPARE(followed.size(), 1);
    const quint64 left = view_->geometryOfBytes().left();
    recordLines(200);
    QVERIFY(capture_.read(*decoder_));
    QCOMPARE(view_->geometryOfBytes().left(), left);
    QTest::keyClick(view_.get(), Qt::Key_End);
    QCOMPARE(followed.size(), 2);
    QVERIFY(view_->geometryOfBytes().isAtEnd());
  }

  void playheadIsDragged() {
    recordLines(20);  // chunks of 25, the last ends at 200
    open(u"lines"_s);
    QTest::keyClick(view_.get(), Qt::Key_0);
    const int y = static_cast<int>(view_->rows().ruler().height / 2);
    const auto pointAt = [&](quint64 position) { return QPoint(static_cast<int>(std::ceil(xOf(position))), y); };
    drag(pointAt(200), pointAt(148));
    QVERIFY(!playhead_->isLive());
    QCOMPARE(playhead_->shown().bytesOf(Direction::In), 150ULL);
    QCOMPARE(decoder_->view(Direction::In).size(), 150ULL);
    QVERIFY(std::abs(view_->playheadX() - view_->geometryOfBytes().xOf(150)) < 0.5);
    // What has not come yet is not drawn, but there is room to drag forward.
    QCOMPARE(view_->axis().size(), 200ULL);
    for (const RibbonItem &item : lane(RibbonLane::Kind::Messages).items) {
      if (item.kind != RibbonItem::Kind::Ghost) QVERIFY(item.range.end <= 150);
    }
    drag(pointAt(150), pointAt(53));
    QCOMPARE(playhead_->shown().bytesOf(Direction::In), 50ULL);
    drag(pointAt(50), pointAt(58), Qt::AltModifier);
    QCOMPARE(playhead_->shown().bytesOf(Direction::In), 58ULL);
    drag(pointAt(58), pointAt(2));
    QCOMPARE(playhead_->shown().bytesOf(Direction::In), 0ULL);
    drag(pointAt(0), QPoint(view_->viewport()->width() - 3, y));
    QVERIFY(playhead_->isLive());
    QVERIFY2(!view_->wordsAt(pointAt(200)).isEmpty(), "where the playhead stands, in words");
  }

  void aSecondFramingStandsBelow() {
    recordLines(10);
    open(u"lines"_s);
    const std::size_t lanes = view_->rows().lanes().size();
    QSignalSpy rows(view_.get(), &RibbonView::rowsChanged);
    second_ = capture_.decoder(u"fixed:20"_s);
    view_->setSecond(second_.get());
    QCOMPARE(rows.size(), 1);
    QCOMPARE(view_->rows().lanes().size(), lanes + 2);
    const RibbonLane &other = lane(RibbonLane::Kind::Messages, Direction::In, true);
    QCOMPARE(other.items.size(), 5ULL);
    QCOMPARE(other.items.front().range, (ByteRange{0, 20}));
    const RibbonLane &own = lane(RibbonLane::Kind::Messages);
    QVERIFY(view_->rectOf(numberOf(own), own.items.front()).bottom() <
            view_->rectOf(numberOf(other), other.items.front()).top());
    QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, pointOn(other, other.items[2]));
    QCOMPARE(*hub_->current(), (Selection{Direction::In, {40, 60}, std::nullopt}));
    QVERIFY(view_->wordsAt(pointOn(other, other.items[2])).contains(u"Message 2"));
    view_->setDivergence(RibbonView::Divergence{Direction::In, 10, u"A ends message 0, B goes on"_s});
    const QPoint flag(qRound(xOf(10)) + 3, static_cast<int>(view_->rows().groups().front().marks.top + 4));
    QCOMPARE(view_->wordsAt(flag), u"A ends message 0, B goes on"_s);
    QVERIFY(view_->grab().width() > 0);
    second_.reset();
    QCOMPARE(view_->rows().lanes().size(), lanes);
  }

  void bothDirectionsInOneAxis() {
    capture_.record(Direction::In, "question\n");
    open(u"lines"_s);
    QCOMPARE(view_->rows().groups().size(), 1ULL);
    capture_.record(Direction::Out, "answer\n");
    QVERIFY(capture_.read(*decoder_));
    QCOMPARE(view_->rows().groups().size(), 2ULL);
    QCOMPARE(view_->axis().size(), 16ULL);
    const RibbonItem &answer = lane(RibbonLane::Kind::Messages, Direction::Out).items.front();
    QCOMPARE(answer.left, view_->geometryOfBytes().xOf(9));
    QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, pointOnMessage(0, Direction::Out));
    QCOMPARE(*hub_->current(), (Selection{Direction::Out, {0, 7}, 0}));
    view_->setShown(RibbonView::Shown::Out);
    QCOMPARE(view_->axis().size(), 7ULL);
    QCOMPARE(view_->rows().groups().size(), 1ULL);
  }

  void wordsForEverything() {
    capture_.record(Direction::In, QByteArray("\0\0", 2));
    capture_.record(Direction::In, QByteArray("\0\4abcd\0\0\0\1x\0\0\0\x09yyy", 18));
    capture_.finish(Direction::In, StreamEnd::Fin);
    open(u"length:u32be"_s, u"2s:a 2s:b"_s);
    const RibbonLane &chunks = lane(RibbonLane::Kind::Chunks);
    const RibbonLane &messages = lane(RibbonLane::Kind::Messages);
    const RibbonLane &fields = lane(RibbonLane::Kind::Fields);
    const auto words = [&](const RibbonLane &one, std::size_t item) {
      return view_->wordsAt(pointOn(one, one.items[item]));
    };
    QVERIFY2(words(chunks, 1).contains(u"carries bytes of 3 messages, 0 to 2"_s), qPrintable(words(chunks, 1)));
    QVERIFY2(words(messages, 0).contains(u"split over 2 chunks"_s), qPrintable(words(messages, 0)));
    QVERIFY(words(messages, 0).contains(u"so message 0 ends at byte 8"_s));
    QVERIFY(words(messages, 1).contains(u"came in one chunk"_s));
    QVERIFY2(words(messages, messages.items.size() - 1).contains(u"never came"_s),
             qPrintable(words(messages, messages.items.size() - 1)));
    QVERIFY2(words(fields, 0).startsWith(u"length = 4\nbytes 0 to 3"_s), qPrintable(words(fields, 0)));
    QVERIFY2(words(fields, 1).startsWith(u"field a = "_s), qPrintable(words(fields, 1)));
    QStringList marks;
    for (const RibbonMark &mark : view_->scene().marks) {
      const double y = view_->rows().groups().front().marks.top + 3;
      marks += view_->wordsAt(QPointF(view_->labelsWidth() + std::max(mark.x, 0.0) + 2, y));
    }
    const QString all = marks.join(u'|');
    for (const QString &part : {u"Chunk 0 ended at byte 2, inside the header of message 0"_s,
                                u"Chunk 1 carries bytes of 3 messages"_s, u"FIN: the sender finished after byte 20"_s,
                                u"The stream ended inside message 2: 7 bytes are left over, from byte 13 on"_s}) {
      QVERIFY2(all.contains(part), qPrintable(part + u" in " + all));
    }
    QVERIFY(view_->wordsAt({5, 5}).isEmpty());
  }

  void assistantsHearWhatIsSelected() {
    recordLines(10);
    open(u"lines"_s, u"4s:head *s:rest"_s);
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(view_.get());
    QVERIFY(face);
    QCOMPARE(face->role(), QAccessible::Chart);
    QCOMPARE(face->text(QAccessible::Name), u"Ribbon"_s);
    QVERIFY(face->text(QAccessible::Description).startsWith(u"10 messages"));
    QVERIFY(face->text(QAccessible::Value).contains(u"100 bytes"));
    hub_->select(Selection{Direction::In, {20, 30}, 2}, this);
    QVERIFY2(face->text(QAccessible::Description).startsWith(u"Message 2: bytes 20 to 29 (10 bytes)"),
             qPrintable(face->text(QAccessible::Description)));
    QTest::keyClick(view_.get(), Qt::Key_Down);
    QTest::keyClick(view_.get(), Qt::Key_Right);
    QVERIFY2(face->text(QAccessible::Description).startsWith(u"field head = "),
             qPrintable(face->text(QAccessible::Description)));
    QTest::keyClick(view_.get(), Qt::Key_Up);
    QTest::keyClick(view_.get(), Qt::Key_Up);
    QVERIFY2(face->text(QAccessible::Description).startsWith(u"Chunk 0"),
             qPrintable(face->text(QAccessible::Description)));
  }

  void nothingIsPaintedOutside_data() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<ThemeChoice>("theme");
    for (const QSize size : {QSize(200, 100), QSize(640, 160), QSize(2500, 300), QSize(40, 20)}) {
      QTest::addRow("%d light", size.width()) << size << ThemeChoice::Light;
      QTest::addRow("%d dark", size.width()) << size << ThemeChoice::Dark;
    }
  }
  void nothingIsPaintedOutside() {
    QFETCH(QSize, size);
    QFETCH(ThemeChoice, theme);
    recordLines(300);
    recordLines(40, Direction::Out);
    view_->setPalette(Theme::palette(theme));
    open(u"lines"_s, u"4s:head *s:rest"_s, size);
    for (int i = 0; i < 30; ++i) {
      QTest::keyClick(view_.get(), Qt::Key_Plus);
      const QImage picture = view_->grab().toImage();
      QVERIFY(!picture.isNull());
    }
    for (int i = 0; i < 60; ++i) {
      QTest::keyClick(view_.get(), Qt::Key_Minus);
      QVERIFY(!view_->grab().isNull());
    }
    // Dark is dark, light is light: most of the ground.
    if (size.width() < 200) return;
    const QImage picture = view_->viewport()->grab().toImage();
    const int lightness = picture.pixelColor(picture.width() - 5, picture.height() - 5).lightness();
    QVERIFY(theme == ThemeChoice::Dark ? lightness < 100 : lightness > 150);
  }

  void decoderMayGoAway() {
    recordLines(10);
    open(u"lines"_s);
    second_ = capture_.decoder(u"fixed:3"_s);
    view_->setSecond(second_.get());
    decoder_.reset();
    QCOMPARE(view_->axis().size(), 0ULL);
    QVERIFY(!view_->grab().isNull());
    QVERIFY(view_->wordsAt({300, 60}).isEmpty());
    QTest::keyClick(view_.get(), Qt::Key_Right);
    QVERIFY(view_->currentWords().startsWith(u"No bytes yet"));
  }

  void paneKeepsItsWords() {
    RibbonPane pane;
    pane.setWords(u"The receiver waits for the first byte."_s);
    pane.resize(700, 200);
    pane.show();
    QVERIFY(pane.ribbon()->isVisible());
    QSignalSpy lanes(&pane, &RibbonPane::lanesChanged);
    pane.setLanes(false);
    QCOMPARE(lanes.size(), 1);
    QVERIFY(!pane.ribbon()->isVisible());
    QVERIFY(pane.findChild<QLabel *>()->isVisible());
    pane.setLanes(true);
    QVERIFY(pane.ribbon()->isVisible());
  }
};

QTEST_MAIN(TestRibbonView)
#include "tst_ribbon_view.moc"

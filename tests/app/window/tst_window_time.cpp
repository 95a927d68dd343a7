// Time travel in the window, with real keys and a plain Python peer: stepping by recv() and by message, playing, back
// to live, and holding still while more comes and the framing changes.
#include "tests/app/window/open_window.h"
#include "tests/support/fake_play_clock.h"
#include "tests/support/python_peer.h"
#include "widgets/ribbon/playhead_bar.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QComboBox>
#include <QScrollBar>
#include <QToolButton>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;
using Control = PlayheadBar::Control;

class TestWindowTime : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;
  std::unique_ptr<PythonPeer> peer_;

  void clientConnects() {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    peer_ = std::make_unique<PythonPeer>(u"tcp_peer.py"_s, QStringList{u"connect"_s, QString::number(port), u"obey"_s});
    SOON_VERIFY(w_->window.shownLive() && w_->window.shownLive()->state() == LinkState::Open);
  }
  void arrives(const QByteArray &bytes) {
    const quint64 there = w_->connection()->stream(Direction::In).size();
    QCOMPARE(peer_->order("send " + bytes.toHex()), QByteArray("ok"));
    SOON_COMPARE(w_->connection()->stream(Direction::In).size(), there + static_cast<quint64>(bytes.size()));
    SOON_COMPARE(w_->view()->decoder()->liveView(Direction::In).size(), there + static_cast<quint64>(bytes.size()));
  }
  PlayheadBar *bar() { return w_->view()->playheadBar(); }
  quint64 shownBytes() { return w_->view()->source()->size(); }
  bool isEnabled(Control control) { return bar()->button(control)->isEnabled(); }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() {
    peer_.reset();
    w_.reset();
  }

  void stepsByKeysAndComesBack() {
    QVERIFY(!bar()->isEnabledTo(&w_->window) || !isEnabled(Control::ChunkBack));
    clientConnects();
    type(w_->spec(), u"fixed:4"_s);
    arrives("abcde");
    arrives("fgh");
    arrives("ijk");
    const QStringList all = {u"in 0+4 Complete"_s, u"in 4+4 Complete"_s, u"in 8+3 Incomplete"_s};
    SOON_COMPARE(w_->messageRows(), all);
    QCOMPARE(bar()->words(), u"live"_s);
    QVERIFY(!isEnabled(Control::Live) && !isEnabled(Control::ChunkOn) && isEnabled(Control::ChunkBack));

    w_->key(Qt::Key_F7);
    QCOMPARE(w_->messageRows(), QStringList(all.mid(0, 2)));
    QCOMPARE(shownBytes(), 8U);
    QVERIFY2(bar()->words().contains(u"recv() 2 of 3"), qPrintable(bar()->words()));
    QVERIFY2(w_->counts().contains(u"in 8 B in 2 recv()"), qPrintable(w_->counts()));
    QVERIFY2(w_->counts().contains(u"past"), qPrintable(w_->counts()));
    QVERIFY(w_->action(ActionId::Pause)->isChecked());
    QVERIFY(isEnabled(Control::Live) && isEnabled(Control::ChunkOn));
    w_->key(Qt::Key_F7);
    QCOMPARE(w_->messageRows(), (QStringList{u"in 0+4 Complete"_s, u"in 4+1 Incomplete"_s}));
    QVERIFY2(w_->words().contains(u"waiting for 3 more"), qPrintable(w_->words()));
    // More comes underneath, and is not shown.
    arrives("lmnop");
    SOON_VERIFY(bar()->words().contains(u"3 more chunks since"));
    QCOMPARE(shownBytes(), 5U);
    w_->key(Qt::Key_F8);
    QCOMPARE(shownBytes(), 8U);
    QTest::mouseClick(bar()->button(Control::ChunkOn), Qt::LeftButton);
    QCOMPARE(shownBytes(), 11U);
    QTest::mouseClick(bar()->button(Control::ChunkBack), Qt::LeftButton);
    QCOMPARE(shownBytes(), 8U);
    w_->key(Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(shownBytes(), 16U);
    QVERIFY(!w_->view()->isPaused() && !w_->action(ActionId::Pause)->isChecked());
    QVERIFY(!w_->counts().contains(u"past"));
    // Live again, it goes on by itself.
    arrives("qrst");
    SOON_COMPARE(shownBytes(), 20U);
    w_->key(Qt::Key_F7, Qt::ShiftModifier);
    QCOMPARE(w_->messageRows(), QStringList());
    QCOMPARE(shownBytes(), 0U);
    QVERIFY(!w_->action(ActionId::StepBack)->isEnabled());
  }

  void stepsByMessageAndSelectsIt() {
    clientConnects();
    type(w_->spec(), u"fixed:4"_s);
    arrives("aaaabbbbcc");  // two messages and a half in one chunk
    arrives("ccdddd");
    SOON_COMPARE(w_->messageRows().size(), 4);
    w_->key(Qt::Key_F7, Qt::ShiftModifier);
    for (const quint64 end : {4U, 8U, 12U}) {
      w_->key(Qt::Key_Down, Qt::ControlModifier);
      QCOMPARE(shownBytes(), end);
      QCOMPARE(w_->currentRange(), (ByteRange{end - 4, end}));
      QCOMPARE(w_->bytes()->selection(), (ByteRange{end - 4, end}));
    }
    w_->key(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(shownBytes(), 8U);
    QCOMPARE(w_->currentRange(), (ByteRange{4, 8}));
    QTest::mouseClick(bar()->button(Control::MessageBack), Qt::LeftButton);
    QCOMPARE(shownBytes(), 4U);
    QTest::mouseClick(bar()->button(Control::MessageOn), Qt::LeftButton);
    QCOMPARE(shownBytes(), 8U);
    // Live, the selected message is where it goes on from.
    w_->key(Qt::Key_F8, Qt::ShiftModifier);
    w_->key(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(shownBytes(), 12U);
    QCOMPARE(w_->currentRange(), (ByteRange{8, 12}));
  }

  void whoeverStepsSeesWhatAStepBrings() {
    clientConnects();
    type(w_->spec(), u"fixed:4"_s);
    arrives("aaaa");
    arrives("bbbb");
    SOON_COMPARE(w_->messageRows().size(), 2);
    w_->view()->setFollowing(false);
    w_->key(Qt::Key_F7);
    QVERIFY(w_->view()->isFollowing());
  }

  void theRibbonShowsTheMoment() {
    clientConnects();
    type(w_->spec(), u"fixed:500"_s);
    for (int i = 0; i < 8; ++i) arrives(QByteArray(500, 'x'));
    SOON_COMPARE(w_->messageRows().size(), 8);
    RibbonView *ribbon = w_->view()->ribbon();
    const auto isInSight = [&] {
      return ribbon->playheadX() >= 0 && ribbon->playheadX() <= ribbon->geometryOfBytes().width();
    };
    while (ribbon->geometryOfBytes().width() > 600 * ribbon->geometryOfBytes().scale()) ribbon->zoomIn();
    w_->view()->setFollowing(true);
    QVERIFY(isInSight());
    w_->view()->playhead()->first();
    QVERIFY(w_->view()->isFollowing());
    QVERIFY(isInSight());
    for (int i = 0; i < 3; ++i) {
      w_->key(Qt::Key_F8);
      QVERIFY(isInSight());
    }
    // Who has looked elsewhere comes back with what is followed; what arrives meanwhile moves nothing.
    w_->view()->setFollowing(false);
    ribbon->horizontalScrollBar()->setValue(ribbon->horizontalScrollBar()->maximum());
    QVERIFY(!isInSight());
    w_->view()->setFollowing(true);
    QVERIFY(isInSight());
    QVERIFY(!ribbon->isFollowing());
    arrives(QByteArray(2000, 'x'));
    QVERIFY(isInSight());
    w_->view()->playhead()->returnToLive();
    QVERIFY(isInSight() && ribbon->isFollowing());
  }

  void aSelectionThatHasNotComeYetGoes() {
    clientConnects();
    type(w_->spec(), u"fixed:4"_s);
    arrives("aaaabb");
    arrives("bb");
    SOON_COMPARE(w_->messageRows().size(), 2);
    w_->clickByte(5);
    QCOMPARE(w_->view()->hub()->current()->message, std::optional<quint64>(1));
    w_->key(Qt::Key_F7);
    QVERIFY(w_->view()->hub()->current());
    w_->key(Qt::Key_F8);
    w_->bytes()->select({5, 8});
    w_->key(Qt::Key_F7);
    QCOMPARE(w_->view()->hub()->current()->range, (ByteRange{5, 6}));
    QCOMPARE(w_->bytes()->selection(), (ByteRange{5, 6}));
    w_->key(Qt::Key_F7);
    QVERIFY(!w_->view()->hub()->current());
    QVERIFY(!w_->messages()->currentIndex().isValid());
    QVERIFY(w_->bytes()->selection().isEmpty());
  }

  void whatIsOpenIsOpenAgain() {
    clientConnects();
    type(w_->spec(), u"length:u8"_s);
    arrives(QByteArray("\2ab", 3));
    arrives(QByteArray("\2cd", 3));
    SOON_COMPARE(w_->messageRows().size(), 2);
    const auto lastRow = [this] {
      const QAbstractItemModel *model = w_->messages()->model();
      return model->index(model->rowCount() - 1, 0);
    };
    w_->messages()->setOpen(lastRow(), true);
    const quint64 lines = w_->messages()->lineCount();
    w_->key(Qt::Key_F7);
    QVERIFY(w_->messages()->lineCount() < lines);
    QVERIFY(!w_->messages()->isOpen(lastRow()));
    w_->key(Qt::Key_F8);
    QCOMPARE(w_->messages()->lineCount(), lines);
    QVERIFY(w_->messages()->isOpen(lastRow()));
  }

  void changingTheFramingWhilePausedShowsNothingNew() {
    clientConnects();
    type(w_->spec(), u"fixed:2"_s);
    arrives("abcd");
    SOON_COMPARE(w_->messageRows().size(), 2);
    w_->key(Qt::Key_P, Qt::ControlModifier);
    arrives("efgh");
    type(w_->spec(), u"fixed:3"_s);
    SOON_COMPARE(w_->messageRows(), (QStringList{u"in 0+3 Complete"_s, u"in 3+1 Incomplete"_s}));
    QCOMPARE(shownBytes(), 4U);
    SOON_VERIFY(w_->counts().contains(u"4 more bytes"));
    w_->key(Qt::Key_P, Qt::ControlModifier);
    SOON_COMPARE(w_->messageRows().size(), 3);
    QCOMPARE(shownBytes(), 8U);
  }

  void theSpeedIsRemembered() {
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"settings.ini"_s);
    for (const QString &speed : {u"10 recv/s"_s, u"0.25×"_s}) {
      {
        OpenWindow before(path);
        QComboBox *speeds = before.view()->playheadBar()->speeds();
        speeds->setCurrentText(speed);
        Q_EMIT speeds->activated(speeds->currentIndex());
        before.window.close();
      }
      OpenWindow after(path);
      QCOMPARE(after.view()->playheadBar()->speeds()->currentText(), speed);
      QCOMPARE(after.view()->playhead()->speed(), speed.endsWith(u"/s")
                                                      ? (PlaySpeed{PlaySpeed::Kind::StepsPerSecond, 10})
                                                      : (PlaySpeed{PlaySpeed::Kind::Recorded, 0.25}));
    }
  }

  void playsAndStays() {
    auto *clock = new FakePlayClock;
    w_->view()->playhead()->setClock(std::unique_ptr<PlayClock>(clock));
    clientConnects();
    type(w_->spec(), u"fixed:1"_s);
    for (int i = 0; i < 4; ++i) arrives("ab");
    SOON_COMPARE(w_->messageRows().size(), 8);
    // Two steps a second, chosen in the bar.
    QComboBox *speeds = bar()->speeds();
    speeds->setFocus();
    while (speeds->currentText() != u"2 recv/s"_s && speeds->currentIndex() + 1 < speeds->count()) {
      QTest::keyClick(speeds, Qt::Key_Down);
    }
    QCOMPARE(w_->view()->playhead()->speed(), (PlaySpeed{PlaySpeed::Kind::StepsPerSecond, 2}));
    w_->key(Qt::Key_F9);
    QVERIFY(w_->action(ActionId::Play)->isChecked());
    QCOMPARE(w_->view()->playhead()->timeline().stepsOf(w_->view()->playhead()->shown()), 0U);
    constexpr qint64 half = 500'000'000;
    clock->pass(2 * half);
    QCOMPARE(w_->view()->playhead()->timeline().stepsOf(w_->view()->playhead()->shown()), 2U);
    QTest::mouseClick(bar()->button(Control::Play), Qt::LeftButton);
    QVERIFY(!w_->action(ActionId::Play)->isChecked());
    const quint64 there = shownBytes();
    clock->pass(20 * half);
    QCOMPARE(shownBytes(), there);
    QVERIFY(!w_->view()->playhead()->isLive());
    w_->key(Qt::Key_F9);
    clock->pass(20 * half);
    QVERIFY(w_->view()->playhead()->isLive() && !w_->view()->playhead()->isPlaying());
    QCOMPARE(shownBytes(), 8U);
  }

  void aStepBackFromTheFirstMessageIsTheBeginning() {
    clientConnects();
    type(w_->spec(), u"fixed:4"_s);
    arrives("aaaa");
    arrives("bbbb");
    SOON_COMPARE(w_->messageRows().size(), 2);
    w_->clickByte(0);
    QVERIFY(w_->view()->hub()->current());
    QCOMPARE(w_->view()->hub()->current()->message, std::optional<quint64>(0));
    w_->key(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(shownBytes(), 0U);
    QVERIFY(!w_->view()->playhead()->isLive());
  }
};

QTEST_MAIN(TestWindowTime)
#include "tst_window_time.moc"

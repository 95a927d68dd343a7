// Framings that join payloads, in the window: the joined payloads are shown, the stream when asked for, and the way
// back goes from bytes to what carried them; what is compared, cleared and started again then. With the keys.
#include "tests/app/window/open_window.h"

#include "app/comparing.h"
#include "model/items/connection_comparison.h"
#include "tests/support/python_peer.h"
#include "widgets/decoder/compare_bar.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QFile>
#include <QStatusBar>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

const QByteArray records("\4ab\nc\3d\nX\2Y\n", 12);

}  // namespace

class TestWindowLayers : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  const QStringList joined_ = {text("in 0+3 Complete"), text("in 3+3 Complete"), text("in 6+3 Complete")};
  const QStringList stream_ = {text("in 0+5 Complete"), text("in 5+4 Complete"), text("in 9+3 Complete")};

  void open(const QByteArray &bytes, const char *framing) {
    QFile file(w_->dir.filePath(text("records.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    w_->window.commands()->openFile(file.fileName());
    type(w_->spec(), text(framing));
  }
  void control(Qt::Key key, Qt::KeyboardModifiers more = {}) { w_->key(key, Qt::ControlModifier | more); }
  QString said() { return w_->window.statusBar()->currentMessage(); }
  CompareBar *bar() { return w_->window.compareBar(); }
  ErrorLineEdit *second() { return named<ErrorLineEdit>(bar(), text("Second framing as text (SPEC)")); }
  QString compared() { return named<QLabel>(bar(), text("Where the two framings part"))->text(); }
  std::size_t restartMarks() {
    std::size_t count = 0;
    for (const RibbonMark &mark : w_->view()->ribbon()->scene().marks) {
      if (mark.kind == RibbonMark::Kind::Restart) ++count;
    }
    return count;
  }

 private Q_SLOTS:
  void init() {
    w_ = std::make_unique<OpenWindow>();
    open(records, "length:u8 |+ lines");
    SOON_COMPARE(w_->messageRows(), joined_);
  }
  void cleanup() { w_.reset(); }

  void joinedPayloadsAreShownAndTheWayBackGoesToTheStream() {
    QAction *const show = w_->action(ActionId::ShowJoined);
    QVERIFY(show->isEnabled() && show->isChecked());
    // "c", the end of the first payload, begins the second line.
    w_->clickByte(3);
    control(Qt::Key_J, Qt::ShiftModifier);
    SOON_COMPARE(w_->messageRows(), stream_);
    QVERIFY(!show->isChecked());
    const auto selected = w_->view()->hub()->current();
    QVERIFY(selected);
    QCOMPARE(selected->range, (ByteRange{4, 5}));
    QCOMPARE(said(), text("It came in message 0, byte 4."));

    control(Qt::Key_J);
    SOON_COMPARE(w_->messageRows(), joined_);
    control(Qt::Key_Z);
    SOON_COMPARE(w_->messageRows(), stream_);
    control(Qt::Key_Z);
    SOON_COMPARE(w_->messageRows(), joined_);
    control(Qt::Key_Z, Qt::ShiftModifier);
    SOON_COMPARE(w_->messageRows(), stream_);
  }

  void otherFramingsHaveNothingToShowJoined() {
    type(w_->spec(), text("length:u8 | lines"));
    SOON_COMPARE(w_->messageRows(), stream_);
    QVERIFY(!w_->action(ActionId::ShowJoined)->isEnabled());
    QVERIFY(!w_->action(ActionId::ShowOrigin)->isEnabled());
    control(Qt::Key_J);
    control(Qt::Key_J, Qt::ShiftModifier);
    QCOMPARE(w_->messageRows(), stream_);
  }

  void framingIsStartedAgainInTheStreamOnly() {
    w_->clickByte(4);
    control(Qt::Key_K);
    QVERIFY2(said().contains(text("show the stream with Ctrl+J first")), qPrintable(said()));
    QCOMPARE(w_->messageRows(), joined_);
    QVERIFY(w_->window.shownCapture()->decodeSettings().restartsOf(Direction::In, 0).isEmpty());
    Q_EMIT w_->view()->ribbon()->restartAsked(Direction::In, 4);
    QVERIFY(w_->window.shownCapture()->decodeSettings().restartsOf(Direction::In, 0).isEmpty());
    // Started again in the stream, it is another stream of joined payloads: without the mark, which is not theirs.
    control(Qt::Key_J);
    SOON_COMPARE(w_->messageRows(), stream_);
    w_->clickByte(9);
    QVERIFY(!w_->action(ActionId::StartAgainHere)->isEnabled());  // a message begins there
    w_->clickByte(8);
    control(Qt::Key_K);
    const QStringList again = {text("in 0+5 Complete"), text("in 5+3 Incomplete"), text("in 8+4 Incomplete")};
    SOON_COMPARE(w_->messageRows(), again);
    QCOMPARE(restartMarks(), 1ULL);
    control(Qt::Key_J);
    SOON_VERIFY(w_->messageRows().value(0) == joined_[0]);
    QCOMPARE(restartMarks(), 0ULL);
  }

  void joinedPayloadsAreComparedAsSuch() {
    control(Qt::Key_D, Qt::ShiftModifier);
    QVERIFY(bar()->isVisible());
    // What joins them stays, and what cuts them is what is compared.
    QCOMPARE(second()->text(), text("length:u8 |+ chunks"));
    const Comparing *comparing = w_->window.commands()->comparing();
    SOON_VERIFY(comparing->comparison() && comparing->comparison()->found().divergence);
    QCOMPARE(comparing->comparison()->found().divergence->offset(), 0ULL);
    type(second(), text("length:u8 |+ fixed:3"));
    SOON_VERIFY(comparing->comparison() && !comparing->comparison()->isBusy());
    SOON_VERIFY(comparing->second() && comparing->second()->messageCount(Direction::In) == 3);
    QCOMPARE(comparing->second()->view(Direction::In).size(), 9ULL);
    QCOMPARE(w_->view()->ribbon()->rows().lanes().size(), 5ULL);
    // Other payloads are other bytes: that is said, with what to do.
    for (const char *other : {"lines", "length:u8", "length:u16be |+ lines"}) {
      type(second(), text(other));
      QVERIFY(!comparing->comparison());
      QVERIFY2(compared().contains(text("let it begin with “length:u8 |+”")), qPrintable(compared()));
      QVERIFY(bar()->isVisible() && w_->action(ActionId::Compare)->isChecked());
    }
    type(second(), text("lines"));
    control(Qt::Key_J);
    SOON_COMPARE(w_->messageRows(), stream_);
    SOON_VERIFY(comparing->comparison() && comparing->comparison()->found().divergence);
    QCOMPARE(comparing->comparison()->found().divergence->offset(), 0ULL);
    // The bar's key closes it, whatever it shows.
    control(Qt::Key_J);
    SOON_COMPARE(w_->messageRows(), joined_);
    QVERIFY(!comparing->comparison());
    control(Qt::Key_D, Qt::ShiftModifier);
    QVERIFY(!bar()->isVisible());
  }

  void whatWasClearedIsCountedInWhatIsShown() {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    PythonPeer peer(text("tcp_peer.py"), {text("connect"), QString::number(port), text("obey")});
    SOON_VERIFY(w_->window.shownLive() && w_->window.shownLive()->state() != LinkState::Connecting);
    type(w_->spec(), text("length:u8 |+ lines"));
    QCOMPARE(peer.order("send " + records.toHex()), QByteArray("ok"));
    SOON_COMPARE(w_->messageRows(), joined_);
    control(Qt::Key_Delete, Qt::ShiftModifier);
    SOON_COMPARE(w_->messageRows(), QStringList());
    QCOMPARE(peer.order("send " + QByteArray("\3ef\n", 4).toHex()), QByteArray("ok"));
    SOON_COMPARE(w_->messageRows(), QStringList{text("in 9+3 Complete")});
    // A layout reads the same bytes: they stay put away.
    type(w_->layout(), text("*s:line"));
    SOON_COMPARE(w_->messageRows(), QStringList{text("in 9+3 Complete")});
    // The stream is other bytes: nothing of it was put away.
    control(Qt::Key_J);
    SOON_COMPARE(w_->messageRows(), stream_ + QStringList{text("in 12+4 Complete")});
    QVERIFY(!w_->view()->isCleared());
    QVERIFY2(said().startsWith(text("What was cleared is shown again")), qPrintable(said()));
    control(Qt::Key_Delete, Qt::ShiftModifier);
    SOON_COMPARE(w_->messageRows(), QStringList());
    control(Qt::Key_J);
    SOON_COMPARE(w_->messageRows(), joined_ + QStringList{text("in 9+3 Complete")});
  }
};

QTEST_MAIN(TestWindowLayers)
#include "tst_window_layers.moc"

// Two framings side by side in the window: opened, typed, explained, jumped to, swapped, kept, undone; while bytes
// come.
#include "tests/app/window/open_window.h"

#include "app/comparing.h"
#include "model/items/connection_comparison.h"
#include "tests/support/python_peer.h"
#include "widgets/decoder/compare_bar.h"

#include <QFile>
#include <QSignalSpy>
#include <QToolButton>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

}  // namespace

class TestWindowCompare : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;
  std::unique_ptr<PythonPeer> peer_;

  Capture *open(const char *name, const QByteArray &bytes, const char *framing) {
    QFile file(w_->dir.filePath(text(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) return nullptr;
    file.close();
    w_->window.commands()->openFile(file.fileName());
    type(w_->spec(), text(framing));
    return w_->window.shownCapture();
  }
  CompareBar *bar() { return w_->window.compareBar(); }
  ErrorLineEdit *second() { return named<ErrorLineEdit>(bar(), text("Second framing as text (SPEC)")); }
  QString words() { return named<QLabel>(bar(), text("Where the two framings part"))->text(); }
  void compare() { w_->key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier); }
  const DecodeSettings &settings() { return w_->window.shownCapture()->decodeSettings(); }
  void click(ActionId id) {
    for (auto *one : bar()->findChildren<QToolButton *>()) {
      if (one->defaultAction() != w_->action(id)) continue;
      QVERIFY(one->isVisible() && one->isEnabled());
      QTest::mouseClick(one, Qt::LeftButton);
      return;
    }
    QFAIL("no such button");
  }
  void undo() { w_->key(Qt::Key_Z, Qt::ControlModifier); }
  void listensToAPeer() {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    peer_ = std::make_unique<PythonPeer>(text("tcp_peer.py"),
                                         QStringList{text("connect"), QString::number(port), text("obey")});
    SOON_VERIFY(w_->window.shownLive() && w_->window.shownLive()->state() != LinkState::Connecting);
  }
  void arrives(const QByteArray &bytes) {
    const quint64 there = w_->connection()->stream(Direction::In).size();
    QCOMPARE(peer_->order("send " + bytes.toHex()), QByteArray("ok"));
    SOON_COMPARE(w_->view()->decoder()->view(Direction::In).size(), there + static_cast<quint64>(bytes.size()));
  }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() {
    peer_.reset();
    w_.reset();
  }

  void byteOrderAtAGlance() {
    QVERIFY(open("a.bin", QByteArray("\0\0\0\2ab\0\0\0\1c", 11), "length:u32be"));
    QVERIFY(!bar()->isVisible());
    compare();
    QVERIFY(bar()->isVisible());
    QVERIFY(second()->hasFocus());
    // The usual mistake is what it begins with.
    QCOMPARE(second()->text(), text("length:u32le"));
    QCOMPARE(settings().secondOf(Direction::Out), text("length:u32le"));  // both directions are read alike, and stay so
    SOON_COMPARE(words(),
                 text("⇄ A ends message 0 at byte 6, because it read 00 00 00 02 (bytes 0–3) as u32be → 2; B is left "
                      "with message 0 incomplete at byte 11, 33,554,425 bytes short, because it read 00 00 00 02 "
                      "(bytes 0–3) as u32le → 33,554,432. Byte order: the same bytes (00 00 00 02) are 2 read "
                      "big-endian and 33,554,432 read little-endian."));
    QVERIFY(w_->action(ActionId::Compare)->isChecked());
    compare();
    QVERIFY(!bar()->isVisible());
    QVERIFY(settings().seconds[0].isEmpty());
    QVERIFY(!w_->action(ActionId::GoToDivergence)->isEnabled());
  }

  void offByTheHeaderAtAGlance() {
    QVERIFY(open("a.bin", "\4abc\4def\4ghi\4jkl", "length:u8,adjust=-1"));
    compare();
    type(second(), text("length:u8"));
    SOON_COMPARE(
        words(),
        text("⇄ A ends message 0 at byte 4, because it read 04 (byte 0) as u8 → 4, adjusted by −1; B ends "
             "message 0 at byte 5, because it read 04 (byte 0) as u8 → 4. Off by the header: both read 4; in A "
             "that counts the 1 byte of the header too, in B only what follows it."));
  }

  void oneReceiveAtAGlance() {
    listensToAPeer();
    type(w_->spec(), text("lines"));
    QCOMPARE(peer_->order("send " + QByteArray("one\ntwo\nthr").toHex()), QByteArray("ok"));
    SOON_COMPARE(w_->view()->decoder()->view(Direction::In).size(), 11U);
    compare();
    QCOMPARE(second()->text(), text("chunks"));
    SOON_COMPARE(
        words(),
        text("⇄ A ends message 0 at byte 4, because it found the delimiter (\\n) at byte 3; B ends message 0 at "
             "byte 11, because one chunk ended there, what one recv() or send() carried. One recv() is not "
             "one message: this one returned 2 messages of A and a part of the next."));
    // It follows what comes.
    QCOMPARE(second()->text(), text("chunks"));
    type(second(), text("delimiter:\\n,max=4"));
    SOON_COMPARE(words(), text("A and B say the same of 2 messages, up to byte 11."));
    QCOMPARE(peer_->order("send " + QByteArray("ee\nx").toHex()), QByteArray("ok"));
    SOON_VERIFY2(words().startsWith(text("⇄ A ends message 2 at byte 14")), qPrintable(words()));
    SOON_COMPARE(w_->window.commands()->comparing()->second()->view(Direction::In).size(), 15U);
    QCOMPARE(w_->window.commands()->comparing()->second()->messageCount(Direction::In), 4U);
  }

  void aWrongSpecSaysSoAndChangesNothing() {
    QVERIFY(open("a.bin", "one\ntwo\nthree\n", "lines,keep=yes"));
    compare();
    type(second(), text("fixed:4"));
    SOON_VERIFY2(words().contains(text("message 2")), qPrintable(words()));
    const QString before = words();
    QTest::keyClicks(second(), text("x"));
    QVERIFY(second()->error());
    QVERIFY2(w_->sentenceOf(second()).contains(text("at character")), qPrintable(w_->sentenceOf(second())));
    QCOMPARE(words(), before);
    QCOMPARE(settings().secondOf(Direction::In), text("fixed:4"));
    QTest::keyClick(second(), Qt::Key_Backspace);
    QVERIFY(!second()->error());
    QCOMPARE(settings().of(Direction::In).framing, text("lines,keep=yes"));
  }

  void jumpsToWhereTheyPart() {
    QVERIFY(open("a.bin", "one\ntwo\nthree\nfour\n", "lines,keep=yes"));
    compare();
    type(second(), text("fixed:4"));
    SOON_VERIFY2(words().startsWith(text("⇄ A ends message 2 at byte 14")), qPrintable(words()));
    QVERIFY(w_->action(ActionId::GoToDivergence)->isEnabled());
    SOON_COMPARE(w_->messageRows().size(), 4);
    w_->clickByte(0);
    w_->key(Qt::Key_F4);
    QCOMPARE(w_->view()->hub()->current()->range, (ByteRange{8, 14}));
    SOON_COMPARE(w_->currentRange(), (ByteRange{8, 14}));
    QCOMPARE(w_->bytes()->selection(), (ByteRange{8, 14}));
    w_->clickByte(1);
    click(ActionId::GoToDivergence);
    QCOMPARE(w_->bytes()->selection(), (ByteRange{8, 14}));
  }

  void swapsAndKeepsAndIsUndone() {
    QVERIFY(open("a.bin", "one\ntwo\nthree\nfour\n", "lines,keep=yes"));
    compare();
    type(second(), text("fixed:4"));
    SOON_VERIFY(words().startsWith(text("⇄ A ends message 2 at byte 14")));
    click(ActionId::SwapFramings);
    QCOMPARE(settings().of(Direction::In).framing, text("fixed:4"));
    QCOMPARE(settings().secondOf(Direction::In), text("lines,keep=yes"));
    QCOMPARE(w_->spec()->text(), text("fixed:4"));
    QCOMPARE(second()->text(), text("lines,keep=yes"));
    SOON_VERIFY2(words().startsWith(text("⇄ A ends message 2 at byte 12")), qPrintable(words()));
    SOON_COMPARE(w_->messageRows().size(), 5);
    QCOMPARE(w_->action(ActionId::Undo)->text(), text("&Undo Swap A and B"));
    click(ActionId::KeepB);
    QCOMPARE(settings().of(Direction::In).framing, text("lines,keep=yes"));
    QVERIFY(settings().secondOf(Direction::In).isEmpty());
    QVERIFY(!bar()->isVisible());
    QCOMPARE(w_->action(ActionId::Undo)->text(), text("&Undo Keep B: lines,keep=yes"));
    undo();
    QVERIFY(bar()->isVisible());
    QCOMPARE(second()->text(), text("lines,keep=yes"));
    QCOMPARE(w_->spec()->text(), text("fixed:4"));
    click(ActionId::KeepA);
    QCOMPARE(settings().of(Direction::In).framing, text("fixed:4"));
    QVERIFY(!bar()->isVisible());
    undo();
    undo();
    QCOMPARE(w_->action(ActionId::Undo)->text(), text("&Undo Compare with fixed:4"));
    QCOMPARE(settings().of(Direction::In).framing, text("lines,keep=yes"));
    QCOMPARE(settings().secondOf(Direction::In), text("fixed:4"));
  }

  void typingInBIsOneStepAndLeavesTheRowsAlone() {
    QVERIFY(open("a.bin", "one\ntwo\nthree\nfour\n", "lines"));
    SOON_COMPARE(w_->messageRows().size(), 4);
    QSignalSpy resets(w_->messages()->model(), &QAbstractItemModel::modelReset);
    compare();
    type(second(), text("fixed:12"));
    w_->bytes()->setFocus();
    QCOMPARE(resets.size(), 0);
    QCOMPARE(w_->action(ActionId::Undo)->text(), text("&Undo Compare with fixed:12"));
    undo();
    QCOMPARE(settings().secondOf(Direction::In), text("chunks"));
    undo();
    QVERIFY(!bar()->isVisible());
    QCOMPARE(w_->action(ActionId::Undo)->text(), text("&Undo Framing lines"));
    QCOMPARE(resets.size(), 0);
  }

  void staysWithItsCapture() {
    Capture *one = open("a.bin", "one\ntwo\n", "lines");
    compare();
    type(second(), text("fixed:3"));
    QVERIFY(open("b.bin", "three\nfour\n", "lines"));
    QVERIFY(!bar()->isVisible());
    w_->window.showConnection(one, 0);
    QVERIFY(bar()->isVisible());
    QCOMPARE(second()->text(), text("fixed:3"));
    SOON_VERIFY2(words().startsWith(text("⇄ A ends message 0 at byte 4")), qPrintable(words()));
    w_->window.commands()->closeCapture(one);
    QVERIFY(!bar()->isVisible());
    QVERIFY(!w_->window.commands()->comparing()->comparison());
  }

  void thePastIsComparedAsItWas() {
    listensToAPeer();
    type(w_->spec(), text("lines,keep=yes"));
    arrives("one\ntwo\n");
    arrives("three\n");
    compare();
    type(second(), text("fixed:4"));
    SOON_VERIFY2(words().startsWith(text("⇄ A ends message 2 at byte 14")), qPrintable(words()));
    const ConnectionDecoder *other = w_->window.commands()->comparing()->second();
    SOON_COMPARE(other->view(Direction::In).size(), 14U);
    w_->key(Qt::Key_F7);
    SOON_COMPARE(words(), text("A and B say the same of 2 messages, up to byte 8."));
    QCOMPARE(other->view(Direction::In).size(), 8U);
    QCOMPARE(other->messageCount(Direction::In), 2U);
    QVERIFY(!w_->action(ActionId::GoToDivergence)->isEnabled());
    w_->key(Qt::Key_F8, Qt::ShiftModifier);
    SOON_VERIFY2(words().startsWith(text("⇄ A ends message 2 at byte 14")), qPrintable(words()));
  }

  void whatWasClearedIsNotCompared() {
    listensToAPeer();
    type(w_->spec(), text("lines,keep=yes"));
    arrives("x\n");
    compare();
    type(second(), text("fixed:4"));
    SOON_VERIFY2(words().startsWith(text("⇄ A ends message 0 at byte 2")), qPrintable(words()));
    w_->action(ActionId::Clear)->trigger();
    arrives("one\ntwo\n");
    SOON_VERIFY2(words().startsWith(text("A and B say the same of 2 messages")), qPrintable(words()));
    const ConnectionDecoder *other = w_->window.commands()->comparing()->second();
    SOON_COMPARE(other->messageCount(Direction::In), 2U);
    QCOMPARE(other->message(Direction::In, 0).range(), (ByteRange{2, 6}));
  }

  void aRestartOfTheFramingIsOneOfBoth() {
    QVERIFY(open("a.bin", "one\ntwo\nthree\n", "lines"));
    compare();
    type(second(), text("fixed:4"));
    SOON_COMPARE(w_->messageRows().size(), 3);
    w_->clickByte(2);
    w_->key(Qt::Key_K, Qt::ControlModifier);
    SOON_COMPARE(w_->messageRows().size(), 4);
    SOON_VERIFY2(
        words().startsWith(text("⇄ A ends message 1 at byte 4, because it found the delimiter (\\n) at byte 3; "
                                "B ends message 1 at byte 6")),
        qPrintable(words()));
  }
};

QTEST_MAIN(TestWindowCompare)
#include "tst_window_compare.moc"

// Payloads with bytes of their own, in the window: shown beside the stream with the key, linked to the message list and
// to the bytes of the stream both ways, found in, closed; while bytes come, under another framing, in the past.
#include "tests/app/window/open_window.h"

#include "model/framing/registry.h"
#include "tests/support/python_peer.h"
#include "widgets/hexview/find_bar.h"
#include "widgets/hexview/payload_pane.h"
#include "widgets/inspector/inspector_panel.h"

#include <QFile>
#include <QMenu>
#include <QStatusBar>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

QByteArray encoded(const char *spec, const QByteArray &payload) {
  return (*framerFromSpec(text(spec)))->encode(payload).value_or(QByteArray());
}

}  // namespace

class TestWindowPayloads : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  void open(const QByteArray &bytes, const char *framing, const char *layout = "") {
    QFile file(w_->dir.filePath(text("payloads.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    w_->window.commands()->openFile(file.fileName());
    w_->decode(text(framing), text(layout));
    SOON_VERIFY(!w_->view()->decoder()->isBusy() && w_->messages()->model()->rowCount() > 0);
  }
  void showPayload() { w_->key(Qt::Key_U, Qt::ControlModifier); }
  PayloadPane *pane() { return w_->view()->payloadPane(); }
  bool isRead(quint64 size) {
    return pane()->reading() && pane()->reading()->isComplete() && pane()->source()->size() == size;
  }
  void clickInPayload(quint64 offset) {
    HexView *bytes = pane()->bytes();
    QTest::mouseClick(bytes->viewport(), Qt::LeftButton, {},
                      bytes->cellRect(HexColumn::Hex, offset).center().toPoint());
  }
  /// Goes to a row with the keys: opens what it lies in, and walks down.
  void goTo(const QModelIndex &row) {
    const QPersistentModelIndex wanted = row;
    w_->messages()->setFocus();
    QTest::keyClick(w_->messages(), Qt::Key_Home, Qt::ControlModifier);
    for (int i = 0; i < 200 && w_->messages()->currentIndex().siblingAtColumn(0) != wanted; ++i) {
      const QModelIndex now = w_->messages()->currentIndex().siblingAtColumn(0);
      bool isAround = false;
      for (QModelIndex at = wanted; at.isValid(); at = at.parent()) isAround = isAround || at == now;
      QTest::keyClick(w_->messages(), isAround && !w_->messages()->isOpen(now) ? Qt::Key_Right : Qt::Key_Down);
    }
    QCOMPARE(w_->messages()->currentIndex().siblingAtColumn(0), QModelIndex(wanted));
  }
  void selectRow(int row) { goTo(w_->messages()->model()->index(row, 0)); }
  QString currentRow() { return w_->messages()->currentIndex().siblingAtColumn(0).data().toString(); }
  std::optional<Selection> selected() { return w_->view()->hub()->current(); }
  QString said() { return w_->window.statusBar()->currentMessage(); }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void joinedBlocksToTheByte() {
    open(QByteArray("\2\2a\3b\1c\0\1\0\0", 11), "chunked:u8 | length:u8");
    QVERIFY(!pane()->isVisible());
    w_->clickByte(0);
    showPayload();
    QVERIFY(pane()->isVisible());
    SOON_VERIFY(isRead(5));
    QCOMPARE(pane()->title(), text("Payload of message 0: 5 bytes"));
    QVERIFY(pane()->bytes()->hasFocus());
    // What is selected there is selected in the list, and as the byte of the stream that it was.
    clickInPayload(3);
    const auto there = selected();
    QVERIFY(there && there->payload);
    QCOMPARE(there->payload->of, QList<quint64>{0});
    QCOMPARE(there->payload->range.begin, 3ULL);
    QCOMPARE(there->range.begin, 5ULL);
    QCOMPARE(w_->bytes()->caret(), std::optional<quint64>(5));
    QCOMPARE(currentRow(), text("length"));
    QCOMPARE(w_->messages()->currentIndex().parent().data().toString(), text("0.1"));
    // And the other way round.
    w_->clickByte(6);
    QCOMPARE(pane()->bytes()->caret(), std::optional<quint64>(4));
    QTest::mouseClick(pane()->bytes()->viewport(), Qt::LeftButton);
    clickInPayload(1);
    w_->key(Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(w_->bytes()->hasFocus());
    QCOMPARE(w_->bytes()->selection(), (ByteRange{2, 3}));
    QCOMPARE(said(), text("It was made of byte 2 of the stream."));
    // The pane follows what is selected.
    w_->clickByte(9);
    SOON_VERIFY(isRead(1));
    QCOMPARE(pane()->title(), text("Payload of message 1: 1 byte"));
    // The same key closes it; so does Esc in it.
    showPayload();
    QVERIFY(!pane()->isVisible());
    showPayload();
    SOON_VERIFY(isRead(1));
    QTest::keyClick(pane()->bytes(), Qt::Key_Escape);
    QVERIFY(!pane()->isVisible());
    QVERIFY(w_->bytes()->hasFocus());
  }

  void fieldsOfWhatWasUnpacked() {
    open(encoded("length:u16be", encoded("zlib", "{\"a\":[1,22]} \"b\"")), "length:u16be | zlib | json");
    selectRow(0);
    showPayload();
    // The payload of the message itself lies in the stream.
    QVERIFY(!pane()->reading());
    QVERIFY(pane()->findChild<QLabel *>() && pane()->isVisible());
    // That of the message inside it does not.
    const QModelIndex outer = w_->messages()->model()->index(0, 0);
    const QModelIndex packed = w_->view()->messageModel()->indexOfNested(Direction::In, {0, 0});
    QVERIFY(packed.parent() == outer);
    goTo(packed);
    SOON_VERIFY(isRead(16));
    QCOMPARE(pane()->title(), text("Payload of message 0.0: 16 bytes"));
    // A value in it: the list goes to its row, and the stream to all that it was made of.
    clickInPayload(8);
    QCOMPARE(currentRow(), text("[1]"));
    QCOMPARE(selected()->payload->range.begin, 8ULL);
    QVERIFY(selected()->range.begin >= 2 && selected()->range.size() > 8);
    // From a row to its bytes.
    goTo(w_->view()->messageModel()->indexIn(Direction::In, {0, 0}, 14));
    SOON_VERIFY(pane()->bytes()->selection().contains(14));
    // The inspector looks at what was selected last.
    clickInPayload(6);
    QVERIFY2(w_->window.inspector()->placeText().contains(text("offset 6")),
             qPrintable(w_->window.inspector()->placeText()));
    w_->clickByte(1);
    QVERIFY2(w_->window.inspector()->placeText().contains(text("offset 1")),
             qPrintable(w_->window.inspector()->placeText()));
  }

  void findAndGoToWorkInIt() {
    open(encoded("slip", QByteArray("one\xc0two\xdbthree", 13)), "slip");
    selectRow(0);
    showPayload();
    SOON_VERIFY(isRead(13));
    pane()->bytes()->setFocus();
    w_->key(Qt::Key_F, Qt::ControlModifier);
    QVERIFY(pane()->findBar()->isVisible() && !w_->view()->findBar()->isVisible());
    pane()->findBar()->setText(text("three"));
    pane()->findBar()->findNext();
    SOON_COMPARE(pane()->bytes()->selection(), (ByteRange{8, 13}));
    QCOMPARE(selected()->payload->range, (ByteRange{8, 13}));
  }

  void menusOfferIt() {
    open(QByteArray("\1x\0", 3), "chunked:u8");
    w_->clickByte(0);
    QVERIFY(w_->action(ActionId::ShowPayload)->isEnabled());
    const std::unique_ptr<QMenu> menu(w_->messages()->createRowMenu(w_->messages()));
    QVERIFY(menu->actions().contains(w_->action(ActionId::ShowPayload)));
  }

  void anotherFramingAnotherPayload() {
    open(QByteArray("\1x\0\2yz\0", 7), "chunked:u8");
    w_->clickByte(4);
    showPayload();
    SOON_VERIFY(isRead(2));
    // Read as lines there is no payload apart; and back.
    type(w_->spec(), text("length:u8"));
    SOON_VERIFY(!pane()->reading());
    type(w_->spec(), text("chunked:u8 | fixed:1"));
    SOON_VERIFY(isRead(2));
    QCOMPARE(pane()->reading()->decoder()->messageCount(Direction::In), 2ULL);
    // What is shown goes with its capture.
    w_->key(Qt::Key_W, Qt::ControlModifier);
    QVERIFY(!pane()->reading());
  }

  void growsWithItsMessageAndGoesBackWithTheMoment() {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    PythonPeer peer(text("tcp_peer.py"), {text("connect"), QString::number(port), text("obey")});
    SOON_VERIFY(w_->window.shownLive() && w_->window.shownLive()->state() != LinkState::Connecting);
    type(w_->spec(), text("chunked:u8 | length:u8"));
    QCOMPARE(peer.order("send " + QByteArray("\3\2ab", 4).toHex()), QByteArray("ok"));
    SOON_COMPARE(w_->messageRows(), QStringList{text("in 0+4 Incomplete")});
    goTo(w_->view()->messageModel()->indexOfMessage(Direction::In, 0));
    showPayload();
    SOON_VERIFY(isRead(3));
    QCOMPARE(pane()->title(), text("Payload of message 0: 3 bytes, what has come of it"));
    clickInPayload(1);
    QCOMPARE(peer.order("send " + QByteArray("\2\1c\0", 4).toHex()), QByteArray("ok"));
    SOON_VERIFY(isRead(5));
    SOON_COMPARE(pane()->title(), text("Payload of message 0: 5 bytes"));
    QCOMPARE(pane()->bytes()->caret(), std::optional<quint64>(1));
    w_->key(Qt::Key_F7);
    SOON_VERIFY(isRead(3));
    w_->key(Qt::Key_F7, Qt::ShiftModifier);
    SOON_VERIFY(!pane()->reading());
    w_->key(Qt::Key_F8, Qt::ShiftModifier);
    goTo(w_->view()->messageModel()->indexOfMessage(Direction::In, 0));
    SOON_VERIFY(isRead(5));
  }
};

QTEST_MAIN(TestWindowPayloads)
#include "tst_window_payloads.moc"

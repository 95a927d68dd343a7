// Starting the framing again by hand: with the key, the menus of bytes and rows, at an error; undone, removed, kept.
#include "tests/app/window/open_window.h"
#include "tests/support/python_peer.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QFile>
#include <QMenu>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

/// Three messages of `length:u8`, something foreign, and three more.
const QByteArray lostStep("\3one\3two\xf0??\3six\5seven\5eight", 27);

}  // namespace

class TestWindowRestarts : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  Capture *open(const char *name, const QByteArray &bytes) {
    QFile file(w_->dir.filePath(text(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) return nullptr;
    file.close();
    w_->window.commands()->openFile(file.fileName());
    return w_->window.shownCapture();
  }
  QList<quint64> restarts() {
    return w_->window.shownCapture()->decodeSettings().restartsOf(Direction::In, w_->view()->number());
  }
  void startAgain() { w_->key(Qt::Key_K, Qt::ControlModifier); }
  QString summaryOf(int row) {
    const QAbstractItemModel *model = w_->messages()->model();
    return model->index(row, MessageTreeModel::SummaryColumn).data().toString();
  }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void theKeyStartsAgainAtTheSelectedByte() {
    QVERIFY(open("lost.bin", lostStep));
    type(w_->spec(), text("length:u8"));
    const QStringList lost = {text("in 0+4 Complete"), text("in 4+4 Complete"), text("in 8+19 Incomplete")};
    SOON_COMPARE(w_->messageRows(), lost);
    w_->clickByte(11);
    startAgain();
    QCOMPARE(restarts(), QList<quint64>{11});
    const QStringList mended = {text("in 0+4 Complete"),  text("in 4+4 Complete"),  text("in 8+3 Incomplete"),
                                text("in 11+4 Complete"), text("in 15+6 Complete"), text("in 21+6 Complete")};
    SOON_COMPARE(w_->messageRows(), mended);
    QVERIFY2(summaryOf(3).startsWith(text("↻ framing started again here")), qPrintable(summaryOf(3)));
    QVERIFY(!summaryOf(4).contains(text("↻")));
    QVERIFY2(w_->words().contains(text("message 3")), qPrintable(w_->words()));

    // Said in the bytes, too, and marked there.
    QVERIFY(w_->bytes()->source()->place(11).isRestart);
    QVERIFY(!w_->bytes()->source()->place(12).isRestart);
    w_->clickByte(0);  // the caret would be drawn over it
    const QImage marked = w_->bytes()->grab().toImage();
    const QRect cell = w_->bytes()->cellRect(HexColumn::Hex, 11).toAlignedRect();
    const QPoint at = w_->bytes()->viewport()->mapTo(w_->bytes(), QPoint(cell.left() + 1, cell.center().y()));
    QCOMPARE(marked.pixelColor(at), Theme::of(w_->bytes()).restart());

    // And in the ribbon.
    const auto marks = [this] {
      QList<quint64> offsets;
      for (const RibbonMark &mark : w_->view()->ribbon()->scene().marks) {
        if (mark.kind == RibbonMark::Kind::Restart) offsets.append(mark.offset);
      }
      return offsets;
    };
    QCOMPARE(marks(), QList<quint64>{11});

    // And undone, which goes back to the byte.
    QCOMPARE(w_->action(ActionId::Undo)->text(), text("&Undo Start framing again at byte 11"));
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(restarts(), QList<quint64>());
    SOON_COMPARE(w_->messageRows(), lost);
    QCOMPARE(marks(), QList<quint64>());
    QCOMPARE(w_->view()->hub()->current()->range.begin, 11U);
    w_->key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    SOON_COMPARE(w_->messageRows(), mended);
  }

  void removingIsAnAct() {
    QVERIFY(open("lost.bin", lostStep));
    type(w_->spec(), text("length:u8"));
    SOON_COMPARE(w_->messageRows().size(), 3);
    w_->clickByte(11);
    startAgain();
    SOON_COMPARE(w_->messageRows().size(), 6);
    w_->clickByte(4);
    QVERIFY(!w_->action(ActionId::RemoveRestart)->isEnabled());
    // Anywhere in the message that begins with it.
    w_->clickByte(13);
    QVERIFY(w_->action(ActionId::RemoveRestart)->isEnabled());
    w_->key(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(restarts(), QList<quint64>());
    SOON_COMPARE(w_->messageRows().size(), 3);
    QCOMPARE(w_->action(ActionId::Undo)->text(), text("&Undo Remove the restart at byte 11"));
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(restarts(), QList<quint64>{11});
  }

  void theDirectionIsTheSelectedOne() {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    const PythonPeer peer(text("tcp_peer.py"), {text("connect"), QString::number(port), text("obey")});
    SOON_VERIFY(w_->window.shownLive() && w_->window.shownLive()->state() == LinkState::Open);
    type(w_->spec(), text("length:u8"));
    w_->window.shownLive()->send(lostStep);
    SOON_COMPARE(w_->view()->decoder()->view(Direction::Out).size(), static_cast<quint64>(lostStep.size()));
    const auto of = [this](Direction direction) {
      return w_->window.shownCapture()->decodeSettings().restartsOf(direction, w_->view()->number());
    };
    w_->view()->hub()->select(Selection{.direction = Direction::Out, .range = {11, 12}}, this);
    startAgain();
    QCOMPARE(of(Direction::Out), QList<quint64>{11});
    QCOMPARE(of(Direction::In), QList<quint64>());
    SOON_COMPARE(w_->view()->decoder()->messageCount(Direction::Out), 6U);
    w_->view()->hub()->select(Selection{.direction = Direction::Out, .range = {11, 12}}, this);
    w_->key(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(of(Direction::Out), QList<quint64>());
  }

  void theCaretServesWhereNothingIsSelected() {
    QVERIFY(open("lost.bin", lostStep));
    type(w_->spec(), text("length:u8"));
    SOON_COMPARE(w_->messageRows().size(), 3);
    w_->clickByte(11);
    w_->view()->hub()->select(std::nullopt, this);
    QCOMPARE(w_->bytes()->caret(), std::optional<quint64>(11));
    startAgain();
    QCOMPARE(restarts(), QList<quint64>{11});
  }

  void theConnectionIsTheShownOne() {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    const QStringList words = {text("connect"), QString::number(port), text("obey")};
    const PythonPeer one(text("tcp_peer.py"), words);
    SOON_VERIFY(w_->window.shownLive() && w_->window.shownLive()->state() == LinkState::Open);
    Capture *capture = w_->window.shownCapture();
    PythonPeer two(text("tcp_peer.py"), words);
    SOON_COMPARE(capture->connectionCount(), 2);
    w_->window.showConnection(capture, 1);
    type(w_->spec(), text("length:u8"));
    QCOMPARE(two.order("send " + lostStep.toHex()), QByteArray("ok"));
    SOON_COMPARE(w_->messageRows().size(), 3);
    w_->clickByte(11);
    startAgain();
    QCOMPARE(capture->decodeSettings().restartsOf(Direction::In, 1), QList<quint64>{11});
    QCOMPARE(capture->decodeSettings().restartsOf(Direction::In, 0), QList<quint64>());
  }

  void anErrorOffersToGoOnBehindIt() {
    QVERIFY(open("error.bin", "5:hello,xx9x2:ab,3:abc,1:z,"));
    type(w_->spec(), text("netstring"));
    const QStringList lost = {text("in 0+8 Complete"), text("in 8+19 Error")};
    SOON_COMPARE(w_->messageRows(), lost);
    const QModelIndex row = w_->messages()->model()->index(1, 0);
    w_->messages()->setCurrentIndex(row);
    w_->messages()->setFocus();
    const std::unique_ptr<QMenu> menu(w_->messages()->createRowMenu(w_->messages()));
    QVERIFY(menu->actions().contains(w_->action(ActionId::StartAgainHere)));
    QTest::mouseClick(w_->messages()->viewport(), Qt::LeftButton, {}, w_->messages()->visualRect(row).center());
    startAgain();
    // "9x" and what is before it begin nothing.
    QCOMPARE(restarts(), QList<quint64>{12});
    SOON_COMPARE(w_->messageRows(),
                 (QStringList{text("in 0+8 Complete"), text("in 8+4 Error"), text("in 12+5 Complete"),
                              text("in 17+6 Complete"), text("in 23+4 Complete")}));
    QVERIFY(w_->words().contains(text("message 2")));
  }

  void whereNothingFollowsItSaysSo() {
    QVERIFY(open("error.bin", "5:hello,xxxxxxxxxx"));
    type(w_->spec(), text("netstring"));
    SOON_COMPARE(w_->messageRows().size(), 2);
    w_->messages()->setCurrentIndex(w_->messages()->model()->index(1, 0));
    QTest::mouseClick(w_->messages()->viewport(), Qt::LeftButton, {},
                      w_->messages()->visualRect(w_->messages()->model()->index(1, 0)).center());
    startAgain();
    QCOMPARE(restarts(), QList<quint64>());
    QVERIFY(!w_->action(ActionId::Undo)->text().contains(text("again")));
  }

  void onlyTheShownDirectionOfTheShownConnection() {
    Capture *capture = open("lost.bin", lostStep);
    type(w_->spec(), text("length:u8"));
    SOON_COMPARE(w_->messageRows().size(), 3);
    w_->clickByte(11);
    startAgain();
    const DecodeSettings &settings = capture->decodeSettings();
    QCOMPARE(settings.restartsOf(Direction::In, 0), QList<quint64>{11});
    QCOMPARE(settings.restartsOf(Direction::Out, 0), QList<quint64>());
    QCOMPARE(settings.restartsOf(Direction::In, 1), QList<quint64>());
    // Kept with the capture, whatever framing and whatever is shown in between.
    type(w_->spec(), text("fixed:10"));
    SOON_COMPARE(w_->messageRows(), (QStringList{text("in 0+10 Complete"), text("in 10+1 Incomplete"),
                                                 text("in 11+10 Complete"), text("in 21+6 Incomplete")}));
    QVERIFY(open("other.bin", lostStep));
    QCOMPARE(restarts(), QList<quint64>());
    w_->window.showConnection(capture, 0);
    SOON_COMPARE(w_->messageRows().size(), 4);
  }

  void theBytesMenuOffersIt() {
    QVERIFY(open("lost.bin", lostStep));
    type(w_->spec(), text("length:u8"));
    SOON_COMPARE(w_->messageRows().size(), 3);
    w_->clickByte(11);
    bool wasOffered = false;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] {
      auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
      if (!menu) return;
      timer.stop();
      QAction *action = w_->action(ActionId::StartAgainHere);
      wasOffered = menu->actions().contains(action);
      QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
    });
    timer.start(1);
    const QPoint at = w_->bytes()->cellRect(HexColumn::Hex, 11).center().toPoint();
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, w_->bytes()->viewport()->mapToGlobal(at));
    QApplication::sendEvent(w_->bytes()->viewport(), &event);
    QVERIFY(wasOffered);
    QCOMPARE(restarts(), QList<quint64>{11});
  }
};

QTEST_MAIN(TestWindowRestarts)
#include "tst_window_restarts.moc"

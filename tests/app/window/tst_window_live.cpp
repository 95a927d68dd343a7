// The window over live connections: plain Python programs at the other end, keys and clicks on the real widgets.
#include "tests/app/window/open_window.h"
#include "tests/support/python_peer.h"
#include "widgets/composer/file_page.h"
#include "widgets/composer/text_page.h"

#include <QCheckBox>
#include <QFile>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QTabBar>
#include <QTcpServer>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

}  // namespace

class TestWindowLive : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;
  std::unique_ptr<PythonPeer> peer_;

  /// The window listens, a plain client connects and does what it is told.
  void clientConnects() {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    SOON_COMPARE(w_->state(), text("Listening on 127.0.0.1:%1; nobody has connected yet").arg(port));
    peer_ = std::make_unique<PythonPeer>(text("tcp_peer.py"),
                                         QStringList{text("connect"), QString::number(port), text("obey")});
    SOON_VERIFY(w_->window.shownLive() && w_->window.shownLive()->state() == LinkState::Open);
  }
  /// A plain server accepts one connection of the window's.
  void serverAccepts() {
    peer_ = std::make_unique<PythonPeer>(text("tcp_peer.py"), QStringList{text("listen"), text("obey")});
    const quint16 port = peer_->port();
    QVERIFY(port != 0);
    w_->connectTo(port);
    SOON_VERIFY(w_->window.shownLive() && w_->window.shownLive()->state() == LinkState::Open);
  }
  QPlainTextEdit *composerText() { return w_->window.composer()->findChild<TextPage *>()->editor(); }
  void compose(const char *words) {
    composerText()->setFocus();
    QTest::keyClick(composerText(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(composerText(), Qt::Key_Delete);
    QTest::keyClicks(composerText(), text(words));
  }
  void frameIt(bool on) {
    for (QCheckBox *box : w_->window.composer()->findChildren<QCheckBox *>()) {
      if (!box->text().contains(text("ame it")) || box->isChecked() == on) continue;
      box->setFocus();
      QTest::keyClick(box, Qt::Key_Space);
    }
  }
  LinkState linkState() { return w_->window.shownLive() ? w_->window.shownLive()->state() : LinkState::Over; }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() {
    peer_.reset();
    w_.reset();
  }

  void messagesAreFramedAndFieldsAreLinkedWithTheirBytes() {
    clientConnects();
    w_->decode(text("length:u32be"), text("!H:a B:b *s:text"));
    // 5 bytes, then 8: cut in the middle of a header, and of a payload.
    for (const char *piece : {"000000", "05000102", "68", "6900", "0000080003", "0468656c6c6f"}) {
      QCOMPARE(peer_->order(QByteArray("send ") + piece), QByteArray("ok"));
    }
    const QStringList wanted = {text("in 0+9 Complete"), text("in 9+12 Complete")};
    SOON_COMPARE(w_->messageRows(), wanted);

    MessageTreeView *messages = w_->messages();
    messages->setFocus();
    QTest::keyClick(messages, Qt::Key_Home);
    while (w_->currentRange() != ByteRange{9, 21}) {
      const QModelIndex before = messages->currentIndex();
      QTest::keyClick(messages, Qt::Key_Down, Qt::ControlModifier);
      QVERIFY(messages->currentIndex() != before);
    }
    QCOMPARE(w_->bytes()->selection(), (ByteRange{9, 21}));
    QVERIFY2(w_->words().contains(text("message")), qPrintable(w_->words()));
    QTest::keyClick(messages, Qt::Key_Right);
    QVERIFY(messages->isOpen(messages->currentIndex()));
    QList<ByteRange> selected;
    const int children = messages->model()->rowCount(messages->currentIndex());
    for (int i = 0; i < children; ++i) {
      QTest::keyClick(messages, Qt::Key_Down);
      QCOMPARE(w_->bytes()->selection(), w_->currentRange());
      selected.append(w_->bytes()->selection());
    }
    for (const ByteRange field : {ByteRange{9, 13}, ByteRange{13, 15}, ByteRange{15, 16}, ByteRange{16, 21}}) {
      QVERIFY2(selected.contains(field), QByteArray::number(field.begin).constData());
    }

    // The other way: a byte is clicked, its field is the current row, also in a message that is closed.
    for (const auto &[byte, field] : {std::pair{15, ByteRange{15, 16}}, {14, {13, 15}}, {6, {6, 7}}, {4, {4, 6}}}) {
      w_->clickByte(static_cast<quint64>(byte));
      QCOMPARE(w_->currentRange(), field);
    }
  }

  void whatIsComposedArrivesFramedAndTheAnswerIsShown() {
    clientConnects();
    w_->decode(text("length:u32be"));
    QVERIFY(!w_->action(ActionId::Send)->isEnabled());  // nothing to send
    compose("ping");
    frameIt(true);
    QTest::keyClick(composerText(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(peer_->order("read 8"), QByteArray("read 0000000470696e67"));
    QCOMPARE(peer_->order("send 00000004706f6e67"), QByteArray("ok"));
    const QStringList wanted = {text("out 0+8 Complete"), text("in 0+8 Complete")};
    SOON_COMPARE(w_->messageRows(), wanted);
    SOON_VERIFY(!w_->action(ActionId::CancelSending)->isEnabled());

    // Once more, by its key; then another, unframed; then the first brought back from the history.
    QTest::keyClick(composerText(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(peer_->order("read 8"), QByteArray("read 0000000470696e67"));
    compose("raw");
    frameIt(false);
    w_->press(text("Send"));
    QCOMPARE(peer_->order("read 3"), QByteArray("read 726177"));
    QTest::keyClick(composerText(), Qt::Key_Up, Qt::AltModifier);
    QTest::keyClick(composerText(), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(composerText()->toPlainText(), text("ping"));
    w_->key(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(peer_->order("read 4"), QByteArray("read 70696e67"));
  }

  void bytesCanBeSavedAsSoonAsTheyCome() {
    clientConnects();
    QVERIFY(!w_->action(ActionId::SaveReceived)->isEnabled());
    QVERIFY(!w_->action(ActionId::SaveSent)->isEnabled());
    QCOMPARE(peer_->order("send 01"), QByteArray("ok"));
    SOON_VERIFY(w_->action(ActionId::SaveReceived)->isEnabled());
    QVERIFY(!w_->action(ActionId::SaveSent)->isEnabled());
  }

  void weFinishSendingAndTheAnswerComesAfterwards() {
    serverAccepts();
    w_->decode(text("length:u32be"));
    compose("question");
    frameIt(true);
    w_->press(text("Send"));
    w_->press(text("Finish sending (FIN)"));
    const QByteArray question = QByteArray("\0\0\0\x08", 4) + "question";
    QCOMPARE(peer_->order("end"), "end " + QByteArray::number(question.size()) + ' ' + sha256(question));
    SOON_COMPARE(linkState(), LinkState::WeFinished);
    QVERIFY(!w_->action(ActionId::Send)->isEnabled());
    QVERIFY(!w_->action(ActionId::FinishSending)->isEnabled());
    QCOMPARE(peer_->order("send 000000066c6174652121"), QByteArray("ok"));
    const QStringList wanted = {text("out 0+12 Complete"), text("in 0+10 Complete")};
    SOON_COMPARE(w_->messageRows(), wanted);
    QCOMPARE(peer_->order("fin"), QByteArray("ok"));
    SOON_COMPARE(linkState(), LinkState::Over);
    SOON_COMPARE(w_->eventRows(Event::Kind::WeFinished), 1);
    SOON_COMPARE(w_->eventRows(Event::Kind::PeerFinished), 1);
    QCOMPARE(endsText(*w_->connection()), text("Fin/Fin"));
  }

  void thePeerFinishesAndWeAnswerAfterwards() {
    serverAccepts();
    QCOMPARE(peer_->order("send 6279650a"), QByteArray("ok"));
    QCOMPARE(peer_->order("fin"), QByteArray("ok"));
    SOON_COMPARE(linkState(), LinkState::PeerFinished);
    QVERIFY2(w_->state().contains(text("finished")), qPrintable(w_->state()));
    SOON_COMPARE(w_->eventRows(Event::Kind::PeerFinished), 1);
    compose("late");
    frameIt(false);
    w_->press(text("Send"));
    QCOMPARE(peer_->order("read 4"), QByteArray("read 6c617465"));
    w_->key(Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(peer_->order("end").startsWith("end 0 "));
    SOON_COMPARE(linkState(), LinkState::Over);
    QCOMPARE(w_->eventRows(Event::Kind::PeerReset) + w_->eventRows(Event::Kind::WeReset), 0);
  }

  void resetsEitherWayAreShown_data() {
    QTest::addColumn<bool>("byPeer");
    QTest::newRow("the peer resets") << true;
    QTest::newRow("we reset") << false;
  }
  void resetsEitherWayAreShown() {
    QFETCH(bool, byPeer);
    clientConnects();
    w_->decode(text("length:u32be"));
    QCOMPARE(peer_->order("send 00000064ab"), QByteArray("ok"));  // a message that will not be whole
    SOON_COMPARE(w_->messageRows(), QStringList{text("in 0+5 Incomplete")});
    if (byPeer) {
      QCOMPARE(peer_->order("reset"), QByteArray("ok"));
    } else {
      w_->press(text("Reset (RST)"));
      QCOMPARE(peer_->order("end"), QByteArray("end reset"));
    }
    SOON_COMPARE(linkState(), LinkState::Over);
    SOON_COMPARE(w_->eventRows(byPeer ? Event::Kind::PeerReset : Event::Kind::WeReset), 1);
    QCOMPARE(w_->eventRows(byPeer ? Event::Kind::WeReset : Event::Kind::PeerReset), 0);
    QCOMPARE(w_->messageRows(), QStringList{text("in 0+5 Incomplete")});  // what came stays
    for (const ActionId id : {ActionId::Send, ActionId::FinishSending, ActionId::CloseConnection,
                              ActionId::ResetConnection, ActionId::CancelSending}) {
      QVERIFY(!w_->action(id)->isEnabled());
    }
  }

  void aRefusedConnectionIsExplained() {
    quint16 port = 0;
    {
      QTcpServer server;
      QVERIFY(server.listen(QHostAddress::LocalHost));
      port = server.serverPort();
    }
    w_->connectTo(port);
    SOON_VERIFY(!w_->error().isEmpty());
    QVERIFY2(w_->error().contains(text("refused"), Qt::CaseInsensitive) && w_->error().contains(QString::number(port)),
             qPrintable(w_->error()));
    SOON_COMPARE(w_->eventRows(Event::Kind::Failed), 1);
    QTest::mouseClick(button(&w_->window, text("Dismiss")), Qt::LeftButton);
    QCOMPARE(w_->error(), QString());
    // Nobody listens still: trying again says so again.
    w_->key(Qt::Key_R, Qt::ControlModifier);
    SOON_VERIFY(!w_->error().isEmpty());
    QCOMPARE(w_->window.shownCapture()->connectionCount(), 2);
  }

  void reconnectingMakesANewConnectionInTheSameCapture() {
    peer_ = std::make_unique<PythonPeer>(text("greeting_server.py"), QStringList{text("2")});
    w_->window.decoderBar()->setFocus();
    w_->decode(text("length:u32be"));
    w_->connectTo(peer_->port());
    SOON_COMPARE(w_->messageRows(), QStringList{text("in 0+11 Complete")});
    QVERIFY(!w_->action(ActionId::Reconnect)->isEnabled());  // it stands
    w_->press(text("Finish sending (FIN)"));
    SOON_COMPARE(linkState(), LinkState::Over);
    Capture *capture = w_->window.shownCapture();
    w_->key(Qt::Key_R, Qt::ControlModifier);
    QCOMPARE(w_->window.shownCapture(), capture);
    QCOMPARE(capture->connectionCount(), 2);
    QCOMPARE(w_->view()->number(), 1);
    SOON_COMPARE(bytesOf(*w_->connection(), Direction::In), QByteArray("\0\0\0\x07hello 1", 11));
    SOON_COMPARE(w_->messageRows(), QStringList{text("in 0+11 Complete")});
    w_->press(text("Close"));
    QCOMPARE(peer_->exitCode(), 0);
  }

  void aFileIsSentAndItsSendingCancelled() {
    clientConnects();
    QFile file(w_->dir.filePath(text("large.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(64 << 20));  // far more than socket buffers hold: the peer does not read
    file.close();
    ComposerPanel *composer = w_->window.composer();
    named<QTabBar>(composer, text("What to send"))->setCurrentIndex(3);
    type(named<ErrorLineEdit>(composer, text("File to send")), file.fileName());
    w_->key(Qt::Key_Return, Qt::ControlModifier);
    auto *progress = named<QProgressBar>(composer, text("Sent so far"));
    SOON_VERIFY(progress->isVisible() && progress->value() > 0);
    QVERIFY(w_->action(ActionId::CancelSending)->isEnabled());

    // What is under way belongs to its connection: another capture shows none of it.
    Capture *sending = w_->window.shownCapture();
    QVERIFY(w_->listen() != 0);
    QVERIFY(!progress->isVisible());
    w_->window.showConnection(sending, 0);
    QVERIFY(progress->isVisible());

    w_->press(text("Cancel"));
    SOON_VERIFY(!progress->isVisible());
    SOON_VERIFY(!w_->action(ActionId::CancelSending)->isEnabled());
    QCOMPARE(linkState(), LinkState::Open);
    w_->press(text("Finish sending (FIN)"));
    const QByteArray end = peer_->order("end");
    const quint64 got = end.split(' ').value(1).toULongLong();
    QVERIFY2(end.startsWith("end ") && got > 0 && got < (64U << 20), end.constData());
    QCOMPARE(w_->connection()->stream(Direction::Out).size(), got);
  }

  void aWholeFileArrives() {
    clientConnects();
    QFile file(w_->dir.filePath(text("some.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray content = pattern(3'000'000);
    file.write(content);
    file.close();
    ComposerPanel *composer = w_->window.composer();
    named<QTabBar>(composer, text("What to send"))->setCurrentIndex(3);
    type(named<ErrorLineEdit>(composer, text("File to send")), file.fileName());
    w_->key(Qt::Key_Return, Qt::ControlModifier);
    w_->press(text("Finish sending (FIN)"));
    QCOMPARE(peer_->order("end"), "end 3000000 " + sha256(content));
    SOON_COMPARE(w_->connection()->stream(Direction::Out).size(), 3'000'000U);
    // The bytes that are shown are those that went out.
    SOON_COMPARE(w_->view()->decoder()->view(Direction::Out).size(), 3'000'000U);
    SOON_VERIFY(!named<QProgressBar>(composer, text("Sent so far"))->isVisible());
  }

  void aSecondClientDoesNotTakeTheViewFromALiveOne() {
    clientConnects();
    const int first = w_->view()->number();
    const quint16 port = w_->workspace.listener(w_->window.shownCapture())->endpoint().port;
    PythonPeer second(text("tcp_peer.py"), {text("connect"), QString::number(port), text("obey")});
    SOON_COMPARE(w_->window.shownCapture()->connectionCount(), 2);
    QCOMPARE(second.order("send 02"), QByteArray("ok"));
    QCOMPARE(w_->view()->number(), first);
    // Down in the list of connections shows it, with the direction that has bytes.
    w_->window.connections()->setFocus();
    QTest::keyClick(w_->window.connections(), Qt::Key_Down);
    QCOMPARE(w_->view()->number(), 1);
    SOON_COMPARE(w_->view()->decoder()->view(Direction::In).size(), 1U);
  }

  void listeningStopsAndBeginsAgain() {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    SOON_VERIFY(w_->window.windowTitle().contains(QString::number(port)));
    QAction *startStop = w_->action(ActionId::StartStop);
    SOON_COMPARE(startStop->text().remove(QLatin1Char('&')), text("Stop listening"));
    w_->key(Qt::Key_E, Qt::ControlModifier);
    SOON_COMPARE(startStop->text().remove(QLatin1Char('&')), text("Listen again"));
    QVERIFY2(!w_->state().contains(text("Listening on")), qPrintable(w_->state()));
    w_->key(Qt::Key_E, Qt::ControlModifier);
    SOON_VERIFY(w_->state().contains(text("Listening on 127.0.0.1:%1").arg(port)));
  }
};

QTEST_MAIN(TestWindowLive)
#include "tst_window_live.moc"

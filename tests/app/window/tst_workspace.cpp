// Workspace without a window: listening, connecting, doing both again, letting go while all is alive, and what would be
// lost.
#include "app/workspace.h"
#include "tests/support/live_test.h"
#include "tests/support/python_peer.h"

#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

const QString loopback = QStringLiteral("127.0.0.1");

}  // namespace

class TestWorkspace : public QObject {
  Q_OBJECT

  std::unique_ptr<Workspace> workspace_;
  QList<std::pair<Capture *, Error>> failures_;

  PythonPeer clientOf(const Capture *capture, const char *behaviour = "obey") {
    return {text("tcp_peer.py"),
            {text("connect"), QString::number(workspace_->listener(capture)->endpoint().port), text(behaviour)}};
  }
  bool waitUntilListening(const Capture *capture) {
    return QTest::qWaitFor(
        [&] { return workspace_->listener(capture) && workspace_->listener(capture)->isListening(); }, 60'000);
  }

 private Q_SLOTS:
  void init() {
    workspace_ = std::make_unique<Workspace>();
    failures_.clear();
    connect(workspace_.get(), &Workspace::failed, this,
            [this](Capture *capture, const Error &error) { failures_.append({capture, error}); });
  }
  void cleanup() { workspace_.reset(); }

  void listensAndTakesTheSettingsOfNewCaptures() {
    DecodeSettings settings;
    settings.of(Direction::In).framing = text("lines");
    workspace_->setNewCaptureSettings(settings);
    QSignalSpy listening(workspace_.get(), &Workspace::listeningChanged);
    Capture *capture = workspace_->listen({.host = loopback});
    QCOMPARE(capture->decodeSettings(), settings);
    QVERIFY(waitUntilListening(capture));
    QCOMPARE(listening.size(), 1);
    const quint16 port = workspace_->listener(capture)->endpoint().port;
    QCOMPARE(capture->title(), text("Listening 127.0.0.1:%1").arg(port));
    PythonPeer peer = clientOf(capture);
    SOON_VERIFY(workspace_->live(capture, 0));
    QCOMPARE(capture->connectionCount(), 1);
    QVERIFY(workspace_->live(capture, 0)->isAccepted());
    QVERIFY(!workspace_->canReconnect(capture, 0));  // it was the peer who came
    QVERIFY(!workspace_->reconnect(capture, 0));

    workspace_->listener(capture)->stop();
    SOON_COMPARE(capture->title(), text("Listened on 127.0.0.1:%1").arg(port));
    // The connection that stands goes on.
    QCOMPARE(peer.order("send 0102"), QByteArray("ok"));
    QVERIFY(waitForSize(*capture->connection(0), Direction::In, 2));

    workspace_->listenAgain(capture);
    QVERIFY(waitUntilListening(capture));
    QCOMPARE(workspace_->listener(capture)->endpoint().port, port);
    QCOMPARE(capture->title(), text("Listening 127.0.0.1:%1").arg(port));
    const PythonPeer again = clientOf(capture);
    SOON_COMPARE(capture->connectionCount(), 2);
    QVERIFY(failures_.isEmpty());
  }

  void listeningWhereAnotherDoesFails() {
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Capture *capture = workspace_->listen({.host = loopback, .port = other.serverPort()});
    SOON_COMPARE(failures_.size(), 1);
    QCOMPARE(failures_[0].first, capture);
    QVERIFY2(failures_[0].second.line().contains(QString::number(other.serverPort())),
             qPrintable(failures_[0].second.line()));
    QVERIFY(!workspace_->listener(capture)->isListening());
    const quint16 port = other.serverPort();
    other.close();
    workspace_->listenAgain(capture);
    QVERIFY(waitUntilListening(capture));
    QCOMPARE(workspace_->listener(capture)->endpoint().port, port);
  }

  void connectsAndReconnectsInOneCapture() {
    PythonPeer server(text("greeting_server.py"), {text("3")});
    const quint16 port = server.port();
    Capture *capture = workspace_->connectTo({.host = loopback, .port = port});
    QCOMPARE(capture->title(), text("127.0.0.1:%1").arg(port));
    QCOMPARE(capture->connectionCount(), 1);
    for (int i = 0; i < 3; ++i) {
      LiveConnection *live = workspace_->live(capture, i);
      QVERIFY(live && !live->isAccepted());
      QVERIFY(waitForSize(*live->connection(), Direction::In, 11));
      QCOMPARE(bytesOf(*live->connection(), Direction::In).last(1), QByteArray::number(i));
      live->finishSending();
      SOON_COMPARE(live->state(), LinkState::Over);
      QVERIFY(workspace_->canReconnect(capture, i));
      if (i < 2) QCOMPARE(workspace_->reconnect(capture, i)->number(), i + 1);
    }
    QCOMPARE(server.exitCode(), 0);
    QVERIFY(failures_.isEmpty());
    // Nobody is there any more: that fails, in the same capture.
    QVERIFY(workspace_->reconnect(capture, 0));
    SOON_COMPARE(failures_.size(), 1);
    QCOMPARE(failures_[0].first, capture);
    QVERIFY(!workspace_->canReconnect(capture, 99));
    QVERIFY(!workspace_->reconnect(capture, 99));
  }

  void closingWhileBytesPourInLetsGo() {
    Capture *capture = workspace_->listen({.host = loopback});
    QVERIFY(waitUntilListening(capture));
    const quint16 port = workspace_->listener(capture)->endpoint().port;
    PythonPeer peer(text("tcp_peer.py"), {text("connect"), QString::number(port), text("flood"), text("50000000")});
    SOON_VERIFY(capture->connectionCount() == 1 && capture->connection(0)->stream(Direction::In).size() > 0);
    const std::shared_ptr<Connection> kept = capture->connection(0);
    workspace_->close(capture);
    QCOMPARE(workspace_->captures()->count(), 0);
    QVERIFY(!workspace_->listener(capture));
    QVERIFY(!workspace_->live(capture, 0));
    const quint64 size = kept->stream(Direction::In).size();
    QVERIFY(peer.exitCode() > 0);  // its connection broke
    QCOMPARE(kept->stream(Direction::In).size(), size);
    // The port is free again.
    QTcpServer next;
    QTRY_VERIFY(next.isListening() || next.listen(QHostAddress::LocalHost, port));
  }

  void whatWouldBeLostIsKnown() {
    const QTemporaryDir dir;
    QFile file(dir.filePath(text("raw.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("abc");
    file.close();
    const auto opened = workspace_->openFile(file.fileName());
    QVERIFY(opened);
    QVERIFY(!workspace_->isUnsaved(*opened));
    const auto missing = workspace_->openFile(dir.filePath(text("missing.bin")));
    QVERIFY(!missing);
    QVERIFY(missing.error().line().contains(text("missing.bin")));
    QCOMPARE(workspace_->captures()->count(), 1);

    Capture *capture = workspace_->listen({.host = loopback});
    QVERIFY(waitUntilListening(capture));
    QVERIFY(!workspace_->isUnsaved(capture));
    PythonPeer peer = clientOf(capture);
    QCOMPARE(peer.order("send 010203"), QByteArray("ok"));
    // Bytes are recorded in another thread, and may be there before the connection is handed over.
    SOON_VERIFY(workspace_->isUnsaved(capture) && workspace_->live(capture, 0));
    QCOMPARE(workspace_->unsaved(), QList<Capture *>{capture});
    capture->markSaved(0, Direction::In, 2);
    QVERIFY(workspace_->isUnsaved(capture));  // one byte more is there
    capture->markSaved(0, Direction::In, 3);
    QVERIFY(workspace_->unsaved().isEmpty());
    workspace_->live(capture, 0)->send("x");
    SOON_VERIFY(workspace_->isUnsaved(capture));  // saved is what arrived, not what was sent
    capture->markSaved();
    QVERIFY(!workspace_->isUnsaved(capture));
  }

  void theDemonstrationRunsThrough() {
    QStringList captions;
    bool running = false;
    connect(workspace_.get(), &Workspace::demonstrationChanged, this, [&](bool on, const QString &caption) {
      running = on;
      if (on) captions.append(caption);
    });
    Capture *capture = workspace_->startDemonstration(0);
    QVERIFY(workspace_->isDemonstrationRunning());
    SOON_VERIFY(!workspace_->isDemonstrationRunning());
    QVERIFY(!running);
    QVERIFY2(captions.size() >= 8, qPrintable(captions.join(QLatin1Char('\n'))));
    QCOMPARE(capture->connectionCount(), 2);
    QVERIFY2(eventKinds(*capture->connection(0)).contains(text("PeerFinished")),
             qPrintable(eventKinds(*capture->connection(0))));
    QVERIFY2(eventKinds(*capture->connection(1)).contains(text("PeerReset")),
             qPrintable(eventKinds(*capture->connection(1))));
    QVERIFY(workspace_->unsaved().isEmpty());  // it can be had again

    // Begun anew, and its capture closed in the middle: it ends.
    capture = workspace_->startDemonstration(0);
    SOON_VERIFY(capture->connectionCount() >= 1);
    workspace_->close(capture);
    QVERIFY(!workspace_->isDemonstrationRunning());
    QVERIFY(!running);
    QVERIFY(failures_.isEmpty());
  }
};

QTEST_MAIN(TestWorkspace)
#include "tst_workspace.moc"

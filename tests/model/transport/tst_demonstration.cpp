// The demonstration shows what it says it shows, over real sockets: each act is looked for in what was recorded.
#include "model/transport/demonstration.h"

#include "tests/support/live_test.h"

#include <QSignalSpy>
#include <QtEndian>

using namespace octetscope;
using namespace octetscope::test;

class TestDemonstration : public QObject {
  Q_OBJECT

  struct Extent {
    quint64 begin;
    quint64 end;
  };
  /// The messages of a stream, cut by hand: u32be and what it counts. The last one may be cut short.
  static QList<Extent> messagesOf(const QByteArray &bytes) {
    QList<Extent> messages;
    for (qsizetype at = 0; at < bytes.size();) {
      qsizetype end = bytes.size();
      if (bytes.size() - at >= 4) {
        end = std::min<qsizetype>(end, at + 4 + qFromBigEndian<quint32>(bytes.constData() + at));
      }
      messages.append({static_cast<quint64>(at), static_cast<quint64>(end)});
      at = end;
    }
    return messages;
  }

 private Q_SLOTS:
  void showsWhatTcpDoesToMessages() {
    NetworkHub hub;
    Capture capture(QStringLiteral("demonstration"));
    Demonstration demonstration(&hub, &capture, {.intervalMs = 0});
    QSignalSpy finished(&demonstration, &Demonstration::finished);
    QSignalSpy failed(&demonstration, &Demonstration::failed);
    QSignalSpy captions(&demonstration, &Demonstration::captionChanged);
    demonstration.start();
    QVERIFY(demonstration.isRunning());
    QVERIFY(finished.wait(60'000));
    QVERIFY(!demonstration.isRunning());
    QCOMPARE(failed.size(), 0);
    QVERIFY(captions.size() >= 8);

    QCOMPARE(capture.connectionCount(), 2);
    const Connection &first = *capture.connection(0);
    const Connection &second = *capture.connection(1);
    SOON_VERIFY(first.isOver() && second.isOver());
    QCOMPARE(endsText(first), QStringLiteral("Fin/Fin"));
    QCOMPARE(endsText(second), QStringLiteral("Reset/Reset"));

    const QByteArray in = bytesOf(first, Direction::In);
    const QList<Extent> messages = messagesOf(in);
    const ChunkView chunks = first.stream(Direction::In).view().chunks;
    bool split = false;
    bool glued = false;
    bool cutHeader = false;
    for (quint64 i = 0; i < chunks.count(); ++i) {
      const quint64 begin = chunks[i].offset;
      const quint64 end = i + 1 < chunks.count() ? chunks[i + 1].offset : static_cast<quint64>(in.size());
      int whole = 0;
      for (const Extent &message : messages) {
        if (begin <= message.begin && message.end <= end) ++whole;
        if (message.begin < end && end < message.begin + 4) cutHeader = true;
        if (chunks.countIn({message.begin, message.end}) >= 3) split = true;
      }
      if (whole == 3) glued = true;
    }
    QVERIFY(split);
    QVERIFY(glued);
    QVERIFY(cutHeader);
    QCOMPARE(messages.last().end, static_cast<quint64>(in.size()));

    // Every message but the broken one is whole, numbered, and has its text.
    quint16 sequence = 0;
    for (const Extent &message : messages) {
      const QByteArray bytes =
          in.mid(static_cast<qsizetype>(message.begin), static_cast<qsizetype>(message.end - message.begin));
      QVERIFY(bytes.size() > 12);
      QCOMPARE(qFromBigEndian<quint32>(bytes.constData()), static_cast<quint32>(bytes.size() - 4));
      QVERIFY(qFromBigEndian<quint16>(bytes.constData() + 4) > sequence);
      sequence = qFromBigEndian<quint16>(bytes.constData() + 4);
    }

    // The late answer: bytes that we sent after the peer's FIN.
    const Stream &out = first.stream(Direction::Out);
    const StreamView outView = out.view();
    QVERIFY(outView.chunks.count() >= 3);
    QVERIFY(outView.chunks[outView.chunks.count() - 1].timeNs > first.stream(Direction::In).endTimeNs());

    // The reset comes in the middle of a message.
    const QByteArray broken = bytesOf(second, Direction::In);
    QVERIFY(qFromBigEndian<quint32>(broken.constData()) > static_cast<quint32>(broken.size() - 4));

    // The captions stand among the events.
    QVERIFY(eventKinds(first).count(QStringLiteral("Note")) >= 7);
    QVERIFY(eventKinds(second).count(QStringLiteral("Note")) >= 1);
  }

  void stopsAndBeginsAgain() {
    NetworkHub hub;
    Capture capture(QStringLiteral("demonstration"));
    Demonstration demonstration(&hub, &capture, {.intervalMs = 5, .repeat = true});
    QSignalSpy finished(&demonstration, &Demonstration::finished);
    demonstration.start();
    QTRY_VERIFY_WITH_TIMEOUT(capture.connectionCount() >= 3, 60'000);  // it repeats
    demonstration.stop();
    QCOMPARE(finished.size(), 1);
    QVERIFY(!demonstration.isRunning());
    const int before = capture.connectionCount();
    demonstration.start();
    demonstration.start();
    QTRY_VERIFY_WITH_TIMEOUT(capture.connectionCount() >= before + 2, 60'000);
    demonstration.stop();
    for (int i = 0; i < capture.connectionCount(); ++i) SOON_VERIFY(capture.connection(i)->isOver());
  }

  void isStoppedByItsEnd() {
    NetworkHub hub;
    Capture capture(QStringLiteral("demonstration"));
    {
      Demonstration demonstration(&hub, &capture, {.intervalMs = 0});
      demonstration.start();
      QTRY_VERIFY_WITH_TIMEOUT(capture.connectionCount() >= 1, 60'000);
    }
    hub.release(&capture);
    QVERIFY(capture.connection(0)->isOver());
  }
};

QTEST_GUILESS_MAIN(TestDemonstration)
#include "tst_demonstration.moc"

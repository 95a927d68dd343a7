// Stream, ChunkView, Connection and Capture: what was recorded is what is seen, also while it is being recorded.
#include "model/capture/capture.h"

#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

#include <thread>

using namespace octetscope;

class TestStream : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void keepsChunksAsTheyCame() {
    Stream stream;
    QVERIFY(stream.append(viewOf("abc"), 100));
    QVERIFY(stream.append({}, 150));
    QVERIFY(stream.append(viewOf("d"), 200));
    QVERIFY(stream.append(viewOf("efgh"), 300));
    const StreamView view = stream.view();
    QCOMPARE(view.chunks.count(), 3ULL);
    QCOMPARE(view.chunks[1].offset, 3ULL);
    QCOMPARE(view.chunks[2].timeNs, 300);
    QCOMPARE(view.end, StreamEnd::Open);
    QCOMPARE(copyOf(view.bytes.view()), QByteArray("abcdefgh"));
  }

  void findsChunks_data() {
    QTest::addColumn<quint64>("begin");
    QTest::addColumn<quint64>("end");
    QTest::addColumn<quint64>("count");
    QTest::addColumn<qint64>("time");
    QTest::newRow("first byte") << 0ULL << 1ULL << 1ULL << qint64(100);
    QTest::newRow("within one") << 1ULL << 3ULL << 1ULL << qint64(100);
    QTest::newRow("two") << 2ULL << 4ULL << 2ULL << qint64(100);
    QTest::newRow("all") << 0ULL << 8ULL << 3ULL << qint64(100);
    QTest::newRow("last") << 7ULL << 8ULL << 1ULL << qint64(300);
    QTest::newRow("none") << 4ULL << 4ULL << 0ULL << qint64(300);
  }
  void findsChunks() {
    QFETCH(quint64, begin);
    QFETCH(quint64, end);
    Stream stream;
    QVERIFY(stream.append(viewOf("abc"), 100));
    QVERIFY(stream.append(viewOf("d"), 200));
    QVERIFY(stream.append(viewOf("efgh"), 300));
    const ChunkView chunks = stream.view().chunks;
    QTEST(chunks.countIn({begin, end}), "count");
    QTEST(chunks.timeOf(begin), "time");
  }

  void aPrefixIsThePast() {
    Stream stream;
    QVERIFY(stream.append(viewOf("abc"), 100));
    QVERIFY(stream.append(viewOf("defgh"), 200));
    stream.finish(StreamEnd::Fin, 250);
    const StreamView all = stream.view();
    QCOMPARE(all.end, StreamEnd::Fin);
    QCOMPARE(all.prefix(8).end, StreamEnd::Fin);
    const StreamView past = all.prefix(3);
    QCOMPARE(past.end, StreamEnd::Open);
    QCOMPARE(past.chunks.count(), 1ULL);
    QCOMPARE(past.size(), 3ULL);
    QCOMPARE(all.prefix(4).chunks.count(), 2ULL);
  }

  void aPrefixEndsWhenTheNextByteComes() {
    Stream stream;
    QVERIFY(stream.append(viewOf("abc"), 100));
    QVERIFY(stream.append(viewOf("defgh"), 200));
    const StreamView all = stream.view();
    QCOMPARE(all.nowNs, noTime);  // nobody's clock
    QCOMPARE(all.prefix(0).nowNs, 100);
    QCOMPARE(all.prefix(2).nowNs, 100);
    QCOMPARE(all.prefix(3).nowNs, 200);
    QCOMPARE(all.prefix(4).nowNs, 200);
  }

  void knowsHowLongNothingCame() {
    qint64 time = 1000;
    Stream stream(std::make_shared<CaptureClock>([&time] { return time; }));
    QVERIFY(stream.append(viewOf("abc"), 1000));
    time = 5000;
    QCOMPARE(stream.view().nowNs, 5000);
    {
      // Something was stamped and cannot be seen yet: only what was known before is sure.
      const Stream::Recording recording(stream);
      time = 9000;
      QCOMPARE(stream.view().nowNs, 5000);
      QVERIFY(stream.append(viewOf("d"), 8000));
    }
    time = 9200;
    QCOMPARE(stream.view().nowNs, 9200);
    stream.finish(StreamEnd::Fin, 9500);
    time = 20000;
    QCOMPARE(stream.view().nowNs, 9500);
  }

  void nothingComesIntoASilence() {
    const auto clock = std::make_shared<CaptureClock>();
    Stream stream(clock);
    std::atomic<bool> wrong = false;
    std::atomic<bool> done = false;
    std::thread reader([&] {
      StreamView before = stream.view();
      while (!done.load()) {
        StreamView view = stream.view();
        if (view.nowNs < before.nowNs) wrong = true;
        // What came since was stamped since.
        const quint64 known = before.chunks.count();
        if (view.chunks.count() > known && view.chunks[known].timeNs <= before.nowNs) wrong = true;
        before = std::move(view);
      }
    });
    for (int i = 0; i < 50000; ++i) {
      const Stream::Recording recording(stream);
      QVERIFY(stream.append(viewOf("x"), clock->stamp()));
    }
    done = true;
    reader.join();
    QVERIFY(!wrong);
  }

  void endsOnce() {
    Stream stream;
    stream.finish(StreamEnd::Reset, 5);
    stream.finish(StreamEnd::Fin, 6);
    QCOMPARE(stream.end(), StreamEnd::Reset);
    QCOMPARE(stream.endTimeNs(), 5);
  }

  void isReadWhileRecorded() {
    Stream stream;
    std::atomic<bool> wrong = false;
    std::atomic<bool> done = false;
    std::thread reader([&] {
      while (!done.load()) {
        const StreamView view = stream.view();
        if (view.size() == 0) continue;
        // Chunks of 7 bytes: whatever is seen has its own chunk, and no chunk is seen without bytes.
        if (view.size() % 7 != 0 || view.chunks.count() != view.size() / 7) wrong = true;
        if (view.chunks[view.chunks.count() - 1].offset != view.size() - 7) wrong = true;
      }
    });
    for (qint64 i = 0; i < 50000; ++i) QVERIFY(stream.append(viewOf("1234567"), i));
    done = true;
    reader.join();
    QVERIFY(!wrong);
  }

  void stampsNeverRepeat() {
    CaptureClock clock;
    std::array<std::vector<qint64>, 2> stamps;
    std::thread other([&] {
      for (int i = 0; i < 20000; ++i) stamps[1].push_back(clock.stamp());
    });
    for (int i = 0; i < 20000; ++i) stamps[0].push_back(clock.stamp());
    other.join();
    QVERIFY(std::is_sorted(stamps[0].begin(), stamps[0].end()));
    std::vector<qint64> all;
    std::merge(stamps[0].begin(), stamps[0].end(), stamps[1].begin(), stamps[1].end(), std::back_inserter(all));
    QVERIFY(std::adjacent_find(all.begin(), all.end()) == all.end());
  }

  void opensARawFile_data() {
    QTest::addColumn<QList<quint64>>("sizes");
    QTest::addColumn<quint64>("chunks");
    QTest::newRow("one chunk") << QList<quint64>{} << 1ULL;
    QTest::newRow("tens") << QList<quint64>{10} << 3ULL;
    QTest::newRow("5, then sevens") << QList<quint64>{5, 7} << 4ULL;
    QTest::newRow("zero is one") << QList<quint64>{0} << 26ULL;
  }
  void opensARawFile() {
    QFETCH(QList<quint64>, sizes);
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("abcdefghijklmnopqrstuvwxyz");
    file.close();
    const auto capture = Capture::openRaw(file.fileName(), sizes);
    QVERIFY(capture);
    const StreamView view = (*capture)->connection(0)->stream(Direction::In).view();
    QCOMPARE(view.size(), 26ULL);
    QTEST(view.chunks.count(), "chunks");
    QCOMPARE(view.end, StreamEnd::Fin);
    QVERIFY(!(*capture)->isUnsaved());
  }

  void remembersWhatIsUnsaved() {
    Capture capture(QStringLiteral("live"));
    QSignalSpy added(&capture, &Capture::connectionAdded);
    const auto connection = capture.addConnection({QStringLiteral("127.0.0.1"), 5}, {QStringLiteral("::1"), 80});
    QCOMPARE(added.count(), 1);
    QCOMPARE(connection->to().text(), QStringLiteral("[::1]:80"));
    QVERIFY(!capture.isUnsaved());
    QVERIFY(connection->stream(Direction::Out).append(viewOf("x"), 1));
    QVERIFY(capture.isUnsaved());
    capture.markSaved();
    QVERIFY(!capture.isUnsaved());
  }

  void eventsStandBetweenBytes() {
    Capture capture(QStringLiteral("live"));
    const auto connection = capture.addConnection({}, {});
    connection->addEvent(Event::Kind::Connected, QStringLiteral("connected"));
    QVERIFY(connection->stream(Direction::In).append(viewOf("abc"), capture.clock().stamp()));
    connection->addEvent(Event::Kind::PeerFinished, QStringLiteral("FIN"));
    QCOMPARE(connection->eventCount(), 2ULL);
    QCOMPARE(connection->event(0).inOffset, 0ULL);
    QCOMPARE(connection->event(1).inOffset, 3ULL);
    const qint64 chunkTime = connection->stream(Direction::In).view().chunks[0].timeNs;
    QVERIFY(connection->event(0).timeNs < chunkTime && chunkTime < connection->event(1).timeNs);
  }
};

QTEST_GUILESS_MAIN(TestStream)
#include "tst_stream.moc"

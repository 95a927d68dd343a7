// Timeline against a sorted list of everything that came, and Playhead: its steps by chunk and by message, playing with
// a clock of the test's own, its words, and what it does while more comes.
#include "model/items/playhead.h"

#include "tests/support/fake_play_clock.h"

#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 second = 1'000'000'000;
constexpr qint64 ms = 1'000'000;

/// A stream of chunks of these sizes and stamps.
StreamView streamOf(const QList<std::pair<quint64, qint64>> &chunks) {
  auto table = std::make_shared<ChunkTable>();
  quint64 size = 0;
  for (const auto &[bytes, time] : chunks) {
    table->append({size, time});
    size += bytes;
  }
  const quint64 count = table->size();
  return {ByteSnapshot::of(QByteArray(static_cast<qsizetype>(size), 'x')), ChunkView(std::move(table), count),
          StreamEnd::Open, noTime};
}

}  // namespace

class TestPlayhead : public QObject {
  Q_OBJECT

  struct Fixture {
    std::shared_ptr<Connection> connection =
        std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), Endpoint{}, Endpoint{});
    ConnectionDecoder decoder{connection};
    FakePlayClock *clock = new FakePlayClock;
    Playhead playhead{nullptr, std::unique_ptr<PlayClock>(clock)};
    qint64 start = connection->clock().stamp();

    explicit Fixture(const QString &framing) {
      playhead.setDecoder(&decoder);
      use(framing);
    }
    void use(const QString &framing) {
      const auto reader = DirectionReader::create({.framing = framing});
      if (!reader) qFatal("%s", qPrintable(reader.error().line()));
      decoder.setReaders(*reader, *reader);
    }
    /// `after`: nanoseconds since the beginning; rising.
    void chunk(const QByteArray &bytes, qint64 after, Direction direction = Direction::In) {
      if (!connection->stream(direction).append(viewOf(bytes), start + after)) qFatal("append");
      decoder.advance();
    }
    void event(Event::Kind kind, StreamEnd in = StreamEnd::Open) {
      if (in != StreamEnd::Open) connection->stream(Direction::In).finish(in, connection->clock().stamp());
      connection->addEvent(kind, u"what happened"_s);
      decoder.advance();
    }
    bool settles() {
      return QTest::qWaitFor([this] {
        return !decoder.isBusy() && decoder.framedBytes() == decoder.totalBytes() &&
               decoder.liveView(Direction::In).size() == connection->stream(Direction::In).size() &&
               decoder.liveView(Direction::Out).size() == connection->stream(Direction::Out).size() &&
               decoder.timeline().count(RowKind::Event) == connection->eventCount();
      });
    }
    /// The moment, as text: "in 5 out 0 events 1", or "live".
    QString at() const {
      const auto moment = playhead.moment();
      if (!moment) return u"live"_s;
      return u"in %1 out %2 events %3"_s.arg(moment->bytes[0]).arg(moment->bytes[1]).arg(moment->events);
    }
  };

 private Q_SLOTS:
  void timelineIsWhatASortedListSays_data() {
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 30; ++seed) QTest::addRow("%d", seed) << seed;
  }
  void timelineIsWhatASortedListSays() {
    QFETCH(int, seed);
    std::minstd_rand random(static_cast<unsigned>(seed));
    struct Thing {
      qint64 time;
      RowKind kind;
      quint64 number;
      quint64 bytes;
    };
    std::vector<Thing> things;
    std::array<QList<std::pair<quint64, qint64>>, 2> chunks;
    QList<qint64> events;
    const bool isTimed = seed % 5 != 0;
    for (int kind = 0; kind < 3; ++kind) {
      qint64 time = 100;
      const quint64 count = random() % 12;
      for (quint64 i = 0; i < count; ++i) {
        time += static_cast<qint64>(random() % 3);  // ties, in a kind and between them
        const quint64 bytes = kind == 2 ? 0 : 1 + random() % 5;
        const qint64 stamp = isTimed || kind == 2 ? time : noTime;
        things.push_back({stamp, static_cast<RowKind>(kind), i, bytes});
        if (kind == 2) {
          events.append(stamp);
        } else {
          chunks[static_cast<std::size_t>(kind)].append({bytes, stamp});
        }
      }
    }
    std::ranges::stable_sort(
        things, [](const Thing &a, const Thing &b) { return a.time != b.time ? a.time < b.time : a.kind < b.kind; });
    const Timeline timeline({streamOf(chunks[0]), streamOf(chunks[1])}, static_cast<quint64>(events.size()),
                            [&](quint64 event) { return events[static_cast<qsizetype>(event)]; });
    QCOMPARE(timeline.stepCount(), things.size());
    Moment moment;
    qint64 stamp = noTime;
    for (std::size_t k = 0; k <= things.size(); ++k) {
      QCOMPARE(timeline.after(k), moment);
      QCOMPARE(timeline.stepsOf(moment), k);
      QCOMPARE(timeline.stampOf(moment), stamp);
      if (k == things.size()) break;
      const Thing &thing = things[k];
      QCOMPARE(timeline.step(k), (RowOrder::Row{thing.kind, thing.number}));
      QCOMPARE(timeline.stampOfStep(k), thing.time);
      if (thing.kind == RowKind::Event) {
        ++moment.events;
      } else {
        const auto d = static_cast<std::size_t>(thing.kind);
        const auto direction = static_cast<Direction>(thing.kind);
        for (quint64 bytes = 1; bytes <= thing.bytes; ++bytes) {
          Moment inside = moment;
          inside.bytes[d] += bytes;
          QCOMPARE(timeline.momentOf(direction, inside.bytes[d]), inside);
          QCOMPARE(timeline.stepsOf(inside), k + 1);
          QVERIFY(moment.isBefore(inside));
        }
        if (moment.bytes[d] == 0) QCOMPARE(timeline.momentOf(direction, 0), moment);
        QCOMPARE(timeline.chunkRange(direction, thing.number), ByteRange::ofSize(moment.bytes[d], thing.bytes));
        moment.bytes[d] += thing.bytes;
      }
      stamp = std::max(stamp, thing.time);
    }
    QCOMPARE(timeline.last(), moment);
    QCOMPARE(timeline.after(things.size() + 5), moment);
    for (qint64 time = 98; time < 140; ++time) {
      QCOMPARE(timeline.stepsUntil(time),
               quint64(std::ranges::count_if(things, [time](const Thing &thing) { return thing.time <= time; })));
    }
  }

  void stepsByChunk() {
    Fixture f(u"fixed:4"_s);
    f.chunk("abcde", 1 * ms);
    f.chunk("XY", 2 * ms, Direction::Out);
    f.chunk("fgh", 3 * ms);
    QVERIFY(f.settles());
    QVERIFY(f.playhead.isLive() && f.playhead.canStepChunk(-1) && !f.playhead.canStepChunk(1));
    f.playhead.stepChunk(-1);
    QCOMPARE(f.at(), u"in 5 out 2 events 0"_s);
    QCOMPARE(f.decoder.view(Direction::In).size(), 5U);
    QCOMPARE(f.decoder.liveView(Direction::In).size(), 8U);
    f.playhead.stepChunk(-1);
    QCOMPARE(f.at(), u"in 5 out 0 events 0"_s);
    f.playhead.stepChunk(-5);
    QCOMPARE(f.at(), u"in 0 out 0 events 0"_s);
    QVERIFY(!f.playhead.canStepChunk(-1) && f.playhead.canStepChunk(1));
    f.playhead.stepChunk(2);
    QCOMPARE(f.at(), u"in 5 out 2 events 0"_s);
    f.playhead.stepChunk(1);
    QCOMPARE(f.at(), u"live"_s);
    // From inside a chunk: to its end, or to where it began.
    f.playhead.goTo(f.playhead.timeline().momentOf(Direction::In, 7));
    QCOMPARE(f.at(), u"in 7 out 2 events 0"_s);
    f.playhead.stepChunk(-1);
    QCOMPARE(f.at(), u"in 5 out 2 events 0"_s);
    f.playhead.goTo(f.playhead.timeline().momentOf(Direction::In, 2));
    f.playhead.stepChunk(1);
    QCOMPARE(f.at(), u"in 5 out 0 events 0"_s);
  }

  void aFinIsAStep() {
    Fixture f(u"until-close"_s);
    f.chunk("abc", 0);
    f.event(Event::Kind::PeerFinished, StreamEnd::Fin);
    f.chunk("late", f.connection->clock().stamp() - f.start, Direction::Out);
    QVERIFY(f.settles());
    QCOMPARE(f.decoder.message(Direction::In, 0).status, Status::Complete);
    f.playhead.stepChunk(-1);
    QCOMPARE(f.at(), u"in 3 out 0 events 1"_s);
    QCOMPARE(f.decoder.view(Direction::In).end, StreamEnd::Fin);
    QCOMPARE(f.decoder.message(Direction::In, 0).status, Status::Complete);
    f.playhead.stepChunk(-1);
    QCOMPARE(f.at(), u"in 3 out 0 events 0"_s);
    QCOMPARE(f.decoder.view(Direction::In).end, StreamEnd::Open);
    QCOMPARE(f.decoder.message(Direction::In, 0).status, Status::Incomplete);
    // The message is complete by the FIN, not by its last byte.
    f.playhead.stepMessage(1);
    QCOMPARE(f.at(), u"in 3 out 0 events 1"_s);
  }

  void stepsByMessage_data() {
    QTest::addColumn<QString>("framing");
    QTest::addColumn<QByteArray>("in");
    QTest::addColumn<QList<quint64>>("stops");
    QTest::newRow("inside chunks") << u"fixed:2"_s << QByteArray("aabbccd") << QList<quint64>{2, 4, 6};
    QTest::newRow("lines") << u"lines"_s << QByteArray("one\ntwo\nthr") << QList<quint64>{4, 8};
    // The byte that says so: the digit that makes the length too large.
    QTest::newRow("error") << u"netstring"_s << QByteArray("2:ab,x:yy") << QList<quint64>{5, 6};
    // What a restart cut off is known to be all of the message once the next byte is there.
    QTest::newRow("chunks") << u"chunks"_s << QByteArray("abcdefgh") << QList<quint64>{3, 6};
  }
  void stepsByMessage() {
    QFETCH(QString, framing);
    QFETCH(QByteArray, in);
    QFETCH(QList<quint64>, stops);
    Fixture f(framing);
    for (qsizetype at = 0; at < in.size(); at += 3) f.chunk(in.mid(at, 3), at * ms);
    QVERIFY(f.settles());
    f.playhead.first();
    QCOMPARE(f.at(), u"in 0 out 0 events 0"_s);
    for (const quint64 stop : std::as_const(stops)) {
      f.playhead.stepMessage(1);
      QCOMPARE(f.at(), u"in %1 out 0 events 0"_s.arg(stop));
    }
    f.playhead.stepMessage(1);
    QCOMPARE(f.at(), u"live"_s);
    for (auto stop = stops.crbegin(); stop != stops.crend(); ++stop) {
      f.playhead.stepMessage(-1);
      QCOMPARE(f.at(), u"in %1 out 0 events 0"_s.arg(*stop));
    }
    f.playhead.stepMessage(-1);
    QCOMPARE(f.at(), u"in 0 out 0 events 0"_s);
    QVERIFY(!f.playhead.canStepMessage(-1));
  }

  void stepsByMessageOfBothDirections() {
    Fixture f(u"fixed:4"_s);
    f.chunk("aa", 1 * ms);
    f.chunk("XX", 2 * ms, Direction::Out);
    f.chunk("XXYYYY", 3 * ms, Direction::Out);
    f.chunk("aabb", 4 * ms);
    QVERIFY(f.settles());
    f.playhead.first();
    const QStringList stops = {u"in 2 out 4 events 0"_s, u"in 2 out 8 events 0"_s, u"in 4 out 8 events 0"_s};
    for (const QString &stop : stops) {
      f.playhead.stepMessage(1);
      QCOMPARE(f.at(), stop);
    }
    const auto reached = f.playhead.latestMessage();
    QVERIFY(reached && reached->direction == Direction::In && reached->number == 0);
    f.playhead.stepMessage(-1);
    QCOMPARE(f.at(), stops[1]);
    f.playhead.goToMessage(Direction::Out, 0);
    QCOMPARE(f.at(), stops[0]);
  }

  void holdsWhileMoreComes() {
    Fixture f(u"fixed:2"_s);
    f.chunk("abc", 1 * ms);
    QVERIFY(f.settles());
    f.playhead.hold();
    QCOMPARE(f.at(), u"in 3 out 0 events 0"_s);
    QSignalSpy moved(&f.playhead, &Playhead::momentChanged);
    QSignalSpy changed(&f.playhead, &Playhead::changed);
    QSignalSpy advanced(&f.decoder, &ConnectionDecoder::advanced);
    f.chunk("defgh", 2 * ms);
    QVERIFY(f.settles());
    QVERIFY(changed.count() > 0);
    QCOMPARE(moved.count() + advanced.count(), 0);
    QCOMPARE(f.decoder.messageCount(Direction::In), 2U);
    QCOMPARE(f.decoder.liveMessageCount(Direction::In), 4U);
    QVERIFY2(f.playhead.words().contains(u"recv() 1 of 2"), qPrintable(f.playhead.words()));
    QVERIFY2(f.playhead.words().endsWith(u"live goes on: 1 more chunk since"), qPrintable(f.playhead.words()));
    // Another framing reads what there was, and no more.
    f.use(u"fixed:1"_s);
    QVERIFY(f.settles());
    QCOMPARE(f.decoder.messageCount(Direction::In), 3U);
    QCOMPARE(f.decoder.view(Direction::In).size(), 3U);
    f.playhead.returnToLive();
    QCOMPARE(f.decoder.messageCount(Direction::In), 8U);
    QCOMPARE(f.playhead.words(), u"live"_s);
  }

  void playsAsItWasRecorded() {
    Fixture f(u"fixed:1"_s);
    f.chunk("a", 0);
    f.chunk("b", 100 * ms);
    f.chunk("c", 200 * ms);
    f.chunk("d", 60 * second);  // a long silence is cut to a second
    f.chunk("e", 60 * second + 50 * ms);
    QVERIFY(f.settles());
    QSignalSpy playing(&f.playhead, &Playhead::playingChanged);
    const auto received = [&f] { return f.decoder.view(Direction::In).size(); };
    f.playhead.play();
    QVERIFY(f.playhead.isPlaying());
    QCOMPARE(received(), 1U);
    f.clock->pass(99 * ms);
    QCOMPARE(received(), 1U);
    f.clock->pass(1 * ms);
    QCOMPARE(received(), 2U);
    f.clock->pass(100 * ms);
    QCOMPARE(received(), 3U);
    f.clock->pass(999 * ms);
    QCOMPARE(received(), 3U);
    f.clock->pass(1 * ms);
    QCOMPARE(received(), 4U);
    QVERIFY(!f.playhead.isLive());
    f.clock->pass(50 * ms);
    QCOMPARE(f.at(), u"live"_s);
    QVERIFY(!f.playhead.isPlaying() && !f.clock->isSet());
    QCOMPARE(playing.count(), 2);

    // Ten times as fast; stopped in between, and played on from there.
    f.playhead.setSpeed({PlaySpeed::Kind::Recorded, 0.1});
    f.playhead.play();
    f.clock->pass(999 * ms);
    QCOMPARE(received(), 1U);
    f.clock->pass(1 * ms);
    QCOMPARE(received(), 2U);
    f.playhead.pause();
    QVERIFY(!f.clock->isSet());
    f.clock->pass(60 * second);
    QCOMPARE(received(), 2U);
    f.playhead.setSpeed({PlaySpeed::Kind::Recorded, 1});
    f.playhead.play();
    QCOMPARE(received(), 2U);
    f.clock->pass(100 * ms);
    QCOMPARE(received(), 3U);
    f.playhead.stepChunk(-1);  // whoever steps has stopped it
    QVERIFY(!f.playhead.isPlaying());
    QCOMPARE(received(), 2U);
  }

  void playsOnAtAnotherSpeedAndFromTheEndAnew() {
    Fixture f(u"fixed:1"_s);
    f.chunk("a", 0);
    f.chunk("b", 100 * ms);
    QVERIFY(f.settles());
    const auto received = [&f] { return f.decoder.view(Direction::In).size(); };
    f.playhead.setSpeed({PlaySpeed::Kind::Recorded, 0.1});
    f.playhead.play();
    f.clock->pass(100 * ms);
    f.playhead.setSpeed({PlaySpeed::Kind::Recorded, 1});  // at once, not from the next step on
    f.clock->pass(89 * ms);
    QCOMPARE(received(), 1U);
    f.clock->pass(1 * ms);
    QCOMPARE(received(), 2U);
    // Held at the newest moment there is nothing behind it to play.
    f.playhead.hold();
    QVERIFY(!f.playhead.isLive() && !f.playhead.canStepChunk(1));
    f.playhead.play();
    QVERIFY(f.playhead.isPlaying());
    QCOMPARE(received(), 1U);
    // A moment that has not come yet is the newest one.
    f.playhead.goTo(Moment{{100, 100}, 100});
    QCOMPARE(f.playhead.shown(), f.playhead.timeline().last());
  }

  void playsSoManyStepsASecond() {
    Fixture f(u"fixed:1"_s);
    for (int i = 0; i < 10; ++i) f.chunk("a", i);
    QVERIFY(f.settles());
    const auto received = [&f] { return f.decoder.view(Direction::In).size(); };
    f.playhead.setSpeed({PlaySpeed::Kind::StepsPerSecond, 2});
    f.playhead.play();
    QCOMPARE(received(), 0U);
    f.clock->pass(500 * ms);
    QCOMPARE(received(), 1U);
    f.clock->pass(1500 * ms);
    QCOMPARE(received(), 4U);
    // More comes meanwhile: it is played too.
    f.chunk("bb", second);
    QVERIFY(f.settles());
    f.clock->pass(3 * second);
    QCOMPARE(received(), 10U);
    f.clock->pass(500 * ms);
    QCOMPARE(f.at(), u"live"_s);
    QCOMPARE(received(), 12U);
  }

  void playsWhatHasNoTimes() {
    Fixture f(u"fixed:1"_s);
    for (int i = 0; i < 3; ++i) f.chunk("a", noTime - f.start);
    QVERIFY(f.settles());
    f.playhead.play();
    QCOMPARE(f.decoder.view(Direction::In).size(), 0U);
    f.clock->pass(100 * ms);
    QCOMPARE(f.decoder.view(Direction::In).size(), 1U);
    QVERIFY2(f.playhead.words().startsWith(u"chunk 1 of 3 · "), qPrintable(f.playhead.words()));
    f.clock->pass(200 * ms);
    QCOMPARE(f.at(), u"live"_s);
  }

  void saysWhereItStands() {
    Fixture f(u"fixed:4"_s);
    f.event(Event::Kind::Connected);
    const qint64 after = f.connection->clock().stamp() - f.start;
    f.chunk("abcde", after);
    f.chunk("XYZ", after + 1, Direction::Out);
    QVERIFY(f.settles());
    f.playhead.first();
    QVERIFY2(f.playhead.words().startsWith(u"before the first byte · live goes on: 2 more chunks since"),
             qPrintable(f.playhead.words()));
    f.playhead.stepChunk(1);
    QVERIFY2(f.playhead.words().startsWith(u"what happened · "), qPrintable(f.playhead.words()));
    f.playhead.goTo(f.playhead.timeline().momentOf(Direction::In, 2));
    QVERIFY2(f.playhead.words().startsWith(u"recv() 1 of 1, 2 of its 5 bytes · "), qPrintable(f.playhead.words()));
    f.playhead.hold();
    f.playhead.goTo(f.playhead.timeline().last());
    QVERIFY2(f.playhead.words().startsWith(u"send() 1 of 1 · "), qPrintable(f.playhead.words()));
    QVERIFY2(f.playhead.words().endsWith(u" · live goes on"), qPrintable(f.playhead.words()));
    f.connection->setOver();
    f.playhead.stepChunk(-1);
    QVERIFY2(f.playhead.words().endsWith(u" · 1 more chunk since"), qPrintable(f.playhead.words()));
    f.playhead.returnToLive();
    QCOMPARE(f.playhead.words(), u"all that was recorded"_s);
  }

  void standsStillWithoutAnything() {
    Playhead playhead;
    playhead.stepChunk(-1);
    playhead.stepMessage(1);
    playhead.play();
    playhead.hold();
    playhead.first();
    QVERIFY(playhead.isLive() && !playhead.isPlaying() && !playhead.canPlay() && !playhead.canStepChunk(1));
    QVERIFY(playhead.words().isEmpty());
    auto f = std::make_unique<Fixture>(u"fixed:1"_s);
    f->playhead.play();
    QVERIFY(!f->playhead.isPlaying());
    playhead.setDecoder(&f->decoder);
    f.reset();  // the decoder goes first
    QVERIFY(playhead.isLive() && playhead.words().isEmpty());
  }
};

QTEST_GUILESS_MAIN(TestPlayhead)
#include "tst_playhead.moc"

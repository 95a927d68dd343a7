// The framings that read when chunks came, and which: idle, and datagram. What they say, to the letter; what the clock
// alone makes final; and that the past stays what it was.
#include "model/files/message_reader.h"
#include "model/framing/joined_stream.h"
#include "model/framing/message_index.h"
#include "model/framing/registry.h"
#include "model/framing/restarting_framer.h"
#include "tests/support/framer_contract.h"

#include <QTest>

#include <random>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 ms = 1'000'000;
constexpr qint64 start = 1'700'000'000'000 * ms;

struct Came {
  qint64 atMs;
  QByteArray bytes;
};

/// Chunks that came at these times; `nowMs`: up to when nothing more has.
StreamView streamOf(const QList<Came> &all, qint64 nowMs, StreamEnd end = StreamEnd::Open) {
  auto chunks = std::make_shared<ChunkTable>();
  QByteArray bytes;
  for (const Came &came : all) {
    chunks->append({static_cast<quint64>(bytes.size()), start + came.atMs * ms});
    bytes += came.bytes;
  }
  const quint64 count = chunks->size();
  return {ByteSnapshot::of(bytes), ChunkView(std::move(chunks), count), end, start + nowMs * ms};
}

QString explained(const Framer &framer, const StreamView &stream) {
  QStringList words;
  for (const Message &message : messagesOf(framer, stream)) {
    words += framer.explain(stream, message, static_cast<quint64>(words.size()) + 1);
  }
  return words.join(u'\n');
}

QString becauseOf(const Framer &framer, const StreamView &stream) {
  QStringList words;
  for (const Message &message : messagesOf(framer, stream)) words += framer.because(stream, message);
  return words.join(u'\n');
}

}  // namespace

class TestIdleFramer : public QObject {
  Q_OBJECT

  const FramerPtr idle_ = framerFromSpec(u"idle:100").value();

 private Q_SLOTS:
  void cutsAtSilences() {
    const StreamView stream = streamOf({{0, "ab"}, {99, "c"}, {199, "def"}, {1735, "g"}, {1800, "hi"}}, 1899);
    QCOMPARE(told(*idle_, stream), u"0+3 complete payload 0+3\n3+3 complete payload 3+3\n6+3 incomplete payload 6+3"_s);
    QCOMPARE(
        explained(*idle_, stream),
        u"Nothing came for 100 ms behind byte 2, and a silence of 100 ms ends a message, so message 1 ends at byte 3.\n"
        "Nothing came for 1.5 s behind byte 5, and a silence of 100 ms ends a message, so message 2 ends at byte 6.\n"
        "3 bytes of message 3 are here. It ends when nothing comes for 100 ms: waiting for more."_s);
    QCOMPARE(
        becauseOf(*idle_, stream),
        u"nothing came for 100 ms behind it\nnothing came for 1.5 s behind it\nit found no silence of 100 ms in 3 bytes"_s);
    QCOMPARE(toldParts(*idle_, stream, messagesOf(*idle_, stream)[1]), u"payload 3-6"_s);
  }

  void theClockEndsTheLast() {
    const QList<Came> all{{0, "ab"}, {50, "c"}};
    QCOMPARE(told(*idle_, streamOf(all, 149)), u"0+3 incomplete payload 0+3"_s);
    const StreamView later = streamOf(all, 150);
    QCOMPARE(told(*idle_, later), u"0+3 complete payload 0+3"_s);
    QCOMPARE(explained(*idle_, later), u"Nothing has come for 100 ms behind byte 2, so message 1 ends at byte 3."_s);
    QCOMPARE(becauseOf(*idle_, later), u"nothing has come for 100 ms behind it"_s);
    QCOMPARE(idle_->finalAt(later, messagesOf(*idle_, later)[0]), start + 150 * ms);
    // Without a clock nothing is known of what lies behind the last chunk.
    StreamView blind = later;
    blind.nowNs = noTime;
    QCOMPARE(told(*idle_, blind), u"0+3 incomplete payload 0+3"_s);
  }

  void theEndEndsTheLast() {
    const QList<Came> all{{0, "ab"}, {50, "c"}};
    const StreamView fin = streamOf(all, 60, StreamEnd::Fin);
    QCOMPARE(told(*idle_, fin), u"0+3 complete payload 0+3"_s);
    QCOMPARE(explained(*idle_, fin),
             u"The peer ended its stream at byte 3, before a silence of 100 ms, so message 1 is whole: 3 bytes."_s);
    QCOMPARE(becauseOf(*idle_, fin), u"the peer ended its stream there"_s);
    const StreamView reset = streamOf(all, 60, StreamEnd::Reset);
    QCOMPARE(told(*idle_, reset), u"0+3 incomplete payload 0+3"_s);
    QCOMPARE(explained(*idle_, reset),
             u"3 bytes of message 1 are here. It ends when nothing comes for 100 ms: the "
             "connection was reset there, so no more will come."_s);
    QCOMPARE(told(*idle_, streamOf(all, 150, StreamEnd::Reset)), u"0+3 complete payload 0+3"_s);
  }

  void withoutTimesAllIsOne() {
    const StreamView stream = streamInChunks("abcdef", {2, 4}, StreamEnd::Fin);
    QCOMPARE(told(*idle_, stream), u"0+6 complete payload 0+6"_s);
    QCOMPARE(explained(*idle_, stream),
             u"There are no times of arrival here, so no silence is known, and all 6 bytes up "
             "to the end of the stream are message 1."_s);
    QCOMPARE(explained(*idle_, stream.prefix(2)),
             u"2 bytes of message 1 are here. There are no times of arrival here, so no silence is known to end it: "
             "waiting for more."_s);
    QCOMPARE(idle_->finalAt(stream, messagesOf(*idle_, stream)[0]), noTime);
  }

  void keepsToTheLimit() {
    const FramerPtr framer = framerFromSpec(u"idle:100,max=4").value();
    const StreamView stream = streamOf({{0, "ab"}, {50, "cd"}, {200, "ef"}, {250, "ghi"}, {900, "j"}}, 2000);
    QCOMPARE(
        told(*framer, stream),
        u"0+4 complete payload 0+4\n4+6 error payload -+0: the stream goes on behind byte 7 without a silence of 100 "
        "ms, over the limit of 4 bytes"_s);
    QCOMPARE(told(*framer, stream.prefix(6)), u"0+4 complete payload 0+4\n4+2 incomplete payload 4+2"_s);
    QCOMPARE(framer->encode("abcde").error().line(),
             u"a message of 5 bytes is over the limit of 4: send less at once, or raise max="_s);
    QCOMPARE(framer->encode("").error().line(),
             u"idle cannot carry an empty message: nothing would come: send at least one byte"_s);
  }

  void aPrefixKnowsTheSilenceOfThen() {
    const StreamView stream = streamOf({{0, "ab"}, {150, "c"}, {200, "d"}}, 10'000);
    QCOMPARE(stream.prefix(2).nowNs, start + 150 * ms);
    QCOMPARE(stream.prefix(3).nowNs, start + 200 * ms);
    QCOMPARE(told(*idle_, stream.prefix(2)), u"0+2 complete payload 0+2"_s);
    QCOMPARE(told(*idle_, stream.prefix(3)), u"0+2 complete payload 0+2\n2+1 incomplete payload 2+1"_s);
    // A place where framing starts again cuts what was not silent yet when its first byte came, and only that.
    QCOMPARE(told(*withRestarts(idle_, {2}), stream), u"0+2 complete payload 0+2\n2+2 complete payload 2+2"_s);
    QCOMPARE(told(*withRestarts(idle_, {3}), stream),
             u"0+2 complete payload 0+2\n2+1 incomplete payload 2+1\n3+1 complete payload 3+1"_s);
  }

  void anIndexKnowsThePast() {
    // Messages of 1 to 3 chunks; the last one is long.
    QList<Came> all;
    qint64 at = 0;
    std::minstd_rand random(4);
    for (int i = 0; i < 3000; ++i) {
      at += random() % 2 == 0 ? 30 : 120;
      all += Came{at, QByteArray(static_cast<qsizetype>(1 + random() % 40), 'x')};
    }
    for (int i = 0; i < 3000; ++i) all += Came{at += 50, QByteArray(400, 'y')};
    const StreamView stream = streamOf(all, at + 100);
    MessageIndex index(idle_);
    for (quint64 chunks = 1; chunks <= stream.chunks.count(); chunks += 1 + random() % 50) {
      const StreamView part = chunks < stream.chunks.count() ? stream.prefix(stream.chunks[chunks].offset) : stream;
      while (index.advance(part, 100'000)) {
      }
    }
    while (index.advance(stream, 100'000)) {
    }
    const QList<Message> expected = messagesOf(*idle_, stream);
    QVERIFY(expected.last().size > 1'000'000);
    QCOMPARE(index.count(), static_cast<quint64>(expected.size()));
    for (quint64 i = 0; i < index.count(); i += 7) QCOMPARE(index.at(stream, i), expected[static_cast<qsizetype>(i)]);
    for (int i = 0; i < 200; ++i) {
      const StreamView past = stream.prefix(stream.chunks[random() % stream.chunks.count()].offset);
      const MessageIndex::Prefix then = index.within(past);
      QList<Message> fresh = messagesOf(*idle_, past);
      if (!fresh.isEmpty() && fresh.last().status == Status::Incomplete) {
        QCOMPARE(then.rest, fresh.takeLast());
      } else {
        QCOMPARE(then.rest.size, 0ULL);
      }
      QCOMPARE(then.count, static_cast<quint64>(fresh.size()));
    }
  }

  void aReaderSaysWhenItBecameFinal() {
    MessageReader reader(idle_, {});
    reader.setView(streamOf({{0, "ab"}, {150, "c"}, {200, "d"}}, 250));
    QVERIFY(reader.hasNext());
    QCOMPARE(reader.finalTime(), start + 100 * ms);
    reader.pop();
    QVERIFY(!reader.hasNext());
    reader.setView(streamOf({{0, "ab"}, {150, "c"}, {200, "d"}}, 300));
    QVERIFY(reader.hasNext());
    QCOMPARE(reader.finalTime(), start + 300 * ms);
  }

  // What was joined last has the time of its last byte. A byte that waits to be joined may come to less than a silence
  // behind it, whenever that is known.
  void joinedSilenceIsNotCountedEarly() {
    const QList<Came> all = {{50, "a"}, {180, "b"}, {240, "c"}};
    MessageReader reader(framerFromSpec(u"idle:100 |+ idle:200").value(), {});
    reader.setView(streamOf({all[0]}, 160));
    QVERIFY(!reader.hasNext());
    QCOMPARE(reader.nextFinalAt(), start + 250 * ms);
    reader.setView(streamOf(all, 260));
    QVERIFY(!reader.hasNext());
    QCOMPARE(reader.nextFinalAt(), start + 340 * ms);
    reader.setView(streamOf(all, 345));
    QVERIFY(!reader.hasNext());
    QCOMPARE(reader.nextFinalAt(), start + 440 * ms);
    reader.setView(streamOf(all, 440));
    QVERIFY(reader.hasNext());
    QCOMPARE(reader.front().message.size, 3ULL);

    // A silence between those bytes counts at once.
    MessageReader longer(framerFromSpec(u"idle:100 |+ idle:200").value(), {});
    longer.setView(streamOf({{50, "a"}, {260, "b"}}, 260));
    QVERIFY(longer.hasNext());
    QCOMPARE(longer.front().message.size, 1ULL);
  }

  // Joined in slices, its clock goes no further than what is joined.
  void joinedClockWaits() {
    QList<Came> all;
    for (int i = 0; i < 200; ++i) all.append({i * 150, "x"});
    const StreamView stream = streamOf(all, 200 * 150);
    const auto joined = JoinedStream::of(framerFromSpec(u"idle:100 |+ idle:200").value());
    QVERIFY(joined->advance(stream, 1));
    QVERIFY(joined->reached() < stream.size());
    QCOMPARE(joined->view().nowNs, stream.chunks.timeOf(joined->reached()));
    while (joined->advance(stream, 1)) {
    }
    QCOMPARE(joined->view().size(), 200U);
    QCOMPARE(joined->view().nowNs, stream.nowNs);
  }

  void joinedPrefixes() {
    std::minstd_rand random(8);
    for (int round = 0; round < 200; ++round) {
      QList<Came> all;
      qint64 last = 0;
      for (int i = 0; i < 12; ++i) all.append({last += 1 + static_cast<qint64>(random() % 300), QByteArray(1, 'x')});
      const FramerPtr framer = framerFromSpec(u"idle:100 |+ idle:200").value();
      QList<quint64> expected;
      MessageReader whole(framer, {});
      whole.setView(streamOf(all, last + 1000));
      for (; whole.hasNext(); whole.pop()) expected.append(whole.front().message.size);
      MessageReader live(framer, {});
      QList<quint64> got;
      for (qint64 now = 0; now <= last + 1000; now += 1 + static_cast<qint64>(random() % 60)) {
        qsizetype here = 0;
        while (here < all.size() && all[here].atMs <= now) ++here;
        if (here > 0) live.setView(streamOf(all.first(here), now));
        for (; live.hasNext(); live.pop()) got.append(live.front().message.size);
        QCOMPARE(got, expected.first(got.size()));
      }
      QVERIFY(got.size() >= expected.size() - 1);
    }
  }

  void specs() {
    QCOMPARE(idle_->spec(), u"idle:100"_s);
    QCOMPARE(idle_->maxMessage(), 64ULL << 20);
    QVERIFY(!framerFromSpec(u"idle"));
    QVERIFY(!framerFromSpec(u"idle:0"));
    QVERIFY(!framerFromSpec(u"idle:-5"));
    // A silence that nobody lives to see.
    const FramerPtr framer = framerFromSpec(u"idle:9223372036854775807").value();
    const StreamView stream = streamOf({{0, "a"}, {1'000'000, "b"}}, 2'000'000);
    QCOMPARE(told(*framer, stream), u"0+2 incomplete payload 0+2"_s);
    QCOMPARE(framer->finalAt(stream, messagesOf(*framer, stream)[0]), noTime);
  }

  void datagrams() {
    const FramerPtr framer = framerFromSpec(u"datagram,max=3").value();
    QVERIFY(framer->readsChunks());
    const StreamView stream = streamInChunks("abcdefghij", {2, 5, 6});
    QCOMPARE(told(*framer, stream),
             u"0+2 complete payload 0+2\n2+3 complete payload 2+3\n5+1 complete payload 5+1\n"
             "6+4 error payload -+0: bytes 6–9 came as one datagram of 4 bytes, over the limit of 3"_s);
    QCOMPARE(
        explained(*framer, stream.prefix(2)),
        u"Bytes 0–1 (2 bytes) came as one datagram, so that is message 1: a datagram arrives as it was sent, or not at "
        "all. In a TCP stream each chunk counts as one, and there the same bytes may arrive cut otherwise next time."_s);
    QCOMPARE(becauseOf(*framer, stream.prefix(2)), u"one datagram ended there"_s);
    QCOMPARE(framer->encode("abc").value(), QByteArray("abc"));
    QCOMPARE(framer->encode("").error().line(),
             u"an empty datagram has no bytes, and so is no message here: send at least one byte"_s);
    QCOMPARE(framerFromSpec(u"datagram").value()->maxMessage(), 64ULL << 20);
  }
};

QTEST_APPLESS_MAIN(TestIdleFramer)
#include "tst_idle_framer.moc"

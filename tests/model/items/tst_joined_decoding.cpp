// A connection whose framing joins payloads (A |+ B): what is published is the joined stream as B cuts it, live, both
// ways and in the past.
#include "model/capture/capture.h"
#include "model/framing/registry.h"
#include "model/items/connection_decoder.h"
#include "tests/support/direct_scan.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace octetscope;
using octetscope::test::directScan;
using namespace Qt::StringLiterals;

namespace {

constexpr std::array both = {Direction::In, Direction::Out};

DirectionReader readerOf(const QString &spec, bool showsOuter = false) {
  DirectionSettings settings;
  settings.framing = spec;
  settings.showsOuter = showsOuter;
  return DirectionReader::create(settings).value();
}

bool isCaughtUp(const ConnectionDecoder &decoder, quint64 bytes) {
  return !decoder.isBusy() && decoder.totalBytes() == bytes && decoder.framedBytes() == bytes;
}

}  // namespace

class TestJoinedDecoding : public QObject {
  Q_OBJECT

  Capture capture_{u"test"_s};
  std::shared_ptr<Connection> connection_;

  /// What joining gives of the first `size` bytes of a direction.
  StreamView joinedOf(JoinedStream &joined, Direction direction, quint64 size) const {
    const StreamView stream = connection_->stream(direction).view().prefix(size);
    while (joined.advance(stream, ~0ULL)) {
    }
    return joined.view();
  }

 private Q_SLOTS:
  void init() { connection_ = capture_.addConnection({}, {}); }

  // Nothing comes any more, so nobody tells: the decoder looks by itself once what it waits for may be joined.
  void silenceJoins() {
    ConnectionDecoder decoder(connection_);
    const DirectionReader reader = readerOf(u"idle:30 |+ lines"_s);
    decoder.setReaders(reader, reader);
    QVERIFY(connection_->stream(Direction::In).append(viewOf("ab\ncd"), connection_->clock().stamp()));
    decoder.advance();
    QTRY_COMPARE(decoder.messageCount(Direction::In), 2U);
    QCOMPARE(decoder.message(Direction::In, 0).size, 3U);
  }

  void showsWhatWasJoined_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<int>("piece");
    for (const char *spec : {"length:u8 |+ lines", "chunked:u8 |+ netstring", "length:u8 |+ length:u8 |+ fixed:2"}) {
      for (const int piece : {1, 7, 600}) QTest::addRow("%s, %d", spec, piece) << QString::fromLatin1(spec) << piece;
    }
  }
  void showsWhatWasJoined() {
    QFETCH(QString, spec);
    QFETCH(int, piece);
    const FramerPtr framer = framerFromSpec(spec).value();
    QRandomGenerator random(5);
    ConnectionDecoder decoder(connection_);
    decoder.setReaders(readerOf(spec), readerOf(spec));
    std::array<QByteArray, 2> sent;
    for (QByteArray &bytes : sent) {
      while (bytes.size() < 900) {
        QByteArray payload = "ab\ncd 3:xyz,\n";
        payload.truncate(spec.contains(u"fixed:2"_s) ? 2 : random.bounded(1, 13));
        bytes += framer->encode(payload).value_or(QByteArray("\1a"));
      }
    }
    std::array<qsizetype, 2> at = {};
    while (at[0] < sent[0].size() || at[1] < sent[1].size()) {
      const auto d = static_cast<std::size_t>(random.bounded(2));
      const QByteArray bytes = sent[d].mid(at[d], 1 + random.bounded(piece));
      at[d] += bytes.size();
      if (!bytes.isEmpty()) {
        QVERIFY(connection_->stream(both[d]).append(viewOf(bytes), connection_->clock().stamp()));
      }
      decoder.advance();
    }
    std::array<std::unique_ptr<JoinedStream>, 2> joined;
    quint64 all = 0;
    for (std::size_t d = 0; d < 2; ++d) {
      joined[d] = JoinedStream::of(framer);
      all += joinedOf(*joined[d], both[d], ~0ULL).size();
    }
    QTRY_VERIFY(isCaughtUp(decoder, all));
    quint64 rows = 0;
    for (std::size_t d = 0; d < 2; ++d) {
      const StreamView view = joined[d]->view();
      QCOMPARE(copyOf(decoder.view(both[d]).bytes.view()), copyOf(view.bytes.view()));
      const QList<Message> messages = directScan(*decoder.reader(both[d]).framer, view);
      QCOMPARE(decoder.messageCount(both[d]), static_cast<quint64>(messages.size()));
      for (qsizetype i = 0; i < messages.size(); ++i) {
        QCOMPARE(decoder.message(both[d], static_cast<quint64>(i)), messages[i]);
      }
      rows += static_cast<quint64>(messages.size());
      const ByteRange some{view.size() / 3, view.size() / 2};
      const auto origin = decoder.originOf(both[d], some);
      QVERIFY(origin);
      QCOMPARE(origin->range, joined[d]->originOf(some).range);
    }
    QCOMPARE(decoder.rowCount(), rows);
    // Rows stand in the order in which their bytes could be had.
    qint64 before = 0;
    for (quint64 row = 0; row < rows; ++row) {
      const RowOrder::Row what = decoder.row(row);
      const auto direction = static_cast<Direction>(what.kind);
      const qint64 time = decoder.view(direction).chunks.timeOf(decoder.message(direction, what.number).offset);
      QVERIFY(time >= before);
      before = time;
    }
    // Every moment shows what there was then.
    const Timeline timeline = decoder.timeline();
    for (quint64 steps = 0; steps <= timeline.stepCount(); ++steps) {
      const Moment moment = timeline.after(steps);
      decoder.setMoment(moment);
      quint64 expected = 0;
      for (std::size_t d = 0; d < 2; ++d) {
        const StreamView then = joined[d]->view().prefix(moment.bytes[d]);
        QCOMPARE(decoder.view(both[d]).size(), then.size());
        const auto messages = directScan(*decoder.reader(both[d]).framer, then);
        QCOMPARE(decoder.messageCount(both[d]), static_cast<quint64>(messages.size()));
        expected += static_cast<quint64>(messages.size());
      }
      QCOMPARE(decoder.rowCount(), expected);
    }
  }

  void theStreamCanBeShownInstead() {
    const QByteArray bytes("\3a\nb\2c\n");
    QVERIFY(connection_->stream(Direction::In).append(viewOf(bytes), connection_->clock().stamp()));
    ConnectionDecoder decoder(connection_);
    decoder.setReaders(readerOf(u"length:u8 |+ lines"_s, true), readerOf(u"lines"_s));
    decoder.advance();
    QTRY_COMPARE(decoder.messageCount(Direction::In), 2U);
    QCOMPARE(decoder.view(Direction::In).size(), 7U);
    QVERIFY(!decoder.originOf(Direction::In, {0, 3}));
    decoder.setReaders(readerOf(u"length:u8 |+ lines"_s), readerOf(u"lines"_s));
    decoder.advance();
    QTRY_COMPARE(decoder.view(Direction::In).size(), 5U);
    QTRY_COMPARE(decoder.messageCount(Direction::In), 2U);
    QCOMPARE(decoder.message(Direction::In, 1).range(), (ByteRange{2, 5}));
    QCOMPARE(decoder.originOf(Direction::In, {2, 5})->range, (ByteRange{3, 7}));
  }
};

QTEST_GUILESS_MAIN(TestJoinedDecoding)
#include "tst_joined_decoding.moc"

// ConnectionDecoder through its public face: what it publishes equals framing the same bytes directly, whatever came
// when; rows never move; generations replace each other; nothing is left when it goes.
#include "model/items/connection_decoder.h"

#include "model/capture/capture.h"
#include "model/framing/registry.h"
#include "tests/support/direct_scan.h"
#include "tests/support/readers.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>
#include <QThreadPool>

#include <thread>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

struct ExpectedRow {
  qint64 time;
  RowOrder::Row row;
};

/// The rows a connection must have, from its chunk tables alone.
QList<RowOrder::Row> expectedRows(const Connection &connection, const std::array<QList<Message>, 2> &messages) {
  QList<ExpectedRow> rows;
  for (int d = 0; d < 2; ++d) {
    const StreamView view = connection.stream(static_cast<Direction>(d)).view();
    for (qsizetype i = 0; i < messages[d].size(); ++i) {
      rows.append({view.chunks.timeOf(messages[d][i].offset), {static_cast<RowKind>(d), static_cast<quint64>(i)}});
    }
  }
  for (quint64 i = 0; i < connection.eventCount(); ++i) rows.append({connection.event(i).timeNs, {RowKind::Event, i}});
  std::ranges::stable_sort(rows, {}, &ExpectedRow::time);
  QList<RowOrder::Row> result;
  for (const ExpectedRow &row : rows) result.append(row.row);
  return result;
}

}  // namespace

class TestConnectionDecoder : public QObject {
  Q_OBJECT

  static QString compare(const ConnectionDecoder &decoder) {
    const Connection &connection = *decoder.connection();
    std::array<QList<Message>, 2> messages;
    for (int d = 0; d < 2; ++d) {
      const auto direction = static_cast<Direction>(d);
      messages[d] = directScan(*decoder.reader(direction).framer, connection.stream(direction).view());
      if (decoder.messageCount(direction) != static_cast<quint64>(messages[d].size())) {
        return u"%1 messages instead of %2"_s.arg(decoder.messageCount(direction)).arg(messages[d].size());
      }
      for (qsizetype i = 0; i < messages[d].size(); ++i) {
        if (decoder.message(direction, static_cast<quint64>(i)) != messages[d][i]) return u"message %1"_s.arg(i);
        const Message &message = messages[d][i];
        if (i % 101 != 0 && messages[d].size() > 20000) continue;
        if (decoder.messageAt(direction, message.offset) != static_cast<quint64>(i)) return u"begin of %1"_s.arg(i);
        if (decoder.messageAt(direction, message.end() - 1) != static_cast<quint64>(i)) return u"end of %1"_s.arg(i);
      }
      if (decoder.messageAt(direction, connection.stream(direction).size())) return u"a message behind the end"_s;
    }
    const QList<RowOrder::Row> rows = expectedRows(connection, messages);
    if (decoder.rowCount() != static_cast<quint64>(rows.size())) {
      return u"%1 rows instead of %2"_s.arg(decoder.rowCount()).arg(rows.size());
    }
    for (qsizetype i = 0; i < rows.size(); ++i) {
      if (!(decoder.row(static_cast<quint64>(i)) == rows[i])) return u"row %1"_s.arg(i);
      if (decoder.rowOf(rows[i].kind, rows[i].number) != static_cast<quint64>(i)) return u"row of %1"_s.arg(i);
    }
    return {};
  }

  /// What is located at every byte against looking through all messages: twice, so that what is remembered is asked
  /// too.
  static QString compareLocated(const ConnectionDecoder &decoder) {
    for (const Direction direction : {Direction::In, Direction::Out, Direction::In, Direction::Out}) {
      const QList<Message> messages = directScan(*decoder.reader(direction).framer, decoder.view(direction));
      qsizetype number = 0;
      for (quint64 offset = 0; offset <= decoder.view(direction).size() + 3; ++offset) {
        while (number < messages.size() && messages[number].end() <= offset) ++number;
        const auto found = decoder.locate(direction, offset);
        if (found.has_value() != (number < messages.size())) return u"nothing, or something, at %1"_s.arg(offset);
        if (!found) continue;
        if (found->number != static_cast<quint64>(number)) return u"message %1 at %2"_s.arg(number).arg(offset);
        if (found->message != messages[number]) return u"where message %1 lies"_s.arg(number);
      }
    }
    return {};
  }

  static bool isCaughtUp(const ConnectionDecoder &decoder) {
    const Connection &c = *decoder.connection();
    return decoder.framedBytes() == c.stream(Direction::In).size() + c.stream(Direction::Out).size() &&
           !decoder.isBusy() && (decoder.rowCount() > 0 || decoder.framedBytes() == 0);
  }

  /// Records about `bytes` in pieces of up to `most`, both ways, events between them.
  static void record(Connection &connection, quint32 seed, quint64 bytes, int most,
                     const std::function<void()> &after) {
    QRandomGenerator random(seed);
    static const QByteArray text = "a\nbc;\r\ndef 5:hello,\n\0\0\3xyz\0\2pq\0\0\0\0\1"_ba;
    for (quint64 done = 0; done < bytes;) {
      QByteArray piece;
      const int size = 1 + random.bounded(most);
      while (piece.size() < size) piece += text.mid(random.bounded(static_cast<int>(text.size())));
      piece.truncate(size);
      const auto direction = static_cast<Direction>(random.bounded(2));
      if (!connection.stream(direction).append(viewOf(piece), connection.clock().stamp())) qFatal("append");
      if (random.bounded(20) == 0) connection.addEvent(Event::Kind::Note, u"note"_s);
      done += static_cast<quint64>(size);
      after();
    }
  }

 private Q_SLOTS:
  void whatIsNotPublishedIsNowhere() {
    QThreadPool pool;
    const auto connection = std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), Endpoint(), Endpoint());
    QVERIFY(connection->stream(Direction::In).append(viewOf(counted("abc"_ba).repeated(200)), 1));
    ConnectionDecoder decoder(connection, nullptr, &pool);
    decoder.setReaders(readerOf(u"length:u16be"_s), readerOf(u"length:u16be"_s));
    decoder.advance();
    QVERIFY(pool.waitForDone());  // all is framed, and nothing of it has been told yet
    QCOMPARE(decoder.rowCount(), quint64{0});
    QVERIFY(!decoder.messageAt(Direction::In, 501));
    QVERIFY(!decoder.locate(Direction::In, 0));
    QTRY_COMPARE(decoder.messageAt(Direction::In, 501), std::optional<quint64>(100));
    QVERIFY(!decoder.messageAt(Direction::In, 1000));
  }

  void readersComeFromSettings() {
    const auto reader = DirectionReader::create({.framing = u"length:u32be"_s, .layout = u"!H:seq"_s}, {7});
    QVERIFY(reader);
    QCOMPARE(reader->framer->spec(), u"length:u32be"_s);
    QVERIFY(reader->layers.first().fields);
    QVERIFY(!DirectionReader::create({.framing = u"length:u32be"_s})->layers.first().fields);
    QCOMPARE(DirectionReader::create({.framing = u"length:u32be"_s, .maxMessage = 99})->framer->maxMessage(), 99ULL);
    const auto badSpec = DirectionReader::create({.framing = u"nonsense"_s});
    QVERIFY(!badSpec && badSpec.error().position >= 0);
    const auto badLayout = DirectionReader::create({.framing = u"lines"_s, .layout = u"!H Y"_s});
    QVERIFY(!badLayout);
  }

  void nothingIsReadBeforeReaders() {
    Capture capture(u"test"_s);
    const auto connection = capture.addConnection({}, {});
    QVERIFY(connection->stream(Direction::In).append(viewOf("abc"), connection->clock().stamp()));
    ConnectionDecoder decoder(connection);
    decoder.advance();
    QCOMPARE(decoder.rowCount(), 0ULL);
    QVERIFY(!decoder.reader(Direction::In).framer);
    QVERIFY(!decoder.messageAt(Direction::In, 0));
  }

  void equalsADirectScan_data() {
    QTest::addColumn<QString>("in");
    QTest::addColumn<QString>("out");
    QTest::addColumn<int>("piece");
    for (const int piece : {1, 13, 3000}) {
      QTest::addRow("lines, lines, %d", piece) << u"lines"_s << u"lines"_s << piece;
      QTest::addRow("chunks, lines, %d", piece) << u"chunks"_s << u"lines"_s << piece;
      QTest::addRow("u16, fixed, %d", piece) << u"length:u16be"_s << u"fixed:3"_s << piece;
      QTest::addRow("until-close, delimiter, %d", piece) << u"until-close"_s << u"delimiter:;"_s << piece;
      QTest::addRow("u8, chunks, %d", piece) << u"length:u8"_s << u"chunks"_s << piece;
    }
  }
  void equalsADirectScan() {
    QFETCH(QString, in);
    QFETCH(QString, out);
    QFETCH(int, piece);
    Capture capture(u"test"_s);
    const auto connection = capture.addConnection({}, {});
    ConnectionDecoder decoder(connection);
    decoder.setReaders(readerOf(in), readerOf(out));

    // A row never moves, and its first byte stays where it was.
    struct Seen {
      RowOrder::Row row;
      quint64 offset;
    };
    QList<Seen> seen;
    bool moved = false;
    int announced = 0;
    connect(&decoder, &ConnectionDecoder::rowsAboutToBeAdded, this, [&](quint64 first, quint64) {
      ++announced;
      moved = moved || first != static_cast<quint64>(seen.size()) || first != decoder.rowCount();
    });
    connect(&decoder, &ConnectionDecoder::rowsAdded, this, [&](quint64 first, quint64 last) {
      --announced;
      moved = moved || decoder.rowCount() != last + 1;
      const auto offsetOf = [&](const RowOrder::Row &row) {
        return row.kind == RowKind::Event ? 0 : decoder.message(static_cast<Direction>(row.kind), row.number).offset;
      };
      for (const quint64 row : {first / 2, first - std::min<quint64>(first, 1)}) {
        if (row >= first) continue;
        const RowOrder::Row now = decoder.row(row);
        const Seen &then = seen[static_cast<qsizetype>(row)];
        moved = moved || !(now == then.row) || offsetOf(now) != then.offset;
      }
      for (quint64 row = first; row <= last; ++row) seen.append({decoder.row(row), offsetOf(decoder.row(row))});
    });

    QSignalSpy advanced(&decoder, &ConnectionDecoder::advanced);
    int pieces = 0;
    record(*connection, static_cast<quint32>(piece), piece == 1 ? 3000 : 60000, piece, [&] {
      decoder.advance();
      if (++pieces % 200 == 0) advanced.wait(100);
    });
    connection->stream(Direction::In).finish(StreamEnd::Fin, connection->clock().stamp());
    connection->stream(Direction::Out).finish(StreamEnd::Fin, connection->clock().stamp());
    connection->addEvent(Event::Kind::Closed, u"closed"_s);
    decoder.advance();
    QTRY_COMPARE(compare(decoder), QString());
    QVERIFY(!moved);
    QCOMPARE(announced, 0);
    QCOMPARE(decoder.rowCount(), static_cast<quint64>(seen.size()));
    QVERIFY(isCaughtUp(decoder));
    QVERIFY(decoder.startTimeNs() > 0);
  }

  void aPendingMessageIsCompletedInPlace() {
    Capture capture(u"test"_s);
    const auto connection = capture.addConnection({}, {});
    Stream &stream = connection->stream(Direction::In);
    ConnectionDecoder decoder(connection);
    decoder.setReaders(readerOf(u"length:u16be"_s), readerOf(u"chunks"_s));
    QVERIFY(stream.append(viewOf(QByteArray("\0", 1)), connection->clock().stamp()));
    decoder.advance();
    QTRY_COMPARE(decoder.rowCount(), 1ULL);
    QCOMPARE(decoder.message(Direction::In, 0).status, Status::Incomplete);

    QSignalSpy changed(&decoder, &ConnectionDecoder::rowChanged);
    QSignalSpy added(&decoder, &ConnectionDecoder::rowsAdded);
    connection->addEvent(Event::Kind::Note, u"between"_s);
    QVERIFY(stream.append(viewOf("\3abc"), connection->clock().stamp()));
    decoder.advance();
    QTRY_COMPARE(decoder.rowCount(), 2ULL);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toULongLong(), 0ULL);
    QCOMPARE(added.size(), 1);
    QCOMPARE(decoder.message(Direction::In, 0).status, Status::Complete);
    QCOMPARE(decoder.message(Direction::In, 0).size, 5ULL);
    QCOMPARE(decoder.row(1).kind, RowKind::Event);
    QCOMPARE(decoder.eventAt(0).text, u"between"_s);
  }

  void anEndChangesTheRowThatWaits() {
    Capture capture(u"test"_s);
    const auto connection = capture.addConnection({}, {});
    Stream &stream = connection->stream(Direction::Out);
    QVERIFY(stream.append(viewOf("no line feed"), connection->clock().stamp()));
    ConnectionDecoder decoder(connection);
    decoder.setReaders(readerOf(u"lines"_s), readerOf(u"lines"_s));
    QTRY_COMPARE(decoder.rowCount(), 1ULL);
    QSignalSpy changed(&decoder, &ConnectionDecoder::rowChanged);
    stream.finish(StreamEnd::Fin, connection->clock().stamp());
    decoder.advance();
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(decoder.view(Direction::Out).end, StreamEnd::Fin);
  }

  void readsRawFiles() {
    QTemporaryFile file;
    QVERIFY(file.open());
    const QByteArray line = QByteArray(79, 'x') + '\n';
    for (int i = 0; i < 200; ++i) file.write(line.repeated(1000));
    QVERIFY(file.flush());
    const auto capture = Capture::openRaw(file.fileName(), {1000});
    QVERIFY(capture);
    ConnectionDecoder decoder((*capture)->connection(0));
    QSignalSpy busy(&decoder, &ConnectionDecoder::busyChanged);
    decoder.setReaders(readerOf(u"lines"_s), readerOf(u"until-close"_s));
    QVERIFY(decoder.isBusy());
    QTRY_VERIFY_WITH_TIMEOUT(!decoder.isBusy(), 20000);
    QCOMPARE(busy.size(), 2);
    QCOMPARE(decoder.rowCount(), 200'000ULL);
    QCOMPARE(decoder.framedBytes(), 16'000'000ULL);
    QCOMPARE(decoder.totalBytes(), 16'000'000ULL);
    QCOMPARE(decoder.message(Direction::In, 123'456).offset, 80ULL * 123'456);
    QCOMPARE(decoder.startTimeNs(), noTime);
  }

  void framingIsSwitchedWhileBytesArrive() {
    Capture capture(u"test"_s);
    const auto connection = capture.addConnection({}, {});
    ConnectionDecoder decoder(connection);
    std::atomic<bool> isOver = false;
    std::thread recorder([&] {
      record(*connection, 5, 1'500'000, 400, [] {});
      isOver = true;
    });
    const QStringList specs = {u"lines"_s,         u"chunks"_s,    u"length:u16be"_s, u"fixed:9"_s,
                               u"delimiter:;"_s,   u"length:u8"_s, u"until-close"_s,  u"lines"_s,
                               u"length:varint"_s, u"lines"_s};
    QSignalSpy advanced(&decoder, &ConnectionDecoder::advanced);
    QSignalSpy restarted(&decoder, &ConnectionDecoder::restarted);
    for (int i = 0; i < specs.size(); ++i) {
      decoder.setReaders(readerOf(specs[i]), readerOf(specs[specs.size() - 1 - i]));
      QCOMPARE(decoder.rowCount(), 0ULL);
      for (int step = 0; step < 3; ++step) {
        decoder.advance();
        advanced.wait(50);
      }
    }
    QCOMPARE(restarted.size(), specs.size());
    while (!isOver) {
      decoder.advance();
      advanced.wait(20);
    }
    recorder.join();
    decoder.advance();
    QTRY_VERIFY_WITH_TIMEOUT(isCaughtUp(decoder), 20000);
    QTRY_COMPARE(compare(decoder), QString());
  }

  void theBytesStayWhenFramingChanges() {
    Capture capture(u"test"_s);
    const auto connection = capture.addConnection({}, {});
    QVERIFY(connection->stream(Direction::In).append(viewOf("one\ntwo\n"), connection->clock().stamp()));
    ConnectionDecoder decoder(connection);
    decoder.setReaders(readerOf(u"lines"_s), readerOf(u"lines"_s));
    QTRY_COMPARE(decoder.rowCount(), 2ULL);
    quint64 before = 0;
    connect(&decoder, &ConnectionDecoder::aboutToRestart, this, [&] { before = decoder.rowCount(); });
    connect(&decoder, &ConnectionDecoder::restarted, this, [&] {
      QCOMPARE(decoder.rowCount(), 0ULL);
      QCOMPARE(decoder.view(Direction::In).size(), 8ULL);
    });
    decoder.setReaders(readerOf(u"chunks"_s), readerOf(u"chunks"_s));
    QCOMPARE(before, 2ULL);
    QTRY_COMPARE(decoder.rowCount(), 1ULL);
  }

  void whatIsLocatedStaysRight() {
    Capture capture(u"test"_s);
    const auto connection = capture.addConnection({}, {});
    ConnectionDecoder decoder(connection);
    decoder.setReaders(readerOf(u"lines"_s), readerOf(u"netstring"_s));
    // While bytes come, a message that was not final is another one later.
    for (quint32 step = 0; step < 40; ++step) {
      record(*connection, step, 40, 30, [] {});
      decoder.advance();
      QTRY_VERIFY(isCaughtUp(decoder));
      QCOMPARE(compareLocated(decoder), QString());
    }
    // In the past, and back again.
    const Timeline timeline = decoder.timeline();
    for (quint64 steps = 0; steps <= timeline.stepCount(); steps += 3) {
      decoder.setMoment(timeline.after(timeline.stepCount() - steps));
      QCOMPARE(compareLocated(decoder), QString());
      decoder.setMoment(std::nullopt);
      if (steps % 10 == 0) QCOMPARE(compareLocated(decoder), QString());
    }
    // Under other framings, and where they start again.
    for (const auto &[spec, restarts] :
         {std::pair(u"fixed:7"_s, QList<quint64>{}), std::pair(u"lines"_s, QList<quint64>{100, 333}),
          std::pair(u"lines"_s, QList<quint64>{101})}) {
      const auto reader = DirectionReader::create({.framing = spec}, restarts);
      decoder.setReaders(*reader, *reader);
      QCOMPARE(decoder.locate(Direction::In, 100).has_value(), false);
      QTRY_VERIFY(isCaughtUp(decoder));
      QCOMPARE(compareLocated(decoder), QString());
    }
  }

  void goesWhileASliceRuns() {
    Capture capture(u"test"_s);
    const auto connection = capture.addConnection({}, {});
    record(*connection, 9, 3'000'000, 9000, [] {});
    QThreadPool pool;
    for (int i = 0; i < 20; ++i) {
      ConnectionDecoder decoder(connection, nullptr, &pool);
      decoder.setReaders(readerOf(u"lines"_s), readerOf(u"length:u8"_s));
      if (i % 2 == 1) QSignalSpy(&decoder, &ConnectionDecoder::advanced).wait(100);
    }
    QVERIFY(pool.waitForDone());
    QCoreApplication::sendPostedEvents();
  }
};

QTEST_GUILESS_MAIN(TestConnectionDecoder)
#include "tst_connection_decoder.moc"

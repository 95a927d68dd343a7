// MessageIndex through its public face: looking up equals scanning from the first byte, costs what it promises, and
// holds while another thread advances.
#include "model/framing/message_index.h"

#include "model/framing/registry.h"
#include "tests/support/counting_framer.h"
#include "tests/support/support.h"

#include <QRandomGenerator>
#include <QTest>

#include <thread>

using namespace octetscope;
using namespace octetscope::test;

namespace {

/// A message is a run of equal bytes: only the byte behind it says that it is over.
class RunFramer final : public CountingFramer {
 public:
  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    const std::uint8_t *const data = stream.bytes.data();
    state.scanned = std::max(state.scanned, state.at + 1);
    for (; state.scanned < stream.size(); ++state.scanned) {
      if (data[state.scanned] == data[state.at]) continue;
      const Message message{state.at, state.scanned - state.at, state.at, state.scanned - state.at, Status::Complete};
      state.at = state.scanned;
      if (!out.add(message)) return;
    }
    state.scanned = std::min(state.scanned, stream.size());
  }
};

}  // namespace

class TestMessageIndex : public QObject {
  Q_OBJECT

  static QList<Message> scanned(const Framer &framer, const StreamView &stream, quint64 start = 0) {
    QList<Message> messages;
    ScanState state = ScanState::startingAt(start);
    MessageBatch batch;
    do {
      batch.start(state.at);
      framer.scan(stream, state, batch);
      for (const Message &message : batch.messages()) messages.append(message);
    } while (batch.isFull());
    return messages;
  }

  /// Bytes that every framing of the rows below cuts many times: `count` messages of up to `most` bytes of payload,
  /// two of three short where others are longer than a step.
  static QByteArray encoded(const Framer &framer, int count, int most) {
    QRandomGenerator random(count);
    QByteArray bytes;
    for (int i = 0; i < count; ++i) {
      QByteArray payload(random.bounded(most > 300'000 && i % 3 != 0 ? 50 : most), Qt::Uninitialized);
      for (char &c : payload) c = static_cast<char>('a' + random.bounded(26));
      if (const auto message = framer.encode(payload)) bytes += *message;
    }
    return bytes;
  }

  static StreamView chunked(const QByteArray &bytes, quint64 step, StreamEnd end) {
    auto chunks = std::make_shared<ChunkTable>();
    for (quint64 at = 0; at < static_cast<quint64>(bytes.size()); at += step) chunks->append({at, qint64(at)});
    const quint64 count = chunks->size();
    return {ByteSnapshot::of(bytes), ChunkView(std::move(chunks), count), end, noTime};
  }

 private Q_SLOTS:
  void lookingUpEqualsScanning_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("most");
    const QStringList specs = {QStringLiteral("length:u16be"),
                               QStringLiteral("length:u32le,offset=2,adjust=2"),
                               QStringLiteral("length:varint"),
                               QStringLiteral("length:decimal"),
                               QStringLiteral("netstring"),
                               QStringLiteral("lines"),
                               QStringLiteral("delimiter:\\r\\n"),
                               QStringLiteral("delimiter:;,quote='"),
                               QStringLiteral("chunked:u8"),
                               QStringLiteral("http-chunked"),
                               QStringLiteral("chunks"),
                               QStringLiteral("fixed:7"),
                               QStringLiteral("until-close"),
                               QStringLiteral("slip"),
                               QStringLiteral("cobs"),
                               QStringLiteral("hdlc"),
                               QStringLiteral("tlv:u8/u32be"),
                               QStringLiteral("sync:AA55,length=u32be,checksum=sum8")};
    for (const QString &spec : specs) {
      if (!framerFromSpec(spec)) continue;  // a framing may come later than its index
      QTest::addRow("%s, small", qPrintable(spec)) << spec << 3000 << 60;
      QTest::addRow("%s, large", qPrintable(spec)) << spec << 40 << 60000;
      QTest::addRow("%s, longer than a step", qPrintable(spec)) << spec << 24 << 700'000;
    }
  }
  void lookingUpEqualsScanning() {
    QFETCH(QString, spec);
    QFETCH(int, count);
    QFETCH(int, most);
    const FramerPtr framer = *framerFromSpec(spec);
    QByteArray bytes = encoded(*framer, count, most);
    if (bytes.isEmpty()) bytes = encoded(CountingFramer(), count, most);
    const StreamView stream = chunked(bytes, 997, StreamEnd::Fin);
    const QList<Message> expected = scanned(*framer, stream);

    QRandomGenerator random(3);
    MessageIndex index(framer);
    // In arrivals of whole chunks, with budgets that run out.
    for (quint64 arrived = 0; arrived < stream.size();) {
      arrived = std::min<quint64>(arrived + 997 * (1 + random.bounded(most > 300'000 ? 2000U : 30U)), stream.size());
      const StreamView view = stream.prefix(arrived);
      while (index.advance(view, 1 + random.bounded(20000U))) {
        const Message rest = index.rest(view);
        QVERIFY(rest.size == 0 || rest.end() <= arrived);
      }
      const Message rest = index.rest(view);
      QVERIFY(rest.size == 0 || rest.end() == arrived);
    }
    QCOMPARE(index.count(), static_cast<quint64>(expected.size()));
    QCOMPARE(index.range(stream, 0, expected.size() + 5), expected);
    for (int i = 0; i < 500 && !expected.isEmpty(); ++i) {
      const quint64 number = random.bounded(static_cast<quint32>(expected.size()));
      QCOMPARE(index.at(stream, number), expected[static_cast<qsizetype>(number)]);
      MessageGroup group;
      index.find(stream, number, group);
      QVERIFY(group.contains(number));
      QVERIFY(group.first + group.count() <= index.count());
      QCOMPARE(group.at(number), expected[static_cast<qsizetype>(number)]);
      const quint64 offset = random.bounded(static_cast<quint32>(stream.size()));
      const auto behind = std::ranges::find_if(expected, [offset](const Message &m) { return m.end() > offset; });
      QCOMPARE(index.numberAt(stream, offset), static_cast<quint64>(behind - expected.begin()));
    }
  }

  void beginsWhereItIsTold() {
    const StreamView stream = streamOf("garbage one\ntwo\nthree\n");
    MessageIndex index(std::make_shared<CountingFramer>(), 8);
    QVERIFY(!index.advance(stream, 1 << 20));
    QCOMPARE(index.count(), 3ULL);
    QCOMPARE(index.at(stream, 0).range(), (ByteRange{8, 12}));
    QCOMPARE(index.numberAt(stream, 2), 0ULL);
    QCOMPARE(index.numberAt(stream, 12), 1ULL);
    QCOMPARE(index.numberAt(stream, 400), 3ULL);
  }

  void statesBetweenMessagesAreKept() {
    QByteArray bytes;
    for (int i = 0; i < 5000; ++i) bytes += QByteArray(i % 91, 'x') + '\n';
    const StreamView stream = streamOf(bytes);
    const auto framer = std::make_shared<CountingFramer>(true);
    const QList<Message> expected = scanned(*framer, stream);
    MessageIndex index(framer);
    QVERIFY(!index.advance(stream, ~0ULL));
    for (quint64 number = 0; number < index.count(); number += 37) {
      QCOMPARE(index.at(stream, number), expected[static_cast<qsizetype>(number)]);
    }
  }

  void thePastDoesNotKnowWhatBytesBehindItSaid() {
    QByteArray bytes;
    for (int i = 0; i < 4000; ++i) bytes += QByteArray(1 + i % 5, static_cast<char>('a' + i % 2));
    const StreamView stream = streamOf(bytes);
    const RunFramer framer;
    MessageIndex index(std::make_shared<RunFramer>());
    QVERIFY(!index.advance(stream, ~0ULL));
    for (quint64 size = 1; size <= stream.size(); ++size) {
      const MessageIndex::Prefix then = index.within(stream.prefix(size));
      const QList<Message> fresh = scanned(framer, stream.prefix(size));
      QCOMPARE(then.count, static_cast<quint64>(fresh.size()));
      QCOMPARE(then.rest.offset, fresh.isEmpty() ? 0 : fresh.last().end());
    }
  }

  void neverScansMoreThanAStepAgain_data() {
    QTest::addColumn<QList<int>>("sizes");
    QTest::newRow("small") << QList<int>(40000, 60);
    QTest::newRow("one of 20 MB") << QList<int>{100, 20'000'000, 100, 100};
    QTest::newRow("small, long, small") << QList<int>(500, 900) + QList<int>{3'000'000} + QList<int>(500, 900) +
                                               QList<int>{700'000, 700'000, 5};
    QTest::newRow("about a step") << QList<int>(30, 256 * 1024) + QList<int>(30, 255 * 1024) +
                                         QList<int>(30, 257 * 1024);
    QTest::newRow("two thirds of a step") << QList<int>(60, 170 * 1024);
  }
  void neverScansMoreThanAStepAgain() {
    QFETCH(QList<int>, sizes);
    QByteArray bytes;
    for (const int size : sizes) bytes += QByteArray(size - 1, 'x') + '\n';
    bytes += QByteArray(2'000'000, 'y');  // a last one without an end
    const StreamView stream = streamOf(bytes);
    const auto framer = std::make_shared<CountingFramer>();
    MessageIndex index(framer);
    QVERIFY(!index.advance(stream, ~0ULL));
    QCOMPARE(framer->scannedBytes.load() + sizes.size(), stream.size());  // every byte once
    QCOMPARE(index.count(), static_cast<quint64>(sizes.size()));

    constexpr quint64 most = 256 * 1024 + 4096;
    quint64 at = 0;
    for (int i = 0; i < sizes.size(); ++i) {
      const Message expected{at, quint64(sizes[i]), at, quint64(sizes[i]) - 1, Status::Complete};
      if (i % 7 == 0 || sizes[i] > 100'000) {
        framer->scannedBytes = 0;
        QCOMPARE(index.at(stream, static_cast<quint64>(i)), expected);
        QVERIFY2(framer->scannedBytes <= most, qPrintable(QString::number(framer->scannedBytes)));
        MessageGroup group;
        framer->scannedBytes = 0;
        index.find(stream, static_cast<quint64>(i), group);
        QCOMPARE(group.at(static_cast<quint64>(i)), expected);
        QVERIFY2(framer->scannedBytes <= most, qPrintable(QString::number(framer->scannedBytes)));
        const ScanState inner = index.stateFor(at, at + expected.size - 1);
        QVERIFY(inner.at <= at);
        QVERIFY(at + expected.size - 1 - std::min(inner.scanned, at + expected.size - 1) <= most);
      }
      framer->scannedBytes = 0;
      if (i % 97 == 0 || sizes[i] > 100'000) {
        QCOMPARE(index.numberAt(stream, at + expected.size / 2), static_cast<quint64>(i));
        QVERIFY2(framer->scannedBytes <= 2 * most, qPrintable(QString::number(framer->scannedBytes)));
      }
      at += expected.size;
    }
  }

  void everyByteIsScannedOnceHoweverSmallTheArrivals() {
    const QByteArray bytes = QByteArray(QByteArray(70, 'x') + '\n').repeated(200) + QByteArray(20000, 'y');
    const auto framer = std::make_shared<CountingFramer>();
    MessageIndex index(framer);
    const StreamView stream = chunked(bytes, 1, StreamEnd::Open);
    for (quint64 size = 1; size <= stream.size(); ++size) index.advance(stream.prefix(size), 1 << 20);
    QCOMPARE(framer->scannedBytes.load(), stream.size() - 200);
    QCOMPARE(index.rest(stream).size, 20000ULL);
  }

  void budgetsCutEndlessMessages() {
    const StreamView stream = streamOf(QByteArray(4'000'000, 'x'));
    const auto framer = std::make_shared<CountingFramer>();
    MessageIndex index(framer);
    QVERIFY(index.advance(stream, 300'000));
    QVERIFY(framer->scannedBytes <= 600'000);
    QVERIFY(index.reached() <= 600'000);
    const Message rest = index.rest(stream);
    QCOMPARE(rest.size, index.reached());
    QVERIFY(!index.advance(stream, ~0ULL));
    QCOMPARE(index.rest(stream).size, stream.size());
  }

  void anErrorWithoutAMarkerKeepsNothing() {
    const auto framer = framerFromSpec(QStringLiteral("length:u16be,max=100"));
    QVERIFY(framer);
    MessageIndex index(*framer);
    const StreamView stream = streamOf(QByteArray("\0\3abc", 5) + QByteArray(3'000'000, '\xff'));
    QVERIFY(!index.advance(stream, ~0ULL));
    QCOMPARE(index.count(), 1ULL);
    QCOMPARE(index.rest(stream).status, Status::Error);
    QCOMPARE(index.rest(stream).size, 3'000'000ULL);
    QVERIFY(index.memoryUsed() < 1000);
  }

  void findsTheFirstFlaw_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<int>("rare");  // one message in so many is too long
    for (const int rare : {1, 2, 40, 500, 100'000}) {
      QTest::addRow("delimiter, 1 in %d", rare) << QStringLiteral("delimiter:;,max=20") << rare;
      QTest::addRow("quoted, 1 in %d", rare) << QStringLiteral("delimiter:;,quote=',max=20") << rare;
    }
  }
  void findsTheFirstFlaw() {
    QFETCH(QString, spec);
    QFETCH(int, rare);
    QRandomGenerator random(rare);
    QByteArray bytes;
    for (int i = 0; i < 20'000; ++i) {
      bytes += QByteArray(random.bounded(rare) == 0 ? 30 : 1 + static_cast<int>(random.bounded(15)), 'x') + ';';
    }
    const StreamView stream = streamOf(bytes);
    MessageIndex index(*framerFromSpec(spec));
    for (quint64 size = 1; size < stream.size(); size += 1 + random.bounded(20'000)) {
      index.advance(stream.prefix(size), ~0ULL);
    }
    index.advance(stream, ~0ULL);
    const QList<Message> all = scanned(index.framer(), stream);
    QCOMPARE(index.count(), static_cast<quint64>(all.size()));
    for (int round = 0; round < 500; ++round) {
      const auto first = static_cast<qsizetype>(random.bounded(index.count() + 2));
      const auto end = first + static_cast<qsizetype>(random.bounded(round % 2 ? 2000 : 70));
      std::optional<quint64> expected;
      for (qsizetype i = first; i < std::min(end, all.size()) && !expected; ++i) {
        if (all.at(i).status != Status::Complete) expected = static_cast<quint64>(i);
      }
      QCOMPARE(index.firstFlaw(stream, static_cast<quint64>(first), static_cast<quint64>(end)), expected);
    }
  }

  /// Filler between messages and errors in the midst of a stream, some longer than a step of the index.
  void fillerAndErrorsInTheMidst_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("between");  // filler, or what no message begins with
    QTest::addColumn<QByteArray>("broken");
    QTest::newRow("slip") << QStringLiteral("slip") << QByteArray("\xc0") << QByteArray("ab\xdb\x01yz\xc0");
    QTest::newRow("hdlc") << QStringLiteral("hdlc") << QByteArray("\x7e") << QByteArray("not its FCS\x7e");
    QTest::newRow("cobs") << QStringLiteral("cobs") << QByteArray(1, 0) << QByteArray("\x09zz\0", 4);
    QTest::newRow("sync") << QStringLiteral("sync:AA55,length=u32be,checksum=sum8") << QByteArray("\xaa")
                          << QByteArray("\xaa\x55\0\0\0\1z", 7);
  }
  void fillerAndErrorsInTheMidst() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, between);
    QFETCH(QByteArray, broken);
    const FramerPtr framer = *framerFromSpec(spec);
    QRandomGenerator random(5);
    QByteArray bytes;
    for (int i = 0; i < 1500; ++i) {
      bytes +=
          framer->encode(QByteArray(1 + static_cast<int>(random.bounded(i % 300 == 0 ? 400'000 : 60)), 'p')).value();
      if (random.bounded(4) == 0) bytes += between.repeated(1 + static_cast<int>(random.bounded(5)));
      if (i % 400 == 100) bytes += between.repeated(700'000);
      if (random.bounded(5) == 0) bytes += broken;
    }
    bytes += between.repeated(3);
    const StreamView stream = chunked(bytes, 997, StreamEnd::Fin);
    const QList<Message> expected = scanned(*framer, stream);
    QVERIFY(expected.size() > 1500);
    MessageIndex index(framer);
    for (quint64 arrived = 0; arrived < stream.size();) {
      arrived = std::min<quint64>(arrived + 1 + random.bounded(150'000), stream.size());
      while (index.advance(stream.prefix(arrived), 1 + random.bounded(100'000U))) {
      }
    }
    QCOMPARE(index.count(), static_cast<quint64>(expected.size()));
    QCOMPARE(index.range(stream, 0, expected.size() + 5), expected);
    for (int i = 0; i < 400; ++i) {
      const auto number = static_cast<qsizetype>(random.bounded(static_cast<quint32>(expected.size())));
      QCOMPARE(index.at(stream, static_cast<quint64>(number)), expected[number]);
      const quint64 offset = random.bounded(static_cast<quint32>(stream.size()));
      const auto behind = std::ranges::find_if(expected, [offset](const Message &m) { return m.end() > offset; });
      QCOMPARE(index.numberAt(stream, offset), static_cast<quint64>(behind - expected.begin()));
      if (i % 20 != 0) continue;
      // What had been there by then.
      const StreamView prefix = stream.prefix(offset);
      const MessageIndex::Prefix known = index.within(prefix);
      ScanState state;
      MessageBatch batch;
      quint64 finals = 0;
      do {
        batch.start(state.at);
        framer->scan(prefix, state, batch);
        finals += batch.messages().size();
      } while (batch.isFull());
      QCOMPARE(known.count, finals);
      const Message rest = framer->rest(prefix, state);
      QCOMPARE(known.rest.size, rest.size);
      if (rest.size > 0) {
        const auto told = [](const Message &m) {
          return QStringLiteral("%1+%2 payload %3+%4 status %5")
              .arg(m.offset)
              .arg(m.size)
              .arg(m.payloadOffset)
              .arg(m.payloadSize)
              .arg(static_cast<int>(m.status));
        };
        QCOMPARE(told(known.rest), told(rest));
      }
    }
  }

  void isReadWhileItAdvances() {
    const QByteArray bytes = QByteArray(QByteArray(9, 'x') + '\n').repeated(300'000);
    const StreamView stream = chunked(bytes, 1000, StreamEnd::Open);
    MessageIndex index(std::make_shared<CountingFramer>());
    std::atomic<bool> wrong = false;
    std::thread reader([&] {
      quint64 known = 0;
      while (known < 300'000) {
        known = index.count();
        if (known == 0) continue;
        for (const quint64 number : {known - 1, known / 3}) {
          if (index.at(stream, number).offset != 10 * number) wrong = true;
          if (index.numberAt(stream, 10 * number + 5) != number) wrong = true;
        }
      }
    });
    for (quint64 size = 1000; size <= stream.size(); size += 1000) index.advance(stream.prefix(size), 1 << 20);
    reader.join();
    QVERIFY(!wrong);
  }

  void takesLessThanAByteAMessage() {
    QByteArray bytes;
    for (int i = 0; i < 200'000; ++i) bytes += QByteArray("\0\5hello", 7);
    MessageIndex index(*framerFromSpec(QStringLiteral("length:u16be")));
    QVERIFY(!index.advance(streamOf(bytes), ~0ULL));
    QCOMPARE(index.count(), 200'000ULL);
    QVERIFY(index.memoryUsed() <= 200'000 / 2);
  }
};

QTEST_GUILESS_MAIN(TestMessageIndex)
#include "tst_message_index.moc"

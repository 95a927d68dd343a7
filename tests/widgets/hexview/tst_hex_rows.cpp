// Rows that begin at each message: which bytes stand in which, as a plain list of all says; with landmarks that are
// counted in the background, and before they are.
#include "model/items/message_rows.h"
#include "tests/support/live_test.h"
#include "tests/widgets/hexview/fake_hex_source.h"
#include "widgets/hexview/decoder_hex_source.h"
#include "widgets/hexview/hex_rows.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestHexRows : public QObject {
  Q_OBJECT

  std::shared_ptr<CaptureClock> clock_;
  std::shared_ptr<Connection> connection_;
  std::unique_ptr<ConnectionDecoder> decoder_;

  void open(const QString &framing, const QByteArray &bytes) {
    decoder_.reset();
    clock_ = std::make_shared<CaptureClock>();
    connection_ = std::make_shared<Connection>(0, clock_, Endpoint{}, Endpoint{});
    decoder_ = std::make_unique<ConnectionDecoder>(connection_);
    read(framing);
    arrives(bytes);
  }
  void read(const QString &framing) {
    const auto reader = DirectionReader::create({.framing = framing});
    QVERIFY(reader);
    decoder_->setReaders(*reader, *reader);
  }
  void arrives(const QByteArray &bytes) {
    const quint64 there = connection_->stream(Direction::In).size();
    QVERIFY(connection_->stream(Direction::In).append(viewOf(bytes), clock_->stamp()));
    decoder_->advance();
    SOON_VERIFY(!decoder_->isBusy() &&
                decoder_->view(Direction::In).size() == there + static_cast<quint64>(bytes.size()));
  }
  static QByteArray randomMessages(int count, int longest) {
    QByteArray bytes;
    for (int i = 0; i < count; ++i) {
      const int size = QRandomGenerator::global()->bounded(longest);
      bytes += static_cast<char>(size);
      bytes += QByteArray(size, 'x');
    }
    return bytes;
  }
  /// Every row as it should be: where it begins, and the message that begins with it.
  struct Row {
    ByteRange range;
    std::optional<quint64> message;
  };
  static std::vector<Row> rowsOf(const HexSource &source, quint64 perRow) {
    std::vector<std::pair<quint64, std::optional<quint64>>> begins;
    for (quint64 i = 0; i < source.messageCount(); ++i) {
      const quint64 offset = source.rangeOfMessage(i).begin;
      if (begins.empty() && offset > 0) begins.push_back({0, std::nullopt});
      begins.push_back({offset, i});
    }
    if (begins.empty() && source.size() > 0) begins.push_back({0, std::nullopt});
    std::vector<Row> rows;
    for (std::size_t i = 0; i < begins.size(); ++i) {
      const quint64 end = i + 1 < begins.size() ? begins[i + 1].first : source.size();
      for (quint64 at = begins[i].first; at < end; at += perRow) {
        rows.push_back({{at, std::min(end, at + perRow)}, at == begins[i].first ? begins[i].second : std::nullopt});
      }
    }
    return rows;
  }
  static void compareRows(const HexSource &source, int perRow) {
    const std::vector<Row> want = rowsOf(source, static_cast<quint64>(perRow));
    HexRows rows;
    rows.setByMessage(perRow, source.size(), source);
    QCOMPARE(rows.count(), static_cast<quint64>(want.size()));
    std::vector<quint64> order(want.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), *QRandomGenerator::global());
    for (const quint64 row : order) {
      QCOMPARE(rows.rangeOf(row), want[row].range);
      QCOMPARE(rows.messageAt(row), want[row].message);
      QCOMPARE(rows.rowOf(want[row].range.begin), row);
      QCOMPARE(rows.rowOf(want[row].range.end - 1), row);
    }
  }

 private Q_SLOTS:
  void cleanup() { decoder_.reset(); }

  void equalRows() {
    HexRows rows;
    rows.setRunning(16, 100);
    QCOMPARE(rows.count(), 7ULL);
    QCOMPARE(rows.rangeOf(6), (ByteRange{96, 100}));
    QCOMPARE(rows.rowOf(99), 6ULL);
    QCOMPARE(rows.messageAt(0), std::nullopt);
    rows.setRunning(16, 0);
    QCOMPARE(rows.count(), 0ULL);
  }

  void fewMessages() {
    for (const quint64 size : {1ULL, 41ULL, 42ULL, 43ULL, 1000ULL}) {
      const FakeHexSource source(size);
      for (const int perRow : {8, 16, 40, 42, 128}) compareRows(source, perRow);
    }
    const FakeHexSource empty(0);
    HexRows rows;
    rows.setByMessage(16, 0, empty);
    QCOMPARE(rows.count(), 0ULL);
  }

  void manyMessages_data() {
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("perRow");
    for (const int count : {1, 255, 256, 257, 3000, 20'000}) {
      for (const int perRow : {8, 24}) QTest::addRow("%d, %d", count, perRow) << count << perRow;
    }
  }
  void manyMessages() {
    QFETCH(const int, count);
    QFETCH(const int, perRow);
    open(u"length:u8"_s, randomMessages(count, 60) + QByteArray("\xff part", 6));
    DecoderHexSource source(decoder_.get(), Direction::In);
    // Counting begins with the first look.
    source.rowLandmarks(perRow);
    SOON_VERIFY(source.rowLandmarks(perRow)->size() == static_cast<std::size_t>((count + 255) / 256) ||
                source.rowLandmarks(perRow)->size() == static_cast<std::size_t>(count / 256));
    compareRows(source, perRow);
  }

  void fillerBelongsToWhatIsBeforeIt() {
    open(u"json"_s, QByteArray(" 1  [2]\n\n\"three\" ").repeated(2000));
    DecoderHexSource source(decoder_.get(), Direction::In);
    source.rowLandmarks(16);
    SOON_VERIFY(source.rowLandmarks(16)->size() >= 23);
    compareRows(source, 16);
  }

  void beforeAnythingIsCounted() {
    // What is not counted stands in equal rows behind what could be looked at.
    const FakeHexSource source(42 * (HexRows::mostBehind + 100), 42);
    HexRows rows;
    rows.setByMessage(16, source.size(), source);
    const quint64 looked = HexRows::mostBehind - 1;  // the last one may be longer than it seems
    QCOMPARE(rows.rangeOf(3 * looked), (ByteRange{42 * looked, 42 * looked + 16}));
    QCOMPARE(rows.count(), 3 * looked + (42 * 101 + 15) / 16);
    QCOMPARE(rows.rangeOf(rows.count() - 1).end, source.size());
    for (quint64 row = 0; row + 1 < rows.count(); ++row) QCOMPARE(rows.rangeOf(row).end, rows.rangeOf(row + 1).begin);
  }

  void whatComesAndWhatIsReadAnew() {
    open(u"length:u8"_s, randomMessages(1000, 40));
    DecoderHexSource source(decoder_.get(), Direction::In);
    source.rowLandmarks(16);
    SOON_COMPARE(source.rowLandmarks(16)->size(), std::size_t(4));
    for (int i = 0; i < 5; ++i) {
      arrives(randomMessages(300, 40));
      compareRows(source, 16);
    }
    SOON_VERIFY(source.rowLandmarks(16)->size() >= 9);
    compareRows(source, 16);
    // Another length of rows, another framing: all anew.
    source.rowLandmarks(32);
    compareRows(source, 32);
    SOON_VERIFY(source.rowLandmarks(32)->size() >= 9);
    compareRows(source, 32);
    read(u"fixed:14"_s);
    SOON_VERIFY(!decoder_->isBusy());
    compareRows(source, 32);
    SOON_VERIFY(source.rowLandmarks(32)->size() >= 4);
    compareRows(source, 32);
  }

  void theSameInThePast() {
    open(u"length:u8"_s, randomMessages(600, 40));
    const quint64 then = connection_->stream(Direction::In).size();
    arrives(randomMessages(600, 40));
    DecoderHexSource source(decoder_.get(), Direction::In);
    source.rowLandmarks(16);
    SOON_VERIFY(source.rowLandmarks(16)->size() >= 4);
    decoder_->setMoment(decoder_->timeline().momentOf(Direction::In, then));
    QCOMPARE(source.size(), then);
    compareRows(source, 16);
    decoder_->setMoment(std::nullopt);
    compareRows(source, 16);
  }

  void aLookUpCostsTheSame() {
    constexpr int count = 1'000'000;
    open(u"fixed:3"_s, QByteArray(3 * count, 'x'));
    DecoderHexSource source(decoder_.get(), Direction::In);
    QElapsedTimer clock;
    clock.start();
    source.rowLandmarks(16);
    QVERIFY(clock.elapsed() < 100);  // it is counted elsewhere
    SOON_VERIFY(source.rowLandmarks(16)->size() >= count / 256);
    HexRows rows;
    rows.setByMessage(16, source.size(), source);
    QCOMPARE(rows.count(), quint64(count));
    for (const quint64 row : {0ULL, 1ULL, 123'456ULL, 999'999ULL}) {
      QCOMPARE(rows.rangeOf(row), ByteRange::ofSize(3 * row, 3));
      QCOMPARE(rows.messageAt(row), std::optional(row));
    }
  }
};

QTEST_MAIN(TestHexRows)
#include "tst_hex_rows.moc"

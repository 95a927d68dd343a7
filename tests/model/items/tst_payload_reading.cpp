// Payloads that are no ranges of the stream, read in the background: their bytes, what is framed in them, how they end,
// where each byte came from; long ones, broken ones, and readings that are dropped while they are under way.
#include "model/framing/registry.h"
#include "model/items/message_contents.h"
#include "model/items/message_tree_model.h"
#include "model/items/payload_reading.h"
#include "tests/support/live_test.h"

#include <QTest>

using namespace octetscope;
using namespace Qt::StringLiterals;

class TestPayloadReading : public QObject {
  Q_OBJECT

  std::shared_ptr<CaptureClock> clock_;
  std::shared_ptr<Connection> connection_;
  std::unique_ptr<ConnectionDecoder> decoder_;
  std::unique_ptr<MessageTreeModel> model_;

  void open(const QString &framing, const QByteArray &bytes, const QString &layout = {}, bool isOver = true) {
    clock_ = std::make_shared<CaptureClock>();
    connection_ = std::make_shared<Connection>(0, clock_, Endpoint{}, Endpoint{});
    decoder_ = std::make_unique<ConnectionDecoder>(connection_);
    const auto reader = DirectionReader::create({.framing = framing, .layout = layout});
    QVERIFY(reader);
    decoder_->setReaders(*reader, *reader);
    arrives(bytes);
    if (isOver) connection_->stream(Direction::In).finish(StreamEnd::Fin, clock_->stamp());
    decoder_->advance();
    SOON_VERIFY(!decoder_->isBusy() && (!isOver || decoder_->view(Direction::In).end == StreamEnd::Fin));
    model_ = std::make_unique<MessageTreeModel>();
    model_->setDecoder(decoder_.get());
  }
  void arrives(const QByteArray &bytes) {
    const quint64 there = connection_->stream(Direction::In).size();
    QVERIFY(connection_->stream(Direction::In).append(viewOf(bytes), clock_->stamp()));
    decoder_->advance();
    SOON_COMPARE(decoder_->view(Direction::In).size(), there + static_cast<quint64>(bytes.size()));
    SOON_VERIFY(!decoder_->isBusy());
  }
  std::optional<OwnPayload> payloadOf(const QList<quint64> &numbers) {
    return model_->ownPayloadAt(model_->indexOfNested(Direction::In, numbers));
  }
  static bool isRead(const PayloadReading &reading) {
    return reading.isComplete() && !reading.decoder()->isBusy() &&
           reading.decoder()->view(Direction::In).size() ==
               reading.decoder()->connection()->stream(Direction::In).size();
  }
  static QStringList messagesIn(const PayloadReading &reading) {
    QStringList found;
    for (quint64 i = 0; i < reading.decoder()->messageCount(Direction::In); ++i) {
      const Message message = reading.decoder()->message(Direction::In, i);
      found += u"%1+%2"_s.arg(message.offset).arg(message.size) + (message.status == Status::Complete ? u""_s : u"?"_s);
    }
    return found;
  }
  static QByteArray bytesOf(const PayloadReading &reading) {
    return copyOf(reading.decoder()->view(Direction::In).bytes.view());
  }
  static QByteArray encoded(const QString &spec, const QByteArray &payload) {
    return (*framerFromSpec(spec))->encode(payload).value_or(QByteArray());
  }

 private Q_SLOTS:
  void cleanup() {
    model_.reset();
    decoder_.reset();
  }

  void blocksAreJoinedAndKnowWhereTheyCameFrom() {
    open(u"chunked:u8 | length:u8"_s, QByteArray("\2\2a\3b\1c\0", 8));
    PayloadReading reading(*payloadOf({0}));
    SOON_VERIFY(isRead(reading));
    QCOMPARE(bytesOf(reading), QByteArray("\2ab\1c"));
    QCOMPARE(messagesIn(reading), (QStringList{u"0+3"_s, u"3+2"_s}));
    QCOMPARE(reading.decoder()->view(Direction::In).end, StreamEnd::Fin);
    QVERIFY(reading.problem().isEmpty());
    QCOMPARE(reading.inStream({0, 2}), (ByteRange{1, 3}));
    QCOMPARE(reading.inStream({1, 4}), (ByteRange{2, 6}));
    QCOMPARE(reading.inPayload(5), std::optional<quint64>(3));
    QCOMPARE(reading.inPayload(3), std::nullopt);  // the length of a block
  }

  void whatWasMadeOfTheBytesComesFromAllOfThem() {
    const QByteArray slip = encoded(u"slip"_s, QByteArray("\2\xc0x\1y", 5));
    open(u"slip | length:u8"_s, slip);
    PayloadReading reading(*payloadOf({0}));
    SOON_VERIFY(isRead(reading));
    QCOMPARE(bytesOf(reading), QByteArray("\2\xc0x\1y", 5));
    QCOMPARE(messagesIn(reading), (QStringList{u"0+3"_s, u"3+2"_s}));
    // The escaped byte stands for two, and what is not known to the byte comes from all.
    const ByteRange escaped = reading.inStream({1, 2});
    QVERIFY(escaped.begin <= 2 && escaped.end >= 4 && escaped.end <= static_cast<quint64>(slip.size()));
  }

  void payloadsInPayloads() {
    const QByteArray text("{\"a\":[1,2]} \"b\"");
    const QByteArray packed = encoded(u"zlib"_s, text);
    open(u"slip | zlib | json"_s, encoded(u"slip"_s, packed) + encoded(u"slip"_s, packed + packed));
    const auto outer = payloadOf({1});
    QVERIFY(outer);
    QCOMPARE(outer->at.numbers, QList<quint64>{1});
    PayloadReading unstuffed(*outer);
    SOON_VERIFY(isRead(unstuffed));
    QCOMPARE(bytesOf(unstuffed), packed + packed);
    QCOMPARE(unstuffed.decoder()->messageCount(Direction::In), 2ULL);
    const auto inner = payloadOf({1, 1});
    QVERIFY(inner);
    QCOMPARE(inner->at.numbers, (QList<quint64>{1, 1}));
    PayloadReading unpacked(*inner);
    SOON_VERIFY(isRead(unpacked));
    QCOMPARE(bytesOf(unpacked), text);
    QCOMPARE(messagesIn(unpacked), (QStringList{u"0+11"_s, u"12+3"_s}));
    // The way back goes through both.
    const Message frame = decoder_->message(Direction::In, 1);
    const ByteRange origin = unpacked.inStream({3, 4});
    QVERIFY(frame.offset <= origin.begin && origin.begin < origin.end && origin.end <= frame.end());
    // What lies in a payload leads to that, and what lies in none to none.
    const QModelIndex value = model_->indexIn(Direction::In, {1, 1}, 13);
    QVERIFY(value.isValid());
    QCOMPARE(model_->ownPayloadAt(value)->at.numbers, (QList<quint64>{1, 1}));
    QCOMPARE(value.data(MessageTreeModel::PayloadOfRole).value<QList<quint64>>(), (QList<quint64>{1, 1}));
    QCOMPARE(value.data(MessageTreeModel::PayloadBeginRole).toULongLong(), 12ULL);
  }

  void payloadsThatLieInTheStreamAreNone() {
    open(u"length:u8 | length:u8"_s, QByteArray("\3\2ab\1\0", 6));
    QVERIFY(!payloadOf({0}));
    QVERIFY(!payloadOf({0, 0}));
    QVERIFY(!payloadOf({7}));
  }

  void fieldsOfAPayloadThatNothingCuts() {
    open(u"slip"_s, encoded(u"slip"_s, QByteArray("\1\xc0\2\3", 4)), u"!BHB"_s);
    PayloadReading reading(*payloadOf({0}));
    SOON_VERIFY(isRead(reading));
    QCOMPARE(messagesIn(reading), QStringList{u"0+4"_s});
    const Message message = reading.decoder()->message(Direction::In, 0);
    const MessageFields fields =
        reading.decoder()->contents().fields(Direction::In, 0, reading.decoder()->view(Direction::In), message);
    QVERIFY(fields);
    QCOMPARE(fields.decoder->childCount(fields.bytes, {}), 3ULL);
  }

  void whatIsStillToComeIsNoEnd() {
    open(u"chunked:u8 | length:u8"_s, QByteArray("\3\2ab\2\5", 6), {}, false);
    PayloadReading reading(*payloadOf({0}));
    SOON_VERIFY(isRead(reading));
    QCOMPARE(reading.decoder()->view(Direction::In).end, StreamEnd::Open);
    QCOMPARE(messagesIn(reading), (QStringList{u"0+3"_s, u"3+1?"_s}));
    arrives(QByteArray("c", 1));
    connection_->stream(Direction::In).finish(StreamEnd::Fin, clock_->stamp());
    decoder_->advance();
    SOON_VERIFY(decoder_->view(Direction::In).end == StreamEnd::Fin);
    PayloadReading cut(*payloadOf({0}));
    SOON_VERIFY(isRead(cut));
    QCOMPARE(cut.decoder()->view(Direction::In).end, StreamEnd::Cut);
    QCOMPARE(messagesIn(cut), (QStringList{u"0+3"_s, u"3+2?"_s}));
  }

  void longOnesComePieceByPieceAndCanBeDropped() {
    QByteArray lines;
    for (int i = 0; lines.size() < (24 << 20); ++i) lines += QByteArray::number(i) + '\n';
    open(u"zlib | lines"_s, encoded(u"zlib"_s, lines));
    const auto payload = payloadOf({0});
    QVERIFY(payload);
    {
      // Dropped at once, and once some of it is there.
      PayloadReading dropped(*payload);
      PayloadReading later(*payload);
      SOON_VERIFY(later.decoder()->view(Direction::In).size() > 0);
    }
    PayloadReading reading(*payload);
    int steps = 0;
    connect(&reading, &PayloadReading::progressed, this, [&] { ++steps; });
    SOON_VERIFY(isRead(reading));
    QVERIFY(steps > 1);
    QVERIFY(bytesOf(reading) == lines);
    QCOMPARE(reading.decoder()->messageCount(Direction::In), static_cast<quint64>(lines.count('\n')));
  }

  void whatCannotBeHadIsSaid() {
    // A message that is whole as the framing has it, whose payload exceeds the limit.
    QByteArray packed = encoded(u"gzip"_s, QByteArray(4000, 'x'));
    open(u"gzip,max=100 | lines"_s, packed);
    const auto payload = payloadOf({0});
    if (!payload) return;  // in error at once: then there is none
    PayloadReading reading(*payload);
    SOON_VERIFY(isRead(reading));
    QVERIFY(!reading.problem().isEmpty());
    QCOMPARE(reading.decoder()->view(Direction::In).end, StreamEnd::Cut);
  }
};

QTEST_GUILESS_MAIN(TestPayloadReading)
#include "tst_payload_reading.moc"

// MessageDifference: what it counts and where it says two messages differ equals what a loop over their bytes finds,
// byte for byte and aligned, whole or payloads alone; long messages too, and those whose payload has to be made.
#include "model/difference/difference_text.h"
#include "model/difference/message_difference.h"
#include "model/items/copied_rows.h"
#include "model/items/message_tree_model.h"
#include "tests/support/live_test.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestMessageDifference : public QObject {
  Q_OBJECT

  std::shared_ptr<Connection> connection_;
  std::unique_ptr<ConnectionDecoder> decoder_;

  void open(const QString &framing, const QByteArray &bytes, const QString &layout = {}) {
    const auto clock = std::make_shared<CaptureClock>();
    decoder_.reset();
    connection_ = std::make_shared<Connection>(0, clock, Endpoint{}, Endpoint{});
    decoder_ = std::make_unique<ConnectionDecoder>(connection_);
    const auto reader = DirectionReader::create({.framing = framing, .layout = layout});
    QVERIFY(reader);
    decoder_->setReaders(*reader, *reader);
    QVERIFY(connection_->stream(Direction::In).append(viewOf(bytes), clock->stamp()));
    connection_->stream(Direction::In).finish(StreamEnd::Fin, clock->stamp());
    decoder_->advance();
    SOON_VERIFY(!decoder_->isBusy() && decoder_->view(Direction::In).end == StreamEnd::Fin);
  }
  CopiedPiece message(quint64 number) const { return copiedMessage(*decoder_, Direction::In, number); }
  static CopiedPiece pieceOf(const QByteArray &bytes) {
    const auto clock = std::make_shared<CaptureClock>();
    Connection connection(0, clock, Endpoint{}, Endpoint{});
    if (!connection.stream(Direction::In).append(viewOf(bytes), clock->stamp())) return {};
    return {.view = connection.stream(Direction::In).view(), .range = {0, quint64(bytes.size())}};
  }
  static std::unique_ptr<MessageDifference> compared(const CopiedPiece &left, const CopiedPiece &right,
                                                     DifferenceOptions options = {}) {
    auto difference = std::make_unique<MessageDifference>(left, right, options);
    [&] { SOON_VERIFY(difference->isComplete()); }();
    return difference;
  }
  /// A loop over all cells.
  static void check(const MessageDifference &difference) {
    std::vector<ByteRange> places;
    quint64 cells = 0;
    for (quint64 cell = 0; cell < difference.alignment().cellCount(); ++cell) {
      const auto at = difference.alignment().at(cell);
      const bool differs =
          !at.offsets[0] || !at.offsets[1] ||
          difference.bytes(Side::Left).bytes()[*at.offsets[0]] != difference.bytes(Side::Right).bytes()[*at.offsets[1]];
      QCOMPARE(difference.differsAt(cell), differs);
      if (!differs) continue;
      ++cells;
      if (!places.empty() && places.back().end == cell) {
        ++places.back().end;
      } else {
        places.push_back({cell, cell + 1});
      }
    }
    QCOMPARE(difference.differentCells(), cells);
    QCOMPARE(difference.differences(), quint64(places.size()));
    QCOMPARE(difference.places(), places);
  }

 private Q_SLOTS:
  void equalsALoop() {
    QRandomGenerator random(11);
    for (int i = 0; i < 200; ++i) {
      QByteArray left(random.bounded(i % 10 == 0 ? 200'000 : 300), '\0');
      for (char &byte : left) byte = char(random.bounded(3));
      QByteArray right = left;
      for (int k = random.bounded(8); k > 0 && !right.isEmpty(); --k) {
        right[random.bounded(int(right.size()))] = 'x';
        if (random.bounded(3) == 0) right.remove(random.bounded(int(right.size())), random.bounded(5));
        if (random.bounded(3) == 0) right.insert(random.bounded(int(right.size()) + 1), "yz");
      }
      const auto difference = compared(pieceOf(left), pieceOf(right), {.isAligned = i % 2 == 1});
      check(*difference);
      QCOMPARE(difference->whyNotAligned().isEmpty(), i % 2 == 0 || std::max(left.size(), right.size()) <= 65536);
    }
  }

  void goesFromOneToTheNext() {
    const auto difference = compared(pieceOf("abcdefgh"), pieceOf("abXXefghij"));
    QCOMPARE(difference->places(), (std::vector<ByteRange>{{2, 4}, {8, 10}}));
    QCOMPARE(difference->placeAfter(0), std::optional<std::size_t>(0));
    QCOMPARE(difference->placeAfter(2), std::optional<std::size_t>(1));
    QCOMPARE(difference->placeAfter(8), std::nullopt);
    QCOMPARE(difference->placeBefore(9), std::optional<std::size_t>(1));
    QCOMPARE(difference->placeBefore(8), std::optional<std::size_t>(0));
    QCOMPARE(difference->placeBefore(2), std::nullopt);
  }

  void wholeAndPayloads() {
    open(u"length:u8"_s, QByteArray("\x05\x01hell\x04\x01hel", 11), u"B:kind *s:text"_s);
    auto difference = compared(message(0), message(1));
    QCOMPARE(difference->bytes(Side::Left).range, (ByteRange{0, 6}));
    QCOMPARE(difference->nameOf(Side::Left, 0), u"length = 5"_s);
    QCOMPARE(difference->nameOf(Side::Left, 1), u"field kind = 1"_s);
    QCOMPARE(difference->nameOf(Side::Right, 2), u"field text = \"hel\""_s);
    QCOMPARE(difference->differentCells(), 2U);
    difference = compared(message(0), message(1), {.payloads = true});
    QCOMPARE(difference->bytes(Side::Right).range, (ByteRange{7, 11}));
    QCOMPARE(difference->nameOf(Side::Right, 0), u"field kind = 1"_s);
    QCOMPARE(difference->differentCells(), 1U);
    // What is compared stays, whatever becomes of the connection.
    decoder_.reset();
    connection_.reset();
    QCOMPARE(difference->nameOf(Side::Left, 1), u"field text = \"hell\""_s);
    check(*difference);
  }

  void payloadsThatAreMade() {
    open(u"slip"_s,
         QByteArray("ab\xdb\xdc"
                    "c\xc0"
                    "abXc\xc0",
                    11),
         u"2s:a B:b s:c"_s);
    const auto difference = compared(message(0), message(1), {.payloads = true});
    QVERIFY(difference->bytes(Side::Left).isMade);
    QCOMPARE(copyOf(difference->bytes(Side::Left).bytes()), QByteArray("ab\xc0"
                                                                       "c"));
    QCOMPARE(difference->places(), (std::vector<ByteRange>{{2, 3}}));
    QCOMPARE(difference->nameOf(Side::Left, 2), u"field b = 192"_s);
    QCOMPARE(difference->nameOf(Side::Right, 2), u"field b = 88"_s);
  }

  void formatsThatNameTheirFields() {
    open(u"json"_s, R"({"a":{"b":1}} {"a":{"b":22}})");
    const auto difference = compared(message(0), message(1), {.isAligned = true});
    QCOMPARE(difference->nameOf(Side::Left, 10), u"field a.b = 1"_s);
    QCOMPARE(difference->nameOf(Side::Right, 10), u"field a.b = 22"_s);
    check(*difference);
  }

  void longOnesInSlices() {
    QByteArray left(8 << 20, 'a');
    QByteArray right = left;
    for (qsizetype i = 0; i < right.size(); i += 2) right[i] = 'b';
    MessageDifference difference(pieceOf(left), pieceOf(right), {});
    const QSignalSpy progressed(&difference, &MessageDifference::progressed);
    SOON_VERIFY(difference.isComplete());
    QVERIFY(progressed.count() > 2);
    QCOMPARE(difference.differences(), quint64(right.size()) / 2);
    QCOMPARE(difference.differentCells(), quint64(right.size()) / 2);
    QCOMPARE(difference.places().size(), std::size_t(MessageDifference::mostPlaces));
    QCOMPARE(difference.places().back(), (ByteRange{1'999'998, 1'999'999}));
    // It may go while it works.
    auto gone = std::make_unique<MessageDifference>(pieceOf(left), pieceOf(right), DifferenceOptions());
    gone.reset();
  }

  void oneLongDifferenceIsOne() {
    // Longer than what is compared in one slice.
    constexpr qsizetype size = 96 << 20;
    const auto difference = compared(pieceOf(QByteArray(size, 'a')), pieceOf(QByteArray(size, 'b')));
    QCOMPARE(difference->differentCells(), quint64{size});
    QCOMPARE(difference->differences(), quint64{1});
    QCOMPARE(difference->places(), (std::vector<ByteRange>{{0, size}}));
  }

  void tooDifferent() {
    const auto difference =
        compared(pieceOf(QByteArray(5000, 'a')), pieceOf(QByteArray(5000, 'b')), {.isAligned = true});
    QVERIFY(difference->whyNotAligned().contains(u"so little in common"_s));
    check(*difference);
  }

  void asText() {
    const auto difference =
        compared(pieceOf("hello, world of bytes"), pieceOf("hallo, world bytes"), {.isAligned = true});
    const std::atomic<bool> isCancelled = false;
    const auto text = differenceText(ComparedBytes::of(*difference), {u"A"_s, u"B"_s}, isCancelled);
    QVERIFY(text);
    QCOMPARE(*text,
             u"left:  A\n"
             "right: B\n"
             "00000000  68*65 6c 6c 6f 2c 20 77 6f 72 6c 64*20*6f*66 20  hello, world of  ≠ "
             "00000000  68*61 6c 6c 6f 2c 20 77 6f 72 6c 64*--*--*-- 20  hallo, world\n"
             "00000010  62 79 74 65 73                                   bytes              "
             "0000000d  62 79 74 65 73                                   bytes\n"_s);
  }
};

QTEST_GUILESS_MAIN(TestMessageDifference)
#include "tst_message_difference.moc"

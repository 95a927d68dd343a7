// RibbonLanes, one situation at a time: messages inside messages, sums, ghosts, marks, pieces, and what it costs. That
// every pixel is right is tst_ribbon_pixels.
#include "tests/widgets/ribbon/ribbon_capture.h"
#include "widgets/ribbon/ribbon_lanes.h"
#include "widgets/ribbon/ribbon_words.h"

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

constexpr double width = 900;

}  // namespace

class TestRibbonLanes : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void messagesInsideHaveALane();
  void messagesInsideAreSummedUp();
  void whatIsMissingIsAGhost();
  void marksSayWhatWasCut_data();
  void marksSayWhatWasCut();
  void anErrorAmongMillionsIsSeen();
  void piecesOfOneMessageAreJoined();
  void costsWhatIsSeen();
};

void TestRibbonLanes::messagesInsideHaveALane() {
  RibbonCapture capture;
  capture.record(Direction::In, QByteArray("\7\2ab\3cd", 7) + QByteArray("e\2\1f", 4));
  const auto decoder = capture.decoder(u"length:u8 | length:u8"_s, u"*s:text"_s);
  QVERIFY(decoder);
  const RibbonAxis axis(Direction::In, decoder->view(Direction::In), decoder->view(Direction::Out));
  RibbonGeometry geometry;
  geometry.setWidth(width, 120);
  geometry.setSize(axis.size());
  geometry.fitAll();
  const RibbonLanes lanes(*decoder, axis, geometry);
  const RibbonLane messages = lanes.messages(Direction::In);
  const RibbonLane inner = lanes.inner(messages).front();
  QCOMPARE(inner.kind, RibbonLane::Kind::Inner);
  QStringList items;
  for (const RibbonItem &item : inner.items) {
    items += u"%1.%2 %3-%4 %5"_s.arg(item.outer.first())
                 .arg(item.number)
                 .arg(item.range.begin)
                 .arg(item.range.end)
                 .arg(item.label);
    QCOMPARE(item.left, geometry.xOf(item.range.begin));
    QCOMPARE(item.right, geometry.xOf(item.range.end));
  }
  QCOMPARE(items, (QStringList{u"0.0 1-4 0.0  3 B"_s, u"0.1 4-8 0.1  4 B"_s, u"1.0 9-11 1.0  2 B"_s}));
  QStringList parts;
  for (const RibbonItem &item : lanes.fields(messages).items) {
    parts += u"%1 %2-%3 %4"_s.arg(int(item.kind)).arg(item.range.begin).arg(item.range.end).arg(item.label);
  }
  QCOMPARE(parts, (QStringList{u"2 0-1 length = 7"_s, u"2 1-2 length = 2"_s, u"3 2-4 text = \"ab\""_s,
                               u"2 4-5 length = 3"_s, u"3 5-8 text = \"cde\""_s, u"2 8-9 length = 2"_s,
                               u"2 9-10 length = 1"_s, u"3 10-11 text = \"f\""_s}));
  const RibbonWords words(*decoder);
  const QString said = words.item(inner, inner.items.at(1), 5);
  QVERIFY2(said.startsWith(u"Message 0.1, inside message 0: bytes 4 to 7 (4 bytes)\n"_s), qPrintable(said));
  QVERIFY(words.part(Direction::In, lanes.fields(messages).items.at(4), 5).contains(u"of message 0.1"_s));
  // Payloads that are no range of the stream have none; nor has a framing without layers.
  RibbonCapture joined;
  joined.record(Direction::In, QByteArray("\2\3a\2bc\0", 7));
  const auto joinedDecoder = joined.decoder(u"chunked:u8 | length:u8"_s);
  const RibbonAxis joinedAxis(Direction::In, joinedDecoder->view(Direction::In), joinedDecoder->view(Direction::Out));
  geometry.setSize(joinedAxis.size());
  geometry.fitAll();
  const RibbonLanes joinedLanes(*joinedDecoder, joinedAxis, geometry);
  const RibbonLane apart = joinedLanes.inner(joinedLanes.messages(Direction::In)).front();
  QCOMPARE(apart.items.size(), 1ULL);
  QCOMPARE(apart.items.front().kind, RibbonItem::Kind::Apart);
  QCOMPARE(RibbonWords(*joinedDecoder).item(apart, apart.items.front(), 3),
           u"The payload of message 0 is no range of the stream: what lies in it has 4 bytes of its own\n"
           "they are shown as the payload's own bytes"_s);
}

void TestRibbonLanes::messagesInsideAreSummedUp() {
  RibbonCapture capture;
  QByteArray bytes;
  for (int i = 0; i < 40; ++i) bytes += QByteArray("\x13\x88", 2) + QByteArray("\1x", 2).repeated(2500);
  capture.record(Direction::In, bytes);
  const auto decoder = capture.decoder(u"length:u16be | length:u8"_s);
  QVERIFY(decoder);
  const RibbonAxis axis(Direction::In, decoder->view(Direction::In), decoder->view(Direction::Out));
  RibbonGeometry geometry;
  geometry.setWidth(width, 0);
  geometry.setSize(axis.size());
  for (const double scale : {geometry.fitScale(), 0.02, 0.1, 0.7, 1.6, 4.0, 20.0}) {
    geometry.setScale(scale, 0);
    const RibbonLanes lanes(*decoder, axis, geometry);
    const RibbonLane inner = lanes.inner(lanes.messages(Direction::In)).front();
    QVERIFY2(inner.items.size() < 2 * width / RibbonLanes::leastWidth + 8, qPrintable(QString::number(scale)));
    QVERIFY(!inner.items.empty());
    quint64 at = 0;
    for (const RibbonItem &item : inner.items) {
      QVERIFY(item.range.begin >= at);
      at = item.range.end;
      if (item.kind == RibbonItem::Kind::Unlisted) {
        // More than its pixels ask for: up to the end of the payload.
        QCOMPARE(item.range.end % 5002, 0ULL);
        QVERIFY(item.width() < 64);
        continue;
      }
      QCOMPARE(item.range.size(), 2 * item.count);
      QCOMPARE(item.range.begin, item.outer.first() * 5002 + 2 + 2 * item.number);
    }
    QVERIFY(lanes.fields(lanes.messages(Direction::In)).items.size() < 6 * width);
  }
}

void TestRibbonLanes::whatIsMissingIsAGhost() {
  RibbonCapture capture;
  capture.record(Direction::In, QByteArray("\0\0\0\x2b", 4) + QByteArray(29, 'x'));
  const auto decoder = capture.decoder(u"length:u32be"_s);
  const RibbonAxis axis(Direction::In, decoder->view(Direction::In), decoder->view(Direction::Out));
  RibbonGeometry geometry;
  geometry.setWidth(width, 120);
  geometry.setSize(axis.size());
  geometry.setScale(6, 0);
  const RibbonLanes lanes(*decoder, axis, geometry);
  RibbonLane lane = lanes.messages(Direction::In);
  lanes.addGhost(lane);
  QCOMPARE(lane.items.size(), 2ULL);
  QCOMPARE(lane.items[0].label, u"#0  33 of 47 B"_s);
  QCOMPARE(lane.items[0].status, Status::Incomplete);
  QCOMPARE(lane.items[1].kind, RibbonItem::Kind::Ghost);
  QCOMPARE(lane.items[1].label, u"needs 14"_s);
  QCOMPARE(lane.items[1].range, (ByteRange{33, 47}));
  QCOMPARE(lane.items[1].left, 33 * geometry.scale());
  QCOMPARE(lane.items[1].right, std::min(47 * geometry.scale(), width - 4));
  capture.finish(Direction::In, StreamEnd::Fin);
  QVERIFY(capture.read(*decoder));
  lane = lanes.messages(Direction::In);
  lanes.addGhost(lane);
  QCOMPARE(lane.items[1].label, u"14 missing"_s);
}

void TestRibbonLanes::marksSayWhatWasCut_data() {
  QTest::addColumn<QString>("spec");
  QTest::addColumn<QByteArrayList>("chunks");
  QTest::addColumn<StreamEnd>("end");
  QTest::addColumn<QString>("marks");
  using List = QByteArrayList;
  QTest::newRow("whole messages") << u"lines"_s << List{"one\n", "two\n"} << StreamEnd::Open << u""_s;
  QTest::newRow("split in the payload") << u"lines"_s << List{"on", "e\n"} << StreamEnd::Open << u"split 0/2 at 2"_s;
  QTest::newRow("split twice") << u"lines"_s << List{"o", "n", "e\n"} << StreamEnd::Open
                               << u"split 0/3 at 1, split 0/3 at 2"_s;
  QTest::newRow("several") << u"lines"_s << List{"one\ntwo\nthree\n"} << StreamEnd::Open << u"several 0+3 in 0"_s;
  QTest::newRow("several, the last cut") << u"lines"_s << List{"one\ntw", "o\n"} << StreamEnd::Open
                                         << u"several 0+2 in 0, split 1/2 at 6"_s;
  QTest::newRow("inside a header") << u"length:u32be"_s << List{QByteArray("\0\0", 2), QByteArray("\0\2ab", 4)}
                                   << StreamEnd::Open << u"head 0/2 at 2"_s;
  QTest::newRow("between header and payload")
      << u"length:u32be"_s << List{QByteArray("\0\0\0\2", 4), "ab"} << StreamEnd::Open << u"split 0/2 at 4"_s;
  QTest::newRow("inside a delimiter") << u"delimiter:\\r\\n"_s << List{"one\r", "\ntwo\r\n"} << StreamEnd::Open
                                      << u"delimiter 0/2 at 4, several 0+2 in 1"_s;
  QTest::newRow("left over") << u"length:u8"_s << List{QByteArray("\5abc", 4)} << StreamEnd::Fin
                             << u"end fin at 4, left over 0 from 0"_s;
  QTest::newRow("FIN") << u"lines"_s << List{"one\n"} << StreamEnd::Fin << u"end fin at 4"_s;
  QTest::newRow("RST") << u"lines"_s << List{"one\n"} << StreamEnd::Reset << u"end reset at 4"_s;
  QTest::newRow("chunks are their own messages") << u"chunks"_s << List{"one", "two"} << StreamEnd::Open << u""_s;
}

void TestRibbonLanes::marksSayWhatWasCut() {
  QFETCH(QString, spec);
  QFETCH(QByteArrayList, chunks);
  QFETCH(StreamEnd, end);
  QFETCH(QString, marks);
  RibbonCapture capture;
  for (const QByteArray &chunk : chunks) capture.record(Direction::In, chunk);
  if (end != StreamEnd::Open) capture.finish(Direction::In, end);
  const auto decoder = capture.decoder(spec);
  const RibbonAxis axis(Direction::In, decoder->view(Direction::In), decoder->view(Direction::Out));
  RibbonGeometry geometry;
  geometry.setWidth(width, 120);
  geometry.setSize(axis.size());
  geometry.setScale(30, 0);
  const RibbonLanes lanes(*decoder, axis, geometry);
  RibbonScene scene;
  lanes.mark(lanes.chunks(Direction::In), {}, scene);
  QStringList found;
  for (const RibbonMark &mark : scene.marks) {
    const auto split = [&](const QString &name) {
      QCOMPARE(mark.x, static_cast<double>(mark.offset) * geometry.scale());
      found += u"%1 %2/%3 at %4"_s.arg(name).arg(mark.number).arg(mark.count).arg(mark.offset);
    };
    switch (mark.kind) {
      case RibbonMark::Kind::Split:
        split(u"split"_s);
        break;
      case RibbonMark::Kind::SplitHead:
        split(u"head"_s);
        break;
      case RibbonMark::Kind::SplitDelimiter:
        split(u"delimiter"_s);
        break;
      case RibbonMark::Kind::Several:
        found += u"several %1+%2 in %3"_s.arg(mark.number).arg(mark.count).arg(mark.chunk);
        break;
      case RibbonMark::Kind::LeftOver:
        found += u"left over %1 from %2"_s.arg(mark.number).arg(mark.offset);
        break;
      case RibbonMark::Kind::End:
        found += u"end %1 at %2"_s.arg(mark.end == StreamEnd::Fin ? u"fin"_s : u"reset"_s).arg(mark.offset);
        break;
      case RibbonMark::Kind::Restart:
        found += u"restart"_s;
        break;
    }
  }
  QCOMPARE(found.join(u", "_s), marks);
  QCOMPARE(scene.edges.size(), static_cast<std::size_t>(chunks.size()));
}

void TestRibbonLanes::anErrorAmongMillionsIsSeen() {
  // One line of 300,000 is too long.
  QByteArray bytes = QByteArray("0123456789\n").repeated(300'000);
  bytes.insert(11 * 123'456, QByteArray(40, 'y'));
  RibbonCapture capture;
  for (qsizetype at = 0; at < bytes.size(); at += 50'000) {
    capture.record(Direction::In, bytes.sliced(at, std::min<qsizetype>(50'000, bytes.size() - at)));
  }
  const auto decoder = capture.decoder(u"lines,max=30"_s);
  QVERIFY(decoder);
  const RibbonAxis axis(Direction::In, decoder->view(Direction::In), decoder->view(Direction::Out));
  RibbonGeometry geometry;
  geometry.setWidth(width, 120);
  geometry.setSize(axis.size());
  geometry.fitAll();
  const RibbonLane lane = RibbonLanes(*decoder, axis, geometry).messages(Direction::In);
  int errors = 0;
  quint64 sum = 0;
  for (const RibbonItem &item : lane.items) {
    sum += item.count;
    if (item.status != Status::Error) continue;
    ++errors;
    QVERIFY(item.range.contains(11 * 123'456));
    QCOMPARE(item.flaw, 123'456ULL);
  }
  QCOMPARE(errors, 1);
  QCOMPARE(sum, decoder->messageCount(Direction::In));
}

void TestRibbonLanes::piecesOfOneMessageAreJoined() {
  RibbonCapture capture;
  capture.record(Direction::In, QByteArray("\x0aone", 4));
  capture.record(Direction::Out, "\3abc");
  capture.record(Direction::In, "two");
  capture.record(Direction::Out, "\3def");
  capture.record(Direction::In, "four");
  const auto decoder = capture.decoder(u"length:u8"_s);
  const RibbonAxis axis(std::nullopt, decoder->view(Direction::In), decoder->view(Direction::Out));
  RibbonGeometry geometry;
  geometry.setWidth(width, 120);
  geometry.setSize(axis.size());
  geometry.setScale(20, 0);
  const RibbonLanes lanes(*decoder, axis, geometry);
  const RibbonLane in = lanes.messages(Direction::In);
  QCOMPARE(in.items.size(), 3ULL);
  const double lefts[] = {0, 8, 15};  // bytes
  const double rights[] = {4, 11, 19};
  for (std::size_t i = 0; i < 3; ++i) {
    QCOMPARE(in.items[i].number, 0ULL);
    QCOMPARE(in.items[i].range, (ByteRange{0, 11}));
    QCOMPARE(in.items[i].left, lefts[i] * geometry.scale());
    QCOMPARE(in.items[i].right, rights[i] * geometry.scale());
    QCOMPARE(in.items[i].isFirstPiece, i == 0);
    QCOMPARE(in.items[i].isLastPiece, i == 2);
  }
  QCOMPARE(lanes.messages(Direction::Out).items.size(), 2ULL);
}

/// The same number of looks at ten thousand messages and at a million: what is asked of the framer is counted.
void TestRibbonLanes::costsWhatIsSeen() {
  std::array<std::size_t, 2> counts = {};
  std::size_t which = 0;
  for (const int messages : {20'000, 1'000'000}) {
    RibbonCapture capture;
    const QByteArray bytes = QByteArray("\4abcd").repeated(messages);
    for (qsizetype at = 0; at < bytes.size(); at += 64'000) {
      capture.record(Direction::In, bytes.sliced(at, std::min<qsizetype>(64'000, bytes.size() - at)));
    }
    const auto decoder = capture.decoder(u"length:u8"_s);
    QVERIFY(decoder);
    const RibbonAxis axis(Direction::In, decoder->view(Direction::In), decoder->view(Direction::Out));
    RibbonGeometry geometry;
    geometry.setWidth(width, 120);
    geometry.setSize(axis.size());
    geometry.fitAll();
    const RibbonLane lane = RibbonLanes(*decoder, axis, geometry).messages(Direction::In);
    counts[which++] = lane.items.size();
    QVERIFY(lane.items.size() <= 2 * width / RibbonLanes::leastWidth);
  }
  QVERIFY(counts[1] <= counts[0] * 2);
}

QTEST_MAIN(TestRibbonLanes)
#include "tst_ribbon_lanes.moc"

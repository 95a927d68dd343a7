// RibbonLanes against every message and chunk, one by one: whatever the zoom, what a pixel shows is what lies there,
// nothing that is wrong vanishes, and there are never more items than pixels.
#include "model/framing/registry.h"
#include "tests/support/framer_specs.h"
#include "tests/widgets/ribbon/ribbon_capture.h"
#include "widgets/hexview/decoder_hex_source.h"
#include "widgets/ribbon/ribbon_lanes.h"
#include "widgets/ribbon/ribbon_words.h"

#include <QRandomGenerator>

#include <cmath>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

constexpr double width = 900;

/// Bytes that most framings find messages in, whole, cut and wrong.
QByteArray bytesFor(const Framer &framer, QRandomGenerator &random, int messages) {
  QByteArray bytes;
  for (int i = 0; i < messages; ++i) {
    const int size =
        random.bounded(20) == 0 ? 300 + static_cast<int>(random.bounded(900)) : static_cast<int>(random.bounded(40));
    QByteArray payload(size, 'x');
    for (char &c : payload) c = static_cast<char>("abcdexq;,\n01239"[random.bounded(15)]);
    const auto message = framer.encode(payload);
    bytes += message ? *message : payload;
  }
  return bytes;
}

void recordInPieces(RibbonCapture &capture, QRandomGenerator &random, const QByteArray &in, const QByteArray &out) {
  qsizetype inAt = 0;
  qsizetype outAt = 0;
  while (inAt < in.size() || outAt < out.size()) {
    const bool isIn = outAt >= out.size() || (inAt < in.size() && random.bounded(3) > 0);
    const auto size =
        static_cast<qsizetype>(random.bounded(10) == 0 ? 1 + random.bounded(700) : 1 + random.bounded(60));
    if (isIn) {
      capture.record(Direction::In, in.sliced(inAt, std::min(size, in.size() - inAt)));
      inAt += size;
    } else {
      capture.record(Direction::Out, out.sliced(outAt, std::min(size, out.size() - outAt)));
      outAt += size;
    }
  }
}

QString where(const RibbonItem &item) {
  return u"item %1+%2 of bytes %3-%4 at %5-%6"_s.arg(item.number)
      .arg(item.count)
      .arg(item.range.begin)
      .arg(item.range.end)
      .arg(item.left)
      .arg(item.right);
}

struct Truth {
  ByteRange range;
  Status status = Status::Complete;
};

}  // namespace

class TestRibbonLanes : public QObject {
  Q_OBJECT

  /// Everything that must hold of one lane of chunks or messages; what is wrong, in words.
  static QString wrong(const RibbonLane &lane, const std::vector<Truth> &things, const RibbonAxis &axis,
                       const RibbonGeometry &geometry, QRandomGenerator &random) {
    if (lane.items.size() > 2 * geometry.width() / RibbonLanes::leastWidth + 8) return u"too many items"_s;
    double right = -RibbonGeometry::farAway;
    for (const RibbonItem &item : lane.items) {
      if (item.kind == RibbonItem::Kind::Ghost) continue;
      if (item.left < right - 0.01 && item.left > -1) return where(item) + u": overlaps the one before"_s;
      right = item.right;
      if (item.number + item.count > things.size()) return where(item) + u": there are not so many"_s;
      if (item.isSummary()) {
        std::optional<quint64> flaw;
        for (quint64 i = item.number; i < item.number + item.count && !flaw; ++i) {
          if (things[i].status != Status::Complete) flaw = i;
        }
        const Status status = flaw ? things[*flaw].status : Status::Complete;
        if (item.status != status || (flaw && item.flaw != *flaw)) return where(item) + u": says nothing of a flaw"_s;
        // Filler before the first belongs to nobody.
        const quint64 free = item.number == 0 ? 0 : things[item.number - 1].range.end;
        if (item.range.begin > things[item.number].range.begin || item.range.begin < free)
          return where(item) + u": begins elsewhere"_s;
      } else {
        if (item.range != things[item.number].range) return where(item) + u": is another"_s;
        if (item.status != things[item.number].status) return where(item) + u": has another status"_s;
      }
    }
    // Pixels.
    for (int i = 0; i < 120; ++i) {
      const double x = random.generateDouble() * geometry.width();
      const quint64 position = geometry.positionAt(x);
      if (position >= axis.size()) continue;
      const RibbonAxis::Place place = axis.placeAt(position);
      if (place.direction != lane.direction) continue;
      const auto thing = std::partition_point(things.begin(), things.end(),
                                              [&](const Truth &t) { return t.range.end <= place.offset; });
      const bool isThere = thing != things.end() && thing->range.contains(place.offset);
      const quint64 number = static_cast<quint64>(thing - things.begin());
      const double slack = std::max(1e-3, geometry.scale() * 1e-6);
      bool isShown = false;
      for (const RibbonItem &item : lane.items) {
        if (item.kind == RibbonItem::Kind::Ghost) continue;
        if (x < item.left - slack || x > item.right + slack) continue;
        const bool isIt = item.number <= number && number < item.number + item.count;
        isShown = isShown || isIt;
        const bool isEdge = x < item.left + slack || x > item.right - slack;
        if (!isIt && !isEdge && isThere && !item.isSummary() && geometry.scale() > 0.01) {
          return where(item) + u": lies over message %1 at %2"_s.arg(number).arg(x);
        }
        // A summary is as coarse as its bucket, but nothing far away is in it.
        if (!isThere && !item.isSummary() && !isEdge) return where(item) + u": there is nothing at %1"_s.arg(x);
      }
      if (isThere && !isShown) return u"thing %1, byte %2, at %3 is not shown"_s.arg(number).arg(place.offset).arg(x);
    }
    // What is wide stands by itself, all of its visible pixels.
    const ByteRange sight = geometry.visible();
    const ByteRange here{axis.bytesBefore(lane.direction, sight.begin), axis.bytesBefore(lane.direction, sight.end)};
    for (quint64 i = 0; i < things.size(); ++i) {
      if (things[i].range.intersected(here).isEmpty()) continue;
      const quint64 begin = axis.positionOf(lane.direction, things[i].range.begin);
      const ByteRange positions{begin, axis.endOf(lane.direction, things[i].range.end)};
      const bool isWide = geometry.widthOf(positions) >= 2 * RibbonLanes::leastWidth + 0.01;
      bool isSingle = false;
      double left = RibbonGeometry::farAway;
      double last = -RibbonGeometry::farAway;
      for (const RibbonItem &item : lane.items) {
        if (item.isSummary() || item.number != i || item.kind == RibbonItem::Kind::Ghost) continue;
        if (item.left >= geometry.width()) continue;  // behind bytes of the other direction
        isSingle = true;
        left = std::min(left, item.left);
        last = std::max(last, item.right);
      }
      if (isWide && !isSingle) return u"%1 is wide but does not stand by itself"_s.arg(i);
      if (!isSingle) continue;
      // Its bytes that are in sight: others may stand between them and the window's edges.
      const ByteRange seen = things[i].range.intersected(here);
      // Pieces that are nearer than a hair are one.
      const double slack = axis.showsBoth() ? 5 : 0.01;
      const double from = geometry.xOf(axis.positionOf(lane.direction, seen.begin));
      const double to = geometry.xOf(axis.endOf(lane.direction, seen.end));
      if (std::abs(std::max(from, 0.0) - std::max(left, 0.0)) > slack)
        return u"%1 begins at %2, not %3"_s.arg(i).arg(left).arg(from);
      if (std::abs(std::min(to, width) - std::min(last, width)) > slack)
        return u"%1 ends at %2, not %3"_s.arg(i).arg(last).arg(to);
    }
    return {};
  }

 private Q_SLOTS:
  void pixelsShowWhatLiesThere_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<bool>("isBoth");
    for (const char *spec : framerSpecs) {
      QTest::newRow(spec) << QString::fromLatin1(spec) << false;
      QTest::addRow("%s, both directions", spec) << QString::fromLatin1(spec) << true;
    }
  }
  void pixelsShowWhatLiesThere() {
    QFETCH(QString, spec);
    QFETCH(bool, isBoth);
    QRandomGenerator random(static_cast<quint32>(qHash(spec)) + isBoth);
    const auto framer = framerFromSpec(spec);
    QVERIFY(framer);
    RibbonCapture capture;
    recordInPieces(capture, random, bytesFor(**framer, random, 120),
                   isBoth ? bytesFor(**framer, random, 80) : QByteArray());
    const auto decoder = capture.decoder(spec, u"!H:a x B:b 4s:c *H:d"_s);
    QVERIFY(decoder);
    compareEverywhere(*decoder, isBoth, 12, 1, random);
  }
  // What is far narrower than a pixel is found by landmarks, and the same holds.
  void pixelsShowWhatLiesThereAmongMany_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<bool>("isBoth");
    for (const char *spec : {"length:u16be", "lines", "sync:7E7E,length=u16be", "delimiter:3B"}) {
      QTest::newRow(spec) << QString::fromLatin1(spec) << false;
      QTest::addRow("%s, both directions", spec) << QString::fromLatin1(spec) << true;
    }
  }
  void pixelsShowWhatLiesThereAmongMany() {
    QFETCH(QString, spec);
    QFETCH(bool, isBoth);
    QRandomGenerator random(static_cast<quint32>(qHash(spec)) + isBoth);
    const auto framer = framerFromSpec(spec);
    QVERIFY(framer);
    const auto many = [&](int groups) {
      // Long ones stand among them, wide enough to be seen.
      QByteArray bytes;
      for (int i = 0; i < groups; ++i) {
        bytes += bytesFor(**framer, random, 1000);
        const auto wide = (**framer).encode(QByteArray(5000 + static_cast<qsizetype>(random.bounded(20'000)), 'w'));
        if (wide) bytes += *wide;
      }
      return bytes;
    };
    RibbonCapture capture;
    recordInPieces(capture, random, many(20), isBoth ? many(8) : QByteArray());
    const auto decoder = capture.decoder(spec, {});
    QVERIFY(decoder);
    compareEverywhere(*decoder, isBoth, 8, 4, random);
  }

  void messagesInsideHaveALane();
  void messagesInsideAreSummedUp();
  void whatIsMissingIsAGhost();
  void marksSayWhatWasCut_data();
  void marksSayWhatWasCut();
  void anErrorAmongMillionsIsSeen();
  void piecesOfOneMessageAreJoined();
  void costsWhatIsSeen();

 private:
  /// Both lanes of each direction at `rounds` zooms and places; the greater `farness`, the more of them from far away.
  static void compareEverywhere(const ConnectionDecoder &decoder, bool isBoth, int rounds, int farness,
                                QRandomGenerator &random) {
    const RibbonAxis axis(isBoth ? std::nullopt : std::optional(Direction::In), decoder.view(Direction::In),
                          decoder.view(Direction::Out));
    std::array<std::vector<Truth>, 2> messages;
    std::array<std::vector<Truth>, 2> chunks;
    for (const Direction direction : {Direction::In, Direction::Out}) {
      const auto d = static_cast<std::size_t>(direction);
      for (quint64 i = 0; i < decoder.messageCount(direction); ++i) {
        const Message message = decoder.message(direction, i);
        messages[d].push_back({message.range(), message.status});
      }
      const StreamView &view = decoder.view(direction);
      for (quint64 i = 0; i < view.chunks.count(); ++i) {
        chunks[d].push_back(
            {{view.chunks[i].offset, i + 1 < view.chunks.count() ? view.chunks[i + 1].offset : view.size()}});
      }
    }
    RibbonGeometry geometry;
    geometry.setWidth(width, 120);
    geometry.setSize(axis.size());
    for (int round = 0; round < rounds; ++round) {
      // From everything to single bytes.
      const double zoom = std::pow(random.generateDouble(), 1 + farness);
      geometry.setScale(geometry.fitScale() * std::pow(RibbonGeometry::largestScale / geometry.fitScale(), zoom), 0);
      geometry.setLeft(random.bounded(axis.size()));
      if (round % 3 == 0) geometry.pan(random.generateDouble() * 30);
      if (round == 0) geometry.fitAll();
      const RibbonLanes lanes(decoder, axis, geometry);
      for (const Direction direction : {Direction::In, Direction::Out}) {
        if (!axis.shows(direction) || axis.sizeOf(direction) == 0) continue;
        const auto d = static_cast<std::size_t>(direction);
        const RibbonLane chunkLane = lanes.chunks(direction);
        QString problem = wrong(chunkLane, chunks[d], axis, geometry, random);
        QVERIFY2(problem.isEmpty(), qPrintable(u"chunks, scale %1: "_s.arg(geometry.scale()) + problem));
        RibbonLane messageLane = lanes.messages(direction);
        problem = wrong(messageLane, messages[d], axis, geometry, random);
        QVERIFY2(problem.isEmpty(), qPrintable(u"messages, scale %1: "_s.arg(geometry.scale()) + problem));
        problem = wrongFields(lanes.fields(messageLane), decoder, axis, geometry);
        QVERIFY2(problem.isEmpty(), qPrintable(u"fields, scale %1: "_s.arg(geometry.scale()) + problem));
      }
    }
  }

  /// Fields are what the byte view says of their bytes.
  static QString wrongFields(const RibbonLane &lane, const ConnectionDecoder &decoder, const RibbonAxis &axis,
                             const RibbonGeometry &geometry) {
    if (lane.items.size() > 6 * geometry.width()) return u"too many items"_s;
    if (geometry.scale() < 1) return {};
    // What is too narrow of messages inside a message is payload.
    const bool hasLayers = decoder.reader(lane.direction).layers.size() > 1;
    const DecoderHexSource source(const_cast<ConnectionDecoder *>(&decoder), lane.direction);
    std::vector<HexSpan> spans;
    source.spans({0, source.size()}, spans);
    double right = -RibbonGeometry::farAway;
    for (const RibbonItem &item : lane.items) {
      if (item.left < right - 0.01 && item.left > -1) return where(item) + u": overlaps the one before"_s;
      right = item.right;
      if (item.right <= 0.02 || item.left >= geometry.width()) continue;
      // The first byte that is drawn of it: framing may lie over the begin of a field.
      const quint64 offset = axis.bytesBefore(lane.direction, geometry.positionAt(std::max(item.left, 0.0) + 0.01));
      const auto span = std::ranges::partition_point(spans, [&](const HexSpan &s) { return s.range.end <= offset; });
      if (span == spans.end()) return where(item) + u": no bytes"_s;
      const bool isSame =
          (item.kind == RibbonItem::Kind::Framing && span->kind == HexSpan::Kind::Framing && item.part == span->part) ||
          (item.kind == RibbonItem::Kind::Field && span->kind == HexSpan::Kind::Field && item.field == span->field) ||
          (item.kind == RibbonItem::Kind::Padding && span->kind == HexSpan::Kind::Padding) ||
          (item.kind == RibbonItem::Kind::Payload && (span->kind == HexSpan::Kind::Payload || hasLayers));
      if (!isSame) {
        return where(item) +
               u": kind %1, part %2, field %3, but bytes %4-%5 are kind %6, part %7, field %8"_s.arg(int(item.kind))
                   .arg(int(item.part))
                   .arg(item.field)
                   .arg(span->range.begin)
                   .arg(span->range.end)
                   .arg(int(span->kind))
                   .arg(int(span->part))
                   .arg(span->field);
      }
    }
    return {};
  }
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
  lanes.mark(lanes.chunks(Direction::In), lanes.messages(Direction::In), {}, scene);
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

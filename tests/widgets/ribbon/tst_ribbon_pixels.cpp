// RibbonLanes against every message and chunk, one by one: whatever the zoom, what a pixel shows is what lies there,
// nothing that is wrong vanishes, and there are never more items than pixels.
#include "model/framing/registry.h"
#include "tests/support/framer_specs.h"
#include "tests/widgets/ribbon/ribbon_capture.h"
#include "widgets/hexview/decoder_hex_source.h"
#include "widgets/ribbon/ribbon_lanes.h"

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

class TestRibbonPixels : public QObject {
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

  // Each of them is a landmark by itself; the last one is alone behind the last line of the grid at some widths.
  void whatStandsAloneIsItself() {
    constexpr quint64 messages = 20;
    constexpr quint64 size = 300'000;
    RibbonCapture capture;
    for (quint64 i = 0; i < messages; ++i) {
      capture.record(Direction::In, QByteArray("\0\4\x93\xe0", 4) + QByteArray(size, 'x'));
    }
    const auto decoder = capture.decoder(u"length:u32be"_s, {});
    QVERIFY(decoder);
    QCOMPARE(decoder->messageCount(Direction::In), messages);
    const RibbonAxis axis(Direction::In, decoder->view(Direction::In), decoder->view(Direction::Out));
    int alone = 0;
    for (double pixels = 8; pixels < 60; pixels += 0.5) {
      RibbonGeometry geometry;
      geometry.setWidth(pixels, 0);
      geometry.setSize(axis.size());
      geometry.fitAll();
      const RibbonLane lane = RibbonLanes(*decoder, axis, geometry).messages(Direction::In);
      quint64 next = 0;
      for (const RibbonItem &item : lane.items) {
        QCOMPARE(item.number, next);
        QCOMPARE(item.range.begin, item.number * (size + 4));
        QCOMPARE(item.range.end, (item.number + item.count) * (size + 4));
        next += item.count;
        alone += item.count == 1;
      }
      QCOMPARE(next, messages);
    }
    QVERIFY(alone > 0);
  }

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

QTEST_MAIN(TestRibbonPixels)
#include "tst_ribbon_pixels.moc"

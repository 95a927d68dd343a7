// MessagePlot and PlotBuckets: the buckets of each chart equal those that are made by hand of the same messages, while
// they come, after a change of framing, and in the past; and however many points there are, the buckets are few.
#include "model/items/message_plot.h"

#include "model/capture/capture.h"
#include "model/items/message_filter.h"
#include "tests/support/direct_scan.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>
#include <map>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

DirectionReader readerOf(const QString &spec, const QString &layout = {}) {
  return DirectionReader::create({.framing = spec, .layout = layout}).value();
}

using Point = PlotValue;

void compareBuckets(const PlotBuckets &known, const std::vector<Point> &points) {
  QCOMPARE(known.count(), static_cast<quint64>(points.size()));
  QVERIFY(known.buckets().size() <= PlotBuckets::mostBuckets);
  std::map<double, PlotBucket> byHand;
  for (const Point &point : points) {
    byHand[std::floor(point.x / known.width())].add(PlotBucket::of(point));
  }
  std::size_t filled = 0;
  for (std::size_t i = 0; i < known.buckets().size(); ++i) {
    const PlotBucket &bucket = known.buckets()[i];
    if (bucket.count == 0) continue;
    ++filled;
    const auto at = byHand.find(known.begin(i) / known.width());
    QVERIFY(at != byHand.end());
    QCOMPARE(bucket.count, at->second.count);
    QVERIFY(bucket.least == at->second.least && bucket.greatest == at->second.greatest);
    QVERIFY(std::abs(bucket.sum - at->second.sum) <= 1e-9 * (1 + std::abs(bucket.sum)));
  }
  QCOMPARE(filled, byHand.size());
}

/// The points of one direction, of messages that directScan() finds. The field is the first byte of a payload.
std::vector<Point> pointsOf(PlotKind kind, const ConnectionDecoder &decoder, Direction direction) {
  const StreamView &view = decoder.view(direction);
  QList<Message> messages = directScan(*decoder.reader(direction).framer, view);
  while (!messages.isEmpty() && messages.last().status == Status::Incomplete && view.end == StreamEnd::Open) {
    messages.removeLast();
  }
  std::vector<Point> points;
  qint64 before = noTime;
  for (qsizetype i = 0; i < messages.size(); ++i) {
    const Message &message = messages[i];
    const qint64 now = view.chunks.timeOf(message.offset);
    const auto number = static_cast<quint64>(i);
    const auto x = static_cast<double>(isOverTime(kind) ? now - decoder.startTimeNs() : i);
    if (needsField(kind)) {
      if (message.status == Status::Error || message.payloadSize == 0) continue;
      const double field = static_cast<quint8>(view.bytes.view(message.payloadRange())[0]);
      points.push_back({kind == PlotKind::Histogram ? field : x, field, number});
    } else if (kind == PlotKind::InterArrival) {
      if (before != noTime) points.push_back({x, static_cast<double>(now - before) / 1e9, number});
      before = now;
    } else if (kind == PlotKind::BytesASecond) {
      for (quint64 at = message.offset; at < message.end();) {
        const quint64 chunk = view.chunks.indexOf(at);
        const quint64 next = chunk + 1 < view.chunks.count() ? view.chunks[chunk + 1].offset : view.size();
        const quint64 end = std::min(next, message.end());
        const auto when = static_cast<double>(view.chunks[chunk].timeNs - decoder.startTimeNs());
        points.push_back({when, static_cast<double>(end - at), number});
        at = end;
      }
    } else {
      points.push_back({x, static_cast<double>(message.size), number});
    }
  }
  return points;
}

}  // namespace

class TestMessagePlot : public QObject {
  Q_OBJECT

  static void record(Connection &connection, Direction direction, const QByteArray &bytes) {
    QVERIFY(connection.stream(direction).append(viewOf(bytes), connection.clock().stamp()).has_value());
  }
  static std::shared_ptr<Connection> connection() {
    return std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), Endpoint{u"a"_s, 1}, Endpoint{u"b"_s, 2});
  }
  static void compare(const MessagePlot &plot, const ConnectionDecoder &decoder) {
    for (const Direction direction : {Direction::In, Direction::Out}) {
      compareBuckets(plot.of(direction).buckets, pointsOf(plot.kind(), decoder, direction));
    }
  }

 private Q_SLOTS:
  void bucketsWiden_data() {
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::newRow("few") << 1.0 << 0.0 << 100.0;
    QTest::newRow("many") << 1.0 << 0.0 << 1e7;
    QTest::newRow("below zero") << 1.0 << -5000.0 << 3000.0;
    QTest::newRow("far off") << 1.0 << 1e12 << 1e12 + 9000;
    QTest::newRow("wide apart") << 1.0 << -1e300 << 1e300;
    QTest::newRow("width chosen") << 0.0 << -0.001 << 0.002;
    QTest::newRow("tiny") << 0.0 << 1e-310 << 9e-300;
  }
  void bucketsWiden() {
    QFETCH(double, width);
    QFETCH(double, from);
    QFETCH(double, to);
    QRandomGenerator random(3);
    PlotBuckets buckets(width);
    std::vector<Point> points;
    for (quint64 i = 0; i < 5000; ++i) {
      const double part = random.generateDouble();
      const Point point{from * (1 - part) + to * part, static_cast<double>(random.bounded(-500, 500)), i};
      points.push_back(point);
      QVERIFY(buckets.add(point.x, point.value, point.message));
      if (i == 0 || i == 40) compareBuckets(buckets, points);
    }
    compareBuckets(buckets, points);
    const PlotBuckets coarse = buckets.coarse(0, 50, -INFINITY, INFINITY);
    QVERIFY(coarse.buckets().size() <= 51);
    compareBuckets(coarse, points);
    QVERIFY(!buckets.add(std::nan(""), 1, 0) && !buckets.add(1, INFINITY, 0));
    compareBuckets(buckets, points);
  }

  void gathersWhatComes_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("spec");
    const std::pair<const char *, PlotKind> kinds[] = {{"field over messages", PlotKind::FieldOverMessages},
                                                       {"field over time", PlotKind::FieldOverTime},
                                                       {"sizes", PlotKind::Sizes},
                                                       {"inter-arrival", PlotKind::InterArrival},
                                                       {"bytes a second", PlotKind::BytesASecond},
                                                       {"histogram", PlotKind::Histogram}};
    for (const auto &[name, kind] : kinds) {
      for (const char *spec : {"length:u8", "fixed:1", "lines"}) {
        QTest::addRow("%s, %s", name, spec) << static_cast<int>(kind) << QString::fromLatin1(spec);
      }
    }
  }
  void gathersWhatComes() {
    QFETCH(int, kind);
    QFETCH(QString, spec);
    const auto of = connection();
    ConnectionDecoder decoder(of);
    decoder.setReaders(readerOf(spec, u"B:n *s"_s), readerOf(u"fixed:3"_s, u"B:n *s"_s), 0);
    MessagePlot plot(decoder, {.kind = static_cast<PlotKind>(kind), .field = u"n"_s});
    std::array<quint64, 2> recorded = {};
    // What was recorded may not have been taken yet, and then nothing is missing.
    const auto isAllKnown = [&] {
      return decoder.view(Direction::In).size() == recorded[0] && decoder.view(Direction::Out).size() == recorded[1] &&
             !decoder.isBusy() && plot.missing() == 0;
    };
    QRandomGenerator random(4);
    for (int i = 0; i < 300; ++i) {
      QByteArray bytes;
      for (int k = random.bounded(4); k >= 0; --k) {
        const int size = random.bounded(random.bounded(10) == 0 ? 200 : 9);
        bytes += static_cast<char>(size + 1) + QByteArray(size, static_cast<char>(random.bounded(256))) + '\n';
      }
      const Direction direction = random.bounded(3) == 0 ? Direction::Out : Direction::In;
      // In two pieces: a message that is split is as old as its first.
      const qsizetype first = random.bounded(static_cast<int>(bytes.size()) + 1);
      for (const QByteArray &piece : {bytes.first(first), bytes.sliced(first)}) record(*of, direction, piece);
      recorded[static_cast<std::size_t>(direction)] += static_cast<quint64>(bytes.size());
      decoder.advance();
      if (i % 60 == 0) {
        QTRY_VERIFY(isAllKnown());
        compare(plot, decoder);
      }
    }
    QTRY_VERIFY(isAllKnown());
    compare(plot, decoder);
    // In the past there is less, and then all of it again.
    const quint64 all = plot.of(Direction::In).messages;
    decoder.setMoment(decoder.timeline().after(decoder.timeline().stepCount() / 3));
    QTRY_VERIFY(plot.missing() == 0 && plot.of(Direction::In).messages < all);
    compare(plot, decoder);
    decoder.setMoment(std::nullopt);
    QTRY_COMPARE(plot.of(Direction::In).messages, all);
    QTRY_COMPARE(plot.missing(), 0U);
    compare(plot, decoder);
    decoder.setReaders(readerOf(u"fixed:2"_s, u"B:n *s"_s), readerOf(spec, u"B:n *s"_s), 0);
    QTRY_VERIFY(!decoder.isBusy() && plot.missing() == 0 && plot.of(Direction::In).messages > 0);
    compare(plot, decoder);
  }

  void gathersAPart_data() { gathersWhatComes_data(); }
  /// Nothing but what lies there, as fine as there is room for, whatever comes before and behind it.
  void gathersAPart() {
    QFETCH(int, kind);
    QFETCH(QString, spec);
    const auto of = connection();
    ConnectionDecoder decoder(of);
    decoder.setReaders(readerOf(spec, u"B:n *s"_s), readerOf(u"fixed:3"_s, u"B:n *s"_s), 0);
    QRandomGenerator random(7);
    const auto record300 = [&] {
      for (int i = 0; i < 300; ++i) {
        const int size = random.bounded(9);
        record(*of, random.bounded(3) == 0 ? Direction::Out : Direction::In,
               static_cast<char>(size + 1) + QByteArray(size, static_cast<char>(random.bounded(256))) + '\n');
      }
      decoder.advance();
    };
    // What was recorded may not have been taken yet.
    const auto isAllKnown = [&] {
      return !decoder.isBusy() && decoder.view(Direction::In).size() == of->stream(Direction::In).size() &&
             decoder.view(Direction::Out).size() == of->stream(Direction::Out).size();
    };
    record300();
    QTRY_VERIFY(isAllKnown());
    PlotRequest request{.kind = static_cast<PlotKind>(kind), .field = u"n"_s};
    const auto all = [&] { return pointsOf(request.kind, decoder, Direction::In); };
    std::vector<double> places;
    for (const Point &point : all()) places.push_back(point.x);
    std::ranges::sort(places);
    const double middle = places[places.size() / 2];
    const double late = places[places.size() * 9 / 10];
    const std::array ranges = {PlotRange{middle, late},
                               PlotRange{-5, middle},
                               PlotRange{middle + 0.5, middle + 1.5},
                               PlotRange{late, 4 * std::max(late, 1.0)},
                               PlotRange{1e19, 2e19},
                               PlotRange{-2e19, -1e19}};
    std::vector<std::unique_ptr<MessagePlot>> plots;
    for (const PlotRange &range : ranges) {
      request.range = range;
      plots.push_back(std::make_unique<MessagePlot>(decoder, request));
    }
    const auto compareAll = [&] {
      for (const auto &plot : plots) {
        QTRY_COMPARE(plot->missing(), 0U);
        for (const Direction direction : {Direction::In, Direction::Out}) {
          std::vector<Point> points = pointsOf(request.kind, decoder, direction);
          std::erase_if(points, [&](const Point &point) { return !plot->request().range->contains(point.x); });
          compareBuckets(plot->of(direction).buckets, points);
        }
      }
    };
    compareAll();
    QVERIFY(plots[0]->of(Direction::In).buckets.count() > 0 && plots[0]->hasCaughtUp());
    // A part that has nothing of numbers or times is not looked through.
    if (request.kind != PlotKind::Histogram) {
      QVERIFY(plots[1]->of(Direction::In).next < places.size() * 3 / 4);
      QVERIFY(plots[0]->of(Direction::In).messages < places.size() * 3 / 4);
    }
    record300();
    QTRY_VERIFY(isAllKnown());
    compareAll();
    decoder.setMoment(decoder.timeline().after(decoder.timeline().stepCount() / 3));
    compareAll();
    decoder.setMoment(std::nullopt);
    compareAll();
  }

  void saysWhatHasNoPoint() {
    const auto of = connection();
    ConnectionDecoder decoder(of);
    decoder.setReaders(readerOf(u"json"_s), readerOf(u"fixed:1"_s), 0);
    MessagePlot plot(decoder, {.kind = PlotKind::Histogram, .field = u"a.b"_s});
    record(*of, Direction::In,
           R"({"a":{"b":1.5}} {"a":{"b":"x"}} {"b":3} {"a":{"b":-2}} {"a":{"b":{}}} {"a":{"b":true}})");
    record(*of, Direction::Out, "xy");
    decoder.advance();
    QTRY_VERIFY(plot.of(Direction::In).messages == 6 && plot.missing() == 0);
    QCOMPARE(plot.of(Direction::In).buckets.count(), 3U);
    QCOMPARE(plot.of(Direction::In).notNumbers, 1U);
    QCOMPARE(plot.of(Direction::In).withoutField, 2U);
    QCOMPARE(plot.of(Direction::Out).withoutField, 2U);
    MessagePlot none(decoder, {.kind = PlotKind::FieldOverTime});
    QCOMPARE(none.missing(), 0U);
  }

  void plotsWhatPasses_data() {
    QTest::addColumn<QString>("filter");
    for (const char *filter : {"n > 100", "size == 3", "delta > 0s", "direction == out", "n > 300"}) {
      QTest::newRow(filter) << QString::fromLatin1(filter);
    }
  }
  /// The list's own filter is the judge.
  void plotsWhatPasses() {
    QFETCH(QString, filter);
    const auto of = connection();
    ConnectionDecoder decoder(of);
    decoder.setReaders(readerOf(u"length:u8"_s, u"B:n *s"_s), readerOf(u"fixed:3"_s, u"B:n *s"_s), 0);
    MessageFilter judge(decoder);
    MessagePlot plot(decoder, {.kind = PlotKind::Sizes}, &judge);
    QRandomGenerator random(5);
    for (int i = 0; i < 400; ++i) {
      const int size = random.bounded(9);
      record(*of, i % 3 ? Direction::In : Direction::Out,
             static_cast<char>(size + 1) + QByteArray(size + 1, static_cast<char>(random.bounded(256))));
      decoder.advance();
    }
    const auto expression = FilterExpression::parse(filter);
    QVERIFY(expression && judge.setExpression(*expression).has_value());
    QTRY_VERIFY(!decoder.isBusy() && plot.missing() == 0 && judge.judgedRows() == decoder.liveRowCount() &&
                plot.of(Direction::In).messages > 200);
    for (const Direction direction : {Direction::In, Direction::Out}) {
      const PlotSeries &series = plot.of(direction);
      std::vector<Point> points;
      for (quint64 number = 0; number < series.messages; ++number) {
        if (judge.isActive() && !judge.passes(direction, number)) continue;
        const auto size = static_cast<double>(decoder.message(direction, number).size);
        points.push_back({static_cast<double>(number), size, number});
      }
      compareBuckets(series.buckets, points);
      QCOMPARE(series.filteredOut, series.messages - points.size());
    }
    QVERIFY(judge.setExpression({}).has_value());
    QTRY_VERIFY(plot.missing() == 0 && plot.of(Direction::In).filteredOut == 0);
    compare(plot, decoder);
  }

  void findsNumbers() {
    const DirectionReader reader = readerOf(u"json"_s);
    const QByteArray bytes = R"({"a":{"b":1.5,"c":"x","d.e":3},"f":[1,2],"g":true,"h":null,"a":7})";
    QCOMPARE(numberFieldsOf(*reader.layers.front().fields.decoder, viewOf(bytes), 100),
             (QStringList{u"a.b"_s, u"g"_s, u"a"_s}));
  }

  void sourcesWithoutTimes() {
    const auto of = connection();
    ConnectionDecoder decoder(of);
    decoder.setReaders(readerOf(u"fixed:1"_s), readerOf(u"fixed:1"_s), 0);
    MessagePlot plot(decoder, {.kind = PlotKind::BytesASecond});
    QVERIFY(of->stream(Direction::In).append(viewOf(QByteArray("abc")), noTime).has_value());
    decoder.advance();
    QTRY_COMPARE(plot.of(Direction::In).withoutTime, 3U);
    QCOMPARE(plot.of(Direction::In).buckets.count(), 0U);
  }
};

QTEST_GUILESS_MAIN(TestMessagePlot)
#include "tst_message_plot.moc"

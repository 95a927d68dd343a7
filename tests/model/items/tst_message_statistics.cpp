// MessageStatistics and SizeHistogram: what is said of all messages equals what is counted by hand over the same ones,
// while they come, after a change of framing, and in the past.
#include "model/items/message_statistics.h"

#include "model/capture/capture.h"
#include "model/items/message_filter.h"
#include "tests/support/direct_scan.h"
#include "tests/support/readers.h"

#include <QRandomGenerator>
#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

bool isAny(const Message & /*message*/) {
  return true;
}

/// The same, by force; of the messages for which `passes` is true.
void compare(const DirectionStatistics &known, const ConnectionDecoder &decoder, Direction direction,
             bool (*passes)(const Message &) = isAny) {
  const StreamView &view = decoder.view(direction);
  QList<Message> messages = directScan(*decoder.reader(direction).framer, view);
  while (!messages.isEmpty() && messages.last().status == Status::Incomplete && view.end == StreamEnd::Open) {
    messages.removeLast();
  }
  QCOMPARE(known.looked, static_cast<quint64>(messages.size()));
  QCOMPARE(known.messages(), static_cast<quint64>(std::ranges::count_if(messages, passes)));
  quint64 bytes = 0;
  quint64 payload = 0;
  quint64 split = 0;
  quint64 most = 0;
  quint64 sharing = 0;
  quint64 errors = 0;
  std::vector<quint64> sizes;
  QSet<quint64> chunks;
  for (qsizetype i = 0; i < messages.size(); ++i) {
    const Message &message = messages[i];
    if (!passes(message)) continue;
    bytes += message.size;
    payload += message.payloadSize;
    sizes.push_back(message.size);
    errors += message.status == Status::Error ? 1 : 0;
    const quint64 first = view.chunks.indexOf(message.offset);
    const quint64 last = view.chunks.indexOf(message.end() - 1);
    for (quint64 chunk = first; chunk <= last; ++chunk) chunks.insert(chunk);
    split += last > first ? 1 : 0;
    most = std::max(most, last - first + 1);
    const bool withBefore = i > 0 && view.chunks.indexOf(messages[i - 1].end() - 1) == first;
    const bool withNext = i + 1 < messages.size() && view.chunks.indexOf(messages[i + 1].offset) == last;
    sharing += withBefore || withNext ? 1 : 0;
  }
  QCOMPARE(known.sizes.sum(), bytes);
  QCOMPARE(known.payloadBytes, payload);
  QCOMPARE(known.errors, errors);
  QCOMPARE(known.split, split);
  QCOMPARE(known.mostChunks, most);
  QCOMPARE(known.sharing, sharing);
  QCOMPARE(known.chunks, static_cast<quint64>(chunks.size()));
  if (sizes.empty()) {
    QCOMPARE(known.firstNs, noTime);
    return;
  }
  QCOMPARE(known.firstNs, view.chunks.timeOf(std::ranges::find_if(messages, passes)->offset));
  const auto last = std::find_if(messages.crbegin(), messages.crend(), passes);
  QCOMPARE(known.lastNs, view.chunks.timeOf(last->end() - 1));
  std::ranges::sort(sizes);
  QCOMPARE(known.sizes.smallest(), sizes.front());
  QCOMPARE(known.sizes.largest(), sizes.back());
  QCOMPARE(known.sizes.quantile(0.5), sizes[(sizes.size() - 1) / 2]);
}

/// True once all that was recorded is decoded and counted.
bool isSettled(const ConnectionDecoder &decoder, const MessageStatistics &statistics) {
  for (const Direction direction : {Direction::In, Direction::Out}) {
    if (decoder.view(direction).size() != decoder.connection()->stream(direction).size()) return false;
  }
  return !decoder.isBusy() && statistics.uncounted() == 0;
}

}  // namespace

class TestMessageStatistics : public QObject {
  Q_OBJECT

  static void record(Connection &connection, Direction direction, const QByteArray &bytes) {
    QVERIFY(connection.stream(direction).append(viewOf(bytes), connection.clock().stamp()).has_value());
  }

 private Q_SLOTS:
  void sizesAreExactAndThenNear() {
    SizeHistogram histogram;
    QCOMPARE(histogram.quantile(0.5), 0U);
    std::vector<quint64> sizes;
    QRandomGenerator random(1);
    for (int i = 0; i < 20'000; ++i) {
      const quint64 size = random.generate64() >> random.bounded(20, 60);
      sizes.push_back(size);
      histogram.add(size);
    }
    std::ranges::sort(sizes);
    QCOMPARE(histogram.smallest(), sizes.front());
    QCOMPARE(histogram.largest(), sizes.back());
    for (int percent = 0; percent <= 100; ++percent) {
      const auto rank = static_cast<std::size_t>(std::ceil(percent / 100.0 * 20'000));
      const quint64 exact = sizes[std::max<std::size_t>(rank, 1) - 1];
      const quint64 told = histogram.quantile(percent / 100.0);
      QVERIFY2(told >= exact && told - exact <= (exact < 1024 ? 0 : exact / 100), qPrintable(QString::number(percent)));
    }
  }

  void countsWhatComes_data() {
    QTest::addColumn<QString>("spec");
    for (const char *spec : {"length:u8", "lines", "fixed:7", "chunks", "until-close", "slip"}) {
      QTest::newRow(spec) << QString::fromLatin1(spec);
    }
  }
  void countsWhatComes() {
    QFETCH(QString, spec);
    auto connection =
        std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), Endpoint{u"a"_s, 1}, Endpoint{u"b"_s, 2});
    ConnectionDecoder decoder(connection);
    decoder.setReaders(readerOf(spec), readerOf(u"lines"_s), 0);
    MessageStatistics statistics(decoder);
    QRandomGenerator random(4);
    for (int i = 0; i < 300; ++i) {
      QByteArray bytes;
      for (int k = random.bounded(4); k >= 0; --k) {
        const int size = random.bounded(random.bounded(10) == 0 ? 200 : 9);
        bytes += static_cast<char>(size + 1) + QByteArray(size, 'x') + (random.bounded(3) == 0 ? '\n' : '\xc0');
      }
      record(*connection, random.bounded(3) == 0 ? Direction::Out : Direction::In, bytes);
      decoder.advance();
      if (i % 60 == 0) QTRY_VERIFY(isSettled(decoder, statistics));
    }
    QTRY_VERIFY(isSettled(decoder, statistics));
    QVERIFY(statistics.of(Direction::Out).messages() > 20);
    compare(statistics.of(Direction::In), decoder, Direction::In);
    compare(statistics.of(Direction::Out), decoder, Direction::Out);
    decoder.setReaders(readerOf(u"fixed:3"_s), readerOf(u"length:u8"_s), 0);
    QTRY_VERIFY(isSettled(decoder, statistics) && statistics.of(Direction::In).messages() > 0);
    compare(statistics.of(Direction::In), decoder, Direction::In);
    compare(statistics.of(Direction::Out), decoder, Direction::Out);
  }

  void countsValuesOfAField() {
    auto connection =
        std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), Endpoint{u"a"_s, 1}, Endpoint{u"b"_s, 2});
    ConnectionDecoder decoder(connection);
    decoder.setReaders(readerOf(u"length:u8"_s, u"!B:kind H:seq"_s), readerOf(u"json"_s), 0);
    MessageStatistics statistics(decoder);
    QByteArray bytes;
    for (int i = 0; i < 900; ++i) bytes += QByteArray("\3", 1) + static_cast<char>(i % 3) + QByteArray("\0\1", 2);
    record(*connection, Direction::In, bytes);
    record(*connection, Direction::Out, R"({"a":{"kind":"x"}} {"a":{"b":1},"kind":"y"} {"b":[],"a":{"kind":"x"}})");
    statistics.setField(u"kind"_s);
    decoder.advance();
    QTRY_COMPARE(statistics.of(Direction::In).messages(), 900U);
    QTRY_COMPARE(statistics.uncounted(), 0U);
    QCOMPARE(statistics.of(Direction::In).values,
             (QHash<QString, quint64>{{u"0"_s, 300}, {u"1"_s, 300}, {u"2"_s, 300}}));
    QCOMPARE(statistics.of(Direction::In).withoutField, 0U);
    QCOMPARE(statistics.of(Direction::Out).values.size(), 1);
    QCOMPARE(statistics.of(Direction::Out).withoutField, 2U);
    statistics.setField(u"a.kind"_s);
    QTRY_COMPARE(statistics.of(Direction::Out).messages(), 3U);
    QCOMPARE(statistics.of(Direction::Out).values.size(), 1);
    QCOMPARE(statistics.of(Direction::Out).values.begin().value(), 2U);
    QCOMPARE(statistics.of(Direction::Out).withoutField, 1U);
    QTRY_COMPARE(statistics.of(Direction::In).withoutField, 900U);
    // More values than are kept.
    QByteArray many;
    for (int i = 0; i < 12'000; ++i) {
      many += QByteArray("\3\1", 2) + static_cast<char>(i >> 8) + static_cast<char>(i & 0xff);
    }
    record(*connection, Direction::In, many);
    decoder.advance();
    statistics.setField(u"seq"_s);
    QTRY_COMPARE(statistics.of(Direction::In).messages(), 12'900U);
    QCOMPARE(statistics.of(Direction::In).values.size(), MessageStatistics::mostValues);
    QCOMPARE(statistics.of(Direction::In).otherValues, 2'000U);
    QCOMPARE(statistics.of(Direction::In).values.value(u"1"_s), 901U);
    // The range of numbers is that of all.
    const NumberSummary &numbers = statistics.of(Direction::In).numbers;
    QCOMPARE(numbers.count, 12'900U);
    QCOMPARE(numbers.least, 0.0);
    QCOMPARE(numbers.greatest, 11'999.0);
    QCOMPARE(numbers.sum, 11'999.0 * 12'000 / 2 + 900);
  }

  void countsWhateverFiltersKnow() {
    auto connection = std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), Endpoint(), Endpoint());
    ConnectionDecoder decoder(connection);
    decoder.setReaders(readerOf(u"length:u8 | json"_s), readerOf(u"length:u8"_s, u"B:kind"_s), 0);
    MessageStatistics statistics(decoder);
    const auto sized = [](const QByteArray &text) {
      return QByteArray(QByteArray(1, static_cast<char>(text.size())) + text);
    };
    record(*connection, Direction::In,
           sized(R"({"ok":true,"n":[1,2]})") + sized(R"({"ok":false,"n":[3]})") + sized(R"({"n":[1],"x":null})"));
    record(*connection, Direction::Out, QByteArray("\1\5\1\6\1\5", 6));
    decoder.advance();
    const auto values = [&](const QString &name, Direction direction) {
      statistics.setField(name);
      if (!QTest::qWaitFor([&] { return statistics.of(direction).messages() == 3; })) return u"nothing"_s;
      QStringList all;
      const auto &found = statistics.of(direction).values;
      for (auto one = found.begin(); one != found.end(); ++one) {
        all.append(one.key() + u' ' + QString::number(one.value()));
      }
      all.sort();
      return all.join(u", "_s);
    };
    QCOMPARE(values(u"ok"_s, Direction::In), u"false 1, true 1"_s);
    QCOMPARE(values(u"x"_s, Direction::In), u"null 1"_s);
    QCOMPARE(statistics.of(Direction::In).withoutField, 2U);
    QCOMPARE(statistics.of(Direction::In).filters.value(u"null"_s), u"x == null"_s);
    QCOMPARE(values(u"n[0]"_s, Direction::In), u"1 2, 3 1"_s);
    QCOMPARE(values(u"kind"_s, Direction::Out), u"5 2, 6 1"_s);
    QCOMPARE(values(u"payload[0:1]"_s, Direction::Out), u"\"\\x05\" 2, \"\\x06\" 1"_s);
    QCOMPARE(values(u"size"_s, Direction::Out), u"2 3"_s);
    QCOMPARE(values(u"status"_s, Direction::Out), u"complete 3"_s);
    QCOMPARE(values(u"direction"_s, Direction::Out), u"out 3"_s);
    QVERIFY(!statistics.fieldError());
    statistics.setField(u"kind == 5"_s);
    QCOMPARE(statistics.fieldError()->what, u"this is a condition, no name"_s);
    decoder.setReaders(readerOf(u"length:u8"_s, u"B:kind"_s), readerOf(u"length:u8"_s, u"B:kind"_s), 0);
    statistics.setField(u"kin"_s);
    QCOMPARE(statistics.fieldError()->what, u"there is no field kin"_s);
  }

  void countsWhatPassesTheFilter_data() {
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed) QTest::addRow("%u", seed) << seed;
  }

  /// Chunks are shared with messages that do not pass, too; chunks are counted once.
  void countsWhatPassesTheFilter() {
    QFETCH(const quint32, seed);
    QRandomGenerator random(seed);
    auto connection = std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), Endpoint(), Endpoint());
    ConnectionDecoder decoder(connection);
    decoder.setReaders(readerOf(u"length:u8"_s), readerOf(u"lines"_s), 0);
    MessageFilter filter(decoder);
    MessageStatistics statistics(decoder);
    statistics.setFilter(&filter);
    QCOMPARE(statistics.filterText(), QString());
    const auto recordSome = [&] {
      for (int i = 0; i < 60; ++i) {
        QByteArray bytes;
        for (quint32 messages = random.bounded(1U, 5U); messages > 0; --messages) {
          const quint32 size = random.bounded(30U);
          bytes += QByteArray(1, static_cast<char>(size)) + QByteArray(size, 'x');
        }
        record(*connection, Direction::In, bytes.first(random.bounded(1, int(bytes.size()) + 1)));
        record(*connection, Direction::Out, QByteArray(random.bounded(20), 'y') + "\n");
      }
      decoder.advance();
    };
    recordSome();
    QVERIFY(filter.setExpression(*FilterExpression::parse(u"size > 12"_s)));
    QCOMPARE(statistics.filterText(), u"size > 12"_s);
    const auto isLarge = [](const Message &message) { return message.size > 12; };
    for (int round = 0; round < 3; ++round) {
      QTRY_VERIFY(isSettled(decoder, statistics));
      for (const Direction direction : {Direction::In, Direction::Out}) {
        compare(statistics.of(direction), decoder, direction, isLarge);
      }
      recordSome();
    }
    QVERIFY(filter.setExpression(*FilterExpression::parse(u"size > 1000"_s)));
    QTRY_VERIFY(isSettled(decoder, statistics));
    QCOMPARE(statistics.of(Direction::In).messages(), 0U);
    statistics.setFilter(nullptr);
    QTRY_VERIFY(isSettled(decoder, statistics));
    compare(statistics.of(Direction::In), decoder, Direction::In);
  }

  void thePastHasFewer() {
    auto connection =
        std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), Endpoint{u"a"_s, 1}, Endpoint{u"b"_s, 2});
    ConnectionDecoder decoder(connection);
    decoder.setReaders(readerOf(u"lines"_s), readerOf(u"lines"_s), 0);
    MessageStatistics statistics(decoder);
    for (int i = 0; i < 50; ++i) record(*connection, Direction::In, "one\ntwo\n");
    decoder.advance();
    QTRY_COMPARE(statistics.of(Direction::In).messages(), 100U);
    decoder.setMoment(Moment{.bytes = {160, 0}});
    QTRY_COMPARE(statistics.of(Direction::In).messages(), 40U);
    compare(statistics.of(Direction::In), decoder, Direction::In);
    decoder.setMoment(std::nullopt);
    QTRY_COMPARE(statistics.of(Direction::In).messages(), 100U);
  }
};

QTEST_GUILESS_MAIN(TestMessageStatistics)
#include "tst_message_statistics.moc"

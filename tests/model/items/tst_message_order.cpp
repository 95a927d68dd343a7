// MessageOrder over connections that grow, go back in time, are filtered and read anew: what it tells by its signals,
// and what it answers, is what sorting all rows by what a filter reads of them gives.
#include "model/capture/capture.h"
#include "model/filter/filter_value_reader.h"
#include "model/filter/sort_key.h"
#include "model/items/message_filter.h"
#include "model/items/message_order.h"
#include "tests/support/readers.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

#include <cmath>
#include <limits>
#include <random>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

/// A value that outlives what it was read from.
struct Kept {
  FilterValue value;
  std::shared_ptr<QByteArray> bytes;
  std::shared_ptr<BigInteger> big;
};

/// As the filter compares them; NaN behind the numbers, text behind NaN.
int orderOf(const FilterValue &a, const FilterValue &b) {
  const auto kindOf = [](const FilterValue &v) {
    if (v.isString()) return 2;
    return v.kind == FilterValue::Kind::Double && std::isnan(v.real) ? 1 : 0;
  };
  if (kindOf(a) != kindOf(b)) return kindOf(a) - kindOf(b);
  const FilterOrder order = compare(a, b);
  return order == FilterOrder::Less ? -1 : order == FilterOrder::Greater ? 1 : 0;
}

struct Sorted {
  Capture capture{u"test"_s};
  std::shared_ptr<Connection> connection = capture.addConnection({}, {});
  ConnectionDecoder decoder{connection};
  MessageFilter filter{decoder};
  QThreadPool pool;
  QSemaphore held;  // what stands before all sorting waits for it
  MessageOrder order{decoder, &filter, nullptr, &pool};
  QList<quint64> mirror;  // what a view would have, by the signals alone
  bool isBetween = false;

  explicit Sorted(const QString &spec = u"length:u16be"_s, const QString &layout = u"B:kind *s:text"_s) {
    pool.setMaxThreadCount(1);
    use(spec, layout);
    QObject::connect(&order, &MessageOrder::rowsAboutToBeAdded,
                     [this](quint64 first, quint64) { begin(first <= static_cast<quint64>(mirror.size())); });
    QObject::connect(&order, &MessageOrder::rowsAdded, [this](quint64 first, quint64 last) {
      isBetween = false;
      for (quint64 at = first; at <= last; ++at) mirror.insert(static_cast<qsizetype>(at), order.rowAt(at));
    });
    QObject::connect(&order, &MessageOrder::rowsAboutToBeRemoved,
                     [this](quint64, quint64 last) { begin(last < static_cast<quint64>(mirror.size())); });
    QObject::connect(&order, &MessageOrder::rowsRemoved, [this](quint64 first, quint64 last) {
      isBetween = false;
      mirror.remove(static_cast<qsizetype>(first), static_cast<qsizetype>(last - first + 1));
    });
    QObject::connect(&order, &MessageOrder::wasReset, [this] { readAll(); });
    QObject::connect(&order, &MessageOrder::aboutToReorder, [this] { begin(true); });
    QObject::connect(&order, &MessageOrder::reordered, [this] {
      isBetween = false;
      QList<quint64> before = mirror;
      readAll();
      QList<quint64> after = mirror;
      std::ranges::sort(before);
      std::ranges::sort(after);
      if (before != after) qFatal("other rows, not another order");
    });
  }
  ~Sorted() {
    held.release(1000);
    pool.waitForDone();
  }
  /// Nothing is sorted until it is let go.
  void hold() {
    pool.start([this] { held.acquire(); });
  }
  void letGo() { held.release(); }
  void use(const QString &spec, const QString &layout) {
    decoder.setReaders(readerOf(spec, layout), readerOf(spec, layout));
  }
  /// Nothing else is told between two signals, and until the first all is as it was.
  void begin(bool isRight) {
    if (isBetween || !isRight || order.count() != static_cast<quint64>(mirror.size())) qFatal("told wrongly");
    isBetween = true;
  }
  void readAll() {
    mirror.clear();
    for (quint64 at = 0; at < order.count(); ++at) mirror.append(order.rowAt(at));
  }
  bool filterBy(const QString &text) {
    if (text.isEmpty()) return filter.setExpression(std::nullopt).has_value();
    const auto expression = FilterExpression::parse(text);
    return expression && filter.setExpression(*expression);
  }
  bool sortBy(const QString &name, bool isDescending = false) {
    return order.sortBy(MessageSort{.name = name, .isDescending = isDescending}).has_value();
  }
  void receive(const QByteArray &bytes, Direction direction = Direction::In) {
    if (!connection->stream(direction).append(viewOf(bytes), connection->clock().stamp())) qFatal("append");
    decoder.advance();
  }
  std::optional<Kept> valueOf(const FilterValueReader &reader, quint64 row) const {
    const RowOrder::Row at = decoder.row(row);
    if (at.kind == RowKind::Event) return std::nullopt;
    const auto direction = static_cast<Direction>(at.kind);
    const Message message = decoder.message(direction, at.number);
    const Message before = at.number > 0 ? decoder.message(direction, at.number - 1) : Message{};
    const FilterStream stream = filter.streamOf(direction);
    std::optional<Kept> kept;
    reader.read({stream, std::span(&message, 1), at.number, at.number > 0 ? &before : nullptr}, 0,
                [&](const FilterValue &value) {
                  kept = Kept{value, std::make_shared<QByteArray>(byteArray(value.bytes)), nullptr};
                  kept->value.bytes = viewOf(*kept->bytes);
                  if (value.kind == FilterValue::Kind::Big) {
                    kept->big = std::make_shared<BigInteger>(*value.big);
                    kept->value.big = kept->big.get();
                  }
                });
    return kept;
  }
  static QByteArray byteArray(ByteView bytes) {
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
  }
  QList<quint64> listed() const {
    QList<quint64> rows;
    for (quint64 row = 0; row < decoder.rowCount(); ++row) {
      if (!filter.isActive() || filter.passes(row)) rows.append(row);
    }
    return rows;
  }
  /// What is listed, sorted plainly.
  QList<quint64> expected() const {
    QList<quint64> rows = listed();
    if (!order.sort() || order.error()) return rows;
    std::array<FilterScope, 2> scopes = filter.scopes();
    const auto reader = FilterValueReader::create(order.sort()->name, scopes);
    QList<std::pair<quint64, Kept>> valued;
    QList<quint64> missing;
    for (const quint64 row : std::as_const(rows)) {
      if (const auto value = valueOf(**reader, row)) {
        valued.append({row, *value});
      } else {
        missing.append(row);
      }
    }
    std::ranges::stable_sort(valued,
                             [](const auto &a, const auto &b) { return orderOf(a.second.value, b.second.value) < 0; });
    if (order.sort()->isDescending) std::ranges::reverse(valued);
    rows.clear();
    for (const auto &[row, value] : std::as_const(valued)) rows.append(row);
    return rows + missing;
  }
  bool isSettled() const {
    return !decoder.isBusy() && !filter.isBusy() && !order.isBusy() && std::ranges::equal(mirror, expected());
  }
  QString differences() const {
    const auto text = [](const QList<quint64> &rows) {
      QStringList all;
      for (const quint64 row : rows) all.append(QString::number(row));
      return all.join(u' ');
    };
    return u"wanted %1, got %2"_s.arg(text(expected()), text(mirror));
  }
  /// What it answers is what a view has been told, and all that is listed.
  bool isConsistent() const {
    QList<quint64> rows = mirror;
    std::ranges::sort(rows);
    if (!std::ranges::equal(rows, listed())) return false;
    for (quint64 at = 0; at < order.count(); ++at) {
      const quint64 row = mirror[static_cast<qsizetype>(at)];
      if (order.rowAt(at) != row || !order.isListed(row) || order.positionOf(row) != at) return false;
    }
    return true;
  }
};

}  // namespace

class TestMessageOrder : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void keysAreInTheOrderOfTheirValues();
  void sortsBy_data();
  void sortsBy();
  void sortsValuesOfEveryKind();
  void followsWhatGrows_data();
  void followsWhatGrows();
  void goesBackInTime_data();
  void goesBackInTime();
  void staysAsItIsWhereANameIsWrong();
  void isSortedAnewWithTheSettings();
  void staysUntilTheNewOneIsFound();
  void sortsManyRows();
  void mayGoAtAnyTime();
};

void TestMessageOrder::keysAreInTheOrderOfTheirValues() {
  std::mt19937_64 random(1);
  const QList<QByteArray> texts{
      "", QByteArray(1, '\0'), "a", QByteArray("a\0", 2), "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaab", "\xff"};
  QList<FilterValue> values{FilterValue::of(std::numeric_limits<double>::quiet_NaN()),
                            FilterValue::of(-std::numeric_limits<double>::infinity()),
                            FilterValue::of(std::numeric_limits<double>::infinity()),
                            FilterValue::of(-0.0),
                            FilterValue::of(0.0),
                            FilterValue::of(qint64{0}),
                            FilterValue::of(std::numeric_limits<qint64>::min()),
                            FilterValue::of(std::numeric_limits<qint64>::max()),
                            FilterValue::of(std::numeric_limits<quint64>::max()),
                            FilterValue::of(18446744073709551616.0),
                            FilterValue::of(9007199254740993.0),
                            FilterValue::of(qint64{9007199254740993}),
                            FilterValue::of(0.5),
                            FilterValue::of(true)};
  for (const QByteArray &text : texts) values.append(FilterValue::of(viewOf(text)));
  for (int i = 0; i < 60; ++i) {
    const quint64 bits = random() >> (random() % 64);
    values.append(i % 3 == 0   ? FilterValue::of(bits)
                  : i % 3 == 1 ? FilterValue::of(-static_cast<qint64>(bits >> 1))
                               : FilterValue::of(static_cast<double>(bits) / 4));
  }
  for (const FilterValue &a : std::as_const(values)) {
    for (const FilterValue &b : std::as_const(values)) {
      const SortKey one = SortKey::of(a);
      const SortKey other = SortKey::of(b);
      const int order = one < other ? -1 : one > other ? 1 : 0;
      if (order == 0 && one.isCut()) continue;
      const int plain = orderOf(a, b);
      QCOMPARE(order, plain < 0 ? -1 : plain > 0 ? 1 : 0);
    }
  }
}

void TestMessageOrder::sortsBy_data() {
  QTest::addColumn<QString>("name");
  for (const char *name : {"number", "time", "delta", "direction", "offset", "size", "chunks", "status", "payload",
                           "kind", "text", "payload[1:2]", "kind & 1", "needs"}) {
    QTest::newRow(name) << QString::fromLatin1(name);
  }
}

void TestMessageOrder::sortsBy() {
  QFETCH(QString, name);
  std::mt19937 random(2);
  Sorted sorted;
  const QByteArray front(40, 'f');
  for (int i = 0; i < 300; ++i) {
    const QByteArray text = front.first(static_cast<qsizetype>(random() % 41)) +
                            QByteArray(static_cast<qsizetype>(random() % 3), static_cast<char>('a' + random() % 3));
    QByteArray message = counted(QByteArray(1, static_cast<char>(random() % 6)) + text);
    if (i == 299) message.chop(1);
    sorted.receive(message.first(1), i % 3 == 0 ? Direction::Out : Direction::In);
    sorted.receive(message.sliced(1), i % 3 == 0 ? Direction::Out : Direction::In);
  }
  sorted.connection->addEvent(Event::Kind::Note, u"note"_s);
  sorted.decoder.advance();
  for (const bool isDescending : {false, true, false}) {
    QVERIFY(sorted.sortBy(name, isDescending));
    QTRY_VERIFY2(sorted.isSettled(), qPrintable(sorted.differences()));
    QVERIFY(sorted.isConsistent());
  }
  QVERIFY(sorted.order.sortBy(std::nullopt));
  QVERIFY(sorted.isSettled());
  QVERIFY(sorted.isConsistent());
}

void TestMessageOrder::sortsValuesOfEveryKind() {
  Sorted sorted(u"json"_s, {});
  QByteArray stream;
  for (const char *value :
       {"3", "-1", "2.5", "\"b\"", "\"a\"", "null", "18446744073709551615", "9007199254740993", "9007199254740992.0",
        "true", "1e300", "-1e300", "123456789012345678901234567890", "\"\"", "[1]", "0.1",
        "\"the same in front for a while, then 2\"", "\"the same in front for a while, then 1\""}) {
    stream += "{\"v\": " + QByteArray(value) + "} {\"w\": 1} ";
  }
  sorted.receive(stream);
  QVERIFY(sorted.sortBy(u"v"_s));
  QTRY_VERIFY2(sorted.isSettled(), qPrintable(sorted.differences()));
  QVERIFY(sorted.isConsistent());
  QVERIFY(sorted.sortBy(u"w"_s, true));
  QTRY_VERIFY2(sorted.isSettled(), qPrintable(sorted.differences()));
}

void TestMessageOrder::followsWhatGrows_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<QString>("filter");
  for (const char *name : {"kind", "text", "size", "status", "number"}) {
    for (const char *filter : {"", "kind != 2", "status == complete && size > 4", "status != complete || kind == 1"}) {
      QTest::addRow("%s of %s", name, filter) << QString::fromLatin1(name) << QString::fromLatin1(filter);
    }
  }
}

void TestMessageOrder::followsWhatGrows() {
  QFETCH(QString, name);
  QFETCH(QString, filter);
  std::mt19937 random(3);
  Sorted sorted;
  QVERIFY(sorted.filterBy(filter));
  QVERIFY(sorted.sortBy(name, random() % 2 == 0));
  std::array<QByteArray, 2> streams;
  for (QByteArray &stream : streams) {
    for (int i = 0; i < 300; ++i) {
      stream += counted(QByteArray(1, static_cast<char>(random() % 4)) +
                        QByteArray(static_cast<qsizetype>(random() % 30), static_cast<char>('a' + random() % 2)));
    }
  }
  for (int round = 0; !streams[0].isEmpty() || !streams[1].isEmpty(); ++round) {
    QByteArray &stream = streams[random() % 2];
    const qsizetype size = std::min<qsizetype>(stream.size(), 1 + static_cast<qsizetype>(random() % 150));
    sorted.receive(stream.first(size), &stream == &streams[0] ? Direction::In : Direction::Out);
    stream.remove(0, size);
    // What changes while it cannot sort.
    if (round % 11 == 0) sorted.hold();
    if (round % 11 == 7) sorted.letGo();
    if (round % 20 == 0) sorted.connection->addEvent(Event::Kind::Note, u"note"_s);
    if (round % 31 == 0) QVERIFY(sorted.sortBy(name, random() % 2 == 0));
    if (round % 53 == 0) QVERIFY(sorted.filterBy(round % 2 == 0 ? filter : u"size > 10"_s));
    if (round % 11 == 10) {
      QTRY_VERIFY2(sorted.isSettled(), qPrintable(sorted.differences()));
      QVERIFY(sorted.isConsistent());
    } else {
      QCoreApplication::processEvents();
      QVERIFY(sorted.isConsistent());
    }
  }
  sorted.letGo();
  QTRY_VERIFY2(sorted.isSettled(), qPrintable(sorted.differences()));
  QVERIFY(sorted.isConsistent());
}

void TestMessageOrder::goesBackInTime_data() {
  followsWhatGrows_data();
}

void TestMessageOrder::goesBackInTime() {
  QFETCH(QString, name);
  QFETCH(QString, filter);
  std::mt19937 random(4);
  Sorted sorted;
  QVERIFY(sorted.filterBy(filter));
  QVERIFY(sorted.sortBy(name));
  QByteArray stream;
  for (int i = 0; i < 700; ++i) {
    stream += counted(QByteArray(1, static_cast<char>(random() % 3)) +
                      QByteArray(static_cast<qsizetype>(random() % 20), static_cast<char>('a' + random() % 3)));
  }
  for (qsizetype at = 0; at < stream.size(); at += 37) {
    sorted.receive(stream.sliced(at, std::min<qsizetype>(37, stream.size() - at)),
                   at % 2 == 0 ? Direction::In : Direction::Out);
  }
  QTRY_VERIFY2(sorted.isSettled(), qPrintable(sorted.differences()));
  Moment moment{
      .bytes = {sorted.decoder.liveView(Direction::In).size(), sorted.decoder.liveView(Direction::Out).size()}};
  for (int i = 0; i < 60; ++i) {
    // Far away, or a step on or back.
    for (std::size_t d = 0; d < 2; ++d) {
      const quint64 all = sorted.decoder.liveView(static_cast<Direction>(d)).size();
      moment.bytes[d] = i % 6 == 0
                            ? random() % (all + 1)
                            : std::min(all, moment.bytes[d] + random() % 60 - std::min<quint64>(30, moment.bytes[d]));
    }
    if (i % 6 == 1) sorted.hold();
    sorted.decoder.setMoment(moment);
    QVERIFY(sorted.isConsistent());
    if (i % 6 == 5) {
      QVERIFY(sorted.sortBy(name, i % 12 == 5));
      QVERIFY(sorted.isConsistent());
      sorted.letGo();
    }
    if (i % 6 == 0) QTRY_VERIFY2(sorted.isSettled(), qPrintable(sorted.differences()));
    if (i % 3 == 1) QCoreApplication::processEvents();
    QVERIFY(sorted.isConsistent());
  }
  sorted.receive(stream, Direction::In);
  sorted.decoder.setMoment(std::nullopt);
  QTRY_VERIFY2(sorted.isSettled(), qPrintable(sorted.differences()));
  QVERIFY(sorted.isConsistent());
}

void TestMessageOrder::staysAsItIsWhereANameIsWrong() {
  Sorted sorted;
  sorted.receive(counted("\2a") + counted("\1b"));
  QVERIFY(sorted.sortBy(u"kind"_s));
  QTRY_COMPARE(sorted.mirror, (QList<quint64>{1, 0}));
  for (const QString &wrong : {u"kin"_s, u"kind == 1"_s, u""_s, u"kind &&"_s}) {
    QVERIFY(!sorted.sortBy(wrong));
    QCOMPARE(sorted.order.sort()->name, u"kind"_s);
    QCOMPARE(sorted.mirror, (QList<quint64>{1, 0}));
  }
  const auto error = sorted.order.sortBy(MessageSort{.name = u"kin"_s});
  QCOMPARE(error.error().what, u"there is no field kin"_s);
}

void TestMessageOrder::isSortedAnewWithTheSettings() {
  Sorted sorted;
  sorted.receive(counted("\2\1") + counted("\1\2"));
  QVERIFY(sorted.sortBy(u"kind"_s));
  QTRY_COMPARE(sorted.mirror, (QList<quint64>{1, 0}));
  sorted.use(u"length:u16be"_s, u"B:other"_s);
  QCOMPARE(sorted.order.error()->what, u"there is no field kind"_s);
  QTRY_COMPARE(sorted.mirror, (QList<quint64>{0, 1}));
  sorted.use(u"length:u16be"_s, u"x B:kind"_s);
  QVERIFY(!sorted.order.error());
  QTRY_COMPARE(sorted.mirror, (QList<quint64>{0, 1}));
  QTRY_VERIFY(sorted.isSettled());
  sorted.use(u"length:u16be"_s, u"B:kind"_s);
  QTRY_COMPARE(sorted.mirror, (QList<quint64>{1, 0}));
}

void TestMessageOrder::staysUntilTheNewOneIsFound() {
  Sorted sorted;
  sorted.receive(counted("\2a") + counted("\1bb") + counted("\3"));
  QVERIFY(sorted.sortBy(u"kind"_s));
  QVERIFY(sorted.order.isBusy());
  QTRY_COMPARE(sorted.mirror, (QList<quint64>{1, 0, 2}));
  QVERIFY(!sorted.order.isBusy());
  QVERIFY(sorted.sortBy(u"size"_s));
  QVERIFY(sorted.order.isBusy());
  QCOMPARE(sorted.mirror, (QList<quint64>{1, 0, 2}));
  QTRY_COMPARE(sorted.mirror, (QList<quint64>{2, 0, 1}));
  // The other way round takes no time.
  QVERIFY(sorted.sortBy(u"size"_s, true));
  QVERIFY(!sorted.order.isBusy());
  QCOMPARE(sorted.mirror, (QList<quint64>{1, 0, 2}));
}

void TestMessageOrder::sortsManyRows() {
  // More than one run, most texts the same in front, and more than are cut at once.
  std::mt19937 random(5);
  Sorted sorted(u"fixed:24"_s, u"20s:text H:number"_s);
  QByteArray stream;
  const int count = 700'000;
  stream.reserve(24 * count);
  for (int i = 0; i < count; ++i) {
    stream += QByteArray(19, 'x') + static_cast<char>('a' + random() % 20);
    stream += bigEndianBytes(random() % 65536, 2) + "  ";
  }
  sorted.receive(stream);
  QVERIFY(sorted.sortBy(u"text"_s));
  QTRY_COMPARE_WITH_TIMEOUT(sorted.order.count(), static_cast<quint64>(count), 60'000);
  const auto isRising = [&](qsizetype offset, qsizetype size) {
    const auto at = [&](quint64 position) {
      return QByteArrayView(stream).sliced(static_cast<qsizetype>(24 * sorted.order.rowAt(position)) + offset, size);
    };
    for (quint64 i = 1; i < sorted.order.count(); ++i) {
      const int by = std::memcmp(at(i - 1).data(), at(i).data(), static_cast<std::size_t>(size));
      if (by > 0 || (by == 0 && sorted.order.rowAt(i - 1) > sorted.order.rowAt(i))) return false;
    }
    return true;
  };
  QTRY_VERIFY_WITH_TIMEOUT(!sorted.order.isBusy() && isRising(0, 20), 60'000);
  QVERIFY(sorted.sortBy(u"payload[20:2]"_s));
  QTRY_VERIFY_WITH_TIMEOUT(!sorted.order.isBusy() && isRising(20, 2), 60'000);
  // One step back, then a long way.
  sorted.decoder.setMoment(Moment{.bytes = {24 * 699'990 + 5, 0}});
  QCOMPARE(sorted.order.count(), quint64{699'991});
  QTRY_VERIFY_WITH_TIMEOUT(!sorted.order.isBusy() && sorted.order.rowAt(699'990) == 699'990, 60'000);
  sorted.decoder.setMoment(Moment{.bytes = {24 * 600'000, 0}});
  QCOMPARE(sorted.order.count(), quint64{600'000});
  QTRY_VERIFY_WITH_TIMEOUT(!sorted.order.isBusy() && isRising(20, 2), 60'000);
}

void TestMessageOrder::mayGoAtAnyTime() {
  QThreadPool pool;
  for (int i = 0; i < 20; ++i) {
    Capture capture{u"test"_s};
    const auto connection = capture.addConnection({}, {});
    const QByteArray many = counted("\1a").repeated(200'000);
    if (!connection->stream(Direction::In).append(viewOf(many), connection->clock().stamp())) qFatal("append");
    ConnectionDecoder decoder(connection, nullptr, &pool);
    decoder.setReaders(readerOf(u"length:u16be"_s, u"B:kind"_s), readerOf(u"length:u16be"_s, u"B:kind"_s));
    MessageOrder order(decoder, nullptr, nullptr, &pool);
    QVERIFY(order.sortBy(MessageSort{.name = u"kind"_s}));
    QTRY_COMPARE(order.count(), quint64{200'000});
    if (i % 2 == 0) QTRY_VERIFY(!order.isBusy());
    if (i % 4 == 0) QVERIFY(order.sortBy(MessageSort{.name = u"size"_s}));
    if (i % 5 == 0) {
      decoder.setReaders(readerOf(u"length:u16be"_s, u"B:kind"_s), readerOf(u"length:u16be"_s, u"B:kind"_s));
    }
  }
  pool.waitForDone();
}

QTEST_GUILESS_MAIN(TestMessageOrder)
#include "tst_message_order.moc"

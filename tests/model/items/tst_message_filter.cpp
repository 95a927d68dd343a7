// MessageFilter over connections that grow, go back in time and are read anew: what it tells by its signals, and what
// it answers, is what judging every row of the decoder by itself gives.
#include "model/capture/capture.h"
#include "model/items/decode_run.h"
#include "model/items/message_filter.h"
#include "tests/support/readers.h"

#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

#include <random>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestMessageFilter : public QObject {
  Q_OBJECT

  struct Filtered {
    Capture capture{u"test"_s};
    std::shared_ptr<Connection> connection = capture.addConnection({u"1.2.3.4"_s, 5}, {u"6.7.8.9"_s, 10});
    ConnectionDecoder decoder{connection};
    MessageFilter filter{decoder};
    QList<quint64> mirror;  // what a view would have, by the signals alone
    bool isBetween = false;

    explicit Filtered(const QString &spec = u"length:u16be"_s, const QString &layout = u"B:kind *s:text"_s) {
      decoder.setReaders(readerOf(spec, layout), readerOf(spec, layout));
      connect(&filter, &MessageFilter::rowsAboutToBeAdded, [this](quint64 first, quint64) {
        if (isBetween || first > static_cast<quint64>(mirror.size()) ||
            filter.passingCount() != static_cast<quint64>(mirror.size())) {
          qFatal("added at a wrong place");
        }
        isBetween = true;
      });
      connect(&filter, &MessageFilter::rowsAdded, [this](quint64 first, quint64 last) {
        isBetween = false;
        for (quint64 at = first; at <= last; ++at) {
          mirror.insert(static_cast<qsizetype>(at), filter.rowAt(at));
        }
      });
      connect(&filter, &MessageFilter::rowsAboutToBeRemoved, [this](quint64, quint64 last) {
        if (isBetween || last >= static_cast<quint64>(mirror.size())) qFatal("removed at a wrong place");
        isBetween = true;
      });
      connect(&filter, &MessageFilter::rowsRemoved, [this](quint64 first, quint64 last) {
        isBetween = false;
        mirror.remove(static_cast<qsizetype>(first), static_cast<qsizetype>(last - first + 1));
      });
      connect(&filter, &MessageFilter::wasReset, [this] { mirror.clear(); });
    }
    bool filterBy(const QString &text) {
      const auto expression = FilterExpression::parse(text);
      return expression && filter.setExpression(*expression);
    }
    void receive(const QByteArray &bytes, Direction direction) {
      if (!connection->stream(direction).append(viewOf(bytes), connection->clock().stamp())) qFatal("append");
      decoder.advance();
    }
    bool isSettled() const { return !decoder.isBusy() && !filter.isBusy() && std::ranges::equal(expected(), mirror); }
    /// What passes, by judging each row by itself.
    QList<quint64> expected() const {
      const auto program = FilterProgram::create(*filter.expression(), filter.scopes());
      QList<quint64> rows;
      for (quint64 row = 0; row < decoder.rowCount(); ++row) {
        const RowOrder::Row at = decoder.row(row);
        if (at.kind == RowKind::Event) continue;
        const auto direction = static_cast<Direction>(at.kind);
        const Message message = decoder.message(direction, at.number);
        const Message before = at.number > 0 ? decoder.message(direction, at.number - 1) : Message{};
        const FilterStream stream = filter.streamOf(direction);
        if ((*program)->passes(stream, message, at.number, at.number > 0 ? &before : nullptr)) rows.append(row);
      }
      return rows;
    }
    QString differences() const {
      QStringList wanted;
      QStringList got;
      for (const quint64 row : expected()) wanted.append(QString::number(row));
      for (const quint64 row : mirror) got.append(QString::number(row));
      return u"wanted %1, got %2"_s.arg(wanted.join(u' '), got.join(u' '));
    }
    /// What it answers is what a view has been told.
    bool isConsistent() const {
      if (filter.passingCount() != static_cast<quint64>(mirror.size())) return false;
      for (quint64 i = 0; i < filter.passingCount(); ++i) {
        const quint64 row = mirror[static_cast<qsizetype>(i)];
        const RowOrder::Row at = decoder.row(row);
        if (filter.rowAt(i) != row || !filter.passes(row) || filter.passingBefore(row) != i) return false;
        if (!filter.passes(static_cast<Direction>(at.kind), at.number)) return false;
      }
      return mayPassWhatPasses();
    }
    /// Runs of messages of one direction: any of them passes, or none.
    bool mayPassWhatPasses() const {
      for (const Direction direction : {Direction::In, Direction::Out}) {
        const quint64 count = decoder.messageCount(direction);
        for (quint64 first = 0; first < count; first += 7) {
          for (const quint64 end : {first + 1, std::min(first + 70, count)}) {
            bool isAny = false;
            for (quint64 number = first; number < end; ++number) isAny = isAny || filter.passes(direction, number);
            if (filter.mayPass(direction, first, end) != isAny) return false;
          }
        }
      }
      return true;
    }
  };

 private Q_SLOTS:
  void followsWhatGrows_data();
  void followsWhatGrows();
  void goesBackInTime();
  void judgesTheLastMessageAnew();
  void staysAsItIsWhereAnExpressionIsWrong();
  void isReadAnewWithTheSettings();
  void judgesJoinedStreams();
  void mayGoAtAnyTime();
};

void TestMessageFilter::followsWhatGrows_data() {
  QTest::addColumn<QString>("expression");
  for (const char *text : {"kind == 1", "size > 6", "status != complete", "kind != 2 && direction == out",
                           "text contains \"b\"", "number & 1", "delta > 0", "from contains \"1.2.3.4\"", "size"}) {
    QTest::newRow(text) << QString::fromLatin1(text);
  }
}

void TestMessageFilter::followsWhatGrows() {
  QFETCH(QString, expression);
  std::mt19937 random(7);
  Filtered filtered;
  QVERIFY(filtered.filterBy(expression));
  std::array<QByteArray, 2> streams;
  for (QByteArray &stream : streams) {
    for (int i = 0; i < 400; ++i) {
      stream += counted(QByteArray(1, static_cast<char>(random() % 4)) +
                        QByteArray(static_cast<qsizetype>(random() % 9), static_cast<char>('a' + random() % 3)));
    }
  }
  for (int round = 0; !streams[0].isEmpty() || !streams[1].isEmpty(); ++round) {
    QByteArray &stream = streams[random() % 2];
    const qsizetype size = std::min<qsizetype>(stream.size(), 1 + static_cast<qsizetype>(random() % 150));
    filtered.receive(stream.first(size), &stream == &streams[0] ? Direction::In : Direction::Out);
    stream.remove(0, size);
    if (round % 20 == 0) filtered.connection->addEvent(Event::Kind::Note, u"note"_s);
    // Sometimes it is looked at between.
    if (round % 7 == 0) {
      QTRY_VERIFY2(filtered.isSettled(), qPrintable(filtered.differences()));
      QVERIFY(filtered.isConsistent());
    } else if (round % 3 == 0) {
      QCoreApplication::processEvents();
    }
  }
  QTRY_VERIFY2(filtered.isSettled(), qPrintable(filtered.differences()));
  QVERIFY(filtered.isConsistent());
  QCOMPARE(filtered.filter.judgedRows(), filtered.decoder.liveRowCount());
}

void TestMessageFilter::goesBackInTime() {
  std::mt19937 random(8);
  Filtered filtered;
  QVERIFY(filtered.filterBy(u"status != complete || kind == 1"_s));
  QByteArray stream;
  for (int i = 0; i < 100; ++i) stream += counted(QByteArray(1, static_cast<char>(random() % 3)) + QByteArray(20, 'x'));
  for (qsizetype at = 0; at < stream.size(); at += 37) {
    filtered.receive(stream.sliced(at, std::min<qsizetype>(37, stream.size() - at)),
                     at % 2 == 0 ? Direction::In : Direction::Out);
  }
  QTRY_VERIFY2(filtered.isSettled(), qPrintable(filtered.differences()));
  const Timeline timeline = filtered.decoder.timeline();
  for (int i = 0; i < 40; ++i) {
    const quint64 in = random() % (filtered.decoder.liveView(Direction::In).size() + 1);
    const quint64 out = random() % (filtered.decoder.liveView(Direction::Out).size() + 1);
    filtered.decoder.setMoment(Moment{.bytes = {in, out}, .events = 0});
    QVERIFY(filtered.filter.passingCount() <= filtered.decoder.rowCount());
    QTRY_VERIFY2(filtered.isSettled(), qPrintable(filtered.differences()));
    QVERIFY(filtered.isConsistent());
  }
  filtered.receive(stream, Direction::In);
  filtered.decoder.setMoment(std::nullopt);
  QTRY_VERIFY2(filtered.isSettled(), qPrintable(filtered.differences()));
}

void TestMessageFilter::judgesTheLastMessageAnew() {
  Filtered filtered;
  QVERIFY(filtered.filterBy(u"status == complete && size > 5"_s));
  filtered.receive(QByteArray("\0\5\1", 3), Direction::In);
  filtered.receive(counted("\2aaa"), Direction::Out);
  QTRY_COMPARE(filtered.mirror, QList<quint64>{1});
  // The row before it passes now: it comes in between.
  filtered.receive("abcd", Direction::In);
  QTRY_COMPARE(filtered.mirror, (QList<quint64>{0, 1}));
  QVERIFY(filtered.isConsistent());
  Filtered incomplete;
  QVERIFY(incomplete.filterBy(u"status != complete"_s));
  incomplete.receive(QByteArray("\0\5\1", 3), Direction::In);
  QTRY_COMPARE(incomplete.mirror, QList<quint64>{0});
  incomplete.receive("abcd", Direction::In);
  QTRY_VERIFY(incomplete.mirror.isEmpty());
}

void TestMessageFilter::staysAsItIsWhereAnExpressionIsWrong() {
  Filtered filtered;
  filtered.receive(counted("\1a") + counted("\2b"), Direction::In);
  QVERIFY(filtered.filterBy(u"kind == 2"_s));
  QTRY_COMPARE(filtered.mirror, QList<quint64>{1});
  QSignalSpy reset(&filtered.filter, &MessageFilter::wasReset);
  const auto wrong = filtered.filter.setExpression(*FilterExpression::parse(u"kin == 2"_s));
  QVERIFY(!wrong);
  QCOMPARE(wrong.error().what, u"there is no field kin"_s);
  QCOMPARE(wrong.error().length, 3);
  QCOMPARE(reset.count(), 0);
  QCOMPARE(filtered.filter.expression()->text(), u"kind == 2"_s);
  QCOMPARE(filtered.mirror, QList<quint64>{1});
  QVERIFY(filtered.filter.setExpression(std::nullopt));
  QCOMPARE(reset.count(), 1);
  QVERIFY(!filtered.filter.isActive());
}

void TestMessageFilter::isReadAnewWithTheSettings() {
  Filtered filtered;
  filtered.receive(counted("\1a") + counted("\2b"), Direction::In);
  QVERIFY(filtered.filterBy(u"kind == 2"_s));
  QTRY_COMPARE(filtered.mirror, QList<quint64>{1});
  const auto read = [&](const QString &layout) {
    filtered.decoder.setReaders(readerOf(u"length:u16be"_s, layout), readerOf(u"length:u16be"_s, layout));
  };
  read(u"B:sort *s:text"_s);
  QVERIFY(!filtered.filter.isActive());
  QCOMPARE(filtered.filter.error()->what, u"there is no field kind"_s);
  read(u"x B:kind"_s);
  QVERIFY(filtered.filter.isActive());
  QTRY_VERIFY(filtered.decoder.rowCount() == 2 && filtered.isSettled());
  QCOMPARE(filtered.mirror, QList<quint64>());
  read(u"B:kind"_s);
  QTRY_COMPARE(filtered.mirror, QList<quint64>{1});
}

void TestMessageFilter::judgesJoinedStreams() {
  Filtered filtered(u"length:u16be |+ lines"_s, u"*s:text"_s);
  QVERIFY(filtered.filterBy(u"text contains \"b\" && chunks > 0"_s));
  filtered.receive(counted("a\nb") + counted("b\nc\n") + counted("ab"), Direction::In);
  QTRY_COMPARE(filtered.mirror, (QList<quint64>{1, 3}));
  QVERIFY(filtered.isSettled());
}

void TestMessageFilter::mayGoAtAnyTime() {
  QThreadPool pool;
  for (int i = 0; i < 20; ++i) {
    Capture capture{u"test"_s};
    const auto connection = capture.addConnection({}, {});
    const QByteArray many = counted("\1a").repeated(200'000);
    if (!connection->stream(Direction::In).append(viewOf(many), connection->clock().stamp())) qFatal("append");
    ConnectionDecoder decoder(connection, nullptr, &pool);
    decoder.setReaders(readerOf(u"length:u16be"_s, u"B:kind"_s), readerOf(u"length:u16be"_s, u"B:kind"_s));
    MessageFilter filter(decoder, nullptr, &pool);
    QVERIFY(filter.setExpression(*FilterExpression::parse(u"kind == 1"_s)));
    if (i % 2 == 0) QTRY_VERIFY(filter.judgedRows() > 0);
    if (i % 4 == 0) QVERIFY(filter.setExpression(*FilterExpression::parse(u"kind == 2"_s)));
    if (i % 5 == 0) {
      decoder.setReaders(readerOf(u"length:u16be"_s, u"B:kind"_s), readerOf(u"length:u16be"_s, u"B:kind"_s));
    }
  }
  pool.waitForDone();
}

QTEST_GUILESS_MAIN(TestMessageFilter)
#include "tst_message_filter.moc"

// MessageTreeModel with a MessageFilter under QAbstractItemModelTester: while rows come, go back in time, pass no more
// and are read anew, its rows are those that pass, and what is open in them stays where it is.
#include "model/items/message_filter.h"
#include "tests/model/items/message_model.h"
#include "tests/support/readers.h"

#include <QSignalSpy>

#include <random>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;
using M = MessageTreeModel;

namespace {

struct FilteredModel {
  MessageModel of;
  MessageFilter filter{of.decoder};

  FilteredModel() : of(u"length:u16be"_s, u"B:kind *s:text"_s) { of.model.setDecoder(&of.decoder, &filter); }
  ~FilteredModel() { of.model.setDecoder(nullptr); }
  MessageTreeModel &model() { return of.model; }
  bool filterBy(const QString &text) {
    if (text.isEmpty()) return filter.setExpression(std::nullopt).has_value();
    const auto expression = FilterExpression::parse(text);
    return expression && filter.setExpression(*expression);
  }
  void receive(int kind, const QByteArray &text, Direction direction = Direction::In) {
    of.receive(counted(QByteArray(1, static_cast<char>(kind)) + text), direction);
  }
  /// "in 0, out 3": the direction and number of every row of the top level.
  QString rows() {
    QStringList all;
    for (int row = 0; row < model().rowCount(); ++row) {
      const QModelIndex index = model().index(row, 0);
      const QVariant number = index.data(M::MessageNumberRole);
      const bool isIn = index.data(M::DirectionRole).toInt() == static_cast<int>(Direction::In);
      all.append(number.isValid() ? (isIn ? u"in "_s : u"out "_s) + number.toString() : u"event"_s);
    }
    return all.join(u", "_s);
  }
  bool isSettled() {
    return !of.decoder.isBusy() && !filter.isBusy() && filter.judgedRows() == of.decoder.liveRowCount();
  }
};

}  // namespace

class TestFilteredTreeModel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void showsWhatPassesAndKeepsNumbers() {
    FilteredModel f;
    f.receive(1, "a");
    f.of.connection->addEvent(Event::Kind::Note, u"note"_s);
    f.receive(2, "b");
    f.receive(2, "c", Direction::Out);
    QTRY_COMPARE(f.rows(), u"in 0, event, in 1, out 0"_s);
    QVERIFY(f.filterBy(u"kind == 2"_s));
    QTRY_COMPARE(f.rows(), u"in 1, out 0"_s);
    QCOMPARE(f.model().index(0, M::NumberColumn).data().toString(), u"1"_s);
    QCOMPARE(f.model().indexOfMessage(Direction::In, 1).row(), 0);
    QVERIFY(!f.model().indexOfMessage(Direction::In, 0).isValid());
    QVERIFY(!f.model().indexAt(Direction::In, 0, 1).isValid());
    QCOMPARE(f.model().indexAt(Direction::In, 1, 6).data().toString(), u"kind"_s);
    f.receive(1, "d");
    f.receive(2, "e");
    QTRY_COMPARE(f.rows(), u"in 1, out 0, in 3"_s);
    QVERIFY(f.filterBy({}));
    QTRY_COMPARE(f.rows(), u"in 0, event, in 1, out 0, in 2, in 3"_s);
  }

  void whatIsOpenStaysWhereItIs() {
    FilteredModel f;
    QVERIFY(f.filterBy(u"status == complete"_s));
    f.of.receive(counted("\1first").first(4));
    f.receive(2, "second", Direction::Out);
    QTRY_COMPARE(f.rows(), u"out 0"_s);
    const QPersistentModelIndex message = f.model().index(0, 0);
    const QPersistentModelIndex text = f.model().index(2, M::SummaryColumn, message);
    QCOMPARE(text.data().toString(), u"\"second\""_s);
    // The one before it passes now, and pushes it down.
    f.of.receive(counted("\1first").sliced(4));
    QTRY_COMPARE(f.rows(), u"in 0, out 0"_s);
    QCOMPARE(message.row(), 1);
    QCOMPARE(text.parent(), QModelIndex(message));
    QCOMPARE(text.data().toString(), u"\"second\""_s);
    QCOMPARE(f.model().index(2, M::SummaryColumn, f.model().index(0, 0)).data().toString(), u"\"first\""_s);
  }

  void whatPassesNoMoreTakesWhatIsOpenInIt() {
    FilteredModel f;
    QVERIFY(f.filterBy(u"status != complete || kind == 2"_s));
    f.of.receive(counted("\1first").first(4));
    f.receive(2, "second", Direction::Out);
    QTRY_COMPARE(f.rows(), u"in 0, out 0"_s);
    const QPersistentModelIndex going = f.model().index(0, 0, f.model().index(0, 0));
    const QPersistentModelIndex staying = f.model().index(1, 0, f.model().index(1, 0));
    QVERIFY(going.isValid() && staying.isValid());
    f.of.receive(counted("\1first").sliced(4));
    QTRY_COMPARE(f.rows(), u"out 0"_s);
    QVERIFY(!going.isValid());
    QCOMPARE(staying.data().toString(), u"kind"_s);
    QCOMPARE(staying.parent().row(), 0);
  }

  void aGrowingMessageIsRefreshedWhereItPasses() {
    FilteredModel f;
    QVERIFY(f.filterBy(u"direction == out"_s));
    f.receive(1, "a");
    f.of.receive(counted("\1text").first(3), Direction::Out);
    QTRY_COMPARE(f.rows(), u"out 0"_s);
    const QModelIndex message = f.model().index(0, 0);
    QVERIFY(f.model().rowCount(message) > 0);
    f.of.receive(counted("\1text").sliced(3), Direction::Out);
    QTRY_COMPARE(message.sibling(0, M::StatusColumn).data().toString(), u"complete"_s);
    QCOMPARE(f.model().index(2, M::SummaryColumn, f.model().index(0, 0)).data().toString(), u"\"text\""_s);
  }

  void followsTimeAndSettings() {
    FilteredModel f;
    QVERIFY(f.filterBy(u"kind == 2"_s));
    for (int i = 0; i < 6; ++i) f.receive(1 + i % 2, "text");
    QTRY_COMPARE(f.rows(), u"in 1, in 3, in 5"_s);
    f.of.decoder.setMoment(Moment{.bytes = {28, 0}, .events = 0});
    QTRY_COMPARE(f.rows(), u"in 1, in 3"_s);
    f.of.decoder.setMoment(std::nullopt);
    QTRY_COMPARE(f.rows(), u"in 1, in 3, in 5"_s);
    // The names are gone with the layout: everything is shown, and what is wrong is known.
    f.of.use(u"length:u16be"_s, {});
    QTRY_COMPARE(f.model().rowCount(), 6);
    QVERIFY(!f.filter.isActive() && f.filter.error());
    f.of.use(u"length:u16be"_s, u"B:kind *s:text"_s);
    QTRY_COMPARE(f.rows(), u"in 1, in 3, in 5"_s);
  }

  /// Everything that can happen, in any order, with branches open all the while.
  void holdsWhateverHappens() {
    std::mt19937 random(11);
    FilteredModel f;
    const QStringList expressions = {u"kind == 1"_s,    u"status != complete"_s,
                                     u"size > 6"_s,     u"direction == out && kind != 2"_s,
                                     u"no_such == 1"_s, {}};
    std::array<QByteArray, 2> rest;
    for (int step = 0; step < 400; ++step) {
      const auto d = static_cast<std::size_t>(random() % 2);
      rest[d] += counted(QByteArray(1, static_cast<char>(random() % 4)) + QByteArray(random() % 6, 'x'));
      const auto size = static_cast<qsizetype>(1 + random() % static_cast<quint64>(rest[d].size()));
      f.of.receive(rest[d].first(size), static_cast<Direction>(d));
      rest[d].remove(0, size);
      const auto what = random() % 40;
      if (what == 0) f.filterBy(expressions[static_cast<qsizetype>(random() % expressions.size())]);
      if (what == 1) f.of.connection->addEvent(Event::Kind::Note, u"note"_s);
      if (what == 2) f.of.use(u"length:u16be"_s, random() % 2 == 0 ? u"B:kind *s:text"_s : u"B:kind"_s);
      if (what >= 3 && what < 9) {
        const Moment then{.bytes = {random() % (f.of.decoder.liveView(Direction::In).size() + 1),
                                    random() % (f.of.decoder.liveView(Direction::Out).size() + 1)},
                          .events = 0};
        f.of.decoder.setMoment(then);
      }
      if (what == 9) f.of.decoder.setMoment(std::nullopt);
      if (what % 3 == 0) QCoreApplication::processEvents();
      if (what % 5 == 0) textOf(f.model(), {M::NumberColumn, M::SummaryColumn});  // opens everything
    }
    f.of.decoder.setMoment(std::nullopt);
    QVERIFY(f.filterBy(u"kind == 1"_s));
    QTRY_VERIFY(f.isSettled());
    QTRY_COMPARE(f.model().rowCount(), static_cast<int>(f.filter.passingCount()));
    for (int row = 0; row < f.model().rowCount(); ++row) {
      const QModelIndex message = f.model().index(row, 0);
      const auto direction = static_cast<Direction>(message.data(M::DirectionRole).toInt());
      const quint64 number = message.data(M::MessageNumberRole).toULongLong();
      QVERIFY(f.filter.passes(direction, number));
      QCOMPARE(f.model().indexOfMessage(direction, number).row(), row);
    }
  }
};

QTEST_MAIN(TestFilteredTreeModel)
#include "tst_filtered_tree_model.moc"

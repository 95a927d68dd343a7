// MessageTreeModel under QAbstractItemModelTester, while rows grow, branches are opened, and framing is switched.
#include "tests/model/items/message_model.h"

#include <QSignalSpy>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;
using M = MessageTreeModel;

class TestMessageTreeModel : public QObject {
  Q_OBJECT

  using Fixture = MessageModel;

 private Q_SLOTS:
  void isEmptyWithoutADecoder() {
    MessageTreeModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), int(M::ColumnCount));
    for (int column = 0; column < M::ColumnCount; ++column) {
      QVERIFY(!model.headerData(column, Qt::Horizontal).toString().isEmpty());
      QVERIFY(!model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
    }
  }

  void showsMessagesPartsAndFields() {
    Fixture f(u"length:u16be"_s, u"!H:seq 2B:v *s:text"_s);
    f.receive(QByteArray("\0\6\0\1\2\3hi\0\x9\0\2", 12));
    QTRY_COMPARE(f.model.rowCount(), 2);
    QCOMPARE(textOf(f.model, {M::NumberColumn, M::OffsetColumn, M::SizeColumn, M::StatusColumn}),
             u"0 | 0 | 8 | complete\n"
             "  length | 0 | 2 | framing\n"
             "  seq | 2 | 2 | H\n"
             "  v | 4 | 2 | 2B\n"
             "    [0] | 4 | 1 | B\n"
             "    [1] | 5 | 1 | B\n"
             "  text | 6 | 2 | *s\n"
             "1 | 8 | 4 | needs 7 more bytes\n"
             "  length | 8 | 2 | framing\n"
             "  seq | 10 | 2 | H\n"
             "  v | 12 | 0 | 2B\n"
             "    [0] | 12 | 0 | B\n"
             "    [1] | 12 | 0 | B\n"
             "  text | 12 | 0 | *s\n"_s);
    const QModelIndex message = f.model.indexOfMessage(Direction::In, 0);
    QCOMPARE(f.model.index(1, M::SummaryColumn, message).data().toString(), u"1"_s);
    QCOMPARE(f.model.index(3, M::SummaryColumn, message).data().toString(), u"\"hi\""_s);
    const QModelIndex seq = f.model.index(1, 0, message);
    QCOMPARE(seq.data(M::KindRole).toInt(), int(M::Kind::Field));
    QCOMPARE(seq.data(M::FieldIndexRole).toInt(), 0);
    QCOMPARE(seq.data(M::RangeBeginRole).toULongLong(), 2ULL);
    QCOMPARE(seq.data(M::RangeEndRole).toULongLong(), 4ULL);
    QVERIFY(seq.data(Qt::ToolTipRole).toString().contains(u"H: unsigned 16-bit integer, big-endian (network order)"_s));
    QCOMPARE(message.siblingAtColumn(M::DirectionColumn).data().toString(), u"← in"_s);
    QCOMPARE(message.siblingAtColumn(M::DirectionColumn).data(Qt::AccessibleTextRole).toString(), u"received"_s);
    QCOMPARE(message.siblingAtColumn(M::TimeColumn).data().toString(), u"0.000000 s"_s);
    QVERIFY(message.data(Qt::ToolTipRole).toString().contains(u"message 0 ends at byte 8"_s));
    QVERIFY(f.model.lineOf(message).startsWith(u"0\t0.000000 s\t"_s));
    // The innermost row at each byte.
    const auto nameAt = [&](quint64 offset) { return f.model.indexAt(Direction::In, 0, offset).data().toString(); };
    QCOMPARE(nameAt(1), u"length"_s);
    QCOMPARE(nameAt(3), u"seq"_s);
    QCOMPARE(nameAt(5), u"[1]"_s);
    QCOMPARE(nameAt(7), u"text"_s);
  }

  void aPendingMessageGrowsUnderOpenBranches() {
    Fixture f(u"length:u16be"_s, u"!H:seq *H:rest"_s);
    f.receive(QByteArray("\0", 1));
    QTRY_COMPARE(f.model.rowCount(), 1);
    const QPersistentModelIndex message = f.model.index(0, 0);
    for (const char byte : QByteArray("\x9\0\1\0\2\0\3\0\4", 9)) {
      textOf(f.model, {0});  // opens everything
      QSignalSpy advanced(&f.decoder, &ConnectionDecoder::advanced);
      f.receive(QByteArray(1, byte));
      QVERIFY(advanced.wait());
    }
    f.receive(QByteArray(1, '\5'));
    QTRY_COMPARE(message.sibling(0, M::StatusColumn).data().toString(), u"complete"_s);
    QVERIFY(message.isValid());
    QCOMPARE(f.model.rowCount(message), 4);
    QCOMPARE(f.model.rowCount(f.model.index(2, 0, message)), 3);
    QCOMPARE(textOf(f.model, {M::NumberColumn, M::SummaryColumn}).count(u'\n'), 8);
  }

  void eventsStandAmongMessages() {
    Fixture f(u"lines"_s, {});
    f.receive("one\n");
    f.connection->addEvent(Event::Kind::PeerFinished, u"the peer has finished (FIN)"_s);
    f.receive("two\n", Direction::Out);
    QTRY_COMPARE(f.model.rowCount(), 3);
    const QModelIndex event = f.model.index(1, M::SummaryColumn);
    QCOMPARE(event.data().toString(), u"the peer has finished (FIN)"_s);
    QVERIFY(event.data(Qt::ToolTipRole).toString().contains(u"recv() returns 0"_s));
    QCOMPARE(event.data(M::EventKindRole).toInt(), int(Event::Kind::PeerFinished));
    QVERIFY(!f.model.hasChildren(f.model.index(1, 0)));
    QCOMPARE(f.model.index(2, M::DirectionColumn).data().toString(), u"→ out"_s);
    QCOMPARE(f.model.index(2, M::DeltaColumn).data(), QString());  // the first one of its direction
    QCOMPARE(f.model.index(0, M::SummaryColumn).data().toString(), u"\"one\""_s);
  }

  void payloadsThatAreJoinedAreDecoded() {
    Fixture f(u"chunked:u8"_s, u"!I:number"_s);
    f.receive(QByteArray("\2\0\0\2\1\1\0", 7));
    QTRY_COMPARE(f.model.rowCount(), 1);
    QTRY_COMPARE(f.model.index(0, M::StatusColumn).data().toString(), u"complete"_s);
    const QModelIndex number = f.model.index(f.model.rowCount(f.model.index(0, 0)) - 1, 0, f.model.index(0, 0));
    QCOMPARE(number.data().toString(), u"number"_s);
    QCOMPARE(number.siblingAtColumn(M::SummaryColumn).data().toString(), u"257"_s);
    QVERIFY(!number.data(M::RangeBeginRole).isValid());
    f.use(u"chunked:u8"_s, {});
    QTRY_COMPARE(f.model.rowCount(), 1);
    QVERIFY(textOf(f.model, {M::NumberColumn}).endsWith(u"  payload\n"_s));
  }

  void longJoinedPayloadsAreReadAsFarAsTheirFrontFields() {
    Fixture f(u"chunked:u32be"_s, u"!I:number *s:text"_s, false);
    QByteArray bytes("\0\0\0\2\0\0\0\0\0\3\1\1x", 13);
    for (int i = 0; i < 5; ++i) bytes += QByteArray("\0\x10\0\0", 4) + QByteArray(1 << 20, 'y');
    f.receive(bytes + QByteArray(4, '\0'));
    QTRY_COMPARE(f.model.rowCount(), 1);
    QTRY_COMPARE(f.model.index(0, M::StatusColumn).data().toString(), u"complete"_s);
    const auto endOf = [&] {
      return textOf(f.model, {M::NumberColumn, M::SummaryColumn, M::OffsetColumn}).section(u'\n', -3);
    };
    const QString begin = u"  payload | \"\\0\\0\\x01\\x01xyyy"_s;
    QVERIFY2(endOf().startsWith(begin) && endOf().endsWith(u"…\" | \n  number | 257 | +0\n"_s), qPrintable(endOf()));
    QVERIFY(f.model.index(0, M::SummaryColumn).data().toString().startsWith(u"number 257 · text \"xyyyy"_s));
    // Fields that lie further behind are not guessed at.
    f.use(u"chunked:u32be"_s, u"!5000000x I:number"_s);
    QTRY_VERIFY(f.model.rowCount() == 1 && !endOf().contains(u"number"_s));
    QVERIFY2(endOf().contains(begin), qPrintable(endOf()));
    QCOMPARE(f.model.index(0, M::SummaryColumn).data().toString(), u"payload of 5,242,885 bytes"_s);
  }

  void listsNoMorePartsThanCanBeRead() {
    Fixture f(u"chunked:u8"_s, {});
    f.receive(QByteArray("\1x", 2).repeated(5000) + QByteArray(1, '\0'));
    QTRY_COMPARE(f.model.rowCount(), 1);
    QTRY_COMPARE(f.model.index(0, M::StatusColumn).data().toString(), u"complete"_s);
    const QModelIndex message = f.model.index(0, 0);
    QCOMPARE(f.model.rowCount(message), 1002);
    QVERIFY(f.model.index(1000, M::SummaryColumn, message).data().toString().contains(u"not listed"_s));
  }

  void millionsOfElementsCostNothing() {
    Fixture f(u"until-close"_s, u"*B:v"_s, false);
    f.receive(QByteArray(3'000'000, 'x'));
    QTRY_COMPARE(f.model.rowCount(), 1);
    const QModelIndex array = f.model.index(f.model.rowCount(f.model.index(0, 0)) - 1, 0, f.model.index(0, 0));
    QCOMPARE(f.model.rowCount(array), 3'000'000);
    QCOMPARE(f.model.index(2'999'999, M::NumberColumn, array).data().toString(), u"[2999999]"_s);
    QCOMPARE(f.model.indexAt(Direction::In, 0, 1'234'567).row(), 1'234'567);
  }

  void survivesSwitchingWhileItGrows() {
    Fixture f(u"lines"_s, {});
    const QStringList specs = {u"length:u8"_s, u"chunks"_s, u"delimiter:b"_s, u"fixed:5"_s, u"netstring"_s};
    for (int i = 0; i < 60; ++i) {
      if (i % 6 == 5) f.use(specs[i / 6 % specs.size()], i % 12 == 5 ? u"!B:kind *H:v"_s : QString());
      f.receive(QByteArray("\2ab\n5:hello,\n", 13).left(1 + i % 13), static_cast<Direction>(i % 2));
      QSignalSpy(&f.decoder, &ConnectionDecoder::advanced).wait(30);
      textOf(f.model, {M::NumberColumn, M::StatusColumn, M::SummaryColumn});
      for (int role = M::KindRole; role <= M::SortTextRole; ++role) f.model.index(0, 0).data(role);
    }
    f.use(u"lines"_s, {});
    QTRY_VERIFY(f.model.rowCount() > 10);
  }
};

QTEST_GUILESS_MAIN(TestMessageTreeModel)
#include "tst_message_tree_model.moc"

// MessageTreeModel with sorted rows under QAbstractItemModelTester: what is open and what is remembered stays with its
// message, wherever that goes.
#include "model/items/message_order.h"
#include "tests/model/items/message_model.h"
#include "tests/support/binary_makers.h"

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;
using M = MessageTreeModel;

namespace {

QByteArray counted(int kind, const QByteArray &text) {
  const QByteArray payload = QByteArray(1, static_cast<char>(kind)) + text;
  return bigEndianBytes(static_cast<quint64>(payload.size()), 2) + payload;
}

struct SortedModel : MessageModel {
  SortedModel() : MessageModel(u"length:u16be"_s, u"B:kind *s:text"_s) {}
  bool sortBy(const QString &name, bool isDescending = false) {
    return model.order()->sortBy(MessageSort{name, isDescending}).has_value();
  }
  QString numbers() {
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row) all.append(model.index(row, 0).data().toString());
    return all.join(u' ');
  }
};

}  // namespace

class TestSortedTreeModel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyColumnHasAName() {
    M model;
    QVERIFY(!model.order());
    SortedModel sorted;
    sorted.receive(counted(2, "a") + counted(1, "b"));
    QTRY_COMPARE(sorted.numbers(), u"0 1"_s);
    for (int column = 0; column < M::ColumnCount; ++column) {
      QVERIFY2(sorted.sortBy(sorted.model.sortName(column)), qPrintable(sorted.model.sortName(column)));
      QTRY_VERIFY(!sorted.model.order()->isBusy());
    }
    QVERIFY(sorted.model.sortName(-1).isEmpty());
  }

  void whatIsRememberedStaysWithItsMessage() {
    SortedModel sorted;
    for (const int kind : {3, 1, 2}) sorted.receive(counted(kind, "text"));
    QTRY_COMPARE(sorted.numbers(), u"0 1 2"_s);
    const QPersistentModelIndex third = sorted.model.indexOfMessage(Direction::In, 2, M::SizeColumn);
    const QPersistentModelIndex text = sorted.model.indexAt(Direction::In, 0, 5);
    QCOMPARE(text.data().toString(), u"text"_s);
    QVERIFY(sorted.sortBy(u"kind"_s));
    QTRY_COMPARE(sorted.numbers(), u"1 2 0"_s);
    QCOMPARE(third.row(), 1);
    QCOMPARE(third.column(), static_cast<int>(M::SizeColumn));
    QCOMPARE(QModelIndex(text).parent().row(), 2);
    QCOMPARE(sorted.model.indexOfMessage(Direction::In, 0).row(), 2);
    QCOMPARE(sorted.model.indexAt(Direction::In, 0, 5), QModelIndex(text));
    // What comes is put where it belongs.
    sorted.receive(counted(0, "new"));
    QTRY_COMPARE(sorted.numbers(), u"3 1 2 0"_s);
    QCOMPARE(QModelIndex(text).parent().row(), 3);
    QVERIFY(sorted.sortBy(u"kind"_s, true));
    QCOMPARE(sorted.numbers(), u"0 2 1 3"_s);
    QCOMPARE(third.row(), 1);
    sorted.decoder.setMoment(Moment{.bytes = {14, 0}});
    QTRY_COMPARE(sorted.numbers(), u"0 1"_s);
    QVERIFY(!third.isValid());
    sorted.decoder.setMoment(std::nullopt);
    QVERIFY(sorted.model.order()->sortBy(std::nullopt));
    QCOMPARE(sorted.numbers(), u"0 1 2 3"_s);
    QCOMPARE(QModelIndex(text).parent().row(), 0);
  }
};

QTEST_GUILESS_MAIN(TestSortedTreeModel)
#include "tst_sorted_tree_model.moc"

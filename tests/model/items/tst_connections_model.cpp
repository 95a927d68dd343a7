// ConnectionsModel and CaptureList: captures come and go, connections come from another thread, states follow events.
#include "model/items/connections_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace octetscope;
using namespace Qt::StringLiterals;
using M = ConnectionsModel;

class TestConnectionsModel : public QObject {
  Q_OBJECT

  static QString stateOf(const ConnectionsModel &model, const QModelIndex &index) {
    return model.index(index.row(), M::StateColumn, index.parent()).data().toString();
  }

 private Q_SLOTS:
  void followsCapturesAndConnections() {
    CaptureList captures;
    Capture *const first = captures.add(std::make_unique<Capture>(u"first"_s));
    first->addConnection({u"127.0.0.1"_s, 51514}, {u"127.0.0.1"_s, 1060});
    ConnectionsModel model(&captures);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowCount(model.indexOf(first)), 1);
    Capture *const second = captures.add(std::make_unique<Capture>(u"second"_s));
    QCOMPARE(captures.all(), (QList<Capture *>{first, second}));
    std::thread([second] {
      for (int i = 0; i < 50; ++i) second->addConnection({u"::1"_s, quint16(i)}, {u"::1"_s, 80});
    }).join();
    QTRY_COMPARE(model.rowCount(model.indexOf(second)), 50);
    QCOMPARE(model.index(7, 0, model.indexOf(second)).data().toString(), u"← [::1]:7"_s);
    QCOMPARE(model.captureOf(model.indexOf(second, 7)), second);
    QCOMPARE(model.connectionOf(model.indexOf(second, 7)), 7);
    QCOMPARE(model.connectionOf(model.indexOf(second)), -1);
    first->setTitle(u"renamed"_s);
    QCOMPARE(model.indexOf(first).data().toString(), u"renamed"_s);
    captures.remove(first);
    QCOMPARE(captures.indexOf(second), 0);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, 0).data().toString(), u"second"_s);
  }

  void statesFollowEvents_data() {
    using enum Event::Kind;
    QTest::addColumn<QList<Event::Kind>>("events");
    QTest::addColumn<bool>("isOver");
    QTest::addColumn<QString>("state");
    QTest::newRow("under way") << QList<Event::Kind>{Connecting} << false << u"connecting"_s;
    QTest::newRow("connected") << QList<Event::Kind>{Connecting, Connected} << false << u"connected"_s;
    QTest::newRow("peer FIN") << QList<Event::Kind>{Accepted, PeerFinished} << false << u"peer has finished"_s;
    QTest::newRow("our FIN") << QList<Event::Kind>{Accepted, WeFinished} << false << u"we have finished"_s;
    QTest::newRow("both") << QList<Event::Kind>{Accepted, WeFinished, PeerFinished} << true << u"closed"_s;
    QTest::newRow("peer RST") << QList<Event::Kind>{Accepted, PeerReset, Closed} << true << u"reset by peer"_s;
    QTest::newRow("our RST") << QList<Event::Kind>{Accepted, PeerFinished, WeReset} << true << u"reset by us"_s;
    QTest::newRow("failed") << QList<Event::Kind>{Connecting, Failed} << true << u"failed"_s;
    QTest::newRow("cut") << QList<Event::Kind>{Accepted} << true << u"cut"_s;
  }
  void statesFollowEvents() {
    QFETCH(QList<Event::Kind>, events);
    QFETCH(bool, isOver);
    QFETCH(QString, state);
    CaptureList captures;
    Capture *const capture = captures.add(std::make_unique<Capture>(u"test"_s));
    ConnectionsModel model(&captures);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto connection = capture->addConnection({u"127.0.0.1"_s, 51514}, {u"127.0.0.1"_s, 1060});
    const QModelIndex row = model.indexOf(capture, 0);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (const Event::Kind kind : events) {
      connection->addEvent(kind, u"what happened"_s);
      model.refresh();
    }
    if (isOver) connection->setOver();
    model.refresh();
    QCOMPARE(stateOf(model, row), state);
    QVERIFY(!changed.isEmpty());
    QVERIFY(!model.index(0, M::StateColumn, row.parent()).data(Qt::ToolTipRole).toString().isEmpty());
    const bool isOurs = events.first() == Event::Kind::Connecting;
    QCOMPARE(row.data().toString(), isOurs ? u"→ 127.0.0.1:1060"_s : u"← 127.0.0.1:51514"_s);
    changed.clear();
    model.refresh();
    QCOMPARE(changed.size(), 0);  // nothing happened, nothing is told
  }

  void countsBytesOncePerRefresh() {
    CaptureList captures;
    Capture *const capture = captures.add(std::make_unique<Capture>(u"test"_s));
    ConnectionsModel model(&captures);
    const auto connection = capture->addConnection({u"127.0.0.1"_s, 51514}, {u"127.0.0.1"_s, 1060});
    const QModelIndex row = model.indexOf(capture, 0);
    for (int i = 0; i < 10; ++i) {
      QVERIFY(connection->stream(Direction::In).append(viewOf(QByteArray(200, 'x')), connection->clock().stamp()));
    }
    QVERIFY(connection->stream(Direction::Out).append(viewOf("abc"), connection->clock().stamp()));
    QCOMPARE(row.data(M::BytesInRole).toULongLong(), 0ULL);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.refresh();
    QCOMPARE(changed.size(), 2);  // the row and its capture
    QCOMPARE(row.siblingAtColumn(M::ReceivedColumn).data().toString(), u"2,000"_s);
    QCOMPARE(row.data(M::BytesOutRole).toULongLong(), 3ULL);
    QCOMPARE(model.indexOf(capture).data(M::BytesInRole).toULongLong(), 2000ULL);
  }
};

QTEST_GUILESS_MAIN(TestConnectionsModel)
#include "tst_connections_model.moc"

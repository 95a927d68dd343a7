// ConnectionsPane over a model with the roles of ConnectionsModel, with mouse and keys.
#include "widgets/connections/connections_pane.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

#include <memory>

using namespace octetscope;
using M = ConnectionsModel;

namespace {

QList<QStandardItem *> row(const QString &name, Capture *capture, int number = -1,
                           ConnectionState state = ConnectionState::Idle, bool accepted = true) {
  QList<QStandardItem *> items;
  for (int column = 0; column < M::ColumnCount; ++column) {
    auto *item = new QStandardItem(column == 0 ? name : QStringLiteral("<b>text</b>"));
    item->setData(QVariant::fromValue(reinterpret_cast<quintptr>(capture)), M::CaptureRole);
    if (number >= 0) {
      item->setData(number, M::ConnectionNumberRole);
      item->setData(static_cast<int>(state), M::StateRole);
      item->setData(accepted, M::IsAcceptedRole);
    }
    items.append(item);
  }
  return items;
}

QStringList textsOf(const QMenu &menu) {
  QStringList texts;
  for (const QAction *action : menu.actions()) {
    if (!action->isSeparator()) texts.append(action->text().remove(QLatin1Char('&')));
  }
  return texts;
}

}  // namespace

class TestConnectionsPane : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void choosing() {
    Capture listening(QStringLiteral("Listening"));
    Capture file(QStringLiteral("file"));
    QStandardItemModel model;
    ConnectionsPane pane;
    pane.setModel(&model);
    show(pane);
    const QSignalSpy connections(&pane, &ConnectionsPane::connectionChosen);
    const QSignalSpy captures(&pane, &ConnectionsPane::captureChosen);
    model.appendRow(row(QStringLiteral("Listening 127.0.0.1:1060"), &listening));
    model.item(0)->appendRow(row(QStringLiteral("127.0.0.1:51514"), &listening, 0, ConnectionState::Connected));
    model.item(0)->appendRow(row(QStringLiteral("127.0.0.1:51516"), &listening, 1, ConnectionState::PeerReset));
    model.appendRow(row(QStringLiteral("file.bin"), &file));
    QVERIFY2(pane.isExpanded(model.index(0, 0)), "what comes is seen");
    QCOMPARE(connections.size() + captures.size(), 0);

    const QModelIndex second = model.index(1, M::StateColumn, model.index(0, 0));
    QTest::mouseClick(pane.viewport(), Qt::LeftButton, {}, pane.visualRect(second).center());
    QCOMPARE(connections.size(), 1);
    QCOMPARE(connections.last().at(0).value<Capture *>(), &listening);
    QCOMPARE(connections.last().at(1).toInt(), 1);
    QTest::keyClick(&pane, Qt::Key_Up);
    QCOMPARE(connections.last().at(1).toInt(), 0);
    QTest::keyClick(&pane, Qt::Key_Up);
    QCOMPARE(captures.size(), 1);
    QCOMPARE(captures.last().at(0).value<Capture *>(), &listening);

    // Set from outside: nobody is told.
    pane.showConnection(&listening, 1);
    QCOMPARE(pane.currentIndex().row(), 1);
    pane.showConnection(&file, -1);
    QCOMPARE(pane.currentIndex(), model.index(1, 0));
    pane.showConnection(&listening, 9);
    pane.showConnection(nullptr, 0);
    QCOMPARE(pane.currentIndex(), model.index(1, 0));
    QCOMPARE(connections.size(), 2);
    QCOMPARE(captures.size(), 1);
  }

  void theMenuOffersWhatMakesSense_data() {
    QTest::addColumn<ConnectionState>("state");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<QStringList>("expected");
    const QString close = QStringLiteral("Close");
    const QString reset = QStringLiteral("Reset (RST)");
    const QString reconnect = QStringLiteral("Reconnect");
    const QString save = QStringLiteral("Save Bytes…");
    const QString remove = QStringLiteral("Remove Capture…");
    QTest::newRow("connecting") << ConnectionState::Connecting << false << QStringList{close, reset, save, remove};
    QTest::newRow("connected") << ConnectionState::Connected << true << QStringList{close, reset, save, remove};
    QTest::newRow("half-closed") << ConnectionState::PeerFinished << true << QStringList{close, reset, save, remove};
    QTest::newRow("accepted, over") << ConnectionState::Closed << true << QStringList{save, remove};
    QTest::newRow("ours, over") << ConnectionState::Closed << false << QStringList{reconnect, save, remove};
    QTest::newRow("refused") << ConnectionState::Failed << false << QStringList{reconnect, save, remove};
    QTest::newRow("file") << ConnectionState::File << false << QStringList{save, remove};
  }
  void theMenuOffersWhatMakesSense() {
    QFETCH(ConnectionState, state);
    QFETCH(bool, accepted);
    Capture capture(QStringLiteral("c"));
    QStandardItemModel model;
    model.appendRow(row(QStringLiteral("c"), &capture));
    model.item(0)->appendRow(row(QStringLiteral("peer"), &capture, 4, state, accepted));
    ConnectionsPane pane;
    pane.setModel(&model);
    show(pane);
    pane.showConnection(&capture, 4);
    const std::unique_ptr<QMenu> menu(pane.createRowMenu(nullptr));
    QTEST(textsOf(*menu), "expected");
    for (const QAction *action : menu->actions()) {
      if (!action->isSeparator()) QVERIFY(action->toolTip() != action->text().remove(QLatin1Char('&')));
    }
  }

  void actsAreSignals() {
    Capture capture(QStringLiteral("c"));
    QStandardItemModel model;
    model.appendRow(row(QStringLiteral("c"), &capture));
    model.item(0)->appendRow(row(QStringLiteral("peer"), &capture, 4, ConnectionState::Connected, false));
    ConnectionsPane pane;
    pane.setModel(&model);
    show(pane);
    pane.showConnection(&capture, 4);
    const QSignalSpy close(&pane, &ConnectionsPane::closeRequested);
    const QSignalSpy reset(&pane, &ConnectionsPane::resetRequested);
    const QSignalSpy reconnect(&pane, &ConnectionsPane::reconnectRequested);
    const QSignalSpy save(&pane, &ConnectionsPane::saveRequested);
    const QSignalSpy remove(&pane, &ConnectionsPane::removeCaptureRequested);
    const auto triggerAll = [&] {
      const std::unique_ptr<QMenu> menu(pane.createRowMenu(nullptr));
      for (QAction *action : menu->actions()) action->trigger();
    };
    triggerAll();
    model.item(0)->child(0)->setData(static_cast<int>(ConnectionState::Closed), M::StateRole);
    triggerAll();
    for (const QSignalSpy *spy : {&close, &reset, &reconnect}) {
      QCOMPARE(spy->size(), 1);
      QCOMPARE(spy->first().at(0).value<Capture *>(), &capture);
      QCOMPARE(spy->first().at(1).toInt(), 4);
    }
    QCOMPARE(save.size(), 2);
    QCOMPARE(remove.size(), 2);

    QTest::keyClick(&pane, Qt::Key_Delete);  // on a connection: nothing
    QCOMPARE(remove.size(), 2);
    pane.showConnection(&capture, -1);
    QTest::keyClick(&pane, Qt::Key_Delete);
    QCOMPARE(remove.size(), 3);

    QContextMenuEvent ask(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QApplication::sendEvent(pane.viewport(), &ask);
    auto *popup = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(popup);
    QCOMPARE(textsOf(*popup), QStringList{QStringLiteral("Remove Capture…")});
    popup->close();
  }

  void emptyPaneSaysWhatToDo() {
    ConnectionsPane pane;
    QStandardItemModel model(0, M::ColumnCount);
    pane.setModel(&model);
    show(pane);
    const QImage empty = pane.viewport()->grab().toImage();
    QImage blank = empty;
    blank.fill(empty.pixel(0, 0));
    QVERIFY(empty != blank);
    const std::unique_ptr<QMenu> menu(pane.createRowMenu(nullptr));
    QVERIFY(menu->actions().isEmpty());
  }

  void statesShowWithoutColour() {
    Capture capture(QStringLiteral("c"));
    QStandardItemModel model;
    model.appendRow(row(QStringLiteral("c"), &capture));
    model.item(0)->appendRow(row(QStringLiteral("peer"), &capture, 0, ConnectionState::Connected));
    model.item(0)->appendRow(row(QStringLiteral("peer"), &capture, 1, ConnectionState::PeerFinished));
    ConnectionsPane pane;
    pane.setModel(&model);
    show(pane);
    const auto picture = [&](int child) {
      const QRect rect = pane.visualRect(model.index(child, M::StateColumn, model.index(0, 0)));
      return pane.viewport()->grab(rect).toImage().convertToFormat(QImage::Format_Mono);
    };
    QVERIFY(picture(0) != picture(1));
  }

 private:
  static void show(ConnectionsPane &pane) {
    pane.resize(700, 300);
    pane.show();
    pane.activateWindow();
    pane.setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&pane));
  }
};

QTEST_MAIN(TestConnectionsPane)
#include "tst_connections_pane.moc"

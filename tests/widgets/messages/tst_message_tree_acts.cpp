// What is done with rows of a MessageTreeView: going to them by typing, copying, the menu.
#include "tests/widgets/messages/message_view_window.h"

#include <QClipboard>
#include <QMenu>
#include <QSignalSpy>

#include <memory>

using namespace octetscope;
using octetscope::test::FakeMessageModel;
using octetscope::test::M;
using octetscope::test::MessageViewWindow;

class TestMessageTreeActs : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void typeAheadFindsRows() {
    MessageViewWindow w(30, 10);
    w.click(0);
    const auto pause = static_cast<quint64>(QApplication::keyboardInputInterval());
    w.type(QStringLiteral("event 1"), 1000);
    QCOMPARE(w.currentLine(), quint64(19));
    w.view.goTo(w.model.index(0, 0));
    w.type(QStringLiteral("SEQ"), 1000 + pause + 1);  // a new word
    w.type(QStringLiteral(" 12"), 1000 + 2 * pause);  // which goes on, space included
    QCOMPARE(w.currentLine(), quint64(12));
    w.type(QStringLiteral("ee"), 5000 + 2 * pause);  // the same letter: the next but one
    QCOMPARE(w.currentLine(), quint64(29));
    QSignalSpy notice(&w.view, &MessageTreeView::notice);
    w.type(QStringLiteral("q"), 10'000 + 3 * pause);
    QCOMPARE(notice.size(), 1);
    QCOMPARE(w.currentLine(), quint64(29));
    w.view.goTo(w.model.index(0, 0));
    w.type(QStringLiteral("+"), 20'000 + 3 * pause);  // no word is being typed: it opens
    QVERIFY(w.view.isOpen(w.model.index(0, 0)));
  }

  void typeAheadInManyRowsKeepsTheWindowAwake() {
    MessageViewWindow w(10'000'000);
    w.view.setFollowing(false);
    w.view.goTo(w.model.index(0, 0));
    QElapsedTimer clock;
    clock.start();
    QTest::keyClicks(&w.view, QStringLiteral("q"));
    QVERIFY2(clock.elapsed() < 500, "it searches in slices");
    w.key(Qt::Key_Down);  // and lets go at the next key
    QCOMPARE(w.currentLine(), quint64(1));
  }

  void copiesRowsAsText() {
    MessageViewWindow w(10);
    w.click(1);
    w.key(Qt::Key_Right);
    w.key(Qt::Key_Down, Qt::ShiftModifier);
    w.key(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(w.view.selectedLines(), (LineRuns{{1, 3}}));
    w.view.header()->hideSection(M::TimeColumn);
    w.key(Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines[0], QStringLiteral("1\t0.001 s\tout\t20\t20\t1\tcomplete\tseq 1 · kind 1 · \"Simple is better than "
                                      "complex.\""));
    QCOMPARE(lines[1], QStringLiteral("  length\t\t\t20\t4\t\t\t0"));
    QCOMPARE(lines[2], QStringLiteral("  seq\t\t\t24\t2\t\t\t111"));
    // A cell cannot break the table.
    w.model.setSummary(QStringLiteral("a\tb\nc"));
    w.click(0);
    w.key(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text().count(QLatin1Char('\n')), 1);
    QVERIFY(QApplication::clipboard()->text().endsWith(QStringLiteral("a b c\n")));
  }

  void copiesManyRowsInTheBackground() {
    MessageViewWindow w(60'000);
    w.key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(w.view.selectedLines().last(), quint64(59'999));
    QSignalSpy notice(&w.view, &MessageTreeView::notice);
    QElapsedTimer clock;
    clock.start();
    w.key(Qt::Key_C, Qt::ControlModifier);
    QVERIFY(clock.elapsed() < 200);
    w.model.append(10);  // rows that come behind do not disturb it
    QTRY_COMPARE_WITH_TIMEOUT(notice.size(), 1, 30000);
    QCOMPARE(QApplication::clipboard()->text().count(QLatin1Char('\n')), 60'000);
    // What changes the rows between stops it.
    w.view.copy();
    w.view.setOpen(w.model.index(0, 0), true);
    QCOMPARE(notice.size(), 2);
    QVERIFY(notice.last().first().toString().contains(QStringLiteral("Nothing was copied")));
  }

  void theMenuActs() {
    MessageViewWindow w(10);
    w.click(1);
    QSignalSpy hex(&w.view, &MessageTreeView::copyAsHexRequested);
    QSignalSpy bytes(&w.view, &MessageTreeView::goToBytesRequested);
    const auto trigger = [&](const QString &text) {
      const std::unique_ptr<QMenu> menu(w.view.createRowMenu(nullptr));
      for (QAction *action : menu->actions()) {
        if (action->text().remove(QLatin1Char('&')) != text) continue;
        if (!action->isEnabled()) return false;
        action->trigger();
        return true;
      }
      return false;
    };
    QVERIFY(trigger(QStringLiteral("Copy")));
    QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("1\t")));
    QVERIFY(trigger(QStringLiteral("Copy as Hex")));
    QVERIFY(hex.first().first().value<Selection>().range == (ByteRange{20, 40}));
    QVERIFY(trigger(QStringLiteral("Go to Bytes")));
    QCOMPARE(bytes.size(), 1);
    QVERIFY(!trigger(QStringLiteral("Close All Below")));
    QVERIFY(trigger(QStringLiteral("Open All Below")));
    QCOMPARE(w.view.lineCount(), quint64(18));
    QVERIFY(trigger(QStringLiteral("Close All Below")));
    QCOMPARE(w.view.lineCount(), quint64(15));
    QVERIFY(trigger(QStringLiteral("Close")));
    QVERIFY(trigger(QStringLiteral("Open")));
    QVERIFY(trigger(QStringLiteral("Close All Messages")));
    QCOMPARE(w.view.lineCount(), quint64(10));

    // By keyboard it opens at the current row; by the right button at the row under it, which becomes current.
    QTest::mousePress(w.view.viewport(), Qt::RightButton, {}, w.middleOf(5));
    QCOMPARE(w.currentLine(), quint64(5));
    QContextMenuEvent ask(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QApplication::sendEvent(w.view.viewport(), &ask);
    auto *popup = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(popup);
    QVERIFY(w.view.rect().contains(w.view.mapFromGlobal(popup->pos())));
    popup->close();
  }
};

QTEST_MAIN(TestMessageTreeActs)
#include "tst_message_tree_acts.moc"

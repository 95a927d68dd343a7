// Sorting the message list in a real window: the heads of its columns, the menu, and what stays as it is meanwhile.
#include "model/background_pool.h"
#include "model/items/message_order.h"
#include "tests/app/window/open_window.h"
#include "tests/support/binary_makers.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_pane.h"
#include "widgets/messages/sort_line.h"

#include <QMenu>
#include <QSemaphore>
#include <QThreadPool>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;
using M = MessageTreeModel;

class TestWindowSort : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  /// Messages of these sizes, the head of two bytes included.
  void open(const QList<int> &sizes, const QString &name = u"some.bin"_s) {
    QByteArray bytes;
    for (const int size : sizes) bytes += bigEndianBytes(static_cast<quint64>(size - 2), 2) + QByteArray(size - 2, 'x');
    w_->openBytes(bytes, name);
    type(w_->spec(), u"length:u16be"_s);
  }
  QString sizes() const {
    QStringList all;
    const QAbstractItemModel *model = w_->messages()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
      const QString size = model->index(row, M::SizeColumn).data().toString();
      if (!size.isEmpty()) all.append(size);
    }
    return all.join(u' ');
  }
  MessageHeader *header() const { return w_->messages()->header(); }
  void clickHead(int column) {
    const QPoint at(header()->sectionViewportPosition(column) + header()->sectionSize(column) / 2,
                    header()->height() / 2);
    QTest::mouseClick(header()->viewport(), Qt::LeftButton, {}, at);
  }
  QAction *menuEntry(const QString &text) const {
    QMenu *menu = w_->window.actions().sortMenu();
    Q_EMIT menu->aboutToShow();
    for (QAction *action : menu->actions()) {
      if (action->text().remove(u'&') == text) return action;
    }
    return nullptr;
  }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void aClickSorts() {
    open({5, 3, 9});
    SOON_COMPARE(sizes(), u"5 3 9"_s);
    clickHead(M::SizeColumn);
    SOON_COMPARE(sizes(), u"3 5 9"_s);
    QCOMPARE(header()->sortIndicatorSection(), static_cast<int>(M::SizeColumn));
    QCOMPARE(header()->sortIndicatorOrder(), Qt::AscendingOrder);
    QVERIFY(!w_->view()->isFollowing());
    clickHead(M::SizeColumn);
    QCOMPARE(sizes(), u"9 5 3"_s);
    QCOMPARE(header()->sortIndicatorOrder(), Qt::DescendingOrder);
    clickHead(M::SizeColumn);
    QCOMPARE(sizes(), u"5 3 9"_s);
    QCOMPARE(header()->sortIndicatorSection(), -1);
  }

  void theMenuSorts() {
    open({5, 3, 9});
    SOON_COMPARE(sizes(), u"5 3 9"_s);
    QVERIFY(!w_->action(ActionId::SortArrival)->isEnabled());
    menuEntry(u"Size"_s)->trigger();
    SOON_COMPARE(sizes(), u"3 5 9"_s);
    QVERIFY(menuEntry(u"Size"_s)->isChecked());
    QVERIFY(!menuEntry(u"Time"_s)->isChecked());
    w_->key(Qt::Key_S, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(sizes(), u"9 5 3"_s);
    QVERIFY(w_->action(ActionId::SortTurned)->isChecked());
    w_->key(Qt::Key_S, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(sizes(), u"3 5 9"_s);
    menuEntry(u"In the order of arrival"_s)->trigger();
    QCOMPARE(sizes(), u"5 3 9"_s);
    // What is hidden is not offered.
    header()->hideSection(M::SizeColumn);
    QVERIFY(!menuEntry(u"Size"_s));
  }

  void whatIsSelectedAndOpenStaysItself() {
    QList<int> many;
    for (int i = 0; i < 100; ++i) many.append(3 + (i * 37) % 100);
    open(many);
    SOON_COMPARE(w_->messages()->model()->rowCount() >= 100, true);
    const QModelIndex row = w_->view()->messageModel()->indexOfMessage(Direction::In, 2);
    w_->messages()->goTo(row);
    w_->messages()->setOpen(row, true);
    const ByteRange range = w_->currentRange();
    const auto onScreen = [&] {
      return *w_->messages()->lineOf(w_->messages()->currentIndex()) - w_->messages()->topLine();
    };
    const quint64 before = onScreen();
    clickHead(M::SizeColumn);
    SOON_VERIFY(w_->messages()->currentIndex().row() == 74);
    QCOMPARE(w_->currentRange(), range);
    QVERIFY(w_->messages()->isOpen(w_->messages()->currentIndex()));
    QCOMPARE(onScreen(), before);
    // The next message is the next in the list.
    w_->key(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(w_->messages()->currentIndex().row(), 75);
  }

  void whatIsShownNextIsSortedToo() {
    open({5, 3, 9});
    SOON_COMPARE(sizes(), u"5 3 9"_s);
    clickHead(M::SizeColumn);
    SOON_COMPARE(sizes(), u"3 5 9"_s);
    open({8, 4}, u"other.bin"_s);
    SOON_COMPARE(sizes(), u"4 8"_s);
    QCOMPARE(header()->sortIndicatorSection(), static_cast<int>(M::SizeColumn));
  }

  void howRowsWereSortedIsNotRemembered() {
    open({5, 3, 9});
    clickHead(M::SizeColumn);
    SOON_COMPARE(sizes(), u"3 5 9"_s);
    w_->view()->saveState(&w_->settings);
    w_->view()->restoreState(&w_->settings);
    QCOMPARE(header()->sortIndicatorSection(), -1);
    QCOMPARE(sizes(), u"5 3 9"_s);
  }

  void saysWhatItDoesAndStops() {
    open({5, 3, 9});
    SOON_COMPARE(sizes(), u"5 3 9"_s);
    auto *line = w_->view()->messagePane()->sortLine();
    QVERIFY(!line->isVisible());
    // All that would sort is kept from it.
    QSemaphore held;
    QThreadPool *const pool = backgroundPool();
    const int threads = pool->maxThreadCount();
    for (int i = 0; i < threads; ++i) pool->start([&held] { held.acquire(); });
    clickHead(M::SizeColumn);
    SOON_VERIFY(line->isVisible());
    QCOMPARE(line->findChild<QLabel *>()->text(), u"Sorting messages by size"_s);
    QTest::mouseClick(named<QAbstractButton>(line, u"Stop sorting"_s), Qt::LeftButton);
    QVERIFY(!line->isVisible());
    QCOMPARE(header()->sortIndicatorSection(), -1);
    held.release(threads);
    pool->waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(sizes(), u"5 3 9"_s);
  }

  void goingFromOneConnectionToAnother() {
    QList<int> many;
    for (int i = 0; i < 300; ++i) many.append(9 + (i * 37) % 100);
    open(many, u"many.bin"_s);
    type(w_->layout(), u"H:seq B:kind h:temp"_s);
    Capture *const first = w_->window.shownCapture();
    SOON_VERIFY(w_->messages()->model()->rowCount() >= 300);
    many.append({7, 8});
    open(many, u"more.bin"_s);
    type(w_->layout(), u"H:seq B:kind h:temp"_s);
    Capture *const second = w_->window.shownCapture();
    SOON_VERIFY(w_->messages()->model()->rowCount() >= 302);
    clickHead(M::SizeColumn);
    SOON_VERIFY(sizes().startsWith(u"7 8 9 "_s));
    // Each comes back sorted, and as it was left.
    QList<QPointer<Capture>> captures = {first, second};
    QList<ByteRange> selected = {{}, {}};
    for (int i = 0; i < 6; ++i) {
      const int shown = i % 2;
      w_->window.showConnection(captures[shown], 0);
      w_->messages()->grab();
      SOON_VERIFY(sizes().startsWith(shown == 0 ? u"9 9 9 "_s : u"7 8 9 "_s));
      SOON_COMPARE(w_->currentRange(), selected[shown]);
      const QModelIndex row = w_->messages()->model()->index(150 + i, 0);
      w_->messages()->goTo(row);
      w_->messages()->setOpen(row, i < 2);
      selected[shown] = w_->currentRange();
      QVERIFY(!selected[shown].isEmpty());
      QCOMPARE(w_->messages()->isOpen(w_->messages()->model()->index(150 + shown, 0)), true);
      QVERIFY(w_->messages()->topLine() > 100);
    }
  }

  void sortedAndFilteredComesBackAsItWasLeft() {
    QList<int> many;
    for (int i = 0; i < 3000; ++i) many.append(9 + (i * 37) % 100);
    open(many, u"many.bin"_s);
    Capture *const first = w_->window.shownCapture();
    SOON_COMPARE(w_->messages()->model()->rowCount(), 3000);
    open({5, 3, 9}, u"other.bin"_s);
    Capture *const second = w_->window.shownCapture();
    w_->view()->messagePane()->filterBy(u"number & 1 == 0 || size < 6"_s);
    clickHead(M::SizeColumn);
    SOON_COMPARE(sizes(), u"3 5 9"_s);
    w_->window.showConnection(first, 0);
    MessageTreeView *list = w_->messages();
    SOON_COMPARE(list->model()->rowCount(), 1500);
    SOON_VERIFY(sizes().startsWith(u"9 9 9 "_s));
    list->goTo(list->model()->index(600, 0));
    list->scrollToLine(597);
    list->grab();
    const QString top = list->indexAtLine(list->topLine()).data().toString();
    const QString selected = list->currentIndex().data().toString();
    for (int i = 0; i < 2; ++i) {
      w_->window.showConnection(second, 0);
      SOON_COMPARE(sizes(), u"3 5 9"_s);
      w_->window.showConnection(first, 0);
      SOON_COMPARE(list->model()->rowCount(), 1500);
      SOON_VERIFY(sizes().startsWith(u"9 9 9 "_s));
      SOON_COMPARE(list->currentIndex().data().toString(), selected);
      SOON_COMPARE(list->indexAtLine(list->topLine()).data().toString(), top);
    }
  }
};

QTEST_MAIN(TestWindowSort)
#include "tst_window_sort.moc"

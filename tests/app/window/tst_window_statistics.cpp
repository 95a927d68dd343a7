// Capture ▸ Statistics: what is said of the messages that are shown, while they come, of another connection, with the
// values of a field, and as text.
#include "app/plots.h"
#include "app/statistics.h"
#include "tests/app/window/open_window.h"
#include "widgets/messages/filter_bar.h"
#include "widgets/messages/message_pane.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QScreen>
#include <QTableView>
#include <QTableWidget>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestWindowStatistics : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  StatisticsWindow *statistics() const { return w_->window.commands()->statistics()->window(); }
  QString cell(const QString &line, int column = 0) const {
    const auto *table = named<QTableWidget>(statistics(), u"Statistics of the messages"_s);
    for (int i = 0; i < table->rowCount(); ++i) {
      if (table->verticalHeaderItem(i)->text() == line) return table->item(i, column)->text();
    }
    return u"no such line"_s;
  }
  QTableView *table() const { return named<QTableView>(statistics(), u"Values and how often they are"_s); }
  QPoint middleOf(int row) const { return table()->visualRect(table()->model()->index(row, 0)).center(); }
  void count(const QString &name) {
    auto *field = named<QComboBox>(statistics(), u"Field whose values are counted"_s);
    field->setFocus();
    field->lineEdit()->selectAll();
    QTest::keyClicks(field, name);
    QTest::keyClick(field, Qt::Key_Return);
  }
  QStringList values() const {
    const QAbstractItemModel *model = table()->model();
    QStringList rows;
    for (int i = 0; i < model->rowCount(); ++i) {
      rows += model->index(i, 0).data().toString() + u' ' + model->index(i, 1).data().toString();
    }
    return rows;
  }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void tellsOfAllMessages() {
    w_->openBytes(QByteArray("\1\3abc\2\0\1\5hello\3\1!", 17));
    type(w_->spec(), u"length:u8,offset=1"_s);
    type(w_->layout(), u"*s:text"_s);
    w_->key(Qt::Key_I, Qt::ControlModifier);
    QVERIFY(statistics() && statistics()->isVisible());
    SOON_COMPARE(cell(u"Messages"_s), u"4"_s);
    QCOMPARE(cell(u"Complete"_s), u"4 (100 %)"_s);
    QCOMPARE(cell(u"Smallest"_s), u"2"_s);
    QCOMPARE(cell(u"Largest"_s), u"7"_s);
    QCOMPARE(cell(u"Bytes of payload"_s), u"9 (52.9 %)"_s);
    QCOMPARE(cell(u"Sharing a chunk"_s), u"4 (100 %)"_s);
    QCOMPARE(cell(u"Messages"_s, 1), u"0"_s);
    // No message has no size.
    for (const QString &line : {u"Smallest"_s, u"Mean"_s, u"Median"_s, u"Largest"_s, u"Most chunks of a message"_s}) {
      QCOMPARE(cell(line, 1), u"–"_s);
    }
    // Read otherwise, told otherwise.
    type(w_->spec(), u"fixed:4"_s);
    SOON_COMPARE(cell(u"Largest"_s), u"4"_s);
    QCOMPARE(cell(u"Messages"_s), u"5"_s);
    QCOMPARE(cell(u"Complete"_s), u"4 (80.0 %)"_s);
    QCOMPARE(cell(u"Incomplete"_s), u"1"_s);
  }

  void valuesOfAField() {
    QByteArray bytes;
    for (int i = 0; i < 90; ++i) bytes += QByteArray(1, static_cast<char>(i % 3 == 0 ? 7 : 9)) + "x";
    w_->openBytes(bytes);
    type(w_->spec(), u"fixed:2"_s);
    type(w_->layout(), u"B:kind c:letter"_s);
    w_->key(Qt::Key_I, Qt::ControlModifier);
    auto *field = named<QComboBox>(statistics(), u"Field whose values are counted"_s);
    SOON_VERIFY(field->findText(u"kind"_s) > 0 && field->findText(u"letter"_s) > 0);
    field->setFocus();
    QTest::keyClicks(field, u"kind"_s);
    QTest::keyClick(field, Qt::Key_Return);
    SOON_COMPARE(values(), (QStringList{u"9 60"_s, u"7 30"_s}));
    QVERIFY(statistics()->isVisible());
    QTest::mouseClick(button(statistics(), u"Copy"_s), Qt::LeftButton);
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.contains(u"Messages\t90\t0\n"_s) &&
                 text.contains(u"\nkind\tin\tout\tof the messages\n9\t60\t0\t66.7 %\n7\t30\t0\t33.3 %\n"_s),
             qPrintable(text));
    // A number's range and mean.
    const QString numbers = u"← in: from 7 to 9, mean 8.3."_s;
    QVERIFY(text.contains(numbers));
    const auto *note = named<QLabel>(statistics(), u"How far it is counted"_s);
    QCOMPARE(note->text(), numbers);
    count(u"letter"_s);
    SOON_COMPARE(note->text(), QString());
    count(u"status"_s);
    SOON_COMPARE(values(), QStringList{u"complete 90"_s});
    QCOMPARE(note->text(), QString());
  }

  void aValueIsFilteredFor() {
    w_->openBytes(QByteArray("\x07x\x09y\x07\"\x07x", 8));
    type(w_->spec(), u"fixed:2"_s);
    type(w_->layout(), u"B:kind c:letter"_s);
    w_->key(Qt::Key_I, Qt::ControlModifier);
    count(u"kind"_s);
    SOON_COMPARE(values(), (QStringList{u"7 3"_s, u"9 1"_s}));
    const FilterBar *bar = w_->view()->messagePane()->filterBar();
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, middleOf(1));
    QVERIFY(bar->text().isEmpty());
    QTest::mouseDClick(table()->viewport(), Qt::LeftButton, {}, middleOf(1));
    QCOMPARE(bar->text(), u"kind == 9"_s);
    SOON_COMPARE(w_->messageRows(), QStringList{u"in 2+2 Complete"_s});
    QTest::keyClick(table(), Qt::Key_Up);
    QTest::keyClick(table(), Qt::Key_Return);
    QCOMPARE(bar->text(), u"kind == 7"_s);
    SOON_COMPARE(w_->messageRows().size(), 3);
    QVERIFY(statistics()->isVisible());
    // Text is written as filters write it; the menu does the same.
    count(u"letter"_s);
    SOON_COMPARE(values().size(), 3);
    const QModelIndexList found =
        table()->model()->match(table()->model()->index(0, 0), Qt::DisplayRole, u"\"\\\"\""_s);
    QCOMPARE(found.size(), 1);
    QCOMPARE(table()->actions().size(), 1);
    QVERIFY(!table()->actions().first()->isEnabled());
    table()->setCurrentIndex(found.first());
    table()->actions().first()->trigger();
    QCOMPARE(bar->text(), u"letter == \"\\\"\""_s);
    SOON_COMPARE(w_->messageRows(), QStringList{u"in 4+2 Complete"_s});
    // Names that have words.
    count(u"status"_s);
    SOON_COMPARE(values().size(), 1);
    table()->setCurrentIndex(table()->model()->index(0, 0));
    table()->actions().first()->trigger();
    QCOMPARE(bar->text(), u"status == complete"_s);
    SOON_COMPARE(w_->messageRows().size(), 4);
  }

  void valuesAsOftenAreSortedAsNumbers() {
    w_->openBytes("10\n9\n100\n-3\n2.5\n");
    type(w_->spec(), u"lines"_s);
    w_->key(Qt::Key_I, Qt::ControlModifier);
    count(u"size"_s);
    SOON_COMPARE(values(), (QStringList{u"3 2"_s, u"4 2"_s, u"2 1"_s}));
    w_->openBytes(QByteArray("\x0a\x09\x64\xfd\x02", 5), u"other.bin"_s);
    type(w_->spec(), u"fixed:1"_s);
    type(w_->layout(), u"b:n"_s);
    count(u"n"_s);
    SOON_COMPARE(values(), (QStringList{u"-3 1"_s, u"2 1"_s, u"9 1"_s, u"10 1"_s, u"100 1"_s}));
  }

  void whatPassesTheFilterIsCountedAlone() {
    w_->openBytes("a\nbb\nccc\nbb\n");
    type(w_->spec(), u"lines"_s);
    w_->key(Qt::Key_I, Qt::ControlModifier);
    count(u"payload"_s);
    auto *only = named<QCheckBox>(statistics(), u"Only what passes the filter"_s);
    QVERIFY(!only->isEnabled());
    MessagePane *pane = w_->view()->messagePane();
    pane->filterBy(u"size == 3 && size < 9"_s);
    QVERIFY(only->isEnabled() && !only->isChecked());
    QCOMPARE(only->text(), u"Only what &passes the filter:  size == 3 &&&& size < 9"_s);
    SOON_COMPARE(cell(u"Messages"_s), u"4"_s);
    QTest::keyClick(statistics(), Qt::Key_P, Qt::AltModifier);
    SOON_COMPARE(cell(u"Messages"_s), u"2"_s);
    QCOMPARE(cell(u"Sharing a chunk"_s), u"2 (100 %)"_s);
    QCOMPARE(values(), QStringList{u"\"bb\" 2"_s});
    QTest::mouseClick(button(statistics(), u"Copy"_s), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"\nOnly what passes the filter: size == 3 && size < 9\n"_s));
    // Closed and opened, it is as it was.
    QTest::keyClick(statistics(), Qt::Key_Escape);
    w_->key(Qt::Key_I, Qt::ControlModifier);
    SOON_COMPARE(cell(u"Messages"_s), u"2"_s);
    // Another filter counts anew; none counts all, and the choice stays.
    pane->filterBy(u"size == 100"_s);
    SOON_COMPARE(named<QLabel>(statistics(), u"How far it is counted"_s)->text(),
                 u"No final message passes the filter."_s);
    pane->clearFilter();
    SOON_COMPARE(cell(u"Messages"_s), u"4"_s);
    QVERIFY(!only->isEnabled() && only->isChecked());
    const OpenWindow other(w_->settings.fileName());
    other.window.commands()->statistics()->open();
    QVERIFY(other.window.commands()->statistics()->window()->isFiltered());
  }

  void thePastIsSaidInTheTitle() {
    w_->openBytes("a\nb\nc\n");
    type(w_->spec(), u"lines"_s);
    w_->key(Qt::Key_I, Qt::ControlModifier);
    const auto title = [this] { return named<QLabel>(statistics(), u"Of what"_s)->text(); };
    QCOMPARE(title(), u"Messages of some.bin, connection 0"_s);
    w_->view()->playhead()->first();
    QCOMPARE(title(), u"Messages of some.bin, connection 0, up to the moment shown"_s);
    w_->view()->playhead()->returnToLive();
    QCOMPARE(title(), u"Messages of some.bin, connection 0"_s);
  }

  void theFieldIsRemembered() {
    w_->key(Qt::Key_I, Qt::ControlModifier);
    count(u"payload[0:2]"_s);
    const OpenWindow other(w_->settings.fileName());
    other.window.commands()->statistics()->open();
    QCOMPARE(other.window.commands()->statistics()->window()->field(), u"payload[0:2]"_s);
  }

  /// Whatever was kept of its size, and as small as a small screen asks for.
  void fitsIntoTheScreen() {
    for (const bool ofPlots : {false, true}) {
      const auto modifiers =
          ofPlots ? Qt::ControlModifier | Qt::ShiftModifier : Qt::KeyboardModifiers(Qt::ControlModifier);
      w_->key(Qt::Key_I, modifiers);
      QWidget *window = ofPlots ? static_cast<QWidget *>(w_->window.commands()->plots()->window()) : statistics();
      QVERIFY(window && window->isVisible());
      const QRect free = window->screen()->availableGeometry();
      QVERIFY(free.contains(window->frameGeometry()));
      window->hide();
      window->resize(free.size() * 2);
      w_->key(Qt::Key_I, modifiers);
      QVERIFY(window->isVisible());
      QTRY_VERIFY(free.contains(window->frameGeometry()));
      window->resize(480, 360);
      QCOMPARE(window->size(), QSize(480, 360));
    }
  }

  void whoTypesIsNotDisturbed() {
    w_->key(Qt::Key_I, Qt::ControlModifier);
    auto *field = named<QComboBox>(statistics(), u"Field whose values are counted"_s);
    field->setFocus();
    QTest::keyClicks(field, u"kid"_s);
    QTest::keyClick(field, Qt::Key_Left);
    w_->openBytes("abcd");
    SOON_COMPARE(cell(u"Bytes"_s), u"4"_s);
    w_->view()->setShownDirection(Direction::Out);
    QTest::keyClicks(field, u"n"_s);
    QCOMPARE(field->currentText(), u"kind"_s);
  }

  void followsWhatIsShown() {
    w_->key(Qt::Key_I, Qt::ControlModifier);
    QVERIFY(statistics()->isVisible());
    SOON_COMPARE(cell(u"Messages"_s), u"0"_s);
    w_->openBytes("abc", u"one.bin"_s);
    SOON_COMPARE(cell(u"Bytes"_s), u"3"_s);
    w_->openBytes("abcdef", u"two.bin"_s);
    SOON_COMPARE(cell(u"Bytes"_s), u"6"_s);
    w_->action(ActionId::CloseCapture)->trigger();
    SOON_COMPARE(cell(u"Bytes"_s), u"3"_s);
    w_->action(ActionId::CloseCapture)->trigger();
    SOON_COMPARE(cell(u"Bytes"_s), u"0"_s);
    QTest::keyClick(statistics(), Qt::Key_Escape);
    QVERIFY(!statistics()->isVisible());
  }
};

QTEST_MAIN(TestWindowStatistics)
#include "tst_window_statistics.moc"

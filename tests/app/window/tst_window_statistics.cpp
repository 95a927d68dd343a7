// Capture ▸ Statistics: what is said of the messages that are shown, while they come, of another connection, with the
// values of a field, and as text.
#include "app/statistics.h"
#include "tests/app/window/open_window.h"

#include <QClipboard>
#include <QComboBox>
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
  QStringList values() const {
    const QAbstractItemModel *model = named<QTableView>(statistics(), u"Values and how often they are"_s)->model();
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
    // Read otherwise, told otherwise.
    type(w_->spec(), u"fixed:4"_s);
    SOON_COMPARE(cell(u"Largest"_s), u"4"_s);
    QCOMPARE(cell(u"Messages"_s), u"4"_s);
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
    QVERIFY2(text.contains(u"Messages\t90\t0\n"_s) && text.contains(u"\nkind\tin\tout\n9\t60\t0\n7\t30\t0\n"_s),
             qPrintable(text));
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

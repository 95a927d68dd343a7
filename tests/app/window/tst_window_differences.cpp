// Compare byte by byte: two messages chosen in the list, together or one after the other, side by side; keys go from
// difference to difference, the fields have names, and what is compared can be copied.
#include "app/message_differences.h"
#include "tests/app/window/open_window.h"
#include "tests/widgets/named_controls.h"
#include "widgets/difference/difference_view.h"

#include <QAccessible>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QPushButton>
#include <QStatusBar>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestWindowDifferences : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  QString said() const { return w_->window.statusBar()->currentMessage(); }
  DifferenceWindow *differences() const { return w_->window.commands()->differences()->window(); }
  DifferenceView *view() const { return named<DifferenceView>(differences(), u"The two, byte beside byte"_s); }
  QString text(const QString &label) const { return named<QLabel>(differences(), label)->text(); }
  QString count() const { return text(u"How much differs"_s); }
  QString left() const { return text(u"The byte under the caret, on the left"_s); }
  QString right() const { return text(u"The byte under the caret, on the right"_s); }
  void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
    differences()->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(differences()));
    QTest::keyClick(view(), key, modifiers);
  }
  void compareKey() { w_->key(Qt::Key_D, Qt::ControlModifier | Qt::AltModifier); }
  void goToMessage(int row) { w_->messages()->goTo(w_->messages()->model()->index(row, 0)); }
  void openFour() {
    w_->openBytes(QByteArray("\x01\x07hello\x01\x07hallo\x02\x03hi!!!\x01\x09helXo", 28));
    w_->decode(u"fixed:7"_s, u"B:kind B:size *s:text"_s);
    SOON_COMPARE(w_->messageRows().size(), 4);
    w_->messages()->setFocus();
  }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void twoSelected() {
    openFour();
    goToMessage(0);
    QTest::keyClick(w_->messages(), Qt::Key_Down, Qt::ShiftModifier);
    QVERIFY(w_->action(ActionId::CompareMessages)->text().remove(u'&').startsWith(u"Compare these two"_s));
    compareKey();
    QVERIFY(differences() && differences()->isVisible());
    SOON_VERIFY(differences()->isComplete());
    QCOMPARE(text(u"What stands on the left"_s), u"← in, message 0 of some.bin: 7 bytes"_s);
    QCOMPARE(text(u"What stands on the right"_s), u"← in, message 1 of some.bin: 7 bytes"_s);
    QCOMPARE(count(), u"1 difference: 1 byte of 7."_s);
    // The caret went to it.
    QCOMPARE(left(), u"byte 3: 0x65 'e', field text = \"hello\""_s);
    QCOMPARE(right(), u"byte 3: 0x61 'a', field text = \"hallo\""_s);
    const auto told = [this] { return QAccessible::queryAccessibleInterface(view())->text(QAccessible::Description); };
    QVERIFY2(told().startsWith(u"differs; left: byte 3: 0x65"_s), qPrintable(told()));
    key(Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(left(), u"byte 0: 0x01, field kind = 1"_s);
    QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, view()->hexRect(Side::Right, 1).center());
    QCOMPARE(right(), u"byte 1: 0x07, field size = 7"_s);
    QVERIFY(view()->side() == Side::Right);
    const QStringList unnamed = unnamedControls(differences());
    QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(u'\n')));
    QTest::mouseClick(button(differences(), u"Copy as text"_s), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"01 07 68*65 6c 6c 6f"_s));
    QTest::keyClick(differences(), Qt::Key_Escape);
    QVERIFY(!differences()->isVisible());
  }

  void oneNowTheOtherLater() {
    openFour();
    goToMessage(0);
    compareKey();
    QVERIFY(!differences() && w_->window.commands()->differences()->first());
    QVERIFY(said().contains(u"message 0 of some.bin is the first of two"_s));
    goToMessage(3);
    QVERIFY(w_->action(ActionId::CompareMessages)->text().contains(u"← in, message 0"_s));
    compareKey();
    SOON_VERIFY(differences() && differences()->isComplete());
    QCOMPARE(said(), QString());
    QVERIFY(!w_->window.commands()->differences()->first());
    QCOMPARE(text(u"What stands on the right"_s), u"← in, message 3 of some.bin: 7 bytes"_s);
    QCOMPARE(count(), u"2 differences: 2 bytes of 7."_s);
    QCOMPARE(view()->caret(), std::optional<quint64>(1));
    key(Qt::Key_F3);
    QCOMPARE(view()->caret(), std::optional<quint64>(5));
    key(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(view()->caret(), std::optional<quint64>(1));
    QVERIFY(count().endsWith(u"Went past the end: the first difference."_s));
    key(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(view()->caret(), std::optional<quint64>(5));
    QVERIFY(count().endsWith(u"Went past the begin: the last difference."_s));
    key(Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(view()->caret(), std::optional<quint64>(1));
    QCOMPARE(count(), u"2 differences: 2 bytes of 7."_s);
    QTest::mouseClick(button(differences(), u"Next difference"_s), Qt::LeftButton);
    QCOMPARE(view()->caret(), std::optional<quint64>(5));
    // The same twice chooses nothing.
    goToMessage(2);
    compareKey();
    compareKey();
    QVERIFY(!w_->window.commands()->differences()->first());
  }

  void ofTwoFilesEachSideSaysWhichItIsFrom() {
    openFour();
    goToMessage(0);
    compareKey();
    w_->openBytes("hello, you", u"other.bin"_s);
    SOON_COMPARE(w_->messageRows().size(), 1);
    goToMessage(0);
    compareKey();
    SOON_VERIFY(differences() && differences()->isComplete());
    QCOMPARE(text(u"What stands on the left"_s), u"← in, message 0 of some.bin: 7 bytes"_s);
    QCOMPARE(text(u"What stands on the right"_s), u"← in, message 0 of other.bin: 10 bytes"_s);
    // Of two with the same name the folder tells.
    QVERIFY(QDir(w_->dir.path()).mkdir(u"more"_s));
    w_->openBytes("hello, you", u"more/some.bin"_s);
    SOON_COMPARE(w_->messageRows().size(), 1);
    goToMessage(0);
    w_->action(ActionId::CompareMessages)->trigger();
    QVERIFY2(said().contains(w_->dir.filePath(u"more/some.bin"_s)), qPrintable(said()));
  }

  void alignedAndPayloads() {
    w_->openBytes("abcdefgh\nabXcdefgh\n"_ba);
    w_->decode(u"lines"_s);
    SOON_COMPARE(w_->messageRows().size(), 2);
    w_->messages()->setFocus();
    goToMessage(0);
    QTest::keyClick(w_->messages(), Qt::Key_Down, Qt::ShiftModifier);
    compareKey();
    SOON_VERIFY(differences()->isComplete());
    QCOMPARE(count(), u"1 difference: 8 bytes of 10."_s);
    auto *how = named<QComboBox>(differences(), u"How they stand beside each other"_s);
    how->setFocus();
    QTest::keyClick(how, Qt::Key_Down);
    SOON_COMPARE(count(), u"1 difference: 1 byte of 10."_s);
    QCOMPARE(left(), u"nothing stands here"_s);
    auto *what = named<QComboBox>(differences(), u"What is compared"_s);
    what->setFocus();
    QTest::keyClick(what, Qt::Key_Down);
    SOON_COMPARE(count(), u"1 difference: 1 byte of 9."_s);
    // What is shown stays when its capture goes.
    w_->action(ActionId::CloseCapture)->trigger();
    SOON_VERIFY(!w_->view()->decoder());
    key(Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(left(), u"byte 7: 0x68 'h', payload"_s);
  }
};

QTEST_MAIN(TestWindowDifferences)
#include "tst_window_differences.moc"

// Undo and redo of every change of how bytes are read, with the keys and the menu of the real window.
#include "tests/app/window/open_window.h"

#include "app/decode_history.h"
#include "tests/widgets/list_choice.h"
#include "widgets/decoder/framing_form.h"

#include <QComboBox>
#include <QFile>
#include <QMenu>
#include <QMenuBar>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

}  // namespace

class TestWindowUndo : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  Capture *open(const char *name, const QByteArray &bytes) {
    QFile file(w_->dir.filePath(text(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) return nullptr;
    file.close();
    w_->window.commands()->openFile(file.fileName());
    return w_->window.shownCapture();
  }
  QComboBox *combo(const char *name) { return named<QComboBox>(w_->window.decoderBar(), text(name)); }
  const DirectionSettings &in() { return w_->window.shownCapture()->decodeSettings().of(Direction::In); }
  const DirectionSettings &out() { return w_->window.shownCapture()->decodeSettings().of(Direction::Out); }
  void undo() { w_->key(Qt::Key_Z, Qt::ControlModifier); }
  void redo() { w_->key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier); }
  QString undoText() { return w_->action(ActionId::Undo)->text(); }
  QString redoText() { return w_->action(ActionId::Redo)->text(); }
  /// Away from the line that was typed in: what is typed next is another step.
  void leave() { w_->bytes()->setFocus(); }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void typingInALineIsOneStep() {
    QVERIFY(open("a.bin", "one\ntwo\n"));
    QVERIFY(!w_->action(ActionId::Undo)->isEnabled());
    QVERIFY(!w_->action(ActionId::Redo)->isEnabled());
    QCOMPARE(undoText(), text("&Undo"));
    // fixed:1 and fixed:12 are right on the way to fixed:128.
    type(w_->spec(), text("fixed:128"));
    leave();
    QCOMPARE(in().framing, text("fixed:128"));
    QCOMPARE(undoText(), text("&Undo Framing fixed:128"));
    undo();
    QCOMPARE(in().framing, text("until-close"));
    QCOMPARE(w_->spec()->text(), text("until-close"));
    QVERIFY(!w_->action(ActionId::Undo)->isEnabled());
    QCOMPARE(redoText(), text("&Redo Framing fixed:128"));
    redo();
    QCOMPARE(in().framing, text("fixed:128"));
    QCOMPARE(w_->spec()->text(), text("fixed:128"));
    QVERIFY(!w_->action(ActionId::Redo)->isEnabled());
    QCOMPARE(redoText(), text("&Redo"));
  }

  void enterAndTheFocusEndAStep() {
    QVERIFY(open("a.bin", "one\ntwo\n"));
    type(w_->spec(), text("lines"));
    QTest::keyClick(w_->spec(), Qt::Key_Return);
    type(w_->spec(), text("fixed:4"));
    leave();
    type(w_->layout(), text("4s"));
    leave();
    type(w_->layout(), text("2s2s"));
    leave();
    QCOMPARE(undoText(), text("&Undo Struct 2s2s"));
    const char *const layouts[] = {"4s", "", "", ""};
    const char *const framings[] = {"fixed:4", "fixed:4", "lines", "until-close"};
    const char *const words[] = {"&Undo Struct 4s", "&Undo Framing fixed:4", "&Undo Framing lines", "&Undo"};
    for (int i = 0; i < 4; ++i) {
      undo();
      QCOMPARE(in().layout, text(layouts[i]));
      QCOMPARE(in().framing, text(framings[i]));
      QCOMPARE(undoText(), text(words[i]));
    }
    for (int i = 0; i < 4; ++i) redo();
    QCOMPARE(in().layout, text("2s2s"));
    QCOMPARE(out().framing, text("fixed:4"));
  }

  void aLineTakesItsOwnTypingBackFirst() {
    QVERIFY(open("a.bin", "one\ntwo\n"));
    type(w_->layout(), text("4s"));
    leave();
    type(w_->spec(), text("lines"));
    // In the line: its typing is undone there, and with it the step.
    for (int i = 0; i < 20 && w_->spec()->isUndoAvailable(); ++i) {
      QTest::keyClick(w_->spec(), Qt::Key_Z, Qt::ControlModifier);
    }
    QCOMPARE(w_->spec()->text(), text("until-close"));
    QCOMPARE(in().framing, text("until-close"));
    QCOMPARE(in().layout, text("4s"));
    QCOMPARE(undoText(), text("&Undo Struct 4s"));
    // Nothing left in the line: the next one is the window's.
    QVERIFY(w_->spec()->hasFocus());
    QTest::keyClick(w_->spec(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(in().layout, QString());
    QCOMPARE(w_->layout()->text(), QString());
  }

  void otherTextsKeepTheKeyToThemselves() {
    QVERIFY(open("a.bin", "one\ntwo\n"));
    type(w_->spec(), text("lines"));
    leave();
    w_->key(Qt::Key_F, Qt::ControlModifier);
    auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(line);
    QTest::keyClicks(line, text("ab"));
    QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(line->text(), QString());
    QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(in().framing, text("lines"));
  }

  void choosingOptionsLimitAndDirectionAreStepsToo() {
    QVERIFY(open("a.bin", "one\ntwo\n"));
    QComboBox *kind = combo("Framing");
    chooseInList(kind, kind->findData(text("lines")));
    QCOMPARE(in().framing, text("lines"));
    QTest::mouseClick(button(w_->window.decoderBar(), text("Options")), Qt::LeftButton);
    auto *form = w_->window.decoderBar()->findChild<FramingForm *>();
    QTest::keyClick(form->editor(text("keep")), Qt::Key_Space);
    QCOMPARE(in().framing, text("lines,keep=yes"));
    QCOMPARE(undoText(), text("&Undo Framing lines,keep=yes"));
    auto *limit = named<QWidget>(w_->window.decoderBar(), text("Default message limit in bytes"));
    limit->setFocus();
    QTest::keyClicks(limit, text("1234"));
    QCOMPARE(in().maxMessage, 1234U);
    leave();
    QCOMPARE(undoText(), text("&Undo Limit 1,234 bytes"));
    chooseInList(combo("Direction the decoder settings are for"), 2);
    type(w_->layout(), text("2s"));
    leave();
    QCOMPARE(undoText(), text("&Undo Struct 2s (out)"));
    QCOMPARE(in().layout, QString());
    QCOMPARE(out().layout, text("2s"));
    chooseInList(combo("Direction the decoder settings are for"), 0);
    QCOMPARE(in().layout, text("2s"));
    QCOMPARE(undoText(), text("&Undo Struct 2s (in)"));
    undo();
    QCOMPARE(in().layout, QString());
    undo();
    QCOMPARE(out().layout, QString());
    undo();
    QCOMPARE(in().maxMessage, 0U);
    undo();
    QCOMPARE(in().framing, text("lines"));
    while (w_->action(ActionId::Undo)->isEnabled()) undo();  // the key went through other framings on its way
    QCOMPARE(in().framing, text("until-close"));
    QCOMPARE(kind->currentData().toString(), text("until-close"));
  }

  void everyCaptureHasItsOwnSteps() {
    Capture *one = open("a.bin", "one\ntwo\n");
    type(w_->spec(), text("lines"));
    leave();
    Capture *two = open("b.bin", "three\nfour\n");
    QVERIFY(!w_->action(ActionId::Undo)->isEnabled());
    type(w_->spec(), text("fixed:2"));
    leave();
    w_->window.showConnection(one, 0);
    QCOMPARE(undoText(), text("&Undo Framing lines"));
    undo();
    QCOMPARE(one->decodeSettings().of(Direction::In).framing, text("until-close"));
    QCOMPARE(two->decodeSettings().of(Direction::In).framing, text("fixed:2"));
    w_->window.showConnection(two, 0);
    QCOMPARE(undoText(), text("&Undo Framing fixed:2"));
    w_->window.commands()->closeCapture(two);
    QCOMPARE(redoText(), text("&Redo Framing lines"));
    redo();
    QCOMPARE(one->decodeSettings().of(Direction::In).framing, text("lines"));
  }

  void aFilesSettingsAreNoDefaultForWhatComes() {
    const DecodeSettings before = w_->workspace.newCaptureSettings();
    QVERIFY(open("a.bin", "one\ntwo\n"));
    type(w_->spec(), text("lines"));
    QCOMPARE(w_->workspace.newCaptureSettings(), before);
    QVERIFY(w_->listen() != 0);
    QCOMPARE(in().framing, before.of(Direction::In).framing);
    // A live one's are.
    type(w_->spec(), text("fixed:3"));
    leave();
    QCOMPARE(w_->workspace.newCaptureSettings().of(Direction::In).framing, text("fixed:3"));
    undo();
    QCOMPARE(w_->workspace.newCaptureSettings().of(Direction::In).framing, before.of(Direction::In).framing);
  }

  void settingsForWhatComesAreUndoneToo() {
    QVERIFY(!w_->window.shownCapture());
    type(w_->spec(), text("lines"));
    leave();
    QCOMPARE(w_->workspace.newCaptureSettings().of(Direction::In).framing, text("lines"));
    undo();
    QCOMPARE(w_->workspace.newCaptureSettings().of(Direction::In).framing, text("chunks"));
    QCOMPARE(w_->spec()->text(), text("chunks"));
  }

  void undoGoesBackToTheBytesThatWereSelected() {
    QVERIFY(open("a.bin", "one\ntwo\nthree\n"));
    type(w_->spec(), text("lines"));
    SOON_COMPARE(w_->messageRows().size(), 3);
    w_->clickByte(5);
    const auto before = w_->view()->hub()->current();
    QVERIFY(before);
    const ByteRange row = w_->currentRange();
    QVERIFY(row.contains(5));
    type(w_->spec(), text("fixed:7"));
    SOON_COMPARE(w_->messageRows().size(), 2);
    w_->clickByte(9);
    leave();
    undo();
    SOON_COMPARE(w_->messageRows().size(), 3);
    QCOMPARE(w_->view()->hub()->current()->range, before->range);
    SOON_COMPARE(w_->currentRange(), row);
    QVERIFY2(w_->words().contains(text("message 1")), qPrintable(w_->words()));
  }

  void theMenuUndoes() {
    QVERIFY(open("a.bin", "one\ntwo\n"));
    type(w_->spec(), text("delimiter:&"));
    leave();
    QMenu *edit = nullptr;
    for (QAction *action : w_->window.menuBar()->actions()) {
      if (action->text() == text("&Edit")) edit = action->menu();
    }
    QVERIFY(edit);
    edit->popup({10, 10});
    QAction *undoAction = w_->action(ActionId::Undo);
    QVERIFY(edit->actions().contains(undoAction));
    QCOMPARE(undoAction->text(), text("&Undo Framing delimiter:&&"));
    QTest::mouseClick(edit, Qt::LeftButton, {}, edit->actionGeometry(undoAction).center());
    QCOMPARE(in().framing, text("until-close"));
  }

  void aWrongTextIsNoStep() {
    QVERIFY(open("a.bin", "one\ntwo\n"));
    type(w_->spec(), text("fixed:x"));
    leave();
    QVERIFY(!w_->action(ActionId::Undo)->isEnabled());
    QVERIFY(w_->spec()->error());
  }
};

QTEST_MAIN(TestWindowUndo)
#include "tst_window_undo.moc"

// What is typed into a ComposerPanel becomes bytes: text, hex, fields, a file; every control is named and in sight.
#include "tests/widgets/composer/composer_test.h"
#include "tests/widgets/named_controls.h"

#include <QComboBox>
#include <QDropEvent>
#include <QMimeData>
#include <QTemporaryDir>

using namespace octetscope;
using namespace octetscope::test;

class TestComposerPanel : public ComposerTest {
  Q_OBJECT

 private Q_SLOTS:
  void init() { make(); }
  void cleanup() { window_.reset(); }

  void sendsTextAsTyped() {
    choose(TextTab);
    QTest::keyClicks(edit(TextTab), QStringLiteral("GET /"));
    QTest::keyClick(edit(TextTab), Qt::Key_Return);
    QTest::keyClicks(edit(TextTab), QStringLiteral("x"));
    pressSend(edit(TextTab));
    QCOMPARE(sent_.size(), 1);
    QCOMPARE(sent_[0].bytes, QByteArray("GET /\nx"));
    QVERIFY(sent_[0].plan.isWhole());
    QVERIFY(!sent_[0].framed && !sent_[0].isFile());
    QCOMPARE(edit(TextTab)->toPlainText(), QStringLiteral("GET /\nx"));  // stays, to be sent again or changed
  }

  void lineEndingsAndEscapes_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("ending");
    QTest::addColumn<bool>("escapes");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("as typed") << QStringLiteral("a\nb") << 0 << false << QByteArray("a\nb");
    QTest::newRow("LF") << QStringLiteral("a\nb") << 1 << false << QByteArray("a\nb\n");
    QTest::newRow("CRLF") << QStringLiteral("a\nb") << 2 << false << QByteArray("a\r\nb\r\n");
    QTest::newRow("ended already") << QStringLiteral("a\n") << 2 << false << QByteArray("a\r\n");
    QTest::newRow("empty line") << QString() << 1 << false << QByteArray("\n");
    QTest::newRow("backslashes kept") << QStringLiteral("\\n") << 0 << false << QByteArray("\\n");
    QTest::newRow("escapes") << QStringLiteral("\\r\\n\\t\\0\\x7fé\\\\") << 0 << true
                             << QByteArray("\r\n\t\0\x7f\xc3\xa9\\", 8);
    QTest::newRow("outside the BMP") << QStringLiteral("😀") << 0 << false << QByteArray("\xf0\x9f\x98\x80");
  }
  void lineEndingsAndEscapes() {
    QFETCH(QString, text);
    QFETCH(int, ending);
    QFETCH(bool, escapes);
    choose(TextTab);
    edit(TextTab)->setPlainText(text);
    named<QComboBox>("Lines end with")->setCurrentIndex(ending);
    for (QCheckBox *box : panel_->findChildren<QCheckBox *>()) {
      if (box->text() == QLatin1String("Escapes")) box->setChecked(escapes);
    }
    pressSend(edit(TextTab));
    QCOMPARE(sent_.size(), 1);
    QTEST(sent_[0].bytes, "bytes");
  }

  void aWrongEscapeIsSaidAndNotSent() {
    choose(TextTab);
    for (QCheckBox *box : panel_->findChildren<QCheckBox *>()) {
      if (box->text() == QLatin1String("Escapes")) box->setChecked(true);
    }
    QTest::keyClicks(edit(TextTab), QStringLiteral("ab\\q"));
    QVERIFY(says(QStringLiteral("at character 3")));
    QVERIFY(!button("Send")->isEnabled());
    QVERIFY(button("Send")->toolTip().contains(QStringLiteral("at character 3")));
    pressSend(edit(TextTab));
    QVERIFY(sent_.isEmpty());
    const auto marks = edit(TextTab)->extraSelections();
    QCOMPARE(marks.size(), 1);
    QCOMPARE(marks[0].cursor.selectionStart(), 2);
  }

  void hexIsForgivingAndSaysWhatIsWrong() {
    choose(HexTab);
    QTest::keyClicks(edit(HexTab), QStringLiteral("00 01,0x02"));
    QTest::keyClick(edit(HexTab), Qt::Key_Return);
    QTest::keyClicks(edit(HexTab), QStringLiteral("fF"));
    QVERIFY(says(QStringLiteral("4 bytes")));
    pressSend(edit(HexTab));
    QCOMPARE(sent_.last().bytes, QByteArray("\x00\x01\x02\xff", 4));
    QTest::keyClicks(edit(HexTab), QStringLiteral(" 0g"));
    QVERIFY(says(QStringLiteral("at character")));
    QVERIFY(!edit(HexTab)->accessibleDescription().isEmpty());
    QVERIFY(!button("Send")->isEnabled());
    QCOMPARE(edit(HexTab)->extraSelections().size(), 1);
    QTest::keySequence(edit(HexTab), QKeySequence::Undo);
    QVERIFY(edit(HexTab)->toPlainText() != QLatin1String("00 01,0x02\nfF 0g"));
  }

  void fieldsArePackedAsTheyAreTyped() {
    setDecode(QStringLiteral("length:u32be"), QStringLiteral("!H:seq B:kind x I:stamp *s:text"));
    choose(FieldsTab);
    type(field("seq"), QStringLiteral("5"));
    type(field("kind"), QStringLiteral("0x10"));
    type(field("text"), QStringLiteral("Flat"));
    QVERIFY(says(QStringLiteral("00 05 10 00 00 00 00 00 46 6C 61 74")));
    frame()->setChecked(true);
    QVERIFY(frame()->text().contains(QStringLiteral("adds 00 00 00 0C")));
    pressSend(field("text"));
    QCOMPARE(sent_.last().bytes, QByteArray::fromHex("0000000c000510000000000046 6c6174"));
    QVERIFY(sent_.last().framed);
    // CPython's words, at the field and with its name.
    type(field("kind"), QStringLiteral("256"));
    QVERIFY(field("kind")->error());
    QVERIFY(!field("seq")->error());
    QVERIFY(says(QStringLiteral("kind: ubyte format requires 0 <= number <= 255")));
    QVERIFY(field("kind")->accessibleDescription().contains(QStringLiteral("ubyte")));
    QVERIFY(!button("Send")->isEnabled());
    // A new layout keeps what was typed, by name.
    setDecode(QStringLiteral("length:u32be"), QStringLiteral("<I:seq 2H:pair"));
    QCOMPARE(field("seq")->text(), QStringLiteral("5"));
    QVERIFY(!field("kind"));
    type(field("pair"), QStringLiteral("1, 2"));
    QVERIFY(says(QStringLiteral("05 00 00 00 01 00 02 00")));
    type(field("pair"), QStringLiteral("1"));
    QVERIFY(says(QStringLiteral("pair: pack expected 2 items for packing (got 1)")));
    setDecode(QStringLiteral("length:u32be"), QStringLiteral("!B:kind"));
    QCOMPARE(field("kind")->text(), QStringLiteral("256"));
  }

  void fieldsWithoutNamesAndWithoutALayout() {
    setDecode(QStringLiteral("chunks"), QStringLiteral("!2B 3s *H"));
    choose(FieldsTab);
    type(field("0"), QStringLiteral("1"));
    type(field("1"), QStringLiteral("2"));
    type(field("2"), QStringLiteral("hex:616263"));
    type(field("3…"), QStringLiteral("7 8"));
    QVERIFY(says(QStringLiteral("01 02 61 62 63 00 07 00 08")));
    setDecode(QStringLiteral("chunks"));
    QVERIFY(says(QStringLiteral("There is no struct layout")));
    QVERIFY(!button("Send")->isEnabled());
    setDecode(QStringLiteral("chunks"), QString(QLatin1String("BH")).repeated(300));
    QVERIFY(says(QStringLiteral("too many for a form")));
  }

  void sendsFiles() {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("a file.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(300, 'x'));
    file.close();
    choose(FileTab);
    QVERIFY(!button("Send")->isEnabled());
    auto *path = named<ErrorLineEdit>("File to send");
    type(path, folder.filePath(QStringLiteral("none.bin")));
    QVERIFY(says(QStringLiteral("no such file")));
    type(path, folder.path());
    QVERIFY(says(QStringLiteral("not a file")));
    type(path, file.fileName());
    QVERIFY(says(QStringLiteral("300 bytes")));
    pressSend(path);
    QCOMPARE(sent_.last().path, file.fileName());
    QVERIFY(sent_.last().bytes.isEmpty() && !sent_.last().framed);
    // As one message it is read and framed in the background.
    setDecode(QStringLiteral("length:u16be"));
    frame()->setChecked(true);
    pressSend(path);
    QTRY_COMPARE(sent_.size(), 2);
    QCOMPARE(sent_.last().bytes, QByteArray::fromHex("012c") + QByteArray(300, 'x'));
    QVERIFY(!sent_.last().isFile() && sent_.last().framed);
    setDecode(QStringLiteral("length:u8"));
    pressSend(path);
    QTRY_VERIFY(says(QStringLiteral("255")));
    QCOMPARE(sent_.size(), 2);
  }

  void filesCanBeDropped() {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("dropped.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file.fileName())});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(panel_, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(panel_, &drop);
    QCOMPARE(panel_->findChild<FilePage *>()->path(), file.fileName());
    QCOMPARE(panel_->findChild<QTabBar *>()->currentIndex(), int(FileTab));
  }

  void staysUsableWhenSmall() {
    setDecode(QStringLiteral("length:u32be"), QStringLiteral("!H:seq B:kind x I:stamp *s:text"));
    named<QComboBox>("Deliver")->setCurrentIndex(1);
    for (const Tab tab : {TextTab, HexTab, FieldsTab, FileTab}) {
      choose(tab);
      window_->resize(600, 140);
      QTRY_COMPARE(panel_->size(), QSize(600, 140));
      for (const char *text : {"Send", "Finish sending (FIN)", "Close", "Reset (RST)"}) {
        const QPushButton *one = button(text);
        const QRect place(one->mapTo(panel_, QPoint(0, 0)), one->size());
        QVERIFY2(panel_->rect().contains(place), text);
      }
      QWidget *editor = QApplication::focusWidget();
      QVERIFY(panel_->isAncestorOf(editor));
      const QRect place(editor->mapTo(panel_, QPoint(0, 0)), editor->size());
      QVERIFY(panel_->rect().contains(place));
      QVERIFY2(editor->height() >= editor->fontMetrics().height(), qPrintable(QString::number(tab)));
    }
  }

  void everyControlIsNamed() {
    setDecode(QStringLiteral("length:u32be"), QStringLiteral("!H:seq B:kind x I:stamp *s:text"));
    named<QComboBox>("Deliver")->setCurrentIndex(1);
    panel_->setDelivering(true);
    for (const Tab tab : {TextTab, HexTab, FieldsTab, FileTab}) {
      choose(tab);
      QStringList names;
      const QStringList unnamed = test::unnamedControls(panel_, &names);
      QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(QStringLiteral("; "))));
      QVERIFY(names.contains(QStringLiteral("Send")));
      // Tab alone reaches the buttons from where one types, and never stays inside.
      bool reached = false;
      for (int i = 0; i < 30 && !reached; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        reached = QApplication::focusWidget() == button("Close");
      }
      QVERIFY2(reached, qPrintable(QString::number(tab)));
    }
  }
};

QTEST_MAIN(TestComposerPanel)
#include "tst_composer_panel.moc"

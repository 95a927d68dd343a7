// ComposerPanel as a person uses it: typing, packing, framing, sending again, and what each state of a connection
// allows.
#include "tests/widgets/named_controls.h"
#include "widgets/composer/composer_panel.h"
#include "widgets/composer/fields_page.h"
#include "widgets/composer/file_page.h"
#include "widgets/composer/text_page.h"
#include "widgets/controls/error_line_edit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

using namespace octetscope;

namespace {

enum Tab { TextTab, HexTab, FieldsTab, FileTab };

}  // namespace

class TestComposerPanel : public QObject {
  Q_OBJECT

  std::unique_ptr<QWidget> window_;
  ComposerPanel *panel_ = nullptr;
  QList<SendRequest> sent_;

  void make(QSettings *settings = nullptr) {
    window_ = std::make_unique<QWidget>();
    panel_ = new ComposerPanel(settings);
    auto *column = new QVBoxLayout(window_.get());
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(panel_);
    sent_.clear();
    connect(panel_, &ComposerPanel::sendRequested, this, [this](const SendRequest &request) { sent_.append(request); });
    panel_->setState(LinkState::Open);
    window_->resize(900, 180);
    window_->show();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  }
  void choose(Tab tab) {
    panel_->findChild<QTabBar *>()->setCurrentIndex(tab);
    panel_->focusEditor();
  }
  QPlainTextEdit *edit(Tab tab) {
    return tab == TextTab ? panel_->findChild<TextPage *>()->editor() : panel_->findChild<HexInputPage *>()->editor();
  }
  ErrorLineEdit *field(const char *name) { return panel_->findChild<FieldsPage *>()->input(QString::fromUtf8(name)); }
  QPushButton *button(const char *text) {
    for (QPushButton *one : panel_->findChildren<QPushButton *>()) {
      if (one->text().remove(QLatin1Char('&')) == QLatin1String(text)) return one;
    }
    return nullptr;
  }
  QCheckBox *frame() {
    for (QCheckBox *box : panel_->findChildren<QCheckBox *>()) {
      if (box->text().contains(QLatin1String("ame it"))) return box;
    }
    return nullptr;
  }
  template <typename T>
  T *named(const char *name) {
    for (T *widget : panel_->findChildren<T *>()) {
      if (widget->accessibleName() == QLatin1String(name)) return widget;
    }
    return nullptr;
  }
  bool says(const QString &words) {
    for (const QLabel *label : panel_->findChildren<QLabel *>()) {
      if (label->isVisibleTo(panel_) && label->text().contains(words)) return true;
    }
    return false;
  }
  void setDecode(const QString &framing, const QString &layout = {}) {
    DecodeSettings settings;
    settings.of(Direction::Out) = {.framing = framing, .layout = layout};
    panel_->setDecodeSettings(settings);
  }
  static void type(ErrorLineEdit *line, const QString &text) {
    line->setFocus();
    line->selectAll();
    QTest::keyClick(line, Qt::Key_Delete);
    QTest::keyClicks(line, text);
  }
  static void pressSend(QWidget *widget) { QTest::keyClick(widget, Qt::Key_Return, Qt::ControlModifier); }

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

  void framingSaysWhatItAddsOrWhyItCannot_data() {
    QTest::addColumn<QString>("framing");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("length") << QStringLiteral("length:u16be") << QStringLiteral("abc") << QStringLiteral("adds 00 03");
    QTest::newRow("chunks") << QStringLiteral("chunks") << QStringLiteral("abc") << QStringLiteral("adds nothing");
    QTest::newRow("fixed") << QStringLiteral("fixed:3") << QStringLiteral("abc") << QStringLiteral("adds nothing");
    // The payload looks like the length: only the framing knows which bytes are which.
    QTest::newRow("look-alike") << QStringLiteral("length:u8") << QStringLiteral("\x01") << QStringLiteral("adds 01");
  }
  void framingSaysWhatItAddsOrWhyItCannot() {
    QFETCH(QString, framing);
    QFETCH(QString, text);
    QFETCH(QString, words);
    setDecode(framing);
    choose(TextTab);
    edit(TextTab)->setPlainText(text);
    QVERIFY2(frame()->text().contains(words), qPrintable(frame()->text()));
  }
  void whatCannotBeFramedIsNotSent() {
    setDecode(QStringLiteral("fixed:3"));
    choose(TextTab);
    frame()->setChecked(true);
    QTest::keyClicks(edit(TextTab), QStringLiteral("abcd"));
    QVERIFY(!button("Send")->isEnabled());
    QVERIFY(button("Send")->toolTip().contains(QStringLiteral("cannot carry it")));
    frame()->setChecked(false);
    QVERIFY(button("Send")->isEnabled());
  }

  void piecesArePlanned() {
    choose(TextTab);
    QTest::keyClicks(edit(TextTab), QStringLiteral("abcdef"));
    auto *deliver = named<QComboBox>("Deliver");
    deliver->setFocus();
    QTest::keyClick(deliver, Qt::Key_Down);
    auto *size = named<QSpinBox>("Bytes of a piece");
    QVERIFY(size->isVisible());
    size->setFocus();
    size->selectAll();
    QTest::keyClicks(size, QStringLiteral("2"));
    named<QSpinBox>("Milliseconds between pieces")->setValue(70);
    pressSend(size);
    QCOMPARE(sent_.last().plan, DeliveryPlan::pieces(2, 70));
  }

  void buttonsFollowTheState_data() {
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("enabled");  // Send, Finish, Close, Reset
    QTest::newRow("none") << -1 << QStringLiteral("----");
    QTest::newRow("connecting") << int(LinkState::Connecting) << QStringLiteral("SFCR");
    QTest::newRow("open") << int(LinkState::Open) << QStringLiteral("SFCR");
    QTest::newRow("half-closed by the peer") << int(LinkState::PeerFinished) << QStringLiteral("SFCR");
    QTest::newRow("half-closed by us") << int(LinkState::WeFinished) << QStringLiteral("--CR");
    QTest::newRow("closing") << int(LinkState::Closing) << QStringLiteral("--CR");
    QTest::newRow("over") << int(LinkState::Over) << QStringLiteral("----");
  }
  void buttonsFollowTheState() {
    QFETCH(int, state);
    QFETCH(QString, enabled);
    choose(TextTab);
    QTest::keyClicks(edit(TextTab), QStringLiteral("x"));
    panel_->setState(state < 0 ? std::nullopt : std::optional(static_cast<LinkState>(state)));
    const char *const texts[] = {"Send", "Finish sending (FIN)", "Close", "Reset (RST)"};
    for (int i = 0; i < 4; ++i) {
      const QPushButton *one = button(texts[i]);
      QCOMPARE(one->isEnabled(), enabled[i] != QLatin1Char('-'));
      // A tool tip says what it does, and why it cannot be used where that is so.
      QVERIFY(one->toolTip().size() > 30);
      QCOMPARE(one->toolTip().contains(QStringLiteral("Not now")), !one->isEnabled());
    }
    QCOMPARE(panel_->canSend(), enabled[0] == QLatin1Char('S'));
    pressSend(edit(TextTab));
    QCOMPARE(sent_.size(), enabled[0] == QLatin1Char('S') ? 1 : 0);
  }
  void whatAChannelCannotDoIsSaid() {
    panel_->setState(LinkState::Open, {.halfClose = false, .reset = false, .limits = QStringLiteral("TLS has no FIN")});
    QVERIFY(!button("Finish sending (FIN)")->isEnabled());
    QVERIFY(button("Reset (RST)")->toolTip().contains(QStringLiteral("TLS has no FIN")));
  }
  void buttonsAsk() {
    QSignalSpy finish(panel_, &ComposerPanel::finishRequested);
    QSignalSpy close(panel_, &ComposerPanel::closeRequested);
    QSignalSpy reset(panel_, &ComposerPanel::resetRequested);
    QSignalSpy cancel(panel_, &ComposerPanel::cancelRequested);
    QTest::mouseClick(button("Finish sending (FIN)"), Qt::LeftButton);
    QTest::mouseClick(button("Close"), Qt::LeftButton);
    button("Reset (RST)")->setFocus();
    QTest::keyClick(button("Reset (RST)"), Qt::Key_Space);
    QVERIFY(!button("Cancel")->isVisible());
    panel_->setDelivering(true);
    panel_->setProgress(250, 1000);
    QCOMPARE(named<QProgressBar>("Sent so far")->value(), 250);
    QVERIFY(button("Cancel")->isVisible());
    QTest::mouseClick(button("Cancel"), Qt::LeftButton);
    QCOMPARE(finish.size() + close.size() + reset.size() + cancel.size(), 4);
    panel_->setDelivering(false);
    QVERIFY(!button("Cancel")->isVisible());
  }

  void historyBringsBackAndSendsAgain() {
    const QTemporaryDir folder;
    QSettings file(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    make(&file);
    QVERIFY(!named<QPushButton>("History")->isEnabled());
    QVERIFY(!panel_->canSendAgain());
    choose(TextTab);
    for (const char *text : {"first", "second"}) {
      edit(TextTab)->selectAll();
      QTest::keyClicks(edit(TextTab), QString::fromLatin1(text));
      pressSend(edit(TextTab));
    }
    QTest::keyClick(edit(TextTab), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(sent_.size(), 3);
    QCOMPARE(sent_.last().bytes, QByteArray("second"));
    choose(HexTab);
    QTest::keyClicks(edit(HexTab), QStringLiteral("0102"));
    pressSend(edit(HexTab));
    edit(HexTab)->selectAll();
    QTest::keyClicks(edit(HexTab), QStringLiteral("ff"));  // a draft
    QTest::keyClick(edit(HexTab), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(edit(HexTab)->toPlainText(), QStringLiteral("0102"));
    QTest::keyClick(edit(HexTab), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(panel_->findChild<QTabBar *>()->currentIndex(), int(TextTab));
    QCOMPARE(edit(TextTab)->toPlainText(), QStringLiteral("second"));
    QVERIFY(edit(TextTab)->hasFocus());
    QTest::keyClick(edit(TextTab), Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(edit(HexTab), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(edit(HexTab)->toPlainText(), QStringLiteral("ff"));
    // The next session knows it, and the choices; it sends nothing again by itself.
    make(&file);
    QCOMPARE(panel_->findChild<QTabBar *>()->currentIndex(), int(HexTab));
    QVERIFY(!panel_->canSendAgain());
    QMenu *menu = named<QPushButton>("History")->menu();
    Q_EMIT menu->aboutToShow();
    QStringList titles;
    for (const QAction *action : menu->actions()) titles += action->text();
    QVERIFY2(titles.contains(QStringLiteral("Text: first")), qPrintable(titles.join(QLatin1Char('|'))));
    QCOMPARE(titles.filter(QStringLiteral("Text: second")).size(), 1);
    menu->actions().at(2)->trigger();
    QCOMPARE(edit(HexTab)->toPlainText(), QStringLiteral("0102"));
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

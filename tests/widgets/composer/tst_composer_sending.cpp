// How a ComposerPanel sends: framed, in pieces, cut, again, as each state of a connection allows.
#include "tests/widgets/composer/composer_test.h"

#include <QComboBox>
#include <QFile>
#include <QMenu>
#include <QProgressBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>

using namespace octetscope;
using namespace octetscope::test;

class TestComposerSending : public ComposerTest {
  Q_OBJECT

 private Q_SLOTS:
  void init() { make(); }
  void cleanup() { window_.reset(); }

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

  void cutsAreChosenAndShown() {
    choose(TextTab);
    setDecode(QStringLiteral("length:u16be"));
    QTest::keyClicks(edit(TextTab), QStringLiteral("abcdef"));
    auto *deliver = named<QComboBox>("Deliver");
    deliver->setFocus();
    QTest::keyClick(deliver, Qt::Key_Down);
    QTest::keyClick(deliver, Qt::Key_Down);
    QCOMPARE(deliver->currentText(), QStringLiteral("cut at"));
    auto *cuts = named<ErrorLineEdit>("Offsets to cut at");
    QVERIFY(cuts->isVisible());
    QVERIFY(!named<QSpinBox>("Bytes of a piece")->isVisible());
    // Without a place nothing is sent, and it is said beside it and at the button.
    QVERIFY(!button("Send")->isEnabled());
    QVERIFY(says(QStringLiteral("no place to cut")));
    type(cuts, QStringLiteral("4, 0x2"));
    QVERIFY(!cuts->error());
    QVERIFY(says(QStringLiteral("6 bytes in 3 pieces: 61 62 ┊ 63 64 ┊ 65 66")));
    // The framing's bytes count, too, and the pieces are shown as they change.
    QTest::mouseClick(frame(), Qt::LeftButton, {}, QPoint(8, frame()->height() / 2));
    QVERIFY(frame()->isChecked());
    QVERIFY(says(QStringLiteral("8 bytes in 3 pieces: 00 06 ┊ 61 62 ┊ 63 64 65 66")));
    named<QSpinBox>("Milliseconds between pieces")->setValue(30);
    pressSend(cuts);
    QCOMPARE(sent_.size(), 1);
    QCOMPARE(sent_.last().plan, DeliveryPlan::cutAt({2, 4}, 30));
    QCOMPARE(sent_.last().bytes, QByteArray("\x00\x06"
                                            "abcdef",
                                            8));
    // What cuts nothing is wrong until there are bytes for it.
    type(cuts, QStringLiteral("4, 9"));
    QVERIFY(cuts->error());
    QCOMPARE(cuts->markedPosition(), qsizetype(3));
    QVERIFY(says(QStringLiteral("9 cuts nothing: there are 8 bytes")));
    QVERIFY(cuts->accessibleDescription().contains(QStringLiteral("9 cuts nothing")));
    pressSend(cuts);
    QCOMPARE(sent_.size(), 1);
    edit(TextTab)->moveCursor(QTextCursor::End);
    QTest::keyClicks(edit(TextTab), QStringLiteral("gh"));
    QVERIFY(!cuts->error());
    QVERIFY(says(QStringLiteral("10 bytes in 3 pieces")));
    type(cuts, QStringLiteral("4 x"));
    QVERIFY(says(QStringLiteral("“x” is no offset")));
    // Whole again: the wrong text does not matter.
    deliver->setFocus();
    QTest::keyClick(deliver, Qt::Key_Home);
    QVERIFY(button("Send")->isEnabled());
    QVERIFY(!cuts->isVisible());
  }

  void choicesOfDeliveryAreKept() {
    const QTemporaryDir folder;
    QSettings file(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    make(&file);
    named<QComboBox>("Deliver")->setCurrentIndex(2);
    type(named<ErrorLineEdit>("Offsets to cut at"), QStringLiteral("1"));
    make(&file);
    QCOMPARE(named<QComboBox>("Deliver")->currentIndex(), 2);
    QCOMPARE(named<ErrorLineEdit>("Offsets to cut at")->text(), QStringLiteral("1"));
  }

  void filesAreCutToo() {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("a.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(300, 'x'));
    file.close();
    choose(FileTab);
    type(named<ErrorLineEdit>("File to send"), file.fileName());
    named<QComboBox>("Deliver")->setCurrentIndex(2);
    auto *cuts = named<ErrorLineEdit>("Offsets to cut at");
    type(cuts, QStringLiteral("300"));
    QVERIFY(says(QStringLiteral("300 cuts nothing")));
    QVERIFY(!button("Send")->isEnabled());
    type(cuts, QStringLiteral("299"));
    pressSend(cuts);
    QCOMPARE(sent_.last().plan.cuts, QList<quint64>{299});
    // How long one message of it will be is known once it is read.
    setDecode(QStringLiteral("length:u16be"));
    frame()->setChecked(true);
    type(cuts, QStringLiteral("301"));
    pressSend(cuts);
    QTRY_COMPARE(sent_.size(), 2);
    QCOMPARE(sent_.last().plan.cuts, QList<quint64>{301});
    QCOMPARE(sent_.last().bytes.size(), qsizetype(302));
  }

  void longTextsAreRememberedToo() {
    const QTemporaryDir folder;
    QSettings file(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    make(&file);
    choose(TextTab);
    const QString text = QString(QStringLiteral("one hundred thousand characters ")).repeated(10'000);
    edit(TextTab)->setPlainText(text);
    pressSend(edit(TextTab));
    QCOMPARE(sent_.size(), 1);
    make(&file);
    choose(TextTab);
    QTest::keyClick(edit(TextTab), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(edit(TextTab)->toPlainText(), text);
  }
};

QTEST_MAIN(TestComposerSending)
#include "tst_composer_sending.moc"

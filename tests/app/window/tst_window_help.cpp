// Help in the window: opened by key and by F1 at the framing, searched, a framing used and undone, an example tried;
// and every framing's page draws every message of its examples, with a word for each part that has room.
#include "app/helping.h"
#include "model/framing/framing_examples.h"
#include "model/framing/registry.h"
#include "tests/app/window/open_window.h"
#include "tests/widgets/named_controls.h"
#include "widgets/help/example_view.h"
#include "widgets/help/framing_page.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QListView>
#include <QPushButton>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestWindowHelp : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  HelpWindow *help() const { return w_->window.commands()->helping()->window(); }
  HelpWindow *ask() {
    w_->key(Qt::Key_F1, Qt::ShiftModifier);
    return help();
  }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void isSearchedWithKeys() {
    HelpWindow *window = ask();
    QVERIFY(window && window->isVisible());
    QCOMPARE(window->page()->name(), u"chunks"_s);  // what is in force
    const QAbstractItemModelTester tester(window->list()->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTest::keyClicks(window->search(), u"crc checksum"_s);
    QCOMPARE(window->page()->name(), u"sync"_s);
    window->search()->clear();
    QTest::keyClicks(window->search(), u"NETSTR"_s);
    QCOMPARE(window->list()->model()->rowCount(), 2);  // and the layers: one of their SPECs has it
    QCOMPARE(window->page()->name(), u"netstring"_s);
    QTest::keyClicks(window->search(), u" nothing like it"_s);
    QCOMPARE(window->list()->model()->rowCount(), 0);
    QCOMPARE(window->page()->name(), u"netstring"_s);
    window->search()->clear();
    QCOMPARE(window->list()->model()->rowCount(), static_cast<int>(framingKinds().size()) + 1);  // and the layers
    QTest::keyClick(window->search(), Qt::Key_Down);
    QVERIFY(window->page()->name() != u"netstring"_s);
    QVERIFY2(unnamedControls(window).isEmpty(), qPrintable(unnamedControls(window).join(u'\n')));
    QTest::keyClick(window, Qt::Key_Escape);
    QVERIFY(!window->isVisible());
  }

  void f1AtTheFramingOpensItsPage() {
    w_->decode(u"slip"_s);
    w_->spec()->setFocus();
    QTest::keyClick(w_->spec(), Qt::Key_F1);
    QVERIFY(help() && help()->isVisible());
    QCOMPARE(help()->page()->name(), u"slip"_s);
    // Once more, for another one, from the chooser itself.
    w_->decode(u"cobs"_s);
    auto *chooser = named<QComboBox>(w_->window.decoderBar(), u"Framing"_s);
    chooser->setFocus();
    QTest::keyClick(chooser, Qt::Key_F1);
    QCOMPARE(help()->page()->name(), u"cobs"_s);
  }

  void aFramingIsUsedAndUndone() {
    HelpWindow *window = ask();
    window->showFraming(u"length"_s);
    const auto framing = [this] { return w_->window.decoderBar()->settings().of(Direction::In).framing; };
    const QString before = framing();
    QTest::mouseClick(button(window, u"Use this framing"_s), Qt::LeftButton);
    QCOMPARE(framing(), u"length:u16be"_s);
    w_->action(ActionId::Undo)->trigger();
    QCOMPARE(framing(), before);
    QTest::mouseClick(named<QPushButton>(window, u"Use length:varint"_s), Qt::LeftButton);
    QCOMPARE(framing(), u"length:varint"_s);
  }

  void anExampleIsTried() {
    HelpWindow *window = ask();
    window->showFraming(u"length"_s);
    QTest::mouseClick(button(window, u"Try it"_s), Qt::LeftButton);
    QVERIFY(w_->window.shownCapture());
    QVERIFY(w_->workspace.unsaved().isEmpty());
    SOON_COMPARE(w_->messageRows(), (QStringList{u"in 0+7 Complete"_s, u"in 7+4 Complete"_s, u"in 11+4 Incomplete"_s}));
    QCOMPARE(w_->bytes()->source()->size(), 15U);
    QCOMPARE(w_->state(), u"an example from Help"_s);
    QVERIFY2(w_->words().contains(u"message"), qPrintable(w_->words()));
  }

  // Messages inside messages stand in a lane of their own; where payloads are joined, what carries them is drawn first.
  void layersHaveAPage() {
    HelpWindow *window = ask();
    QTest::keyClicks(window->search(), u"layers"_s);
    QCOMPARE(window->page()->name(), u"layers"_s);
    window->search()->clear();
    QCOMPARE(window->page()->name(), u"layers"_s);
    const std::vector<ExampleView *> &drawings = window->page()->drawings();
    QCOMPARE(drawings.size(), 3U);
    const auto told = [&](std::size_t i) {
      QStringList words;
      for (const ExampleContent::MessageItem &item : drawings[i]->content().messages) {
        words += u"%1+%2"_s.arg(item.message.offset).arg(item.message.size);
      }
      for (const ExampleContent::InnerItem &item : drawings[i]->content().inner) {
        words += u"%1 %2+%3"_s.arg(item.name).arg(item.range.begin).arg(item.range.size());
      }
      return words.join(u' ');
    };
    SOON_COMPARE(told(0), u"0+9 9+7 16+5 21+5 0.0 2+7 1.0 11+2 1.1 14+2 2.0 18+3 3.0 23+3"_s);
    SOON_COMPARE(told(1), u"0+5 5+8 13+5"_s);
    SOON_COMPARE(told(2), u"0+6 6+6"_s);
    QCOMPARE(drawings[2]->content().chunks.size(), 3U);
    const QString words = drawings[0]->content().inWords();
    QVERIFY2(words.contains(u"Message 1.1, inside it, bytes 14–15, complete.") &&
                 words.contains(u"Message 2.0, inside it, bytes 18–20, incomplete."),
             qPrintable(words));
    // The lane of what is inside lies between the messages and the bytes.
    const ExampleGeometry &geometry = drawings[0]->geometryOfBytes();
    QVERIFY(geometry.laneTop(0, 0) > geometry.laneTop(0, 1) && geometry.laneTop(0, 0) < geometry.cellTop(0));

    const auto framing = [this] { return w_->window.decoderBar()->settings().of(Direction::In).framing; };
    QTest::mouseClick(button(window, u"Use this framing"_s), Qt::LeftButton);
    QCOMPARE(framing(), u"length:u16be | json"_s);
    QTest::mouseClick(named<QPushButton>(window, u"Try it: length:u16be |+ lines"_s), Qt::LeftButton);
    SOON_COMPARE(w_->messageRows(), (QStringList{u"in 0+6 Complete"_s, u"in 6+6 Complete"_s}));
  }

  void everyPageDrawsItsExamples_data() {
    QTest::addColumn<QString>("name");
    for (const FramingKind &kind : framingKinds()) QTest::newRow(qPrintable(kind.name)) << kind.name;
  }
  void everyPageDrawsItsExamples() {
    QFETCH(const QString, name);
    HelpWindow *window = ask();
    for (const QSize size : {QSize(640, 480), QSize(1360, 900)}) {
      window->resize(size);
      window->showFraming(name);
      const QList<FramingExample> examples = examplesOf(name);
      QCOMPARE(window->page()->drawings().size(), static_cast<std::size_t>(examples.size()));
      for (qsizetype i = 0; i < examples.size(); ++i) {
        const ExampleView *drawing = window->page()->drawings()[static_cast<std::size_t>(i)];
        qsizetype messages = 0;
        for (const ExamplePiece &piece : examples[i].pieces) messages += piece.made != ExamplePiece::Made::Filler;
        SOON_COMPARE(static_cast<qsizetype>(drawing->content().messages.size()), messages);
        // All of it is in sight, and assistive technology hears of each message.
        QTRY_VERIFY(drawing->height() >= qCeil(drawing->geometryOfBytes().height()));
        QCOMPARE(drawing->content().inWords().count(u"Message "_s) >= messages, true);
        QVERIFY(!drawing->geometryOfBytes().labels().empty());
      }
      QVERIFY(!window->grab().isNull());
    }
  }
};

QTEST_MAIN(TestWindowHelp)
#include "tst_window_help.moc"

// Marks on several rows of the message list at once: set, coloured, noted, taken away, each in one step.
#include "tests/app/window/marking_hands.h"

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestWindowMarkRows : public QObject, private MarkingHands {
  Q_OBJECT

 private Q_SLOTS:
  void init() { open(); }
  void cleanup() { close(); }

  /// What is copied at once is marked at once, and taken back at once.
  void everySelectedRowIsMarked() {
    openLines();
    clickMessage(1);
    w_->action(ActionId::MarkRed)->trigger();
    selectMessages(0, 2);
    QCOMPARE(w_->action(ActionId::Mark)->text(), u"&Mark 3 rows"_s);
    w_->action(ActionId::MarkGreen)->trigger();
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(marked(), QStringList{u"4–7 red"_s});
    // What was marked before keeps its colour.
    w_->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(marked(), (QStringList{u"0–3 green"_s, u"4–7 red"_s, u"8–13 green"_s}));
    QVERIFY(w_->action(ActionId::Undo)->text().contains(u"2 marks"_s));
    QCOMPARE(w_->action(ActionId::Mark)->text(), u"Take the &marks away"_s);
    w_->action(ActionId::MarkBlue)->trigger();
    QCOMPARE(marked(), (QStringList{u"0–3 blue"_s, u"4–7 blue"_s, u"8–13 blue"_s}));
    QVERIFY(w_->action(ActionId::Undo)->text().contains(u"change of 3 marks"_s));
    w_->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(marked(), QStringList());
    for (int i = 0; i < 3; ++i) w_->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(marked(), QStringList{u"4–7 red"_s});
  }

  /// Where they differ, what is not chosen stays as each has it.
  void aNoteOnSeveralRows() {
    openLines();
    clickMessage(1);
    w_->action(ActionId::MarkRed)->trigger();
    selectMessages(0, 2);
    w_->action(ActionId::Mark)->trigger();
    w_->key(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    SOON_VERIFY(w_->window.findChild<NoteDialog *>());
    QCOMPARE(w_->window.findChild<NoteDialog *>()->windowTitle(), u"Note on 3 places"_s);
    answerNote(u"a burst"_s);
    QCOMPARE(marked(), (QStringList{u"0–3 red: a burst"_s, u"4–7 red: a burst"_s, u"8–13 red: a burst"_s}));
    clickMessage(1);
    w_->key(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    answerNote(u"the loudest"_s, 4);
    selectMessages(0, 2);
    w_->key(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    SOON_VERIFY(w_->window.findChild<NoteDialog *>());
    QVERIFY(named<QLineEdit>(w_->window.findChild<NoteDialog *>(), u"Note"_s)->text().isEmpty());
    answerNote({}, 5);
    QCOMPARE(marked(), (QStringList{u"0–3 grey: a burst"_s, u"4–7 grey: the loudest"_s, u"8–13 grey: a burst"_s}));
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    selectMessages(0, 2);
    w_->key(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    answerNote(u"all"_s);
    QCOMPARE(marked(), (QStringList{u"0–3 red: all"_s, u"4–7 yellow: all"_s, u"8–13 red: all"_s}));
  }

  /// An opened message stands for what is in it; where the keyboard is in the bytes, those are meant.
  void rowsAreMeantWhereTheKeyboardIs() {
    openLines();
    clickMessage(1);
    QTest::keyClick(w_->messages(), Qt::Key_Right);
    QVERIFY(w_->messages()->lineCount() > 5);
    QTest::keyClick(w_->messages(), Qt::Key_A, Qt::ControlModifier);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(marked(), (QStringList{u"0–3 green"_s, u"4–7 green"_s, u"8–13 green"_s, u"14–18 green"_s}));
    w_->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(marked(), QStringList());
    w_->bytes()->setFocus();
    QCOMPARE(w_->action(ActionId::Mark)->text(), u"&Mark"_s);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(marked(), QStringList{u"14–18 green"_s});
    w_->messages()->setFocus();
    QCOMPARE(w_->action(ActionId::Mark)->text(), u"&Mark 6 rows"_s);
  }

  /// Up to as many marks as a capture takes; more is said, and nothing is done.
  void moreRowsThanMarksAreRefused() {
    constexpr quint64 rows = 10'000;
    w_->openBytes(QByteArray(2 * rows, 'x'));
    w_->decode(u"fixed:2"_s);
    SOON_COMPARE(w_->messages()->lineCount(), rows);
    std::vector<Mark> others;
    for (quint64 i = 0; others.size() < CaptureMarks::most - (rows - 1); ++i) {
      others.push_back({{0, Direction::In, ByteRange::ofSize(i % rows, 5 + i / rows)}, MarkColor::Grey, {}});
    }
    const std::size_t before = others.size();
    marks().addAll(others);
    clickMessage(0);
    QTest::keyClick(w_->messages(), Qt::Key_A, Qt::ControlModifier);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    SOON_VERIFY(w_->window.findChild<QStatusBar *>()->currentMessage().contains(u"no more than 100,000"_s));
    QCOMPARE(marks().table().count(), before);
    QTest::keyClick(w_->messages(), Qt::Key_Up, Qt::ShiftModifier);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    SOON_COMPARE(marks().table().count(), CaptureMarks::most);
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(marks().table().count(), before);
    // A walk over rows ends with the window.
    QTest::keyClick(w_->messages(), Qt::Key_M, Qt::ControlModifier);
  }
};

QTEST_MAIN(TestWindowMarkRows)
#include "tst_window_mark_rows.moc"

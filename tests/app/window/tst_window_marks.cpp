// Marks and notes in the window: set, taken away and undone by keys, listed, gone to, seen in every view whatever the
// framing is, and remembered with the file.
#include "app/mark_keeper.h"
#include "app/marking.h"
#include "tests/app/window/marking_hands.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QAccessible>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QMenu>
#include <QStatusBar>
#include <QTreeView>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestWindowMarks : public QObject, private MarkingHands {
  Q_OBJECT

  QString said() const { return w_->window.statusBar()->currentMessage(); }
  static QColor pixel(QWidget *widget, QPointF at) { return widget->grab().toImage().pixelColor(at.toPoint()); }

 private Q_SLOTS:
  void init() { open(); }
  void cleanup() { close(); }

  void aKeyMarksAndTakesAway() {
    QVERIFY(!w_->action(ActionId::Mark)->isEnabled());
    openLines();
    clickMessage(1);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(marked(), QStringList{u"4–7 green"_s});
    QCOMPARE(w_->action(ActionId::Mark)->text(), u"Take the &mark away"_s);
    // What is said of it goes with it.
    QVERIFY2(said().startsWith(u"Marked green"_s), qPrintable(said()));
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(said(), u"Undone: mark. Ctrl+Shift+Z does it again."_s);
    w_->key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(said(), u"Done again: mark. Ctrl+Z takes it back."_s);
    // Bytes, where bytes are selected; a field or a part is a range, too.
    dragBytes(5, 9);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(marked(), (QStringList{u"4–7 green"_s, u"5–9 green"_s}));
    // A caret means the message it stands in.
    w_->clickByte(6);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(marked(), QStringList{u"5–9 green"_s});
    QCOMPARE(w_->action(ActionId::Undo)->text(), u"&Undo removal of a mark"_s);
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(marked(), (QStringList{u"4–7 green"_s, u"5–9 green"_s}));
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(marked(), QStringList());
    w_->key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(marked(), QStringList{u"4–7 green"_s});
    // The same history as that of the framing.
    QCOMPARE(w_->action(ActionId::Undo)->text(), u"&Undo mark"_s);
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(w_->action(ActionId::Undo)->text().contains(u"raming"_s));
  }

  void aNoteAndAColour() {
    openLines();
    clickMessage(2);
    w_->key(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    answerNote(u"<b>too long?</b>"_s, 3);
    QCOMPARE(marked(), QStringList{u"8–13 red: <b>too long?</b>"_s});
    // The next one has the colour that was chosen last; a colour of the menu changes it, or marks.
    clickMessage(0);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    w_->action(ActionId::MarkBlue)->trigger();
    QCOMPARE(marked(), (QStringList{u"0–3 blue"_s, u"8–13 red: <b>too long?</b>"_s}));
    QCOMPARE(w_->action(ActionId::Undo)->text(), u"&Undo change of a mark"_s);
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(marked().first(), u"0–3 red"_s);
    // Once more: what is there is offered.
    clickMessage(2);
    w_->key(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    SOON_VERIFY(w_->window.findChild<NoteDialog *>());
    QCOMPARE(named<QLineEdit>(w_->window.findChild<NoteDialog *>(), u"Note"_s)->text(), u"<b>too long?</b>"_s);
    QTest::keyClick(w_->window.findChild<NoteDialog *>(), Qt::Key_Escape);
    w_->activate();
    QCOMPARE(marked().size(), qsizetype(2));
    // Said where the row and the byte are told of.
    const QModelIndex row = w_->messages()->model()->index(2, 0);
    QVERIFY(w_->messages()->markWordsOf(row).contains(u"red, bytes 8–13: <b>too long?</b>"_s));
    QVERIFY(w_->bytes()->markWordsAt(9).contains(u"<b>too long?</b>"_s));
    QVERIFY(w_->bytes()->markWordsAt(7).isEmpty());
    w_->clickByte(9);
    QAccessibleInterface *bytes = QAccessible::queryAccessibleInterface(w_->bytes());
    QVERIFY(bytes->text(QAccessible::Description).contains(u"too long?"_s));
  }

  void keysGoFromMarkToMark() {
    openLines();
    QVERIFY(!w_->action(ActionId::NextMark)->isEnabled());
    for (const int row : {3, 0, 2}) {
      clickMessage(row);
      w_->key(Qt::Key_M, Qt::ControlModifier);
    }
    clickMessage(1);
    QList<quint64> begins;
    for (int i = 0; i < 4; ++i) {
      w_->key(Qt::Key_F2);
      begins += selectedRange().begin;
    }
    QCOMPARE(begins, (QList<quint64>{8, 14, 0, 8}));
    w_->key(Qt::Key_F2, Qt::ShiftModifier);
    w_->key(Qt::Key_F2, Qt::ShiftModifier);
    QCOMPARE(selectedRange(), (ByteRange{14, 19}));
    QCOMPARE(w_->currentRange(), (ByteRange{14, 19}));
    // In the past what had not come yet is gone to live.
    w_->view()->playhead()->first();
    w_->key(Qt::Key_F2);
    QCOMPARE(selectedRange(), (ByteRange{0, 4}));
    QVERIFY(w_->view()->playhead()->isLive());
    QVERIFY2(said().endsWith(u"the newest is shown again."_s), qPrintable(said()));
    w_->key(Qt::Key_F2);
    QVERIFY2(said().startsWith(u"Mark 2 of 3"_s) && !said().contains(u"again"_s), qPrintable(said()));
  }

  /// A mark is of bytes: it stays where it is, whatever cuts them.
  void staysWhateverTheFramingIs() {
    openLines();
    clickMessage(1);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    w_->decode(u"fixed:6"_s);
    SOON_COMPARE(w_->messageRows().size(), qsizetype(4));
    const QAbstractItemModel *model = w_->messages()->model();
    QVERIFY(!w_->messages()->markWordsOf(model->index(0, 0)).isEmpty());
    QVERIFY(!w_->messages()->markWordsOf(model->index(1, 0)).isEmpty());
    QVERIFY(w_->messages()->markWordsOf(model->index(2, 0)).isEmpty());
    QCOMPARE(pane()->model()->index(0, MarkListModel::MessageColumn).data().toString(), u"0–1"_s);
    w_->decode(u"lines"_s);
    SOON_COMPARE(pane()->model()->index(0, MarkListModel::MessageColumn).data().toString(), u"1"_s);
  }

  void seenInEveryView() {
    openLines();
    clickMessage(2);
    w_->action(ActionId::MarkPurple)->trigger();
    clickMessage(0);
    const Theme theme = Theme::of(&w_->window);
    const QColor purple = theme.mark(MarkColor::Purple);
    const QRectF cell = w_->bytes()->cellRect(HexColumn::Hex, 8);
    QCOMPARE(pixel(w_->bytes()->viewport(), cell.topLeft() + QPointF(1, cell.height() / 2)), purple);
    QVERIFY(pixel(w_->bytes()->viewport(), w_->bytes()->cellRect(HexColumn::Hex, 4).topLeft() + QPointF(1, 8)) !=
            purple);
    RibbonView *ribbon = w_->view()->ribbon();
    const double x = ribbon->labelsWidth() + ribbon->geometryOfBytes().xOf(8);
    QCOMPARE(pixel(ribbon->viewport(), {x + 1, ribbon->rows().ruler().top + 1}), purple);
    QVERIFY(ribbon->wordsAt({x + 3, 4}).contains(u"Marked purple, bytes 8–13"_s));
    QTest::mouseClick(ribbon->viewport(), Qt::LeftButton, {}, QPoint(static_cast<int>(x) + 3, 4));
    QCOMPARE(selectedRange(), (ByteRange{8, 14}));
    QVERIFY(w_->view()->playhead()->isLive());
    // The list of messages: a tint, and a sign.
    const auto ground = [&](int row) {
      const QRect cells =
          w_->messages()->visualRect(w_->messages()->model()->index(row, MessageTreeModel::ChunksColumn));
      return pixel(w_->messages()->viewport(), cells.bottomRight() - QPoint(2, 2));
    };
    w_->action(ActionId::MarkPurple)->trigger();
    clickMessage(3);
    QVERIFY(ground(2) != ground(0));
    QCOMPARE(ground(0), ground(0));
  }

  void theListGoesThereAndEdits() {
    openLines();
    for (const int row : {0, 1, 3}) {
      clickMessage(row);
      w_->key(Qt::Key_M, Qt::ControlModifier);
    }
    QVERIFY(!pane()->isVisible());
    w_->key(Qt::Key_M, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY(pane()->isVisible() && list()->hasFocus());
    // Though Ctrl was held at each of them: a key that takes marks away should not take them all.
    QCOMPARE(list()->selectionModel()->selectedRows().size(), 1);
    const auto click = [&](int row, int column) {
      const QRect cell = list()->visualRect(pane()->model()->index(row, column));
      QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, cell.center());
      return cell.center();
    };
    click(1, MarkListModel::PlaceColumn);
    QCOMPARE(selectedRange(), (ByteRange{4, 8}));
    // In place, by a double click.
    QTest::mouseDClick(list()->viewport(), Qt::LeftButton, {}, click(1, MarkListModel::NoteColumn));
    auto *editor = list()->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    QTest::keyClicks(editor, u"the second"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    SOON_COMPARE(marked(), (QStringList{u"0–3 green"_s, u"4–7 green: the second"_s, u"14–18 green"_s}));
    // Filtered by words, and found again when they go.
    QTest::keyClicks(pane()->filterLine(), u"SECOND"_s);
    QCOMPARE(marked(), QStringList{u"4–7 green: the second"_s});
    QTest::keyClick(pane()->filterLine(), Qt::Key_Escape);
    QCOMPARE(pane()->model()->rowCount(), 3);
    click(0, MarkListModel::PlaceColumn);
    QTest::keyClick(list(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(list(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"green\tin\t0–3\t4\t0\t\ngreen\tin\t4–7\t4\t1\tthe second"_s);
    QTest::keyClick(list(), Qt::Key_Delete);
    QCOMPARE(marked(), QStringList{u"14–18 green"_s});
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(marked().size(), qsizetype(3));
    w_->action(ActionId::RemoveMarks)->trigger();
    QCOMPARE(marked().size(), qsizetype(0));
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(marked().size(), qsizetype(3));
  }

  void remembersTheMarksOfFiles() {
    const QString settings = settingsPath();
    OpenWindow first(settings);
    first.openBytes("one\ntwo\nthree\n", u"kept.bin"_s);
    const QString path = first.dir.filePath(u"kept.bin"_s);
    first.window.shownCapture()->marks().put({{0, Direction::In, {4, 8}}, MarkColor::Blue, u"kept"_s});
    first.window.commands()->marking()->keeper()->flush();
    {
      OpenWindow second(settings);
      second.window.commands()->openFile(path);
      const CaptureMarks &back = second.window.shownCapture()->marks();
      SOON_COMPARE(back.table().count(), std::size_t(1));
      QCOMPARE(back.table().at(0).note, u"kept"_s);
      // What is brought back is no step to be undone.
      QVERIFY(!second.action(ActionId::Undo)->isEnabled());
      second.window.shownCapture()->marks().remove({0, Direction::In, {4, 8}});
      second.window.shownCapture()->marks().put({{0, Direction::In, {0, 1}}, MarkColor::Red, {}});
      second.window.commands()->closeCapture(second.window.shownCapture());
      second.window.commands()->marking()->keeper()->flush();
    }
    OpenWindow third(settings);
    third.window.commands()->openFile(path);
    SOON_COMPARE(third.window.shownCapture()->marks().table().count(), std::size_t(1));
    QCOMPARE(third.window.shownCapture()->marks().table().at(0).color, MarkColor::Red);
    // Another file by that name has none.
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("other bytes!!!") == 14);
    file.close();
    OpenWindow fourth(settings);
    fourth.window.commands()->openFile(path);
    fourth.window.commands()->marking()->keeper()->flush();
    QTest::qWait(1);
    QCOMPARE(fourth.window.shownCapture()->marks().table().count(), std::size_t(0));
  }

  /// However many there are, a frame costs what is in sight.
  void manyMarksDoNotSlowTheWindow() {
    w_->openBytes(QByteArray(4'000'000, 'x'));
    w_->decode(u"fixed:40"_s);
    SOON_COMPARE(w_->view()->decoder()->messageCount(Direction::In), 100'000U);
    std::vector<Mark> all;
    for (quint64 i = 0; i < CaptureMarks::most; ++i) {
      all.push_back({{0, Direction::In, {i * 40, i * 40 + 40 + i % 7 * 1000}}, static_cast<MarkColor>(i % 6), u"n"_s});
    }
    marks().addAll(all);
    w_->key(Qt::Key_M, Qt::ControlModifier | Qt::AltModifier);
    RibbonView *ribbon = w_->view()->ribbon();
    ribbon->fitAll();
    const auto paint = [&] {
      QElapsedTimer timer;
      timer.start();
      for (QWidget *view : {static_cast<QWidget *>(w_->bytes()->viewport()), w_->messages()->viewport(),
                            ribbon->viewport(), list()->viewport()}) {
        view->repaint();
      }
      return timer.elapsed();
    };
    paint();
    qint64 best = 1000;
    for (int i = 0; i < 5; ++i) best = std::min(best, paint());
    // Far more than it takes (a few ms); to go over all of them would take longer still.
    qInfo("four views painted in %lld ms", best);
    QVERIFY2(best < 100, qPrintable(QString::number(best)));
    // One more is refused with words, a step is undone as ever.
    w_->bytes()->select({1, 3});
    w_->key(Qt::Key_M, Qt::ControlModifier);
    QCOMPARE(marks().table().count(), CaptureMarks::most);
    w_->action(ActionId::RemoveMarks)->trigger();
    QCOMPARE(marks().table().count(), std::size_t(0));
    w_->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(marks().table().count(), CaptureMarks::most);
  }
};

QTEST_MAIN(TestWindowMarks)
#include "tst_window_marks.moc"

// Columns of the message list in a real window: fields as columns, by key, dialog and drag; their formats, their order,
// and what comes back when the program is started again.
#include "tests/app/window/open_window.h"
#include "tests/support/binary_makers.h"
#include "tests/widgets/named_controls.h"
#include "widgets/messages/add_column_dialog.h"
#include "widgets/messages/filter_bar.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_pane.h"
#include "widgets/messages/message_tree_accessible.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDrag>
#include <QDropEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QToolTip>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;
using M = MessageTreeModel;

class TestWindowColumns : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  /// Messages with seq 258, 259, 260, v {1, 2}, {2, 3}, {3, 4} and some text.
  static void openIn(OpenWindow &w) {
    QByteArray bytes;
    for (int i = 0; i < 3; ++i) {
      const QByteArray payload = bigEndianBytes(static_cast<quint64>(258 + i), 2) + static_cast<char>(i + 1) +
                                 static_cast<char>(i + 2) + QByteArray(3 + 40 * i, static_cast<char>('a' + i));
      bytes += bigEndianBytes(static_cast<quint64>(payload.size()), 2) + payload;
    }
    w.openBytes(bytes);
    w.decode(u"length:u16be"_s, u"!H:seq 2B:v *s:text"_s);
    SOON_COMPARE(w.messageRows().size(), 3);
  }
  void open() { openIn(*w_); }

  MessageTreeView *list() const { return w_->messages(); }
  MessageHeader *header() const { return list()->header(); }
  /// What the heads say from left to right, hidden ones left out.
  static QString heads(const OpenWindow &w) {
    QStringList all;
    const MessageHeader *header = w.messages()->header();
    for (int visual = 0; visual < header->count(); ++visual) {
      const int section = header->logicalIndex(visual);
      if (!header->isSectionHidden(section)) all += header->model()->headerData(section, Qt::Horizontal).toString();
    }
    return all.join(u' ');
  }
  QString heads() const { return heads(*w_); }
  static QString cells(const OpenWindow &w, int section) {
    QStringList all;
    for (int row = 0; row < 3; ++row) all += MessageRowPainter::cellText(w.messages()->model()->index(row, section));
    return all.join(u'|');
  }
  QString cells(int section) const { return cells(*w_, section); }
  /// The keyboard goes to the field `row` of the first message, which is opened.
  void goToField(int row) {
    list()->setFocus();
    QTest::keyClick(list(), Qt::Key_Home);
    QTest::keyClick(list(), Qt::Key_Right);
    for (int i = 0; i <= row; ++i) QTest::keyClick(list(), Qt::Key_Down);
  }
  static QAction *entry(const QMenu *menu, const QString &text) {
    for (QAction *action : menu->actions()) {
      if (action->text().remove(u'&') == text) return action;
    }
    return nullptr;
  }
  QMenu *columnsMenu() const {
    QMenu *menu = w_->window.actions().columnsMenu();
    Q_EMIT menu->aboutToShow();
    return menu;
  }
  QPoint headOf(int section) const {
    return {header()->sectionViewportPosition(section) + header()->sectionSize(section) / 2, header()->height() / 2};
  }
  /// The menu of a column's head, as a right click opens it.
  QMenu *headMenu(int section) const {
    QContextMenuEvent event(QContextMenuEvent::Mouse, headOf(section), header()->mapToGlobal(headOf(section)));
    QApplication::sendEvent(header()->viewport(), &event);
    return qobject_cast<QMenu *>(QApplication::activePopupWidget());
  }
  /// Carries out an entry of the open menu, as a click on it does.
  static void choose(QMenu *menu, const QString &text) {
    QVERIFY(menu);
    QAction *action = entry(menu, text);
    QVERIFY2(action && action->isEnabled(), qPrintable(text));
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
  }
  void showSeq() {
    goToField(1);
    w_->key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
  }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void aFieldsRowBecomesAColumn() {
    open();
    list()->setFocus();
    QTest::keyClick(list(), Qt::Key_Home);
    QVERIFY(!w_->action(ActionId::ShowAsColumn)->isEnabled());  // a message is no field
    showSeq();
    QCOMPARE(heads(), u"No. Time Δ Direction Offset Size Chunks Status seq Summary"_s);
    QCOMPARE(cells(M::ColumnCount), u"258|259|260"_s);
    // Once more changes nothing; an array is shown with all its values.
    w_->key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(list(), Qt::Key_Down);
    w_->key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(heads(), u"No. Time Δ Direction Offset Size Chunks Status seq v[*] Summary"_s);
    QCOMPARE(cells(M::ColumnCount + 1), u"1, 2|2, 3|3, 4"_s);
    // The row's menu has it, too.
    const std::unique_ptr<QMenu> menu(list()->createRowMenu(nullptr));
    QVERIFY(menu->actions().contains(w_->action(ActionId::ShowAsColumn)));
  }

  void aDialogAsksWhichField() {
    open();
    const Answer<AddColumnDialog> answer([](AddColumnDialog *dialog) {
      auto *line = named<ErrorLineEdit>(dialog, u"Field"_s);
      auto *add = qobject_cast<QPushButton *>(button(dialog, u"Add"_s));
      QTest::keyClicks(line, u"sek"_s);
      QVERIFY(!add->isEnabled());
      QVERIFY(line->error()->what.contains(u"there is no field sek"_s));
      QVERIFY(line->error()->mend.contains(u"seq, v, text"_s));
      QTest::keyClick(line, Qt::Key_Backspace);
      auto *offers = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
      QVERIFY(offers);
      QCOMPARE(offers->model()->index(0, 0).data().toString(), u"seq"_s);
      QTest::keyClick(offers, Qt::Key_Down);
      QTest::keyClick(offers, Qt::Key_Return);
      QCOMPARE(line->text(), u"seq"_s);
      QVERIFY(add->isEnabled());
      auto *format = named<QComboBox>(dialog, u"Show values as"_s);
      format->setFocus();
      QTest::keyClicks(format, u"Hex"_s);
      QCOMPARE(format->currentText(), u"Hexadecimal"_s);
      QTest::mouseClick(add, Qt::LeftButton);
    });
    w_->action(ActionId::AddColumn)->trigger();
    QVERIFY(answer.wasAsked());
    QVERIFY(heads().endsWith(u"Status seq Summary"_s));
    QCOMPARE(cells(M::ColumnCount), u"0x102|0x103|0x104"_s);
  }

  void namesOfMessagesCanBeAsked() {
    open();
    const Answer<AddColumnDialog> answer([](AddColumnDialog *dialog) {
      auto *line = named<ErrorLineEdit>(dialog, u"Field"_s);
      // Whatever is offered, Return means what was typed.
      QTest::keyClicks(line, u"payload[0:2]"_s);
      QWidget *popup = QApplication::activePopupWidget();
      QTest::keyClick(popup ? popup : line, Qt::Key_Return);
    });
    choose(headMenu(M::SizeColumn), u"Add Column…"_s);
    QVERIFY(answer.wasAsked());
    // It comes where the menu was asked for.
    QCOMPARE(heads(), u"No. Time Δ Direction Offset payload[0:2] Size Chunks Status Summary"_s);
  }

  void aFieldIsDroppedOnTheHeads() {
    open();
    goToField(1);
    const QPoint from = list()->visualRect(list()->currentIndex().siblingAtColumn(M::SizeColumn)).center();
    QWidget *viewport = list()->viewport();
    QTest::mousePress(viewport, Qt::LeftButton, {}, from);
    const QPoint up = from - QPoint(0, QApplication::startDragDistance() + 2);
    QMouseEvent move(QEvent::MouseMove, up, viewport->mapToGlobal(up), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(viewport, &move);
    const auto drags = list()->findChildren<QDrag *>();
    QCOMPARE(drags.size(), 1);
    QWidget *onto = header()->viewport();
    const auto dropAt = [&](const QMimeData *data, int x) {
      QDragEnterEvent enter(QPoint(x, 5), Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
      QApplication::sendEvent(onto, &enter);
      if (!enter.isAccepted()) return false;
      const QImage marked = header()->grab().toImage();
      QDropEvent drop(QPoint(x, 5), Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
      QApplication::sendEvent(onto, &drop);
      return drop.isAccepted() && marked != header()->grab().toImage();
    };
    const int before = header()->sectionViewportPosition(M::OffsetColumn);
    QVERIFY(dropAt(drags.first()->mimeData(), before + 3));
    QCOMPARE(heads(), u"No. Time Δ Direction seq Offset Size Chunks Status Summary"_s);
    // Dropped again it moves; the tree stays in front.
    QVERIFY(dropAt(drags.first()->mimeData(), 1));
    QVERIFY(heads().startsWith(u"No. seq Time"_s));
    QMimeData text;
    text.setText(u"seq"_s);
    QVERIFY(!dropAt(&text, before));
    delete drags.first();
  }

  void valuesAreShownInAFormat() {
    open();
    showSeq();
    QMenu *menu = headMenu(M::ColumnCount);
    QVERIFY(menu);
    QMenu *formats = entry(menu, u"Show Values as"_s)->menu();
    QVERIFY(formats && entry(formats, u"As it is"_s)->isChecked());
    entry(formats, u"Binary"_s)->trigger();
    menu->close();
    QCOMPARE(cells(M::ColumnCount), u"0b100000010|0b100000011|0b100000100"_s);
    QVERIFY(!entry(headMenu(M::SizeColumn), u"Show Values as"_s));
    QApplication::activePopupWidget()->close();
  }

  void everythingIsDoneWithoutAMouse() {
    open();
    showSeq();
    const auto change = [&](const QString &column, const QString &what) {
      QMenu *menu = entry(entry(columnsMenu(), u"Change a Column"_s)->menu(), column)->menu();
      QAction *action = entry(menu, what);
      QVERIFY2(action && action->isEnabled(), qPrintable(what));
      action->trigger();
    };
    change(u"seq"_s, u"Move “seq” Left"_s);
    QVERIFY(heads().endsWith(u"Chunks seq Status Summary"_s));
    change(u"Chunks"_s, u"Hide “Chunks”"_s);
    change(u"seq"_s, u"Move “seq” Left"_s);
    QVERIFY(heads().endsWith(u"Offset seq Size Status Summary"_s));
    entry(columnsMenu(), u"Chunks"_s)->trigger();
    QVERIFY(heads().endsWith(u"Size Chunks Status Summary"_s));
    QMenu *formats =
        entry(entry(entry(columnsMenu(), u"Change a Column"_s)->menu(), u"seq"_s)->menu(), u"Show Values as"_s)->menu();
    entry(formats, u"Octal"_s)->trigger();
    QCOMPARE(cells(M::ColumnCount), u"0o402|0o403|0o404"_s);
    QVERIFY(!entry(entry(entry(columnsMenu(), u"Change a Column"_s)->menu(), u"Summary"_s)->menu(),
                   u"Move “Summary” Right"_s)
                 ->isEnabled());
    change(u"seq"_s, u"Remove “seq”"_s);
    QCOMPARE(list()->model()->columnCount(), int(M::ColumnCount));
    entry(columnsMenu(), u"Δ other"_s)->trigger();
    QVERIFY(heads().contains(u"Δ Δ other Direction"_s));
    w_->action(ActionId::ResetColumns)->trigger();
    QCOMPARE(heads(), u"No. Time Δ Direction Offset Size Chunks Status Summary"_s);
  }

  void columnsComeBackAfterARestart() {
    open();
    showSeq();
    QTest::keyClick(list(), Qt::Key_Down);
    w_->key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QMenu *menu = headMenu(M::ColumnCount);
    entry(entry(menu, u"Show Values as"_s)->menu(), u"Hexadecimal"_s)->trigger();
    menu->close();
    choose(headMenu(M::ColumnCount + 1), u"Move “v[*]” Left"_s);
    choose(headMenu(M::ChunksColumn), u"Hide “Chunks”"_s);
    header()->resizeSection(M::ColumnCount, 133);
    const QString before = heads();
    QVERIFY(before.endsWith(u"Size Status v[*] seq Summary"_s));
    w_->window.close();
    OpenWindow again(w_->settings.fileName());
    openIn(again);
    QCOMPARE(heads(again), before);
    QCOMPARE(cells(again, M::ColumnCount), u"0x102|0x103|0x104"_s);
    QCOMPARE(again.messages()->header()->sectionSize(M::ColumnCount), 133);
    again.action(ActionId::ResetColumns)->trigger();
    QCOMPARE(again.messages()->model()->columnCount(), int(M::ColumnCount));
    again.window.close();
    const OpenWindow third(w_->settings.fileName());
    QCOMPARE(heads(third), u"No. Time Δ Direction Offset Size Chunks Status Summary"_s);
  }

  void aCellIsFilteredForCopiedAndRead() {
    open();
    showSeq();
    const QModelIndex cell = list()->model()->index(1, M::ColumnCount);
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, list()->visualRect(cell).center());
    QTest::keySequence(list(), QKeySequence::Copy);
    QTRY_VERIFY(QApplication::clipboard()->text().contains(u"\tcomplete\t259\t"_s));
    QVERIFY(w_->action(ActionId::FilterForValue)->isEnabled());
    w_->action(ActionId::FilterForValue)->trigger();
    QCOMPARE(w_->view()->messagePane()->filterBar()->text(), u"seq == 259"_s);
    SOON_COMPARE(w_->messageRows().size(), 1);
    // Who hears the window is told of the column.
    QAccessibleInterface *heard = accessibleCell(list(), list()->model()->index(0, 0));
    QVERIFY(heard && heard->text(QAccessible::Description).contains(u", seq 259, "_s));
    QAccessibleInterface *value = accessibleCell(list(), list()->model()->index(0, M::ColumnCount));
    QVERIFY(value);
    QCOMPARE(value->text(QAccessible::Name), u"259"_s);
    QCOMPARE(value->tableCellInterface()->columnHeaderCells().first()->text(QAccessible::Name), u"seq"_s);
  }

  void aCellThatIsCutTellsAllOfItself() {
    open();
    header()->showField(MessageColumn::of(u"text"_s).value());
    const QModelIndex cell = list()->model()->index(2, M::ColumnCount);
    QHelpEvent event(QEvent::ToolTip, list()->visualRect(cell).center(),
                     list()->viewport()->mapToGlobal(list()->visualRect(cell).center()));
    QApplication::sendEvent(list()->viewport(), &event);
    QTRY_VERIFY(QToolTip::text().contains(QString(83, u'c')));
    QToolTip::hideText();
    // A double click on the border makes room for all of it.
    const int border = header()->sectionViewportPosition(M::ColumnCount) + header()->sectionSize(M::ColumnCount) - 1;
    QTest::mouseDClick(header()->viewport(), Qt::LeftButton, {}, {border, 5});
    QVERIFY(header()->sectionSize(M::ColumnCount) >= list()->fontMetrics().horizontalAdvance(QString(83, u'c')));
  }

  /// Names of fields go on over cells that are empty, of columns of fields as of others.
  void aColumnBesideTheTreeLeavesNamesTheirRoom() {
    open();
    header()->showField(MessageColumn::of(u"seq"_s).value(), 1);
    QCOMPARE(heads().left(8), u"No. seq "_s);
    goToField(0);
    const MessageRowPainter painter(list()->viewport(), header(), 20, true);
    const ShownRow name{.index = list()->currentIndex(), .depth = 1};
    const ShownRow number{.index = list()->model()->index(0, 0), .depth = 0};
    const int column = header()->sectionSize(0) + header()->sectionSize(M::ColumnCount);
    QVERIFY(painter.textRect(number, 0, 0).right() < header()->sectionSize(0));
    // Of a message that is marked the number is there, too, of ten million.
    ShownRow marked = number;
    marked.hasChildren = true;
    marked.mark = MarkColor::Green;
    QVERIFY(painter.textRect(marked, 0, 0).width() >= list()->fontMetrics().horizontalAdvance(u"9,999,999"_s));
    QVERIFY2(painter.textRect(name, 0, 0).right() > column, qPrintable(QString::number(column)));
  }

  void sortingGoesOnByName() {
    open();
    showSeq();
    QTest::mouseClick(header()->viewport(), Qt::LeftButton, {}, headOf(M::ColumnCount));
    QTest::mouseClick(header()->viewport(), Qt::LeftButton, {}, headOf(M::ColumnCount));
    SOON_COMPARE(cells(M::ColumnCount), u"260|259|258"_s);
    QCOMPARE(header()->sortIndicatorSection(), int(M::ColumnCount));
    header()->showField(MessageColumn::of(u"v"_s).value());
    entry(headMenu(M::ColumnCount + 1), u"Hide “v”"_s)->trigger();
    QApplication::activePopupWidget()->close();
    QCOMPARE(header()->sortIndicatorSection(), int(M::ColumnCount));
    choose(headMenu(M::ColumnCount), u"Remove “seq”"_s);
    QCOMPARE(header()->sortIndicatorSection(), -1);
  }
};

QTEST_MAIN(TestWindowColumns)
#include "tst_window_columns.moc"

// What a screen reader gets of the message list.
#include "tests/support/fake_message_model.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_tree_view.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace octetscope;
using octetscope::test::FakeMessageModel;
using M = MessageTreeModel;

namespace {

/// All but the one that is hidden at first.
constexpr int shownColumns = M::ColumnCount - 1;
constexpr int shownAt(int column) {
  return column > M::OtherDeltaColumn ? column - 1 : column;
}

struct Told {
  QAccessible::Event type;
  QString name;
  QString description;
  bool isExpanded;
};

/// Hears what the view says: Qt drops it while no assistive technology is running.
class HeardView : public MessageTreeView {
 public:
  QList<Told> told;

 protected:
  void announce(QAccessibleEvent *event) override {
    QAccessibleInterface *cell = event->accessibleInterface();
    told.append({event->type(), cell ? cell->text(QAccessible::Name) : QString(),
                 cell ? cell->text(QAccessible::Description) : QString(), cell && cell->state().expanded});
  }
};

}  // namespace

class TestMessageTreeAccessible : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void countsAndCells() {
    FakeMessageModel model(1000, 10);
    HeardView view;
    show(view, model);
    QAccessibleInterface *tree = QAccessible::queryAccessibleInterface(&view);
    QVERIFY(tree);
    QCOMPARE(tree->role(), QAccessible::Tree);
    QCOMPARE(tree->text(QAccessible::Name), QStringLiteral("Messages"));
    QAccessibleTableInterface *table = tree->tableInterface();
    QVERIFY(table);
    QCOMPARE(table->rowCount(), 1000);
    QCOMPARE(table->columnCount(), shownColumns);
    QCOMPARE(table->columnDescription(shownAt(M::SizeColumn)), QStringLiteral("Size"));
    QAccessibleInterface *cell = table->cellAt(500, shownAt(M::OffsetColumn));
    QVERIFY(cell && cell->isValid());
    QCOMPARE(cell->text(QAccessible::Name), QStringLiteral("9000"));
    QCOMPARE(cell->role(), QAccessible::TreeItem);
    QCOMPARE(cell->tableCellInterface()->rowIndex(), 500);
    QCOMPARE(cell->tableCellInterface()->columnIndex(), shownAt(M::OffsetColumn));
    QCOMPARE(cell->tableCellInterface()->table(), tree);
    QCOMPARE(cell->tableCellInterface()->columnHeaderCells().first()->text(QAccessible::Name),
             QStringLiteral("Offset"));
    QCOMPARE(table->cellAt(500, shownAt(M::OffsetColumn)), cell);  // the same one as long as it stands for the same
    QVERIFY(!table->cellAt(1000, 0));
    QVERIFY(!table->cellAt(0, shownColumns));
    // An event reads its words.
    QCOMPARE(table->cellAt(9, 0)->text(QAccessible::Name),
             QString(Theme::glyph(Event::Kind::PeerFinished) + QStringLiteral(" event 9 of the connection")));
    // Hidden columns are not there.
    view.header()->hideSection(M::TimeColumn);
    QCOMPARE(table->columnCount(), shownColumns - 1);
    QCOMPARE(table->columnDescription(1), QStringLiteral("Delta"));
  }

  void childrenAreWhatIsInSight() {
    FakeMessageModel model(100'000'000);
    HeardView view;
    show(view, model);
    QAccessibleInterface *tree = QAccessible::queryAccessibleInterface(&view);
    QVERIFY(tree->childCount() <= int(view.linesPerPage() + 2) * shownColumns);
    QCOMPARE(tree->child(0)->role(), QAccessible::ColumnHeader);
    for (int i = 0; i < tree->childCount(); ++i) {
      QAccessibleInterface *child = tree->child(i);
      QVERIFY(child && child->isValid());
      QVERIFY2(!child->text(QAccessible::Name).isEmpty(), "every cell of a message is named");
      QCOMPARE(tree->indexOfChild(child), i);
      QCOMPARE(child->parent(), tree);
    }
    QAccessibleInterface *last = tree->child(tree->childCount() - 1);
    QCOMPARE(last->tableCellInterface()->rowIndex(), 99'999'999);
    const QRect rect = last->rect();
    QVERIFY(!rect.isEmpty());
    QCOMPARE(tree->childAt(rect.center().x(), rect.center().y()), last);
    QVERIFY(tree->tableInterface()->cellAt(5, 0)->state().offscreen);
  }

  void openAndClosedAreStates() {
    FakeMessageModel model(10);
    HeardView view;
    show(view, model);
    QAccessibleTableInterface *table = QAccessible::queryAccessibleInterface(&view)->tableInterface();
    QAccessibleInterface *cell = table->cellAt(2, 0);
    QVERIFY(cell->state().expandable && cell->state().collapsed && !cell->state().expanded);
    view.told.clear();
    cell->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
    QVERIFY(view.isOpen(model.index(2, 0)));
    QVERIFY(cell->state().expanded && !cell->state().collapsed);
    QCOMPARE(table->rowCount(), 15);
    QVERIFY(!table->cellAt(3, 0)->state().expandable);
    QVERIFY(std::any_of(view.told.cbegin(), view.told.cend(), [](const Told &t) {
      return t.type == QAccessible::StateChanged && t.name == QStringLiteral("2") && t.isExpanded;
    }));
    // Cells stand for their rows, wherever these move to.
    QAccessibleInterface *below = table->cellAt(8, 0);
    QCOMPARE(below->text(QAccessible::Name), QStringLiteral("3"));
    view.setOpen(model.index(2, 0), false);
    QCOMPARE(below->tableCellInterface()->rowIndex(), 3);
  }

  void theCurrentRowIsRead() {
    FakeMessageModel model(10);
    SelectionHub hub;
    HeardView view;
    view.setSelectionHub(&hub);
    show(view, model);
    QTest::keyClick(&view, Qt::Key_Home);
    view.told.clear();
    QTest::keyClick(&view, Qt::Key_Down);
    const auto focus =
        std::find_if(view.told.cbegin(), view.told.cend(), [](const Told &t) { return t.type == QAccessible::Focus; });
    QVERIFY(focus != view.told.cend());
    QCOMPARE(focus->name, QStringLiteral("1"));
    QCOMPARE(focus->description,
             QStringLiteral("# 1, Time 0.001 s, Delta 0.001 s, Direction out, Offset 20, Size 20, Chunks 1, Status "
                            "complete, Summary seq 1 · kind 1 · \"Simple is better than complex.\""));
    QVERIFY(std::any_of(view.told.cbegin(), view.told.cend(),
                        [](const Told &t) { return t.type == QAccessible::Selection; }));

    QAccessibleInterface *tree = QAccessible::queryAccessibleInterface(&view);
    QVERIFY(tree->focusChild());
    QVERIFY(tree->focusChild()->state().focused);
    QCOMPARE(tree->focusChild()->text(QAccessible::Name), QStringLiteral("1"));
    QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
    QAccessibleTableInterface *table = tree->tableInterface();
    QCOMPARE(table->selectedRows(), (QList<int>{1, 2}));
    QCOMPARE(table->selectedCellCount(), 2 * shownColumns);
    QVERIFY(table->isRowSelected(2) && !table->isRowSelected(3));
    QVERIFY(table->cellAt(2, 4)->state().selected);
    // Chosen by the reader's user: everybody hears of it.
    QVERIFY(table->selectRow(7));
    QVERIFY(hub.current() && hub.current()->message == 7);
    QVERIFY(!table->selectRow(10));
  }

  void rowsSelectedApartAreRead() {
    FakeMessageModel model(10);
    HeardView view;
    show(view, model);
    QAccessibleTableInterface *table = QAccessible::queryAccessibleInterface(&view)->tableInterface();
    QTest::keyClick(&view, Qt::Key_Home);
    QTest::keyClick(&view, Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(&view, Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    view.told.clear();
    const auto heard = [&view](QAccessible::Event type) {
      return std::count_if(view.told.cbegin(), view.told.cend(),
                           [type](const Told &t) { return t.type == type && t.name == QStringLiteral("2"); });
    };
    QTest::keyClick(&view, Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(heard(QAccessible::SelectionAdd), 1);
    QCOMPARE(table->selectedRows(), (QList<int>{0, 2}));
    QCOMPARE(table->selectedRowCount(), 2);
    QCOMPARE(table->selectedCellCount(), 2 * shownColumns);
    QVERIFY(table->isRowSelected(2) && !table->isRowSelected(1) && table->isRowSelected(0));
    QVERIFY(table->cellAt(0, 4)->state().selected && !table->cellAt(1, 4)->state().selected);
    QTest::keyClick(&view, Qt::Key_Space, Qt::ControlModifier);
    QCOMPARE(heard(QAccessible::SelectionRemove), 1);
    // Where the keyboard went alone, nothing was selected.
    QTest::keyClick(&view, Qt::Key_Space, Qt::ControlModifier);
    view.told.clear();
    QTest::keyClick(&view, Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(view.told.size(), 1);
    QCOMPARE(view.told.first().type, QAccessible::Focus);
    QVERIFY(table->cellAt(3, 0)->state().focused && !table->cellAt(3, 0)->state().selected);
    QVERIFY(table->unselectRow(0));
    QCOMPARE(table->selectedRows(), QList<int>{2});
    QVERIFY2(!table->unselectRow(2), "something is selected");
    QVERIFY(!table->unselectRow(5));
  }

  void rowsComeAndGo() {
    FakeMessageModel model(0);
    HeardView view;
    show(view, model);
    QAccessibleInterface *tree = QAccessible::queryAccessibleInterface(&view);
    QVERIFY(tree->text(QAccessible::Description).startsWith(QStringLiteral("No messages yet.")));
    QCOMPARE(tree->childCount(), shownColumns);  // the headings
    QVERIFY(!tree->focusChild());
    model.append(5000);
    QCOMPARE(tree->tableInterface()->rowCount(), 5000);
    // Reading far more rows than are kept does not gather them.
    for (int row = 0; row < 5000; ++row) {
      QCOMPARE(tree->tableInterface()->cellAt(row, 0)->text(QAccessible::Name), QString::number(row));
    }
    QAccessibleInterface *cell = tree->tableInterface()->cellAt(4999, 0);
    QCOMPARE(cell->tableCellInterface()->rowIndex(), 4999);
    model.removeFirst(4000);
    QCOMPARE(cell->text(QAccessible::Name), QStringLiteral("4999"));
    QCOMPARE(cell->tableCellInterface()->rowIndex(), 999);
    QCOMPARE(tree->tableInterface()->cellAt(0, 0)->text(QAccessible::Name), QStringLiteral("4000"));
    model.begin(3);
    QCOMPARE(tree->tableInterface()->rowCount(), 3);
    QCOMPARE(tree->child(shownColumns)->text(QAccessible::Name), QStringLiteral("0"));
  }

 private:
  static void show(MessageTreeView &view, FakeMessageModel &model) {
    view.setModel(&model, [&model](const Selection &selection) { return model.locate(selection); });
    view.resize(1200, 400);
    view.show();
    view.activateWindow();
    view.setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&view));
  }
};

QTEST_MAIN(TestMessageTreeAccessible)
#include "tst_message_tree_accessible.moc"

// Marking by the ribbon's menu: what lies under the mouse, or what is selected where the menu's key opens it.
#include "tests/app/window/marking_hands.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QContextMenuEvent>
#include <QMenu>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestWindowRibbonMarks : public QObject, private MarkingHands {
  Q_OBJECT

  RibbonView *ribbon() const { return w_->view()->ribbon(); }
  /// The middle of the item of this kind over the byte `offset`.
  QPoint pointOn(RibbonLane::Kind kind, quint64 offset) const {
    const RibbonScene &scene = ribbon()->scene();
    for (std::size_t i = 0; i < scene.lanes.size(); ++i) {
      for (const RibbonItem &item : scene.lanes[i].items) {
        const bool isIt = scene.lanes[i].kind == kind && item.range.contains(offset);
        if (isIt) return ribbon()->rectOf(i, item).center().toPoint();
      }
    }
    return {};
  }
  /// Opens the menu, by the mouse at `at` or by its key, and clicks on `id`, in a submenu where it is in one.
  void choose(ActionId id, std::optional<QPoint> at) {
    bool wasChosen = false;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] {
      auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
      if (!menu) return;
      QAction *action = w_->action(id);
      for (QAction *one : menu->actions()) {
        if (one->menu() && one->menu()->actions().contains(action)) {
          QVERIFY(one->isEnabled());
          menu->setActiveAction(one);
          QTest::keyClick(menu, Qt::Key_Right);
          return;
        }
      }
      timer.stop();
      wasChosen = menu->actions().contains(action) && action->isEnabled();
      QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
      // Where it was not offered the menu must not stay.
      while (QWidget *popup = QApplication::activePopupWidget()) popup->close();
    });
    timer.start(1);
    QWidget *const viewport = ribbon()->viewport();
    if (at) {
      // As a press of the right button comes: with the keyboard.
      QTest::mouseClick(viewport, Qt::RightButton, {}, *at);
      ribbon()->setFocus(Qt::MouseFocusReason);
    }
    QContextMenuEvent event(at ? QContextMenuEvent::Mouse : QContextMenuEvent::Keyboard, at.value_or(QPoint()),
                            viewport->mapToGlobal(at.value_or(QPoint())));
    QApplication::sendEvent(at ? viewport : static_cast<QWidget *>(ribbon()), &event);
    QVERIFY(wasChosen);
  }

 private Q_SLOTS:
  void init() { open(); }
  void cleanup() { close(); }

  void theMenuMarksWhatLiesUnderTheMouse() {
    openLines();
    choose(ActionId::Mark, pointOn(RibbonLane::Kind::Messages, 9));
    QCOMPARE(marked(), QStringList{u"8–13 green"_s});
    QCOMPARE(selectedRange(), (ByteRange{8, 14}));
    // In another colour, though several rows are selected in the list.
    selectMessages(0, 2);
    choose(ActionId::MarkRed, pointOn(RibbonLane::Kind::Messages, 5));
    QCOMPARE(marked(), (QStringList{u"4–7 red"_s, u"8–13 green"_s}));
    choose(ActionId::MarkNote, pointOn(RibbonLane::Kind::Messages, 15));
    answerNote(u"the last"_s);
    QCOMPARE(marked().last(), u"14–18 red: the last"_s);
    choose(ActionId::Mark, pointOn(RibbonLane::Kind::Messages, 9));
    QCOMPARE(marked(), (QStringList{u"4–7 red"_s, u"14–18 red: the last"_s}));
    // A chunk is bytes, too; a part is what it is though its message is selected.
    choose(ActionId::Mark, pointOn(RibbonLane::Kind::Chunks, 9));
    QCOMPARE(marked().first(), u"0–18 red"_s);
    clickMessage(0);
    const QPoint delimiter = pointOn(RibbonLane::Kind::Fields, 3);
    QVERIFY(!delimiter.isNull());
    choose(ActionId::Mark, delimiter);
    QVERIFY2(marked().contains(u"3 red"_s), qPrintable(marked().join(u", "_s)));
  }

  void aFlagIsMeantByItself() {
    openLines();
    dragBytes(5, 9);
    w_->key(Qt::Key_M, Qt::ControlModifier);
    clickMessage(0);
    const QPoint flag(ribbon()->labelsWidth() + static_cast<int>(ribbon()->geometryOfBytes().xOf(5)) + 3, 4);
    choose(ActionId::Mark, flag);
    QCOMPARE(marked(), QStringList());
  }

  /// What was selected stays so where it is more than what lies there.
  void aLargerSelectionIsKept() {
    openLines();
    dragBytes(2, 11);
    choose(ActionId::Mark, pointOn(RibbonLane::Kind::Messages, 5));
    QCOMPARE(marked(), QStringList{u"2–11 green"_s});
    choose(ActionId::Mark, pointOn(RibbonLane::Kind::Messages, 15));
    QCOMPARE(marked(), (QStringList{u"2–11 green"_s, u"14–18 green"_s}));
  }

  void theMenuKeyMarksWhatIsSelected() {
    openLines();
    clickMessage(1);
    ribbon()->setFocus();
    QTest::keyClick(ribbon(), Qt::Key_Right);
    choose(ActionId::MarkBlue, std::nullopt);
    QCOMPARE(marked(), QStringList{u"8–13 blue"_s});
  }
};

QTEST_MAIN(TestWindowRibbonMarks)
#include "tst_window_ribbon_marks.moc"

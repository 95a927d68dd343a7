// Everything in the window without a mouse and without eyes: each control is named, each command has words, a place and
// a key of its own, Tab comes to every control, and no command is dead.
#include "tests/app/window/open_window.h"
#include "tests/support/python_peer.h"
#include "tests/widgets/named_controls.h"
#include "widgets/composer/text_page.h"
#include "widgets/hexview/payload_pane.h"
#include "widgets/marks/marks_pane.h"
#include "widgets/messages/message_header.h"
#include "widgets/ribbon/ribbon_pane.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QClipboard>
#include <QDialog>
#include <QDockWidget>
#include <QFile>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QSet>
#include <QStyleHints>
#include <QTabBar>
#include <QToolButton>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

QString plain(QString words) {
  return words.remove(QLatin1Char('&'));
}

/// Every action in the menus, sub-menus' own included, but for separators.
QList<QAction *> menuActions(const QList<QAction *> &actions) {
  QList<QAction *> all;
  for (QAction *action : actions) {
    if (action->isSeparator()) continue;
    all.append(action);
    if (action->menu()) all += menuActions(action->menu()->actions());
  }
  return all;
}

}  // namespace

class TestWindowAccessible : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;
  std::unique_ptr<PythonPeer> peer_;

  /// A connection that stands, with messages both ways, some text to send, and the last message selected.
  void prepare() {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    peer_ = std::make_unique<PythonPeer>(text("tcp_peer.py"),
                                         QStringList{text("connect"), QString::number(port), text("obey")});
    SOON_VERIFY(w_->window.shownLive() && w_->window.shownLive()->state() == LinkState::Open);
    w_->decode(text("fixed:2"), text("B:a B:b"));
    QCOMPARE(peer_->order("send 4142434445464748"), QByteArray("ok"));
    SOON_COMPARE(w_->messageRows().size(), 4);
    auto *editor = w_->window.composer()->findChild<TextPage *>()->editor();
    editor->setFocus();
    QTest::keyClicks(editor, text("hello"));
    w_->messages()->setFocus();
    QTest::keyClick(w_->messages(), Qt::Key_End);
    QTest::keyClick(w_->messages(), Qt::Key_Up);
  }
  void compareNamed(const QWidget *root, const char *where) {
    const QStringList unnamed = unnamedControls(const_cast<QWidget *>(root));
    QVERIFY2(unnamed.isEmpty(), qPrintable(text(where) + QLatin1String(":\n") + unnamed.join(QLatin1Char('\n'))));
  }

 private Q_SLOTS:
  void initTestCase() { QApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() {
    peer_.reset();
    w_.reset();
    QApplication::setPalette(Theme::palette(ThemeChoice::System));
  }

  void everyControlIsNamed() {
    QStringList names;
    const QStringList unnamed = unnamedControls(&w_->window, &names);
    QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(QLatin1Char('\n'))));
    for (const char *name : {"Messages", "Bytes", "Connections", "Framing as text (SPEC)", "What to send"}) {
      QVERIFY2(names.contains(text(name)) || named<QWidget>(&w_->window, text(name)), name);
    }
    prepare();
    compareNamed(&w_->window, "live");
    w_->action(ActionId::Find)->trigger();
    compareNamed(&w_->window, "find");
    w_->action(ActionId::GoTo)->trigger();
    compareNamed(&w_->window, "go to");
    QTest::mouseClick(named<QToolButton>(w_->window.decoderBar(), text("Options of the framing")), Qt::LeftButton);
    compareNamed(&w_->window, "options");
    for (int tab = 0; tab < 4; ++tab) {
      named<QTabBar>(w_->window.composer(), text("What to send"))->setCurrentIndex(tab);
      compareNamed(&w_->window, "send");
    }
    w_->window.showError({text("something is wrong"), text("mend it")});
    compareNamed(&w_->window, "error");
  }

  void everyDialogIsNamed_data() {
    QTest::addColumn<int>("id");
    QTest::newRow("listen") << static_cast<int>(ActionId::Listen);
    QTest::newRow("connect") << static_cast<int>(ActionId::Connect);
    QTest::newRow("keys") << static_cast<int>(ActionId::Keys);
    QTest::newRow("about") << static_cast<int>(ActionId::About);
  }
  void everyDialogIsNamed() {
    QFETCH(int, id);
    const Answer<QDialog> answer([this](QDialog *dialog) {
      compareNamed(dialog, "dialog");
      QVERIFY(!dialog->windowTitle().isEmpty());
      QTest::keyClick(dialog, Qt::Key_Escape);
    });
    w_->action(static_cast<ActionId>(id))->trigger();
    QVERIFY(answer.wasAsked());
  }

  void everyCommandHasWordsAndAKeyOfItsOwn() {
    QFile file(w_->dir.filePath(text("some.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    w_->window.commands()->openFile(file.fileName());  // so that there is a recent one
    QSet<QString> mnemonicsOfBar;
    for (const QAction *menu : w_->window.menuBar()->actions()) {
      const QString letter = QKeySequence::mnemonic(menu->text()).toString();
      QVERIFY2(!letter.isEmpty() && !mnemonicsOfBar.contains(letter), qPrintable(menu->text()));
      mnemonicsOfBar.insert(letter);
      for (const QAction *action : menuActions(menu->menu()->actions())) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY2(!action->statusTip().isEmpty(), qPrintable(action->text()));
        QVERIFY2(!action->toolTip().isEmpty(), qPrintable(action->text()));
      }
    }
    QHash<QKeySequence, QString> keys;
    for (const QAction *action : w_->window.findChildren<QAction *>()) {
      if (action->shortcutContext() == Qt::WidgetShortcut ||
          action->shortcutContext() == Qt::WidgetWithChildrenShortcut)
        continue;
      for (const QKeySequence &key : action->shortcuts()) {
        QVERIFY2(!keys.contains(key), qPrintable(action->text() + QLatin1String(" / ") + keys.value(key)));
        keys.insert(key, action->text());
      }
    }
    QVERIFY(keys.size() >= 20);
    // What the page of keys says is what they are.
    for (const QString &line : w_->window.actions().keyLines()) {
      const QKeySequence key(line.section(QLatin1Char('\t'), 0, 0), QKeySequence::NativeText);
      QVERIFY2(keys.contains(key), qPrintable(line));
    }
  }

  /// In every menu, those in menus included, and those of the right mouse button, as each is when it opens.
  void lettersInMenusAreUnique() {
    prepare();
    QStringList alike;
    const std::function<void(QMenu *)> check = [&](QMenu *menu) {
      Q_EMIT menu->aboutToShow();
      QHash<QString, QString> letters;
      for (QAction *action : menu->actions()) {
        const QString letter = QKeySequence::mnemonic(action->text()).toString();
        if (!letter.isEmpty() && letters.contains(letter))
          alike.append(action->text() + u" / " + letters.value(letter));
        letters.insert(letter, action->text());
        if (action->menu()) check(action->menu());
      }
    };
    for (const QAction *menu : w_->window.menuBar()->actions()) check(menu->menu());
    const std::unique_ptr<QMenu> ofRow(w_->messages()->createRowMenu(nullptr));
    check(ofRow.get());
    bool wasOpen = false;
    QTimer::singleShot(0, this, [&] {
      auto *ofBytes = qobject_cast<QMenu *>(QApplication::activePopupWidget());
      if (!ofBytes) return;
      wasOpen = true;
      check(ofBytes);
      ofBytes->close();
    });
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, w_->bytes()->mapToGlobal(QPoint(0, 0)));
    QApplication::sendEvent(w_->bytes()->viewport(), &event);
    QVERIFY(wasOpen);
    QVERIFY2(alike.isEmpty(), qPrintable(alike.join(QLatin1Char('\n'))));
  }

  void lettersInTheWindowAreUnique() {
    QHash<QString, QString> letters;
    const auto add = [&](const QString &words) {
      const QString letter = QKeySequence::mnemonic(words).toString();
      if (letter.isEmpty()) return QString();
      const QString other = letters.value(letter);
      letters.insert(letter, words);
      return other;
    };
    prepare();
    for (const QAction *menu : w_->window.menuBar()->actions()) QCOMPARE(add(menu->text()), QString());
    for (const QAbstractButton *one : w_->window.findChildren<QAbstractButton *>()) {
      const auto *tool = qobject_cast<const QToolButton *>(one);
      if (!one->isVisible() || (tool && tool->defaultAction())) continue;
      const QString other = add(one->text());
      QVERIFY2(other.isEmpty(), qPrintable(one->text() + QLatin1String(" / ") + other));
    }
    for (const QLabel *one : w_->window.findChildren<QLabel *>()) {
      if (!one->isVisible() || !one->buddy()) continue;
      const QString other = add(one->text());
      QVERIFY2(other.isEmpty(), qPrintable(one->text() + QLatin1String(" / ") + other));
    }
    for (const QTabBar *one : w_->window.findChildren<QTabBar *>()) {
      if (!one->isVisible()) continue;
      for (int i = 0; i < one->count(); ++i) {
        const QString other = add(one->tabText(i));
        QVERIFY2(other.isEmpty(), qPrintable(one->tabText(i) + QLatin1String(" / ") + other));
      }
    }
  }

  void tabComesToEveryControl() {
    prepare();
    w_->activate();
    w_->messages()->setFocus();
    QSet<QWidget *> reached;
    for (int i = 0; i < 300; ++i) {
      QWidget *at = QApplication::focusWidget();
      QVERIFY(at);
      reached.insert(at);
      QTest::keyClick(at, Qt::Key_Tab);
      // The bytes have two columns.
      if (QApplication::focusWidget() == at) QTest::keyClick(at, Qt::Key_Tab);
      if (QApplication::focusWidget() == at) {
        // What writes tabs is left by Ctrl+Tab.
        QTest::keyClick(at, Qt::Key_Tab, Qt::ControlModifier);
        QVERIFY2(QApplication::focusWidget() != at, at->metaObject()->className());
      }
      if (QApplication::focusWidget() == w_->messages()) break;
    }
    QStringList missed;
    for (QWidget *one : w_->window.findChildren<QWidget *>()) {
      if (!one->isVisible() || !one->isEnabled() || one->focusProxy() || !(one->focusPolicy() & Qt::TabFocus)) continue;
      if (one->visibleRegion().isEmpty() || reached.contains(one)) continue;
      // Parts of a control that has the focus for them.
      if (one->parentWidget() && one->parentWidget()->focusProxy() == one) continue;
      missed.append(
          QStringLiteral("%1 '%2'").arg(QLatin1String(one->metaObject()->className()), one->accessibleName()));
    }
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QLatin1Char('\n'))));
    QVERIFY(reached.contains(w_->bytes()));
    QVERIFY(reached.contains(w_->window.connections()));
    QVERIFY(reached.contains(w_->spec()));
  }

  void noCommandIsDead() {
    const qsizetype count = menuActions(w_->window.menuBar()->actions()).size();
    QStringList dead;
    QStringList tried;
    for (qsizetype i = 0; i < count; ++i) {
      w_ = nullptr;
      peer_ = nullptr;
      w_ = std::make_unique<OpenWindow>();
      QApplication::clipboard()->clear();
      prepare();
      if (QTest::currentTestFailed()) return;
      // So that everything has something to change.
      w_->action(ActionId::ZoomIn)->trigger();
      w_->action(ActionId::ThemeDark)->trigger();
      QTRY_VERIFY(w_->window.palette().color(QPalette::Window).lightness() < 100);
      w_->window.findChild<QDockWidget *>(text("inspector"))->hide();
      w_->view()->ribbonPane()->setLanes(false);
      w_->messages()->header()->resizeSection(MessageTreeModel::TimeColumn, 200);
      w_->activate();
      QAction *action = menuActions(w_->window.menuBar()->actions()).at(i);
      if (action->menu() || !action->isEnabled() ||
          (action->isCheckable() && action->actionGroup() && action->isChecked()))
        continue;
      tried.append(plain(action->text()));
      bool asked = false;
      const Answer<QDialog> answer([&asked](QDialog *dialog) {
        asked = true;
        dialog->reject();
      });
      const auto state = [this] {
        QStringList words = {w_->state(), w_->counts(), w_->window.windowTitle()};
        words += w_->messageRows();
        words.append(QString::number(w_->bytes()->zoom()));
        words.append(QString::number(w_->messages()->header()->sortIndicatorSection()));
        words.append(QString::fromLatin1(w_->messages()->saveState().toHex()));
        words.append(QApplication::clipboard()->text());
        words.append(QStringLiteral("%1 %2 %3 %4")
                         .arg(w_->bytes()->bytesARow())
                         .arg(w_->bytes()->group())
                         .arg(static_cast<int>(w_->bytes()->textCode()))
                         .arg(w_->bytes()->isByMessage()));
        words.append(QString::number(w_->view()->ribbonPane()->hasLanes()));
        words.append(QString::number(w_->view()->payloadPane()->isVisible()));
        words.append(QString::number(w_->view()->ribbon()->geometryOfBytes().scale()));
        words.append(QString::number(w_->bytes()->selection().begin));
        const MarkListModel *marks = w_->window.marks()->model();
        for (int row = 0; row < marks->rowCount(); ++row) words.append(marks->index(row, 0).data().toString());
        words.append(w_->action(ActionId::CompareMessages)->text());
        words.append(w_->window.palette().color(QPalette::Window).name());
        words.append(QString::number(w_->connection() ? w_->connection()->stream(Direction::Out).size() : 0));
        words.append(QString::number(w_->connection() ? w_->connection()->eventCount() : 0));
        words.append(QString::number(w_->view()->isFollowing()) + QString::number(w_->view()->isPaused()));
        words.append(QString::number(reinterpret_cast<quintptr>(QApplication::focusWidget())));
        for (const QDockWidget *pane : w_->window.findChildren<QDockWidget *>()) {
          words.append(QString::number(pane->isVisible()));
        }
        words.append(QString::number(w_->workspace.captures()->count()) + QString::number(w_->window.isVisible()));
        return words;
      };
      const QStringList before = state();
      action->trigger();
      if (!QTest::qWaitFor([&] { return asked || state() != before; }, 10'000)) dead.append(plain(action->text()));
    }
    QVERIFY2(dead.isEmpty(), qPrintable(dead.join(QLatin1Char('\n'))));
    for (const char *one : {"Open…", "Send", "Reset (RST)", "Find…", "Light", "Keys", "Clear"}) {
      QVERIFY2(tried.contains(text(one)), qPrintable(tried.join(QLatin1Char('\n'))));
    }
  }
};

QTEST_MAIN(TestWindowAccessible)
#include "tst_window_accessible.moc"

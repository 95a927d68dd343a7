// The window at every size from 640×480 up, with and without an error in sight: all controls are there, whole, from the
// moment it is shown.
#include "tests/app/window/open_window.h"
#include "widgets/hexview/find_bar.h"
#include "widgets/messages/filter_bar.h"
#include "widgets/ribbon/ribbon_pane.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QComboBox>
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QScrollArea>
#include <QTabBar>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

/// Widgets that stick out of their parents. What scrolls, and what a tab bar scrolls with, may.
QStringList sticksOut(const QWidget *root) {
  QStringList out;
  for (const QWidget *one : root->findChildren<QWidget *>()) {
    const QWidget *parent = one->parentWidget();
    if (!parent || one->isWindow() || !one->isVisible() || one->visibleRegion().isEmpty()) continue;
    if (qobject_cast<const QTabBar *>(parent) || one->inherits("QRubberBand")) continue;
    if (parent->parentWidget() && qobject_cast<const QAbstractScrollArea *>(parent->parentWidget())) continue;
    if (parent->rect().contains(one->geometry())) continue;
    const QRect at = one->geometry();
    out.append(QStringLiteral("%1 '%2' %3,%4 %5x%6 in %7 %8x%9")
                   .arg(QLatin1String(one->metaObject()->className()), one->accessibleName())
                   .arg(at.x())
                   .arg(at.y())
                   .arg(at.width())
                   .arg(at.height())
                   .arg(QLatin1String(parent->metaObject()->className()))
                   .arg(parent->width())
                   .arg(parent->height()));
  }
  return out;
}

}  // namespace

class TestWindowSizes : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everySizeShowsWholeControls_data() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("withError");
    for (const QSize size : {QSize(640, 480), QSize(700, 520), QSize(1024, 768), QSize(1400, 900), QSize(2500, 1400)}) {
      const QByteArray name = QByteArray::number(size.width()) + 'x' + QByteArray::number(size.height());
      QTest::newRow(name.constData()) << size << false;
      QTest::newRow(QByteArray(name + ", with an error").constData()) << size << true;
    }
  }
  void everySizeShowsWholeControls() {
    QFETCH(const QSize, size);
    QFETCH(const bool, withError);
    OpenWindow w;
    QFile file(w.dir.filePath(text("some.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(100'000, 'x')) == 100'000);
    file.close();
    w.window.commands()->openFile(file.fileName());
    w.decode(text("length:u32be"), text("!H:a B:b *s:text"));
    // As on a first start with that size: it is not dragged there.
    w.window.hide();
    w.window.resize(size);
    w.window.show();
    QTRY_VERIFY(w.window.isVisible());
    if (withError) {
      w.window.showError({text("cannot connect to a.host.with.a.long.name.example:65535: refused"),
                          text("start the server, or check host and port, and try again")});
    }
    const auto seesRows = [&w] {
      return w.messages()->linesPerPage() >= 1 && w.bytes()->visibleRows() >= 1 &&
             w.messages()->viewport()->height() >= w.messages()->rowHeight();
    };
    QTRY_VERIFY(seesRows());
    if (withError) {  // all of it, the way out included
      const QList<QLabel *> labels =
          w.window.findChild<QWidget *>(QStringLiteral("errorBar"))->findChildren<QLabel *>();
      QVERIFY(!labels.isEmpty());
      for (const QLabel *label : labels) {
        QTRY_VERIFY(label->height() >= label->heightForWidth(label->width()));
        QVERIFY(label->wordWrap() || label->width() >= label->sizeHint().width());
      }
    }
    named<QComboBox>(w.window.composer(), text("Deliver"))->setCurrentIndex(2);  // the widest
    for (int tab = 0; tab < 4; ++tab) {
      named<QTabBar>(w.window.composer(), text("What to send"))->setCurrentIndex(tab);
      QVERIFY(!w.window.grab().isNull());  // paints everything
      QCOMPARE(w.window.size(), size);
      // Once the layouts have settled.
      QTRY_VERIFY2(sticksOut(&w.window).isEmpty(), qPrintable(sticksOut(&w.window).join(QLatin1Char('\n'))));
    }
  }

  /// With every bar and panel open there is room for messages and bytes, and for what has the keyboard.
  void everyBarOpenLeavesRoomForBytes_data() {
    QTest::addColumn<QSize>("size");
    for (const QSize size : {QSize(640, 480), QSize(800, 600), QSize(1024, 768)}) {
      QTest::newRow(QByteArray::number(size.width()).constData()) << size;
    }
  }
  void everyBarOpenLeavesRoomForBytes() {
    QFETCH(const QSize, size);
    OpenWindow w;
    w.openBytes(QByteArray(100'000, 'x'));
    w.decode(text("length:u32be"), text("!H:a B:b *s:text"));
    w.window.resize(size);
    w.key(Qt::Key_Slash, Qt::ControlModifier);
    w.key(Qt::Key_F, Qt::ControlModifier);
    QVERIFY(w.view()->findBar()->isVisible() && w.window.findChild<FilterBar *>()->isVisible() &&
            w.window.composer()->isVisible());
    const auto isRoom = [&w] {
      return w.bytes()->visibleRows() >= 3 && w.messages()->linesPerPage() >= 1 &&
             w.messages()->viewport()->height() >= w.messages()->rowHeight();
    };
    QTRY_VERIFY2(isRoom(), qPrintable(QString::number(w.bytes()->visibleRows())));
    QCOMPARE(w.window.size(), size);
    QTRY_VERIFY2(sticksOut(&w.window).isEmpty(), qPrintable(sticksOut(&w.window).join(QLatin1Char('\n'))));
    // What does not fit is scrolled to by the keyboard.
    named<QComboBox>(w.window.composer(), text("Deliver"))->setFocus(Qt::TabFocusReason);
    int passed = 0;
    for (const QWidget *now = QApplication::focusWidget(); w.window.composer()->isAncestorOf(now); ++passed) {
      QVERIFY2(!now->visibleRegion().isEmpty(), qPrintable(now->accessibleName()));
      QVERIFY(passed < 40);
      QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
      now = QApplication::focusWidget();
    }
    QVERIFY(passed > 1);
    // Once they are closed the panel has its room again.
    w.view()->findBar()->hide();
    w.window.findChild<FilterBar *>()->hide();
    const QWidget *panel = w.window.composer();
    QTRY_COMPARE(panel->visibleRegion().boundingRect().height(), panel->height());
  }

  /// The ribbon gives way to the list that is filtered where there is no room for both.
  void aFilterLeavesRoomForItsList() {
    OpenWindow w;
    w.openBytes(QByteArray(100'000, 'x'));
    w.decode(text("fixed:100"), text("!H:a B:b *s:text"));
    w.window.resize(1000, 700);
    const auto *ribbon = w.window.findChild<RibbonView *>();
    QTRY_VERIFY(ribbon->isVisible());
    w.key(Qt::Key_Slash, Qt::ControlModifier);
    QTRY_VERIFY(!ribbon->isVisible());
    QTRY_VERIFY(w.messages()->linesPerPage() >= 4 && w.bytes()->visibleRows() >= 4);
    w.window.findChild<FilterBar *>()->hide();
    QTRY_VERIFY(ribbon->isVisible());
    w.window.resize(1360, 900);
    w.key(Qt::Key_Slash, Qt::ControlModifier);
    QTRY_VERIFY(w.messages()->linesPerPage() >= 4);
    QVERIFY(ribbon->isVisible());
  }

  void itIsNoSmallerThanItsParts() {
    OpenWindow w;
    w.window.resize(200, 100);
    QCOMPARE(w.window.size(), QSize(640, 480));
  }

  void whatIsMadeSmallLeavesNoRoomEmpty() {
    OpenWindow w;
    w.decode(text("length:u32be"), text("!H:a B:b *s:text"));
    w.window.resize(1360, 900);
    const auto *pane = w.window.findChild<RibbonPane *>();
    const auto *ribbon = w.window.findChild<RibbonView *>();
    QTRY_VERIFY(ribbon->isVisible() && ribbon->height() > 40);
    const int roomy = pane->height();
    w.window.resize(800, 600);
    QTRY_VERIFY(!ribbon->isVisible());
    // What the ribbon had is the list's and the bytes', down to the line of words.
    const auto *list = w.messages();
    const auto below = [&] { return list->mapTo(&w.window, QPoint()).y() - pane->mapTo(&w.window, QPoint()).y(); };
    QTRY_VERIFY2(below() <= pane->sizeHint().height() + 12, qPrintable(QString::number(below())));
    w.window.resize(1360, 900);
    QTRY_VERIFY(ribbon->isVisible());
    QTRY_VERIFY2(std::abs(pane->height() - roomy) <= 4, qPrintable(QString::number(pane->height())));
  }

  /// In the smallest window what is looked for leaves the panes beside it as they are.
  void findingLeavesThePanesTheirRoom() {
    OpenWindow w;
    w.openBytes("some text\nand more text\n");
    w.window.resize(640, 480);
    const auto *inspector = w.window.findChild<QDockWidget *>(text("inspector"));
    QVERIFY(inspector);
    QTRY_VERIFY(inspector->width() > 150);
    const int before = inspector->width();
    w.key(Qt::Key_F, Qt::ControlModifier);
    FindBar *bar = w.view()->findBar();
    type(named<QLineEdit>(bar, text("Find")), text("text"));
    QTRY_COMPARE(named<QLabel>(bar, text("How many were found"))->text(), text("2 places"));
    QCOMPARE(inspector->width(), before);
  }

  void opensSmallerThanItWasLeft() {
    const QTemporaryDir dir;
    const QString path = dir.filePath(text("settings.ini"));
    {
      OpenWindow w(path);
      w.openBytes(QByteArray(1000, 'x'));
      w.window.resize(1500, 950);
      w.key(Qt::Key_Slash, Qt::ControlModifier);
      QTRY_VERIFY(w.window.findChild<RibbonView *>()->height() > 40);
      w.window.close();
    }
    QSettings settings(path, QSettings::IniFormat);
    Workspace workspace;
    MainWindow window(&workspace, &settings);
    window.resize(1000, 700);
    window.show();
    const auto *pane = window.findChild<RibbonPane *>();
    QTRY_VERIFY(window.findChild<FilterBar *>()->isVisible() && !window.findChild<RibbonView *>()->isVisible());
    QTRY_VERIFY2(pane->height() <= pane->sizeHint().height() + 4, qPrintable(QString::number(pane->height())));
  }

  void anErrorMakesRoomAndGivesItBack() {
    OpenWindow w;
    w.decode(text("length:u32be"), text("!H:a B:b *s:text"));
    w.window.resize(1000, 660);
    const auto sentence = [&] {
      for (const QLabel *label : w.window.decoderBar()->findChildren<QLabel *>()) {
        if (label->text().contains(text("network order"))) return label->isVisible();
      }
      return false;
    };
    QTRY_VERIFY(sentence());
    w.window.showError({text("something"), text("mend it")});
    QVERIFY(!sentence());
    auto *dismiss = w.window.findChild<QWidget *>(QStringLiteral("errorBar"))->findChild<QAbstractButton *>();
    QTest::mouseClick(dismiss, Qt::LeftButton);
    QVERIFY(sentence());
  }
};

QTEST_MAIN(TestWindowSizes)
#include "tst_window_sizes.moc"

// The window in all sizes, with an error in sight, too: all controls are there, whole.
#include "tests/app/window/open_window.h"

#include <QFile>
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

  std::unique_ptr<OpenWindow> w_;

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void everySizeShowsWholeControls_data() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("withError");
    QTest::newRow("small") << QSize(640, 480) << false;
    QTest::newRow("middle") << QSize(1024, 768) << false;
    QTest::newRow("lower, with an error") << QSize(640, 560) << true;
    QTest::newRow("large") << QSize(2560, 1440) << false;
  }
  void everySizeShowsWholeControls() {
    QFETCH(QSize, size);
    QFETCH(bool, withError);
    QFile file(w_->dir.filePath(text("some.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(pattern(100'000)) == 100'000);
    file.close();
    w_->window.commands()->openFile(file.fileName());
    w_->decode(text("length:u32be"), text("!H:a B:b *s:text"));
    if (withError) {
      w_->window.showError({text("cannot connect to a.host.with.a.long.name.example:65535: refused"),
                            text("start the server, or check host and port, and try again")});
    }
    // As one who drags: what gets smaller on the way makes room for less.
    QTRY_VERIFY((w_->window.resize(size), w_->window.size() == size));
    for (int tab = 0; tab < 4; ++tab) {
      named<QTabBar>(w_->window.composer(), text("What to send"))->setCurrentIndex(tab);
      QVERIFY(!w_->window.grab().isNull());  // paints everything
      const QStringList out = sticksOut(&w_->window);
      QVERIFY2(out.isEmpty(), qPrintable(out.join(QLatin1Char('\n'))));
    }
    QVERIFY(w_->messages()->linesPerPage() >= 1);
    QVERIFY(w_->bytes()->visibleRows() >= 1);
  }
};

QTEST_MAIN(TestWindowSizes)
#include "tst_window_sizes.moc"

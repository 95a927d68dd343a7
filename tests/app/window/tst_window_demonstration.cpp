// The demonstration in the window: it runs through, and it is stopped.
#include "tests/app/window/open_window.h"

#include <QLabel>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

}  // namespace

class TestWindowDemonstration : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void theDemonstrationRunsThroughInTheWindow() {
    auto *caption = named<QLabel>(&w_->window, text("Demonstration"));
    QStringList captions;
    bool shown = false;
    connect(&w_->workspace, &Workspace::demonstrationChanged, this, [&](bool running, const QString &words) {
      if (!running) return;
      captions.append(words);
      shown = shown || (caption->isVisible() && caption->text() == words);
    });
    Capture *capture = w_->workspace.startDemonstration(1);
    w_->window.showConnection(capture, -1);
    QVERIFY(w_->window.isBusy());
    SOON_VERIFY(!w_->workspace.isDemonstrationRunning());
    QVERIFY(captions.size() >= 8);
    QVERIFY(shown);
    QVERIFY(!caption->isVisible());
    // The second connection came into view when the first was over; it was reset in the middle of a message.
    QCOMPARE(capture->connectionCount(), 2);
    QCOMPARE(w_->view()->number(), 1);
    SOON_COMPARE(w_->eventRows(Event::Kind::PeerReset), 1);
    QVERIFY(w_->messageRows().last().endsWith(text("Incomplete")));
    w_->window.connections()->setFocus();
    QTest::keyClick(w_->window.connections(), Qt::Key_Up);
    QCOMPARE(w_->view()->number(), 0);
    SOON_COMPARE(w_->eventRows(Event::Kind::PeerFinished), 1);
    SOON_COMPARE(w_->eventRows(Event::Kind::WeFinished), 1);
    for (const QString &row : w_->messageRows()) QVERIFY2(row.endsWith(text("Complete")), qPrintable(row));
    QCOMPARE(w_->error(), QString());
    QVERIFY(w_->window.close());  // its bytes can be had again: no question
  }

  void theDemonstrationIsStoppedByItsAction() {
    QAction *action = w_->action(ActionId::Demonstration);
    action->trigger();
    QVERIFY(w_->workspace.isDemonstrationRunning() && action->isChecked());
    SOON_VERIFY(!w_->messageRows().isEmpty());
    action->trigger();
    QVERIFY(!w_->workspace.isDemonstrationRunning() && !action->isChecked());
  }
};

QTEST_MAIN(TestWindowDemonstration)
#include "tst_window_demonstration.moc"

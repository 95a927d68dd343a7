// Framings that join payloads, in the window: the joined payloads are shown, the stream when asked for, and the way
// back goes from bytes to what carried them.
#include "tests/app/window/open_window.h"

#include <QFile>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

const QByteArray records("\4ab\nc\3d\nX\2Y\n", 12);

}  // namespace

class TestWindowLayers : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

 private Q_SLOTS:
  void init() {
    w_ = std::make_unique<OpenWindow>();
    QFile file(w_->dir.filePath(text("records.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(records) == records.size());
    file.close();
    w_->window.commands()->openFile(file.fileName());
    type(w_->spec(), text("length:u8 |+ lines"));
  }
  void cleanup() { w_.reset(); }

  void joinedPayloadsAreShownAndTheWayBackGoesToTheStream() {
    const QStringList joined = {text("in 0+3 Complete"), text("in 3+3 Complete"), text("in 6+3 Complete")};
    const QStringList stream = {text("in 0+5 Complete"), text("in 5+4 Complete"), text("in 9+3 Complete")};
    QTRY_COMPARE_WITH_TIMEOUT(w_->messageRows(), joined, 5000);
    QAction *const show = w_->window.actions()[ActionId::ShowJoined];
    QVERIFY(show->isEnabled() && show->isChecked());
    QVERIFY(!w_->window.actions()[ActionId::StartAgainHere]->isEnabled());

    // "c", the end of the first payload, begins the second line.
    w_->clickByte(3);
    w_->window.actions()[ActionId::ShowOrigin]->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(w_->messageRows(), stream, 5000);
    QVERIFY(!show->isChecked());
    const auto selected = w_->view()->hub()->current();
    QVERIFY(selected);
    QCOMPARE(selected->range, (ByteRange{4, 5}));

    show->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(w_->messageRows(), joined, 5000);
    w_->window.actions()[ActionId::Undo]->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(w_->messageRows(), stream, 5000);
    w_->window.actions()[ActionId::Undo]->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(w_->messageRows(), joined, 5000);
  }

  void otherFramingsHaveNothingToShowJoined() {
    type(w_->spec(), text("length:u8 | lines"));
    SOON_COMPARE(w_->messageRows().size(), 3);
    QVERIFY(!w_->window.actions()[ActionId::ShowJoined]->isEnabled());
    QVERIFY(!w_->window.actions()[ActionId::ShowOrigin]->isEnabled());
  }
};

QTEST_MAIN(TestWindowLayers)
#include "tst_window_layers.moc"

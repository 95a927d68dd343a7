// Suggest a framing: what fits is listed with its evidence, previewed in the ribbon, taken with a key, and undone.
#include "app/suggesting.h"
#include "tests/app/window/open_window.h"
#include "widgets/decoder/suggest_dialog.h"

#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

#include <random>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

/// Messages of many sizes, each behind its length and a number.
QByteArray manyMessages() {
  static const QByteArray words = "Beautiful is better than ugly. Explicit is better than implicit. Simple is better.";
  QByteArray bytes;
  for (int i = 0; i < 60; ++i) {
    const QByteArray payload = QByteArray(1, static_cast<char>(i)) + words.left(5 + i * 37 % 70);
    bytes += QByteArray("\0", 1) + static_cast<char>(payload.size()) + payload;
  }
  return bytes;
}

QByteArray noise() {
  std::minstd_rand random(1);
  QByteArray bytes;
  for (int i = 0; i < 2000; ++i) bytes += static_cast<char>(random() >> 8);
  return bytes;
}

}  // namespace

class TestWindowSuggest : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  void open(const QByteArray &bytes) {
    w_->openBytes(bytes);
    QTRY_VERIFY(w_->window.actions()[ActionId::Suggest]->isEnabled());
  }
  SuggestDialog *ask() {
    w_->key(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    return w_->window.commands()->suggesting()->dialog();
  }
  QString framing() { return w_->window.shownCapture()->decodeSettings().of(Direction::In).framing; }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void whatFitsIsListedPreviewedTakenAndUndone() {
    open(manyMessages());
    const QString before = framing();
    SuggestDialog *dialog = ask();
    QVERIFY(dialog && dialog->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(!dialog->suggestions().isEmpty(), 30'000);
    QCOMPARE(dialog->suggestions()[0].spec, text("length:u16be"));
    QVERIFY(!dialog->suggestions()[0].why.isEmpty());
    QCOMPARE(dialog->list()->topLevelItemCount(), static_cast<int>(dialog->suggestions().size()));
    // The first is chosen, and so previewed; nothing is changed by that.
    ConnectionDecoder *preview = w_->window.commands()->suggesting()->preview();
    QVERIFY(preview);
    QTRY_COMPARE(preview->messageCount(Direction::In), 60U);
    QCOMPARE(framing(), before);
    QTest::keyClick(dialog->list(), Qt::Key_Return);
    QVERIFY(!dialog->isVisible());
    QCOMPARE(framing(), text("length:u16be"));
    QVERIFY(!w_->window.commands()->suggesting()->preview());
    SOON_COMPARE(w_->messageRows().size(), 60);
    w_->window.actions()[ActionId::Undo]->trigger();
    QCOMPARE(framing(), before);
  }

  void thatNothingFitsIsSaid() {
    open(noise());
    SuggestDialog *dialog = ask();
    const auto *why = dialog->findChild<QLabel *>();
    QVERIFY(why);
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::any_of(dialog->findChildren<QLabel *>(),
                                                 [](const QLabel *label) {
                                                   return label->text().startsWith(text("No framing that is known"));
                                                 }),
                             30'000);
    QVERIFY(dialog->suggestions().isEmpty());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(!dialog->isVisible());
  }

  void closingEndsTheSearch() {
    open(manyMessages().repeated(2000));
    SuggestDialog *dialog = ask();
    const QString before = framing();
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(!dialog->isVisible());
    QVERIFY(!w_->window.commands()->suggesting()->preview());
    QCOMPARE(framing(), before);
  }
};

QTEST_MAIN(TestWindowSuggest)
#include "tst_window_suggest.moc"

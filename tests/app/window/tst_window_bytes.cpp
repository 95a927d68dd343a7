// View ▸ Bytes, in the window: rows, groups, text and rows that begin at messages; by menu; remembered; what the status
// line says of what is selected.
#include "tests/app/window/open_window.h"

#include "widgets/hexview/payload_pane.h"

#include <QContextMenuEvent>
#include <QInputDialog>
#include <QMenu>
#include <QSpinBox>
#include <QToolTip>

using namespace octetscope;
using namespace octetscope::test;

namespace {

QString text(const char *words) {
  return QString::fromUtf8(words);
}

}  // namespace

class TestWindowBytes : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  void open(const QByteArray &bytes, const char *framing, const char *layout = "") {
    w_->openBytes(bytes);
    w_->decode(text(framing), text(layout));
    SOON_VERIFY(!w_->view()->decoder()->isBusy() && !w_->messageRows().isEmpty());
  }
  int perRow() const { return w_->bytes()->geometryOfBytes().bytesPerRow(); }
  QString selectedWords() const { return named<QLabel>(&w_->window, text("How much is selected"))->text(); }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  /// Of a file nothing more comes; of rows of the list as of bytes, text is copied as it is read.
  void saysWhatNeverCame() {
    open(QByteArray::fromHex("c8854089"), "fixed:2");
    w_->action(ActionId::TextEbcdic)->trigger();
    w_->messages()->setFocus();
    w_->messages()->goTo(w_->messages()->model()->index(1, 0));
    w_->action(ActionId::CopyText)->trigger();
    SOON_COMPARE(QGuiApplication::clipboard()->text(), text(" i"));
    w_->view()->setShownDirection(Direction::Out);
    QCOMPARE(w_->bytes()->emptyWords(), text("No bytes: nothing went this way."));
  }

  void rowsGroupsAndText() {
    open("ABCDEFGH", "fixed:2");
    QCOMPARE(perRow(), 16);
    QVERIFY(w_->action(ActionId::Rows16)->isChecked() && w_->action(ActionId::Group8)->isChecked() &&
            w_->action(ActionId::TextAscii)->isChecked() && !w_->action(ActionId::RowsByMessage)->isChecked());
    const std::pair<ActionId, int> rows[] = {
        {ActionId::Rows8, 8}, {ActionId::Rows24, 24}, {ActionId::Rows32, 32}, {ActionId::Rows16, 16}};
    for (const auto &[id, count] : rows) {
      w_->action(id)->trigger();
      QCOMPARE(perRow(), count);
      QVERIFY(w_->action(id)->isChecked());
    }
    QVERIFY(!w_->action(ActionId::Rows8)->isChecked());
    w_->action(ActionId::RowsFit)->trigger();
    QVERIFY(w_->bytes()->geometryOfBytes().width() <= w_->bytes()->viewport()->width());
    QVERIFY(w_->action(ActionId::Group8)->isChecked());  // each group for itself
    const std::pair<ActionId, int> groups[] = {
        {ActionId::Group1, 1}, {ActionId::Group2, 2}, {ActionId::Group4, 4}, {ActionId::Group8, 8}};
    for (const auto &[id, count] : groups) {
      w_->action(id)->trigger();
      QCOMPARE(w_->bytes()->geometryOfBytes().look().group, count);
      QCOMPARE(w_->view()->payloadPane()->bytes()->group(), count);
    }
    const std::pair<ActionId, TextCode> codes[] = {{ActionId::TextLatin1, TextCode::Latin1},
                                                   {ActionId::TextUtf8, TextCode::Utf8},
                                                   {ActionId::TextEbcdic, TextCode::Ebcdic},
                                                   {ActionId::TextAscii, TextCode::Ascii}};
    for (const auto &[id, code] : codes) {
      w_->action(id)->trigger();
      QCOMPARE(w_->bytes()->textCode(), code);
    }
  }

  void rowsThatBeginAtMessages() {
    open(QByteArray("\2Hi\x13") + QByteArray(19, 'x') + "\1y", "length:u8");
    w_->action(ActionId::RowsByMessage)->trigger();
    const HexGeometry &geometry = w_->bytes()->geometryOfBytes();
    QCOMPARE(geometry.rowCount(), 4ULL);
    QCOMPARE(geometry.rangeOfRows(0, 1), (ByteRange{0, 3}));
    QCOMPARE(geometry.rangeOfRows(1, 1), (ByteRange{3, 19}));
    QCOMPARE(geometry.rangeOfRows(2, 1), (ByteRange{19, 23}));
    QCOMPARE(geometry.rangeOfRows(3, 1), (ByteRange{23, 25}));
    QCOMPARE(geometry.rows().messageAt(3), std::optional<quint64>(2));
    QVERIFY(geometry.look().numberDigits > 0);
    // Clicks and keys find the bytes in rows that are shorter.
    w_->clickByte(20);
    QCOMPARE(w_->bytes()->caret(), std::optional<quint64>(20));
    QTest::keyClick(w_->bytes(), Qt::Key_Down);
    QCOMPARE(w_->bytes()->caret(), std::optional<quint64>(24));
    QTest::keyClick(w_->bytes(), Qt::Key_Up);
    QCOMPARE(w_->bytes()->caret(), std::optional<quint64>(20));
    QTest::keyClick(w_->bytes(), Qt::Key_Up);
    QTest::keyClick(w_->bytes(), Qt::Key_End);
    QCOMPARE(w_->bytes()->caret(), std::optional<quint64>(18));
    QTest::keyClick(w_->bytes(), Qt::Key_Up);
    QCOMPARE(w_->bytes()->caret(), std::optional<quint64>(2));
    QTest::keyClick(w_->bytes(), Qt::Key_Home);
    QCOMPARE(w_->bytes()->caret(), std::optional<quint64>(0));
    QTest::keyClick(w_->bytes(), Qt::Key_PageDown);
    QCOMPARE(w_->bytes()->caret(), std::optional<quint64>(24));
    // Behind the end of a short row is no byte; the nearest is its last.
    const QPoint behind = w_->bytes()->cellRect(HexColumn::Hex, 2).center().toPoint() + QPoint(120, 0);
    QCOMPARE(w_->bytes()->offsetAt(behind), std::nullopt);
    QTest::mouseClick(w_->bytes()->viewport(), Qt::LeftButton, {}, behind);
    QCOMPARE(w_->bytes()->caret(), std::optional<quint64>(2));
    // Another framing has other rows; off again, rows are equal.
    w_->decode(text("fixed:5"));
    SOON_COMPARE(w_->bytes()->geometryOfBytes().rowCount(), 5ULL);
    w_->action(ActionId::RowsByMessage)->trigger();
    QCOMPARE(geometry.rowCount(), 2ULL);
    QCOMPARE(geometry.look().numberDigits, 0);
  }

  void whatIsSelectedStaysInSightWhereRowsChange() {
    open(QByteArray(60'000, 'x'), "fixed:3");
    w_->bytes()->select({45'000, 45'003});
    for (int i = 0; i < 3; ++i) {
      w_->action(ActionId::RowsByMessage)->trigger();
      SOON_VERIFY(w_->bytes()->visibleRange().contains(45'000));
      QCOMPARE(w_->bytes()->selection(), (ByteRange{45'000, 45'003}));
    }
    SOON_COMPARE(w_->bytes()->geometryOfBytes().rowCount(), 20'000ULL);
  }

  void theStatusLineCountsExactly() {
    open(QByteArray(5000, 'x'), "fixed:1234");
    QCOMPARE(selectedWords(), QString());
    w_->bytes()->select({3, 4});
    QCOMPARE(selectedWords(), text("1 byte selected"));
    w_->bytes()->select({3, 2003});
    QCOMPARE(selectedWords(), text("2,000 bytes selected"));
    w_->messages()->setFocus();
    QTest::keyClick(w_->messages(), Qt::Key_Home);
    QTest::keyClick(w_->messages(), Qt::Key_Down);
    QCOMPARE(selectedWords(), text("1,234 bytes selected"));
    w_->bytes()->select({7, 7});
    QCOMPARE(selectedWords(), QString());
  }

  void aToolTipNamesTheWayToAField() {
    open(R"({"a":{"b":[10,20]}})", "json");
    const QPoint at = w_->bytes()->cellRect(HexColumn::Hex, 14).center().toPoint();
    QHelpEvent event(QEvent::ToolTip, at, w_->bytes()->viewport()->mapToGlobal(at));
    QApplication::sendEvent(w_->bytes()->viewport(), &event);
    QVERIFY2(QToolTip::text().contains(text("field a.b[1] = 20")), qPrintable(QToolTip::text()));
    QToolTip::hideText();
  }

  void theMenusOfferIt() {
    open("ABCD", "fixed:2");
    const QMenu *menu = w_->window.actions().bytesMenu();
    QCOMPARE(menu->actions().size(), 15 + 3);  // lines part the four groups
    bool wasThere = false;
    QTimer::singleShot(0, this, [&] {
      auto *popup = qobject_cast<QMenu *>(QApplication::activePopupWidget());
      if (!popup) return;
      wasThere = popup->actions().contains(menu->menuAction());
      popup->close();
    });
    QContextMenuEvent ask(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QApplication::sendEvent(w_->bytes()->viewport(), &ask);
    QVERIFY(wasThere);
  }

  void anyNumberOfBytesARow() {
    w_->openBytes(QByteArray(100, 'x'));
    const auto answer = [this](const QString &number, Qt::Key key) {
      w_->action(ActionId::RowsOther)->trigger();
      auto *dialog = w_->window.findChild<QInputDialog *>();
      QVERIFY(dialog && dialog->isVisible());
      auto *box = dialog->findChild<QSpinBox *>();
      box->selectAll();
      QTest::keyClicks(box, number);
      QTest::keyClick(box, key);
      QTRY_VERIFY(!w_->window.findChild<QInputDialog *>());
    };
    answer(text("12"), Qt::Key_Return);
    QCOMPARE(w_->bytes()->geometryOfBytes().bytesPerRow(), 12);
    QVERIFY(w_->action(ActionId::RowsOther)->isChecked());
    QCOMPARE(w_->action(ActionId::RowsOther)->text(), text("A&nother number a row (12)…"));
    // Who thinks better of it has what was there.
    answer(text("99"), Qt::Key_Escape);
    QCOMPARE(w_->bytes()->geometryOfBytes().bytesPerRow(), 12);
    w_->action(ActionId::Rows8)->trigger();
    answer(text("9"), Qt::Key_Escape);
    QVERIFY(w_->action(ActionId::Rows8)->isChecked());
    answer(text("32"), Qt::Key_Return);
    QVERIFY(w_->action(ActionId::Rows32)->isChecked());
    answer(text("7"), Qt::Key_Return);
    w_->settings.sync();
    OpenWindow again(w_->settings.fileName());
    QCOMPARE(again.bytes()->bytesARow(), 7);
    QVERIFY(again.action(ActionId::RowsOther)->isChecked());
  }

  void itIsRemembered() {
    for (const ActionId id : {ActionId::Rows24, ActionId::Group4, ActionId::TextEbcdic, ActionId::RowsByMessage}) {
      w_->action(id)->trigger();
    }
    w_->settings.sync();
    OpenWindow again(w_->settings.fileName());
    QCOMPARE(again.bytes()->bytesARow(), 24);
    QCOMPARE(again.bytes()->group(), 4);
    QCOMPARE(again.bytes()->textCode(), TextCode::Ebcdic);
    QVERIFY(again.bytes()->isByMessage());
    for (const ActionId id : {ActionId::Rows24, ActionId::Group4, ActionId::TextEbcdic, ActionId::RowsByMessage}) {
      QVERIFY(again.action(id)->isChecked());
    }
    again.settings.setValue(text("bytes/perRow"), 7777);
    again.settings.sync();
    OpenWindow third(again.settings.fileName());
    QCOMPARE(third.bytes()->bytesARow(), 16);
    QVERIFY(third.action(ActionId::Rows16)->isChecked());
  }
};

QTEST_MAIN(TestWindowBytes)
#include "tst_window_bytes.moc"

// Find in field values in the window: typed as a person types, gone through by keys, marked where it is, told where it
// is wrong, live while messages come.
#include "tests/app/window/open_window.h"
#include "widgets/hexview/find_bar.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QComboBox>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestWindowFindFields : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  FindBar *bar() const { return w_->view()->findBar(); }
  ErrorLineEdit *line() const { return named<ErrorLineEdit>(bar(), u"Find"_s); }
  ByteRange selected() const {
    const auto &selection = w_->view()->hub()->current();
    return selection ? selection->range : ByteRange();
  }
  void openRecords() {
    QByteArray bytes;
    for (int i = 0; i < 5; ++i) {
      const QByteArray text = QByteArrayList{"alpha", "Beta", "gamma", "beta max", "5"}[i];
      bytes += static_cast<char>(2 + text.size());
      bytes += QByteArray(1, 0) + static_cast<char>(i + 1) + text;
    }
    w_->openBytes(bytes);
    w_->decode(u"length:u8"_s, u"!H:seq *s:text"_s);
    SOON_COMPARE(w_->messageRows().size(), qsizetype(5));
  }
  void openBar() {
    w_->key(Qt::Key_F, Qt::ControlModifier);
    auto *mode = named<QComboBox>(bar(), u"What is typed"_s);
    mode->setFocus();
    QTest::keyClicks(mode, u"Fi"_s);
    QCOMPARE(bar()->mode(), SearchMode::Fields);
  }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void valuesAreFoundAsOneTypes() {
    openRecords();
    openBar();
    type(line(), u"beta"_s);
    SOON_COMPARE(bar()->countWords(), u"1 of 1"_s);
    QCOMPARE(selected(), (ByteRange{26, 34}));
    // In any case.
    QTest::mouseClick(bar()->findChild<QAbstractButton *>(u"case"_s), Qt::LeftButton);
    SOON_COMPARE(bar()->countWords(), u"2 of 2"_s);
    w_->key(Qt::Key_F3);
    SOON_COMPARE(selected(), (ByteRange{11, 15}));
    QCOMPARE(bar()->countWords(), u"1 of 2"_s);
    QVERIFY2(bar()->message().startsWith(u"Went past the end: found in message 1"_s), qPrintable(bar()->message()));
    w_->key(Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(selected(), (ByteRange{26, 34}));
    // A number where a field equals it, and text that has it; two fields of one message are that message.
    type(line(), u"0x5"_s);
    SOON_COMPARE(bar()->countWords(), u"1 of 1"_s);
    QCOMPARE(selected(), (ByteRange{35, 37}));
    type(line(), u"5"_s);
    SOON_COMPARE(selected(), (ByteRange{34, 38}));
  }

  void expressionsAreThoseOfFilters() {
    openRecords();
    openBar();
    type(line(), u"seq >= 2 && seq < 4"_s);
    SOON_VERIFY(bar()->countWords().endsWith(u"of 2"_s));
    QVERIFY(!line()->error());
    // Nothing is hidden, the list has every row.
    QCOMPARE(w_->messageRows().size(), qsizetype(5));
    type(line(), u"sec == 4"_s);
    QVERIFY(line()->error());
    QVERIFY2(bar()->message().contains(u"there is no field sec"_s), qPrintable(bar()->message()));
    QCOMPARE(bar()->countWords(), QString());
    type(line(), u"seq == 9"_s);
    SOON_COMPARE(bar()->message(), u"No field of 5 messages has it"_s);
    QTest::keyClick(line(), Qt::Key_Escape);
    QVERIFY(!bar()->isVisible());
  }

  void foundIsMarkedInEveryView() {
    openRecords();
    openBar();
    type(line(), u"gamma"_s);
    SOON_COMPARE(bar()->countWords(), u"1 of 1"_s);
    w_->clickByte(0);
    const Theme theme = Theme::of(&w_->window);
    const auto pixel = [](QWidget *widget, QPointF at) { return widget->grab().toImage().pixelColor(at.toPoint()); };
    // The line under the field's bytes, and none under the others.
    const auto under = [&](quint64 offset) {
      const QRectF cell = w_->bytes()->cellRect(HexColumn::Hex, offset);
      return pixel(w_->bytes()->viewport(), cell.bottomLeft() + QPointF(3, -2.5));
    };
    QCOMPARE(under(19), theme.foundEdge());
    QVERIFY(under(16) != theme.foundEdge());
    RibbonView *ribbon = w_->view()->ribbon();
    const double x = ribbon->labelsWidth() + ribbon->geometryOfBytes().xOf(16);
    QCOMPARE(pixel(ribbon->viewport(), {x + 2, ribbon->rows().ruler().top + 2}), theme.foundEdge());
    const QRect row = w_->messages()->visualRect(w_->messages()->model()->index(2, 0));
    QCOMPARE(pixel(w_->messages()->viewport(), QPointF(w_->messages()->viewport()->width() - 2, row.center().y())),
             theme.foundEdge());
    QTest::keyClick(line(), Qt::Key_Escape);
    QVERIFY(under(19) != theme.foundEdge());
  }

  /// Another connection is looked through for the same.
  void looksInWhatIsShown() {
    openRecords();
    openBar();
    type(line(), u"gamma"_s);
    SOON_COMPARE(bar()->countWords(), u"1 of 1"_s);
    w_->openBytes(QByteArray("\x07\0\1gamma\x07\0\1gamma", 16), u"other.bin"_s);
    w_->decode(u"length:u8"_s, u"!H:seq *s:text"_s);
    SOON_COMPARE(bar()->countWords(), u"2 messages"_s);
  }
};

QTEST_MAIN(TestWindowFindFields)
#include "tst_window_find_fields.moc"

// Finding in the window, by keys: what is typed is gone to, counted, and marked in the bytes, the list and the ribbon,
// also while bytes come, and until the bar is closed.
#include "tests/app/window/open_window.h"
#include "tests/support/python_peer.h"
#include "widgets/hexview/find_bar.h"
#include "widgets/ribbon/ribbon_view.h"
#include "widgets/theme/theme.h"

#include <QComboBox>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestWindowFind : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  FindBar *bar() const { return w_->view()->findBar(); }
  ErrorLineEdit *line() const { return named<ErrorLineEdit>(bar(), u"Find"_s); }
  static QImage picture(QWidget *widget) { return widget->grab().toImage(); }
  /// How many pixels of a column of a picture have the colour of what was found.
  static int foundPixels(const QImage &image, int x, int top, int bottom) {
    const QColor found = Theme(false).foundEdge();
    int count = 0;
    for (int y = top; y < bottom; ++y) count += image.pixelColor(x, y) == found ? 1 : 0;
    return count;
  }
  int markedRows() const {
    const QImage image = picture(w_->messages()->viewport());
    int rows = 0;
    bool isBefore = false;
    const int x = w_->messages()->viewport()->width() - 4;
    for (int y = 0; y < image.height(); ++y) {
      const bool isMark = foundPixels(image, x, y, y + 1) > 0;
      rows += isMark && !isBefore ? 1 : 0;
      isBefore = isMark;
    }
    return rows;
  }
  int rulerMarks() const {
    RibbonView *ribbon = w_->view()->ribbon();
    const QImage image = picture(ribbon->viewport());
    const int y = qRound(ribbon->rows().ruler().top) + 1;
    int marks = 0;
    bool isBefore = false;
    for (int x = ribbon->labelsWidth(); x < image.width(); ++x) {
      const bool isMark = foundPixels(image, x, y, y + 1) > 0;
      marks += isMark && !isBefore ? 1 : 0;
      isBefore = isMark;
    }
    return marks;
  }
  void open(const QByteArray &bytes) {
    w_->openBytes(bytes);
    QTRY_VERIFY(w_->view()->decoder() && !w_->view()->decoder()->isBusy());
  }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  /// What its first letters were found at is left again when the whole is not there.
  void whatIsNotThereLeavesOneWhereOneWas() {
    open("an apple\na pear\nanother apple\nnothing\napple\n");
    type(w_->spec(), u"lines"_s);
    SOON_COMPARE(w_->messageRows().size(), 5);
    w_->bytes()->goToOffset(9);
    w_->key(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(line(), u"app"_s);
    SOON_COMPARE(w_->bytes()->selection(), (ByteRange{24, 27}));
    QTest::keyClicks(line(), u"x"_s);
    SOON_VERIFY(w_->bytes()->selection().isEmpty());
    QCOMPARE(w_->bytes()->caret(), std::optional<quint64>(9));
    QTest::keyClick(line(), Qt::Key_Backspace);
    SOON_COMPARE(w_->bytes()->selection(), (ByteRange{24, 27}));
  }

  void allPlacesAreMarkedEverywhere() {
    open("an apple\na pear\nanother apple\nnothing\napple\n");
    type(w_->spec(), u"lines"_s);
    SOON_COMPARE(w_->messageRows().size(), 5);
    QCOMPARE(markedRows(), 0);
    w_->key(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(line(), u"apple"_s);
    SOON_COMPARE(bar()->countWords(), u"1 of 3"_s);
    SOON_COMPARE(markedRows(), 4);  // the first message is open: its payload as well
    SOON_COMPARE(rulerMarks(), 3);
    w_->key(Qt::Key_F3);
    SOON_COMPARE(bar()->countWords(), u"2 of 3"_s);
    QCOMPARE(w_->bytes()->selection(), (ByteRange{24, 29}));
    QTest::keyClick(line(), Qt::Key_Escape);
    QVERIFY(!bar()->isVisible());
    SOON_COMPARE(markedRows(), 0);
    SOON_COMPARE(rulerMarks(), 0);
    // F3 goes on with what was typed.
    w_->key(Qt::Key_F3);
    SOON_COMPARE(w_->bytes()->selection(), (ByteRange{38, 43}));
  }

  void whatIsSaidIsOfTheConnectionShown() {
    open("Some Greek letters");
    w_->openBytes("nothing of it, and an apple more", u"other.bin"_s);
    SOON_COMPARE(w_->bytes()->source()->size(), 32U);
    w_->key(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(line(), u"Gr"_s);
    SOON_COMPARE(bar()->message(), u"Not found in 32 bytes"_s);
    ConnectionsPane *list = w_->window.connections();
    const auto first = list->model()->index(0, 0, list->model()->index(0, 0));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(first).center());
    SOON_COMPARE(bar()->countWords(), u"1 place"_s);
    QCOMPARE(bar()->message(), QString());
  }

  void farFewerMarksThanPlaces() {
    open(QByteArray("ab").repeated(2'000'000));
    w_->key(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(line(), u"b"_s);
    SOON_COMPARE(bar()->countWords(), u"1 of 2,000,000"_s);
    // All of them side by side are one.
    SOON_COMPARE(rulerMarks(), 1);
  }

  void whatComesIsFoundToo() {
    const quint16 port = w_->listen();
    QVERIFY(port != 0);
    PythonPeer peer(u"tcp_peer.py"_s, {u"connect"_s, QString::number(port), u"obey"_s});
    SOON_VERIFY(w_->window.shownLive() && w_->window.shownLive()->state() == LinkState::Open);
    QCOMPARE(peer.order("send " + QByteArray("one two ").toHex()), QByteArray("ok"));
    SOON_COMPARE(w_->bytes()->source()->size(), 8U);
    w_->key(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(line(), u"two"_s);
    SOON_COMPARE(bar()->countWords(), u"1 of 1"_s);
    QCOMPARE(peer.order("send " + QByteArray("two and t").toHex()), QByteArray("ok"));
    SOON_COMPARE(bar()->countWords(), u"1 of 2"_s);
    QCOMPARE(peer.order("send " + QByteArray("wo").toHex()), QByteArray("ok"));
    SOON_COMPARE(bar()->countWords(), u"1 of 3"_s);
  }
};

QTEST_MAIN(TestWindowFind)
#include "tst_window_find.moc"

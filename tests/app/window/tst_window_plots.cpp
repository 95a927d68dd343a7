// Capture ▸ Plots: the charts of what is shown, while it comes, told in words and as text; a click on a point, or the
// keys, go to its message; the wheel and keys zoom; and where there is nothing to plot, it says why.
#include "app/plots.h"
#include "tests/app/window/open_window.h"
#include "tests/widgets/named_controls.h"
#include "widgets/messages/message_pane.h"
#include "widgets/plots/plots_window.h"

#include <QtCharts/QChartView>
#include <QtCharts/QValueAxis>

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGraphicsView>
#include <QMouseEvent>
#include <QWheelEvent>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestWindowPlots : public QObject {
  Q_OBJECT

  std::unique_ptr<OpenWindow> w_;

  PlotsWindow *plots() const { return w_->window.commands()->plots()->window(); }
  QChartView *charted() const { return named<QChartView>(plots(), u"Chart"_s); }
  QGraphicsView *chart() const { return named<QGraphicsView>(plots(), u"Chart"_s); }
  QString sentence() const { return named<QLabel>(plots(), u"What the chart shows"_s)->text(); }
  QString pointed() const { return named<QLabel>(plots(), u"What is pointed at"_s)->text(); }
  void choose(const QString &name, const QString &item) {
    auto *box = named<QComboBox>(plots(), name);
    if (box->isEditable()) {
      type(box->lineEdit(), item);
      QTest::keyClick(box->lineEdit(), Qt::Key_Return);
    } else {
      box->setFocus();
      QTest::keyClick(box, Qt::Key_Home);
      for (int i = box->findText(item); i > 0; --i) QTest::keyClick(box, Qt::Key_Down);
    }
    QCOMPARE(box->currentText(), item);
  }
  QStringList copied() {
    QTest::mouseClick(button(plots(), u"Copy as CSV"_s), Qt::LeftButton);
    return QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
  }
  void open(const QByteArray &bytes) {
    w_->openBytes(bytes);
    w_->key(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(plots() && plots()->isVisible());
  }
  /// Ten messages of two bytes whose field n is 0, 3, 6, 9, 2, 5 …
  void openTen() {
    QByteArray bytes;
    for (int i = 0; i < 10; ++i) bytes += QByteArray(1, static_cast<char>(i * 3 % 10)) + "x";
    open(bytes);
    w_->decode(u"fixed:2"_s, u"B:n c:letter"_s);
    plots()->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(plots()));
    plots()->resize(860, 560);  // as it opens where the screen has the room
  }

 private Q_SLOTS:
  void init() { w_ = std::make_unique<OpenWindow>(); }
  void cleanup() { w_.reset(); }

  void plotsAndGoesToMessages() {
    openTen();
    SOON_COMPARE(sentence(), u"Sizes of messages of ← in and → out: 10 of 10 messages."_s);
    choose(u"What is plotted"_s, u"Field over messages"_s);
    SOON_VERIFY(sentence().startsWith(u"Nothing to plot yet: choose a field"_s));
    auto *field = named<QComboBox>(plots(), u"Field that is plotted"_s);
    QCOMPARE(field->findText(u"letter"_s), -1);
    choose(u"Field that is plotted"_s, u"n"_s);
    SOON_COMPARE(sentence(), u"Field over messages of n: 10 of 10 messages."_s);
    QVERIFY(plots()->isVisible());
    const QStringList lines = copied();
    QCOMPARE(lines.size(), 11);
    QCOMPARE(lines[4], u"in,3,4,1,9,9,9,3,3,3,3,9"_s);
    // The keys point, and go.
    chart()->setFocus();
    QTest::keyClick(chart(), Qt::Key_Home);
    QTest::keyClick(chart(), Qt::Key_Right);
    QTest::keyClick(chart(), Qt::Key_Right);
    QCOMPARE(pointed(), u"← in, message 2: 6."_s);
    QTest::keyClick(chart(), Qt::Key_Return);
    QVERIFY(plots()->isVisible());
    QCOMPARE(w_->currentRange(), (ByteRange{4, 6}));
    // So does a click.
    const std::optional<QPoint> place = plots()->placeOf(Direction::In, 7);
    QVERIFY(place);
    QTest::mouseClick(chart()->viewport(), Qt::LeftButton, {}, *place + QPoint(3, -3));
    QCOMPARE(w_->currentRange(), (ByteRange{14, 16}));
    QCOMPARE(pointed(), u"← in, message 7: 1."_s);
    // The pointer alone tells, and goes nowhere.
    const QPointF above = QPointF(*plots()->placeOf(Direction::In, 5)) + QPointF(-2, 2);
    QMouseEvent move(QEvent::MouseMove, above, chart()->viewport()->mapToGlobal(above), Qt::NoButton, {}, {});
    QApplication::sendEvent(chart()->viewport(), &move);
    QCOMPARE(pointed(), u"← in, message 5: 5."_s);
    QCOMPARE(w_->currentRange(), (ByteRange{14, 16}));
    QVERIFY(chart()->accessibleDescription().contains(u"message 5"_s));
    // Closer and back.
    QTest::keyClick(chart(), Qt::Key_Plus);
    QTest::keyClick(chart(), Qt::Key_Plus);
    const qsizetype closer = copied().size();
    QVERIFY(closer < 11);
    chart()->setFocus();
    // A drag moves it, and goes nowhere.
    QTest::keyClick(chart(), Qt::Key_Plus);
    const auto left = [this] {
      return qobject_cast<QValueAxis *>(charted()->chart()->axes(Qt::Horizontal).constFirst())->min();
    };
    const double before = left();
    const QPoint start = chart()->viewport()->rect().center();
    QTest::mousePress(chart()->viewport(), Qt::LeftButton, {}, start);
    for (const int by : {2, 30, 60}) {
      const QPointF to = start - QPoint(by, 0);
      QMouseEvent drag(QEvent::MouseMove, to, chart()->viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
      QApplication::sendEvent(chart()->viewport(), &drag);
    }
    QTest::mouseRelease(chart()->viewport(), Qt::LeftButton, {}, start - QPoint(60, 0));
    QVERIFY(left() > before);
    QCOMPARE(w_->currentRange(), (ByteRange{14, 16}));
    QTest::keyClick(chart(), Qt::Key_0);
    QCOMPARE(copied().size(), 11);
    QWheelEvent wheel(QPointF(200, 100), chart()->viewport()->mapToGlobal(QPointF(200, 100)), {}, {0, 240},
                      Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QApplication::sendEvent(chart()->viewport(), &wheel);
    QVERIFY(copied().size() < 11);
    QTest::mouseClick(button(plots(), u"Show all"_s), Qt::LeftButton);
    QCOMPARE(copied().size(), 11);
    QTest::mouseClick(button(plots(), u"Copy picture"_s), Qt::LeftButton);
    QVERIFY(!QGuiApplication::clipboard()->pixmap().isNull());
    choose(u"What is plotted"_s, u"Values of a field (histogram)"_s);
    SOON_COMPARE(copied().size(), 11);
    QTest::keyClick(chart(), Qt::Key_End);
    QCOMPARE(pointed(), u"← in, value 9: 1 message. Return goes to message 3."_s);
    // Bars of whole numbers stand around theirs.
    const auto *across = qobject_cast<QValueAxis *>(charted()->chart()->axes(Qt::Horizontal).constFirst());
    QCOMPARE(across->min(), -0.5);
    QCOMPARE(across->max(), 9.5);
    choose(u"Directions that are plotted"_s, u"→ out"_s);
    SOON_VERIFY(sentence().startsWith(u"Nothing to plot: there is no message"_s));
    QVERIFY(!button(plots(), u"Copy as CSV"_s)->isEnabled());
    const QStringList unnamed = unnamedControls(plots());
    QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(u'\n')));
    QTest::keyClick(plots(), Qt::Key_Escape);
    QVERIFY(!plots()->isVisible());
  }

  void saysWhyThereIsNothing_data() {
    QTest::addColumn<QString>("plot");
    QTest::addColumn<QString>("words");
    QTest::newRow("no field") << u"Field over time"_s << u"the messages have no field that is a number"_s;
    QTest::newRow("no times") << u"Bytes a second"_s << u"these bytes have no times of arrival"_s;
  }
  void saysWhyThereIsNothing() {
    QFETCH(QString, plot);
    QFETCH(QString, words);
    open("abcdef");
    type(w_->spec(), u"fixed:2"_s);
    choose(u"What is plotted"_s, plot);
    SOON_VERIFY2(sentence().contains(words), qPrintable(sentence()));
  }

  void plotsWhatPassesTheFilter() {
    openTen();
    w_->view()->messagePane()->filterBy(u"n >= 5"_s);
    SOON_COMPARE(sentence(),
                 u"Sizes of messages of ← in and → out: 5 of 10 messages. The filter n >= 5 leaves out 5."_s);
    QCOMPARE(copied().size(), 6);
    w_->view()->messagePane()->filterBy(u"n > 9"_s);
    SOON_COMPARE(sentence(),
                 u"Nothing to plot: none of 10 messages passes the filter n > 9. Change it or clear it in "
                 "the main window."_s);
    w_->view()->messagePane()->clearFilter();
    SOON_COMPARE(sentence(), u"Sizes of messages of ← in and → out: 10 of 10 messages."_s);
  }

  void saysThatTheLastIsNotAmongThem() {
    open("ababa");
    w_->decode(u"fixed:2"_s);
    SOON_COMPARE(sentence(),
                 u"Sizes of messages of ← in and → out: 2 of 2 messages. The last one is not complete, and not among "
                 "them."_s);
  }

  void savesThePicture() {
    openTen();
    SOON_VERIFY(sentence().contains(u"10 of 10"_s));
    const QString path = w_->dir.filePath(u"chart.png"_s);
    const Answer<QFileDialog> answer([&](QFileDialog *dialog) {
      dialog->findChild<QLineEdit *>()->setText(path);
      QTest::keyClick(dialog->findChild<QLineEdit *>(), Qt::Key_Return);
    });
    QTest::mouseClick(button(plots(), u"Save picture…"_s), Qt::LeftButton);
    QVERIFY(answer.wasAsked());
    QVERIFY(QImage(path).width() >= chart()->width());
    QCOMPARE(pointed(), u"Saved %1"_s.arg(path));
  }

  void isRemembered() {
    openTen();
    choose(u"What is plotted"_s, u"Field over messages"_s);
    choose(u"Field that is plotted"_s, u"n"_s);
    choose(u"Directions that are plotted"_s, u"← in"_s);
    QTest::keyClick(plots(), Qt::Key_Escape);
    const QString path = QTemporaryDir().filePath(u"kept.ini"_s);
    w_->settings.sync();
    QVERIFY(QDir().mkpath(QFileInfo(path).path()) && QFile::copy(w_->settings.fileName(), path));
    w_ = std::make_unique<OpenWindow>(path);
    w_->key(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(plots()->choice(), (PlotChoice{PlotKind::FieldOverMessages, u"n"_s}));
    QCOMPARE(plots()->directions(), u"in"_s);
    w_.reset();
    QVERIFY(QDir(QFileInfo(path).path()).removeRecursively());
  }

  void followsWhatIsShown() {
    w_->key(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(sentence().contains(u"no connection is shown"_s));
    open("abc");
    SOON_VERIFY(sentence().contains(u"1 of 1"_s) || sentence().contains(u"no message that is final"_s) ||
                sentence().contains(u"3 of 3"_s));
    w_->action(ActionId::CloseCapture)->trigger();
    SOON_VERIFY(sentence().contains(u"no connection is shown"_s));
  }
};

QTEST_MAIN(TestWindowPlots)
#include "tst_window_plots.moc"

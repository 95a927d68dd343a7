// What charts say: points in words and as CSV, the marks of their axes; and that a chart is zoomed, moved and pointed
// at by keys, whatever is plotted.
#include "widgets/plots/plot_view.h"

#include "model/capture/capture.h"
#include "tests/support/live_test.h"
#include "tests/widgets/named_controls.h"
#include "widgets/plots/plots_window.h"

#include <QtCharts/QChart>
#include <QtCharts/QValueAxis>
#include <QtCharts/QXYSeries>

#include <QComboBox>
#include <QLabel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <bit>
#include <cmath>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestPlotView : public QObject {
  Q_OBJECT

  std::shared_ptr<Connection> connection_;
  std::unique_ptr<ConnectionDecoder> decoder_;

  /// `in` and `out`: how many messages of a one-byte kind and a number.
  void open(int in, int out, double (*of)(int), const QString &layout = u"!d:n"_s) {
    decoder_.reset();
    connection_ =
        std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), Endpoint{u"a"_s, 1}, Endpoint{u"b"_s, 2});
    decoder_ = std::make_unique<ConnectionDecoder>(connection_);
    const auto reader = DirectionReader::create({.framing = u"fixed:8"_s, .layout = layout});
    decoder_->setReaders(*reader, *reader);
    for (const auto &[direction, count] : {std::pair(Direction::In, in), std::pair(Direction::Out, out)}) {
      for (int i = 0; i < count; ++i) {
        const double value = of(direction == Direction::In ? i : -i);
        QByteArray bytes(8, '\0');
        quint64 bits;
        std::memcpy(&bits, &value, 8);
        for (int k = 0; k < 8; ++k) bytes[k] = char(bits >> (56 - 8 * k));
        QVERIFY(connection_->stream(direction)
                    .append(viewOf(bytes), 1'000'000LL * (1000 + i * 7 + (direction == Direction::Out ? 3 : 0)))
                    .has_value());
      }
    }
    decoder_->advance();
    SOON_VERIFY(!decoder_->isBusy() && decoder_->rowCount() == quint64(in + out));
  }

 private Q_SLOTS:
  void choices() {
    for (const char *text :
         {"sizes", "gaps", "rate", "rate:0.01", "rate:60", "messages:a.b", "time:seq", "values:x:y"}) {
      const auto choice = PlotChoice::parse(QString::fromLatin1(text));
      QVERIFY(choice);
      QCOMPARE(choice->text(), QString::fromLatin1(text));
    }
    for (const char *text : {"", "size", "sizes:", "values", "Values:x", "rate:", "rate:x", "rate:0", "rate:nan"}) {
      QVERIFY(!PlotChoice::parse(QString::fromLatin1(text)));
    }
  }

  void marksOfAxes() {
    for (const double range : {1e-300, 3e-7, 0.9, 1.0, 7.0, 99.0, 12345.0, 8e15, 1e300}) {
      const double step = plotStep(range, 6, 0);
      QVERIFY(range / step <= 7 && range / step >= 2.4);
      const double digit = step / std::pow(10, std::floor(std::log10(step) + 1e-9));
      QVERIFY(std::abs(digit - 1) < 1e-6 || std::abs(digit - 2) < 1e-6 || std::abs(digit - 5) < 1e-6);
    }
    QCOMPARE(plotStep(3, 6, 1), 1.0);
    QCOMPARE(plotFormat(20, 100), u"%.0f"_s);
    QCOMPARE(plotFormat(0.5, 2), u"%.1f"_s);
    QCOMPARE(plotFormat(0.002, 0.01), u"%.3f"_s);
    QCOMPARE(plotFormat(1, 12'345'678), u"%.9g"_s);
    QCOMPARE(plotFormat(1e-9, 5e-9), u"%.2g"_s);
  }

  void words() {
    const PlotPoint one{
        .direction = Direction::Out, .from = 3, .to = 4, .bucket = PlotBucket::of({3, 7, 3}), .height = 7};
    const PlotPoint many{
        .direction = Direction::In, .from = 8, .to = 16, .bucket = {5, 20, {9, 1.5, 9}, {12, 9, 12}}, .height = 9};
    const PlotChoice field{PlotKind::FieldOverMessages, u"a,\"b"_s};
    QCOMPARE(plotWords(field, one), u"→ out, message 3: 7."_s);
    QCOMPARE(plotWords(field, many),
             u"← in, 5 messages: from 1.5 in message 9 to 9 in message 12, mean 4. Return goes to message 12, "
             u"Shift+Return to "
             "message 9."_s);
    QVERIFY(plotWords(field, many, true).endsWith(u"Return goes to message 9, Shift+Return to message 12."_s));
    QCOMPARE(plotWords({PlotKind::Sizes, {}}, one), u"→ out, message 3: 7 bytes."_s);
    QCOMPARE(plotWords({PlotKind::Histogram, u"n"_s}, many),
             u"← in, values from 1.5 to 9: 5 messages. Return goes to message 12."_s);
    QCOMPARE(plotWords({PlotKind::BytesASecond, {}}, many),
             u"← in, from 8 to 16 seconds: 9 bytes a second, 20 bytes in 5 pieces of messages. Return goes to the "
             "largest's, message 12."_s);
    // Of one message its own time, not that of the slice it lies in; numbers have all their digits.
    const PlotPoint late{
        .direction = Direction::In, .from = 2, .to = 4, .bucket = PlotBucket::of({3.25e9, 1016.9937064240602, 7})};
    QVERIFY(plotWords({PlotKind::FieldOverTime, u"n"_s}, late).startsWith(u"← in, message 7 at 3.25 seconds: "_s));
    QCOMPARE(plotNumber(1016.9937064240602), u"1,016.9937064240602"_s);
    QVERIFY(
        plotCsv({PlotKind::FieldOverTime, u"n"_s}, std::array{late})
            .endsWith(
                u"in,2,4,1,1016.9937064240602,1016.9937064240602,1016.9937064240602,7,3.25,7,3.25,1016.9937064240602\n"_s));
    const QStringList lines = plotCsv(field, std::array{one, many}).split(u'\n');
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines[0].contains(u",\"greatest value of a,\"\"b\","_s));
    // As many names as values.
    for (const char *kind : {"sizes", "gaps", "rate", "messages:n", "time:n", "values:n"}) {
      const QStringList table = plotCsv(*PlotChoice::parse(QString::fromLatin1(kind)), std::array{one}).split(u'\n');
      QCOMPARE(table[0].count(u','), table[1].count(u','));
    }
    QCOMPARE(lines[2], u"in,8,16,5,1.5,9,20,12,12,9,9,4"_s);
  }

  void pointsAndZooms_data() {
    QTest::addColumn<int>("count");
    QTest::newRow("one") << 1;
    QTest::newRow("some") << 30;
    QTest::newRow("many") << 20000;
  }
  void pointsAndZooms() {
    QFETCH(int, count);
    open(count, count, [](int i) { return std::sin(i / 500.0) * 1e6 + i; });
    PlotView view;
    view.resize(700, 400);
    view.QWidget::show();
    const PlotChoice choice{.kind = PlotKind::FieldOverMessages, .field = u"n"_s};
    MessagePlot plot(*decoder_, choice.request());
    SOON_VERIFY(plot.missing() == 0 && plot.of(Direction::Out).messages == quint64(count));
    view.show(&plot, nullptr, choice, true, true);
    QVERIFY(view.hasPoints() && !view.isZoomed());
    const auto lines = [&] { return view.asCsv().count(u'\n'); };
    QVERIFY(lines() > 2 && lines() <= 701);
    QTest::keyClick(&view, Qt::Key_Home);
    QVERIFY(view.words().startsWith(u"← in"_s));
    QTest::keyClick(&view, Qt::Key_Up);
    QVERIFY(view.words().startsWith(u"→ out"_s));
    QTest::keyClick(&view, Qt::Key_Down);
    QVERIFY(view.words().startsWith(u"← in"_s));
    const QString before = view.words();
    for (int i = 0; i < 40; ++i) QTest::keyClick(&view, Qt::Key_Plus);
    QVERIFY(view.isZoomed() == (count > 4));
    if (count > 4) {
      // No closer than a few messages; and the arrow keys take the chart along.
      QVERIFY(lines() < 40);
      for (int i = 0; i < 25; ++i) QTest::keyClick(&view, Qt::Key_Right);
      if (count == 30) QVERIFY2(view.words().startsWith(u"← in, message 25: "_s), qPrintable(view.words()));
    }
    QTest::keyClick(&view, Qt::Key_0);
    QVERIFY(!view.isZoomed());
    QTest::keyClick(&view, Qt::Key_Home);
    QCOMPARE(view.words(), before);
    view.show(&plot, nullptr, choice, false, false);
    QVERIFY(!view.hasPoints() && view.words().isEmpty());
  }

  void looksCloser_data() {
    QTest::addColumn<QString>("plot");
    for (const char *plot : {"messages:n", "sizes", "gaps", "time:n", "values:n", "rate"}) {
      QTest::newRow(plot) << QString::fromLatin1(plot);
    }
  }
  /// However many messages there are, one can look so closely that each has a point of its own, and go to it.
  void looksCloser() {
    QFETCH(QString, plot);
    open(20000, 300, [](int i) { return i * 1.5; });
    PlotsWindow window;
    window.setDecoder(decoder_.get(), nullptr, u"Of a test"_s);
    window.resize(860, 560);
    window.show();
    window.choose(*PlotChoice::parse(plot));
    auto *view = window.findChild<PlotView *>();
    const auto rows = [view] {
      QList<QStringList> cells;
      for (const QString &line : view->asCsv().split(u'\n', Qt::SkipEmptyParts).mid(1)) cells.append(line.split(u','));
      return cells;
    };
    const auto looked = [&] {
      quint64 sum = 0;
      for (const QStringList &row : rows()) sum += row[3].toULongLong();
      return sum;
    };
    SOON_COMPARE(looked(), plot == u"gaps"_s ? 20298U : 20300U);
    QTest::keyClick(view, Qt::Key_Home);
    for (int i = 0; i < 20; ++i) QTest::keyClick(view, Qt::Key_Right);
    const QString before = view->words();
    for (int i = 0; i < 60; ++i) QTest::keyClick(view, Qt::Key_Plus);
    // Each stands for one message, where that message is.
    const auto areSingle = [&] {
      const QList<QStringList> now = rows();
      return std::ranges::all_of(now, [](const QStringList &row) { return row[3] == u"1"_s; });
    };
    SOON_VERIFY2(areSingle() && !rows().isEmpty(), qPrintable(view->asCsv()));
    QVERIFY(view->isZoomed());
    // What was pointed at still is.
    const auto numberIn = [](const QString &words) {
      const auto goes = QRegularExpression(u"goes to[a-z ,]* message ([0-9,]+)"_s).match(words);
      const auto one = QRegularExpression(u", message ([0-9,]+)"_s).match(words);
      return (goes.hasMatch() ? goes : one).captured(1).remove(u',').toInt();
    };
    QVERIFY2(!view->words().isEmpty() && std::abs(numberIn(view->words()) - numberIn(before)) < 70,
             qPrintable(before + view->words()));
    QSignalSpy chosen(&window, &PlotsWindow::messageChosen);
    const auto goTo = [&](const QStringList &row) {
      const quint64 number = row[7].toULongLong();
      const auto place = window.placeOf(Direction::In, number);
      QVERIFY(place);
      QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, *place);
      QVERIFY(!chosen.isEmpty());
      QCOMPARE(chosen.last()[1].toULongLong(), number);
      if (plot == u"messages:n"_s) QCOMPARE(row[4].toDouble(), double(number) * 1.5);
    };
    goTo(rows()[rows().size() / 2]);
    // What the keys point at is in sight. Between times and values may lie nothing.
    const bool hasGaps = plot == u"time:n"_s || plot == u"values:n"_s || plot == u"rate"_s;
    const QRectF area = view->chart()->plotArea().adjusted(-1, -1, 1, 1);
    for (const Qt::Key key : {Qt::Key_Home, Qt::Key_Left, Qt::Key_Left, Qt::Key_Left, Qt::Key_End, Qt::Key_Right}) {
      QTest::keyClick(view, key);
      SOON_VERIFY(areSingle());
      if (hasGaps) continue;
      const auto place = window.placeOf(Direction::In, quint64(numberIn(view->words())));
      QVERIFY2(place && area.contains(*place), qPrintable(view->words()));
    }
    // To the side what comes in sight is as fine, by keys and in the past.
    for (int i = 0; i < 3; ++i) {
      QTest::keyClick(view, Qt::Key_PageDown);
      SOON_VERIFY2(areSingle() && (hasGaps || rows().size() >= 4), qPrintable(view->asCsv()));
    }
    decoder_->setMoment(decoder_->timeline().after(decoder_->timeline().stepCount() - 50));
    SOON_VERIFY2(areSingle(), qPrintable(view->asCsv()));
    decoder_->setMoment(std::nullopt);
    QTest::keyClick(view, Qt::Key_0);
    SOON_COMPARE(looked(), plot == u"gaps"_s ? 20298U : 20300U);
  }

  /// Wherever in a bar the pointer is, and no line ends where the chart does.
  void barsAnswerEverywhere() {
    open(300, 0, [](int i) { return std::bit_cast<double>(quint64(i % 4 == 3 ? 9 : i % 4)); }, u"!Q:n"_s);
    PlotsWindow window;
    window.setDecoder(decoder_.get(), nullptr, u"Of a test"_s);
    window.resize(860, 560);
    window.show();
    window.choose(*PlotChoice::parse(u"values:n"_s));
    auto *view = window.findChild<PlotView *>();
    SOON_VERIFY(named<QLabel>(&window, u"What the chart shows"_s)->text().contains(u"300 of 300"_s));
    const QPoint nine = *window.placeOf(Direction::In, 3);
    QSignalSpy chosen(&window, &PlotsWindow::messageChosen);
    for (const QPoint off : {QPoint(-30, 3), QPoint(30, 3), QPoint(-35, 150), QPoint(0, 200), QPoint(33, 200)}) {
      QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, nine + QPoint(-120, 0));
      chosen.clear();
      QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, nine + off);
      QVERIFY2(view->words().contains(u"value 9: 75 messages"_s), qPrintable(view->words()));
      QCOMPARE(chosen.size(), 1);
    }
    // Between bars nothing is meant.
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, nine + QPoint(-160, 100));
    QCOMPARE(view->words(), QString());
  }

  void linesGoOnOutOfSight() {
    open(300, 0, [](int i) { return i * 1.0; });
    PlotView view;
    view.resize(700, 400);
    view.QWidget::show();
    const PlotChoice choice{.kind = PlotKind::FieldOverTime, .field = u"n"_s};
    MessagePlot plot(*decoder_, choice.request());
    SOON_VERIFY(plot.missing() == 0 && plot.of(Direction::In).messages == 300);
    view.show(&plot, nullptr, choice, true, true);
    QTest::keyClick(&view, Qt::Key_Home);
    for (int i = 0; i < 100; ++i) QTest::keyClick(&view, Qt::Key_Right);
    for (int i = 0; i < 10; ++i) QTest::keyClick(&view, Qt::Key_Plus);
    QVERIFY(view.isZoomed());
    const auto *line = qobject_cast<QXYSeries *>(view.chart()->series().first());
    const auto *across = qobject_cast<QValueAxis *>(view.chart()->axes(Qt::Horizontal).first());
    QVERIFY(line && line->count() > 2);
    QVERIFY(line->at(0).x() < across->min() && line->at(line->count() - 1).x() > across->max());
  }

  /// The least value of many can be gone to as well as the greatest.
  void goesToTheLeast() {
    open(20000, 0, [](int i) { return i == 7777 ? -50.0 : i == 7771 ? 90.0 : i % 7 * 1.0; });
    PlotsWindow window;
    window.setDecoder(decoder_.get(), nullptr, u"Of a test"_s);
    window.resize(860, 560);
    window.show();
    window.choose(*PlotChoice::parse(u"messages:n"_s));
    SOON_VERIFY(window.placeOf(Direction::In, 7777) && window.placeOf(Direction::In, 7771));
    auto *view = window.findChild<PlotView *>();
    QSignalSpy chosen(&window, &PlotsWindow::messageChosen);
    for (const int number : {7777, 7771}) {
      QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, *window.placeOf(Direction::In, number));
      QCOMPARE(chosen.last()[1].toInt(), number);
      QTest::keyClick(view, Qt::Key_Return, Qt::ShiftModifier);
      QCOMPARE(chosen.last()[1].toInt(), number == 7777 ? 7771 : 7777);
    }
  }

  /// The wheel goes to the value below the pointer, though a pixel stands for hundreds.
  void theWheelGoesToWhatIsBelowIt() {
    open(20000, 0, [](int i) { return i == 7777 ? -50.0 : i % 7 * 1.0; });
    PlotsWindow window;
    window.setDecoder(decoder_.get(), nullptr, u"Of a test"_s);
    window.resize(860, 560);
    window.show();
    window.choose(*PlotChoice::parse(u"messages:n"_s));
    auto *view = window.findChild<PlotView *>();
    SOON_VERIFY(named<QLabel>(&window, u"What the chart shows"_s)->text().contains(u"20,000 of 20,000"_s));
    const QPoint at = *window.placeOf(Direction::In, 7777) + QPoint(3, -2);
    for (int i = 0; i < 40; ++i) {
      QWheelEvent turn(at, view->viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
      QApplication::sendEvent(view->viewport(), &turn);
    }
    SOON_VERIFY(view->asCsv().contains(u"\nin,7777,7778,1,"_s));
    QSignalSpy chosen(&window, &PlotsWindow::messageChosen);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, *window.placeOf(Direction::In, 7777));
    QVERIFY(!chosen.isEmpty());
    QCOMPARE(chosen.last()[1].toInt(), 7777);
  }

  /// What is pointed at is so while more comes, and while it becomes one of many.
  void pointsOnWhileMoreComes() {
    open(1000, 0, [](int i) { return i % 10 * 1.0; });
    PlotsWindow window;
    window.setDecoder(decoder_.get(), nullptr, u"Of a test"_s);
    window.show();
    window.choose(*PlotChoice::parse(u"messages:n"_s));
    auto *view = window.findChild<PlotView *>();
    SOON_VERIFY(view->hasPoints());
    const auto messageAt = [view] {
      return QRegularExpression(u"goes to message ([0-9,]+)"_s).match(view->words()).captured(1).remove(u',').toInt();
    };
    QTest::keyClick(view, Qt::Key_Home);
    for (int i = 0; i < 30; ++i) QTest::keyClick(view, Qt::Key_Right);
    const int before = messageAt();
    QVERIFY(before > 20);
    QByteArray more;
    for (int i = 0; i < 30000; ++i) more += QByteArray::fromHex("4024000000000000");
    QVERIFY(connection_->stream(Direction::In).append(viewOf(more), 9'000'000'000).has_value());
    decoder_->advance();
    const auto *sentence = named<QLabel>(&window, u"What the chart shows"_s);
    SOON_VERIFY(sentence->text().contains(u"31,000 of 31,000"_s));
    QVERIFY(sentence->text().contains(u"The line is the mean"_s));
    QVERIFY2(!view->words().isEmpty() && std::abs(messageAt() - before) < 256, qPrintable(view->words()));
  }

  /// A part of a message is in no plot, and its words say so when it comes.
  void aMessageThatIsStillArrivingIsTold() {
    open(10, 0, [](int i) { return i * 1.0; });
    PlotsWindow window;
    window.setDecoder(decoder_.get(), nullptr, u"Of a test"_s);
    window.show();
    const auto *sentence = named<QLabel>(&window, u"What the chart shows"_s);
    SOON_VERIFY(sentence->text().endsWith(u"10 of 10 messages."_s));
    QVERIFY(connection_->stream(Direction::In).append(viewOf(QByteArray("abc")), 9'000'000'000).has_value());
    decoder_->advance();
    SOON_VERIFY2(sentence->text().endsWith(u"10 of 10 messages. The last one is not complete, and not among them."_s),
                 qPrintable(sentence->text()));
  }

  void slicesAreChosen() {
    open(2000, 0, [](int i) { return i * 1.0; });
    PlotsWindow window;
    window.setDecoder(decoder_.get(), nullptr, u"Of a test"_s);
    window.show();
    window.choose(*PlotChoice::parse(u"rate:1"_s));
    QCOMPARE(window.choice().text(), u"rate:1"_s);
    auto *view = window.findChild<PlotView *>();
    // A message of 8 bytes each 7 ms, from the first one's time on.
    const auto rows = [view] { return view->asCsv().split(u'\n', Qt::SkipEmptyParts).mid(1); };
    SOON_COMPARE(rows().size(), 14);
    QVERIFY2(rows()[1].startsWith(u"in,1,2,143,8,8,1144,"_s), qPrintable(rows()[1]));
    QVERIFY(named<QLabel>(&window, u"What the chart shows"_s)->text().endsWith(u"In slices of 1,000 ms."_s));
    // Shorter ones than the chart is wide enough for are told, and come when it is zoomed.
    window.choose(*PlotChoice::parse(u"rate:0.001"_s));
    SOON_VERIFY(rows().size() > 100 && rows().size() < 300);
    const auto *sentence = named<QLabel>(&window, u"What the chart shows"_s);
    QVERIFY2(sentence->text().endsWith(u"In slices of 64 ms. Zoom in for shorter ones, down to 1 ms."_s),
             qPrintable(sentence->text()));
    QTest::keyClick(view, Qt::Key_Home);
    for (int i = 0; i < 30; ++i) QTest::keyClick(view, Qt::Key_Plus);
    SOON_VERIFY(sentence->text().endsWith(u"In slices of 1 ms."_s));
    window.choose(*PlotChoice::parse(u"rate:1"_s));
    SOON_COMPARE(rows().size(), 14);
    auto *slices = named<QComboBox>(&window, u"Length of a slice"_s);
    QVERIFY(slices->isVisible() && !named<QComboBox>(&window, u"Field that is plotted"_s)->isVisible());
    slices->setFocus();
    QTest::keyClick(slices, Qt::Key_Down);
    SOON_COMPARE(rows().size(), 2);
    window.choose(*PlotChoice::parse(u"rate:0.25"_s));
    SOON_COMPARE(rows().size(), 56);
    QCOMPARE(slices->currentText(), u"250 ms"_s);
    window.choose(*PlotChoice::parse(u"sizes"_s));
    QVERIFY(!slices->isVisible());
  }

  void allKinds() {
    open(300, 40, [](int i) { return i % 7 * 1.5; });
    PlotsWindow window;
    window.setDecoder(decoder_.get(), nullptr, u"Of a test"_s);
    window.show();
    for (const char *text : {"sizes", "gaps", "rate", "messages:n", "time:n", "values:n", "values:none"}) {
      window.choose(*PlotChoice::parse(QString::fromLatin1(text)));
      const auto *view = window.findChild<PlotView *>();
      SOON_VERIFY(view->hasPoints() != QString::fromLatin1(text).endsWith(u"none"_s));
      // What has no axes has nothing that says what they are.
      for (const QAbstractAxis *axis : view->chart()->axes()) {
        QCOMPARE(axis->isVisible(), view->hasPoints());
        QCOMPARE(axis->isTitleVisible(), view->hasPoints());
      }
    }
  }
};

QTEST_MAIN(TestPlotView)
#include "tst_plot_view.moc"

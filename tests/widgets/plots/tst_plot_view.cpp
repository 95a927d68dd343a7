// What charts say: points in words and as CSV, the marks of their axes; and that a chart is zoomed, moved and pointed
// at by keys, whatever is plotted.
#include "widgets/plots/plot_view.h"

#include "model/capture/capture.h"
#include "tests/support/live_test.h"
#include "widgets/plots/plots_window.h"

#include <QtCharts/QChart>

#include <QTest>

#include <cmath>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestPlotView : public QObject {
  Q_OBJECT

  std::shared_ptr<Connection> connection_;
  std::unique_ptr<ConnectionDecoder> decoder_;

  /// `in` and `out`: how many messages of a one-byte kind and a number.
  void open(int in, int out, double (*of)(int)) {
    decoder_.reset();
    connection_ =
        std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), Endpoint{u"a"_s, 1}, Endpoint{u"b"_s, 2});
    decoder_ = std::make_unique<ConnectionDecoder>(connection_);
    const auto reader = DirectionReader::create({.framing = u"fixed:8"_s, .layout = u"!d:n"_s});
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
    for (const char *text : {"sizes", "gaps", "rate", "messages:a.b", "time:seq", "values:x:y"}) {
      const auto choice = PlotChoice::parse(QString::fromLatin1(text));
      QVERIFY(choice);
      QCOMPARE(choice->text(), QString::fromLatin1(text));
    }
    for (const char *text : {"", "size", "sizes:", "values", "Values:x"}) {
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
    const PlotPoint one{.direction = Direction::Out, .from = 3, .to = 4, .bucket = {1, 7, 7, 7, 3}, .height = 7};
    const PlotPoint many{.direction = Direction::In, .from = 8, .to = 16, .bucket = {5, 1.5, 9, 20, 12}, .height = 9};
    const PlotChoice field{PlotKind::FieldOverMessages, u"a,\"b"_s};
    QCOMPARE(plotWords(field, one), u"→ out, message 3: 7."_s);
    QCOMPARE(plotWords(field, many), u"← in, 5 messages: from 1.5 to 9, the greatest in message 12."_s);
    QCOMPARE(plotWords({PlotKind::Sizes, {}}, one), u"→ out, message 3: 7 bytes."_s);
    QCOMPARE(plotWords({PlotKind::Histogram, u"n"_s}, many),
             u"← in, values from 1.5 to 9: 5 messages. Return goes to message 12."_s);
    QCOMPARE(plotWords({PlotKind::BytesASecond, {}}, many),
             u"← in, from 8 to 16 seconds: 9 bytes a second, 20 bytes in 5 messages. Return goes to the largest, "
             "message 12."_s);
    const QStringList lines = plotCsv(field, std::array{one, many}).split(u'\n');
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines[0].contains(u",\"greatest value of a,\"\"b\","_s));
    QCOMPARE(lines[2], u"in,8,16,5,1.5,9,20,12"_s);
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
    MessagePlot plot(*decoder_, PlotKind::FieldOverMessages, u"n"_s);
    SOON_VERIFY(plot.missing() == 0 && plot.of(Direction::Out).messages == quint64(count));
    view.show(&plot, true, true);
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
    view.show(&plot, false, false);
    QVERIFY(!view.hasPoints() && view.words().isEmpty());
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
    }
  }
};

QTEST_MAIN(TestPlotView)
#include "tst_plot_view.moc"

// The window's command line: what is right is taken, what is wrong is said in one line.
#include "app/window_options.h"

#include <QTest>

using namespace octetscope;

class TestWindowOptions : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void takesEverything() {
    const auto options = WindowOptions::parse({QStringLiteral("a.bin"),
                                               QStringLiteral("--demo"),
                                               QStringLiteral("--listen"),
                                               QStringLiteral("0"),
                                               QStringLiteral("--connect=[::1]:80"),
                                               QStringLiteral("--framing"),
                                               QStringLiteral("length:u32be,adjust=-4"),
                                               QStringLiteral("--compare"),
                                               QStringLiteral("lines"),
                                               QStringLiteral("--filter"),
                                               QStringLiteral("seq == 5"),
                                               QStringLiteral("--plot=values:header.seq"),
                                               QStringLiteral("--struct"),
                                               QStringLiteral("!H:seq *s:text"),
                                               QStringLiteral("--screenshot"),
                                               QStringLiteral("o.png"),
                                               QStringLiteral("--after"),
                                               QStringLiteral("50"),
                                               QStringLiteral("--size"),
                                               QStringLiteral("800x600"),
                                               QStringLiteral("--theme"),
                                               QStringLiteral("dark"),
                                               QStringLiteral("--"),
                                               QStringLiteral("--odd-name")});
    QVERIFY2(options, options ? "" : qPrintable(options.error().line()));
    QCOMPARE(options->files, QStringList({QStringLiteral("a.bin"), QStringLiteral("--odd-name")}));
    QVERIFY(options->demo);
    QCOMPARE(options->listen.first().text(), QStringLiteral("127.0.0.1:0"));
    QCOMPARE(options->connect.first().text(), QStringLiteral("[::1]:80"));
    QCOMPARE(options->framing, QStringLiteral("length:u32be,adjust=-4"));
    QCOMPARE(options->compare, QStringLiteral("lines"));
    QCOMPARE(options->layout, QStringLiteral("!H:seq *s:text"));
    QCOMPARE(options->filter, QStringLiteral("seq == 5"));
    QCOMPARE(options->plot, (PlotChoice{PlotKind::Histogram, QStringLiteral("header.seq")}));
    QCOMPARE(options->afterMs, 50);
    QCOMPARE(options->size, QSize(800, 600));
    QVERIFY(options->theme == ThemeChoice::Dark);
  }

  void severalEndpoints() {
    const auto options = WindowOptions::parse({QStringLiteral("--listen"), QStringLiteral("1060"),
                                               QStringLiteral("--connect=127.0.0.1:1"), QStringLiteral("--listen=1061"),
                                               QStringLiteral("--connect"), QStringLiteral("127.0.0.1:2")});
    QVERIFY(options);
    QCOMPARE(options->listen.size(), 2);
    QCOMPARE(options->listen.last().text(), QStringLiteral("127.0.0.1:1061"));
    QCOMPARE(options->connect.size(), 2);
    QCOMPARE(options->connect.first().text(), QStringLiteral("127.0.0.1:1"));
  }

  void nothingIsTheDefault() {
    const auto options = WindowOptions::parse({});
    QVERIFY(options);
    QVERIFY(!options->demo && options->listen.isEmpty() && options->connect.isEmpty() && !options->theme &&
            options->files.isEmpty());
    QCOMPARE(options->afterMs, -1);
  }

  void saysWhatIsWrong_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, std::initializer_list<const char *> words, const char *expected) {
      QStringList list;
      for (const char *word : words) list.append(QString::fromUtf8(word));
      QTest::newRow(name) << list << QString::fromUtf8(expected);
    };
    row("unknown", {"--frobnicate"}, "unknown option --frobnicate: see --help");
    row("later", {"--relay", "1", "h:2"}, "--relay is not known to this version");
    row("no value", {"--listen"}, "--listen needs a value");
    row("value where none goes", {"--demo=1"}, "--demo takes no value");
    row("bad port", {"--listen", "70000"}, "70000");
    row("connect without host", {"--connect", "80"}, "host is missing");
    row("bad SPEC", {"--framing", "length:u33"}, "at character");
    row("bad SPEC to compare with", {"--compare", "length:u33"}, "at character");
    row("bad filter", {"--filter", "size >"}, "a value is missing at the end");
    row("no such chart", {"--plot", "values"}, "values:FIELD");
    row("help on no framing", {"--help-on", "packets"}, "--help-on takes the name of a framing");
    row("bad LAYOUT", {"--struct", "!Y"}, "bad char in struct format");
    row("bad size", {"--size", "800"}, "WIDTHxHEIGHT");
    row("tiny size", {"--size", "8x6"}, "WIDTHxHEIGHT");
    row("bad theme", {"--theme", "pink"}, "light or dark");
    row("after alone", {"--after", "5"}, "--screenshot");
    row("bad after", {"--screenshot", "x.png", "--after", "-5"}, "--after");
  }
  void saysWhatIsWrong() {
    QFETCH(QStringList, words);
    QFETCH(QString, expected);
    const auto options = WindowOptions::parse(words);
    QVERIFY(!options);
    const QString line = options.error().line();
    QVERIFY2(line.contains(expected), qPrintable(line));
    QVERIFY(!line.contains(QLatin1Char('\n')));
  }
};

QTEST_GUILESS_MAIN(TestWindowOptions)
#include "tst_window_options.moc"

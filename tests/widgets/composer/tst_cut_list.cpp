// CutList: offsets as they are typed, and pieces as they are shown.
#include "widgets/composer/cut_list.h"

#include <QTest>

using namespace octetscope;

class TestCutList : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void parses_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<quint64>>("cuts");
    QTest::newRow("one") << QStringLiteral("4") << QList<quint64>{4};
    QTest::newRow("commas and spaces") << QStringLiteral(" 1,2 ;3\t4,, 5 ") << QList<quint64>{1, 2, 3, 4, 5};
    QTest::newRow("hex") << QStringLiteral("0x0A 0Xf") << QList<quint64>{10, 15};
    QTest::newRow("any order, twice") << QStringLiteral("7 3 7 1") << QList<quint64>{1, 3, 7};
    QTest::newRow("the last byte alone") << QStringLiteral("99") << QList<quint64>{99};
  }
  void parses() {
    QFETCH(const QString, text);
    const auto cuts = CutList::parse(text, 100);
    QVERIFY2(cuts, cuts ? "" : qPrintable(cuts.error().line()));
    QTEST(*cuts, "cuts");
  }

  void saysWhatIsWrong_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("what");
    QTest::addColumn<qsizetype>("position");
    const auto row = [](const char *name, const QString &text, const QString &what, qsizetype position) {
      QTest::newRow(name) << text << what << position;
    };
    row("empty", QString(), QStringLiteral("no place to cut"), 0);
    row("separators alone", QStringLiteral(" , "), QStringLiteral("no place to cut"), 0);
    row("a word", QStringLiteral("4, two"), QStringLiteral("“two” is no offset"), 3);
    row("negative", QStringLiteral("-4"), QStringLiteral("“-4” is no offset"), 0);
    row("a sign", QStringLiteral("+4"), QStringLiteral("“+4” is no offset"), 0);
    row("a fraction", QStringLiteral("4.5"), QStringLiteral("“4.5” is no offset"), 0);
    row("0x alone", QStringLiteral("0x"), QStringLiteral("“0x” is no offset"), 0);
    row("beyond 64 bits", QStringLiteral("1 18446744073709551616"), QStringLiteral("is no offset"), 2);
    row("nothing before it", QStringLiteral("2 0"), QStringLiteral("0 cuts nothing"), 2);
    row("the end", QStringLiteral("1 100"), QStringLiteral("100 cuts nothing: there are 100 bytes"), 2);
    row("too many", QStringLiteral("1 ").repeated(1001), QStringLiteral("more than 1"), 2000);
  }
  void saysWhatIsWrong() {
    QFETCH(const QString, text);
    QFETCH(const QString, what);
    const auto cuts = CutList::parse(text, 100);
    QVERIFY(!cuts);
    QVERIFY2(cuts.error().what.contains(what), qPrintable(cuts.error().what));
    QTEST(cuts.error().position, "position");
  }

  void anyOffsetWhereTheSizeIsNotKnown() {
    QCOMPARE(*CutList::parse(u"18446744073709551615", std::nullopt), QList<quint64>{~0ULL});
  }

  void preview_data() {
    QTest::addColumn<QList<quint64>>("cuts");
    QTest::addColumn<quint64>("pieceSize");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QList<quint64> &cuts, quint64 size, const QByteArray &bytes,
                        const QString &words) { QTest::newRow(name) << cuts << size << bytes << words; };
    row("two", {2}, 0, "abc", QStringLiteral("in 2 pieces: 61 62 ┊ 63"));
    row("outside is ignored", {0, 2, 3, 9}, 0, "abc", QStringLiteral("in 2 pieces: 61 62 ┊ 63"));
    row("equal ones", {}, 2, "abcde", QStringLiteral("in 3 pieces: 61 62 ┊ 63 64 ┊ 65"));
    row("exactly", {}, 5, "abcde", QStringLiteral("in 1 piece: 61 62 63 64 65"));
    row("a long one", {1}, 0, QByteArray(101, 'a'),
        QStringLiteral("in 2 pieces: 61 ┊ 61 61 61 61 61 61 61 61 … (100 bytes)"));
    row("many", {}, 8, QByteArray(800, 'a'),
        QStringLiteral("in 100 pieces: %1 ┊ %1 ┊ %1 ┊ %1 ┊ …").arg(QStringLiteral("61 61 61 61 61 61 61 61")));
  }
  void preview() {
    QFETCH(const QList<quint64>, cuts);
    QFETCH(const quint64, pieceSize);
    QFETCH(const QByteArray, bytes);
    const DeliveryPlan plan{.pieceSize = pieceSize, .cuts = cuts};
    QTEST(CutList::preview(plan, bytes), "words");
  }
};

QTEST_APPLESS_MAIN(TestCutList)
#include "tst_cut_list.moc"

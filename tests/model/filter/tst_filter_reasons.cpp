// Why nothing may pass a filter that is right: what a name means, and which fields there are.
#include "model/filter/filter_reasons.h"
#include "model/items/message_filter.h"
#include "tests/support/readers.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestFilterReasons : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void says_data() {
    QTest::addColumn<QString>("framing");
    QTest::addColumn<QString>("layout");
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("reason");
    const QString json = u"json"_s;
    const QString own = u"length:u16be"_s;
    const QString fields = u"!H:seq I:epoch *s:text"_s;
    QTest::newRow("a field's name is one of messages")
        << own << fields << u"seq > 5 && epoch > 1700000000"_s
        << u"epoch without a point in front is .*: write .epoch for the field"_s;
    QTest::newRow("the field itself") << own << fields << u".epoch > 1700000000"_s << QString();
    QTest::newRow("a word without quotes")
        << own << fields << u"text contains error"_s
        << u"error is a name, and what it stands for is looked for: write \"error\" for the word itself"_s;
    QTest::newRow("a word in quotes") << own << fields << u"text contains \"error\""_s << QString();
    QTest::newRow("bytes") << own << fields << u"text contains de:ad"_s << QString();
    QTest::newRow("nothing is unclear") << own << fields << u"seq == 5 || size > 100"_s << QString();
    QTest::newRow("never seen") << json << QString() << u"user.nmae == \"x\""_s
                                << u"the last messages have no field user.nmae; did you mean user.name\\?"_s;
    QTest::newRow("never seen, and nothing near")
        << json << QString() << u"colour"_s << u"the last messages have no field colour"_s;
    QTest::newRow("seen") << json << QString() << u"user.name == \"x\" && user.tags[7] == 1"_s << QString();
    QTest::newRow("the last element") << json << QString() << u"user.tags[-1] == \"new\""_s
                                      << u"elements are counted from the first, user.tags.0.; user.tags... is any .*"_s;
    QTest::newRow("an array") << json << QString() << u"user.tags == \"new\""_s
                              << u"user.tags holds several values: user.tags... is any of them"_s;
    QTest::newRow("what holds fields") << json << QString() << u"size > 1 && user == 5"_s
                                       << u"user holds other fields and has no value of its own: user.name is one"_s;
    QTest::newRow("whether there is one") << json << QString() << u"user.tags && user"_s << QString();
    QTest::newRow("seen, and a name of messages")
        << json << QString() << u"status == error"_s << u"status without a point .* write .status for the field"_s;
  }
  void says() {
    QFETCH(const QString, framing);
    QFETCH(const QString, layout);
    QFETCH(const QString, expression);
    QFETCH(const QString, reason);
    const FilterScope scope = MessageFilter::scopeOf(readerOf(framing, layout));
    const auto parsed = FilterExpression::parse(expression);
    QVERIFY(parsed);
    const QStringList seen =
        layout.isEmpty() ? QStringList{u"user"_s, u"user.name"_s, u"user.tags"_s, u"user.tags[*]"_s, u".status"_s}
                         : QStringList();
    const QString said = whyNothingPasses(*parsed, {scope, scope}, seen);
    const QRegularExpression wanted(QRegularExpression::anchoredPattern(reason));
    QVERIFY2(wanted.match(said).hasMatch(), qPrintable(said));
  }
};

QTEST_GUILESS_MAIN(TestFilterReasons)
#include "tst_filter_reasons.moc"

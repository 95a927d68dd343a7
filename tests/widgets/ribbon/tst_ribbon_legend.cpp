// RibbonLegend: the names beside the colours are those of the message that is talked about; they give way to words.
#include "tests/widgets/ribbon/ribbon_capture.h"
#include "widgets/ribbon/ribbon_legend.h"
#include "widgets/ribbon/ribbon_pane.h"

#include <QLabel>
#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestRibbonLegend : public QObject {
  Q_OBJECT

  static QString told(const QList<RibbonLegend::Entry> &entries) {
    QStringList words;
    for (const RibbonLegend::Entry &entry : entries) {
      words +=
          entry.kind == RibbonLegend::Entry::Kind::Field ? u"%1 %2"_s.arg(entry.field).arg(entry.name) : entry.name;
    }
    return words.join(u", "_s);
  }

 private Q_SLOTS:
  void namesTheFieldsThatAreThere_data() {
    QTest::addColumn<QString>("framing");
    QTest::addColumn<QString>("layout");
    QTest::addColumn<QString>("expected");
    QTest::newRow("head, padding, rest") << u"length:u8"_s << u"!B:kind x H:seq *s:text"_s
                                         << u"framing, 0 kind, 1 seq, 2 text, padding"_s;
    QTest::newRow("unnamed") << u"length:u8"_s << u"!2B"_s << u"framing, 0 0, 1 1, 2 (rest)"_s;
    QTest::newRow("the framing adds nothing") << u"fixed:9"_s << u"!B:a *s:b"_s << u"0 a, 1 b"_s;
    QTest::newRow("long name") << u"length:u8"_s << u"!B:abcdefghijklmnopqrstuvwxyz"_s
                               << u"framing, 0 abcdefghijklmno…, 1 (rest)"_s;
    QTest::newRow("more than there is room for")
        << u"length:u8"_s << u"!8B:a B B B B B B B B B B B B B"_s << u"framing, 0 a"_s;
    QTest::newRow("no struct") << u"length:u8"_s << QString() << QString();
    QTest::newRow("no payload of the stream's") << u"chunked:u8"_s << u"!B"_s << QString();
  }
  void namesTheFieldsThatAreThere() {
    QFETCH(QString, framing);
    QFETCH(QString, layout);
    RibbonCapture capture;
    capture.record(Direction::In, QByteArray("\x08\x01\0\0\x02text", 9));
    const auto decoder = capture.decoder(framing, layout);
    QVERIFY(decoder && decoder->messageCount(Direction::In) == 1);
    const auto entries = RibbonLegend::entriesOf(*decoder, Direction::In, decoder->message(Direction::In, 0));
    QTEST(told(entries), "expected");
  }

  void givesWayToTheWords() {
    RibbonPane pane;
    pane.resize(900, 300);
    pane.setWords(u"Read 1 byte as B → 8, so message 1 ends at byte 9. All 9 bytes are here."_s);
    pane.setLegend({{RibbonLegend::Entry::Kind::Field, 0, u"kind"_s}, {RibbonLegend::Entry::Kind::Field, 1, u"seq"_s}});
    pane.show();
    QTRY_VERIFY(pane.legend()->isVisible());
    QVERIFY(pane.legend()->width() >= pane.legend()->sizeHint().width());
    QCOMPARE(pane.legend()->accessibleDescription(), u"kind, seq"_s);
    QVERIFY(!pane.grab().isNull());
    pane.resize(400, 300);
    QTRY_VERIFY(!pane.legend()->isVisible());
    pane.resize(900, 300);
    QTRY_VERIFY(pane.legend()->isVisible());
    pane.setWords(QString(200, u'm'));
    QVERIFY(!pane.legend()->isVisible());
    pane.setWords(u"short"_s);
    QVERIFY(pane.legend()->isVisible());
    pane.setLegend({});
    QVERIFY(!pane.legend()->isVisible());
  }
};

QTEST_MAIN(TestRibbonLegend)
#include "tst_ribbon_legend.moc"

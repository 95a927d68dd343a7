// Where framing may go on behind an error: the first byte from which whole messages follow one another.
#include "model/framing/registry.h"
#include "model/framing/resume.h"
#include "tests/support/framer_contract.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestResume : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void findsTheNextMessages_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<quint64>("from");
    QTest::addColumn<qint64>("found");  // -1: nowhere

    const QByteArray three("\0\3abc\0\2de\0\4fghi", 15);
    const QByteArray garbage(9, '\xFF');
    QTest::newRow("behind garbage") << u"length:u16be"_s << garbage + three + QByteArray("\xFF\xFF", 2) << 0ULL << 9LL;
    QTest::newRow("never at the place itself") << u"length:u16be"_s << three << 0ULL << 5LL;
    QTest::newRow("fewer, where they end with the stream")
        << u"length:u16be"_s << garbage + QByteArray("\0\1x", 3) << 0ULL << 9LL;
    QTest::newRow("fewer, and something behind them")
        << u"length:u16be"_s << garbage + QByteArray("\0\1x\xFF", 4) << 0ULL << -1LL;
    QTest::newRow("empty messages say nothing") << u"length:u16be"_s << garbage + QByteArray(6, '\0') << 0ULL << -1LL;
    QTest::newRow("nothing there") << u"length:u16be"_s << garbage << 0ULL << -1LL;
    QTest::newRow("at the end") << u"length:u16be"_s << garbage << 9ULL << -1LL;
    QTest::newRow("at the last byte") << u"length:u16be"_s << garbage << 8ULL << -1LL;
    QTest::newRow("netstrings") << u"netstring"_s << QByteArray("x5:ab,3:abc,2:de,1:f,") << 0ULL << 6LL;
    QTest::newRow("too far") << u"netstring"_s << QByteArray(64 * 1024, 'x') + QByteArray("x3:abc,2:de,1:f,") << 0ULL
                             << -1LL;
    QTest::newRow("just near enough") << u"netstring"_s << QByteArray(64 * 1024, 'x') + QByteArray("3:abc,2:de,1:f,")
                                      << 0ULL << 65536LL;
  }
  void findsTheNextMessages() {
    QFETCH(const QString, spec);
    QFETCH(const QByteArray, bytes);
    QFETCH(const quint64, from);
    QFETCH(const qint64, found);
    const FramerPtr framer = framerFromSpec(spec).value();
    const auto place = nextFramedPlace(*framer, streamInChunks(bytes, {}, StreamEnd::Fin), from);
    QCOMPARE(place ? static_cast<qint64>(*place) : -1LL, found);
  }

  // Large messages are jumped over: they use up nothing of what may be looked at.
  void jumpsOverLargeMessages() {
    QByteArray bytes(150'000, '\xEA');  // at each place two messages of 60,140 bytes, and a part of a third
    bytes.replace(1000, 15, QByteArray("\0\3abc\0\2de\0\4fghi", 15));
    const FramerPtr framer = framerFromSpec(u"length:u16be"_s).value();
    QCOMPARE(nextFramedPlace(*framer, streamInChunks(bytes, {}, StreamEnd::Fin), 0), std::optional<quint64>(1000));
  }

  // The same answer however busy the machine is: what it may take is counted in bytes.
  void givesUpAfterSoManyBytes() {
    // No line ends within 256 KiB of any place, until one does, behind what may be looked at.
    QByteArray bytes(400'000, 'x');
    for (int i = 350'000; i < bytes.size(); i += 100) bytes[i] = '\n';
    const StreamView stream = streamInChunks(bytes, {}, StreamEnd::Fin);
    const FramerPtr lines = framerFromSpec(u"lines"_s).value();
    QCOMPARE(nextFramedPlace(*lines, stream, 0, 200'000), std::nullopt);
    QCOMPARE(nextFramedPlace(*lines, stream, 120'000, 200'000), std::optional<quint64>(120'001));
  }
};

QTEST_GUILESS_MAIN(TestResume)
#include "tst_resume.moc"

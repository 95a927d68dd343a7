// Framings inside framings: what SPECs with layers mean, what is found in payloads, and payloads joined to one stream.
#include "model/framing/joined_stream.h"
#include "model/framing/payload_stream.h"
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"
#include "tests/support/stream_maker.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

/// All that a framing and those inside it find, as text: "0+8 complete … {…}".
QString told(const Framer &framer, const StreamView &view, const Message &message) {
  QString text = describe(message);
  const FramerPtr inner = framer.inner();
  if (!inner) return text;
  const auto payload = PayloadStream::of(framer, view, message);
  if (!payload) return text + u" !";
  QStringList parts;
  payload->forEach(*inner, [&](const Message &part) {
    parts += told(*inner, payload->view, part);
    return true;
  });
  return text + (payload->isDerived ? u" own{" : u" {") + parts.join(u"; "_s) + u'}';
}

QStringList toldAll(const Framer &framer, const StreamView &view) {
  QStringList lines;
  for (const Message &message : messagesOf(framer, view)) lines += told(framer, view, message);
  return lines;
}

QByteArray joinedOf(JoinedStream &joined, const StreamView &view, quint64 budget = ~0ULL) {
  while (joined.advance(view, budget)) {
  }
  return copyOf(joined.view().bytes.view());
}

}  // namespace

class TestLayers : public QObject {
  Q_OBJECT

  static void layeredSpecs() {
    QTest::addColumn<QString>("spec");
    for (const char *spec : {"length:u8 | fixed:2", "length:u8 | lines", "netstring | length:u8 | fixed:1",
                             "chunked:u8 | length:u8", "chunked:u8 | chunked:u8", "length:u8 |+ lines",
                             "chunked:u8 |+ length:u8", "length:u8 | chunked:u8 |+ fixed:3", "lines |+ netstring",
                             "length:u8 |+ length:u8 |+ fixed:2", "length:u8 |+ chunked:u8 | fixed:2"}) {
      QTest::newRow(spec) << QString::fromLatin1(spec);
    }
  }

 private Q_SLOTS:
  void specs_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("canonical");
    QTest::newRow("nested") << u"length:u16be|fixed:2"_s << u"length:u16be | fixed:2"_s;
    QTest::newRow("three") << u" netstring | length:u8,offset=0 |  lines "_s << u"netstring | length:u8 | lines"_s;
    QTest::newRow("joined") << u"length:u16be|+lines"_s << u"length:u16be |+ lines"_s;
    QTest::newRow("joined twice, nested last")
        << u"length:u8 |+ netstring |+ chunked:u8 | fixed:2"_s << u"length:u8 |+ netstring |+ chunked:u8 | fixed:2"_s;
    QTest::newRow("a sign that is text") << u"delimiter:\\| | fixed:1"_s << u"delimiter:\\| | fixed:1"_s;
    QTest::newRow("a space that is text") << u"delimiter:\\x20|fixed:1"_s << u"delimiter:\\x20 | fixed:1"_s;
  }
  void specs() {
    QFETCH(QString, spec);
    QFETCH(QString, canonical);
    const auto framer = framerFromSpec(spec);
    QVERIFY2(framer, framer ? "" : qPrintable(framer.error().line()));
    QCOMPARE((*framer)->spec(), canonical);
    const auto again = framerFromSpec((*framer)->spec());
    QVERIFY2(again, again ? "" : qPrintable(again.error().line()));
    QCOMPARE((*again)->spec(), (*framer)->spec());
  }

  void limitsHoldInEachLayer() {
    const FramerPtr framer = framerFromSpec(u"length:u8,max=9 | netstring", 20).value();
    QCOMPARE(framer->maxMessage(), 9U);
    QCOMPARE(framer->inner()->maxMessage(), 20U);
  }

  void nested_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<StreamEnd>("end");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("ranges stay in the stream")
        << u"length:u8 | fixed:2"_s
        << QByteArray(
               "\x04"
               "abcd\x03"
               "efg")
        << StreamEnd::Fin
        << QStringList{u"0+5 complete payload 1+4 {1+2 complete payload 1+2; 3+2 complete payload 3+2}"_s,
                       u"5+4 complete payload 6+3 {6+2 complete payload 6+2; 8+1 incomplete payload 8+1}"_s};
    QTest::newRow("what is joined has bytes of its own")
        << u"chunked:u8 | fixed:3"_s
        << QByteArray(
               "\x02"
               "ab\x02"
               "cd\0",
               7)
        << StreamEnd::Fin
        << QStringList{u"0+7 complete payload -+4 own{0+3 complete payload 0+3; 3+1 incomplete payload 3+1}"_s};
    QTest::newRow("a cut payload is no end")
        << u"length:u8 | until-close"_s
        << QByteArray(
               "\x04"
               "ab")
        << StreamEnd::Fin << QStringList{u"0+3 incomplete payload 1+2 {1+2 incomplete payload 1+2}"_s};
    QTest::newRow("a whole one is") << u"length:u8 | until-close"_s
                                    << QByteArray(
                                           "\x02"
                                           "ab")
                                    << StreamEnd::Open
                                    << QStringList{u"0+3 complete payload 1+2 {1+2 complete payload 1+2}"_s};
    QTest::newRow("an error has nothing inside") << u"netstring | fixed:1"_s << QByteArray("2:ab;") << StreamEnd::Fin
                                                 << QStringList{u"0+5 error payload -+0 own{}"_s};
    QTest::newRow("an empty payload has none") << u"netstring | fixed:1"_s << QByteArray("0:,") << StreamEnd::Fin
                                               << QStringList{u"0+3 complete payload 2+0 {}"_s};
  }
  void nested() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, bytes);
    QFETCH(StreamEnd, end);
    QFETCH(QStringList, expected);
    QStringList found = toldAll(*framerFromSpec(spec).value(), streamInChunks(bytes, {}, end));
    for (QString &line : found) {
      if (line.contains(u"error"_s)) line.replace(u" {}"_s, u" own{}"_s);
    }
    QCOMPARE(found, expected);
  }

  void encodes_data() { layeredSpecs(); }
  void encodes() {
    QFETCH(QString, spec);
    const FramerPtr framer = framerFromSpec(spec).value();
    StreamMaker maker(*framer, 3);
    int carried = 0;
    for (int round = 0; round < 200; ++round) {
      QByteArray payload = maker.soup(round % 9);
      if (spec.contains(u"fixed:2"_s)) payload.resize(2, 'x');
      if (spec.contains(u"fixed:1"_s)) payload.resize(1, 'x');
      if (spec.contains(u"fixed:3"_s)) payload.resize(3, 'x');
      const auto encoded = framer->encode(payload);
      if (!encoded) continue;
      ++carried;
      // Through all layers it comes back as one payload.
      QByteArray stream = *encoded;
      FramerPtr stage = framer;
      if (framer->joinedBy()) {
        const auto joined = JoinedStream::of(framer);
        stream = joinedOf(*joined, streamInChunks(stream, {}, StreamEnd::Fin));
        QCOMPARE(joined->takeTroubles(), QStringList());
        stage = joined->cutBy();
      }
      QList<QByteArray> leaves;
      StreamView view = streamInChunks(stream, {}, StreamEnd::Fin);
      Message message = messagesOf(*stage, view).value(0);
      FramerPtr inner = stage;
      while (inner->inner()) {
        const auto inside = PayloadStream::of(*inner, view, message).value();
        inner = inner->inner();
        QList<Message> all;
        inside.forEach(*inner, [&](const Message &one) {
          all.append(one);
          return true;
        });
        QCOMPARE(all.size(), 1);
        message = all[0];
        view = inside.view;
      }
      QCOMPARE(message.status, Status::Complete);
      QCOMPARE(inner->payload(view, message).value(), payload);
    }
    QVERIFY(carried > 10);
  }

  // However it arrives the joined bytes are the same, and those of a prefix are a prefix.
  void joins_data() { layeredSpecs(); }
  void joins() {
    QFETCH(QString, spec);
    const FramerPtr framer = framerFromSpec(spec).value();
    if (!framer->joinedBy()) return;
    StreamMaker maker(*framer, 11);
    for (int round = 0; round < 150; ++round) {
      QByteArray bytes;
      for (int i = 0; i < 5; ++i) {
        QByteArray payload = maker.soup(maker.number() % 12);
        payload.resize(spec.contains(u"fixed:2"_s) ? 2 : spec.contains(u"fixed:3"_s) ? 3 : payload.size(), 'x');
        bytes += framer->encode(payload).value_or(maker.soup(3));
      }
      const auto size = static_cast<quint64>(bytes.size());
      const StreamView stream = streamInChunks(bytes, maker.cuts(size), StreamEnd::Fin);
      const auto whole = JoinedStream::of(framer);
      const QByteArray all = joinedOf(*whole, stream);
      QVERIFY(whole->view().end != StreamEnd::Open);
      const auto arriving = JoinedStream::of(framer);
      for (quint64 at = 1; at < size; ++at) {
        const QByteArray before = joinedOf(*arriving, stream.prefix(at), 1);
        QVERIFY(all.startsWith(before));
        const auto alone = JoinedStream::of(framer);
        QCOMPARE(joinedOf(*alone, stream.prefix(at)), before);
        QCOMPARE(whole->joinedAt(at), static_cast<quint64>(before.size()));
      }
      QCOMPARE(joinedOf(*arriving, stream, 1), all);
      QCOMPARE(arriving->takeTroubles(), whole->takeTroubles());
      QCOMPARE(arriving->view().chunks.count(), whole->view().chunks.count());
    }
  }

  void joinedBytesKnowWhereTheyCameFrom() {
    const auto joined = JoinedStream::of(framerFromSpec(u"length:u8 |+ lines").value());
    // Two payloads, then one in error because it is over the limit... and one cut off at the end.
    const QByteArray bytes(
        "\x03"
        "abc\0\x02"
        "de\x05"
        "fg",
        11);
    QCOMPARE(joinedOf(*joined, streamInChunks(bytes, {}, StreamEnd::Fin)), QByteArray("abcdefg"));
    QCOMPARE(joined->view().end, StreamEnd::Cut);
    QCOMPARE(joined->view().chunks.count(), 3U);
    const auto tell = [&](quint64 begin, quint64 end) {
      const JoinedStream::Origin origin = joined->originOf({begin, end});
      return u"%1-%2 at %3-%4"_s.arg(origin.first).arg(origin.last).arg(origin.range.begin).arg(origin.range.end);
    };
    QCOMPARE(tell(0, 3), u"0-0 at 1-4"_s);
    QCOMPARE(tell(1, 2), u"0-0 at 2-3"_s);
    QCOMPARE(tell(2, 4), u"0-2 at 3-7"_s);
    QCOMPARE(tell(3, 7), u"2-3 at 6-11"_s);
    QCOMPARE(joined->takeTroubles(),
             QStringList{u"message 3 of length:u8, at byte 8: the stream ended, 3 bytes short"_s});
    QCOMPARE(joined->takeTroubles(), QStringList());
  }

  void blocksKnowTheirPlace() {
    const auto joined = JoinedStream::of(framerFromSpec(u"chunked:u8 |+ lines").value());
    const QByteArray bytes(
        "\x02"
        "ab\x02"
        "cd\0\x01"
        "e\0",
        10);
    QCOMPARE(joinedOf(*joined, streamInChunks(bytes, {}, StreamEnd::Open)), QByteArray("abcde"));
    QCOMPARE(joined->view().end, StreamEnd::Open);
    QCOMPARE(joined->view().chunks.count(), 2U);
    QCOMPARE(joined->originOf({1, 3}).range, (ByteRange{2, 5}));
    QCOMPARE(joined->originOf({4, 5}).range, (ByteRange{8, 9}));
    QCOMPARE(joined->originOf({4, 5}).first, 1U);
  }

  void anErrorEndsTheJoinedStream() {
    const auto joined = JoinedStream::of(framerFromSpec(u"netstring |+ lines").value());
    QCOMPARE(joinedOf(*joined, streamInChunks("2:ab,x", {}, StreamEnd::Open)), QByteArray("ab"));
    QCOMPARE(joined->view().end, StreamEnd::Cut);
    QCOMPARE(joined->takeTroubles().size(), 1);
  }
};

QTEST_APPLESS_MAIN(TestLayers)
#include "tst_layers.moc"

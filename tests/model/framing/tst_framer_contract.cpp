// One contract test, run over every framing and many SPECs: see tests/support/framer_contract.h for what it checks.
#include "model/framing/registry.h"
#include "model/framing/restarting_framer.h"
#include "tests/support/framer_contract.h"
#include "tests/support/framer_specs.h"
#include "tests/support/stream_maker.h"

#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestFramerContract : public QObject {
  Q_OBJECT

  void everySpec() {
    QTest::addColumn<QString>("spec");
    for (const char *spec : framerSpecs) QTest::newRow(spec) << QString::fromUtf8(spec);
  }

 private Q_SLOTS:
  void everyFramingIsHere() {
    for (const FramingKind &kind : framingKinds()) {
      QVERIFY2(std::any_of(std::begin(framerSpecs), std::end(framerSpecs),
                           [&](const char *spec) {
                             return framerFromSpec(QString::fromUtf8(spec)).value()->spec().startsWith(kind.name);
                           }),
               qPrintable(kind.name));
    }
  }

  void holds_data() { everySpec(); }
  void holds() {
    QFETCH(QString, spec);
    const auto framer = framerFromSpec(spec);
    QVERIFY2(framer, framer ? "" : qPrintable(framer.error().line()));
    StreamMaker maker(**framer, 1234);
    for (quint32 round = 0; round < 120; ++round) {
      const QByteArray bytes = maker.stream();
      FramerContract contract(**framer, bytes, maker.cuts(static_cast<quint64>(bytes.size())), maker.end(), round + 1);
      const QString broken = contract.broken();
      QVERIFY2(broken.isEmpty(), qPrintable(broken + u"\n" + QString::fromLatin1(bytes.toHex(' '))));
    }
  }

  void holdsWithRestarts_data() { everySpec(); }
  void holdsWithRestarts() {
    QFETCH(QString, spec);
    const auto inner = framerFromSpec(spec);
    QVERIFY(inner);
    StreamMaker maker(**inner, 77);
    for (quint32 round = 0; round < 60; ++round) {
      const QByteArray bytes = maker.stream();
      const quint64 size = static_cast<quint64>(bytes.size());
      const QList<quint64> places = {maker.number() % (size + 10), maker.number() % (size + 1), size / 2, 0, size};
      const RestartingFramer framer(*inner, places);
      const QList<quint64> cuts = maker.cuts(size);
      std::minstd_rand random(round + 1);
      const StreamView stream = streamInTime(bytes, cuts, StreamEnd::Open, random);
      const QList<Message> all = messagesOf(framer, stream);
      quint64 at = 0;
      for (const Message &message : all) {
        QVERIFY(isFiller(framer, stream, {at, message.offset}));
        at = message.end();
      }
      QVERIFY(isFiller(framer, stream, {at, size}));
      // No message goes across a place.
      for (quint64 place : places) {
        for (const Message &message : all) QVERIFY(place <= message.offset || place >= message.end());
      }
      // Each section is what the inner framing makes of it alone.
      for (quint64 begin : framer.restarts()) {
        if (begin >= size) continue;
        quint64 end = size;
        for (quint64 place : framer.restarts()) {
          if (place > begin) end = std::min(end, place);
        }
        QList<Message> section;
        for (const Message &message : all) {
          if (message.offset >= begin && message.end() <= end) section.append(message);
        }
        QList<Message> alone = messagesOf(**inner, sectionOf(stream, begin, end));
        for (Message &message : alone) {
          message.offset += begin;
          if (message.hasPayloadRange()) message.payloadOffset += begin;
        }
        QVERIFY2(section == alone, qPrintable(describe(section) + u" is not " + describe(alone)));
      }
      // However it arrives.
      ScanState state;
      QList<Message> seen;
      for (quint64 cut = 1; cut <= size; ++cut) {
        if ((*inner)->readsChunks() && cut != size && !cuts.contains(cut)) continue;
        seen += finalMessages(framer, stream.prefix(cut), state, 2);
      }
      if (const Message rest = framer.rest(stream, state); rest.size > 0) seen.append(rest);
      QVERIFY2(seen == all, qPrintable(describe(seen) + u" is not " + describe(all)));
    }
  }

  void encodes_data() { everySpec(); }
  void encodes() {
    QFETCH(QString, spec);
    const auto framer = framerFromSpec(spec);
    QVERIFY(framer);
    StreamMaker maker(**framer, 99);
    for (quint64 i = 0; i < 400; ++i) {
      const QByteArray payload = i % 4 == 3 ? maker.payload() : maker.soup(i < 30 ? i : maker.number() % 300);
      const QString broken = brokenEncoding(**framer, payload);
      QVERIFY2(broken.isEmpty(), qPrintable(broken));
    }
  }

  // The message that a framing without chunks finds does not depend on the table of chunks at all.
  void ignoresChunks_data() { everySpec(); }
  void ignoresChunks() {
    QFETCH(QString, spec);
    const FramerPtr framer = framerFromSpec(spec).value();
    if (framer->readsChunks()) QSKIP("reads the chunk table");
    StreamMaker maker(*framer, 5);
    for (int round = 0; round < 30; ++round) {
      const QByteArray bytes = maker.stream();
      const auto cuts = maker.cuts(static_cast<quint64>(bytes.size()));
      QCOMPARE(messagesOf(*framer, streamInChunks(bytes, cuts)), messagesOf(*framer, streamInChunks(bytes, {})));
    }
  }
};

QTEST_APPLESS_MAIN(TestFramerContract)
#include "tst_framer_contract.moc"

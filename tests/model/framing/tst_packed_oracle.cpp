// The framings zlib and gzip against CPython's zlib and gzip: tests/interop/packed_oracle.py makes streams at every
// level, strategy and flush, concatenated, cut and broken, and says where each ends and what it holds. This test wants
// the same, however the bytes arrive.
#include "model/framing/registry.h"
#include "model/json/json_value.h"
#include "tests/support/framer_contract.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int seed = 1951;
constexpr int streamsOfEach = 80;

QByteArray oracle(const QStringList &arguments) {
  QProcess process;
  process.start(QStringLiteral(OCTETSCOPE_PYTHON),
                QStringList{QStringLiteral(OCTETSCOPE_INTEROP "/packed_oracle.py")} + arguments);
  if (!process.waitForFinished(120'000) || process.exitCode() != 0) qFatal("%s", process.readAllStandardError().data());
  return process.readAllStandardOutput();
}

/// Kilobytes: the most memory this process has had since the last reset.
quint64 peakMemory(bool reset) {
  if (reset) {
    QFile clear(u"/proc/self/clear_refs"_s);
    if (clear.open(QIODevice::WriteOnly)) clear.write("5");
  }
  QFile status(u"/proc/self/status"_s);
  if (!status.open(QIODevice::ReadOnly)) return 0;
  for (const QByteArray &line : status.readAll().split('\n')) {
    if (line.startsWith("VmHWM:")) return line.mid(6).trimmed().split(' ').first().toULongLong();
  }
  return 0;
}

quint64 numberOf(const JsonValue &value) {
  return value.number()->text.toULongLong();
}

}  // namespace

class TestPackedOracle : public QObject {
  Q_OBJECT

  static QString payloadHash(const Framer &framer, const StreamView &stream, const Message &message) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    quint64 size = 0;
    const auto done = framer.payloadPieces(stream, message, [&](ByteView piece) {
      hash.addData(qtView(piece));
      size += piece.size();
      return piece.size() <= 65536;
    });
    if (!done || size != message.payloadSize) return u"of another size"_s;
    return QString::fromLatin1(hash.result().toHex());
  }

 private Q_SLOTS:
  void saysWhatPythonSays() {
    const FramerPtr framers[] = {framerFromSpec(u"zlib").value(), framerFromSpec(u"gzip").value()};
    int streams = 0;
    std::array<int, 3> lasts = {};
    for (const QByteArray &line :
         oracle({QString::number(seed), QString::number(streamsOfEach)}).trimmed().split('\n')) {
      const auto record = parseJson(line);
      QVERIFY(record);
      const Framer &framer = *framers[*record->find(u"framing")->string() == u"gzip" ? 1 : 0];
      const QByteArray bytes = QByteArray::fromHex(record->find(u"hex")->string()->toLatin1());
      const QString last = *record->find(u"last")->string();
      const StreamView stream = streamInChunks(bytes, {});
      const QList<Message> whole = messagesOf(framer, stream);

      QString expected;
      QByteArray all;
      quint64 at = 0;
      const auto &wanted = *record->find(u"messages")->array();
      for (const JsonValue &one : wanted) {
        const auto &three = *one.array();
        const Message message{at, numberOf(three[0]) - at, notInStream, numberOf(three[1]), Status::Complete};
        at = message.end();
        expected += describe(message) + u' ' + *three[2].string() + u'\n';
      }
      QString got;
      for (const Message &message : whole) {
        if (message.status != Status::Complete) continue;
        got += describe(message) + u' ' + payloadHash(framer, stream, message) + u'\n';
        all += framer.payload(stream, message).value();
      }
      QVERIFY2(got == expected, qPrintable(u"%1\n%2instead of\n%3"_s.arg(QString::fromUtf8(line), got, expected)));
      const QString ends = whole.isEmpty() || whole.last().status == Status::Complete ? u"complete"_s
                           : whole.last().status == Status::Incomplete                ? u"incomplete"_s
                                                                                      : u"error"_s;
      QVERIFY2(ends == last, line);
      ++lasts[ends == u"complete" ? 0 : ends == u"error" ? 1 : 2];
      if (const QString *hash = record->find(u"whole")->string()) {
        QCOMPARE(QString::fromLatin1(QCryptographicHash::hash(all, QCryptographicHash::Sha256).toHex()), *hash);
      }

      // One byte at a time.
      ScanState state;
      QList<Message> dribbled;
      for (quint64 size = 1; size <= stream.size(); ++size) {
        dribbled += finalMessages(framer, stream.prefix(size), state);
      }
      if (const Message rest = framer.rest(stream, state); rest.size > 0) dribbled.append(rest);
      QVERIFY2(dribbled == whole, line);
      ++streams;
    }
    QCOMPARE(streams, 2 * streamsOfEach);
    for (const int count : lasts) QVERIFY2(count > streamsOfEach / 10, "the oracle makes too few of a kind");
  }

  void keepsTheContract() {
    std::minstd_rand random(7);
    for (const QByteArray &line : oracle({QString::number(seed + 1), u"40"_s}).trimmed().split('\n')) {
      const auto record = parseJson(line);
      QVERIFY(record);
      const QByteArray bytes = QByteArray::fromHex(record->find(u"hex")->string()->toLatin1());
      if (bytes.size() > 1500) continue;
      const QString name = *record->find(u"framing")->string();
      for (const QString &spec : {name, QString(name + u",max=300"_s)}) {
        QList<quint64> cuts;
        const quint64 step = 1 + static_cast<quint64>(bytes.size()) / 150;
        for (quint64 at = 1; at < static_cast<quint64>(bytes.size()); at += 1 + random() % step) cuts.append(at);
        const FramerPtr framer = framerFromSpec(spec).value();
        FramerContract contract(*framer, bytes, cuts, StreamEnd::Fin, static_cast<quint32>(random()));
        const QString broken = contract.broken();
        QVERIFY2(broken.isEmpty(), qPrintable(broken + u'\n' + QString::fromLatin1(bytes.toHex())));
      }
    }
  }

  void stopsABomb() {
    const QByteArray bytes = QByteArray::fromHex(oracle({u"bomb"_s}).trimmed());
    QVERIFY(bytes.size() > 900'000 && bytes.size() < 1'200'000);  // and 1 GiB comes out
    const StreamView stream = streamInChunks(bytes, {});
    const FramerPtr framer = framerFromSpec(u"zlib").value();
    const quint64 before = peakMemory(true);
    const QList<Message> messages = messagesOf(*framer, stream);
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages[0].status, Status::Error);
    const QString error = framer->verdict(stream, messages[0]).error;
    QVERIFY2(error.endsWith(u" decompress to more than the limit of 67,108,864 bytes"), qPrintable(error));
    QVERIFY2(peakMemory(false) < before + 4096, "memory grows with what comes out");

    // With a limit that lets it through, it is read piece by piece all the same.
    const FramerPtr patient = framerFromSpec(u"zlib,max=2147483648").value();
    const QList<Message> all = messagesOf(*patient, stream);
    QCOMPARE(all.size(), 1);
    QCOMPARE(all[0].status, Status::Incomplete);
    QCOMPARE(all[0].payloadSize, 1ULL << 30);
    QVERIFY2(peakMemory(false) < before + 4096, "memory grows with what comes out");
  }
};

QTEST_GUILESS_MAIN(TestPackedOracle)
#include "tst_packed_oracle.moc"

// MessagePack, CBOR and pickles against programs that are not ours: CPython's pickle and pickletools, a few lines of
// Python that write MessagePack and CBOR from their specifications, and Qt's CBOR reader.
#include "model/framing/registry.h"
#include "tests/support/binary_makers.h"
#include "tests/support/framer_contract.h"
#include "tests/support/python_peer.h"
#include "tests/support/told_fields.h"

#include <QCborStreamReader>
#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

/// No length is over this limit.
FramerPtr boundless(const QString &name) {
  return framerFromSpec(QString(name + u",max=9223372036854775807"_s)).value();
}

QByteArrayList linesOf(const QString &kind, int count, int seed) {
  PythonPeer peer(u"binary_oracle.py"_s, {kind, QString::number(count), QString::number(seed)});
  QByteArrayList lines;
  while (lines.size() < count) {
    const QByteArray line = peer.line();
    if (line.isEmpty()) qFatal("%s", peer.errors().constData());
    lines += line;
  }
  return lines;
}

/// What Qt's reader makes of the front of some bytes; empty where that is no question of where a data item ends: it
/// looks into texts, and counts no further than its memory would go.
QByteArray toldByQt(const QByteArray &bytes) {
  QCborStreamReader reader(bytes);
  while (reader.isTag() && reader.next()) {
  }
  const bool isWhole = reader.next(100000) && reader.lastError() == QCborError::NoError;
  if (isWhole) return "whole " + QByteArray::number(reader.currentOffset());
  if (reader.lastError() == QCborError::InvalidUtf8String || reader.lastError() == QCborError::DataTooLarge) return {};
  return reader.lastError() == QCborError::EndOfFile ? "cut" : "bad";
}

QByteArray toldByUs(const Framer &framer, const QByteArray &bytes) {
  const Message message = messagesOf(framer, streamInChunks(bytes, {})).value(0, {.status = Status::Incomplete});
  if (message.status == Status::Complete) return "whole " + QByteArray::number(message.size);
  return message.status == Status::Error ? "bad" : "cut";
}

}  // namespace

class TestBinaryOracle : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void readsWhatOthersWrite_data() {
    QTest::addColumn<int>("count");
    QTest::newRow("msgpack") << 1500;
    QTest::newRow("cbor") << 1500;
    QTest::newRow("pickle") << 300;
  }
  // Boundaries, however the bytes arrive, and every value.
  void readsWhatOthersWrite() {
    QFETCH(int, count);
    const QString kind = QString::fromLatin1(QTest::currentDataTag());
    const FramerPtr framer = framerFromSpec(kind).value();
    QByteArray all;
    QList<quint64> ends;
    for (const QByteArray &line : linesOf(kind, count, 11)) {
      const QByteArrayList words = line.split(' ');
      const QByteArray value = QByteArray::fromHex(words[0]);
      all += value;
      ends += static_cast<quint64>(all.size());
      const QByteArray wanted = line.sliced(words[0].size() + 1);
      QCOMPARE(plainFields(*framer->fields(), viewOf(value)).split(','),
               (wanted == "-" ? QByteArray() : wanted).split(','));
      QCOMPARE(framer->encode(value).value_or(QByteArray()), value);
    }
    const StreamView stream = streamInChunks(all, {});
    ScanState state;
    qsizetype whole = 0;
    for (quint64 size = 1; size <= stream.size(); ++size) {
      for (const Message &message : finalMessages(*framer, stream.prefix(size), state)) {
        QCOMPARE(message.end(), ends[whole]);
        QCOMPARE(message.status, Status::Complete);
        ++whole;
      }
      // As soon as its last byte is here, and not before.
      QCOMPARE(whole, std::upper_bound(ends.begin(), ends.end(), size) - ends.begin());
      const Message rest = framer->rest(stream.prefix(size), state);
      QVERIFY(rest.size == 0 || rest.status == Status::Incomplete);
    }
    QCOMPARE(whole, ends.size());
  }

  void breaksWhereCPythonDoes() {
    const FramerPtr framer = boundless(u"pickle"_s);
    QHash<QByteArray, int> outcomes;
    for (const QByteArray &line : linesOf(u"broken-pickle"_s, 6000, 5)) {
      const QByteArrayList words = line.split(' ');
      const QByteArray wanted = words[1] == "whole" ? words[1] + ' ' + words[2] : words[1];
      const QByteArray got = toldByUs(*framer, QByteArray::fromHex(words[0]));
      QVERIFY2(got == wanted, QByteArray(words[0] + " is " + wanted + " to CPython, and to us " + got).constData());
      ++outcomes[words[1]];
    }
    QVERIFY(outcomes["whole"] > 1000 && outcomes["cut"] > 200 && outcomes["bad"] > 200);
  }

  void breaksWhereQtDoes() {
    const FramerPtr framer = boundless(u"cbor"_s);
    std::minstd_rand random(3);
    QHash<QByteArray, int> outcomes;
    for (int i = 0; i < 20000; ++i) {
      QByteArray bytes = CborMaker(random).value();
      for (quint64 changes = random() % 3; changes > 0; --changes) {
        bytes[static_cast<qsizetype>(random() % static_cast<quint64>(bytes.size()))] = static_cast<char>(random());
      }
      if (random() % 4 == 0) bytes.chop(static_cast<qsizetype>(random() % static_cast<quint64>(bytes.size())));
      const QByteArray wanted = toldByQt(bytes);
      if (wanted.isEmpty()) continue;
      const QByteArray got = toldByUs(*framer, bytes);
      QVERIFY2(got == wanted, QByteArray(bytes.toHex() + " is " + wanted + " to Qt, and to us " + got).constData());
      ++outcomes[wanted.split(' ')[0]];
    }
    QVERIFY(outcomes["whole"] > 3000 && outcomes["cut"] > 1000 && outcomes["bad"] > 1000);
  }
};

QTEST_GUILESS_MAIN(TestBinaryOracle)
#include "tst_binary_oracle.moc"

// slip, cobs, hdlc and sync against tests/interop/marker_oracle.py, which says once more, in Python, what each of them
// makes of a stream: random ones, made of whole messages, broken ones and what they look for.
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"
#include "tests/support/stream_maker.h"

#include <QProcess>
#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestMarkerFramings : public QObject {
  Q_OBJECT

  /// As the oracle writes it.
  static QString saidOf(const Framer &framer, const QByteArray &bytes) {
    static const char *const words[] = {"complete", "incomplete", "error"};
    const StreamView stream = streamInChunks(bytes, {}, StreamEnd::Fin);
    QStringList all;
    for (const Message &message : messagesOf(framer, stream)) {
      const QByteArray payload = framer.payload(stream, message).value();
      all += u"%1+%2 %3 %4"_s.arg(message.offset)
                 .arg(message.size)
                 .arg(QLatin1String(words[static_cast<int>(message.status)]), QString::fromLatin1(payload.toHex()));
    }
    return all.join(u", ");
  }

  /// Messages that are whole, where most payloads cannot be sent: of one size only, or with the length in them.
  static QList<QByteArray> wholeOnes(const Framer &framer) {
    QList<QByteArray> all;
    for (int size = 0; size < 12; ++size) {
      for (int first = 0; first < 20; ++first) {
        QByteArray payload(size, 'a');
        if (size > 0) payload[0] = static_cast<char>(first);
        if (const auto message = framer.encode(payload)) all += *message;
      }
    }
    return all;
  }

 private Q_SLOTS:
  void areWhatPythonMakesOfThem_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("request");
    const auto row = [](const char *spec, const char *request) {
      QTest::newRow(spec) << QString::fromUtf8(spec) << QByteArray(request).replace('\'', '"');
    };
    row("slip", "'framing':'slip'");
    row("cobs", "'framing':'cobs'");
    row("hdlc", "'framing':'hdlc','fcs':'16'");
    row("hdlc,fcs=32", "'framing':'hdlc','fcs':'32'");
    row("hdlc,fcs=none", "'framing':'hdlc','fcs':'none'");
    row("sync:61,length=u8", "'framing':'sync','word':'61','width':1");
    row("sync:616161,length=u8,offset=1,adjust=-2",
        "'framing':'sync','word':'616161','width':1,'offset':1,'adjust':-2");
    row("sync:AA55,length=u16le,adjust=1,checksum=sum8,from=2",
        "'framing':'sync','word':'AA55','width':2,'byteorder':'little','adjust':1,'checksum':'sum8','start':2");
    row("sync:0061,length=u8,checksum=crc-32/iso-hdlc,from=3,strip=2",
        "'framing':'sync','word':'0061','width':1,'checksum':'crc-32/iso-hdlc','start':3,'strip':2");
    row("sync:61,length=u8,adjust=4,checksum=crc-16/xmodem,at=-4",
        "'framing':'sync','word':'61','width':1,'adjust':4,'checksum':'crc-16/xmodem','at':-4");
    row("sync:61,size=9,checksum=adler32", "'framing':'sync','word':'61','size':9,'checksum':'adler32'");
    row("sync:6100,size=5,checksum=xor8", "'framing':'sync','word':'6100','size':5,'checksum':'xor8'");
  }
  void areWhatPythonMakesOfThem() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, request);
    const auto framer = framerFromSpec(spec);
    QVERIFY2(framer, framer ? "" : qPrintable(framer.error().line()));
    StreamMaker maker(**framer, 4711);
    const QList<QByteArray> whole = wholeOnes(**framer);
    QVERIFY(!whole.isEmpty());
    QList<QByteArray> streams;
    QByteArray input;
    for (int i = 0; i < 3000; ++i) {
      QByteArray bytes = maker.stream();
      if (i % 2 == 0) bytes += whole[static_cast<qsizetype>(maker.number() % static_cast<quint64>(whole.size()))];
      if (i % 4 == 0) bytes += maker.stream();
      streams.append(bytes);
      input += "{" + request + ",\"hex\":\"" + streams.last().toHex() + "\"}\n";
    }
    QProcess python;
    python.start(QStringLiteral(OCTETSCOPE_PYTHON), {QStringLiteral(OCTETSCOPE_INTEROP) + u"/marker_oracle.py"_s});
    python.write(input);
    python.closeWriteChannel();
    QVERIFY(python.waitForFinished(120'000));
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError());
    int complete = 0;
    int wrong = 0;
    for (const QByteArray &bytes : std::as_const(streams)) {
      const QString expected = QString::fromLatin1(python.readLine().chopped(1));
      const QString said = saidOf(**framer, bytes);
      QVERIFY2(said == expected,
               qPrintable(u"%1\nof %2, and Python says\n%3"_s.arg(said, QString::fromLatin1(bytes.toHex()), expected)));
      complete += static_cast<int>(said.count(u"complete")) - static_cast<int>(said.count(u"incomplete"));
      wrong += static_cast<int>(said.count(u"error"));
    }
    // Else nothing was tested.
    QVERIFY(complete > 500);
    QVERIFY(wrong > 100 || spec == u"hdlc,fcs=none");
  }
};

QTEST_APPLESS_MAIN(TestMarkerFramings)
#include "tst_marker_framings.moc"

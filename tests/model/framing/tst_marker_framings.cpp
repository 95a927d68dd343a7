// slip, cobs, hdlc and sync against tests/interop/marker_oracle.py, which says once more, in Python, what each of them
// makes of a stream: random ones, made of whole messages, broken ones and what they look for.
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"
#include "tests/support/stream_maker.h"

#include <QProcess>
#include <QTest>

#include <random>

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

  /// The same of every line of `requests`, a line each.
  static QStringList saidByPython(const QByteArray &requests) {
    QProcess python;
    python.start(QStringLiteral(OCTETSCOPE_PYTHON), {QStringLiteral(OCTETSCOPE_INTEROP) + u"/marker_oracle.py"_s});
    python.write(requests);
    python.closeWriteChannel();
    if (!python.waitForFinished(120'000) || python.exitCode() != 0) {
      qWarning() << python.readAllStandardError();
      return {};
    }
    return QString::fromLatin1(python.readAllStandardOutput()).chopped(1).split(u'\n');
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
    const QStringList expected = saidByPython(input);
    QCOMPARE(expected.size(), streams.size());
    int complete = 0;
    int wrong = 0;
    for (qsizetype i = 0; i < streams.size(); ++i) {
      const QString said = saidOf(**framer, streams[i]);
      QVERIFY2(said == expected[i], qPrintable(u"%1\nof %2, and Python says\n%3"_s.arg(
                                        said, QString::fromLatin1(streams[i].toHex()), expected[i])));
      complete += static_cast<int>(said.count(u"complete")) - static_cast<int>(said.count(u"incomplete"));
      wrong += static_cast<int>(said.count(u"error"));
    }
    // Else nothing was tested.
    QVERIFY(complete > 500);
    QVERIFY(wrong > 100 || spec == u"hdlc,fcs=none");
  }

  // What is summed up in runs: payloads around the sizes of those, with few and with many escapes in them, right and
  // wrong, and arriving in pieces.
  void longOnesAreWhatPythonMakesOfThem_data() {
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QByteArray>("request");
    const auto row = [](const char *spec, const char *request) {
      QTest::newRow(spec) << QString::fromUtf8(spec) << QByteArray(request).replace('\'', '"');
    };
    row("hdlc", "'framing':'hdlc','fcs':'16'");
    row("hdlc,fcs=32", "'framing':'hdlc','fcs':'32'");
    row("hdlc,fcs=none", "'framing':'hdlc','fcs':'none'");
    for (const auto &[name, size] : {std::pair("sum8", 1), std::pair("xor8", 1), std::pair("crc-16/xmodem", 2),
                                     std::pair("crc-32/iso-hdlc", 4), std::pair("adler32", 4)}) {
      row(qPrintable(u"sync:AA55,length=u16be,adjust=%1,checksum=%2"_s.arg(size).arg(QLatin1String(name))),
          qPrintable(u"'framing':'sync','word':'AA55','width':2,'adjust':%1,'checksum':'%2'"_s.arg(size).arg(
              QLatin1String(name))));
    }
  }
  void longOnesAreWhatPythonMakesOfThem() {
    QFETCH(QString, spec);
    QFETCH(QByteArray, request);
    const FramerPtr framer = framerFromSpec(spec).value();
    std::minstd_rand random(99);
    QList<QByteArray> streams;
    QByteArray input;
    for (const int size : {15, 63, 64, 127, 128, 1000, 2046, 2047, 2048, 2049, 4095, 4096, 6000}) {
      for (const unsigned one : {1U, 3U, 200U, 1'000'000U}) {
        QByteArray stream;
        for (const bool isRight : {true, false}) {
          QByteArray payload(size, Qt::Uninitialized);
          for (char &c : payload) c = random() % one == 0 ? '\x7d' : static_cast<char>('a' + random() % 20);
          QByteArray message = framer->encode(payload).value();
          if (!isRight) message[message.size() / 2] = static_cast<char>(message[message.size() / 2] ^ 1);
          stream += message;
        }
        streams.append(stream);
        input += "{" + request + ",\"hex\":\"" + stream.toHex() + "\"}\n";
      }
    }
    const QStringList expected = saidByPython(input);
    QCOMPARE(expected.size(), streams.size());
    for (qsizetype i = 0; i < streams.size(); ++i) {
      const QByteArray &bytes = streams[i];
      QCOMPARE(saidOf(*framer, bytes), expected[i]);
      QVERIFY(expected[i].contains(u" error ") || spec == u"hdlc,fcs=none");
      const StreamView whole = streamInChunks(bytes, {}, StreamEnd::Fin);
      for (const unsigned most : {7U, 100U, 3000U}) {
        ScanState state;
        QList<Message> inPieces;
        for (quint64 size = 0; size < whole.size();) {
          size = std::min<quint64>(whole.size(), size + 1 + random() % most);
          inPieces += finalMessages(*framer, whole.prefix(size), state);
        }
        QCOMPARE(describe(inPieces), describe(messagesOf(*framer, whole)));
      }
    }
  }
};

QTEST_APPLESS_MAIN(TestMarkerFramings)
#include "tst_marker_framings.moc"

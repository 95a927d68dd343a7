// octetscope-cli with framings inside framings: what it prints, and how it ends.
#undef QT_USE_QSTRINGBUILDER

#include "tests/support/cli_process.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

QList<QJsonObject> objectsOf(const QByteArray &lines) {
  QList<QJsonObject> objects;
  for (const QByteArray &line : lines.split('\n')) {
    if (!line.isEmpty()) objects.append(QJsonDocument::fromJson(line).object());
  }
  return objects;
}

CliResult decode(const QByteArray &bytes, const QString &spec, const QStringList &more = {}) {
  return runCli(QStringList{u"decode"_s, u"-"_s, u"--format"_s, u"jsonl"_s, u"--framing"_s, spec} + more, bytes);
}

}  // namespace

class TestCliLayers : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void innerMessagesNest() {
    const CliResult result =
        decode(QByteArray("\0\4\1\2\3\4\0\3\5\6\7", 11), u"length:u16be | fixed:2"_s, {u"--struct"_s, u"!H:v"_s});
    QCOMPARE(result.code, 1);  // the last of the second has one byte of two
    const QList<QJsonObject> messages = objectsOf(result.output);
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[0][u"fields"_s], QJsonArray());
    const QJsonArray inner = messages[0][u"messages"_s].toArray();
    QCOMPARE(inner.size(), 2);
    QCOMPARE(inner[1][u"offset"_s], 4);
    QCOMPARE(inner[1][u"index"_s], 1);
    QCOMPARE(inner[1][u"fields"_s][0][u"value"_s], 0x0304);
    QCOMPARE(inner[1][u"fields"_s][0][u"offset"_s], 4);
    const QJsonArray second = messages[1][u"messages"_s].toArray();
    QCOMPARE(second[1][u"status"_s], u"incomplete"_s);
    QCOMPARE(second[1][u"needs"_s], 1);
  }

  void derivedPayloadsCountForThemselves() {
    const CliResult result = decode(QByteArray("\2ab\2cd\0", 7), u"chunked:u8 | fixed:4"_s,
                                    {u"--struct"_s, u"!HH"_s, u"--payload"_s, u"hex"_s});
    QCOMPARE(result.code, 0);
    const QJsonObject message = objectsOf(result.output).value(0);
    QVERIFY(message[u"payload_offset"_s].isNull());
    const QJsonObject inner = message[u"messages"_s][0].toObject();
    QCOMPARE(inner[u"of"_s], u"payload"_s);
    QCOMPARE(inner[u"offset"_s], 0);
    QCOMPARE(inner[u"payload"_s], u"61626364"_s);
    QCOMPARE(inner[u"fields"_s][1][u"offset"_s], 2);
    QCOMPARE(inner[u"fields"_s][1][u"of"_s], u"payload"_s);
  }

  // As TLS does it: records of any size carry messages that do not care where a record ends.
  void recordsAreJoinedAndCutAgain() {
    QByteArray inside;
    for (int i = 0; i < 20; ++i) {
      const QByteArray body(i * 7 % 40, static_cast<char>('a' + i));
      inside += QByteArray("\x0b\0\0", 3) + static_cast<char>(body.size()) + body;
    }
    QByteArray stream;
    for (qsizetype at = 0; at < inside.size(); at += 33) {
      const QByteArray piece = inside.mid(at, 33);
      stream += QByteArray("\x16\3\3\0", 4) + static_cast<char>(piece.size()) + piece;
    }
    const CliResult result = decode(stream, u"length:u16be,offset=3 |+ length:u24be,offset=1"_s,
                                    {u"--chunks"_s, u"10"_s, u"--payload"_s, u"hex"_s});
    QCOMPARE(result.code, 0);
    QCOMPARE(result.errors, QByteArray());
    const QList<QJsonObject> messages = objectsOf(result.output);
    QCOMPARE(messages.size(), 20);
    qsizetype at = 0;
    for (int i = 0; i < 20; ++i) {
      const QByteArray body(i * 7 % 40, static_cast<char>('a' + i));
      const qsizetype end = at + 4 + body.size();
      QCOMPARE(messages[i][u"of"_s], u"joined"_s);
      QCOMPARE(messages[i][u"offset"_s], at);
      QCOMPARE(messages[i][u"payload"_s], QString::fromLatin1(body.toHex()));
      QCOMPARE(messages[i][u"outer"_s], (QJsonArray{at / 33, (end - 1) / 33}));
      // Chunks are those of the stream that carried it.
      const qsizetype first = at + 5 * (at / 33 + 1);
      const qsizetype last = end - 1 + 5 * ((end - 1) / 33 + 1);
      QCOMPARE(messages[i][u"chunks"_s], last / 10 - first / 10 + 1);
      at = end;
    }
  }

  void whatIsNotJoinedIsSaid() {
    const CliResult result = decode("2:ab,3:x", u"netstring |+ fixed:2"_s);
    QCOMPARE(result.code, 1);
    QCOMPARE(objectsOf(result.output).size(), 2);
    QVERIFY2(result.errors.contains("message 1 of netstring, at byte 5: the stream ended, 3 bytes short"),
             result.errors.constData());
  }

  void liveItNestsToo() {
    CliProcess cli({u"decode"_s, u"-"_s, u"--format"_s, u"jsonl"_s, u"--framing"_s, u"length:u8 |+ lines"_s});
    cli.write(
        QByteArray("\x03"
                   "a\nb\x02"
                   "c\n"));
    QCOMPARE(cli.object()[u"size"_s], 2);
    const QJsonObject second = cli.object();
    QCOMPARE(second[u"size"_s], 3);
    QCOMPARE(second[u"outer"_s], (QJsonArray{0, 1}));
    cli.closeInput();
    QCOMPARE(cli.exitCode(), 0);
  }

  void aTableHasThemInOneColumn() {
    const CliResult result =
        runCli({u"decode"_s, u"-"_s, u"--format"_s, u"csv"_s, u"--framing"_s, u"length:u8 | fixed:1"_s},
               "\x02"
               "ab");
    QCOMPARE(result.code, 0);
    QVERIFY(result.output.startsWith("connection,index,"));
    QVERIFY(result.output.contains(",error,messages\r\n"));
    QVERIFY(result.output.contains("\"\"offset\"\":2"));
  }
};

QTEST_GUILESS_MAIN(TestCliLayers)
#include "tst_cli_layers.moc"

// `http` against CPython: tests/interop/http_oracle.py makes connections of random requests and responses, and says
// what http.server and http.client read in them; messages, bodies and fields are to be the same. Responses to HEAD are
// among them, so both directions are looked at together.
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace octetscope;
using namespace octetscope::test;
using namespace Qt::StringLiterals;

class TestHttpOracle : public QObject {
  Q_OBJECT

  static QList<Field> fieldsOf(const FieldDecoder &fields, ByteView bytes) {
    QList<Field> all;
    for (const auto walk = fields.walk(bytes); walk->next();) all.append(walk->field());
    return all;
  }

  /// The messages of one direction against what the oracle says of them.
  static void compare(const StreamView &stream, const QJsonArray &expected, bool areRequests) {
    const FramerPtr framer = framerFromSpec(u"http").value();
    const QList<Message> messages = messagesOf(*framer, stream);
    QCOMPARE(messages.size(), expected.size());
    for (qsizetype i = 0; i < messages.size(); ++i) {
      const QJsonObject one = expected[i].toObject();
      QCOMPARE(messages[i].status, Status::Complete);
      QCOMPARE(messages[i].size, static_cast<quint64>(one[u"size"].toInteger()));
      if (!areRequests) {
        QCOMPARE(framer->payload(stream, messages[i]).value().toHex(), one[u"body"].toString().toLatin1());
      }
      QList<Field> fields = fieldsOf(*framer->fields(), stream.bytes.view(messages[i].range()));
      const auto text = [&](int number) { return std::get<QString>(fields[number].value); };
      if (areRequests) {
        QCOMPARE(text(0), one[u"method"].toString());
        QCOMPARE(text(1), one[u"target"].toString());
        QCOMPARE(text(2), one[u"version"].toString());
      } else {
        QCOMPARE(std::get<qint64>(fields[1].value), one[u"status"].toInteger());
        QCOMPARE(text(2), one[u"reason"].toString());
      }
      fields.remove(0, 3);
      const QJsonArray headers = one[u"headers"].toArray();
      QVERIFY(fields.size() >= headers.size());  // CPython drops trailers
      for (qsizetype h = 0; h < fields.size(); ++h) {
        QCOMPARE(fields[h].type, h < headers.size() ? u"header"_s : u"trailer"_s);
        if (h >= headers.size()) continue;
        QCOMPARE(fields[h].name, headers[h][0].toString());
        QCOMPARE(std::get<QString>(fields[h].value), headers[h][1].toString());
      }
    }
  }

 private Q_SLOTS:
  void agrees() {
    QProcess oracle;
    oracle.start(QStringLiteral(OCTETSCOPE_PYTHON),
                 {QStringLiteral(OCTETSCOPE_INTEROP) + u"/http_oracle.py"_s, u"20261127"_s, u"1500"_s});
    QVERIFY(oracle.waitForFinished(120'000));
    QVERIFY2(oracle.exitCode() == 0, oracle.readAllStandardError().constData());
    int connections = 0;
    for (const QByteArray &line : oracle.readAllStandardOutput().split('\n')) {
      if (line.isEmpty()) continue;
      ++connections;
      const QJsonObject told = QJsonDocument::fromJson(line).object();
      Stream asked;
      Stream answered;
      QVERIFY(asked.append(viewOf(QByteArray::fromHex(told[u"asked"].toString().toLatin1())), 1));
      QVERIFY(answered.append(viewOf(QByteArray::fromHex(told[u"answered"].toString().toLatin1())), 2));
      answered.finish(StreamEnd::Fin, 3);
      StreamView requests = asked.view();
      StreamView responses = answered.view();
      responses.other = std::make_shared<const StreamView>(requests);
      requests.other = std::make_shared<const StreamView>(answered.view());
      compare(requests, told[u"requests"].toArray(), true);
      if (!QTest::currentTestFailed()) compare(responses, told[u"responses"].toArray(), false);
      if (QTest::currentTestFailed()) qInfo("%s", line.constData());
      QVERIFY(!QTest::currentTestFailed());
    }
    QCOMPARE(connections, 1500);
  }
};

QTEST_APPLESS_MAIN(TestHttpOracle)
#include "tst_http_oracle.moc"

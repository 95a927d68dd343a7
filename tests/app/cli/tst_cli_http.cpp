// octetscope-cli with --framing http against CPython's own server and client: both directions of a live connection,
// where a response is read by its request (HEAD, 304, CONNECT).
#include "tests/support/cli_process.h"
#include "tests/support/python_peer.h"

#include <QJsonArray>
#include <QTest>

using namespace octetscope::test;
using namespace Qt::StringLiterals;

namespace {

/// "out complete POST abc" or "in complete 200 cba": direction, status, method or status code, payload.
QString told(const QJsonObject &message) {
  QString what;
  for (const QJsonValue &field : message[u"fields"].toArray()) {
    if (field[u"name"] == u"method"_s) what = field[u"value"].toString();
    if (field[u"name"] == u"status"_s) what = QString::number(field[u"value"].toInteger());
  }
  return u"%1 %2 %3 %4"_s.arg(message[u"direction"].toString(), message[u"status"].toString(), what,
                              QString::fromLatin1(QByteArray::fromHex(message[u"payload"].toString().toLatin1())));
}

}  // namespace

class TestCliHttp : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void readsAServer() {
    PythonPeer server(u"http_peer.py"_s, {u"serve"_s});
    const quint16 port = server.port();
    QVERIFY2(port != 0, server.errors().constData());
    CliProcess cli({u"connect"_s, u"127.0.0.1:%1"_s.arg(port), u"--framing"_s, u"http"_s, u"--format"_s, u"jsonl"_s,
                    u"--payload"_s, u"hex"_s});
    const auto exchange = [&](const QByteArray &request, const QString &asked, const QString &answered) {
      cli.write(request);
      QCOMPARE(told(cli.object()), asked);
      QCOMPARE(told(cli.object()), answered);
    };
    exchange("HEAD / HTTP/1.1\r\n\r\n", u"out complete HEAD "_s, u"in complete 200 "_s);
    exchange("GET / HTTP/1.1\r\n\r\n", u"out complete GET "_s, u"in complete 200 hello"_s);
    exchange("GET / HTTP/1.1\r\nIf-None-Match: \"1\"\r\n\r\n", u"out complete GET "_s, u"in complete 304 "_s);
    exchange("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", u"out complete POST abc"_s, u"in complete 200 cba"_s);
    exchange("HEAD /blocks HTTP/1.1\r\n\r\n", u"out complete HEAD "_s, u"in complete 200 "_s);
    exchange("GET /blocks HTTP/1.1\r\n\r\n", u"out complete GET "_s, u"in complete 200 hello world"_s);
    cli.closeInput();
    QCOMPARE(cli.exitCode(), 0);
    QCOMPARE(cli.restOfOutput(), QByteArray());
  }

  void followsATunnel() {
    PythonPeer server(u"http_peer.py"_s, {u"serve"_s});
    const quint16 port = server.port();
    QVERIFY2(port != 0, server.errors().constData());
    CliProcess cli({u"connect"_s, u"127.0.0.1:%1"_s.arg(port), u"--framing"_s, u"http"_s, u"--format"_s, u"jsonl"_s,
                    u"--payload"_s, u"hex"_s});
    cli.write("GET /blocks HTTP/1.1\r\n\r\n");
    QCOMPARE(told(cli.object()), u"out complete GET "_s);
    QCOMPARE(told(cli.object()), u"in complete 200 hello world"_s);
    cli.write("CONNECT a:1 HTTP/1.1\r\n\r\n");
    QCOMPARE(told(cli.object()), u"out complete CONNECT "_s);
    QCOMPARE(told(cli.object()), u"in complete 200 "_s);
    cli.write("abcd");
    cli.closeInput();
    QStringList tunnel = {told(cli.object()), told(cli.object())};
    tunnel.sort();
    QCOMPARE(tunnel, (QStringList{u"in complete  ABCD"_s, u"out complete  abcd"_s}));
    QCOMPARE(cli.exitCode(), 0);
  }

  void answersAClient() {
    CliProcess cli({u"listen"_s, u"0"_s, u"--once"_s, u"--framing"_s, u"http"_s, u"--respond"_s, u"framed-echo"_s,
                    u"--format"_s, u"jsonl"_s, u"--payload"_s, u"hex"_s});
    const quint16 port = cli.port();
    QVERIFY(port != 0);
    PythonPeer client(u"http_peer.py"_s, {u"ask"_s, QString::number(port)});
    for (const QString &payload : {u"abc"_s, u"defgh"_s, QString()}) {
      QCOMPARE(QString::fromLatin1(client.line()), QString(u"200 "_s + payload).trimmed());
      QCOMPARE(told(cli.object()), u"in complete POST "_s + payload);
      QCOMPARE(told(cli.object()), u"out complete 200 "_s + payload);
    }
    QCOMPARE(client.exitCode(), 0);
    QCOMPARE(cli.exitCode(), 0);
  }
};

QTEST_GUILESS_MAIN(TestCliHttp)
#include "tst_cli_http.moc"

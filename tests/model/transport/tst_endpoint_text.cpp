// parseEndpoint: what people type for an address and a port, and where it says that something is wrong.
#include "model/transport/endpoint_text.h"

#include <QTest>

using namespace octetscope;

class TestEndpointText : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void readsForListening_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::newRow("port alone") << QStringLiteral("1060") << QStringLiteral("127.0.0.1") << 1060;
    QTest::newRow("colon and port") << QStringLiteral(":1060") << QStringLiteral("127.0.0.1") << 1060;
    QTest::newRow("picks one") << QStringLiteral("0") << QStringLiteral("127.0.0.1") << 0;
    QTest::newRow("IPv4") << QStringLiteral("10.0.0.7:80") << QStringLiteral("10.0.0.7") << 80;
    QTest::newRow("name") << QStringLiteral("localhost:65535") << QStringLiteral("localhost") << 65535;
    QTest::newRow("name outside ASCII") << QStringLiteral("bücher.example:80") << QStringLiteral("bücher.example")
                                        << 80;
    QTest::newRow("IPv6") << QStringLiteral("[::1]:1060") << QStringLiteral("::1") << 1060;
    QTest::newRow("IPv6 with zone") << QStringLiteral("[fe80::1%lo]:7") << QStringLiteral("fe80::1%lo") << 7;
    QTest::newRow("all interfaces") << QStringLiteral("*:1060") << QStringLiteral("*") << 1060;
    QTest::newRow("blanks around") << QStringLiteral(" \t1060 ") << QStringLiteral("127.0.0.1") << 1060;
  }
  void readsForListening() {
    QFETCH(QString, text);
    const auto endpoint = parseEndpoint(text);
    QVERIFY2(endpoint, endpoint ? "" : qPrintable(endpoint.error().line()));
    QTEST(endpoint->host, "host");
    QTEST(static_cast<int>(endpoint->port), "port");
  }

  void saysWhatIsWrongAndWhere_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("connecting");
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("position");
    const auto row = [](const char *name, const char *text, bool connecting, const char *what, int position) {
      QTest::newRow(name) << QString::fromUtf8(text) << connecting << QString::fromUtf8(what) << position;
    };
    row("empty", "", false, "nothing to read an address from", 0);
    row("blank", "  ", false, "nothing to read an address from", 2);
    row("no port", "localhost:", false, "the port is missing", 10);
    row("no colon", "localhost", false, "the port is missing", 9);
    row("no host", "1060", true, "the host is missing", 0);
    row("no host, colon", ":1060", true, "the host is missing", 0);
    row("port 0", "localhost:0", true, "port 0 cannot be connected to", 10);
    row("large port", "65536", false, "port 65536 is too large", 0);
    row("endless port", "99999999999999999999", false, "port 99999999999999999999 is too large", 0);
    row("no number", "localhost:10x", false, "\"10x\" is not a port", 12);
    row("negative", "localhost:-1", false, "\"-1\" is not a port", 10);
    row("foreign digits", "localhost:٣", false, "\"٣\" is not a port", 10);
    row("IPv6 bare", "::1:1060", false, "an IPv6 address needs brackets", 0);
    row("IPv6 open", "[::1:1060", false, "the closing ] is missing", 9);
    row("IPv6 wrong", "[::g]:1060", false, "\"::g\" is not an IPv6 address", 1);
    row("IPv4 in brackets", "[127.0.0.1]:1", false, "\"127.0.0.1\" is not an IPv6 address", 1);
    row("IPv6 no port", "[::1]", false, "the port is missing behind ]", 5);
    row("IPv4 wrong", "300.0.0.1:80", false, "\"300.0.0.1\" is not an IPv4 address", 0);
    row("IPv4 short", "127.1:80", false, "\"127.1\" is not an IPv4 address", 0);
    row("blank inside", "local host:80", false, "a host cannot contain \" \"", 5);
    row("URL", "http//x:80", false, "a host cannot contain \"/\"", 4);
  }
  void saysWhatIsWrongAndWhere() {
    QFETCH(QString, text);
    QFETCH(bool, connecting);
    const auto endpoint = connecting ? parseEndpoint(text, QString(), false) : parseEndpoint(text);
    QVERIFY(!endpoint);
    QTEST(endpoint.error().what, "what");
    QVERIFY(!endpoint.error().mend.isEmpty());
    QTEST(static_cast<int>(endpoint.error().position), "position");
  }

  void whatIsShownCanBeTyped() {
    for (const Endpoint &endpoint : {Endpoint{QStringLiteral("::1"), 1060}, Endpoint{QStringLiteral("127.0.0.1"), 1}}) {
      QCOMPARE(parseEndpoint(endpoint.text()).value(), endpoint);
    }
  }
};

QTEST_GUILESS_MAIN(TestEndpointText)
#include "tst_endpoint_text.moc"

// What goes wrong on the network is said completely: what, where, and what to do.
#include "model/transport/network_error.h"

#include <QTest>

#include <cerrno>

using namespace octetscope;

class TestNetworkWords : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void connecting_data() {
    QTest::addColumn<int>("error");
    QTest::addColumn<QString>("system");
    QTest::addColumn<QString>("what");
    const auto row = [](const char *name, QAbstractSocket::SocketError error, const char *system, const char *what) {
      QTest::newRow(name) << static_cast<int>(error) << QString::fromLatin1(system) << QString::fromLatin1(what);
    };
    row("refused", QAbstractSocket::ConnectionRefusedError, "", "connection refused by example.org:80");
    row("no name", QAbstractSocket::HostNotFoundError, "", "no address was found for the name example.org");
    row("time-out", QAbstractSocket::SocketTimeoutError, "", "no answer from example.org:80 within 10 s");
    row("unreachable", QAbstractSocket::NetworkError, "Network unreachable",
        "no way to example.org:80: the network or the host is unreachable");
    row("no route", QAbstractSocket::NetworkError, "No route to host",
        "no way to example.org:80: the network or the host is unreachable");
    row("permission", QAbstractSocket::SocketAccessError, "",
        "this system does not permit connecting to example.org:80");
    row("other", QAbstractSocket::UnknownSocketError, "odd", "cannot connect to example.org:80 (odd)");
  }
  void connecting() {
    QFETCH(int, error);
    QFETCH(QString, system);
    QFETCH(QString, what);
    const Error said = connectError(static_cast<QAbstractSocket::SocketError>(error), system,
                                    {QStringLiteral("example.org"), 80}, 10'000);
    QCOMPARE(said.what, what);
    QVERIFY(!said.mend.isEmpty());
    QVERIFY(!said.line().contains(QLatin1Char('\n')));
  }

  void listening() {
    const Endpoint low{QStringLiteral("127.0.0.1"), 80};
    const Error denied = listenError(QAbstractSocket::SocketAccessError, {}, low);
    QCOMPARE(denied.line(), QStringLiteral("cannot listen on 127.0.0.1:80: permission denied: ports below 1024 are the "
                                           "administrator's: choose a port from 1024 on"));
    QVERIFY(listenError(QAbstractSocket::AddressInUseError, {}, low).what.contains(QStringLiteral("in use")));
    QVERIFY(listenError(QAbstractSocket::SocketAddressNotAvailableError, {}, low)
                .mend.contains(QStringLiteral("127.0.0.1")));
    QVERIFY(listenError(QAbstractSocket::UnknownSocketError, QStringLiteral("odd"), low)
                .what.contains(QStringLiteral("odd")));
  }

  void losing() {
    for (const int number : {ETIMEDOUT, EHOSTUNREACH, EBADF}) {
      const Error said = connectionError(number, {QStringLiteral("::1"), 80});
      QVERIFY(said.what.contains(QStringLiteral("[::1]:80")));
      QVERIFY(!said.mend.isEmpty());
    }
  }

  void countsBytes() {
    QCOMPARE(bytesText(0), QStringLiteral("0 bytes"));
    QCOMPARE(bytesText(1), QStringLiteral("1 byte"));
    QCOMPARE(bytesText(2000), QStringLiteral("2,000 bytes"));
  }
};

QTEST_GUILESS_MAIN(TestNetworkWords)
#include "tst_network_words.moc"

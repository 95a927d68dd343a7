#include "model/transport/network_error.h"

#include <QCoreApplication>
#include <QLocale>

#include <cerrno>
#include <cstring>

namespace octetscope {

namespace {

QString tr(const char *text) {
  return QCoreApplication::translate("octetscope::NetworkError", text);
}

bool says(const QString &systemWords, const char *part) {
  return systemWords.contains(QLatin1String(part), Qt::CaseInsensitive);
}

QString secondsText(qint64 milliseconds) {
  return milliseconds % 1000 == 0 ? tr("%1 s").arg(milliseconds / 1000) : tr("%1 ms").arg(milliseconds);
}

}  // namespace

QString bytesText(quint64 count) {
  return count == 1 ? tr("1 byte") : tr("%1 bytes").arg(QLocale(QLocale::English).toString(count));
}

Error connectError(QAbstractSocket::SocketError error, const QString &systemWords, const Endpoint &peer,
                   qint64 milliseconds) {
  switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
      return {tr("connection refused by %1").arg(peer.text()),
              tr("nothing listens there: start the server first, or check the port")};
    case QAbstractSocket::RemoteHostClosedError:
      return {tr("%1 reset the connection while it was being opened").arg(peer.text()),
              tr("the server, or a firewall before it, turns connections away: look there")};
    case QAbstractSocket::HostNotFoundError:
      return {tr("no address was found for the name %1").arg(peer.host),
              tr("check its spelling, or give the IP address")};
    case QAbstractSocket::SocketTimeoutError:
      return {tr("no answer from %1 within %2").arg(peer.text(), secondsText(milliseconds)),
              tr("check the address, and the firewalls between; or allow more time")};
    case QAbstractSocket::SocketAccessError:
      return {tr("this system does not permit connecting to %1").arg(peer.text()),
              tr("check its firewall, and the address: broadcast addresses cannot be connected to")};
    case QAbstractSocket::SocketAddressNotAvailableError:
      return {tr("cannot connect to %1: it is no address that can be reached from here").arg(peer.text()),
              tr("check the address and the port")};
    case QAbstractSocket::SocketResourceError:
      return {tr("no connection to %1: too many files and connections are open").arg(peer.text()),
              tr("close some, or raise the limit (ulimit -n)")};
    case QAbstractSocket::NetworkError:
      if (says(systemWords, "unreachable") || says(systemWords, "no route")) {
        return {tr("no way to %1: the network or the host is unreachable").arg(peer.text()),
                tr("check that this machine is connected to that network, and the address")};
      }
      break;
    default:
      break;
  }
  return {tr("cannot connect to %1 (%2)").arg(peer.text(), systemWords), tr("check the address and the port")};
}

Error bindError(QAbstractSocket::SocketError error, const QString &systemWords, const QString &local) {
  if (error == QAbstractSocket::SocketAddressNotAvailableError) {
    return {tr("cannot connect from %1: it is no address of this machine").arg(local),
            tr("give one of its addresses, or none to let the system choose")};
  }
  return {tr("cannot connect from %1 (%2)").arg(local, systemWords),
          tr("give another address of this machine, or none to let the system choose")};
}

Error listenError(QAbstractSocket::SocketError error, const QString &systemWords, const Endpoint &local) {
  switch (error) {
    case QAbstractSocket::AddressInUseError:
      return {tr("cannot listen on %1: the address is in use").arg(local.text()),
              tr("stop the other program that listens there, or choose another port (0 picks a free one)")};
    case QAbstractSocket::SocketAccessError:
      return {tr("cannot listen on %1: permission denied").arg(local.text()),
              local.port > 0 && local.port < 1024
                  ? tr("ports below 1024 are the administrator's: choose a port from 1024 on")
                  : tr("choose another port")};
    case QAbstractSocket::SocketAddressNotAvailableError:
      return {tr("cannot listen on %1: it is no address of this machine").arg(local.text()),
              tr("use 127.0.0.1 for this machine alone, or 0.0.0.0 for all its addresses")};
    case QAbstractSocket::HostNotFoundError:
      return {tr("no address was found for the name %1").arg(local.host), tr("check its spelling, or use 127.0.0.1")};
    default:
      return {tr("cannot listen on %1 (%2)").arg(local.text(), systemWords), tr("choose another address or port")};
  }
}

Error acceptError(const QString &systemWords) {
  return {tr("a connection could not be accepted (%1)").arg(systemWords),
          tr("close some connections, or raise the limit of open files (ulimit -n); accepting is tried again")};
}

Error connectionError(int number, const Endpoint &peer) {
  switch (number) {
    case ETIMEDOUT:
      return {tr("the connection to %1 was lost: the peer no longer answers").arg(peer.text()),
              tr("check that it still runs, and the network between")};
    case EHOSTUNREACH:
    case ENETUNREACH:
    case ENETDOWN:
      return {tr("the connection to %1 was lost: there is no way to it any more").arg(peer.text()),
              tr("check the network between")};
    default:
      return {tr("the connection to %1 failed (%2)").arg(peer.text(), QString::fromLocal8Bit(std::strerror(number))),
              tr("connect again")};
  }
}

Error recordingError(const Error &cause) {
  return {tr("recording stopped, and the connection was closed: %1").arg(cause.what), cause.mend};
}

}  // namespace octetscope

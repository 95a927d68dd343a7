// What goes wrong on the network, in words: what happened, where, and what to do about it.
#pragma once

#include "model/capture/connection.h"
#include "model/result.h"

#include <QAbstractSocket>

namespace octetscope {

/// Why a connection to `peer` could not be opened. `systemWords`: the system's own, shown where it says more.
/// `milliseconds`: how long was waited, for time-outs.
Error connectError(QAbstractSocket::SocketError error, const QString &systemWords, const Endpoint &peer,
                   qint64 milliseconds = 0);

/// Why connecting from `local` (an address of this machine) is impossible.
Error bindError(QAbstractSocket::SocketError error, const QString &systemWords, const QString &local);

/// Why listening on `local` is impossible.
Error listenError(QAbstractSocket::SocketError error, const QString &systemWords, const Endpoint &local);

/// Why no more connections can be accepted for the moment.
Error acceptError(const QString &systemWords);

/// Why a connection that stood cannot go on; `number` is errno. RST is no error: channels record it as an event.
Error connectionError(int number, const Endpoint &peer);

/// What could not be recorded any more (no space left), as the reason why the connection was closed.
Error recordingError(const Error &cause);

/// "1 byte", "2,000 bytes".
QString bytesText(quint64 count);

}  // namespace octetscope

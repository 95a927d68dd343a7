// What the tests of live connections share: waiting for bytes and events, hashes, and texts to compare.
#pragma once

#include "model/capture/connection.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QStringList>
#include <QTest>
#include <QtEndian>

/// QTRY_COMPARE and QTRY_VERIFY for what another program has to do first: it may be slow to start on a busy machine.
#define SOON_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, 60'000)
#define SOON_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, 60'000)
#define SOON_VERIFY2(condition, words) QTRY_VERIFY2_WITH_TIMEOUT(condition, words, 60'000)

namespace octetscope::test {

inline QByteArray bytesOf(const Connection &connection, Direction direction) {
  return copyOf(connection.stream(direction).view().bytes.view());
}

inline QByteArray sha256(QByteArrayView bytes) {
  return QCryptographicHash::hash(bytes.toByteArray(), QCryptographicHash::Sha256).toHex();
}

/// "got SIZE HASH" as the Python peers say it.
inline QByteArray gotLine(QByteArrayView bytes) {
  return "got " + QByteArray::number(bytes.size()) + ' ' + sha256(bytes);
}

/// The same bytes as pattern() of tcp_peer.py.
inline QByteArray pattern(qsizetype size) {
  static const QByteArray block = [] {
    QByteArray words(4 * 64 * 1024, Qt::Uninitialized);
    for (quint32 i = 0; i < 64 * 1024; ++i) qToBigEndian<quint32>(i * 2654435761U, words.data() + i * 4);
    return words;
  }();
  return block.repeated(size / block.size() + 1).first(size);
}

inline bool waitForSize(const Connection &connection, Direction direction, quint64 size, int timeoutMs = 60'000) {
  return QTest::qWaitFor([&] { return connection.stream(direction).size() >= size; }, timeoutMs);
}

/// Kinds of the events, one word each, without the way there: "PeerFinished WeFinished Closed".
inline QString eventKinds(const Connection &connection) {
  static const char *const names[] = {"Connecting", "Connected", "Accepted", "PeerFinished", "WeFinished",
                                      "PeerReset",  "WeReset",   "Closed",   "Failed",       "Note"};
  QStringList words;
  for (quint64 i = 0; i < connection.eventCount(); ++i) {
    const Event event = connection.event(i);
    if (event.kind <= Event::Kind::Accepted) continue;
    words.append(QString::fromLatin1(names[static_cast<int>(event.kind)]));
  }
  return words.join(QLatin1Char(' '));
}

/// Sizes of the chunks of a stream.
inline QList<quint64> chunkSizes(const Stream &stream) {
  const StreamView view = stream.view();
  QList<quint64> sizes;
  for (quint64 i = 0; i < view.chunks.count(); ++i) {
    const quint64 end = i + 1 < view.chunks.count() ? view.chunks[i + 1].offset : view.size();
    sizes.append(end - view.chunks[i].offset);
  }
  return sizes;
}

inline QString endText(StreamEnd end) {
  static const char *const names[] = {"Open", "Fin", "Reset", "Cut"};
  return QString::fromLatin1(names[static_cast<int>(end)]);
}

/// How both directions ended: "Fin/Cut" (in/out).
inline QString endsText(const Connection &connection) {
  return QString(endText(connection.stream(Direction::In).end()) + QLatin1Char('/') +
                 endText(connection.stream(Direction::Out).end()));
}

}  // namespace octetscope::test

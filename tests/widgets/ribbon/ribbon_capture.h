// RibbonCapture: a connection that a test records chunk by chunk, and decoders that have read all of it.
#pragma once

#include "model/items/connection_decoder.h"

#include <QTest>

#include <memory>

namespace octetscope::test {

struct RibbonCapture {
  std::shared_ptr<CaptureClock> clock = std::make_shared<CaptureClock>();
  std::shared_ptr<Connection> connection = std::make_shared<Connection>(
      0, clock, Endpoint{QStringLiteral("127.0.0.1"), 1}, Endpoint{QStringLiteral("127.0.0.1"), 2});

  void record(Direction direction, const QByteArray &bytes) {
    if (bytes.isEmpty()) return;
    QVERIFY(connection->stream(direction).append(viewOf(bytes), clock->stamp()));
  }
  void finish(Direction direction, StreamEnd end) { connection->stream(direction).finish(end, clock->stamp()); }

  std::unique_ptr<ConnectionDecoder> decoder(const QString &framing, const QString &layout = {},
                                             const QList<quint64> &restarts = {}) const {
    auto decoder = std::make_unique<ConnectionDecoder>(connection);
    const DirectionSettings settings{.framing = framing, .layout = layout};
    auto in = DirectionReader::create(settings, restarts);
    auto out = DirectionReader::create(settings, restarts);
    if (!in || !out) return nullptr;
    decoder->setReaders(*in, *out);
    return read(*decoder) ? std::move(decoder) : nullptr;
  }
  /// Waits until all that was recorded is framed.
  bool read(ConnectionDecoder &decoder) const {
    decoder.advance();
    const quint64 all = connection->stream(Direction::In).size() + connection->stream(Direction::Out).size();
    return QTest::qWaitFor(
        [&] {
          return decoder.totalBytes() == all && decoder.framedBytes() == all && !decoder.isBusy() &&
                 decoder.liveView(Direction::In).end == connection->stream(Direction::In).end() &&
                 decoder.liveView(Direction::Out).end == connection->stream(Direction::Out).end();
        },
        60'000);
  }
};

}  // namespace octetscope::test

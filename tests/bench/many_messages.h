// 10 million messages (u16 length, 18 bytes of fields, up to 16 bytes of text; about 280 MB), indexed: what filtering
// and sorting are measured over.
#pragma once

#include "model/items/decode_run.h"

#include <QtEndian>

#include <cstdlib>

namespace octetscope {

inline constexpr quint64 messageCount = 10'000'000;
inline constexpr quint64 fixedSize = 18;  // !HBxIqH: seq, kind, stamp, v, last

/// The next of a sequence that is random enough and the same every time.
inline quint64 next(quint64 &state) {
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return state >> 33;
}

inline std::unique_ptr<ByteStore> madeStream() {
  auto store = std::make_unique<ByteStore>(ByteStore::Options{.spillThreshold = 1ULL << 32});
  QByteArray block;
  quint64 state = 1;
  for (quint64 i = 0; i < messageCount; ++i) {
    const quint64 text = next(state) % 17;
    char head[2 + fixedSize];
    qToBigEndian(static_cast<quint16>(fixedSize + text), head);
    qToBigEndian(static_cast<quint16>(next(state) % 1000), head + 2);
    head[4] = static_cast<char>(next(state) % 8);
    head[5] = 0;
    qToBigEndian(static_cast<quint32>(i), head + 6);
    qToBigEndian(static_cast<qint64>(next(state)) - (1LL << 30), head + 10);
    qToBigEndian(static_cast<quint16>(next(state)), head + 18);
    block.append(head, sizeof head);
    for (quint64 c = 0; c < text; ++c) block.append(static_cast<char>('a' + next(state) % 26));
    if (block.size() > 1 << 20 || i + 1 == messageCount) {
      if (!store->append(viewOf(block))) std::abort();
      block.clear();
    }
  }
  return store;
}

struct ManyMessages {
  DirectionReader reader =
      *DirectionReader::create({.framing = QStringLiteral("length:u16be"),
                                .layout = QStringLiteral("!H:seq B:kind x I:stamp q:v H:last *s:text")});
  std::shared_ptr<Connection> connection = std::make_shared<Connection>(
      0, std::make_shared<CaptureClock>(), std::make_unique<Stream>(madeStream(), StreamEnd::Fin));
  std::shared_ptr<DecodeRun> decoded;
  DecodeStep step;

  ManyMessages() {
    connection->stream(Direction::In).addChunk(0, noTime);
    decoded = std::make_shared<DecodeRun>(connection, std::array{reader, reader}, 0);
    do {
      step = decoded->work(100);
    } while (!step.isComplete);
  }
};

}  // namespace octetscope

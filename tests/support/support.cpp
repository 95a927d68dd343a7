#include "tests/support/support.h"

namespace octetscope::test {

StreamView streamOf(const QByteArray &bytes, StreamEnd end) {
  auto chunks = std::make_shared<ChunkTable>();
  if (!bytes.isEmpty()) chunks->append({0, noTime});
  const quint64 count = chunks->size();
  return {ByteSnapshot::of(bytes), ChunkView(std::move(chunks), count), end, noTime};
}

}  // namespace octetscope::test

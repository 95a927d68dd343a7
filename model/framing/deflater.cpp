#include "model/framing/deflater.h"

#define ZLIB_CONST
#include <zlib.h>

#include <limits>
#include <new>

namespace octetscope {

QByteArray deflated(QByteArrayView payload, Inflater::Wrapper wrapper) {
  constexpr int memoryLevel = 8;  // zlib's default
  constexpr int window = 15;
  constexpr int gzip = 16;
  constexpr quint64 most = std::numeric_limits<uInt>::max();
  z_stream stream = {};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window + (wrapper == Inflater::Wrapper::Gzip ? gzip : 0),
                   memoryLevel, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  const quint64 size = static_cast<quint64>(payload.size());
  QByteArray result(static_cast<qsizetype>(deflateBound(&stream, size)), Qt::Uninitialized);
  const quint64 room = static_cast<quint64>(result.size());
  stream.next_in = reinterpret_cast<const Bytef *>(payload.data());
  stream.next_out = reinterpret_cast<Bytef *>(result.data());
  int done = Z_OK;
  while (done == Z_OK) {
    stream.avail_in = static_cast<uInt>(std::min(most, size - stream.total_in));
    stream.avail_out = static_cast<uInt>(std::min(most, room - stream.total_out));
    done = deflate(&stream, stream.total_in + stream.avail_in == size ? Z_FINISH : Z_NO_FLUSH);
  }
  result.truncate(static_cast<qsizetype>(stream.total_out));
  deflateEnd(&stream);
  return result;
}

}  // namespace octetscope

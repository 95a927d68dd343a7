#include "model/framing/inflater.h"

#define ZLIB_CONST
#include <zlib.h>

#include <limits>
#include <new>

namespace octetscope {

namespace {

constexpr std::size_t pieceSize = 64 * 1024;
constexpr int wholeWindow = 15;       // 32 KiB, the largest window there is
constexpr int gzipAlone = 16;         // added: a gzip header, and no other, is read
constexpr int inLastBlock = 64;       // in data_type
constexpr int atBlockBoundary = 128;  // in data_type
constexpr quint64 aboutMemory = 7 * 1024 + 32 * 1024;

}  // namespace

Inflater::Inflater(Wrapper wrapper) : stream_(std::make_unique<z_stream>()) {
  if (inflateInit2(stream_.get(), wholeWindow + (wrapper == Wrapper::Gzip ? gzipAlone : 0)) != Z_OK) {
    throw std::bad_alloc();
  }
}

Inflater::Inflater(const Inflater &other)
    : ScanMemory(other), stream_(std::make_unique<z_stream>()), dataEnd_(other.dataEnd_) {
  if (inflateCopy(stream_.get(), other.stream_.get()) != Z_OK) throw std::bad_alloc();
}

Inflater::~Inflater() {
  inflateEnd(stream_.get());
}

void Inflater::reset() {
  inflateReset(stream_.get());
  dataEnd_.reset();
}

Inflater::Outcome Inflater::take(ByteView bytes, quint64 most, const TakePiece &takePiece) {
  std::array<std::uint8_t, pieceSize> piece;
  z_stream &stream = *stream_;
  const std::uint8_t *const end = bytes.data() + bytes.size();
  stream.next_in = bytes.data();
  for (;;) {
    stream.avail_in = static_cast<uInt>(
        std::min<std::size_t>(static_cast<std::size_t>(end - stream.next_in), std::numeric_limits<uInt>::max()));
    // One byte more than may come out, so that it is seen.
    const quint64 left = most - stream.total_out;
    const std::size_t room = left < piece.size() ? static_cast<std::size_t>(left) + 1 : piece.size();
    stream.next_out = piece.data();
    stream.avail_out = static_cast<uInt>(room);
    const uInt given = stream.avail_out;
    // It stops between blocks, and so behind the last one.
    const int result = inflate(&stream, Z_BLOCK);
    constexpr int afterLastBlock = inLastBlock | atBlockBoundary;
    if (!dataEnd_ && (stream.data_type & afterLastBlock) == afterLastBlock) dataEnd_ = stream.total_in;
    if (stream.total_out > most) return Outcome::Over;
    const std::size_t made = given - stream.avail_out;
    if (made > 0 && takePiece && !takePiece({piece.data(), made})) return Outcome::Enough;
    switch (result) {
      case Z_STREAM_END:
        return Outcome::End;
      case Z_NEED_DICT:
        return Outcome::Dictionary;
      case Z_OK:
      case Z_BUF_ERROR:
        break;
      case Z_MEM_ERROR:
        throw std::bad_alloc();
      default:
        return Outcome::Broken;
    }
    // A full piece may have left something to come, and a stop between blocks some bits; else nothing is left.
    const bool isStop = result == Z_OK && (stream.data_type & atBlockBoundary) != 0;
    if (stream.next_in == end && stream.avail_out > 0 && !isStop) return Outcome::More;
  }
}

quint64 Inflater::taken() const {
  return stream_->total_in;
}
quint64 Inflater::produced() const {
  return stream_->total_out;
}
quint32 Inflater::checksum() const {
  return static_cast<quint32>(stream_->adler);
}
QString Inflater::trouble() const {
  return QString::fromLatin1(stream_->msg ? stream_->msg : "not readable");
}
quint64 Inflater::memoryUsed() const {
  return sizeof(*this) + sizeof(z_stream) + aboutMemory;
}

}  // namespace octetscope

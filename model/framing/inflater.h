// Inflater: zlib's inflate over one compressed stream that comes in pieces, be it one byte at a time. It says where the
// stream ends and how much comes out; what comes out is handed on piece by piece and never kept. It is what a framer
// remembers of a compressed message between two scans.
#pragma once

#include "model/framing/message.h"

#include <functional>
#include <memory>

struct z_stream_s;

namespace octetscope {

class Inflater final : public ScanMemory {
 public:
  /// What is around the compressed data: RFC 1950, RFC 1952.
  enum class Wrapper : quint8 { Zlib, Gzip };
  enum class Outcome : quint8 {
    More,        ///< all bytes were taken, and the stream goes on
    End,         ///< the stream has ended, with the right checksum
    Broken,      ///< it breaks the rules of its format: trouble() says which
    Dictionary,  ///< it needs a dictionary that is not in it
    Over,        ///< more comes out than may
    Enough,      ///< whoever takes the pieces has enough
  };
  /// Takes a piece of what comes out, 64 KiB at most; false: enough.
  using TakePiece = std::function<bool(ByteView)>;

  explicit Inflater(Wrapper wrapper);
  /// Goes on by itself from where `other` stands.
  Inflater(const Inflater &other);
  Inflater &operator=(const Inflater &) = delete;
  ~Inflater() override;

  /// Begins a new stream in the same memory.
  void reset();
  /// Takes `bytes`, which follow those taken before, up to the end of the stream. `most`: the bytes that may come out
  /// of it in all. Nothing may follow any outcome but More.
  Outcome take(ByteView bytes, quint64 most, const TakePiece &takePiece = {});

  /// Bytes of the stream that were taken; of one in error: up to the byte that was wrong.
  quint64 taken() const;
  /// Bytes that came out.
  quint64 produced() const;
  /// Adler-32 or CRC-32 of what came out; where a dictionary is missing, the Adler-32 that names it.
  quint32 checksum() const;
  /// zlib's own words for what is wrong: "invalid block type".
  QString trouble() const;
  /// Where what stands behind the compressed data begins, counted from the stream's begin, once that was seen.
  std::optional<quint64> dataEnd() const { return dataEnd_; }

  quint64 memoryUsed() const override;

 private:
  std::unique_ptr<z_stream_s> stream_;
  std::optional<quint64> dataEnd_;
};

}  // namespace octetscope

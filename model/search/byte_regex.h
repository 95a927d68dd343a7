// ByteRegex: a regular expression over bytes, by PCRE2. It is matched in slices: where a match reaches the end of one,
// it is given more. Immutable and thread-safe.
#pragma once

#include "model/search/search_pattern.h"

namespace octetscope {

class ByteRegex {
 public:
  /// Errors: what PCRE2 says, with the position in bytes.
  static Result<std::shared_ptr<const ByteRegex>> compile(const QByteArray &expression, bool ignoresCase);
  ~ByteRegex();
  ByteRegex(const ByteRegex &) = delete;
  ByteRegex &operator=(const ByteRegex &) = delete;

  /// As SearchPattern::find().
  SearchPattern::Slice find(ByteView bytes, ByteRange range, bool isWhole, std::vector<SearchHit> &hits,
                            std::size_t most) const;

 private:
  struct Code;
  explicit ByteRegex(std::unique_ptr<Code> code);

  std::unique_ptr<Code> code_;
};

}  // namespace octetscope

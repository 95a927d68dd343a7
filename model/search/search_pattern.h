// SearchPattern: what is looked for in bytes: one or several byte strings of which any will do, or a regular expression
// over bytes. It finds in slices, so that whoever calls it can stop between them, and what it finds does not hang on
// where they are cut. Immutable and thread-safe; cheap to copy.
#pragma once

#include "model/bytes/byte_view.h"
#include "model/result.h"

#include <QList>

#include <memory>
#include <optional>
#include <vector>

namespace octetscope {

class ByteRegex;

/// One place where a pattern was found.
struct SearchHit {
  quint64 offset = 0;
  quint64 size = 0;

  ByteRange range() const { return ByteRange::ofSize(offset, size); }
  bool operator==(const SearchHit &) const = default;
};

class SearchPattern {
 public:
  /// The most bytes that a byte string may have, and that one match of a regular expression can have.
  static constexpr qsizetype maxNeedle = 64 * 1024;
  static constexpr quint64 maxMatch = (1 << 20) - 1;

  /// Any of `needles`, none of which may be empty or longer than maxNeedle. Of those found at places one within the
  /// other the outer one counts. Occurrences of one may overlap.
  static SearchPattern anyOf(QList<QByteArray> needles);
  /// The same text in both byte orders of UTF-16, and any other needles: between letters that are ASCII the one is
  /// found a byte beside the other, and nothing tells which it is. Then the one at an even offset counts.
  static SearchPattern anyOf(QList<QByteArray> needles, const QByteArray &bigEndian, const QByteArray &littleEndian);
  /// A regular expression over bytes in the syntax of Perl and Python (PCRE2), matches as re.finditer() gives them but
  /// for empty ones. `^` and `$` are the begin and the end of all unless (?m) says otherwise; `.` is no line feed
  /// unless (?s) does. Errors carry the position of the character.
  static Result<SearchPattern> regex(const QString &expression, bool ignoresCase = false);
  /// The same from an expression over bytes that stands for something typed.
  static Result<SearchPattern> regexOfBytes(const QByteArray &expression);

  bool isRegex() const { return regex_ != nullptr; }
  /// Of a pattern that is no regular expression.
  const QList<QByteArray> &needles() const { return needles_; }

  /// What one look at a slice found.
  struct Slice {
    quint64 next = 0;     ///< where to go on: every place before it was looked at
    bool gaveUp = false;  ///< a regular expression took too many steps at `next`: nothing can be said
  };
  /// Appends what begins in `range`, rising, and says where to go on; `range` is small enough to wait for (a few MiB).
  /// `isWhole`: no bytes will follow; else nothing is said of places where those to come may matter, and `next` stops
  /// before them. Matches of a regular expression do not overlap: `next` may lie behind `range`. At most `most` are
  /// appended.
  Slice find(ByteView bytes, ByteRange range, bool isWhole, std::vector<SearchHit> &hits,
             std::size_t most = ~std::size_t(0)) const;
  /// The last that begins in `range`, as one sees it who begins to look there; where looking ended before the end of
  /// it, there may be another behind.
  struct Last {
    std::optional<SearchHit> hit = {};
    std::optional<quint64> gaveUpAt = {};
  };
  Last findLast(ByteView bytes, ByteRange range) const;

 private:
  SearchPattern() = default;
  Slice findNeedles(ByteView bytes, ByteRange range, bool isWhole, std::vector<SearchHit> &hits,
                    std::size_t most) const;

  bool isTwin(ByteView bytes, const SearchHit &hit) const;

  QList<QByteArray> needles_;
  QByteArray bigEndian_;  // of a text in both byte orders; empty: there is none
  QByteArray littleEndian_;
  quint64 longest_ = 0;
  std::shared_ptr<const ByteRegex> regex_;
};

}  // namespace octetscope

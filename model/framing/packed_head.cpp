#include "model/framing/packed_head.h"

#include "model/framing/framing_words.h"

#include <QDateTime>
#include <QStringList>

#include <cstring>

#include <zlib.h>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint8_t deflateMethod = 8;

/// Cuts a header into its parts.
class HeadReader {
 public:
  HeadReader(ByteView bytes, quint64 offset) : bytes_(bytes), offset_(offset) {}

  /// True where the next `size` bytes are here; they are then field().
  bool next(const QString &name, quint64 size, PartRole role = PartRole::Head) {
    const quint64 begin = end_;
    end_ = std::min<quint64>(begin + size, bytes_.size());
    if (end_ > begin) head_.parts.append({role, {begin, end_}, name, {}});
    field_ = bytes_.subspan(begin, end_ - begin);
    return field_.size() == size;
  }
  /// The same up to and with the next zero byte.
  bool nextText(const QString &name) {
    const ByteView left = bytes_.subspan(end_);
    const void *const zero = left.empty() ? nullptr : std::memchr(left.data(), 0, left.size());
    const quint64 size = zero ? static_cast<quint64>(static_cast<const std::uint8_t *>(zero) - left.data()) + 1 : 0;
    return next(name, zero ? size : left.size() + 1);
  }
  ByteView field() const { return field_; }
  quint64 number() const {
    quint64 value = 0;
    for (std::size_t i = field_.size(); i > 0; --i) value = value << 8 | field_[i - 1];
    return value;
  }
  void says(const QString &value) { head_.parts.last().value = value; }
  /// "bytes 0–1 (50 4B)".
  QString place() const {
    const quint64 at = offset_ + end_ - field_.size();
    return bytesAt({at, offset_ + end_}) + u" ("_s + hexWords(field_) + u')';
  }
  PackedHead whole() {
    head_.isWhole = true;
    return head_;
  }
  PackedHead cut() const { return head_; }
  PackedHead broken(const QString &error) {
    head_.error = error;
    return head_;
  }
  ByteView before() const { return bytes_.first(end_ - field_.size()); }

 private:
  ByteView bytes_;
  quint64 offset_;
  quint64 end_ = 0;
  ByteView field_;
  PackedHead head_;
};

/// Latin-1, as RFC 1952 has it; what is not visible is escaped, and what is long is cut.
QString shownText(ByteView bytes) {
  constexpr std::size_t most = 200;
  QString text;
  for (const std::uint8_t byte : bytes.first(std::min(bytes.size(), most))) {
    const QChar character(static_cast<char16_t>(byte));
    text += character.isPrint() ? QString(character) : u"\\x"_s + hexWords({&byte, 1});
  }
  return bytes.size() > most ? QString(text + u'…') : text;
}

QString timeWords(quint64 seconds) {
  if (seconds == 0) return u"not given"_s;
  return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(seconds), Qt::UTC).toString(u"yyyy-MM-dd HH:mm:ss 'UTC'"_s);
}

QString systemName(std::uint8_t system) {
  static constexpr const char *names[] = {"FAT",       "Amiga", "VMS",       "Unix",        "VM/CMS",
                                          "Atari TOS", "HPFS",  "Macintosh", "Z-System",    "CP/M",
                                          "TOPS-20",   "NTFS",  "QDOS",      "Acorn RISCOS"};
  if (system < std::size(names)) return QString::fromLatin1(names[system]);
  return system == 255 ? u"unknown"_s : grouped(system);
}

enum GzipFlag : std::uint8_t { Text = 1, HeaderCrc = 2, Extra = 4, Name = 8, Comment = 16, AllFlags = 31 };

QString flagWords(std::uint8_t flags) {
  QStringList words;
  if (flags & Text) words += u"text"_s;
  if (flags & HeaderCrc) words += u"header CRC"_s;
  if (flags & Extra) words += u"extra field"_s;
  if (flags & Name) words += u"name"_s;
  if (flags & Comment) words += u"comment"_s;
  return words.isEmpty() ? u"none"_s : words.join(u", "_s);
}

}  // namespace

PackedHead readZlibHead(ByteView bytes, quint64 offset) {
  static constexpr const char *levels[] = {"fastest", "fast", "default", "best"};
  HeadReader reader(bytes, offset);
  if (!reader.next(u"zlib header"_s, 2)) return reader.cut();
  const std::uint8_t method = reader.field()[0];
  const std::uint8_t flags = reader.field()[1];
  if (const int number = method * 256 + flags; number % 31 != 0) {
    return reader.broken(reader.place() + u" begin no zlib stream: as one number, %1, they are no multiple of 31"_s.arg(
                                              grouped(number)));
  }
  if ((method & 15) != deflateMethod) {
    return reader.broken(reader.place() +
                         u" name compression method %1: there is 8, deflate, alone"_s.arg(method & 15));
  }
  const int window = 1 << ((method >> 4) + 8);
  if (window > 32768) {
    return reader.broken(reader.place() + u" name a window of %1: 32,768 are the most"_s.arg(byteCount(window)));
  }
  const bool hasDictionary = (flags & 32) != 0;
  reader.says(u"deflate, window of %1, level: %2"_s.arg(byteCount(window), QLatin1String(levels[flags >> 6])) +
              (hasDictionary ? u", preset dictionary"_s : QString()));
  if (hasDictionary) {
    if (!reader.next(u"dictionary"_s, 4)) return reader.cut();
    reader.says(hexWords(reader.field()));
    return reader.broken(reader.place() +
                         u" ask for the preset dictionary with that Adler-32, which the stream does not have"_s);
  }
  return reader.whole();
}

PackedHead readGzipHead(ByteView bytes, quint64 offset) {
  HeadReader reader(bytes, offset);
  if (!reader.next(u"gzip mark"_s, 2)) return reader.cut();
  if (reader.number() != 0x8b1f) {
    return reader.broken(reader.place() + u" begin no gzip member: that would be 1F 8B"_s);
  }
  // zlib looks at these two together.
  if (bytes.size() < 4) {
    if (reader.next(u"method"_s, 1)) reader.says(reader.number() == deflateMethod ? u"deflate"_s : QString());
    return reader.cut();
  }
  reader.next(u"method"_s, 1);
  if (reader.number() != deflateMethod) {
    return reader.broken(reader.place() +
                         u" names compression method %1: there is 8, deflate, alone"_s.arg(reader.number()));
  }
  reader.says(u"deflate"_s);
  reader.next(u"flags"_s, 1);
  const std::uint8_t flags = reader.field()[0];
  if ((flags & ~AllFlags) != 0) return reader.broken(reader.place() + u" has flags that gzip does not know"_s);
  reader.says(flagWords(flags));
  if (!reader.next(u"time"_s, 4)) return reader.cut();
  reader.says(timeWords(reader.number()));
  if (!reader.next(u"level"_s, 1)) return reader.cut();
  reader.says(reader.number() == 2 ? u"best"_s : reader.number() == 4 ? u"fastest"_s : grouped(reader.number()));
  if (!reader.next(u"system"_s, 1)) return reader.cut();
  reader.says(systemName(reader.field()[0]));
  if (flags & Extra) {
    if (!reader.next(u"extra length"_s, 2, PartRole::Length)) return reader.cut();
    const quint64 size = reader.number();
    reader.says(grouped(size));
    if (!reader.next(u"extra field"_s, size)) return reader.cut();
  }
  if (flags & Name) {
    if (!reader.nextText(u"name"_s)) return reader.cut();
    reader.says(shownText(reader.field().first(reader.field().size() - 1)));
  }
  if (flags & Comment) {
    if (!reader.nextText(u"comment"_s)) return reader.cut();
    reader.says(shownText(reader.field().first(reader.field().size() - 1)));
  }
  if (flags & HeaderCrc) {
    if (!reader.next(u"header CRC"_s, 2)) return reader.cut();
    const ByteView head = reader.before();
    const quint64 made = crc32_z(0, head.data(), head.size()) & 0xffff;
    const QString hex = u"%1"_s.arg(reader.number(), 4, 16, QLatin1Char('0')).toUpper();
    if (made != reader.number()) {
      return reader.broken(reader.place() + u" say that the header's CRC is %1, and its bytes make it %2"_s.arg(
                                                hex, u"%1"_s.arg(made, 4, 16, QLatin1Char('0')).toUpper()));
    }
    reader.says(hex);
  }
  return reader.whole();
}

}  // namespace octetscope

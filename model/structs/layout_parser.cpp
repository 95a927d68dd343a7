// Reads a layout's text into items. Everything plain Python strings mean, CPython's rules and words decide; the rest is
// the two additions, whose errors begin with CPython's words too: Python refuses those texts as well.
#include "model/structs/layout.h"

#include <QSysInfo>

#include <cstddef>
#include <limits>

namespace octetscope {

namespace {

constexpr quint64 largestSize = std::numeric_limits<qint64>::max();  // PY_SSIZE_T_MAX

/// One code: its size with a prefix of `< > = !` (0: not there), and the machine's own.
struct CodeEntry {
  char code;
  quint8 standardSize;
  quint8 nativeSize;
  quint8 nativeAlignment;
  ItemKind little;
  ItemKind big;
};

template <typename T>
constexpr CodeEntry entry(char code, int standardSize, ItemKind little, ItemKind big) {
  return {code, static_cast<quint8>(standardSize), sizeof(T), alignof(T), little, big};
}

template <typename T>
constexpr CodeEntry integerEntry(char code, int standardSize) {
  using enum ItemKind;
  // A native size that differs from the standard one (l, L) is dealt with where the item is made.
  constexpr bool isSigned = std::is_signed_v<T>;
  if (standardSize == 2)
    return entry<T>(code, 2, isSigned ? Int16Little : UInt16Little, isSigned ? Int16Big : UInt16Big);
  if (standardSize == 4)
    return entry<T>(code, 4, isSigned ? Int32Little : UInt32Little, isSigned ? Int32Big : UInt32Big);
  return entry<T>(code, standardSize, isSigned ? Int64Little : UInt64Little, isSigned ? Int64Big : UInt64Big);
}

constexpr CodeEntry codes[] = {
    entry<char>('x', 1, ItemKind::Padding, ItemKind::Padding),
    entry<char>('c', 1, ItemKind::Char, ItemKind::Char),
    entry<char>('b', 1, ItemKind::Int8, ItemKind::Int8),
    entry<char>('B', 1, ItemKind::UInt8, ItemKind::UInt8),
    entry<bool>('?', 1, ItemKind::Bool, ItemKind::Bool),
    integerEntry<short>('h', 2),
    integerEntry<unsigned short>('H', 2),
    integerEntry<int>('i', 4),
    integerEntry<unsigned int>('I', 4),
    integerEntry<long>('l', 4),
    integerEntry<unsigned long>('L', 4),
    integerEntry<long long>('q', 8),
    integerEntry<unsigned long long>('Q', 8),
    integerEntry<std::ptrdiff_t>('n', 0),
    integerEntry<std::size_t>('N', 0),
    entry<short>('e', 2, ItemKind::HalfLittle, ItemKind::HalfBig),
    entry<float>('f', 4, ItemKind::FloatLittle, ItemKind::FloatBig),
    entry<double>('d', 8, ItemKind::DoubleLittle, ItemKind::DoubleBig),
    entry<char>('s', 1, ItemKind::Bytes, ItemKind::Bytes),
    entry<char>('p', 1, ItemKind::Pascal, ItemKind::Pascal),
    integerEntry<quintptr>('P', 0),
};
static_assert(sizeof(int) == 4 && sizeof(short) == 2 && sizeof(long long) == 8 && sizeof(std::size_t) == 8);

const CodeEntry *findCode(QChar character) {
  for (const CodeEntry &candidate : codes) {
    if (character == QLatin1Char(candidate.code)) return &candidate;
  }
  return nullptr;
}

/// What C's isspace() takes.
bool isSpace(QChar c) {
  return c == u' ' || (c >= u'\t' && c <= u'\r');
}
bool isDigit(QChar c) {
  return c >= u'0' && c <= u'9';
}
/// str.isidentifier(), near enough: letters, digits, marks and _, no digit in front.
bool isNameStart(char32_t c) {
  return c == U'_' || QChar::isLetter(c);
}
bool isNamePart(char32_t c) {
  return isNameStart(c) || QChar::isLetterOrNumber(c) || QChar::isMark(c);
}

QString badChar() {
  return QStringLiteral("bad char in struct format");
}
QString tooLong() {
  return QStringLiteral("total struct size too long");
}

/// CPython's UnicodeEncodeError for the run of characters that are not ASCII at `from`.
QString notAscii(QStringView text, qsizetype from) {
  const QList<uint> before = text.first(from).toUcs4();
  const QList<uint> rest = text.sliced(from).toUcs4();
  qsizetype run = 1;
  while (run < rest.size() && rest[run] > 0x7f) ++run;
  const qsizetype first = before.size();
  if (run > 1) {
    return QStringLiteral("'ascii' codec can't encode characters in position %1-%2: ordinal not in range(128)")
        .arg(first)
        .arg(first + run - 1);
  }
  const uint c = rest.first();
  const int width = c <= 0xff ? 2 : c <= 0xffff ? 4 : 8;
  return QStringLiteral("'ascii' codec can't encode character '\\%1%2' in position %3: ordinal not in range(128)")
      .arg(QLatin1Char(width == 2   ? 'x'
                       : width == 4 ? 'u'
                                    : 'U'))
      .arg(c, width, 16, QLatin1Char('0'))
      .arg(first);
}

}  // namespace

class LayoutParser {
 public:
  explicit LayoutParser(QStringView text) : text_(text), layout_(new Layout) { layout_->text_ = text.toString(); }

  Result<std::shared_ptr<const Layout>> parse() {
    if (const auto checked = checkCharacters(); !checked) return std::unexpected(checked.error());
    readPrefix();
    while (at_ < text_.size()) {
      if (isSpace(text_[at_])) {
        ++at_;
        continue;
      }
      if (layout_->rest_) {
        return fail(
            badChar(),
            QStringLiteral("nothing may follow *%1, which takes the rest").arg(QLatin1Char(layout_->rest_->code)), at_);
      }
      if (const auto read = text_[at_] == u'*' ? readRest() : readItem(); !read) return std::unexpected(read.error());
    }
    return std::shared_ptr<const Layout>(std::move(layout_));
  }

 private:
  /// CPython turns the text into ASCII, then into a C string, before it reads it. Names are ours, and free.
  Result<void> checkCharacters() const {
    qsizetype zero = -1;
    bool inName = false;
    for (qsizetype i = 0; i < text_.size(); ++i) {
      inName = inName ? !isSpace(text_[i]) : text_[i] == u':';
      if (inName) continue;
      if (text_[i].unicode() > 0x7f) {
        return failAt(notAscii(text_, i), QStringLiteral("codes are ASCII letters; other letters are for names only"),
                      i);
      }
      if (text_[i].isNull() && zero < 0) zero = i;
    }
    if (zero >= 0) return failAt(QStringLiteral("embedded null character"), QStringLiteral("remove it"), zero);
    return {};
  }

  std::unexpected<Error> failAt(const QString &what, const QString &mend, qsizetype position) const {
    // People count characters from 1, and know nothing of surrogates.
    const qsizetype number = text_.first(position).toUcs4().size() + 1;
    return fail(what, QStringLiteral("at character %1: %2").arg(QString::number(number), mend), position);
  }

  void readPrefix() {
    if (text_.isEmpty()) return;
    const QChar prefix = text_[0];
    if (prefix == u'<' || prefix == u'>' || prefix == u'!' || prefix == u'=') {
      native_ = false;
      if (prefix != u'=') big_ = prefix != u'<';
    } else if (prefix != u'@') {
      return;
    }
    at_ = 1;
  }

  Result<void> readItem() {
    const qsizetype start = at_;
    quint64 count = 1;
    if (isDigit(text_[at_])) {
      count = 0;
      for (; at_ < text_.size() && isDigit(text_[at_]); ++at_) {
        const quint64 digit = text_[at_].unicode() - u'0';
        if (count > (largestSize - digit) / 10) return failAt(tooLong(), QStringLiteral("use a smaller count"), start);
        count = count * 10 + digit;
      }
      if (at_ == text_.size()) {
        return failAt(QStringLiteral("repeat count given without format specifier"),
                      QStringLiteral("put a code behind the count"), start);
      }
    }
    LayoutItem item;
    if (const auto code = readCode(item); !code) return code;
    item.count = count;
    if (!align() || count > (largestSize - layout_->size_) / item.size) {
      return failAt(tooLong(), QStringLiteral("use a smaller count"), start);
    }
    item.offset = layout_->size_;
    layout_->size_ += count * item.size;
    Layout::Label label;
    if (const auto name = readName(label.name); !name) return name;

    if (item.kind == ItemKind::Padding || (count == 0 && !item.isString())) return {};
    label.isArray = !label.name.isEmpty() && !item.isString() && count > 1;
    label.fieldCount = item.isString() || label.isArray ? 1 : count;
    add(item, label);
    return {};
  }

  Result<void> readRest() {
    ++at_;
    if (at_ == text_.size()) {
      return failAt(badChar(), QStringLiteral("put a code behind the *"), at_ - 1);
    }
    LayoutItem item;
    if (const auto code = readCode(item); !code) return code;
    if (!align()) return failAt(tooLong(), QStringLiteral("use a smaller count"), item.position);
    item.offset = layout_->size_;
    item.count = 0;
    item.firstValue = layout_->valueCount_;
    Layout::Label label;
    if (const auto name = readName(label.name); !name) return name;
    label.firstField = layout_->fieldCount_;
    label.isArray = !label.name.isEmpty() && !item.isString();
    layout_->rest_ = item;
    layout_->restLabel_ = label;
    return {};
  }

  /// Fills in what the code decides.
  Result<void> readCode(LayoutItem &item) {
    const CodeEntry *found = findCode(text_[at_]);
    if (!found || (!native_ && found->standardSize == 0)) return failAt(badChar(), codeAdvice(found != nullptr), at_);
    item.code = found->code;
    item.size = native_ ? found->nativeSize : found->standardSize;
    item.kind = big_ ? found->big : found->little;
    if (item.size == 8 && found->standardSize == 4) item.kind = widened(item.kind);
    // CPython puts its native routines, and with them their words, where they do the same work.
    const bool hostOrder = big_ == (QSysInfo::ByteOrder == QSysInfo::BigEndian);
    item.nativeWords = native_ || (hostOrder && found->standardSize == found->nativeSize && item.code != 'f');
    item.position = static_cast<qint32>(std::min<qsizetype>(at_, std::numeric_limits<qint32>::max()));
    alignment_ = native_ ? found->nativeAlignment : 1;
    ++at_;
    return {};
  }

  static ItemKind widened(ItemKind kind) {
    switch (kind) {
      case ItemKind::Int32Little:
        return ItemKind::Int64Little;
      case ItemKind::Int32Big:
        return ItemKind::Int64Big;
      case ItemKind::UInt32Little:
        return ItemKind::UInt64Little;
      case ItemKind::UInt32Big:
        return ItemKind::UInt64Big;
      default:
        return kind;
    }
  }

  QString codeAdvice(bool nativeOnly) const {
    const QChar c = text_[at_];
    if (nativeOnly) return QStringLiteral("%1 has a size only without a prefix, or with @").arg(c);
    if (QStringView(u"@=<>!").contains(c)) return QStringLiteral("the byte order stands once, in front of everything");
    if (c == u':') return QStringLiteral("a name stands right behind its code");
    if (c == u'*') return QStringLiteral("the rest has no count");
    if (isDigit(c)) return QStringLiteral("the rest has no count");
    if (isSpace(c)) return QStringLiteral("no space may stand between a count or * and its code");
    return QStringLiteral("the codes are x c b B ? h H i I l L q Q n N e f d s p P");
  }

  /// Pads up to the alignment of the code that was read; false where that is beyond the largest size.
  bool align() {
    const quint64 over = layout_->size_ % alignment_;
    if (over == 0) return true;
    if (alignment_ - over > largestSize - layout_->size_) return false;
    layout_->size_ += alignment_ - over;
    return true;
  }

  Result<void> readName(QString &name) {
    if (at_ == text_.size() || text_[at_] != u':') return {};
    const qsizetype start = ++at_;
    while (at_ < text_.size() && !isSpace(text_[at_])) {
      const bool isPair = text_[at_].isHighSurrogate() && at_ + 1 < text_.size() && text_[at_ + 1].isLowSurrogate();
      const char32_t c = isPair ? QChar::surrogateToUcs4(text_[at_], text_[at_ + 1]) : text_[at_].unicode();
      if (at_ == start ? !isNameStart(c) : !isNamePart(c)) break;
      at_ += isPair ? 2 : 1;
    }
    if (at_ == start || (at_ < text_.size() && !isSpace(text_[at_]))) {
      return failAt(badChar(),
                    at_ == start ? QStringLiteral("a name begins with a letter or _")
                                 : QStringLiteral("a name is letters, digits and _, and ends with a space"),
                    std::min(at_, text_.size()));
    }
    name = text_.sliced(start, at_ - start).toString();
    return {};
  }

  void add(LayoutItem &item, Layout::Label &label) {
    item.firstValue = layout_->valueCount_;
    layout_->valueCount_ += item.values();
    label.firstField = layout_->fieldCount_;
    layout_->fieldCount_ += label.fieldCount;
    layout_->items_.push_back(item);
    layout_->labels_.push_back(std::move(label));
  }

  QStringView text_;
  std::shared_ptr<Layout> layout_;
  qsizetype at_ = 0;
  bool native_ = true;
  bool big_ = QSysInfo::ByteOrder == QSysInfo::BigEndian;
  quint64 alignment_ = 1;
};

Result<std::shared_ptr<const Layout>> Layout::parse(QStringView text) {
  return LayoutParser(text).parse();
}

}  // namespace octetscope

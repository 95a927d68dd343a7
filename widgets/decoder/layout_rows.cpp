#include "widgets/decoder/layout_rows.h"

#include <QCoreApplication>
#include <QHash>

namespace octetscope {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(octetscope::LayoutRows)
};

/// calcsize of a text that is known to be right.
quint64 sizeOf(const QString &text) {
  const auto layout = Layout::parse(text);
  return layout ? (*layout)->size() : 0;
}

/// Sizes and alignments of the codes under one prefix.
class CodeSizes {
 public:
  explicit CodeSizes(char prefix) : prefix_(QLatin1Char(prefix)) {}

  quint64 size(QChar code) {
    auto found = sizes_.constFind(code);
    if (found == sizes_.constEnd()) found = sizes_.insert(code, sizeOf(prefix_ + code));
    return *found;
  }
  /// 1 where nothing is aligned.
  quint64 alignment(QChar code) {
    auto found = alignments_.constFind(code);
    // One byte, then none of the code: the size is where the code would stand.
    if (found == alignments_.constEnd()) {
      found = alignments_.insert(code, std::max<quint64>(1, sizeOf(prefix_ + u"x0" + code)));
    }
    return *found;
  }

 private:
  QString prefix_;
  QHash<QChar, quint64> sizes_;
  QHash<QChar, quint64> alignments_;
};

QString byteOrderWords(char prefix) {
  switch (prefix) {
    case '!':
    case '>':
      return Words::tr("big-endian");
    case '<':
      return Words::tr("little-endian");
    default:
      return Q_BYTE_ORDER == Q_LITTLE_ENDIAN ? Words::tr("little-endian (this machine)")
                                             : Words::tr("big-endian (this machine)");
  }
}

QString bytesWords(quint64 count) {
  return count == 1 ? Words::tr("1 byte") : Words::tr("%1 bytes").arg(count);
}

QString typeWords(char code, quint64 count, quint64 size, bool isRest, char prefix) {
  switch (code) {
    case 's':
      return isRest ? Words::tr("bytes, all that are left") : bytesWords(count);
    case 'p':
      return isRest ? Words::tr("a length byte, then text: all that is left")
                    : Words::tr("a length byte, then up to %1 of text")
                          .arg(bytesWords(std::min<quint64>(count > 0 ? count - 1 : 0, 255)));
    case 'x':
      return isRest ? Words::tr("padding, all that is left") : Words::tr("padding: %1").arg(bytesWords(count));
    default:
      break;
  }
  QString words = codeWords(code);
  if (code != 'c' && code != '?' && size > 1) words = Words::tr("%1, %2").arg(words, byteOrderWords(prefix));
  if (isRest) return Words::tr("%1; as many as are left").arg(words);
  return count == 1 ? words : Words::tr("%1 × %2").arg(count).arg(words);
}

}  // namespace

char layoutPrefix(const QString &text) {
  const QChar first = text.isEmpty() ? QChar() : text.front();
  return QStringView(u"@=<>!").contains(first) ? first.toLatin1() : '@';
}

QString prefixWords(char prefix) {
  switch (prefix) {
    case '!':
      return Words::tr(
          "! is network order: the most significant byte first, as Internet protocols agreed to send "
          "numbers (RFC 1700). Standard sizes, no padding.");
    case '>':
      return Words::tr("> is big-endian: the most significant byte first; the same as !. Standard sizes, no padding.");
    case '<':
      return Words::tr(
          "< is little-endian: the least significant byte first, as most processors keep numbers. Standard "
          "sizes, no padding.");
    case '=':
      return Words::tr(
          "= is this machine's byte order with standard sizes and no padding. Another machine may read it "
          "differently.");
    default:
      return Words::tr(
          "@ (or no prefix) is how C on this machine keeps a struct: its byte order, its sizes, and bytes of "
          "padding so that each number begins at a multiple of its size. Made for memory, seldom right for "
          "a network.");
  }
}

QString codeWords(char code) {
  switch (code) {
    case 'x':
      return Words::tr("padding byte");
    case 'c':
      return Words::tr("single byte");
    case 'b':
      return Words::tr("signed 8-bit integer");
    case 'B':
      return Words::tr("unsigned 8-bit integer");
    case '?':
      return Words::tr("truth value: 0 is false");
    case 'h':
      return Words::tr("signed 16-bit integer");
    case 'H':
      return Words::tr("unsigned 16-bit integer");
    case 'i':
      return Words::tr("signed 32-bit integer");
    case 'I':
      return Words::tr("unsigned 32-bit integer");
    case 'l':
      return Words::tr("signed long integer");
    case 'L':
      return Words::tr("unsigned long integer");
    case 'q':
      return Words::tr("signed 64-bit integer");
    case 'Q':
      return Words::tr("unsigned 64-bit integer");
    case 'n':
      return Words::tr("signed size (ssize_t)");
    case 'N':
      return Words::tr("unsigned size (size_t)");
    case 'e':
      return Words::tr("16-bit floating-point number");
    case 'f':
      return Words::tr("32-bit floating-point number");
    case 'd':
      return Words::tr("64-bit floating-point number");
    case 's':
      return Words::tr("bytes");
    case 'p':
      return Words::tr("a length byte, then text");
    case 'P':
      return Words::tr("pointer, as an integer");
    default:
      return {};
  }
}

QList<LayoutRow> layoutRows(const Layout &layout, qsizetype most) {
  QList<LayoutRow> rows;
  const QString text = layout.text();
  const char prefix = layoutPrefix(text);
  CodeSizes sizes(prefix);
  quint64 offset = 0;
  quint64 place = 0;  // among the top-level fields
  qsizetype i = !text.isEmpty() && QStringView(u"@=<>!").contains(text.front()) ? 1 : 0;
  while (i < text.size() && rows.size() < most) {
    if (text[i].isSpace()) {
      ++i;
      continue;
    }
    LayoutRow row;
    const qsizetype begin = i;
    quint64 count = 1;
    if (text[i] == u'*') {
      row.isRest = true;
      ++i;
    } else if (text[i].isDigit()) {
      for (count = 0; i < text.size() && text[i].isDigit(); ++i)
        count = count * 10 + static_cast<quint64>(text[i].digitValue());
    }
    if (i >= text.size()) break;
    const QChar code = text[i++];
    row.code = code.toLatin1();
    row.type = text.mid(begin, i - begin);
    if (i < text.size() && text[i] == u':') {
      const qsizetype name = ++i;
      while (i < text.size() && !text[i].isSpace()) ++i;
      row.name = text.mid(name, i - name);
      row.isNamed = true;
    }
    const quint64 alignment = sizes.alignment(code);
    const quint64 over = offset % alignment;
    if (over > 0) {
      const quint64 gap = alignment - over;
      rows.append({.name = {},
                   .type = {},
                   .words = Words::tr("left empty, so that %1 begins at a multiple of %2").arg(code).arg(alignment),
                   .code = 0,
                   .offset = offset,
                   .size = gap});
      offset += gap;
    }
    const bool isString = code == u's' || code == u'p';
    row.offset = offset;
    row.size = row.isRest ? 0 : count * sizes.size(code);
    row.values = code == u'x' ? 0 : isString ? 1 : row.isRest ? 0 : count;
    row.words = typeWords(row.code, count, sizes.size(code), row.isRest, prefix);
    offset += row.size;
    const quint64 fields = row.isNamed && row.values > 0 ? 1 : row.values;
    if (!row.isNamed && (row.values > 0 || row.isRest) && code != u'x') {
      row.name = fields > 1 ? QStringLiteral("%1…%2").arg(place).arg(place + fields - 1) : QString::number(place);
      if (row.isRest && !isString) row.name += u'…';
    }
    place += fields;
    rows.append(row);
  }
  return rows;
}

}  // namespace octetscope

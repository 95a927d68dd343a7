#include "model/framing/suggestion/text_proposals.h"

#include "model/framing/framing_spec.h"
#include "model/framing/framing_words.h"

#include <algorithm>
#include <map>
#include <set>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 mostLooked = 1 << 18;  // delimiters are looked for in the first so many bytes
constexpr double textual = 0.97;         // a share of text that may be text
constexpr double oftenTextual = 0.9;     // one with some bytes that are signs of a framing
constexpr double allTextual = 0.993;     // and one that is

/// How often `needle` occurs in `bytes`, without overlaps.
quint64 occurrences(QByteArrayView bytes, QByteArrayView needle) {
  quint64 count = 0;
  for (qsizetype at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + needle.size())) ++count;
  return count;
}

Proposal delimited(const QByteArray &delimiter, double cost, double convention, double leastText, const QString &rule) {
  return {.spec = u"delimiter:"_s + escapeText(delimiter),
          .family = Family::Delimiter,
          .cost = cost,
          .convention = convention,
          .leastText = leastText,
          .textExcept = static_cast<std::uint8_t>(delimiter.back()),
          .rule = rule};
}

QString endsWithWords(const QByteArray &delimiter) {
  const bool isOne = delimiter.size() == 1;
  return isOne ? u"each message ends with the byte %1"_s.arg(byteName(static_cast<std::uint8_t>(delimiter[0])))
               : u"each message ends with the %1 bytes %2"_s.arg(delimiter.size()).arg(hexWords(viewOf(delimiter)));
}

/// What is asked of the lines of a text.
struct Lines {
  quint64 count = 0;
  quint64 returns = 0;  // with \r before \n
  quint64 empty = 0;
  quint64 oddQuotes = 0;  // with an odd number of ", so that one reaches over the line end
};

Lines linesOf(QByteArrayView text) {
  Lines lines;
  qsizetype begin = 0;
  for (qsizetype at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', begin)) {
    const QByteArrayView line = text.sliced(begin, at - begin);
    ++lines.count;
    if (line.endsWith('\r')) ++lines.returns;
    if (line.isEmpty() || line == QByteArrayView("\r")) ++lines.empty;
    if (line.count('"') % 2 != 0) ++lines.oddQuotes;
    begin = at + 1;
  }
  return lines;
}

/// Whether the quotes of a text open and close where fields do: at a line's begin or end, beside a comma, a semicolon
/// or a tab.
bool quotesFields(QByteArrayView text) {
  quint64 good = 0;
  quint64 all = 0;
  bool open = false;
  const auto isEdge = [](char c) { return c == ',' || c == ';' || c == '\t' || c == '\n' || c == '\r' || c == '|'; };
  for (qsizetype at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    if (open && at + 1 < text.size() && text[at + 1] == '"') {
      ++at;  // doubled
      continue;
    }
    ++all;
    const bool edge = open ? at + 1 >= text.size() || isEdge(text[at + 1]) : at == 0 || isEdge(text[at - 1]);
    if (edge) ++good;
    open = !open;
  }
  return all > 0 && good * 10 >= all * 9;
}

/// Whether nearly all blocks that `blank` ends have the same number of lines, more than one.
bool areAlike(QByteArrayView text, QByteArrayView blank) {
  std::map<qsizetype, quint64> counts;
  quint64 blocks = 0;
  qsizetype begin = 0;
  for (qsizetype at = text.indexOf(blank); at >= 0; at = text.indexOf(blank, begin)) {
    ++counts[text.sliced(begin, at - begin).count('\n')];
    ++blocks;
    begin = at + blank.size();
  }
  return std::any_of(counts.begin(), counts.end(),
                     [blocks](const auto &one) { return one.first > 0 && one.second * 10 >= blocks * 9; });
}

/// A word in brackets that ends every message, such as <EOM>: what stands before every closing bracket of a kind.
QByteArray bracketed(QByteArrayView text, char open, char close) {
  constexpr qsizetype longest = 12;
  qsizetype at = text.indexOf(close);
  if (at < 0) return {};
  const qsizetype from = text.first(at).lastIndexOf(open);
  if (from < 0 || at - from > longest || at - from < 2) return {};
  const QByteArray word = text.sliced(from, at - from + 1).toByteArray();
  return occurrences(text, word) * 10 >= static_cast<quint64>(text.count(close)) * 9 ? word : QByteArray();
}

void proposeLines(const Sample &sample, QByteArrayView text, QList<Proposal> &all) {
  const Lines lines = linesOf(text);
  if (lines.count == 0 || sample.textShare('\n') < textual) return;
  const double convention = sample.textShare('\n') < allTextual ? 10 : 30;
  Proposal proposal{.spec = u"lines"_s,
                    .family = Family::Delimiter,
                    .cost = 1,
                    .convention = convention,
                    .least = 2,
                    .leastText = textual,
                    .rule = u"it is text, and each message ends with a line end (0A)"_s};
  if (lines.returns == lines.count) {
    all.append(
        delimited("\r\n", 1, convention + 2, textual, u"it is text, and each message ends with a line end (0D 0A)"_s));
    all.last().least = 2;
  } else if (lines.returns * 3 > lines.count && text.endsWith("\r\n")) {
    all.append(delimited("\r\n", 2, convention + 0.5, textual,
                         u"it is text, and messages end with 0D 0A, while 0A alone occurs inside them"_s));
  }
  all.append(proposal);
  if (lines.oddQuotes > 1 && quotesFields(text)) {
    proposal.spec = u"lines,quote=\""_s;
    proposal.cost = 3;
    proposal.convention = convention + 6;
    proposal.rule = u"it is text, and each message ends with a line end (0A) outside quotes (22)"_s;
    all.append(proposal);
  }
  const bool returns = lines.returns == lines.count;
  const QByteArray blank = returns ? "\r\n\r\n" : "\n\n";
  const quint64 blocks = occurrences(text, blank);
  // Prose has empty lines, too. Blocks of messages end with one, or are of as many lines each.
  const bool isBlocks = text.endsWith(blank) || areAlike(text, blank);
  if (blocks >= 3 && isBlocks && lines.empty <= blocks && lines.count >= blocks * 2) {
    all.append(delimited(
        blank, 2, convention + 8, textual,
        u"it is text, and each message is some lines that an empty one ends (%1)"_s.arg(hexWords(viewOf(blank)))));
  }
}

/// Single bytes that end messages by old custom, and what that counts in bits.
double customOf(std::uint8_t byte) {
  switch (byte) {
    case 0x00:
      return 26;
    case 0x0d:
      return 20;
    case 0x03:  // end of text
    case 0x04:  // end of transmission
    case 0x17:  // end of block
    case 0x1e:  // record separator
    case 0x1d:
    case 0x1c:
    case 0x0c:
    case 0xff:
      return 20;
    case ';':
    case '|':
    case '#':
    case '$':
    case '!':
    case '~':
    case '^':
    case '`':
    case '*':
    case '@':
    case '&':
    case '%':
      return 8;
    default:
      break;
  }
  const bool isWriting = byte >= 0x20 && byte < 0x7f;
  return isWriting || byte == '\t' || byte == '\n' ? -1 : byte < 0x20 || byte == 0x7f ? 12 : 4;
}

}  // namespace

QList<Proposal> delimiterProposals(const Sample &sample) {
  QList<Proposal> all;
  const quint64 end = std::min(sample.end(), sample.start() + mostLooked);
  const ByteView bytes = sample.view().bytes.view({sample.start(), end});
  const QByteArrayView text = qtView(bytes);
  if (text.isEmpty()) return all;
  proposeLines(sample, text, all);

  std::set<QByteArray> tried{"\n", "\r\n", "\n\n", "\r\n\r\n"};
  const auto propose = [&](const QByteArray &delimiter, double known = 0) {
    if (!tried.insert(delimiter).second) return;
    const auto last = static_cast<std::uint8_t>(delimiter.back());
    const quint64 count = occurrences(text, delimiter);
    if (count < 3) return;
    const bool isOne = delimiter.size() == 1;
    const double share = sample.textShare(last);
    const double custom = isOne ? customOf(last) : std::max(known, 6.0);
    // Among text a byte that is none stands out. Among other bytes it is one of them.
    const double least = custom == 20 ? oftenTextual : allTextual;
    const bool among = share >= least;
    if (isOne && (custom < 0 || (custom > 0 && !among))) return;
    // Where bytes stand for anything, only the chunks show that some end messages.
    if (!isOne && !among && sample.chunkEnds().size() < 3) return;
    // In UTF-8 they are parts of letters.
    if (isOne && last >= 0x80 && last != 0xff && sample.textShare('\n') >= allTextual) return;
    // One after the other they are filler, not ends of messages.
    if (isOne && (end - sample.start()) / count < 4) return;
    if (isOne && occurrences(text, QByteArray(2, delimiter[0])) * 4 > count) return;
    Proposal proposal = delimited(delimiter,
                                  isOne   ? 4
                                  : among ? 12
                                          : 20,
                                  among ? std::max(custom, 0.0) : 0, among ? least : 0, endsWithWords(delimiter));
    const bool isControl = isOne && (last < 0x20 || last >= 0x7f);
    proposal.needsEnd = !isControl && known == 0;
    proposal.least = isControl ? 3 : 4;
    all.append(proposal);
  };
  for (int byte = 0; byte < 256; ++byte) {
    const auto one = static_cast<std::uint8_t>(byte);
    if (one != '\n' && sample.count(one) >= 3) propose(QByteArray(1, static_cast<char>(byte)));
  }
  for (const QByteArrayView brackets : {QByteArrayView("<>"), QByteArrayView("[]"), QByteArrayView("{}")}) {
    const QByteArray word = bracketed(text, brackets[0], brackets[1]);
    if (!word.isEmpty()) propose(word, 28);
  }
  for (const char mark : {'|', '#', '$', '~', '!', ';', '*'}) {
    const QByteArray twice(2, mark);
    if (occurrences(text, twice) >= 3) propose(twice, 26);
  }
  // How the stream and its chunks end, where that recurs: as long as it can be without occurring less.
  const auto proposeTail = [&](QByteArrayView tail) {
    constexpr qsizetype longest = 8;
    quint64 count = tail.isEmpty() ? 0 : occurrences(text, tail.last(1));
    for (qsizetype size = 1; size <= std::min(longest, tail.size()) && count >= 3; ++size) {
      const QByteArray sequence = tail.last(size).toByteArray();
      const quint64 longer = size < tail.size() ? occurrences(text, tail.last(size + 1)) : 0;
      const bool isWhole = longer * 10 < count * 9;  // with a byte more it would be another thing
      count = longer;
      const bool isVaried = std::any_of(sequence.begin(), sequence.end(), [&](char c) { return c != sequence[0]; });
      const bool isWord = std::all_of(sequence.begin(), sequence.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == ' ' || (c >= '0' && c <= '9') || c == '.' || c == ',';
      });
      const bool isLineEnd = sequence.contains('\n');  // those are looked at by themselves
      if (size > 1 && isWhole && !isWord && !isLineEnd && (isVaried || sequence[0] != '\0')) propose(sequence);
    }
  };
  if (sample.isAll()) proposeTail(text);
  for (std::size_t i = 0; i < std::min<std::size_t>(sample.chunkEnds().size(), 4); ++i) {
    const quint64 chunkEnd = sample.chunkEnds()[i];
    if (chunkEnd <= end) proposeTail(text.first(static_cast<qsizetype>(chunkEnd - sample.start())));
  }
  return all;
}

}  // namespace octetscope

// What stands in a condition: names, fields with their slices and bits, and values.
#include "model/filter/filter_parser.h"

#include <algorithm>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

bool isDigit(QChar c) {
  return c >= u'0' && c <= u'9';
}

bool isNameStart(QChar c) {
  return c == u'_' || c.isLetter() || c.isSurrogate();
}

bool isQuote(QChar c) {
  return c == u'"' || c == u'\'';
}

bool isOperatorWord(QStringView word) {
  static constexpr QStringView words[] = {u"and", u"or", u"not", u"in", u"eq",       u"ne",
                                          u"gt",  u"ge", u"lt",  u"le", u"contains", u"matches"};
  return std::ranges::find(words, word) != std::end(words);
}

bool isValueWord(QStringView word) {
  return word == u"true" || word == u"false" || word == u"null";
}

}  // namespace

QStringView textOf(const FilterOperand &operand, const QString &expression) {
  return QStringView(expression).sliced(operand.position, operand.length);
}

/// What is written as one value or name, up to a space, a sign or "..".
QStringView FilterParser::runHere() const {
  qsizetype end = at_;
  const auto belongs = [this](qsizetype at) {
    const QChar c = text_[at];
    if (c == u'.') return at + 1 >= text_.size() || text_[at + 1] != u'.';
    return c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || QStringView(u"_:+-").contains(c);
  };
  while (end < text_.size() && belongs(end)) ++end;
  return QStringView(text_).sliced(at_, end - at_);
}

FilterResult<FilterOperand> FilterParser::operand(bool isValue) {
  skipSpaces();
  const qsizetype start = at_;
  const QChar c = peek();
  const bool isRaw = c == u'r' && isQuote(peek(1));
  if (isQuote(c) || isRaw) return stringOperand();
  const QString mend = isValue ? u"write a value: 5, 0xff, 2.5, \"text\", de:ad:be:ef"_s
                               : u"write a condition, such as size > 100 or text contains \"x\""_s;
  if (atEnd()) {
    return failAt(at_, 0, isValue ? u"a value is missing at the end"_s : u"a condition is missing at the end"_s, mend);
  }
  const QStringView run = runHere();
  const QStringView word = wordHere();
  const bool isNumber = isDigit(c) || c == u':' || ((c == u'-' || c == u'+') && isDigit(peek(1)));
  if (isNumber || run.contains(u':') || isValueWord(word)) {
    FilterOperand made{.position = start};
    auto value = FilterLiteral::fromWord(isValueWord(word) ? word : run);
    if (!value) {
      QString how = value.error().mend;
      if (isNameStart(c))
        how = u"a name with a : in it stands in quotes: .\"%1\"; bytes are written de:ad:be:ef"_s.arg(run);
      return failAt(start, run.size(), value.error().what, how);
    }
    at_ += isValueWord(word) ? word.size() : run.size();
    made.literal = *std::move(value);
    made.length = made.literal.length = at_ - start;
    made.literal.position = start;
    return made;
  }
  const bool isName = isNameStart(c) && !isOperatorWord(word);
  const bool isPath =
      c == u'[' || (c == u'.' && (isNameStart(peek(1)) || isDigit(peek(1)) || isQuote(peek(1)) || peek(1) == u'['));
  if (!isName && !isPath) {
    return failHere(isValue ? u"%1 stands where a value should be"_s : u"%1 stands where a condition should be"_s,
                    isValue && c == u'(' ? u"( ) hold conditions, not values; write the value alone"_s : mend);
  }
  return pathOperand();
}

/// The inside of the string that begins here. `bytes`: what its escapes make of it; null: they stay.
FilterResult<QString> FilterParser::quoted(bool isRaw, QByteArray *bytes) {
  const qsizetype start = at_;
  if (isRaw) ++at_;
  const QChar quote = peek();
  const qsizetype begin = ++at_;
  while (!atEnd() && peek() != quote) at_ += peek() == u'\\' ? 2 : 1;
  if (at_ >= text_.size()) {
    at_ = text_.size();
    expected_ = 0;
    return failAt(start, text_.size() - start, u"this text has no end"_s, u"write %1 where it ends"_s.arg(quote));
  }
  const QStringView inside = QStringView(text_).sliced(begin, at_ - begin);
  ++at_;
  if (!bytes) return inside.toString();
  if (isRaw) {
    *bytes = inside.toUtf8();
    return inside.toString();
  }
  auto literal = FilterLiteral::fromText(inside);
  if (!literal) {
    const qsizetype length = std::min<qsizetype>(2, inside.size() - literal.error().position);
    return failAt(begin + literal.error().position, length, literal.error().what, literal.error().mend);
  }
  *bytes = std::move(literal->bytes);
  return inside.toString();
}

FilterResult<FilterOperand> FilterParser::stringOperand() {
  FilterOperand made{.position = at_};
  made.literal = {.kind = FilterLiteral::Kind::Text, .position = at_};
  const auto inside = quoted(peek() == u'r', &made.literal.bytes);
  if (!inside) return std::unexpected(inside.error());
  made.length = made.literal.length = at_ - made.position;
  return made;
}

FilterResult<FilterStep> FilterParser::step() {
  if (isQuote(peek())) {
    QByteArray bytes;
    const auto inside = quoted(false, &bytes);
    if (!inside) return std::unexpected(inside.error());
    return FilterStep{.name = QString::fromUtf8(bytes)};
  }
  QStringView name = wordHere();
  while (name.endsWith(u'-')) name.chop(1);
  if (name.isEmpty()) {
    return failHere(u"%1 stands where a name should be"_s, u"put odd names in quotes: headers.\"a name\""_s);
  }
  at_ += name.size();
  return FilterStep{.name = name.toString()};
}

FilterResult<FilterOperand> FilterParser::pathOperand() {
  FilterOperand made{.kind = FilterOperand::Kind::Field, .position = at_};
  const bool isForced = peek() == u'.';
  if (isForced) ++at_;
  bool isFirst = true;
  while (isFirst || peek() == u'[' || (peek() == u'.' && peek(1) != u'.')) {
    if (!isFirst && peek() == u'.') ++at_;
    isFirst = false;
    if (made.path.size() >= FilterExpression::mostSteps) {
      return failAt(made.position, at_ - made.position,
                    u"this goes through more than %1 fields"_s.arg(FilterExpression::mostSteps),
                    u"name a field that lies less deep"_s);
    }
    if (peek() == u'[') {
      if (const auto read = bracket(made); !read) return std::unexpected(read.error());
      if (made.slice) break;
    } else {
      auto next = step();
      if (!next) return std::unexpected(next.error());
      made.path.append(*std::move(next));
    }
  }
  made.length = at_ - made.position;
  if (made.path.isEmpty()) {
    return failAt(made.position, made.length, u"this is a slice of nothing"_s, u"write payload[0:4] or name[0:4]"_s);
  }
  if (!isForced && made.path.front().kind == FilterStep::Kind::Name) {
    const FilterNameRow *row = filterName(made.path.front().name);
    const bool isByte = made.path.size() == 2 && made.path[1].kind == FilterStep::Kind::Index && !made.slice;
    if (row && (made.path.size() == 1 || isByte)) {
      made.kind = FilterOperand::Kind::OfMessage;
      made.name = row->name;
      if (isByte) made.slice = {.begin = static_cast<qint64>(made.path[1].index), .size = 1};
      made.path.clear();
      if (made.slice && row->kind != FilterNameKind::Bytes && row->kind != FilterNameKind::Text) {
        return failAt(made.position, made.length, u"%1 has no bytes"_s.arg(row->text),
                      u"write .%1 for a field of that name"_s.arg(row->text));
      }
    }
  }
  const qsizetype behind = at_;
  skipSpaces();
  if (peek() != u'&' || peek(1) == u'&') {
    at_ = behind;
    return made;
  }
  const qsizetype sign = at_++;
  lastOperand_ = {};
  skipSpaces();
  expect(Value);
  const bool canHaveBits =
      made.kind == FilterOperand::Kind::Field || filterName(made.name).kind == FilterNameKind::Number;
  if (!canHaveBits) {
    return failAt(made.position, sign + 1 - made.position, u"%1 has no bits"_s.arg(filterName(made.name).text),
                  u"& takes bits of whole numbers"_s);
  }
  const QStringView run = runHere();
  const auto bits = FilterLiteral::fromWord(run);
  const WideBound bound = bits ? bits->bound() : WideBound{-1, false};
  if (!bits || bits->kind != FilterLiteral::Kind::Number || !bound.isExact || bound.floor < 0 ||
      bound.floor > static_cast<WideNumber>(~0ULL)) {
    return failHere(u"%1 are no bits"_s, u"write a number: flags & 0x02; && joins conditions"_s);
  }
  at_ += run.size();
  made.mask = static_cast<quint64>(bound.floor);
  made.length = at_ - made.position;
  return made;
}

FilterResult<std::optional<qint64>> FilterParser::sliceNumber() {
  skipSpaces();
  const qsizetype start = at_;
  if (peek() == u'-') ++at_;
  const qsizetype digits = at_;
  while (isDigit(peek())) ++at_;
  if (at_ == digits) {
    at_ = start;
    return std::optional<qint64>();
  }
  if (at_ - digits > 18) {
    return failAt(start, at_ - start, u"this number is too large"_s, u"no message has so many bytes"_s);
  }
  return std::optional(QStringView(text_).sliced(start, at_ - start).toLongLong());
}

/// [2] [*] [0:4] [2-5] [:4] [4:] [-4:]
FilterResult<void> FilterParser::bracket(FilterOperand &operand) {
  const qsizetype opened = at_++;
  skipSpaces();
  const auto bad = [&](const QString &what) {
    return failAt(opened, at_ - opened, what, u"write [start:length], [first-last], [:length], [start:] or [n]"_s);
  };
  if (peek() == u'*') {
    ++at_;
    operand.path.append({.kind = FilterStep::Kind::Any});
  } else {
    const auto begin = sliceNumber();
    if (!begin) return std::unexpected(begin.error());
    skipSpaces();
    if (peek() == u':') {
      ++at_;
      const auto size = sliceNumber();
      if (!size) return std::unexpected(size.error());
      if (!*begin && !*size) return bad(u"this slice has neither start nor length"_s);
      if (*size && **size <= 0) return bad(u"this slice takes nothing"_s);
      operand.slice = {.begin = begin->value_or(0)};
      if (*size) operand.slice->size = static_cast<quint64>(**size);
    } else if (*begin && peek() == u'-') {
      ++at_;
      const auto last = sliceNumber();
      if (!last) return std::unexpected(last.error());
      if (!*last) return bad(u"this slice has no end"_s);
      if ((**begin < 0) != (**last < 0) || **last < **begin) return bad(u"this slice takes nothing"_s);
      operand.slice = {.begin = **begin, .size = static_cast<quint64>(**last - **begin + 1)};
    } else if (*begin && **begin < 0) {
      operand.slice = {.begin = **begin, .size = 1};
    } else if (*begin) {
      operand.path.append({.kind = FilterStep::Kind::Index, .index = static_cast<quint64>(**begin)});
    } else if (!atEnd()) {
      return failHere(u"%1 stands where a number should be"_s,
                      u"write [start:length], [first-last], [:length], [start:] or [n]"_s);
    }
  }
  skipSpaces();
  if (peek() == u']') {
    ++at_;
    return {};
  }
  if (atEnd()) return failAt(opened, 1, u"this [ is never closed"_s, u"write ] where it ends"_s);
  return failHere(u"%1 stands where ] should be"_s, u"one slice at a time: [start:length], [first-last] or [n]"_s);
}

/// A value of a set.
FilterResult<FilterLiteral> FilterParser::literal(const FilterOperand &left) {
  if (left.kind == FilterOperand::Kind::OfMessage && !filterWords(left.name).empty()) return wordLiteral(left);
  const auto value = operand(true);
  if (!value) return std::unexpected(value.error());
  if (value->kind == FilterOperand::Kind::Literal) return value->literal;
  return failAt(value->position, value->length, u"%1 is no value"_s.arg(textOf(*value, text_)),
                u"a set has values alone; text stands in quotes"_s);
}

FilterResult<FilterLiteral> FilterParser::wordLiteral(const FilterOperand &left) {
  skipSpaces();
  const QStringView word = wordHere();
  const auto words = filterWords(left.name);
  const auto found = std::ranges::find(words, word);
  if (found != words.end()) {
    FilterLiteral made{.kind = FilterLiteral::Kind::Word, .position = at_, .length = word.size()};
    made.word = static_cast<quint64>(found - words.begin());
    at_ += word.size();
    return made;
  }
  QString list = words.front().toString();
  for (std::size_t i = 1; i < words.size(); ++i) list += (i + 1 < words.size() ? u", "_s : u" or "_s) + words[i];
  const QString name = filterName(left.name).text.toString();
  if (atEnd()) return failAt(at_, 0, u"a value is missing at the end"_s, u"%1 is %2"_s.arg(name, list));
  if (const auto wrong = wrongConstant(left); !wrong) return std::unexpected(wrong.error());
  return failHere(u"%1 is no %2"_s.arg(u"%1"_s, name), u"%1 is %2"_s.arg(name, list));
}

/// Whether `literal` can be compared with a name of the message. Text that is a time becomes one.
FilterResult<void> FilterParser::check(const FilterCondition &condition, FilterLiteral &literal) {
  using Kind = FilterLiteral::Kind;
  using Test = FilterCondition::Test;
  const FilterOperand &left = condition.left;
  const bool looksInside = condition.test == Test::Contains || condition.test == Test::Matches;
  const bool hasOrder = condition.test == Test::Compare && condition.relation != FilterRelation::Equal &&
                        condition.relation != FilterRelation::NotEqual;
  const auto bad = [&](const QString &what, const QString &mend) {
    return failAt(left.position, at_ - left.position, what, mend);
  };
  if (literal.kind == Kind::Null && hasOrder) return bad(u"null has no order"_s, u"compare it with == or !="_s);
  if (left.mask && (looksInside || !literal.isNumber())) {
    return bad(u"bits are a number"_s, u"compare them with one: flags & 0x0f == 3"_s);
  }
  if (left.slice && !looksInside && (literal.kind == Kind::Null || literal.kind == Kind::Moment)) {
    return bad(u"a slice is bytes"_s, u"compare it with bytes, text or a number"_s);
  }
  if (left.kind != FilterOperand::Kind::OfMessage) return {};
  const FilterNameRow &row = filterName(left.name);
  const QString name = row.text.toString();
  const QString written = QStringView(text_).sliced(literal.position, literal.length).toString();
  const bool isString =
      row.kind == FilterNameKind::Bytes || row.kind == FilterNameKind::Text || row.kind == FilterNameKind::Any;
  if (looksInside) {
    if (isString) return {};
    return bad(u"%1 is no text"_s.arg(name),
               row.kind == FilterNameKind::Words ? u"compare it with == or !="_s : u"compare it with a number"_s);
  }
  if (row.kind == FilterNameKind::Time && literal.kind == Kind::Text) {
    if (const auto moment = FilterLiteral::momentOf(QString::fromUtf8(literal.bytes))) {
      literal.kind = Kind::Moment;
      literal.nanoseconds = {*moment, true};
    }
  }
  switch (row.kind) {
    case FilterNameKind::Number:
      if (literal.kind == Kind::Number) return {};
      return bad(u"%1 is a number, and %2 is none"_s.arg(name, written),
                 u"write %1 == 5, or .%1 for a field of that name"_s.arg(name));
    case FilterNameKind::Time:
      if (literal.isNumber()) return {};
      if (literal.kind != Kind::Moment) {
        return bad(u"%1 is a time, and %2 is none"_s.arg(name, written), u"write seconds, 2.5, or 20ms"_s);
      }
      if (left.name == FilterName::Epoch) return {};
      return bad(u"%1 is no date"_s.arg(name), u"compare epoch with dates"_s);
    case FilterNameKind::Text:
      if (literal.kind == Kind::Text) return {};
      return bad(u"%1 is text, and %2 is none"_s.arg(name, written), u"put it in quotes"_s);
    case FilterNameKind::Bytes:
      if (literal.isString() || literal.kind == Kind::Number) return {};
      return bad(u"%1 is bytes, and %2 are none"_s.arg(name, written), u"write de:ad:be:ef or \"text\""_s);
    case FilterNameKind::Words:
    case FilterNameKind::Any:
      break;
  }
  return {};
}

}  // namespace octetscope

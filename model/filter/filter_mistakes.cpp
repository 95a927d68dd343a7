// FilterParser: what people write who come from elsewhere, or mistype, and what they may have meant.
#include "model/filter/filter_parser.h"
#include "model/filter/near_words.h"

#include <algorithm>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostSaid = 60;  // characters of what was written

bool isDigit(QChar c) {
  return c >= u'0' && c <= u'9';
}

/// The operators that are words.
const std::vector<QString> &operatorWords() {
  static const std::vector<QString> all = [] {
    std::vector<QString> words;
    for (const auto rows : {filterOperators(), filterConnectives()}) {
      for (const FilterOperatorRow &row : rows) {
        for (const QStringView word : {row.text, row.other}) {
          if (!word.isEmpty() && word.front().isLetter()) words.push_back(word.toString());
        }
      }
    }
    return words;
  }();
  return all;
}

}  // namespace

/// Signs that are operators elsewhere, where one may stand here.
FilterResult<void> FilterParser::wrongSign() {
  skipSpaces();
  static constexpr QStringView none = u"there is no arithmetic here";
  static constexpr QStringView asTheyAre = u"compare fields with values as they are";
  static constexpr QStringView bits = u"& takes bits: flags & 0x0f == 3";
  static constexpr std::tuple<QStringView, QStringView, QStringView> rows[] = {
      {u"===", u"=== is no operator", u"write == for equal"},
      {u"!==", u"!== is no operator", u"write != for not equal"},
      {u"=~", u"=~ is no operator", u"write matches"},
      {u"=>", u"=> is no operator", u"write >= for greater or equal"},
      {u"=<", u"=< is no operator", u"write <= for less or equal"},
      {u"<>", u"<> is no operator", u"write != for not equal"},
      {u"<<", none, bits},
      {u">>", none, bits},
      {u"=", u"= is no operator", u"write == for equal"},
      {u"|", u"| is no operator", u"write || for or"},
      {u"^^", u"^^ is no operator", u"write (a || b) && !(a && b)"},
      {u"^", none, bits},
      {u"%", none, u"& takes bits: seq & 1 == 0 has the even ones"},
      {u"+", none, asTheyAre},
      {u"-", none, asTheyAre},
      {u"*", none, asTheyAre},
      {u"/", none, asTheyAre},
  };
  const QStringView rest = QStringView(text_).sliced(at_);
  for (const auto &[sign, what, mend] : rows) {
    if (!rest.startsWith(sign)) continue;
    const bool isHalf = (sign == u"=" || sign == u"|") && rest.sliced(sign.size()).startsWith(sign);
    if (!isHalf) return failAt(at_, sign.size(), what.toString(), mend.toString());
  }
  return {};
}

/// A word that is nearly an operator, or one elsewhere.
FilterResult<void> FilterParser::wrongWord() {
  skipSpaces();
  const qsizetype here = at_;
  if (takeWord(u"not")) skipSpaces();
  const qsizetype place = at_;
  const QStringView word = wordHere();
  at_ = here;
  static constexpr std::pair<QStringView, QStringView> others[] = {
      {u"is", u"write == for equal"},        {u"equals", u"write == for equal"},
      {u"like", u"write contains \"x\""},    {u"has", u"write contains \"x\""},
      {u"between", u"write in {low..high}"}, {u"xor", u"write (a || b) && !(a && b)"},
  };
  const auto bad = [&](qsizetype position, QStringView what, const QString &mend) {
    return failAt(position, what.size(), u"%1 is no operator"_s.arg(what), mend);
  };
  for (const auto &[other, mend] : others) {
    if (word.compare(other, Qt::CaseInsensitive) == 0) return bad(place, word, mend.toString());
  }
  // What stands before was taken for a name.
  if (lastOperand_.kind == FilterOperand::Kind::Field && lastOperand_.length > 0) {
    const QStringView before = textOf(lastOperand_, text_);
    const QStringView between =
        QStringView(text_).sliced(lastOperand_.position + before.size(), here - lastOperand_.position - before.size());
    if (before.compare(u"not", Qt::CaseInsensitive) == 0 && between.trimmed().isEmpty()) {
      return bad(lastOperand_.position, before, didYouMean(u"not"_s));
    }
  }
  if (const QString near = nearWord(word, operatorWords()); !near.isEmpty()) {
    return bad(place, word, didYouMean(near));
  }
  return {};
}

/// A comma that parts the digits of a number: 1,000.
FilterResult<void> FilterParser::groupedNumber() {
  qsizetype begin = at_;
  while (begin > 0 && isDigit(text_[begin - 1])) --begin;
  qsizetype end = at_;
  const auto isGroup = [this](qsizetype at) {
    if (at + 3 >= text_.size() || text_[at] != u',') return false;
    const auto digits = text_.begin() + at + 1;
    return std::all_of(digits, digits + 3, isDigit) && (at + 4 >= text_.size() || !isDigit(text_[at + 4]));
  };
  while (isGroup(end)) end += 4;
  if (begin == at_ || end == at_) return {};
  const QString written = text_.sliced(begin, end - begin);
  return failAt(begin, end - begin, u"%1 has commas in it"_s.arg(written.left(mostSaid)),
                u"write %1"_s.arg(QString(written).remove(u',').left(mostSaid)));
}

/// What stands behind a condition, and joins it to nothing. `what` and `mend`: where it is nothing that is known.
std::unexpected<FilterError> FilterParser::failBehind(const QString &what, const QString &mend) {
  if (auto wrong = wrongSign(); !wrong) return std::unexpected(std::move(wrong.error()));
  const qsizetype start = at_;
  if (const auto relation = takeRelation()) {
    const bool hasOrder = relation != FilterRelation::Equal && relation != FilterRelation::NotEqual;
    return failAt(start, at_ - start, u"a comparison has two sides, not three"_s,
                  hasOrder ? u"write 1 < x && x < 5"_s : u"write two, joined: x == 1 && y == 1"_s);
  }
  if (auto wrong = wrongWord(); !wrong) return std::unexpected(std::move(wrong.error()));
  if (auto wrong = groupedNumber(); !wrong) return std::unexpected(std::move(wrong.error()));
  return failHere(what, mend);
}

/// Brackets that are compared, as if a value stood in them. `group`: the node that does.
FilterResult<void> FilterParser::comparedGroup(qsizetype opened, quint32 group) {
  const qsizetype closed = at_;
  skipSpaces();
  const qsizetype sign = at_;
  if (peek() == u'&' && peek(1) != u'&' && at_ + 1 < text_.size()) {
    ++at_;
  } else if (!takeRelation() && !takeWord(u"in") && !takeWord(u"contains") && !takeWord(u"matches") &&
             !takeSymbol(u"~")) {
    at_ = closed;
    return {};
  }
  const QString written = text_.sliced(sign, at_ - sign);
  skipSpaces();
  const QStringView value = runHere();
  QString mend = u"write what is compared without ( )"_s;
  if (const FilterNode &node = tree_->nodes[group]; node.kind == FilterNode::Kind::Condition) {
    const FilterCondition &inside = tree_->conditions[node.condition];
    if (inside.test == FilterCondition::Test::Exists && inside.length + value.size() <= mostSaid) {
      mend = u"write %1 %2 %3"_s.arg(text_.sliced(inside.position, inside.length).simplified(), written,
                                     value.isEmpty() ? QString(QChar(0x2026)) : value.toString());
    }
  }
  return failAt(opened, closed - opened, u"( ) hold conditions, not values"_s, mend);
}

/// A word of a name in quotes, or nearly one.
FilterResult<void> FilterParser::wrongConstant(const FilterOperand &left) {
  const auto words = filterWords(left.name);
  const QString name = filterName(left.name).text.toString();
  if (peek() == u'"' || peek() == u'\'') {
    const qsizetype end = text_.indexOf(peek(), at_ + 1);
    const QStringView inside = QStringView(text_).sliced(at_ + 1, std::max<qsizetype>(end - at_ - 1, 0));
    if (std::ranges::find(words, inside) == words.end()) return {};
    return failAt(at_, end + 1 - at_, u"%1 is no text"_s.arg(name), u"write %1 without quotes"_s.arg(inside));
  }
  const QStringView word = wordHere();
  std::vector<QString> all;
  for (const QStringView one : words) all.push_back(one.toString());
  const QString near = nearWord(word, all);
  if (near.isEmpty()) return {};
  return failAt(at_, word.size(), u"%1 is no %2"_s.arg(word.toString(), name), didYouMean(near));
}

}  // namespace octetscope

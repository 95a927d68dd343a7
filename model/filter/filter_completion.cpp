#include "model/filter/filter_completion.h"

#include "model/filter/filter_parser.h"
#include "model/structs/layout.h"

#include <QSet>

#include <algorithm>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

using Kind = FilterCompletion::Kind;

bool belongsToWord(QChar c) {
  return c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || QStringView(u"_.-[]*").contains(c);
}

/// "number, H"; what a field of a layout holds.
QString helpOf(const Layout &layout, const QString &name) {
  const auto places = layout.placesOf(name);
  if (places.empty()) return {};
  const LayoutItem &item = places.front().item;
  const QString code(QLatin1Char(item.code));
  if (places.front().isArray) return u"field: array of %1; [0] is one element, [*] any"_s.arg(code);
  return item.isString() || item.kind == ItemKind::Char ? u"field: bytes, %1"_s.arg(code)
                                                        : u"field: number, %1"_s.arg(code);
}

class Collector {
 public:
  Collector(QStringView typed, qsizetype most) : typed_(typed), most_(most) {}

  void add(Kind kind, const QString &text, const QString &help) {
    if (items_.size() >= most_ || !text.startsWith(typed_, Qt::CaseInsensitive) || texts_.contains(text)) return;
    texts_.insert(text);
    items_.append({kind, text, help});
  }
  void addField(const QString &text, const QString &help) {
    // A point in front is right for every field.
    const bool isForced = typed_.startsWith(u'.') && !text.startsWith(u'.') && !text.startsWith(u'[');
    add(Kind::OfField, isForced ? QString(u'.' + text) : text, help);
  }
  void add(std::span<const FilterOperatorRow> rows, auto fits) {
    for (const FilterOperatorRow &row : rows) {
      if (!fits(row)) continue;
      add(Kind::Operator, row.text.toString(), row.help.toString());
      if (!typed_.isEmpty() && !row.other.isEmpty()) add(Kind::Operator, row.other.toString(), row.help.toString());
    }
  }
  QList<FilterCompletion> items() const { return items_; }

 private:
  const QStringView typed_;
  const qsizetype most_;
  QSet<QString> texts_;
  QList<FilterCompletion> items_;
};

void addFields(Collector &out, const std::array<FilterScope, 2> &scopes, const QStringList &seen, qsizetype most) {
  for (const FilterScope &scope : scopes) {
    for (const FilterScope::Layer &layer : scope.layers) {
      const auto *layout = dynamic_cast<const Layout *>(layer.fields.decoder.get());
      if (!layout) continue;
      for (const QString &name : layout->fieldNames(most)) {
        out.addField(filterFieldText(name, true), helpOf(*layout, name));
      }
    }
  }
  for (const QString &path : seen) out.addField(path, u"field"_s);
}

bool hasOperator(const FilterOperand &operand, const FilterOperatorRow &row) {
  const bool isInside = row.text == u"contains" || row.text == u"matches";
  if (operand.mask) return !isInside && row.text != u"&";
  if (operand.kind != FilterOperand::Kind::OfMessage) return true;
  const bool isOrder = row.text.startsWith(u'<') || row.text.startsWith(u'>');
  switch (filterName(operand.name).kind) {
    case FilterNameKind::Number:
      return !isInside;
    case FilterNameKind::Time:
      return !isInside && row.text != u"&";
    case FilterNameKind::Words:
      return !isInside && !isOrder && row.text != u"&";
    default:
      return row.text != u"&";
  }
}

}  // namespace

FilterCompletions filterCompletions(const QString &text, qsizetype caret, const std::array<FilterScope, 2> &scopes,
                                    const QStringList &seen, qsizetype most) {
  caret = std::clamp<qsizetype>(caret, 0, text.size());
  FilterCompletions found;
  found.position = caret;
  while (found.position > 0 && belongsToWord(text[found.position - 1])) --found.position;
  qsizetype end = caret;
  while (end < text.size() && belongsToWord(text[end])) ++end;
  found.length = end - found.position;

  FilterParser parser(text.first(found.position));
  [[maybe_unused]] const auto parsed = parser.parse();
  const unsigned expected = parser.expectedAtEnd();
  const FilterOperand &operand = parser.operandAtEnd();
  const bool isOfMessage = operand.kind == FilterOperand::Kind::OfMessage;
  Collector out(QStringView(text).sliced(found.position, caret - found.position), most);
  if ((expected & FilterParser::Operand) != 0) {
    addFields(out, scopes, seen, most);
    for (const FilterNameRow &row : filterNames()) out.add(Kind::OfMessage, row.text.toString(), row.help.toString());
    out.add(Kind::Operator, u"not"_s, u"the opposite of what follows"_s);
  }
  if ((expected & FilterParser::Operator) != 0) {
    out.add(filterOperators(), [&](const FilterOperatorRow &row) { return hasOperator(operand, row); });
  }
  if ((expected & (FilterParser::Value | FilterParser::SetValue)) != 0) {
    if (isOfMessage) {
      for (const QStringView word : filterWords(operand.name)) out.add(Kind::Constant, word.toString(), {});
    } else if (operand.kind == FilterOperand::Kind::Field && !operand.mask) {
      out.add(Kind::Constant, u"true"_s, {});
      out.add(Kind::Constant, u"false"_s, {});
      out.add(Kind::Constant, u"null"_s, {});
    }
  }
  // Not where the word before only ends: it would be joined to it.
  const bool isApart = found.position > 0 && text[found.position - 1].isSpace();
  if ((expected & FilterParser::Connective) != 0 && isApart) {
    out.add(filterConnectives(), [](const FilterOperatorRow &row) { return row.text != u"!"; });
  }
  found.items = out.items();
  return found;
}

}  // namespace octetscope

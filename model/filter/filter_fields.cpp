#include "model/filter/filter_fields.h"

#include "model/filter/near_words.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostNamesSaid = 12;
constexpr qsizetype mostNamesCompared = 1000;

bool isInteger(ItemKind kind) {
  return kind >= ItemKind::Bool && kind <= ItemKind::UInt64Big;
}

/// The fields of a layout that an operand names, and why there are none.
Result<std::vector<LayoutFilterField>> fieldsIn(const Layout &layout, const FilterOperand &operand) {
  using Kind = FilterStep::Kind;
  const QList<FilterStep> &path = operand.path;
  std::vector<LayoutFilterField> found;
  if (path.front().kind == Kind::Any) return fail(u"[*] stands in front"_s, u"write it behind the name of an array"_s);
  if (path.front().kind == Kind::Index)
    return fail(u"the fields of a layout have names"_s, u"write .0 for the first"_s);
  Error error;
  for (const Layout::FieldPlace &place : layout.placesOf(path.front().name)) {
    LayoutFilterField field{.place = place, .slice = operand.slice, .layout = &layout};
    const LayoutItem &item = place.item;
    if (path.size() == 1) {
      found.push_back(field);
      continue;
    }
    const FilterStep &step = path[1];
    const QString &name = path.front().name;
    if (path.size() > 2 || step.kind == Kind::Name) {
      error = {u"%1 has no fields inside"_s.arg(path.size() > 2 ? name + u"[…]" : name), u"name it alone"_s};
    } else if (!place.isArray) {
      if (step.kind == Kind::Any || operand.slice) {
        error = {u"%1 is no array"_s.arg(name), u"write %1[start:length] for some of its bytes"_s.arg(name)};
        continue;
      }
      field.slice = {.begin = static_cast<qint64>(step.index), .size = 1};
      found.push_back(field);
    } else if (step.kind == Kind::Any) {
      field.isEach = true;
      found.push_back(field);
    } else if (!place.takesRest && step.index >= item.count) {
      error = {u"%1 has no [%2]"_s.arg(name).arg(step.index),
               u"its %1 elements are [0] to [%2]"_s.arg(item.count).arg(item.count - 1)};
    } else if (item.kind != ItemKind::Padding && step.index < (1ULL << 59)) {
      field.place.isArray = field.place.takesRest = false;
      field.place.item.offset += step.index * item.size;
      field.place.item.count = 1;
      found.push_back(field);
    }
  }
  if (found.empty() && !error.what.isEmpty()) return std::unexpected(error);
  return found;
}

}  // namespace

bool LayoutFilterField::isInteger() const {
  return !slice && !place.isArray && !isEach && !place.isExtra && octetscope::isInteger(place.item.kind);
}

bool LayoutFilterField::isNumber() const {
  return !slice && (!place.isArray || isEach) && !isString();
}

QString knownFieldsWords(const FilterScope &scope) {
  for (const FilterScope::Layer &layer : scope.layers) {
    const auto *layout = dynamic_cast<const Layout *>(layer.fields.decoder.get());
    if (!layout) continue;
    const QStringList names = layout->fieldNames(mostNamesSaid + 1);
    if (names.isEmpty()) return u"the layout has no fields"_s;
    QStringList said;
    for (const QString &name : names.first(std::min(mostNamesSaid, names.size()))) {
      said.append(filterFieldText(name, true));
    }
    return (names.size() == 1 ? u"the field is "_s : u"the fields are "_s) + said.join(u", "_s) +
           (names.size() > mostNamesSaid ? u" …"_s : QString());
  }
  return u"messages have no fields here; give their payloads a LAYOUT"_s;
}

QString nearFieldText(const FilterOperand &operand, const QString &text, const FilterScope &scope) {
  if (operand.path.front().kind != FilterStep::Kind::Name) return {};
  std::vector<QString> names;
  // With a point in front, and where something is meant to lie inside, a field is meant.
  const bool mayBeOfMessage = text[operand.position] != u'.' && operand.path.size() == 1;
  if (mayBeOfMessage) {
    for (const FilterNameRow &row : filterNames()) names.push_back(row.text.toString());
  }
  for (const FilterScope::Layer &layer : scope.layers) {
    const auto *layout = dynamic_cast<const Layout *>(layer.fields.decoder.get());
    if (!layout) continue;
    for (const QString &name : layout->fieldNames(mostNamesCompared)) names.push_back(name);
  }
  QString near = nearWord(operand.path.front().name, names);
  if (near.isEmpty() && mayBeOfMessage) near = filterNameMeant(operand.path.front().name).toString();
  return near.isEmpty() || (mayBeOfMessage && filterName(near)) ? near : filterFieldText(near, true);
}

BoundField BoundField::of(const FilterOperand &operand, const QString &text, const FilterScope &scope) {
  BoundField bound;
  const auto said = [&] { return text.sliced(operand.position, operand.length); };
  for (const FilterScope::Layer &layer : scope.layers) {
    LayerField field;
    const FieldDecoder *decoder = layer.fields.decoder.get();
    if (const auto *layout = dynamic_cast<const Layout *>(decoder)) {
      if (auto places = fieldsIn(*layout, operand)) {
        field.kind = places->empty() ? LayerField::Kind::None : LayerField::Kind::OfLayout;
        field.places = *std::move(places);
        bound.isKnown = bound.isKnown || !field.places.empty();
      } else {
        bound.unknown = places.error();
      }
    } else if (decoder) {
      field.kind = LayerField::Kind::Searched;
      bound.isCertain = false;
    }
    bound.layers.push_back(std::move(field));
  }
  if (!bound.isKnown && bound.unknown.what.isEmpty()) {
    const bool isNamed = operand.path.front().kind == FilterStep::Kind::Name;
    const QString near = nearFieldText(operand, text, scope);
    bound.unknown = {u"there is no field %1"_s.arg(isNamed ? operand.path.front().name : said()),
                     (near.isEmpty() ? QString() : QString(didYouMean(near) + u' ')) + knownFieldsWords(scope)};
  }
  return bound;
}

}  // namespace octetscope

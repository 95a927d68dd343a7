// The values that a condition asks for, one message at a time: of fields wherever they lie, of bytes, of what is said
// about a message.
#include "model/filter/filter_judge.h"
#include "model/framing/payload_stream.h"

#include <algorithm>
#include <cstring>

namespace octetscope {

namespace {

using Test = FilterCondition::Test;
constexpr qsizetype mostMatched = 1 << 20;  // bytes of one value that a regular expression is shown

bool contains(ByteView bytes, ByteView wanted) {
  return wanted.empty() || (wanted.size() <= bytes.size() &&
                            ::memmem(bytes.data(), bytes.size(), wanted.data(), wanted.size()) != nullptr);
}

/// Bytes as text for a regular expression: UTF-8 where they are that, else a character for each.
QString textOf(const FilterValue &value) {
  QByteArrayView bytes = qtView(value.bytes);
  if (bytes.size() > mostMatched) {
    bytes = bytes.first(mostMatched);
    for (int i = 0; i < 3 && (static_cast<std::uint8_t>(bytes.back()) & 0xc0) == 0x80; ++i) bytes.chop(1);
    if (static_cast<std::uint8_t>(bytes.back()) >= 0xc0) bytes.chop(1);
  }
  return value.kind == FilterValue::Kind::Text || bytes.isValidUtf8() ? QString::fromUtf8(bytes)
                                                                      : QString::fromLatin1(bytes);
}

bool relates(const FilterValue &a, FilterRelation relation, const FilterValue &b) {
  const FilterOrder order = compare(a, b);
  // Nulls are equal, and still not "at least" each other: they have no order.
  const bool hasOrder = a.kind != FilterValue::Kind::Null;
  switch (relation) {
    case FilterRelation::Equal:
    case FilterRelation::NotEqual:  // asked as "is one equal?"
      return order == FilterOrder::Equal;
    case FilterRelation::Less:
      return order == FilterOrder::Less;
    case FilterRelation::LessOrEqual:
      return order == FilterOrder::Less || (order == FilterOrder::Equal && hasOrder);
    case FilterRelation::Greater:
      return order == FilterOrder::Greater;
    case FilterRelation::GreaterOrEqual:
      return order == FilterOrder::Greater || (order == FilterOrder::Equal && hasOrder);
  }
  return false;
}

bool isIn(const FilterValue &value, const QList<FilterCondition::Item> &items) {
  return std::ranges::any_of(items, [&](const FilterCondition::Item &item) {
    if (!item.isRange) return compare(value, item.low.value()) == FilterOrder::Equal;
    return relates(value, FilterRelation::GreaterOrEqual, item.low.value()) &&
           relates(value, FilterRelation::LessOrEqual, item.high.value());
  });
}

FilterValue masked(const FilterValue &value, quint64 mask) {
  const quint64 bits = value.kind == FilterValue::Kind::Signed ? static_cast<quint64>(value.integer) : value.natural;
  return FilterValue::of(bits & mask);
}

}  // namespace

bool valueHolds(const FilterCondition &condition, const FilterValue &value) {
  const bool isWritten = condition.right.kind == FilterOperand::Kind::Literal;
  switch (condition.test) {
    case Test::Compare:
      return isWritten && relates(value, condition.relation, condition.right.literal.value());
    case Test::In:
      return isIn(value, condition.items);
    case Test::Contains:
      return isWritten && value.isString() && contains(value.bytes, viewOf(condition.right.literal.bytes));
    case Test::Matches:
      return value.isString() && condition.pattern.match(textOf(value)).hasMatch();
    case Test::Exists:
    case Test::NotIn:
      break;
  }
  return false;
}

bool FilterMachine::holds(const FilterLeaf &leaf, std::size_t i) {
  bool isThere = false;
  bool isFound = false;
  takeValues(leaf.left, i, [&](const FilterValue *value) {
    if (leaf.test == Test::Exists && !leaf.left.operand.mask) {
      isFound = true;
      return false;
    }
    if (!value) return true;
    isThere = true;
    switch (leaf.test) {
      case Test::Exists:
        isFound = value->natural != 0;
        break;
      case Test::Compare:
        if (leaf.right.operand.kind == FilterOperand::Kind::Literal) {
          isFound = relates(*value, leaf.relation, leaf.right.operand.literal.value());
          break;
        }
        isThere = false;
        takeValues(leaf.right, i, [&](const FilterValue *other) {
          if (!other) return true;
          isThere = true;
          isFound = relates(*value, leaf.relation, *other);
          return !isFound;
        });
        break;
      case Test::In:
      case Test::NotIn:
        isFound = isIn(*value, leaf.items);
        break;
      case Test::Contains:
        if (!value->isString()) break;
        if (leaf.right.operand.kind == FilterOperand::Kind::Literal) {
          isFound = contains(value->bytes, viewOf(leaf.right.operand.literal.bytes));
          break;
        }
        takeValues(leaf.right, i, [&](const FilterValue *other) {
          isFound = other && other->isString() && contains(value->bytes, other->bytes);
          return !isFound;
        });
        break;
      case Test::Matches:
        isFound = value->isString() && leaf.pattern.match(textOf(*value)).hasMatch();
        break;
    }
    return !isFound;
  });
  const bool isNegated =
      leaf.test == Test::NotIn || (leaf.test == Test::Compare && leaf.relation == FilterRelation::NotEqual);
  return isNegated ? isThere && !isFound : isFound;
}

ByteView FilterMachine::payloadOf(std::size_t i) {
  const Message &here = message(i);
  if (here.status == Status::Error) return {};
  if (here.hasPayloadRange()) return batch_.stream.view.bytes.view(here.payloadRange());
  if (payloadOf_ != &here) {
    payloadOf_ = &here;
    payload_ = scope_.layers[0].framer->payload(batch_.stream.view, here).value_or(QByteArray());
  }
  return viewOf(payload_);
}

/// Gives what one side has to `take`: null for what is there and has no value. False: it has enough.
template <typename Take>
bool FilterMachine::takeValues(const FilterSide &side, std::size_t i, Take &&take) {
  const FilterOperand &operand = side.operand;
  const auto takeOne = [&](const FilterValue &value) {
    if (!operand.mask) return take(&value);
    if (!value.isInteger()) return true;
    const FilterValue bits = masked(value, *operand.mask);
    return take(&bits);
  };
  const auto takeBytes = [&](FilterValue value) {
    if (!operand.slice) return take(&value);
    const auto part = operand.slice->of(value.bytes);
    if (!part) return true;
    const FilterValue bytes = FilterValue::of(*part);
    return take(&bytes);
  };
  if (operand.kind == FilterOperand::Kind::Field) {
    return takeFields(side, 0, batch_.stream.view, message(i), [&](const FilterValue *value) {
      return value ? takeOne(*value) : operand.mask.has_value() || take(value);
    });
  }
  const FilterStream &stream = batch_.stream;
  const Message &here = message(i);
  switch (operand.name) {
    case FilterName::Payload:
      return here.status == Status::Error || takeBytes(FilterValue::of(payloadOf(i)));
    case FilterName::Message:
      return takeBytes(FilterValue::of(stream.view.bytes.view(here.range())));
    case FilterName::From:
      return stream.from.isEmpty() || takeBytes(FilterValue::text(viewOf(stream.from)));
    case FilterName::To:
      return stream.to.isEmpty() || takeBytes(FilterValue::text(viewOf(stream.to)));
    case FilterName::Error: {
      if (here.status != Status::Error) return true;
      const QByteArray words = scope_.layers[0].framer->verdict(stream.view, here).error.toUtf8();
      return takeBytes(FilterValue::text(viewOf(words)));
    }
    default:
      break;
  }
  if (operand.name == FilterName::Fields) return takeAllFields(0, stream.view, here, take);
  const auto number = numberOf(operand.name, i);
  if (!number) return true;
  const bool isTime = filterName(operand.name).kind == FilterNameKind::Time;
  if (isTime) return takeOne(FilterValue::time(static_cast<qint64>(*number)));
  return takeOne(FilterValue::of(static_cast<quint64>(*number)));
}

bool FilterMachine::readFirst(const FilterSide &side, std::size_t i,
                              const std::function<void(const FilterValue &)> &take) {
  bool isTaken = false;
  bool isNull = false;
  takeValues(side, i, [&](const FilterValue *value) {
    if (!value) return true;
    if (value->kind == FilterValue::Kind::Null) {
      isNull = true;
      return true;
    }
    take(*value);
    isTaken = true;
    return false;
  });
  return isNull && !isTaken;
}

namespace {

/// A field of a format that describes itself, or the bytes of it.
template <typename Take>
bool takeField(const Field &field, ByteView payload, const std::optional<FilterSlice> &slice, Take &take) {
  if (!field.error.isEmpty()) return true;
  if (!slice && field.isGroup) return take(nullptr);
  QByteArray storage;
  FilterValue value = FilterValue::of(field.value, storage);
  if (!slice) return take(&value);
  if (!value.isString()) {
    if (field.isDerived) return true;
    value.bytes = payload.subspan(field.range.begin, field.range.size());
  }
  return detail::takeSliced(slice, value.bytes, take);
}

/// Looks for fields along a path, a step at a time. Goes as deep as the path is long.
template <typename Take>
class FieldSearch {
 public:
  FieldSearch(const FieldDecoder &decoder, ByteView payload, const FilterOperand &operand, Take &take)
      : decoder_(decoder), payload_(payload), operand_(operand), take_(take) {}

  bool from(FieldPath &path, qsizetype at) {
    if (at == operand_.path.size()) return takeField(decoder_.field(payload_, path), payload_, operand_.slice, take_);
    const FilterStep &step = operand_.path[at];
    const quint64 count = decoder_.childCount(payload_, path);
    const auto goOn = [&](quint64 child) {
      path.append(child);
      const bool result = from(path, at + 1);
      path.removeLast();
      return result;
    };
    const auto nameOf = [&](quint64 child) {
      path.append(child);
      const QString name = decoder_.field(payload_, path).name;
      path.removeLast();
      return name;
    };
    if (step.kind == FilterStep::Kind::Any) {
      for (quint64 child = 0; child < count; ++child) {
        if (!goOn(child)) return false;
      }
      return true;
    }
    const bool isIndex = step.kind == FilterStep::Kind::Index;
    const QString wanted = isIndex ? QString(u'[' + QString::number(step.index) + u']') : step.name;
    // In an array it stands at its place.
    if (isIndex && step.index < count && nameOf(step.index) == wanted) return goOn(step.index);
    bool isFound = false;
    for (quint64 child = 0; child < count; ++child) {
      if (nameOf(child) != wanted) continue;
      isFound = true;
      if (!goOn(child)) return false;
    }
    if (isFound || !isIndex || path.isEmpty() || operand_.slice || at + 1 < operand_.path.size()) return true;
    const Field field = decoder_.field(payload_, path);
    const FilterSlice slice{.begin = static_cast<qint64>(step.index), .size = 1};
    return field.isGroup || takeField(field, payload_, slice, take_);
  }

 private:
  const FieldDecoder &decoder_;
  const ByteView payload_;
  const FilterOperand &operand_;
  Take &take_;
};

}  // namespace

/// What the fields of a message of a layer are read from; `owned` keeps what is no range of the stream.
ByteView FilterMachine::fieldBytes(qsizetype layer, const StreamView &view, const Message &here, QByteArray &owned) {
  const FilterScope::Layer &of = scope_.layers[layer];
  if (of.fields.in == FieldsIn::Message) return view.bytes.view(here.range());
  if (layer == 0) return payloadOf(static_cast<std::size_t>(&here - batch_.messages.data()));
  if (here.hasPayloadRange()) return view.bytes.view(here.payloadRange());
  owned = of.framer->payload(view, here).value_or(QByteArray());
  return viewOf(owned);
}

/// Every field in a message of a layer, and in those inside it.
template <typename Take>
bool FilterMachine::takeAllFields(qsizetype layer, const StreamView &view, const Message &here, Take &&take) {
  if (layer >= scope_.layers.size() || here.status == Status::Error) return true;
  const FilterScope::Layer &of = scope_.layers[layer];
  if (of.fields.decoder) {
    QByteArray owned;
    const ByteView bytes = fieldBytes(layer, view, here, owned);
    const auto walk = of.fields.decoder->walk(bytes);
    while (walk->next()) {
      if (!takeField(walk->field(), bytes, std::nullopt, take)) return false;
    }
  }
  if (layer + 1 >= scope_.layers.size()) return true;
  const auto payload = PayloadStream::of(*of.framer, view, here);
  if (!payload) return true;
  bool goesOn = true;
  payload->forEach(*scope_.layers[layer + 1].framer, [&](const Message &inner) {
    goesOn = takeAllFields(layer + 1, payload->view, inner, take);
    return goesOn;
  });
  return goesOn;
}

/// The fields in a message of a layer, and in those inside it.
template <typename Take>
bool FilterMachine::takeFields(const FilterSide &side, qsizetype layer, const StreamView &view, const Message &here,
                               Take &&take) {
  if (layer >= scope_.layers.size() || here.status == Status::Error) return true;
  const FilterScope::Layer &of = scope_.layers[layer];
  const LayerField &field = side.field->layers[static_cast<std::size_t>(layer)];
  if (field.kind != LayerField::Kind::None) {
    QByteArray owned;
    const ByteView bytes = fieldBytes(layer, view, here, owned);
    if (field.kind == LayerField::Kind::OfLayout) {
      for (const LayoutFilterField &place : field.places) {
        if (!takeLayoutField(place, bytes, take)) return false;
      }
    } else {
      FieldDecoderPtr decoder;
      if (layer == 0) {
        if (fieldsOf_ != &here) {
          fieldsOf_ = &here;
          fields_ = of.fields.decoder->indexed(bytes);
        }
        decoder = fields_;
      } else {
        decoder = of.fields.decoder->indexed(bytes);
      }
      if (!decoder) decoder = of.fields.decoder;
      FieldPath path;
      if (!FieldSearch(*decoder, bytes, side.operand, take).from(path, 0)) return false;
    }
  }
  if (layer + 1 >= scope_.layers.size()) return true;
  const auto payload = PayloadStream::of(*of.framer, view, here);
  if (!payload) return true;
  bool goesOn = true;
  payload->forEach(*scope_.layers[layer + 1].framer, [&](const Message &inner) {
    goesOn = takeFields(side, layer + 1, payload->view, inner, take);
    return goesOn;
  });
  return goesOn;
}

}  // namespace octetscope

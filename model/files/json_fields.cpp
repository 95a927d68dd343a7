#include "model/files/json_fields.h"

#include "model/files/json_forms.h"

namespace octetscope {

namespace {

// Beyond these a layout is written the slow way: its fields are so many that templates would be large.
constexpr quint64 mostTemplateValues = 10'000;
constexpr quint64 mostTemplateBytes = 16 << 20;
constexpr quint64 probeTail = 16;  // bytes behind the fixed part: room for one element of any rest

constexpr std::string_view ofPayload = R"(,"of":"payload")";

/// {"name":"seq","type":"H","offset":
void appendHead(TextBuffer &out, QStringView name, QStringView type) {
  out.append(R"({"name":)");
  out.appendJsonString(name);
  out.append(R"(,"type":)");
  out.appendJsonString(type);
  out.append(R"(,"offset":)");
}

/// ,"size":2,"of":"payload"
void appendSize(TextBuffer &out, quint64 size, PayloadPlace place) {
  out.append(R"(,"size":)");
  out.append(size);
  if (place == PayloadPlace::Derived) out.append(ofPayload);
}

constexpr std::string_view beforeValue = R"(,"value":)";
constexpr std::string_view beforeFields = R"(,"fields":[)";

/// All of a field but those in it and the closing brace. False where it could not be read.
bool appendField(TextBuffer &out, const Field &field, quint64 base, PayloadPlace place) {
  appendHead(out, field.name, field.type);
  out.append(base + field.range.begin);
  appendSize(out, field.range.size(), place);
  if (field.isDerived) out.append(R"(,"derived":true)");
  if (!field.error.isEmpty()) {
    out.append(R"(,"value":null,"error":)");
    out.appendJsonString(field.error);
  } else if (!field.isGroup) {
    out.append(beforeValue);
    appendJsonValue(out, field.value);
  }
  if (!field.label.isEmpty()) {
    out.append(R"(,"label":)");
    out.appendJsonString(field.label);
  }
  return field.error.isEmpty();
}

}  // namespace

JsonFields::JsonFields(FieldDecoderPtr fields) : fields_(std::move(fields)) {
  layout_ = dynamic_cast<const Layout *>(fields_.get());
  if (!layout_) return;
  const bool endsInPadding = layout_->hasRest() && layout_->codeOfValue(layout_->valueCount()) == 0;
  if (endsInPadding || layout_->size() > mostTemplateBytes || layout_->valueCount() > mostTemplateValues) {
    layout_ = nullptr;
    return;
  }
  compile();
}

// What the layout says of a payload of zeros, asked through its public face.
void JsonFields::compile() {
  const QByteArray zeros(static_cast<qsizetype>(layout_->size() + probeTail), '\0');
  const ByteView fixed = viewOf(zeros).first(static_cast<std::size_t>(layout_->size()));
  quint64 fieldCount = 0;
  quint64 values = 0;
  for (; values < layout_->valueCount(); ++fieldCount) {
    const std::array path{fieldCount};
    const Field field = layout_->field(fixed, path);
    values += field.isGroup ? field.childCount : 1;
  }
  for (const auto place : {PayloadPlace::Stream, PayloadPlace::Derived}) {
    compile(templates_[static_cast<std::size_t>(place)], place, fieldCount, fixed);
  }
  compileRest(fieldCount, viewOf(zeros));
}

void JsonFields::compile(Template &made, PayloadPlace place, quint64 fieldCount, ByteView zeros) const {
  TextBuffer text;
  std::size_t done = 0;
  const auto piece = [&](quint64 offset) {
    made.pieces.push_back({static_cast<quint32>(done), static_cast<quint32>(text.size() - done), offset});
    done = text.size();
  };
  auto firstPiece = static_cast<quint32>(0);
  const auto leaf = [&] {
    made.leaves.push_back({firstPiece, static_cast<quint32>(done), static_cast<quint32>(text.size() - done)});
    done = text.size();
    firstPiece = static_cast<quint32>(made.pieces.size());
  };
  text.append('[');
  for (quint64 index = 0; index < fieldCount; ++index) {
    const std::array path{index};
    const Field field = layout_->field(zeros, path);
    if (index > 0) text.append(',');
    appendHead(text, field.name, field.type);
    piece(field.range.begin);
    appendSize(text, field.range.size(), place);
    if (!field.isGroup) {
      text.append(beforeValue);
      leaf();
      text.append('}');
      continue;
    }
    text.append(beforeFields);
    for (quint64 element = 0; element < field.childCount; ++element) {
      const std::array elementPath{index, element};
      const Field child = layout_->field(zeros, elementPath);
      if (element > 0) text.append(',');
      appendHead(text, child.name, child.type);
      piece(child.range.begin);
      appendSize(text, child.range.size(), place);
      text.append(beforeValue);
      leaf();
      text.append('}');
    }
    text.append("]}");
  }
  leaf();
  made.text = std::string(text.text());
}

void JsonFields::compileRest(quint64 fieldCount, ByteView zeros) {
  rest_ = {.offset = layout_->size(), .firstField = fieldCount};
  if (!layout_->hasRest() || layout_->childCount(zeros, {}) <= fieldCount) return;
  const std::array path{fieldCount};
  const Field field = layout_->field(zeros, path);
  rest_.name = field.name;
  rest_.type = field.type;
  rest_.offset = field.range.begin;
  const char code = layout_->codeOfValue(layout_->valueCount());
  if (field.childCount > 0) {
    const std::array elementPath{fieldCount, quint64{0}};
    const Field child = layout_->field(zeros, elementPath);
    rest_.kind = Rest::Array;
    rest_.elementType = child.type;
    rest_.elementSize = child.range.size();
  } else if (code == 's' || code == 'p') {
    rest_.kind = Rest::String;
  } else {
    rest_.kind = Rest::Elements;
    rest_.elementType = field.type;
    rest_.elementSize = field.range.size();
  }
}

// Writes the values as visit() brings them: first those of the template, then those of the rest.
class JsonFields::Visitor {
 public:
  Visitor(const JsonFields &fields, TextBuffer &out, ByteView payload, quint64 base, PayloadPlace place)
      : fields_(fields),
        template_(fields.templates_[static_cast<std::size_t>(place)]),
        out_(out),
        payload_(payload),
        payloadSize_(payload.size()),
        base_(base),
        place_(place),
        fixed_(template_.leaves.size() - 1) {}

  void operator()(quint64 index, auto value) {
    if (index < fixed_) {
      leaf(index);
      appendJsonValue(out_, value);
      return;
    }
    if (index == fixed_) beginRest();
    const Rest &rest = fields_.rest_;
    if (rest.kind != Rest::String) beginElement(index - fixed_);
    appendJsonValue(out_, value);
    if (rest.kind != Rest::String) out_.append('}');
    out_.flushWhereFull();
  }

  /// What stands behind the last value.
  void end() {
    const Rest &rest = fields_.rest_;
    if (!restBegun_) beginRest();
    quint64 extra = rest.offset;  // where the bytes begin that are no field's
    quint64 before = rest.firstField;
    if (rest.kind == Rest::String) {
      out_.append('}');
      extra = payloadSize_;
    } else if (rest.kind != Rest::None) {
      const quint64 count = (payloadSize_ - rest.offset) / rest.elementSize;
      extra += count * rest.elementSize;
      before += rest.kind == Rest::Elements ? count : 1;
      if (rest.kind == Rest::Array) out_.append("]}");
    }
    if (extra < payloadSize_) {
      comma(before);
      out_.append(R"-({"name":"(rest)","type":"*s","offset":)-");
      out_.append(base_ + extra);
      appendSize(out_, payloadSize_ - extra, place_);
      out_.append(beforeValue);
      appendJsonValue(out_, payload_.subspan(extra));
      out_.append('}');
    }
    out_.append(']');
  }

 private:
  void leaf(quint64 index) {
    const Leaf &leaf = template_.leaves[index];
    const std::size_t pieceEnd = index < fixed_ ? template_.leaves[index + 1].piece : template_.pieces.size();
    const char *const text = template_.text.data();
    for (std::size_t i = leaf.piece; i < pieceEnd; ++i) {
      const Piece &piece = template_.pieces[i];
      out_.append(std::string_view(text + piece.begin, piece.size));
      out_.append(base_ + piece.offset);
    }
    out_.append(std::string_view(text + leaf.begin, leaf.size));
  }

  void comma(quint64 fieldsBefore) {
    if (fieldsBefore > 0) out_.append(',');
  }

  void beginRest() {
    restBegun_ = true;
    leaf(fixed_);
    const Rest &rest = fields_.rest_;
    const quint64 size = payloadSize_ - rest.offset;
    if (rest.kind == Rest::Elements || rest.kind == Rest::None) return;
    comma(rest.firstField);
    appendHead(out_, rest.name, rest.type);
    out_.append(base_ + rest.offset);
    appendSize(out_, size / rest.elementSize * rest.elementSize, place_);
    out_.append(rest.kind == Rest::Array ? beforeFields : beforeValue);
  }

  void beginElement(quint64 element) {
    const Rest &rest = fields_.rest_;
    comma(rest.kind == Rest::Array ? element : rest.firstField + element);
    if (rest.kind == Rest::Array) {
      out_.append(R"({"name":"[)");
      out_.append(element);
      out_.append(R"(]","type":)");
    } else {
      out_.append(R"({"name":")");
      out_.append(rest.firstField + element);
      out_.append(R"(","type":)");
    }
    out_.appendJsonString(rest.elementType);
    out_.append(R"(,"offset":)");
    out_.append(base_ + rest.offset + element * rest.elementSize);
    appendSize(out_, rest.elementSize, place_);
    out_.append(beforeValue);
  }

  const JsonFields &fields_;
  const Template &template_;
  TextBuffer &out_;
  const ByteView payload_;
  const quint64 payloadSize_;
  const quint64 base_;
  const PayloadPlace place_;
  const quint64 fixed_;
  bool restBegun_ = false;
};

bool JsonFields::write(TextBuffer &out, ByteView payload, quint64 base, PayloadPlace place) const {
  if (!fields_) {
    out.append("[]");
    return true;
  }
  if (!layout_ || payload.size() < layout_->size()) return writeAny(out, payload, base, place);
  Visitor visitor(*this, out, payload, base, place);
  layout_->visit(payload, visitor);
  visitor.end();
  return true;
}

bool JsonFields::canReadAll(ByteView payload) const {
  if (!fields_) return true;
  if (const auto *layout = dynamic_cast<const Layout *>(fields_.get())) return payload.size() >= layout->size();
  bool all = true;
  const auto walk = fields_->walk(payload);
  while (all && walk->next()) all = walk->field().error.isEmpty();
  return all;
}

// Any decoder's fields, asked for one by one.
bool JsonFields::writeAny(TextBuffer &out, ByteView payload, quint64 base, PayloadPlace place) const {
  bool all = true;
  std::size_t open = 0;  // arrays that are not closed
  bool first = true;
  const auto walk = fields_->walk(payload);
  out.append('[');
  while (walk->next()) {
    for (; open > walk->depth(); --open) {
      out.append("]}");
      first = false;
    }
    if (!first) out.append(',');
    const Field &field = walk->field();
    all = appendField(out, field, base, place) && all;
    first = field.isGroup;
    if (first) {
      out.append(beforeFields);
      ++open;
    } else {
      out.append('}');
    }
    out.flushWhereFull();
  }
  for (; open > 0; --open) out.append("]}");
  out.append(']');
  return all;
}

bool JsonFields::writeField(TextBuffer &out, ByteView payload, quint64 base, PayloadPlace place,
                            const FieldPath &path) const {
  struct Open {
    quint64 next;
    quint64 children;
  };
  std::vector<Open> open;  // the groups that the next field lies in
  FieldPath at = path;
  bool all = true;
  const auto begin = [&] {
    const Field field = fields_->field(payload, at);
    all = appendField(out, field, base, place) && all;
    if (!field.isGroup) return false;
    out.append(beforeFields);
    open.push_back({0, field.childCount});
    return true;
  };
  if (!begin()) {
    out.append('}');
    return all;
  }
  while (!open.empty()) {
    Open &group = open.back();
    if (group.next == group.children) {
      out.append("]}");
      open.pop_back();
      at.removeLast();
      continue;
    }
    if (group.next > 0) out.append(',');
    at.append(group.next++);
    if (!begin()) {
      out.append('}');
      at.removeLast();
    }
    out.flushWhereFull();
  }
  return all;
}

}  // namespace octetscope

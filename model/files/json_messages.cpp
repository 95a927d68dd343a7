// Most of a message's text is the same from one to the next: it is copied, not made again.
#include "model/files/json_messages.h"

#include "model/files/inner_messages.h"
#include "model/files/message_keys.h"

namespace octetscope {

namespace {

void appendNullable(TextBuffer &out, const QByteArray &text) {
  if (text.isEmpty()) return out.append("null");
  out.append('"');
  out.appendJsonEscaped({text.constData(), static_cast<std::size_t>(text.size())});
  out.append('"');
}

void appendStatus(TextBuffer &out, const MessageRecord &record) {
  const Verdict verdict = record.verdict();
  out.append(R"(,"status":")");
  out.append(nameOf(record.message.status));
  out.append(R"(","needs":)");
  if (verdict.needs && record.message.status == Status::Incomplete) {
    out.append(*verdict.needs);
  } else {
    out.append("null");
  }
  out.append(R"(,"error":)");
  if (record.message.status == Status::Error) {
    out.appendJsonString(verdict.error);
  } else {
    out.append("null");
  }
}

/// Which message it is, when it came, and where it lies.
void appendHead(TextBuffer &out, const MessageRecord &record) {
  const Message &message = record.message;
  const StreamLabel &label = record.label;
  out.append(R"({"connection":)");
  out.append(label.connection);
  out.append(R"(,"index":)");
  out.append(record.index);
  out.append(label.direction == Direction::In ? std::string_view(R"(,"direction":"in","from":)")
                                              : std::string_view(R"(,"direction":"out","from":)"));
  appendNullable(out, label.from);
  out.append(R"(,"to":)");
  appendNullable(out, label.to);
  out.append(R"(,"time":)");
  if (record.timeNs == noTime) {
    out.append(R"(null,"since_start":null)");
  } else {
    appendSeconds(out, record.timeNs);
    out.append(R"(,"since_start":)");
    appendShortSeconds(out, record.timeNs - label.startNs);
  }
  out.append(R"(,"chunks":)");
  out.append(record.chunks);
  if (record.outer) {
    out.append(R"(,"of":"joined","outer":[)");
    out.append(record.outer->first);
    out.append(',');
    out.append(record.outer->second);
    out.append(']');
  } else if (record.isDerived) {
    out.append(R"(,"of":"payload")");
  }
  out.append(R"(,"offset":)");
  out.append(message.offset);
  out.append(R"(,"size":)");
  out.append(message.size);
  out.append(R"(,"payload_offset":)");
  if (message.hasPayloadRange() && message.status != Status::Error) {
    out.append(message.payloadOffset);
  } else {
    out.append("null");
  }
  out.append(R"(,"payload_size":)");
  out.append(message.status == Status::Error ? quint64{0} : message.payloadSize);
}

}  // namespace

JsonMessages::Layer::Layer(const Framer &of, const FieldDecoderPtr &layout)
    : source(FieldSource::of(of, layout)), fields(source.decoder), framer(of.inner()) {
  if (framer) inner = std::make_unique<Layer>(*framer, layout);
}

const JsonMessages::Layer &JsonMessages::layerOf(const MessageRecord &record) {
  if (!layer_) layer_ = std::make_unique<Layer>(record.framer, layout_);
  return *layer_;
}

bool JsonMessages::write(TextBuffer &out, const MessageRecord &record) {
  return writeObject(out, record, layerOf(record));
}

bool JsonMessages::writeInner(TextBuffer &out, const MessageRecord &record) {
  return writeMessages(out, record, layerOf(record));
}

bool JsonMessages::writeFieldLines(TextBuffer &out, const MessageRecord &record) {
  return writeFieldLines(out, record, layerOf(record));
}

bool JsonMessages::isReadable(const MessageRecord &record) {
  return isReadable(record, layerOf(record));
}

// Goes as deep as a SPEC has layers.
bool JsonMessages::writeObject(TextBuffer &out, const MessageRecord &record, const Layer &layer) const {
  appendHead(out, record);
  if (record.message.status == Status::Complete) {
    out.append(R"(,"status":"complete","needs":null,"error":null)");
  } else {
    appendStatus(out, record);
  }
  out.append(R"(,"fields":)");
  bool isGood = writeFields(out, record, layer);
  if (payload_ != PayloadForm::None) {
    out.append(payload_ == PayloadForm::Hex ? R"(,"payload":")" : R"(,"payload_sha256":")");
    PayloadBytes(record).append(out, payload_);
    out.append('"');
  }
  if (layer.framer) {
    out.append(R"(,"messages":)");
    isGood = writeMessages(out, record, layer) && isGood;
  }
  out.append('}');
  return isGood;
}

bool JsonMessages::writeFields(TextBuffer &out, const MessageRecord &record, const Layer &layer) const {
  const Message &message = record.message;
  if (message.status == Status::Error || layer.fields.isEmpty()) {
    out.append("[]");
    return true;
  }
  const PayloadPlace whole = record.isDerived ? PayloadPlace::Derived : PayloadPlace::Stream;
  if (layer.source.in == FieldsIn::Message) {
    return layer.fields.write(out, record.view.bytes.view(message.range()), message.offset, whole);
  }
  const PayloadBytes payload(record);
  if (payload.isDerived()) return layer.fields.write(out, payload.view(), 0, PayloadPlace::Derived);
  return layer.fields.write(out, payload.view(), message.payloadOffset, whole);
}

bool JsonMessages::writeMessages(TextBuffer &out, const MessageRecord &record, const Layer &layer) const {
  bool isGood = true;
  bool isFirst = true;
  out.append('[');
  forEachInner(record, *layer.framer, [&](const MessageRecord &part) {
    if (!std::exchange(isFirst, false)) out.append(',');
    isGood = writeObject(out, part, *layer.inner) && part.message.status == Status::Complete && isGood;
    out.flushWhereFull();
  });
  out.append(']');
  return isGood;
}

bool JsonMessages::writeFieldLines(TextBuffer &out, const MessageRecord &record, const Layer &layer) const {
  bool isGood = true;
  if (!layer.fields.isEmpty()) {
    isGood = writeFields(out, record, layer);
    out.append('\n');
    out.flushWhereFull();
  }
  if (!layer.framer) return isGood;
  forEachInner(record, *layer.framer, [&](const MessageRecord &part) {
    isGood = writeFieldLines(out, part, *layer.inner) && part.message.status == Status::Complete && isGood;
  });
  return isGood;
}

bool JsonMessages::isReadable(const MessageRecord &record, const Layer &layer) {
  if (record.message.status == Status::Error) return true;
  bool isGood = true;
  if (!layer.fields.isEmpty()) {
    isGood =
        layer.fields.canReadAll(layer.source.in == FieldsIn::Message ? record.view.bytes.view(record.message.range())
                                                                     : PayloadBytes(record).view());
  }
  if (!layer.framer) return isGood;
  forEachInner(record, *layer.framer, [&](const MessageRecord &part) {
    isGood = isGood && part.message.status == Status::Complete && isReadable(part, *layer.inner);
  });
  return isGood;
}

}  // namespace octetscope

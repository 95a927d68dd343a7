// WordFramer: payloads that describe themselves: words, numbers, "-" for null, and groups in parentheses. For tests of
// who shows the fields a format brings itself.
#pragma once

#include "model/framing/registry.h"
#include "model/values/value_format.h"

namespace octetscope::test {

class WordFormat final : public ValueFormat {
 public:
  void read(ByteView payload, FieldTreeBuilder &out) const override {
    const quint64 size = out.readable();
    for (quint64 at = 0; at < size;) {
      const quint64 begin = at++;
      const char c = static_cast<char>(payload[begin]);
      if (c == ' ' || c == '\n') continue;
      FieldNode node;
      node.range = {begin, at};
      if (c == '(') {
        if (!out.open(node)) return;
      } else if (c == ')') {
        out.close(at);
      } else {
        while (at < size && payload[at] != ' ' && payload[at] != ')' && payload[at] != '\n') ++at;
        node.range.end = at;
        if (!out.add(node)) return;
      }
    }
  }
  Field describe(ByteView payload, const FieldNode &node) const override {
    Field field;
    const QByteArray text = copyOf(payload.subspan(node.range.begin, node.range.size()));
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    field.type = node.isGroup ? QStringLiteral("group") : text == "-" ? QStringLiteral("null") : QStringLiteral("word");
    if (isNumber) {
      field.type = QStringLiteral("number");
      field.value = number;
    } else if (text != "-") {
      field.value = QString::fromLatin1(text);
    }
    return field;
  }
};

class WordFramer final : public Framer {
 public:
  explicit WordFramer(FieldsIn in = FieldsIn::Payload, const QString &framing = QStringLiteral("lines"))
      : framing_(*framerFromSpec(framing)), in_(in) {}

  QString spec() const override { return QStringLiteral("words"); }
  void scan(const StreamView &stream, ScanState &state, MessageBatch &out) const override {
    framing_->scan(stream, state, out);
  }
  Message rest(const StreamView &stream, const ScanState &state) const override {
    return framing_->rest(stream, state);
  }
  Verdict verdict(const StreamView &stream, const Message &message) const override {
    return framing_->verdict(stream, message);
  }
  QList<FramingPart> parts(const StreamView &stream, const Message &message, const ScanState &state, ByteRange shown,
                           int most) const override {
    return framing_->parts(stream, message, state, shown, most);
  }
  QString explain(const StreamView &stream, const Message &message, quint64 number) const override {
    return framing_->explain(stream, message, number);
  }
  QString because(const StreamView &stream, const Message &message) const override {
    return framing_->because(stream, message);
  }
  Result<QByteArray> encode(QByteArrayView payload) const override { return framing_->encode(payload); }
  FieldDecoderPtr fields() const override { return fields_; }
  FieldsIn fieldsIn() const override { return in_; }
  quint64 maxMessage() const override { return framing_->maxMessage(); }
  bool scansBytes() const override { return true; }

 private:
  const FramerPtr framing_;
  const FieldDecoderPtr fields_ = std::make_shared<WordFormat>();
  const FieldsIn in_;
};

}  // namespace octetscope::test

#include "model/files/json_forms.h"

#include "model/json/json_value.h"

namespace octetscope {

void appendJsonValue(TextBuffer &out, ByteView bytes) {
  out.append(R"({"hex":")");
  out.appendHex(bytes);
  const QByteArrayView text = qtView(bytes);
  if (isPlainText(text)) {
    out.append(R"(","text":")");
    out.appendJsonEscaped({text.data(), bytes.size()});
  }
  out.append("\"}");
}

void appendJsonValue(TextBuffer &out, const Value &value) {
  struct Append {
    TextBuffer &out;
    void operator()(std::monostate) const { out.append("null"); }
    void operator()(const QByteArray &v) const { appendJsonValue(out, viewOf(v)); }
    void operator()(const QString &v) const {
      QByteArray text;
      appendJsonString(text, v);
      out.append(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    }
    void operator()(const BigInteger &v) const {
      out.append(std::string_view(v.digits.constData(), static_cast<std::size_t>(v.digits.size())));
    }
    void operator()(qint64 v) const { appendJsonValue(out, v); }
    void operator()(quint64 v) const { appendJsonValue(out, v); }
    void operator()(double v) const { appendJsonValue(out, v); }
    void operator()(bool v) const { appendJsonValue(out, v); }
  };
  std::visit(Append{out}, value);
}

}  // namespace octetscope

// Requests about layouts, between JSON, words and Layout.
#include "model/structs/pack_request.h"

#include "model/bytes/hex_text.h"
#include "model/structs/layout.h"
#include "model/structs/value_text.h"

namespace octetscope {

namespace {

/// What only the request can be blamed for carries how to mend it; CPython's words stand alone, to be compared.
std::unexpected<Error> blame(const Error &error) {
  return fail(error.line());
}

Result<const QString *> stringOf(const JsonValue &request, QStringView key) {
  const JsonValue *value = request.find(key);
  if (value && value->string()) return value->string();
  return fail(QStringLiteral("the request has no \"%1\": give it as a string").arg(key));
}

Result<QByteArray> pack(const Layout &layout, const JsonValue &request) {
  const JsonValue *given = request.find(u"values");
  if (!given || !given->array()) return fail(QStringLiteral("the request has no \"values\": give them as an array"));
  QList<Value> values;
  for (const JsonValue &json : *given->array()) {
    auto value = valueOfJson(json, layout.codeOfValue(static_cast<quint64>(values.size())));
    if (!value) return blame(value.error());
    values.append(*std::move(value));
  }
  const auto packed = layout.pack(values);
  if (!packed) return std::unexpected(packed.error());
  return '"' + packed->toHex() + '"';
}

QByteArray jsonOf(const QList<Value> &values) {
  QByteArray json = "[";
  for (const Value &value : values) {
    if (json.size() > 1) json += ',';
    appendJsonValue(json, value);
  }
  return json + ']';
}

Result<QByteArray> answer(const JsonValue &request) {
  const auto text = stringOf(request, u"layout");
  if (!text) return std::unexpected(text.error());
  const auto layout = Layout::parse(**text);
  if (!layout) return std::unexpected(layout.error());
  const QString &what = *request.find(u"do")->string();
  if (what == u"calcsize") return QByteArray::number((*layout)->size());
  if (what == u"pack") return pack(**layout, request);
  const auto hex = stringOf(request, u"hex");
  if (!hex) return std::unexpected(hex.error());
  const auto bytes = parseHexBytes(**hex);
  if (!bytes) return blame(bytes.error());
  const auto values = (*layout)->unpack(viewOf(*bytes));
  if (!values) return std::unexpected(values.error());
  return jsonOf(*values);
}

}  // namespace

Result<QByteArray> packWords(QStringView layout, const QStringList &words) {
  const auto parsed = Layout::parse(layout);
  if (!parsed) return std::unexpected(parsed.error());
  QList<Value> values;
  for (const QString &word : words) {
    auto value = parseValue(word, (*parsed)->codeOfValue(static_cast<quint64>(values.size())));
    if (!value) return std::unexpected(value.error());
    values.append(*std::move(value));
  }
  return (*parsed)->pack(values);
}

Result<QByteArray> unpackToJson(QStringView layout, ByteView bytes) {
  const auto parsed = Layout::parse(layout);
  if (!parsed) return std::unexpected(parsed.error());
  const auto values = (*parsed)->unpack(bytes);
  if (!values) return std::unexpected(values.error());
  return jsonOf(*values);
}

bool isPackRequest(const JsonValue &request) {
  const JsonValue *what = request.find(u"do");
  if (!what || !what->string()) return false;
  return *what->string() == u"pack" || *what->string() == u"unpack" || *what->string() == u"calcsize";
}

QByteArray answerPackRequest(const JsonValue &request) {
  const auto result = answer(request);
  return result ? QByteArray("{\"result\":" + *result + '}') : errorAnswer(result.error().what);
}

QByteArray errorAnswer(const QString &words) {
  QByteArray line = "{\"error\":";
  appendJsonString(line, words);
  return line + '}';
}

}  // namespace octetscope

// Whatever is sent as a JSON text, a pack request or hex: read, or refused with a place inside the text. A string that
// was read is written as one that reads the same.
#include "model/bytes/hex_text.h"
#include "model/json/json_value.h"
#include "model/structs/pack_request.h"

#include <QString>

#include <vector>

using namespace octetscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QByteArrayView bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
  const auto json = parseJson(bytes);
  if (!json) {
    if (json.error().position < 0 || json.error().position > bytes.size()) qFatal("position");
  } else {
    // Packing makes as many bytes as it is told to; the other requests only read.
    const JsonValue *what = json->find(u"do");
    if (isPackRequest(*json) && what->string() && *what->string() != u"pack") {
      if (!parseJson(answerPackRequest(*json))) qFatal("answer");
    }
    std::vector<const JsonValue *> open{&*json};
    while (!open.empty()) {
      const JsonValue *value = open.back();
      open.pop_back();
      if (const QString *text = value->string()) {
        QByteArray out;
        appendJsonString(out, *text);
        const auto again = parseJson(out);
        if (!again || !again->string() || *again->string() != *text) qFatal("string");
      }
      if (const auto *array = value->array()) {
        for (const JsonValue &item : *array) open.push_back(&item);
      }
      if (const auto *object = value->object()) {
        for (const JsonMember &member : *object) open.push_back(&member.value);
      }
    }
  }
  const QString text = QString::fromLatin1(bytes);
  if (const auto hex = parseHexBytes(text); !hex && hex.error().position > text.size()) qFatal("hex position");
  return 0;
}

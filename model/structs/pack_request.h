// The answers to batch requests about layouts: `{"do":"pack","layout":…,"values":[…]}`, `{"do":"unpack","layout":…,
// "hex":…}`, `{"do":"calcsize","layout":…}`.
#pragma once

#include "model/json/json_value.h"
#include "model/structs/value.h"

#include <QStringList>

namespace octetscope {

/// The words of `pack` as values for `layout`. Errors: a layout or a word that cannot be read.
Result<QByteArray> packWords(QStringView layout, const QStringList &words);
/// The values in `bytes` as a JSON array.
Result<QByteArray> unpackToJson(QStringView layout, ByteView bytes);

/// True where `request` is for answerPackRequest(): its `do` is pack, unpack or calcsize.
bool isPackRequest(const JsonValue &request);
/// The answer, one line without its end: {"result":…}, or {"error":"…"} in CPython's words where they are Python's.
QByteArray answerPackRequest(const JsonValue &request);
/// {"error":"…"}
QByteArray errorAnswer(const QString &words);

}  // namespace octetscope

// What may stand at a place of an expression: names, operators, values; and expressions made from what a message has.
#pragma once

#include "model/filter/filter_program.h"

#include <QStringList>

namespace octetscope {

struct FilterCompletion {
  enum class Kind : quint8 { OfMessage, OfField, Operator, Constant };
  Kind kind = Kind::OfMessage;
  QString text;  ///< what is written
  QString help;  ///< one sentence without a full stop; empty: there is nothing to say
  bool operator==(const FilterCompletion &) const = default;
};

struct FilterCompletions {
  qsizetype position = 0;  ///< of what they take the place of, up to the end of the word that the caret is in
  qsizetype length = 0;
  QList<FilterCompletion> items;
};

/// What may stand at `caret` of `text`, beginning with what stands before the caret already, whether upper or lower
/// case. `seen`: names of fields that messages have had, as paths ("user.name"), for formats that describe themselves.
/// At most `most` items. Nothing inside quotes, and nothing behind what is wrong.
FilterCompletions filterCompletions(const QString &text, qsizetype caret, const std::array<FilterScope, 2> &scopes,
                                    const QStringList &seen = {}, qsizetype most = 100);

/// The paths of the fields that a payload has, as they are written in expressions, "user.tags[*]" for all elements of
/// an array: for `seen`. At most `most`.
QStringList filterPathsOf(const FieldDecoder &decoder, ByteView payload, qsizetype most = 200);

/// "user.tags[0]": how the field at `path` is written in expressions; empty: there is no such field.
QString filterPathOf(const FieldDecoder &decoder, ByteView payload, std::span<const quint64> path);

/// "seq == 5": holds for messages whose field is like this one; a name alone where it has no value. Empty: there is no
/// such field, or it cannot be read. Long values are compared by their first bytes.
QString filterForField(const FieldDecoder &decoder, ByteView payload, std::span<const quint64> path);

/// The same of what has this value under a name: a field, or any other name that filters know.
QString filterForValue(const QString &name, const FilterValue &value);

/// "payload[0:4] == de:ad:be:ef", of bytes that are called `name`. Long ones are compared by their first bytes.
QString filterForBytes(const QString &name, ByteView bytes);

/// "size == 42", "status == error": holds for messages that say the same of this name as messages[i] of the batch does.
/// Empty: it says nothing of it.
QString filterForName(FilterName name, const FilterBatch &batch, std::size_t i, const Framer &framer);

/// `added` beside what is there already: "(a || b) && c"; `added` alone where there is nothing.
QString filterJoined(const QString &text, const QString &added, bool isAnd);

}  // namespace octetscope

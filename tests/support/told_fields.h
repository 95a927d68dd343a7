// The fields of a payload as text, a line each: for tests that say what they expect as text.
#pragma once

#include "model/structs/field_decoder.h"

#include <QStringList>

namespace octetscope::test {

/// "name type @offset+size = value (label) ! error", two spaces before it for each group it lies in.
inline QString toldFields(const FieldDecoder &fields, ByteView payload) {
  QStringList lines;
  for (const auto walk = fields.walk(payload); walk->next();) {
    const Field &field = walk->field();
    QString line = QString(2 * static_cast<qsizetype>(walk->depth()), u' ') + field.name;
    if (!field.type.isEmpty()) line += u' ' + field.type;
    line += QStringLiteral(" @%1+%2").arg(field.range.begin).arg(field.range.size());
    if (!field.isGroup && field.error.isEmpty()) {
      line += QStringLiteral(" = ");
      line += std::holds_alternative<std::monostate>(field.value) ? QStringLiteral("null") : displayText(field.value);
    }
    if (!field.label.isEmpty()) line += QStringLiteral(" (%1)").arg(field.label);
    if (!field.error.isEmpty()) line += QStringLiteral(" ! ") + field.error;
    lines += line;
  }
  return lines.join(u'\n');
}

/// For other programs to say the same: "depth name value" with names and texts in hex: a number, true, false, null, a
/// double as repr, s:… text, b:… bytes, ( a group, ! an error.
inline QByteArray plainFields(const FieldDecoder &fields, ByteView payload) {
  struct Plain {
    QByteArray operator()(std::monostate) const { return "null"; }
    QByteArray operator()(qint64 v) const { return QByteArray::number(v); }
    QByteArray operator()(quint64 v) const { return QByteArray::number(v); }
    QByteArray operator()(double v) const { return reprOfDouble(v).toLatin1(); }
    QByteArray operator()(bool v) const { return v ? "true" : "false"; }
    QByteArray operator()(const QByteArray &v) const { return "b:" + v.toHex(); }
    QByteArray operator()(const QString &v) const { return "s:" + v.toUtf8().toHex(); }
    QByteArray operator()(const BigInteger &v) const { return v.digits; }
  };
  QByteArrayList lines;
  for (const auto walk = fields.walk(payload); walk->next();) {
    const Field &field = walk->field();
    QByteArray line = QByteArray::number(static_cast<quint64>(walk->depth())) + ' ' + field.name.toUtf8().toHex() + ' ';
    line += !field.error.isEmpty() ? QByteArray("!")
            : field.isGroup        ? QByteArray("(")
                                   : std::visit(Plain{}, field.value);
    lines += line;
  }
  return lines.join(',');
}

}  // namespace octetscope::test

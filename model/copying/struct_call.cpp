#include "model/copying/struct_call.h"

#include <QCoreApplication>

#include <algorithm>

namespace octetscope {

namespace {

QString tr(const char *text) {
  return QCoreApplication::translate("StructCall", text);
}

bool isSpace(QChar c) {
  return c == u' ' || (c >= u'\t' && c <= u'\r');
}

QStringView prefixOf(QStringView text) {
  const bool hasPrefix = !text.isEmpty() && QStringView(u"@=<>!").contains(text[0]);
  return text.first(hasPrefix ? 1 : 0);
}

/// CPython cannot unpack `0p`, which holds no bytes; `0s` gives the same.
QChar codeFor(QStringView count, QChar code) {
  const bool isNone = !count.isEmpty() && std::ranges::all_of(count, [](QChar digit) { return digit == u'0'; });
  return code == u'p' && isNone ? QChar(u's') : code;
}

QString call(const QString &format, ByteView bytes) {
  return QStringLiteral("struct.unpack(\"%1\", bytes.fromhex(\"%2\"))")
      .arg(format, QString::fromLatin1(QByteArray::fromRawData(qtView(bytes).data(), qtView(bytes).size()).toHex()));
}

}  // namespace

Result<QString> structFormat(const Layout &layout, quint64 payloadSize) {
  if (payloadSize < layout.size()) {
    return fail(tr("the struct needs %1 bytes, and %2 are here").arg(layout.size()).arg(payloadSize));
  }
  // The text was parsed before: what stands in it is codes with counts and names, a rest at the end.
  const QStringView text = layout.text();
  QString format = prefixOf(text).toString();
  QString count;
  for (qsizetype at = format.size(); at < text.size(); ++at) {
    const QChar c = text[at];
    if (c == u':') {
      while (at + 1 < text.size() && !isSpace(text[at + 1])) ++at;
    } else if (c >= u'0' && c <= u'9') {
      count += c;
    } else if (c == u'*') {
      // Padding has no elements, and still takes the rest.
      const bool isPadding = text[at + 1] == u'x';
      count = QString::number(isPadding ? payloadSize - layout.size() : layout.restElements(payloadSize));
    } else if (!isSpace(c)) {
      format += count + codeFor(count, c);
      count.clear();
    }
  }
  const quint64 extra = layout.extraBegin(payloadSize);
  if (extra < payloadSize) format += QString::number(payloadSize - extra) + u's';
  return format;
}

Result<QString> structCall(const Layout &layout, ByteView payload) {
  auto format = structFormat(layout, payload.size());
  if (!format) return std::unexpected(format.error());
  return call(*format, payload);
}

Result<QString> structCallOfField(const Layout &layout, ByteView payload, const FieldPath &path) {
  const Field field = layout.field(payload, path);
  if (!field.error.isEmpty()) return fail(tr("the field %1").arg(field.name + u' ' + field.error));
  QString count = field.type.chopped(1);
  if (count == u"*") count = QString::number(field.isGroup ? field.childCount : field.range.size());
  const ByteView bytes = payload.subspan(field.range.begin, field.range.size());
  return call(prefixOf(layout.text()).toString() + count + codeFor(count, field.type.back()), bytes);
}

}  // namespace octetscope

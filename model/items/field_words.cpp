#include "model/items/field_words.h"

#include "model/framing/framing_words.h"
#include "model/structs/layout.h"

#include <QCoreApplication>

namespace octetscope {

namespace {

struct CodeWords {
  char code;
  const char *words;
  int bytes;        // standard size; byte order means something from 2 on
  int nativeBytes;  // in native mode on this machine
};

constexpr CodeWords codes[] = {
    {'c', QT_TRANSLATE_NOOP("FieldWords", "one byte"), 1, 1},
    {'b', QT_TRANSLATE_NOOP("FieldWords", "signed %1-bit integer"), 1, 1},
    {'B', QT_TRANSLATE_NOOP("FieldWords", "unsigned %1-bit integer"), 1, 1},
    {'?', QT_TRANSLATE_NOOP("FieldWords", "truth value: false where the byte is zero"), 1, 1},
    {'h', QT_TRANSLATE_NOOP("FieldWords", "signed %1-bit integer"), 2, sizeof(short)},
    {'H', QT_TRANSLATE_NOOP("FieldWords", "unsigned %1-bit integer"), 2, sizeof(short)},
    {'i', QT_TRANSLATE_NOOP("FieldWords", "signed %1-bit integer"), 4, sizeof(int)},
    {'I', QT_TRANSLATE_NOOP("FieldWords", "unsigned %1-bit integer"), 4, sizeof(int)},
    {'l', QT_TRANSLATE_NOOP("FieldWords", "signed %1-bit integer"), 4, sizeof(long)},
    {'L', QT_TRANSLATE_NOOP("FieldWords", "unsigned %1-bit integer"), 4, sizeof(long)},
    {'q', QT_TRANSLATE_NOOP("FieldWords", "signed %1-bit integer"), 8, 8},
    {'Q', QT_TRANSLATE_NOOP("FieldWords", "unsigned %1-bit integer"), 8, 8},
    {'n', QT_TRANSLATE_NOOP("FieldWords", "signed %1-bit integer (ssize_t)"), 8, sizeof(std::size_t)},
    {'N', QT_TRANSLATE_NOOP("FieldWords", "unsigned %1-bit integer (size_t)"), 8, sizeof(std::size_t)},
    {'P', QT_TRANSLATE_NOOP("FieldWords", "address of %1 bits"), 8, sizeof(void *)},
    {'e', QT_TRANSLATE_NOOP("FieldWords", "floating-point number of %1 bits (half)"), 2, 2},
    {'f', QT_TRANSLATE_NOOP("FieldWords", "floating-point number of %1 bits (single)"), 4, 4},
    {'d', QT_TRANSLATE_NOOP("FieldWords", "floating-point number of %1 bits (double)"), 8, 8},
    {'s', QT_TRANSLATE_NOOP("FieldWords", "bytes, as they are"), 0, 0},
    {'p', QT_TRANSLATE_NOOP("FieldWords", "Pascal string: its first byte is its length"), 0, 0},
};

QString say(const char *text) {
  return QCoreApplication::translate("FieldWords", text);
}

QString orderWords(QChar prefix) {
  switch (prefix.unicode()) {
    case '!':
      return say(QT_TRANSLATE_NOOP("FieldWords", "big-endian (network order)"));
    case '>':
      return say(QT_TRANSLATE_NOOP("FieldWords", "big-endian"));
    case '<':
      return say(QT_TRANSLATE_NOOP("FieldWords", "little-endian"));
    default:
      return say(Q_BYTE_ORDER == Q_BIG_ENDIAN
                     ? QT_TRANSLATE_NOOP("FieldWords", "in this machine's byte order, big-endian")
                     : QT_TRANSLATE_NOOP("FieldWords", "in this machine's byte order, little-endian"));
  }
}

}  // namespace

QString fieldValueWords(const Field &field, CellFormat format, qsizetype most) {
  if (!field.error.isEmpty()) return field.error;
  if (field.isGroup || field.childCount > 0) {
    if (field.childCount == 0) return say(QT_TRANSLATE_NOOP("FieldWords", "no values"));
    return field.childCount == 1 ? say(QT_TRANSLATE_NOOP("FieldWords", "1 value"))
                                 : say(QT_TRANSLATE_NOOP("FieldWords", "%1 values")).arg(grouped(field.childCount));
  }
  const QString value = formattedValue(field.value, format, most);
  return field.label.isEmpty() ? value : QString(field.label + QStringLiteral(" (") + value + QLatin1Char(')'));
}

QString typeWords(const QString &type, const FieldDecoder *fields) {
  const auto *const layout = dynamic_cast<const Layout *>(fields);
  if (!layout || type.isEmpty()) return {};
  const char code = type.back().toLatin1();
  const auto found = std::ranges::find(codes, code, &CodeWords::code);
  if (found == std::end(codes)) return {};
  const QString text = layout->text().trimmed();
  const QChar first = text.isEmpty() ? QChar(u'@') : text.front();
  const bool isStandard = QStringView(u"=<>!").contains(first);
  const int bytes = isStandard ? found->bytes : found->nativeBytes;
  QString words = say(found->words);
  if (words.contains(QLatin1String("%1"))) words = words.arg(8 * bytes);
  if (bytes > 1) words += QStringLiteral(", ") + orderWords(first);
  const QString count = type.chopped(1);
  if (count == QLatin1String("*")) {
    words += QStringLiteral(", ") + say(QT_TRANSLATE_NOOP("FieldWords", "as many as fit the rest"));
  } else if (bytes > 0 && !count.isEmpty()) {
    words += QStringLiteral(", ") + say(QT_TRANSLATE_NOOP("FieldWords", "%1 of them")).arg(count);
  }
  return type + QStringLiteral(": ") + words;
}

}  // namespace octetscope

#include "model/items/mark_words.h"

#include "model/framing/framing_words.h"

#include <QCoreApplication>

namespace octetscope {

namespace {

QString words(const char *text) {
  return QCoreApplication::translate("octetscope::MarkWords", text);
}

}  // namespace

QString markColorName(MarkColor color) {
  switch (color) {
    case MarkColor::Green:
      return words("green");
    case MarkColor::Blue:
      return words("blue");
    case MarkColor::Purple:
      return words("purple");
    case MarkColor::Red:
      return words("red");
    case MarkColor::Yellow:
      return words("yellow");
    case MarkColor::Grey:
      return words("grey");
  }
  return {};
}

QString markWords(const Mark &mark, MarkWords bytes) {
  const QString text = words(bytes == MarkWords::AsShown ? "Marked %1, %2" : "Marked %1, %2 of the stream")
                           .arg(markColorName(mark.color), bytesAt(mark.place.range));
  return mark.note.isEmpty() ? text : QString(text + QStringLiteral(": ") + mark.note);
}

}  // namespace octetscope

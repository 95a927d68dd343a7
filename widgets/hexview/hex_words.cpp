#include "widgets/hexview/hex_words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

namespace octetscope {

namespace {

QString words(const char *text) {
  return QCoreApplication::translate("octetscope::HexView", text);
}

QString hexOf(quint64 value, int digits) {
  return QStringLiteral("0x%1").arg(value, digits, 16, QLatin1Char('0'));
}

QString timeText(const HexPlace &place) {
  const QDateTime time = QDateTime::fromMSecsSinceEpoch(place.timeNs / 1'000'000);
  const QString clock = QLocale::c().toString(time, u"HH:mm:ss.zzz");
  if (place.sinceStartNs == noTime) return clock;
  return words("%1 (%2 s after the first)")
      .arg(clock, QLocale::c().toString(static_cast<double>(place.sinceStartNs) / 1e9, 'f', 6));
}

}  // namespace

QString HexPlace::messageName() const {
  QString name = message ? QString::number(*message) : QString();
  for (const quint64 number : inner) name += QStringLiteral(".%1").arg(number);
  return name;
}

QString hexToolTip(const HexSource &source, quint64 offset) {
  const ByteView bytes = source.bytes(ByteRange::ofSize(offset, 1));
  if (bytes.empty()) return {};
  const HexPlace place = source.place(offset);
  QStringList lines;
  lines += words("Offset %1 (%2)").arg(QString::number(offset), hexOf(offset, 0));
  lines += words("Byte %1, %2").arg(hexOf(bytes[0], 2), QString::number(bytes[0]));
  if (place.value.isEmpty()) {
    lines += place.what;
  } else {
    lines += words("%1 = %2").arg(place.what, place.value);
  }
  if (place.message) {
    lines += place.messageNote.isEmpty() ? words("Message %1").arg(place.messageName())
                                         : words("Message %1: %2").arg(place.messageName(), place.messageNote);
  }
  if (place.isRestart) lines += words("Framing was started again here, by hand");
  if (place.chunk) {
    lines += words("Chunk %1: bytes %2 to %3")
                 .arg(QString::number(*place.chunk), QString::number(place.chunkRange.begin),
                      QString::number(place.chunkRange.end - 1));
    if (place.timeNs != noTime) lines += words("Arrived at %1").arg(timeText(place));
  }
  return lines.join(u'\n');
}

QString hexByteInWords(const HexSource &source, quint64 offset) {
  const ByteView bytes = source.bytes(ByteRange::ofSize(offset, 1));
  if (bytes.empty()) return {};
  const HexPlace place = source.place(offset);
  QString text = words("offset %1, byte %2").arg(QString::number(offset), hexOf(bytes[0], 2));
  if (bytes[0] > 0x20 && bytes[0] < 0x7f)
    text += QStringLiteral(", '%1'").arg(QLatin1Char(static_cast<char>(bytes[0])));
  if (bytes[0] == 0x20) text += words(", space");
  text += QStringLiteral(", ") + place.what;
  if (place.message) text += words(" of message %1").arg(place.messageName());
  if (place.isRestart) text += words(", framing was started again here");
  return text;
}

}  // namespace octetscope

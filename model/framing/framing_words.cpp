#include "model/framing/framing_words.h"

namespace octetscope {

using namespace Qt::StringLiterals;

QString grouped(WideInt number) {
  if (number < 0) return u'−' + grouped(-number);
  QString digits;
  int count = 0;
  do {
    if (count != 0 && count % 3 == 0) digits.prepend(u',');
    digits.prepend(QChar(u'0' + static_cast<int>(number % 10)));
    number /= 10;
    ++count;
  } while (number != 0);
  return digits;
}

QString byteCount(WideInt number) {
  return grouped(number) + (number == 1 ? u" byte"_s : u" bytes"_s);
}

QString bytesAt(ByteRange range) {
  if (range.size() == 1) return u"byte "_s + grouped(range.begin);
  return u"bytes "_s + grouped(range.begin) + u'–' + grouped(range.end - 1);
}

QString hexWords(ByteView bytes) {
  constexpr std::size_t most = 24;
  QString words =
      QString::fromLatin1(qtView(bytes.first(std::min(bytes.size(), most))).toByteArray().toHex(' ').toUpper());
  return bytes.size() > most ? QString(words + u" …"_s) : words;
}

QString byteName(std::uint8_t byte) {
  const QString hex = hexWords({&byte, 1});
  return byte > 0x20 && byte < 0x7f ? QString(u'"' + QLatin1Char(static_cast<char>(byte)) + u"\" ("_s + hex + u')')
                                    : hex;
}

namespace {

QString endWords(StreamEnd end) {
  switch (end) {
    case StreamEnd::Fin:
      return u"the stream ended there"_s;
    case StreamEnd::Reset:
      return u"the connection was reset there"_s;
    case StreamEnd::Cut:
      return u"it was cut off there"_s;
    case StreamEnd::Open:
      break;
  }
  return {};
}

}  // namespace

QString missingWords(quint64 here, WideInt whole, StreamEnd end) {
  const WideInt missing = whole - here;
  const QString start = u"%1 of %2 %3 here: "_s.arg(grouped(here), byteCount(whole), here == 1 ? u"is"_s : u"are"_s);
  if (end == StreamEnd::Open) return start + u"waiting for %1 more."_s.arg(grouped(missing));
  if (end == StreamEnd::Cut) return start + endWords(end) + u", %1 short."_s.arg(byteCount(missing));
  return start + endWords(end) + u", %1 never came."_s.arg(grouped(missing));
}

QString allHereWords(quint64 size) {
  return size == 1 ? u"Its 1 byte is here."_s : u"All %1 are here."_s.arg(byteCount(size));
}

QString endsAtWords(ByteRange here, quint64 number, WideInt whole, StreamEnd end) {
  const QString words = u", so message %1 ends at byte %2. "_s.arg(grouped(number), grouped(here.begin + whole));
  return words + (here.size() == whole ? allHereWords(here.size()) : missingWords(here.size(), whole, end));
}

QString waitingWords(StreamEnd end) {
  return end == StreamEnd::Open ? u"waiting for more."_s : QString(endWords(end) + u", so no more will come."_s);
}

QString capitalised(QString sentence) {
  if (!sentence.isEmpty()) sentence[0] = sentence[0].toUpper();
  return sentence;
}

QString stoppedWords(const QString &error, quint64 offset) {
  return capitalised(error) +
         u". Nothing is framed from byte %1 on: start the framing again where a message begins."_s.arg(grouped(offset));
}

}  // namespace octetscope

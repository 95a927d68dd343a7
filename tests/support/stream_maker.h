// StreamMaker: streams in which a framing finds something to read: whole messages, cut ones, broken ones, soup. The
// same seed makes the same streams.
#pragma once

#include "model/framing/framer.h"
#include "tests/support/binary_makers.h"
#include "tests/support/http_streams.h"
#include "tests/support/text_makers.h"

#include <random>

namespace octetscope::test {

class StreamMaker {
 public:
  StreamMaker(const Framer &framer, quint32 seed)
      : framer_(framer), random_(seed), special_(specialOf(framer.spec())) {}

  /// Bytes in which every framing finds something to read.
  QByteArray soup(quint64 size) {
    static constexpr char alphabet[] = "\0\0\0\0\1\1\2\3\4\5\7\xff\x80\x81\x01:,;\"\\ \n\n\r\r\naaabeq0123459xyz";
    QByteArray bytes;
    while (static_cast<quint64>(bytes.size()) < size) {
      if (!special_.isEmpty() && random_() % 4 == 0) {
        const QByteArray &one = special_[static_cast<qsizetype>(random_() % static_cast<quint64>(special_.size()))];
        if (static_cast<quint64>(bytes.size() + one.size()) <= size) bytes += one;
        continue;
      }
      bytes += random_() % 8 == 0 ? static_cast<char>(random_()) : alphabet[random_() % (sizeof alphabet - 1)];
    }
    return bytes;
  }

  QByteArray stream() {
    QByteArray bytes;
    const quint64 kind = random_() % 4;
    if (kind == 0) return soup(random_() % 90);
    const quint64 count = random_() % 7;
    for (quint64 i = 0; i < count; ++i) bytes += message() + filler();
    if (kind == 2 && !bytes.isEmpty()) bytes.chop(static_cast<qsizetype>(random_() % 6));
    if (kind == 3) {
      for (int i = 0; i < 3 && !bytes.isEmpty(); ++i) {
        bytes[static_cast<qsizetype>(random_() % static_cast<quint64>(bytes.size()))] = soup(1)[0];
      }
      bytes += soup(random_() % 10);
    }
    return bytes;
  }

  /// What the framing can carry, for formats of which soup seldom makes any.
  QByteArray payload() {
    const QString spec = framer_.spec();
    if (spec.startsWith(u"json")) return JsonMaker(random_).value();
    if (spec.startsWith(u"xml")) return XmlMaker(random_).document();
    if (spec.startsWith(u"msgpack")) return MsgpackMaker(random_).value();
    if (spec.startsWith(u"cbor")) return CborMaker(random_).value();
    if (spec.startsWith(u"pickle")) return PickleMaker(random_).value();
    return soup(random_() % 20);
  }

  /// What may stand between two messages.
  QByteArray filler() {
    const QString spec = framer_.spec();
    return spec.startsWith(u"json") || spec.startsWith(u"xml") ? JsonMaker(random_).space() : QByteArray();
  }

  QList<quint64> cuts(quint64 size) {
    QList<quint64> cuts;
    const quint64 step = random_() % 3 == 0 ? 1 : 1 + random_() % 30;
    for (quint64 at = step; at < size; at += 1 + random_() % step) cuts.append(at);
    return cuts;
  }

  StreamEnd end() { return static_cast<StreamEnd>(random_() % 4); }
  quint64 number() { return random_(); }

 private:
  /// What a framing looks for and chance hardly ever makes: flags, escapes, codes, sync words.
  static QList<QByteArray> specialOf(const QString &spec) {
    if (spec.startsWith(QLatin1String("slip"))) return {"\xc0", "\xc0", "\xdb", "\xdb\xdc", "\xdb\xdd"};
    if (spec.startsWith(QLatin1String("hdlc"))) return {"\x7e", "\x7e", "\x7d", "\x7d\x5e", "\x7d\x5d"};
    if (spec.startsWith(QLatin1String("cobs"))) return {QByteArray(1, 0), "\1", "\2x", "\3xy"};
    if (spec.startsWith(QLatin1String("sync:"))) {
      return {QByteArray::fromHex(spec.sliced(5, spec.indexOf(u',') - 5).toLatin1())};
    }
    return {};
  }

  QByteArray message() {
    const QString spec = framer_.spec();
    if (HttpStreams::areOf(spec) && random_() % 4 != 0) return HttpStreams(random_).message(spec);
    return framer_.encode(payload()).value_or(QByteArray());
  }

  const Framer &framer_;
  std::minstd_rand random_;
  QList<QByteArray> special_;
};

}  // namespace octetscope::test

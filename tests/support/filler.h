// What each framing defines as filler (bytes between messages that belong to none), and which framings go on by
// themselves behind a message in error: for every test that checks that nothing of a stream is unaccounted for.
#pragma once

#include "model/framing/framer.h"

#include <algorithm>

namespace octetscope::test {

/// The bytes that may lie between the messages of a framing; empty: nothing may.
inline QByteArrayView fillerOf(const Framer &framer) {
  static constexpr std::pair<QLatin1String, QByteArrayView> fillers[] = {
      {QLatin1String("json"), QByteArrayView(" \t\r\n", 4)}, {QLatin1String("xml"), QByteArrayView(" \t\r\n", 4)},
      {QLatin1String("slip"), QByteArrayView("\xc0", 1)},    {QLatin1String("hdlc"), QByteArrayView("\x7e", 1)},
      {QLatin1String("cobs"), QByteArrayView("\0", 1)},
  };
  const QString spec = framer.spec();
  const QStringView name = QStringView(spec).first(
      std::find_if(spec.begin(), spec.end(), [](QChar c) { return !c.isLetterOrNumber() && c != u'-'; }) -
      spec.begin());
  for (const auto &[framing, bytes] : fillers) {
    if (name == framing) return bytes;
  }
  return {};
}

/// Whether all bytes of `range`, which is in `stream`, are filler; an empty range always is.
inline bool isFiller(const Framer &framer, const StreamView &stream, ByteRange range) {
  if (range.begin > range.end) return false;
  if (range.isEmpty()) return true;
  const QByteArrayView filler = fillerOf(framer);
  return std::ranges::all_of(stream.bytes.view(range),
                             [filler](std::uint8_t byte) { return filler.contains(static_cast<char>(byte)); });
}

/// Whether framing goes on by itself behind a message in error: there is a marker to look for.
inline bool goesOnAfterErrors(const Framer &framer) {
  static constexpr QLatin1String names[] = {QLatin1String("delimiter"), QLatin1String("lines"), QLatin1String("slip"),
                                            QLatin1String("cobs"),      QLatin1String("hdlc"),  QLatin1String("sync")};
  const QString spec = framer.spec();
  return std::ranges::any_of(names, [&](QLatin1String name) { return spec.startsWith(name); });
}

}  // namespace octetscope::test

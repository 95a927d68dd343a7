// Words that the explanations of all framers share: numbers, places and bytes as people read them, and how a message
// that is not whole goes on.
#pragma once

#include "model/capture/stream.h"

#include <QString>

namespace octetscope {

__extension__ typedef __int128 WideInt;  // sums of 64-bit lengths and adjustments do not overflow in it

/// "4,294,967,299".
QString grouped(WideInt number);
/// "1 byte", "38 bytes".
QString byteCount(WideInt number);
/// "byte 4", "bytes 0–3"; the range is not empty.
QString bytesAt(ByteRange range);
/// "FF FF FF FF"; at most 24 bytes, then "…".
QString hexWords(ByteView bytes);
/// A byte as a person names it: `a` (61), or 0A where it is not visible.
QString byteName(std::uint8_t byte);
/// "33 of 47 bytes are here: waiting for 14 more." Where no more will come, it says why, and how many are missing.
QString missingWords(quint64 here, WideInt whole, StreamEnd end);
/// "All 47 bytes are here."
QString allHereWords(quint64 size);
/// ", so message 3 ends at byte 176. All 47 bytes are here." Or which are, of the `whole`: those in `here`.
QString endsAtWords(ByteRange here, quint64 number, WideInt whole, StreamEnd end);
/// "waiting for more.", or what ended the stream before the message was whole: "the stream ended there, so no more will
/// come."
QString waitingWords(StreamEnd end);
/// First letter made a capital.
QString capitalised(QString sentence);
/// The two sentences for a message in error behind which nothing is framed.
QString stoppedWords(const QString &error, quint64 offset);

}  // namespace octetscope

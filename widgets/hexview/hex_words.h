// What a hex view says of one byte, in words: for tool tips and for assistive technology.
#pragma once

#include "widgets/hexview/hex_source.h"

#include <QString>

namespace octetscope {

/// Several lines of plain text; empty where there is no such byte.
QString hexToolTip(const HexSource &source, quint64 offset);

/// "offset 12, byte 0x41, 'A', field seq of message 3": one line.
QString hexByteInWords(const HexSource &source, quint64 offset);

}  // namespace octetscope

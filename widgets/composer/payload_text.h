// PayloadText: what was typed as text, as bytes. Pure functions.
#pragma once

#include "model/result.h"

#include <QByteArray>
#include <QStringView>

namespace octetscope {

/// What each line ends with when it is sent.
enum class LineEnding {
  AsTyped,  ///< a line break that was typed is LF; nothing is added
  Lf,       ///< every line ends with 0A, the last one too
  CrLf,     ///< every line ends with 0D 0A, the last one too
};

/// The bytes of `text` as UTF-8. With Lf and CrLf an empty text is one empty line; a last line break typed ends the
/// last line, it does not begin another. With `escapes`, \n \r \t \0 \xNN \\ mean bytes; another one is an error with
/// its place in UTF-16 units.
Result<QByteArray> textPayload(QStringView text, LineEnding ending, bool escapes);

}  // namespace octetscope

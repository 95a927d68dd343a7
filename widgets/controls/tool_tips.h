// Tool tips that wrap: Qt breaks lines of rich text alone, and long plain ones run across the screen.
#pragma once

#include <QString>

namespace octetscope {

/// `text`, which is plain, as a tool tip; its line breaks are kept.
inline QString wrappedTip(const QString &text) {
  return QStringLiteral("<qt>") + text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")) +
         QStringLiteral("</qt>");
}

}  // namespace octetscope

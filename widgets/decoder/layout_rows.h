// LayoutRows: a LAYOUT as a table for people: each code with its name, its type in words, its place and size, padding
// included. A plain function of the layout; sizes and alignments are asked of Layout itself.
#pragma once

#include "model/structs/layout.h"

#include <QList>
#include <QString>

namespace octetscope {

struct LayoutRow {
  QString name;     ///< the user's, or the field's place ("0", "0…3"); empty for padding
  QString type;     ///< as typed: "H", "10s", "*s", "x"; empty for alignment
  QString words;    ///< "unsigned 16-bit integer, big-endian"
  char code = 'x';  ///< 0 for bytes that alignment leaves empty
  quint64 offset = 0;
  quint64 size = 0;     ///< bytes; of a rest: 0
  quint64 values = 0;   ///< values that pack takes for it; of a rest of numbers: any number
  bool isRest = false;  ///< takes what is left
  bool isNamed = false;
  bool isPadding() const { return values == 0 && !isRest; }
  bool isBytes() const { return code == 's' || code == 'p' || code == 'c'; }
};

/// The rows of a layout in order, at most `most`. Linear in the text.
QList<LayoutRow> layoutRows(const Layout &layout, qsizetype most = 1000);

/// '@', '=', '<', '>' or '!' as the text begins; '@' where there is none.
char layoutPrefix(const QString &text);

/// What a prefix character means, and why one would choose it: one sentence or two.
QString prefixWords(char prefix);
/// "unsigned 16-bit integer"; empty where there is no such code.
QString codeWords(char code);

}  // namespace octetscope

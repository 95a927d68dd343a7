// How filters are written, for people: `octetscope-cli help filter` prints it, Help of the window shows it. The names
// and operators are those of the table that the parser reads.
#pragma once

#include <QString>

namespace octetscope {

/// Plain text, lines of at most about 100 characters.
QString filterHelp();

}  // namespace octetscope

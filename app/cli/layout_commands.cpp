// The rows of pack, unpack and calcsize in the table of commands; what they do is in pack_commands.h. Their words are
// layouts and values, so nothing among them is an option.
#include "app/cli/commands.h"
#include "app/cli/pack_commands.h"

namespace octetscope::cli {

using namespace Qt::StringLiterals;

CommandRow packCommand() {
  return {.name = u"pack"_s,
          .synopsis = u"LAYOUT VALUE…"_s,
          .summary =
              u"packs values as Python's struct does and prints the bytes as lowercase hex; after an optional -- "
              "values are decimal or 0x integers, floats, nan, inf, true, false, and for s, p and c text with "
              "escapes or hex:6162"_s,
          .runWords = runPack};
}

CommandRow unpackCommand() {
  return {.name = u"unpack"_s,
          .synopsis = u"LAYOUT HEX"_s,
          .summary = u"prints the values in the bytes as a JSON array"_s,
          .runWords = runUnpack};
}

CommandRow calcsizeCommand() {
  return {.name = u"calcsize"_s,
          .synopsis = u"LAYOUT"_s,
          .summary = u"prints the size of a layout in bytes"_s,
          .runWords = runCalcsize};
}

}  // namespace octetscope::cli

// The commands about layouts: pack, unpack, calcsize, as cli.md promises them. Each takes the words behind its name,
// prints its result to standard output, or one line to standard error, and returns the exit code: 0, or 2.
// (What `batch` answers about layouts is model/structs/pack_request.h.)
#pragma once

#include <QStringList>

namespace octetscope::cli {

/// `pack LAYOUT VALUE…`: the packed bytes as lowercase hex.
int runPack(const QStringList &arguments);
/// `unpack LAYOUT HEX`: a JSON array of the values.
int runUnpack(const QStringList &arguments);
/// `calcsize LAYOUT`: the size in bytes.
int runCalcsize(const QStringList &arguments);

}  // namespace octetscope::cli

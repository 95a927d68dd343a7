// The help texts, made from the tables of commands and options.
#pragma once

#include "app/cli/arguments.h"

namespace octetscope::cli {

/// What `octetscope-cli --help` prints.
QString overview(const QList<CommandRow> &commands);
/// What `octetscope-cli COMMAND --help` prints.
QString helpOf(const CommandRow &command);

}  // namespace octetscope::cli

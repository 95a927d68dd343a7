// The commands of octetscope-cli, one file each. To add one: write its file, and put it into the table of main.cpp.
#pragma once

#include "app/cli/arguments.h"

namespace octetscope::cli {

CommandRow decodeCommand();
CommandRow listenCommand();
CommandRow connectCommand();
CommandRow sendCommand();
CommandRow demoCommand();
CommandRow packCommand();
CommandRow unpackCommand();
CommandRow calcsizeCommand();
CommandRow batchCommand();
CommandRow framingsCommand();
CommandRow suggestCommand();

}  // namespace octetscope::cli

// What `octetscope-cli framings NAME` prints: one framing, its options, and examples that its framer cuts.
#pragma once

#include "model/framing/framing_kind.h"

namespace octetscope::cli {

/// Text for people, ended by a line feed.
QString framingPage(const FramingKind &kind);

}  // namespace octetscope::cli

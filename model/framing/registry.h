// The framings there are: their descriptions, and a framer from a SPEC. A new framing is a file of its own and one line
// in the table of registry.cpp.
#pragma once

#include "model/framing/framer.h"
#include "model/framing/framing_kind.h"

#include <QStringView>

namespace octetscope {

/// All framings, in the order in which they are offered.
const QList<FramingKind> &framingKinds();

/// The framing of that name, nullptr where there is none.
const FramingKind *framingKind(QStringView name);

/// The framer that a SPEC names; of one with layers the outermost, which has the others (Framer::inner(), joinedBy()).
/// `maxMessage`: the limit in bytes where the SPEC gives no `max`; 0: the framing's own
/// default (64 MiB, or none). Errors point into the SPEC (Error::position) and say "at character N", from 1.
Result<FramerPtr> framerFromSpec(QStringView spec, quint64 maxMessage = 0);

}  // namespace octetscope

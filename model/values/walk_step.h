// How a walk over the bytes of a format comes to a stop.
#pragma once

#include <QtGlobal>

namespace octetscope {

enum class WalkOutcome : quint8 {
  More,     ///< the bytes ran out
  Whole,    ///< what was walked over ends before byte `at`
  Bad,      ///< byte `at` breaks the rule
  Stopped,  ///< who listens wants no more
};
struct WalkStep {
  WalkOutcome outcome;
  quint64 at;
};

}  // namespace octetscope

// Sizes that all messages of a sample might have: distances at which bytes are the same more often than at others.
#pragma once

#include "model/framing/suggestion/trial.h"

namespace octetscope {

class FixedProposals {
 public:
  explicit FixedProposals(const Sample &sample);

  /// Looks on, a slice; true: there is more to do.
  bool advance();
  QList<Proposal> proposals() const;

 private:
  const Sample &sample_;
  ByteView bytes_;
  quint64 most_;
  std::vector<float> shares_;  // by distance: how many bytes are the same as the one so far behind
};

}  // namespace octetscope

// Length fields that might frame a sample: every place of the field, every type, every number added to it. Most are out
// after a step or two, so that all can be followed; the best are proposed.
#pragma once

#include "model/framing/length_field.h"
#include "model/framing/suggestion/trial.h"

namespace octetscope {

/// A chain of length fields: the first is at `field`, and each says that the next is `between` bytes behind what it
/// counts. With framing from `start` on this is a SPEC: offset = field - start, adjust = between - offset.
struct LengthChain {
  LengthType type = LengthType::U16be;
  quint64 field = 0;
  qint64 between = 0;
  double bits = 0;     ///< for it, without what its SPEC costs
  quint64 count = 0;   ///< messages
  quint64 last = 0;    ///< where the last field is
  quint64 zeros = 0;   ///< fields that say 0
  quint64 zeroAt = 0;  ///< how many messages stand before the last of them
  quint64 over = 0;    ///< how far behind the end of the stream it leads
  bool lands = false;  ///< it leads to the end of the stream
  bool zeroFirst = false;
  bool zeroLast = false;
};

/// The same lengths with messages that begin elsewhere, as the bytes before the fields say; none: they say nothing
/// else.
std::optional<Proposal> movedProposal(const Sample &sample, const Trial &trial);

class LengthProposals {
 public:
  /// `garbage`: looks for streams whose first bytes are the rest of something else, which takes longer.
  LengthProposals(const Sample &sample, bool garbage);

  /// Looks on, a slice; true: there is more to do.
  bool advance();
  /// The best it found, once there is nothing more to do.
  QList<Proposal> proposals() const;

 private:
  struct Found {
    Proposal proposal;
    double worth;
    LengthChain chain;
  };
  void follow(LengthType type, quint64 field);
  void followDecimals(quint64 field);
  void followTags(quint64 field);
  void offer(const LengthChain &chain, const QByteArray &decimalEnd = {});
  void offerChunked(const LengthChain &chain, const QByteArray &decimalEnd);
  bool isWorthKeeping(double worth) const;
  void keep(Proposal proposal, double bits, const LengthChain &chain);

  const Sample &sample_;
  const bool garbage_;
  quint64 nextField_;
  const quint64 lastField_;
  std::vector<Found> found_;  // the best first
};

}  // namespace octetscope

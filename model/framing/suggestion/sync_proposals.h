// Sync words that might frame a sample: short sequences that recur, where a number behind each, or the same number for
// all, says how far the next one is, or a checksum is right. What stands between messages does not matter to them.
#pragma once

#include "model/framing/suggestion/checksum_search.h"
#include "model/framing/suggestion/trial.h"

namespace octetscope {

constexpr quint64 longestSyncWord = 4;

/// The SPEC and the rule in words of messages of that shape that begin with `word`; `check`: what it ends with.
Proposal syncProposal(const Sample &sample, MessageShape shape, const QByteArray &word, double cost,
                      const std::optional<FoundChecksum> &check);

/// Where what a checksum covers may begin, in messages of that shape.
std::set<quint64> checksumBegins(const MessageShape &shape, quint64 wordSize);

/// Words that are found by themselves, whatever stands before, between and behind the messages.
QList<Proposal> syncProposals(const Sample &sample);

}  // namespace octetscope

#include "model/framing/suggestion/suggester.h"

#include "model/framing/suggestion/candidates.h"
#include "model/framing/suggestion/fixed_proposals.h"
#include "model/framing/suggestion/length_proposals.h"
#include "model/framing/suggestion/refined_proposals.h"
#include "model/framing/suggestion/suggestion_words.h"
#include "model/framing/suggestion/sync_proposals.h"
#include "model/framing/suggestion/text_proposals.h"
#include "model/framing/suggestion/value_proposals.h"

#include <algorithm>
#include <cmath>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

// Beyond the sample so many bytes are followed, by the best few candidates: fewer where every byte must be looked at.
constexpr quint64 scannedBudget = 16ULL << 20;
constexpr quint64 skippedBudget = 256ULL << 20;
constexpr quint64 scannedSlice = 1ULL << 20;
constexpr quint64 skippedSlice = 8ULL << 20;
constexpr std::size_t followed = 3;
// With so many bits for something, nobody looks for garbage before it.
constexpr double sureBits = Candidates::believed + 12;
// Unless it is a strange thing to have thought of: chains of lengths join the right one by chance after a while.
constexpr double plainCost = 11;

bool isPlain(const Trial &trial) {
  // Whether a chain of lengths ends with the stream is not seen of a long one, but a run of blocks shows itself.
  const Family family = trial.proposal.family;
  const bool ends = trial.lands || (family == Family::Chunked && !trial.sawEnd);
  const bool isChain = family == Family::Length || family == Family::Chunked;
  return trial.proposal.cost < plainCost && (ends || !isChain) && !trial.proposal.needsEnd;
}

// What is so much less likely than the best is no help.
constexpr double leastScore = 0.2;

double scoreOf(double bits, double best) {
  const double alone = 1 - 0.5 * std::exp2(-(bits - Candidates::believed) / 16);
  // What another one explains better is less likely.
  return std::min(0.99, alone) * std::sqrt(bits / best);
}

}  // namespace

struct Suggester::Work {
  enum class Phase : quint8 { Read, Lengths, Sizes, Try, Garbage, TryGarbage, Begins, Refine, Across, Follow, Done };

  explicit Work(SuggestionInput input) {
    for (std::size_t i = 0; i < 2; ++i) sides[i].sample = std::make_unique<Sample>(input.streams[i], input.starts[i]);
  }

  struct Side {
    std::unique_ptr<Sample> sample;
    std::unique_ptr<LengthProposals> lengths;
    std::unique_ptr<FixedProposals> sizes;
    QList<Proposal> proposals;
    qsizetype tried = 0;
  };

  /// Does a slice of a phase for one direction; true: there is more of it.
  bool advance(int direction);
  bool tryNext(int direction);
  bool follow(int direction);
  void begin(Phase next);
  void proposeMoved();
  void proposeRefined();
  void proposeAcross();
  void finish();

  std::array<Side, 2> sides;
  Candidates candidates;
  Phase phase = Phase::Read;
  int direction = 0;
  double progress = 0;
  std::vector<std::pair<int, std::size_t>> toFollow;  // direction, index of the trial
  QList<Suggestion> suggestions;
};

bool Suggester::Work::tryNext(int which) {
  Side &side = sides[static_cast<std::size_t>(which)];
  if (side.tried < side.proposals.size()) {
    const Proposal &proposal = side.proposals[side.tried++];
    if (!candidates.knows(which, proposal.spec, proposal.start)) {
      if (auto trial = tryOn(*side.sample, proposal)) candidates.add(which, std::move(*trial));
    }
  }
  return side.tried < side.proposals.size();
}

bool Suggester::Work::follow(int which) {
  const auto next = std::find_if(toFollow.begin(), toFollow.end(), [&](const auto &one) { return one.first == which; });
  if (next == toFollow.end()) return false;
  Trial &trial = candidates.trials(which)[next->second];
  const Side &side = sides[static_cast<std::size_t>(which)];
  const bool looksAtAll = trial.framer->scansBytes();
  const bool more = scanOn(trial, side.sample->whole(), looksAtAll ? scannedSlice : skippedSlice);
  const quint64 budget = looksAtAll ? scannedBudget : skippedBudget;
  if (!more || trial.looked - side.sample->end() >= budget) toFollow.erase(next);
  return true;
}

bool Suggester::Work::advance(int which) {
  Side &side = sides[static_cast<std::size_t>(which)];
  if (side.sample->size() == 0) return false;
  switch (phase) {
    case Phase::Read:
      return side.sample->advance();
    case Phase::Lengths:
    case Phase::Garbage:
      return side.lengths->advance();
    case Phase::Sizes:
      return side.sizes->advance();
    case Phase::Try:
    case Phase::TryGarbage:
    case Phase::Begins:
    case Phase::Refine:
    case Phase::Across:
      return tryNext(which);
    case Phase::Follow:
      return follow(which);
    case Phase::Done:
      break;
  }
  return false;
}

void Suggester::Work::begin(Phase next) {
  phase = next;
  direction = 0;
  if (phase == Phase::Garbage) {
    const auto best = candidates.best();
    if (!best.empty() && best.front().bits > sureBits && isPlain(best.front().any())) {
      return begin(Phase::Refine);
    }
  }
  for (Side &side : sides) {
    if (side.sample->size() == 0) continue;
    if (phase == Phase::Lengths) {
      side.lengths = std::make_unique<LengthProposals>(*side.sample, false);
    } else if (phase == Phase::Garbage) {
      side.lengths = std::make_unique<LengthProposals>(*side.sample, true);
    } else if (phase == Phase::Sizes) {
      side.sizes = std::make_unique<FixedProposals>(*side.sample);
    } else if (phase == Phase::Try) {
      side.proposals = delimiterProposals(*side.sample) + valueProposals(*side.sample) + syncProposals(*side.sample) +
                       side.sizes->proposals() + side.lengths->proposals();
    } else if (phase == Phase::TryGarbage) {
      side.proposals += side.lengths->proposals();
    }
  }
  if (phase == Phase::Begins) proposeMoved();
  if (phase == Phase::Refine) proposeRefined();
  if (phase == Phase::Across) proposeAcross();
  if (phase == Phase::Follow) {
    const auto best = candidates.best();
    // Those that stand beside another one are followed with it.
    std::size_t plain = 0;
    for (std::size_t i = 0; i < best.size() && plain < followed; ++i) {
      if (!best[i].any().proposal.isBeside) ++plain;
      for (int which = 0; which < 2; ++which) {
        const Trial *const trial = best[i].trials[static_cast<std::size_t>(which)];
        if (!trial || trial->sawEnd) continue;
        toFollow.emplace_back(which, static_cast<std::size_t>(trial - candidates.trials(which).data()));
      }
    }
  }
  if (phase == Phase::Done) finish();
  progress = std::max(progress, static_cast<double>(phase) / static_cast<double>(Phase::Done));
}

void Suggester::Work::proposeMoved() {
  constexpr std::size_t most = 8;
  const auto best = candidates.best();
  for (std::size_t i = 0; i < std::min(best.size(), most); ++i) {
    for (std::size_t side = 0; side < 2; ++side) {
      const Trial *const trial = best[i].trials[side];
      if (!trial) continue;
      if (auto moved = movedProposal(*sides[side].sample, *trial)) sides[side].proposals.append(*std::move(moved));
    }
  }
}

void Suggester::Work::proposeRefined() {
  constexpr std::size_t most = 6;
  const auto best = candidates.best();
  for (std::size_t i = 0; i < std::min(best.size(), most); ++i) {
    for (const Trial *const trial : best[i].trials) {
      if (!trial) continue;
      const std::size_t own = trial == best[i].trials[0] ? 0 : 1;
      for (Refinement &refinement : refinementsOf(*sides[own].sample, *trial)) {
        candidates.refine(trial->proposal.spec, refinement.proposal.spec, refinement.isSurer);
        for (std::size_t side = 0; side < 2; ++side) {
          const Trial *const there = best[i].trials[side];
          if (!there) continue;
          Proposal proposal = refinement.proposal;
          proposal.start = proposal.family == Family::Sync ? sides[side].sample->start() : there->proposal.start;
          sides[side].proposals.append(proposal);
        }
      }
    }
  }
}

void Suggester::Work::proposeAcross() {
  // What explains one direction may explain the other, which is too short to show it by itself.
  const auto best = candidates.best();
  for (std::size_t i = 0; i < std::min<std::size_t>(best.size(), 12); ++i) {
    for (std::size_t side = 0; side < 2; ++side) {
      if (best[i].trials[side] || sides[side].sample->size() == 0) continue;
      Proposal proposal = best[i].any().proposal;
      proposal.start = sides[side].sample->start();
      proposal.convention = 0;  // of the other direction's bytes
      sides[side].proposals.append(proposal);
    }
  }
}

void Suggester::Work::finish() {
  const auto best = candidates.best();
  const bool isTwoWay = sides[0].sample->size() > 0 && sides[1].sample->size() > 0;
  const auto otherFits = [&best](const Candidate &candidate) {
    const std::size_t other = candidate.trials[0] ? 1 : 0;
    return std::any_of(best.begin(), best.end(),
                       [other](const Candidate &one) { return one.trials[other] != nullptr; });
  };
  for (const Candidate &candidate : best) {
    if (suggestions.size() == mostSuggestions) break;
    Suggestion one{.spec = candidate.any().framer->spec(),
                   .score = scoreOf(candidate.bits, best.front().bits),
                   .why = whyWords(candidate, isTwoWay, otherFits(candidate))};
    for (std::size_t side = 0; side < 2; ++side) {
      const Trial *const trial = candidate.trials[side];
      if (!trial) continue;
      one.fits[side] = true;
      one.messages += trial->count;
      one.starts[side] = trial->proposal.start;
      if (trial->brokenAt) one.score *= 0.8;
      const std::size_t shown = std::min<std::size_t>(trial->messages.size(), previewMessages);
      one.shown[side] =
          QList<ByteRange>(trial->messages.begin(), trial->messages.begin() + static_cast<std::ptrdiff_t>(shown));
    }
    if (suggestions.isEmpty() || one.score >= leastScore) suggestions.append(one);
  }
  std::stable_sort(suggestions.begin(), suggestions.end(),
                   [](const Suggestion &a, const Suggestion &b) { return a.score > b.score; });
}

Suggester::Suggester(SuggestionInput input) : work_(std::make_unique<Work>(std::move(input))) {}

Suggester::~Suggester() = default;

bool Suggester::advance() {
  Work &work = *work_;
  if (work.phase == Work::Phase::Done) return false;
  if (!work.advance(work.direction) && ++work.direction == 2) {
    work.begin(static_cast<Work::Phase>(static_cast<int>(work.phase) + 1));
  }
  return work.phase != Work::Phase::Done;
}

double Suggester::progress() const {
  return work_->progress;
}

const QList<Suggestion> &Suggester::suggestions() const {
  return work_->suggestions;
}

}  // namespace octetscope

#include "model/framing/suggestion/candidates.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace octetscope {

namespace {

/// A length that never varies explains nothing that a fixed size does not.
double constantCost(const Trial &trial) {
  const bool isConstant =
      trial.hasLength && trial.count >= 3 && (trial.distinctSizes == 1 || (trial.count >= 8 && trial.usualShare > 0.9));
  const bool isPlain = trial.proposal.cost < 7;
  return !isConstant ? 0 : isPlain ? 16 : 40;
}

/// Bits of one direction that is believed, by itself or beside the other one.
double bitsOf(const Trial &trial) {
  return trial.bitsBeside().value_or(0) - constantCost(trial);
}

/// Of fixed sizes: bits for each byte.
double density(const Candidate &candidate) {
  double bits = 0;
  double bytes = 0;
  for (const Trial *const trial : candidate.trials) {
    if (!trial) continue;
    bits += trial->evidence.uncapped();
    bytes += static_cast<double>(trial->messages.size()) * static_cast<double>(trial->mostSize);
  }
  return bits / bytes;
}

double uncapped(const Candidate &candidate) {
  double bits = 0;
  for (const Trial *const trial : candidate.trials) {
    if (trial) bits += trial->evidence.uncapped() - constantCost(*trial);
  }
  return bits;
}

/// Of two trials of one SPEC, which begin at different bytes. What keeps to a grammar shows it by its messages.
bool explainsMore(const Trial &a, const Trial &b) {
  const bool isGrammar = a.proposal.family == Family::Format;
  if (isGrammar && a.begun != b.begun) return a.begun > b.begun;
  // A run of blocks from a later byte on may have one more by chance.
  const quint64 difference = std::max(a.count, b.count) - std::min(a.count, b.count);
  if (a.proposal.family == Family::Chunked && difference <= 1) return a.proposal.start < b.proposal.start;
  return a.evidence.uncapped() > b.evidence.uncapped();
}

bool sameMessages(const Trial *a, const Trial *b) {
  if (!a || !b) return a == b;
  return a->messages == b->messages && a->count == b->count;
}

/// Several messages of a fixed size are one of a fixed size, too, which nobody needs to be told; and of the others two
/// are enough.
bool isOneSizeTooMany(const Candidate &candidate, const std::vector<Candidate> &better) {
  const Trial &trial = candidate.any();
  if (trial.proposal.family != Family::Fixed) return false;
  int sizes = 0;
  for (const Candidate &other : better) {
    if (other.any().proposal.family != Family::Fixed) continue;
    if (trial.mostSize % other.any().mostSize == 0 || ++sizes == 2) return true;
  }
  return false;
}

/// Whether the messages of one are those of the other, moved by some bytes: both follow the same lengths, and differ in
/// what they call the begin of a message, or in how they came to it.
bool isMoved(const Trial *a, const Trial *b) {
  if (!a || !b) return a == b;
  if (a->messages.back().end > b->messages.back().end) std::swap(a, b);
  // Where the one that was followed less far ends, the other one is near.
  const quint64 end = a->messages.back().end;
  const auto near = std::partition_point(b->messages.begin(), b->messages.end(),
                                         [end](const ByteRange &message) { return message.end <= end; });
  for (const bool before : {true, false}) {
    auto other = before ? near : near == b->messages.end() ? near : near + 1;
    auto one = a->messages.end();
    std::size_t same = 0;
    while (one != a->messages.begin() && other != b->messages.begin() && (one - 1)->size() == (other - 1)->size()) {
      --one;
      --other;
      ++same;
    }
    // A chain of lengths may join another one after a while.
    if (same >= 3 && same * 2 > std::max(a->messages.size(), b->messages.size())) return true;
  }
  return false;
}

bool sameFields(const Candidate &a, const Candidate &b) {
  const Family family = a.any().proposal.family;
  const bool isOne = (family == Family::Length || family == Family::Sync) && b.any().proposal.family == family;
  return isOne && isMoved(a.trials[0], b.trials[0]) && isMoved(a.trials[1], b.trials[1]);
}

/// How little a rule asks one to believe: how usual it is, and whether its messages end with the stream, which is worth
/// nothing where the begin was chosen so that they do.
double plainness(const Candidate &candidate) {
  constexpr double landing = 8;
  const Proposal &proposal = candidate.any().proposal;
  double worth = -proposal.cost + std::max(proposal.lateCost - landing, 0.0);
  for (const Trial *const trial : candidate.trials) {
    if (trial && trial->lands) worth += landing;
    if (trial) worth += trial->beginBits;
  }
  return worth;
}

/// Of two that follow the same fields: which one people would write; where that is open, the one that explains more.
bool beginsBetter(const Candidate &a, const Candidate &b) {
  constexpr double open = 2.5;
  double difference = plainness(a) - plainness(b);
  // From an earlier byte on there should be more messages; fewer came by chance to where the other one began.
  constexpr double byChance = 8;
  const Trial &first = a.any();
  const Trial &second = b.any();
  if (first.proposal.start < second.proposal.start && first.count < second.count) difference -= byChance;
  if (second.proposal.start < first.proposal.start && second.count < first.count) difference += byChance;
  return std::abs(difference) > open ? difference > 0 : uncapped(a) > uncapped(b);
}

/// Of two that cut the same messages by the same kind of rule: which one people would write.
bool isSimpler(const Candidate &a, const Candidate &b) {
  const Proposal &first = a.any().proposal;
  const Proposal &second = b.any().proposal;
  // A sync word's checksum says more than the word.
  if ((first.eachMessage > 0) != (second.eachMessage > 0)) return first.eachMessage > 0;
  const double firstCost = first.cost - first.convention;
  const double secondCost = second.cost - second.convention;
  if (std::abs(firstCost - secondCost) > 0.75) return firstCost < secondCost;
  // Zeros before a number that never says more belong to a wider one.
  if (std::abs(a.bits - b.bits) > 0.01) return a.bits > b.bits;
  return first.spec < second.spec;
}

/// Columns count up to a limit, beyond which they still tell fixed sizes apart: the places these have are given to them
/// anew. Of multiples the least is right that explains nearly as much.
void orderSizes(std::vector<Candidate> &all) {
  std::vector<std::size_t> places;
  std::vector<Candidate> sizes;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].any().proposal.family != Family::Fixed) continue;
    places.push_back(i);
    sizes.push_back(all[i]);
  }
  std::stable_sort(sizes.begin(), sizes.end(),
                   [](const Candidate &a, const Candidate &b) { return density(a) > density(b); });
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    const bool divides = sizes[0].any().mostSize % sizes[i].any().mostSize == 0;
    if (divides && density(sizes[i]) > density(sizes[0]) * 0.93) std::swap(sizes[0], sizes[i]);
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    const double bits = all[places[i]].bits;
    all[places[i]] = sizes[i];
    all[places[i]].bits = bits;
  }
}

/// A format that describes itself, and is walked to the end of the stream, message after message, is no chance: what
/// else explains the same directions reads a part of it.
void preferFormats(std::vector<Candidate> &all) {
  constexpr double sure = 40;
  constexpr double particular = 14;
  constexpr quint64 several = 3;
  constexpr quint64 many = 10;
  const auto explains = [](const Candidate &candidate, std::size_t side) { return candidate.trials[side] != nullptr; };
  for (Candidate &format : all) {
    const Proposal &proposal = format.any().proposal;
    const quint64 asked = proposal.eachMessage >= particular ? several : many;
    if (proposal.family != Family::Format || format.bits < sure || format.any().count < asked) continue;
    for (const Candidate &other : all) {
      const bool isFormat = other.any().proposal.family == Family::Format;
      const bool covers = (!explains(other, 0) || explains(format, 0)) && (!explains(other, 1) || explains(format, 1));
      if (!isFormat && covers) format.bits = std::max(format.bits, other.bits + 4);
    }
  }
}

}  // namespace

void Candidates::add(int direction, Trial trial) {
  trials(direction).push_back(std::move(trial));
}

bool Candidates::knows(int direction, const QString &spec, quint64 start) const {
  const auto &all = trials(direction);
  return std::any_of(all.begin(), all.end(),
                     [&](const Trial &trial) { return trial.proposal.spec == spec && trial.proposal.start == start; });
}

void Candidates::refine(const QString &spec, const QString &closer, bool isSurer) {
  std::vector<Closer> &all = closer_[spec];
  const auto isSame = [&closer](const Closer &one) { return one.spec == closer; };
  if (std::none_of(all.begin(), all.end(), isSame)) all.push_back({closer, isSurer});
}

/// What refines a candidate, where it does so in every direction that the candidate explains.
std::vector<Candidate> Candidates::closerOnes(const Candidate &candidate, bool areSurer) const {
  std::vector<Candidate> found;
  const auto all = closer_.find(candidate.any().proposal.spec);
  if (all == closer_.end()) return found;
  for (const Closer &closer : all->second) {
    if (closer.isSurer != areSurer) continue;
    Candidate one;
    double own = 0;
    bool isWhole = true;
    for (std::size_t side = 0; side < 2; ++side) {
      const Trial *const known = candidate.trials[side];
      if (!known) continue;
      for (const Trial &trial : trials_[side]) {
        const bool cutsAll = !trial.isBroken && trial.messages.size() * 20 >= known->messages.size() * 19;
        if (trial.proposal.spec == closer.spec && cutsAll) one.trials[side] = &trial;
      }
      isWhole = isWhole && one.trials[side];
      if (one.trials[side]) own += one.trials[side]->evidence.total();
    }
    if (!isWhole) continue;
    // What shows it by itself, as a checksum does, may show more than a length.
    one.bits = areSurer ? std::max(candidate.bits, own) : candidate.bits;
    found.push_back(one);
  }
  return found;
}

std::vector<Candidate> Candidates::best() const {
  std::vector<Candidate> all;
  std::set<QString> known;
  const auto take = [&](const Candidate &candidate) {
    if (known.insert(candidate.any().proposal.spec).second) all.push_back(candidate);
  };
  for (const Candidate &candidate : weighed()) {
    for (const Candidate &closer : closerOnes(candidate, true)) take(closer);
    take(candidate);
    for (const Candidate &closer : closerOnes(candidate, false)) take(closer);
  }
  std::stable_sort(all.begin(), all.end(), [](const Candidate &a, const Candidate &b) { return a.bits > b.bits; });
  return all;
}

std::vector<Candidate> Candidates::weighed() const {
  std::map<QString, Candidate> bySpec;
  for (std::size_t side = 0; side < 2; ++side) {
    for (const Trial &trial : trials_[side]) {
      if (trial.proposal.isBeside || !trial.bits() || !trial.bitsBeside()) continue;
      Candidate &candidate = bySpec[trial.proposal.spec];
      // The same SPEC from another byte on, which joins the same messages sooner or later: the one that explains more
      // of them. What counts at most for each is estimated, and tells such neighbours apart by chance alone.
      const Trial *&place = candidate.trials[side];
      if (!place || explainsMore(trial, *place)) place = &trial;
    }
  }
  // A direction with a message or two is believed where the other one is.
  for (auto &[spec, candidate] : bySpec) {
    for (std::size_t side = 0; side < 2; ++side) {
      const Trial *const other = candidate.trials[1 - side];
      if (candidate.trials[side] || !other || *other->bits() < believed) continue;
      for (const Trial &trial : trials_[side]) {
        const bool isSame = trial.proposal.spec == spec;
        const Trial *&place = candidate.trials[side];
        if (isSame && trial.bitsBeside() && (!place || explainsMore(trial, *place))) place = &trial;
      }
    }
  }
  std::vector<Candidate> all;
  for (auto &[spec, candidate] : bySpec) {
    for (const Trial *const trial : candidate.trials) {
      if (trial) candidate.bits += bitsOf(*trial);
    }
    // It is thought of once.
    if (candidate.fitsBoth()) candidate.bits += candidate.any().proposal.cost;
    if (candidate.bits >= believed) all.push_back(candidate);
  }
  std::sort(all.begin(), all.end(), [](const Candidate &a, const Candidate &b) { return a.bits > b.bits; });
  orderSizes(all);
  std::vector<Candidate> chosen;
  for (const Candidate &candidate : all) {
    if (isOneSizeTooMany(candidate, chosen)) continue;
    const auto same = std::find_if(chosen.begin(), chosen.end(), [&](const Candidate &other) {
      if (other.any().proposal.family != candidate.any().proposal.family) return false;
      return sameFields(other, candidate) ||
             (sameMessages(other.trials[0], candidate.trials[0]) && sameMessages(other.trials[1], candidate.trials[1]));
    });
    if (same == chosen.end()) {
      chosen.push_back(candidate);
    } else if (candidate.any().proposal.family == Family::Length && sameFields(candidate, *same)
                   ? beginsBetter(candidate, *same)
                   : isSimpler(candidate, *same)) {
      // It stands where the other one did: both explain the same.
      const double bits = same->bits;
      *same = candidate;
      same->bits = std::max(bits, candidate.bits);
    }
  }
  // A run of blocks is as sure as its blocks are; that some are empty is no chance then.
  for (Candidate &candidate : chosen) {
    if (candidate.any().proposal.family != Family::Chunked) continue;
    const QString blocks = candidate.any().proposal.spec;
    for (const Candidate &other : chosen) {
      const bool isSame = other.any().proposal.spec == u"length:" + blocks.sliced(blocks.indexOf(u':') + 1);
      if (isSame) candidate.bits = std::max(candidate.bits, other.bits + 4);
    }
  }
  preferFormats(chosen);
  std::stable_sort(chosen.begin(), chosen.end(),
                   [](const Candidate &a, const Candidate &b) { return a.bits > b.bits; });
  return chosen;
}

}  // namespace octetscope

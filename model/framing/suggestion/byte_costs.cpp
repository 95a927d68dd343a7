#include "model/framing/suggestion/byte_costs.h"

#include <algorithm>
#include <cstring>

namespace octetscope {

namespace {

constexpr std::size_t models = 6;
// What a model that did badly keeps, so that it can come back where the bytes change.
constexpr float keptWeight = 1e-5F;

/// What followed a context of several bytes: some of the bytes, with their counts. Contexts that meet in one place of
/// the table share it, and its probabilities add up to one all the same.
struct Followers {
  static constexpr std::size_t kept = 15;
  std::array<std::uint8_t, kept> bytes = {};
  std::array<std::uint8_t, kept> counts = {};
  quint16 total = 0;
  quint16 hand = 0;  // where room is looked for next

  /// The probability of `byte`, `below` being that after a shorter context; then counts it.
  float read(std::uint8_t byte, float below) {
    const void *const found = std::memchr(bytes.data(), byte, kept);
    const std::size_t place = found ? static_cast<std::size_t>(static_cast<const std::uint8_t *>(found) - bytes.data())
                                    : static_cast<std::size_t>(hand);
    const float known = found ? counts[place] : 0;
    const float probability = (known + below) / (static_cast<float>(total) + 1);
    if (found && counts[place] < 255) {
      ++counts[place];
      ++total;
    } else if (found) {
      total = 0;
      for (std::uint8_t &count : counts) total = static_cast<quint16>(total + (count /= 2));
    } else {
      hand = static_cast<quint16>((hand + 1) % kept);
      if (counts[place] <= 1) {
        total = static_cast<quint16>(total + 1 - counts[place]);
        bytes[place] = byte;
        counts[place] = 1;
      } else {
        // It goes once nobody asked for it any more.
        --counts[place];
        --total;
      }
    }
    return probability;
  }
};

/// Followers by context.
template <std::size_t bits>
struct FollowerTable {
  std::vector<Followers> places = std::vector<Followers>(std::size_t{1} << bits);

  float read(quint32 context, std::uint8_t byte, float below) {
    return places[(context * 2654435761U) >> (32 - bits)].read(byte, below);
  }
};

}  // namespace

struct ByteCosts::Counts {
  std::array<quint32, 256> single = {};
  quint32 total = 0;
  std::vector<quint32> pairs = std::vector<quint32>(65536);
  std::array<quint32, 256> firsts = {};
  FollowerTable<16> afterTwo;
  FollowerTable<15> afterThree;
  FollowerTable<14> aligned;
  std::array<float, models> weights = {0.6F, 0.2F, 0.1F, 0.05F, 0.03F, 0.02F};
};

ByteCosts::ByteCosts(ByteView bytes) : bytes_(bytes), counts_(std::make_unique<Counts>()) {
  unlikely_.reserve(bytes.size());
}

ByteCosts::~ByteCosts() = default;

bool ByteCosts::advance(quint64 budget) {
  Counts &counts = *counts_;
  const quint64 end = std::min<quint64>(bytes_.size(), unlikely_.size() + budget);
  for (quint64 at = unlikely_.size(); at < end; ++at) {
    const std::uint8_t byte = bytes_[at];
    const std::uint8_t before = at > 0 ? bytes_[at - 1] : 0;
    quint32 context = before;
    std::array<float, models> said = {};
    said[0] = 1.0F / 256;
    said[1] = (static_cast<float>(counts.single[byte]) + 0.125F) / (static_cast<float>(counts.total) + 32);
    quint32 &pair = counts.pairs[context * 256U + byte];
    said[2] = (static_cast<float>(pair) + said[1]) / (static_cast<float>(counts.firsts[before]) + 1);
    context |= at > 1 ? static_cast<quint32>(bytes_[at - 2]) << 8 : 0;
    said[3] = counts.afterTwo.read(context, byte, said[2]);
    context |= at > 2 ? static_cast<quint32>(bytes_[at - 3]) << 16 : 0;
    said[4] = counts.afterThree.read(context, byte, said[3]);
    const quint32 words = at >= 8 ? bytes_[at - 4] * 256U + bytes_[at - 8] : 0;
    said[5] = counts.aligned.read(words, byte, said[1]);
    ++counts.single[byte];
    ++counts.total;
    ++pair;
    ++counts.firsts[before];

    float mixed = 0;
    for (std::size_t i = 0; i < models; ++i) mixed += counts.weights[i] * said[i];
    for (std::size_t i = 0; i < models; ++i) {
      counts.weights[i] = counts.weights[i] * said[i] / mixed * (1 - keptWeight) + keptWeight / models;
    }
    unlikely_.push_back(1 / mixed);
  }
  return end < bytes_.size();
}

}  // namespace octetscope

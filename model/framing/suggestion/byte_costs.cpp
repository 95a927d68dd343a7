#include "model/framing/suggestion/byte_costs.h"

#include <algorithm>

namespace octetscope {

namespace {

constexpr std::size_t models = 6;
// What a model that did badly keeps, so that it can come back where the bytes change.
constexpr float keptWeight = 1e-5F;

/// What followed a context of several bytes: a few of the bytes, with their counts. Contexts that meet in one place of
/// the table share it, and its probabilities add up to one all the same.
struct Followers {
  static constexpr std::size_t kept = 15;
  std::array<std::uint8_t, kept> bytes = {};
  std::array<std::uint8_t, kept> counts = {};
  quint16 total = 0;

  /// The probability of `byte`, `below` being that after a shorter context; then counts it.
  float read(std::uint8_t byte, float below) {
    std::size_t least = 0;
    std::size_t place = kept;
    for (std::size_t i = 0; i < kept; ++i) {
      if (counts[i] > 0 && bytes[i] == byte) place = i;
      if (counts[i] < counts[least]) least = i;
    }
    const float known = place < kept ? counts[place] : 0;
    const float probability = (known + below) / (static_cast<float>(total) + 1);
    if (place == kept) {
      total = static_cast<quint16>(total - counts[least]);
      bytes[least] = byte;
      counts[least] = 1;
      ++total;
    } else if (counts[place] == 255) {
      total = 0;
      for (std::uint8_t &count : counts) total = static_cast<quint16>(total + (count /= 2));
    } else {
      ++counts[place];
      ++total;
    }
    return probability;
  }
};

/// Followers by context; two bytes are the place itself, more are hashed to it.
struct FollowerTable {
  std::vector<Followers> places = std::vector<Followers>(65536);

  float read(quint32 context, std::uint8_t byte, float below) {
    const quint32 place = context < 65536 ? context : (context * 2654435761U) >> 16;
    return places[place].read(byte, below);
  }
};

}  // namespace

struct ByteCosts::Counts {
  std::array<quint32, 256> single = {};
  quint32 total = 0;
  std::vector<quint32> pairs = std::vector<quint32>(65536);
  std::array<quint32, 256> firsts = {};
  FollowerTable afterTwo;
  FollowerTable afterThree;
  FollowerTable aligned;
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

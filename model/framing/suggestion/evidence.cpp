#include "model/framing/suggestion/evidence.h"

#include <algorithm>
#include <bit>
#include <initializer_list>
#include <limits>
#include <optional>
#include <utility>

namespace octetscope {

namespace {

/// Several suppositions, each with its share and its bits: the bits of not knowing which is right.
double mixed(std::initializer_list<std::pair<double, double>> suppositions) {
  double most = 0;
  for (const auto &[share, bits] : suppositions) most = std::max(most, bits);
  double sum = 0;
  for (const auto &[share, bits] : suppositions) sum += share * std::exp2(bits - most);
  return most + std::log2(sum);
}

/// A number of `bits` bits is one of so many, in bits.
float withinWidth(std::size_t bits) {
  return bits <= 1 ? 0 : static_cast<float>(bits - 1);
}

/// Before anything is known: lengths of up to 17 bits are ordinary.
float priorOf(std::size_t bits) {
  return bits <= 17 ? 0.3F : 0.05F;
}

constexpr float priorTotal = 18 * 0.3F + 47 * 0.05F;

}  // namespace

NumberCoder::NumberCoder() : seen_(exact) {
  for (std::size_t bits = 0; bits < widths_.size(); ++bits) widths_[bits] = priorOf(bits);
  widthTotal_ = priorTotal;
}

float NumberCoder::bits(quint64 number) {
  const auto width = static_cast<std::size_t>(std::bit_width(number));
  const float fresh = widths_[width] / widthTotal_ * std::exp2(-withinWidth(width));
  const float before = number < exact ? seen_[number] : 0;
  // How often numbers came again shows how much is to be expected of that.
  const float again = total_ == 0 ? 0 : (repeats_ + 0.5F) / (total_ + 1);
  const float known = total_ == 0 ? 0 : before / total_;
  const float probability = again * known + (1 - again) * fresh;
  widths_[width] += 1;
  widthTotal_ += 1;
  total_ += 1;
  if (before > 0) repeats_ += 1;
  if (number < exact && seen_[number] < 60000) ++seen_[number];
  return -std::log2(probability);
}

WidthCoder::WidthCoder() : total_(priorTotal) {
  for (std::size_t bits = 0; bits < widths_.size(); ++bits) widths_[bits] = priorOf(bits);
}

float WidthCoder::bits(quint64 number) {
  const auto width = static_cast<std::size_t>(std::bit_width(number));
  const float cost = std::log2(total_ / widths_[width]) + withinWidth(width);
  widths_[width] += 1;
  total_ += 1;
  return cost;
}

namespace {

/// One column under two suppositions: its bytes are those seen before, or grow by a step seen before.
class ColumnCoder {
 public:
  void begin() {
    seen_ = {};
    stepSeen_ = {};
    gains_.clear();
    bits_ = {};
    last_.reset();
  }
  void add(std::size_t message, std::uint8_t byte, float unlikely) {
    const auto count = static_cast<float>(gains_.size());
    Gain gain{.message = message, .bits = {gainOf(seen_[byte]++, unlikely, count), 0}};
    if (last_) {
      gain.bits[1] = gainOf(stepSeen_[static_cast<std::uint8_t>(byte - *last_)]++, unlikely, count - 1);
    }
    last_ = byte;
    for (std::size_t i = 0; i < 2; ++i) bits_[i] += static_cast<double>(gain.bits[i]);
    gains_.push_back(gain);
  }
  /// With a share kept for the column that is nothing special. Adds what each message gains to `byMessage`.
  double finish(std::span<float> byMessage) const {
    const std::size_t better = bits_[0] >= bits_[1] ? 0 : 1;
    if (bits_[better] > 0) {
      for (const Gain &gain : gains_) byMessage[gain.message] += gain.bits[better];
    }
    return mixed({{0.6, 0}, {0.25, bits_[0]}, {0.15, bits_[1]}});
  }

 private:
  struct Gain {
    std::size_t message;
    std::array<float, 2> bits;
  };
  static float gainOf(float before, float unlikely, float count) {
    return std::log2((before * unlikely + 1) / (count + 1));
  }

  std::array<float, 256> seen_ = {};
  std::array<float, 256> stepSeen_ = {};
  std::vector<Gain> gains_;
  std::array<double, 2> bits_ = {};
  std::optional<std::uint8_t> last_;
};

}  // namespace

double columnBits(const ByteCosts &costs, ByteView bytes, std::span<const ByteRange> messages,
                  std::span<const ByteRange> skip, const Columns &columns, std::span<float> byMessage) {
  const quint64 known = std::min<quint64>(costs.size(), bytes.size());
  double bits = 0;
  ColumnCoder coder;
  const auto read = [&](quint64 column, bool fromEnd) {
    coder.begin();
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const quint64 size = messages[i].size();
      // A byte is in one column: those at the back are the ones that no column at the front has.
      if (fromEnd ? size <= columns.first + column : size <= column) continue;
      const quint64 place = fromEnd ? size - 1 - column : column;
      if (!skip.empty() && skip[i].contains(place)) continue;
      const quint64 at = messages[i].begin + place;
      if (at < known) coder.add(i, bytes[at], costs.unlikely(at));
    }
    bits += coder.finish(byMessage);
  };
  for (quint64 column = 0; column < columns.first; ++column) read(column, false);
  for (quint64 column = 0; column < columns.last; ++column) read(column, true);
  // Or nothing is special about any of them.
  return mixed({{0.5, 0}, {0.5, bits}});
}

double steadyBits(std::span<const ByteRange> messages, std::span<const float> byMessage) {
  const std::size_t parts = std::min<std::size_t>(8, byMessage.size() / 6);
  if (parts < 2) return std::numeric_limits<double>::infinity();
  // Of the stream's bytes only those of messages count: stretches may be left out.
  quint64 size = 0;
  for (const ByteRange &message : messages.first(byMessage.size())) size += message.size();
  quint64 at = 0;
  constexpr double unused = -1e300;
  std::array<double, 8> sums = {};
  std::fill(sums.begin() + static_cast<std::ptrdiff_t>(parts), sums.end(), unused);
  for (std::size_t i = 0; i < byMessage.size(); ++i) {
    // One that reaches over several parts speaks for all of them.
    const quint64 first = at * parts / size;
    at += messages[i].size();
    const quint64 last = (at - 1) * parts / size;
    for (quint64 part = first; part <= last; ++part) {
      if (part == first || part < last) sums[part] += static_cast<double>(byMessage[i]);
    }
  }
  const std::size_t poor = parts < 6 ? 0 : 1;
  std::nth_element(sums.begin(), sums.begin() + static_cast<std::ptrdiff_t>(poor + sums.size() - parts), sums.end());
  return sums[poor + sums.size() - parts] * static_cast<double>(parts);
}

double boundaryBits(quint64 hits, quint64 ends, double mean) {
  if (ends == 0 || mean <= 1) return 0;
  const double byChance = 1 / mean;
  double bits = 0;
  double seenHits = 0.5;
  double seenMisses = 0.5;
  // The order does not matter to the sum, so that all hits may come first.
  for (quint64 i = 0; i < ends; ++i) {
    const bool hit = i < hits;
    double &seen = hit ? seenHits : seenMisses;
    bits += std::log2(seen / (seenHits + seenMisses) / (hit ? byChance : 1 - byChance));
    seen += 1;
  }
  return mixed({{0.5, 0}, {0.5, bits}});
}

double evennessBits(std::span<const ByteRange> messages) {
  if (messages.size() < 2) return 0;
  double sum = 0;
  std::vector<quint64> sizes;
  for (const ByteRange &message : messages) {
    sum += static_cast<double>(message.size());
    sizes.push_back(message.size());
  }
  const double mean = sum / static_cast<double>(messages.size());
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  const auto median = static_cast<double>(*middle);
  // In bursts is not even, though it is foretold better than by chance.
  if (mean <= 1 || median < mean / 3 || median > mean * 3) return 0;
  double squares = 0;
  for (const quint64 size : sizes) squares += (static_cast<double>(size) - mean) * (static_cast<double>(size) - mean);
  // Between what falls anywhere the sizes deviate by as much as their mean is.
  if (std::sqrt(squares / static_cast<double>(sizes.size())) > mean * 0.75) return 0;
  const double goesOn = std::log2(1 - 1 / mean);
  const double ends = std::log2(1 / mean);
  NumberCoder coder;
  double bits = 0;
  for (const ByteRange &message : messages) {
    bits -= goesOn * static_cast<double>(message.size() - 1) + ends;
    bits -= static_cast<double>(coder.bits(message.size()));
  }
  constexpr double most = 30;
  return std::clamp(bits, 0.0, most);
}

}  // namespace octetscope

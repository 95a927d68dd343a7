#include "model/framing/suggestion/checksum_search.h"

#include "model/framing/framing_words.h"

#include <algorithm>
#include <vector>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostChecked = 12;   // messages
constexpr quint64 largestChecked = 2048;  // bytes of each
constexpr double believed = 14;

struct Algorithm {
  Checksum checksum;
  double cost;  // bits: how unusual it is
};

/// Those that are used most come first.
const std::vector<Algorithm> &algorithms() {
  static const std::vector<Algorithm> all = [] {
    static constexpr std::array usual = {"sum8"_L1,
                                         "xor8"_L1,
                                         "crc-8/smbus"_L1,
                                         "crc-8/maxim-dow"_L1,
                                         "crc-16/xmodem"_L1,
                                         "crc-16/modbus"_L1,
                                         "crc-16/ibm-3740"_L1,
                                         "crc-16/arc"_L1,
                                         "crc-16/kermit"_L1,
                                         "crc-16/ibm-sdlc"_L1,
                                         "crc-16/mcrf4xx"_L1,
                                         "crc-16/genibus"_L1,
                                         "crc-32/iso-hdlc"_L1,
                                         "crc-32/iscsi"_L1,
                                         "crc-32/mpeg-2"_L1,
                                         "crc-32/bzip2"_L1,
                                         "adler32"_L1,
                                         "crc-24/openpgp"_L1};
    std::vector<Algorithm> found;
    const auto add = [&found](const QString &name, double cost) {
      const auto isKnown = [&name](const Algorithm &one) { return one.checksum.name() == name; };
      if (std::any_of(found.begin(), found.end(), isKnown)) return;
      if (auto checksum = Checksum::named(name); checksum && checksum->size() <= 8) {
        found.push_back({*std::move(checksum), cost});
      }
    };
    for (const QLatin1String name : usual) add(name, 5);
    for (const QString &name : Checksum::names()) add(name, 8);
    return found;
  }();
  return all;
}

bool isRight(const FoundChecksum &check, ByteView message) {
  const auto size = static_cast<quint64>(check.checksum->size());
  if (message.size() < check.from + size + check.tail + 1) return false;
  const quint64 at = message.size() - check.tail - size;
  return check.checksum->read(message.subspan(at, size), check.order) ==
         check.checksum->of(message.subspan(check.from, at - check.from));
}

/// How many of the messages have it; 0 as soon as neither of the first two has.
std::size_t rightOnes(const FoundChecksum &check, std::span<const ByteView> messages) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (isRight(check, messages[i])) ++right;
    if (i == 1 && right == 0) return 0;
  }
  return right;
}

/// Up to two bytes that end every message, as a line end does.
quint64 constantTail(std::span<const ByteView> messages) {
  constexpr quint64 most = 2;
  quint64 tail = 0;
  const auto isSame = [&](ByteView message) {
    return message.size() > tail && message[message.size() - 1 - tail] == messages[0][messages[0].size() - 1 - tail];
  };
  while (tail < most && std::all_of(messages.begin(), messages.end(), isSame)) ++tail;
  return tail;
}

}  // namespace

QString FoundChecksum::options() const {
  QString options = u",checksum="_s + checksum->name();
  if (from > 0) options += u",from=%1"_s.arg(from);
  if (tail > 0) options += u",at=-%1"_s.arg(tail + static_cast<quint64>(checksum->size()));
  if (order != checksum->usualOrder()) options += order == ByteOrder::Little ? u",order=le"_s : u",order=be"_s;
  return options;
}

QString FoundChecksum::words() const {
  return from == 0 ? u"%1 over what stands before it is right"_s.arg(checksum->name())
                   : u"%1 over what stands before it, from byte %2 on, is right"_s.arg(checksum->name(), grouped(from));
}

std::optional<FoundChecksum> findChecksum(ByteView bytes, std::span<const ByteRange> messages,
                                          const std::set<quint64> &froms) {
  std::vector<ByteView> some;
  for (const ByteRange &range : messages) {
    const ByteView message = bytes.subspan(range.begin, range.size());
    const auto isSame = [message](ByteView other) { return qtView(other) == qtView(message); };
    const bool isNew = std::none_of(some.begin(), some.end(), isSame);
    if (isNew && !message.empty() && message.size() <= largestChecked) some.push_back(message);
    if (some.size() == mostChecked) break;
  }
  if (some.size() < 2) return std::nullopt;
  FoundChecksum best;
  for (const Algorithm &algorithm : algorithms()) {
    for (const quint64 tail : std::set<quint64>{0, constantTail(some)}) {
      for (const quint64 from : froms) {
        for (const ByteOrder order : {ByteOrder::Big, ByteOrder::Little}) {
          if (algorithm.checksum.size() == 1 && order == ByteOrder::Little) continue;
          FoundChecksum check{.checksum = &algorithm.checksum, .order = order, .from = from, .tail = tail};
          const std::size_t right = rightOnes(check, some);
          if (right * 10 < some.size() * 8) continue;
          check.cost = algorithm.cost + (order == algorithm.checksum.usualOrder() ? 0 : 2) + (from == 0 ? 0.5 : 1.5) +
                       (tail == 0 ? 0 : 5);
          check.bits = 8.0 * algorithm.checksum.size() * static_cast<double>(right) - check.cost;
          if (check.bits > best.bits) best = check;
        }
      }
    }
  }
  return best.bits < believed ? std::nullopt : std::optional(best);
}

}  // namespace octetscope

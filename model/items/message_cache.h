// MessageCache: what was looked up of one direction's final messages, which stay as they are for as long as their
// generation lasts, whatever comes and whichever moment is shown: the last groups, and where the borders were that the
// ribbon asks for at every paint. The index answers what it does not know.
#pragma once

#include "model/framing/message_index.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace octetscope {

/// A message and its number.
struct LocatedMessage {
  quint64 number = 0;
  Message message;
};

class MessageCache {
 public:
  void clear() {
    for (MessageGroup &group : groups_) group.batch.start(0);
    places_.clear();
  }
  Message message(const MessageIndex &index, const StreamView &view, quint64 number) {
    for (const MessageGroup &group : groups_) {
      if (group.contains(number)) return group.at(number);
    }
    MessageGroup &group = groups_[next_];
    next_ = (next_ + 1) % groups_.size();
    index.find(view, number, group);
    return group.contains(number) ? group.at(number) : Message{};
  }
  /// The first of the index's messages that ends behind `offset`.
  std::optional<LocatedMessage> locate(const MessageIndex &index, const StreamView &view, quint64 offset) {
    if (places_.empty()) places_.resize(placeCount);
    Place &place = places_[(offset * 0x9E3779B97F4A7C15ULL) >> placeShift];
    if (place.offset == offset && place.found.message.size > 0) return place.found;
    if (const auto known = locateKnown(offset)) return known;
    MessageGroup &group = groups_[next_];
    next_ = (next_ + 1) % groups_.size();
    const quint64 number = index.locate(view, offset, group);
    if (!group.contains(number)) return std::nullopt;
    place = {offset, {number, group.at(number)}};
    return place.found;
  }

 private:
  struct Place {
    quint64 offset = 0;
    LocatedMessage found;
  };
  std::optional<LocatedMessage> locateKnown(quint64 offset) const {
    for (const MessageGroup &group : groups_) {
      const std::span<const Message> messages = group.batch.messages();
      if (messages.empty() || offset < messages.front().offset || offset >= messages.back().end()) continue;
      const auto found =
          std::ranges::partition_point(messages, [offset](const Message &m) { return m.end() <= offset; });
      return LocatedMessage{group.first + static_cast<quint64>(found - messages.begin()), *found};
    }
    return std::nullopt;
  }

  static constexpr std::size_t placeCount = 4096;  // more than a ribbon as wide as any screen asks for
  static constexpr int placeShift = 64 - 12;

  std::array<MessageGroup, 8> groups_ = {};
  std::size_t next_ = 0;
  std::vector<Place> places_;  // by the offset's hash
};

}  // namespace octetscope

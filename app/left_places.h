// LeftPlaces: where the user was in each connection that was shown before: what was selected there, what was open in
// the list, what stood at its top. Of connections that are still there.
#pragma once

#include "model/capture/connection.h"
#include "model/items/selection_hub.h"
#include "widgets/messages/kept_places.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace octetscope {

struct LeftPlace {
  KeptPlaces messages;
  std::optional<Selection> selection;
  bool isFollowing = false;
};

class LeftPlaces {
 public:
  void leave(const std::shared_ptr<Connection> &connection, LeftPlace place) {
    std::erase_if(places_, [&](const auto &known) { return known.first.expired(); });
    places_.emplace_back(connection, std::move(place));
  }
  /// None: it was not shown before. It is forgotten.
  std::optional<LeftPlace> take(const std::shared_ptr<Connection> &connection) {
    const auto known = std::ranges::find_if(places_, [&](const auto &at) { return at.first.lock() == connection; });
    if (known == places_.end()) return std::nullopt;
    LeftPlace place = std::move(known->second);
    places_.erase(known);
    return place;
  }

 private:
  std::vector<std::pair<std::weak_ptr<Connection>, LeftPlace>> places_;
};

}  // namespace octetscope

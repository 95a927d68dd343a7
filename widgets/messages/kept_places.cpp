#include "widgets/messages/kept_places.h"

#include <algorithm>

namespace octetscope {

namespace {
constexpr qsizetype mostOpen = 64;
}

void KeptPlaces::addOpened(const Selection &message) {
  removeOpened(message);
  opened_.append(message);
  if (opened_.size() > mostOpen) opened_.removeFirst();
}

void KeptPlaces::removeOpened(const Selection &message) {
  opened_.removeIf([&message](const Selection &opened) {
    return opened.direction == message.direction && opened.range.begin == message.range.begin;
  });
}

void KeptPlaces::startWaiting(bool top, const std::optional<Selection> &current) {
  // What still waits since the last time is what the user saw; what stands there now is only on its way.
  forget(Why::Current);
  const bool waits =
      std::any_of(waiting_.cbegin(), waiting_.cend(), [](const Place &place) { return place.why == Why::Top; });
  for (const Selection &opened : std::as_const(opened_)) wait(Why::Open, opened);
  opened_.clear();
  if (!waits && top && top_) wait(Why::Top, *top_);
  if (current) wait(Why::Current, *current);
  while (waiting_.size() > mostOpen + 2) waiting_.removeFirst();
  // Numbers belonged to the old messages.
  for (Place &place : waiting_) place.at = place.at.withoutMessages();
}

void KeptPlaces::waitForGone(const std::function<bool(const Selection &)> &isThere) {
  opened_.removeIf([&](const Selection &opened) {
    if (isThere(opened)) return false;
    wait(Why::Open, opened);
    return true;
  });
  while (waiting_.size() > mostOpen + 2) waiting_.removeFirst();
}

void KeptPlaces::forget(Why why) {
  waiting_.removeIf([why](const Place &place) { return place.why == why; });
}

}  // namespace octetscope

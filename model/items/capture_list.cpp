#include "model/items/capture_list.h"

#include <algorithm>

namespace octetscope {

CaptureList::~CaptureList() = default;

int CaptureList::indexOf(const Capture *capture) const {
  const auto found = std::ranges::find(captures_, capture, &std::unique_ptr<Capture>::get);
  return found == captures_.end() ? -1 : static_cast<int>(found - captures_.begin());
}

QList<Capture *> CaptureList::all() const {
  QList<Capture *> result;
  for (const auto &capture : captures_) result.append(capture.get());
  return result;
}

Capture *CaptureList::add(std::unique_ptr<Capture> capture) {
  Q_EMIT aboutToBeAdded(count());
  captures_.push_back(std::move(capture));
  Capture *const result = captures_.back().get();
  Q_EMIT added(result);
  return result;
}

void CaptureList::remove(Capture *capture) {
  const int index = indexOf(capture);
  if (index < 0) return;
  Q_EMIT aboutToBeRemoved(capture);
  const std::unique_ptr<Capture> gone = std::move(captures_[static_cast<std::size_t>(index)]);
  captures_.erase(captures_.begin() + index);
  Q_EMIT removed(index);
}

}  // namespace octetscope

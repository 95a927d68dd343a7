// KeptPlaces: what of the message list outlives a new beginning of its rows: which messages are open, what stands at
// the top, what is selected. Bytes stay what they are, only their messages are cut anew: so places of the stream are
// kept, and wait until there is a row for them.
#pragma once

#include "model/items/selection_hub.h"

#include <QList>

#include <functional>
#include <optional>

namespace octetscope {

class KeptPlaces {
 public:
  enum class Why { Current, Top, Open };
  struct Place {
    Why why;
    Selection at;
  };

  void clear() { *this = {}; }

  /// A message was opened or closed; only the latest are kept.
  void addOpened(const Selection &message);
  void removeOpened(const Selection &message);
  void clearOpened() { opened_.clear(); }
  /// To be told while the rows are there: once they are gone it is too late.
  void setTop(const Selection &message) { top_ = message; }
  const std::optional<Selection> &top() const { return top_; }

  /// The rows began anew: what is kept waits from now on. `top`: what stood at the top is to come there again.
  void startWaiting(bool top, const std::optional<Selection> &current);
  void wait(Why why, const Selection &at) { waiting_.append({why, at}); }
  void forget(Why why);
  /// Rows went that may come again: what was open in them waits. `isThere`: whether a message has a row now.
  void waitForGone(const std::function<bool(const Selection &)> &isThere);
  bool isWaiting() const { return !waiting_.isEmpty(); }
  /// Takes out all that waits; what has no row yet is given back.
  QList<Place> take() { return std::exchange(waiting_, {}); }
  void giveBack(const QList<Place> &still) { waiting_ = still + waiting_; }

 private:
  QList<Place> waiting_;
  QList<Selection> opened_;  // the latest last
  std::optional<Selection> top_;
};

}  // namespace octetscope

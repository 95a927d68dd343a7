// MarkTargets: what is meant by marking what is selected: every selected row of the message list where the keyboard was
// there last, as for copying; else the selected bytes, or the message the caret stands in.
#pragma once

#include "model/items/selection_hub.h"
#include "model/marks/mark.h"

#include <functional>
#include <optional>
#include <vector>

namespace octetscope {

class ConnectionDecoder;
class CopyCommands;
class MainWindow;

class MarkTargets {
 public:
  /// Neither is owned.
  MarkTargets(const MainWindow *window, const CopyCommands *copies) : window_(window), copies_(copies) {}

  /// How many rows of the message list are selected, where those are meant; 0: a single place is.
  quint64 rows() const;
  /// The place of one thing: all that is selected, or of several rows the current one.
  std::optional<MarkPlace> single() const;
  /// All of them where few are meant; none where there are more than `most` rows.
  std::vector<MarkPlace> few(quint64 most) const;

  /// Every place once, sorted; of one more than `most` it is enough.
  using Found = std::function<void(const std::vector<MarkPlace> &places)>;
  /// Calls `found` on return where there are few, else after a while; `failed` where the rows changed meanwhile.
  void find(std::size_t most, Found found, std::function<void()> failed) const;

 private:
  std::optional<MarkPlace> placeOf(const Selection &selection) const;

  const MainWindow *const window_;
  const CopyCommands *const copies_;
};

}  // namespace octetscope

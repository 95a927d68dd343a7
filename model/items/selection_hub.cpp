#include "model/items/selection_hub.h"

namespace octetscope {

void SelectionHub::select(std::optional<Selection> selection, const QObject *who) {
  if (selection == current_) return;
  current_ = std::move(selection);
  Q_EMIT changed(current_, who);
}

}  // namespace octetscope

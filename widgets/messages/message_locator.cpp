#include "widgets/messages/message_locator.h"

#include "model/items/message_tree_model.h"

namespace octetscope {

MessageTreeView::Locator messageLocator(const MessageTreeModel *model) {
  return [model](const Selection &selection) -> QModelIndex {
    const ConnectionDecoder *decoder = model->decoder();
    if (!decoder) return {};
    const auto number =
        selection.message ? selection.message : decoder->messageAt(selection.direction, selection.range.begin);
    if (!number) return {};
    if (const auto &payload = selection.payload; payload && payload->of.first() == *number) {
      return model->indexIn(selection.direction, payload->of, payload->range.begin);
    }
    return model->indexAt(selection.direction, *number, selection.range.begin);
  };
}

}  // namespace octetscope

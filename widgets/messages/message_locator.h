// messageLocator: how the message list finds the row of a selection in a MessageTreeModel.
#pragma once

#include "widgets/messages/message_tree_view.h"

namespace octetscope {

class MessageTreeModel;

/// `model` must outlive what is returned.
MessageTreeView::Locator messageLocator(const MessageTreeModel *model);

}  // namespace octetscope

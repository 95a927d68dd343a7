#include "app/send_commands.h"

#include "app/connection_view.h"
#include "app/main_window.h"
#include "widgets/composer/composer_panel.h"
#include "widgets/messages/message_tree_view.h"

#include <QMimeData>

namespace octetscope {

namespace {

/// The message of the stream that the current row is, or lies in.
QModelIndex currentMessage(const MessageTreeView &list) {
  QModelIndex row = list.currentIndex();
  while (row.parent().isValid()) row = row.parent();
  const bool isMessage =
      row.data(MessageTreeModel::KindRole).toInt() == static_cast<int>(MessageTreeModel::Kind::Message);
  return row.isValid() && isMessage ? row : QModelIndex();
}

}  // namespace

SendCommands::SendCommands(MainWindow *window) : QObject(window), window_(window) {
  connect(window->actions()[ActionId::EditInSend], &QAction::triggered, this, &SendCommands::edit);
  const MessageTreeView *messages = window->view()->messages();
  connect(messages, &MessageTreeView::currentChanged, this, &SendCommands::updateEnabled);
  connect(messages, &MessageTreeView::rowMenuAsked, this, &SendCommands::updateEnabled);
  updateEnabled();
}

void SendCommands::updateEnabled() {
  window_->actions()[ActionId::EditInSend]->setEnabled(currentMessage(*window_->view()->messages()).isValid());
}

void SendCommands::edit() {
  const QModelIndex message = currentMessage(*window_->view()->messages());
  if (!message.isValid()) return;
  const std::unique_ptr<QMimeData> data(window_->view()->messageModel()->mimeData({message}));
  if (!data) return window_->say(tr("This message is too long to be edited: a file of it can be sent."));
  window_->openPane(window_->composer());
  window_->composer()->take(*data);
}

}  // namespace octetscope

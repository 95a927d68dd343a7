#include "app/send_commands.h"

#include "app/connection_view.h"
#include "app/main_window.h"
#include "widgets/composer/composer_panel.h"
#include "widgets/messages/message_tree_view.h"

#include <QMimeData>

namespace octetscope {

namespace {

/// The message of the stream that a row is, or lies in.
QModelIndex messageOf(QModelIndex row) {
  while (row.parent().isValid()) row = row.parent();
  const bool isMessage =
      row.data(MessageTreeModel::KindRole).toInt() == static_cast<int>(MessageTreeModel::Kind::Message);
  return row.isValid() && isMessage ? row : QModelIndex();
}

/// Every message that is selected, or that a selected row lies in; none where they are too many.
QModelIndexList selectedMessages(const MessageTreeView &list) {
  QModelIndexList messages;
  for (const QModelIndex &row : list.selectedRows(MessageTreeView::mostDraggedRows)) {
    const QModelIndex message = messageOf(row);
    if (message.isValid() && (messages.isEmpty() || messages.last() != message)) messages.append(message);
  }
  return messages;
}

}  // namespace

SendCommands::SendCommands(MainWindow *window) : QObject(window), window_(window) {
  connect(window->actions()[ActionId::EditInSend], &QAction::triggered, this, &SendCommands::edit);
  const MessageTreeView *messages = window->view()->messages();
  connect(messages, &MessageTreeView::currentChanged, this, &SendCommands::updateEnabled);
  connect(messages, &MessageTreeView::selectedRowsChanged, this, &SendCommands::updateEnabled);
  connect(messages, &MessageTreeView::rowMenuAsked, this, &SendCommands::updateEnabled);
  updateEnabled();
}

void SendCommands::updateEnabled() {
  const MessageTreeView *messages = window_->view()->messages();
  const LineRuns lines = messages->selectedLines();
  const bool isOne = lines.count() == 1 && messageOf(messages->indexAtLine(lines.first())).isValid();
  window_->actions()[ActionId::EditInSend]->setEnabled(isOne || lines.count() > 1);
}

void SendCommands::edit() {
  const MessageTreeView *list = window_->view()->messages();
  const quint64 rows = list->selectedLines().count();
  const QModelIndexList messages = selectedMessages(*list);
  if (messages.isEmpty() && rows <= MessageTreeView::mostDraggedRows) {
    return window_->say(tr("Nothing to edit: what is selected is no message."));
  }
  const std::unique_ptr<QMimeData> data(window_->view()->messageModel()->mimeData(messages));
  if (!data && rows > 1) {
    return window_->say(tr("What is selected is too much to be edited at once: %1 rows and a mebibyte at most.")
                            .arg(window_->locale().toString(MessageTreeView::mostDraggedRows)));
  }
  if (!data) return window_->say(tr("This message is too long to be edited: a file of it can be sent."));
  window_->openPane(window_->composer());
  window_->composer()->take(*data);
}

}  // namespace octetscope

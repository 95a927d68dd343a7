#include "app/column_commands.h"

#include "app/connection_view.h"
#include "app/main_window.h"
#include "widgets/messages/add_column_dialog.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_tree_view.h"

#include <QMenu>

namespace octetscope {

ColumnCommands::ColumnCommands(MainWindow *window) : QObject(window), window_(window) {
  Actions &actions = window->actions();
  connect(actions[ActionId::ShowAsColumn], &QAction::triggered, this, &ColumnCommands::showAsColumn);
  connect(actions[ActionId::AddColumn], &QAction::triggered, this, [this] { addColumn(-1); });
  connect(actions[ActionId::ResetColumns], &QAction::triggered, header(), &MessageHeader::resetColumns);
  connect(header(), &MessageHeader::addRequested, this, &ColumnCommands::addColumn);
  MessageTreeView *const list = window->view()->messages();
  connect(list, &MessageTreeView::currentChanged, this, &ColumnCommands::updateEnabled);
  connect(list, &MessageTreeView::rowMenuAsked, this, &ColumnCommands::updateEnabled);
}

MessageHeader *ColumnCommands::header() const {
  return window_->view()->messages()->header();
}

void ColumnCommands::updateEnabled() {
  const ConnectionView *view = window_->view();
  const QString field = view->messageModel()->fieldNameAt(view->messages()->currentIndex());
  window_->actions()[ActionId::ShowAsColumn]->setEnabled(!field.isEmpty());
}

void ColumnCommands::showAsColumn() {
  const ConnectionView *view = window_->view();
  const auto column = MessageColumn::of(view->messageModel()->fieldNameAt(view->messages()->currentIndex()));
  if (!column) return;
  header()->showField(*column);
  window_->say(tr("Column %1: its head, or View ▸ Columns, moves and removes it, and says how values are written.")
                   .arg(column->field));
}

void ColumnCommands::addColumn(int visual) {
  AddColumnDialog dialog(window_->view()->filter(), window_->view()->decoder(), window_);
  if (dialog.exec() != QDialog::Accepted) return;
  header()->showField(dialog.column(), visual);
}

void ColumnCommands::offerMenu(QMenu *menu) {
  connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillMenu(menu); });
  fillMenu(menu);
}

void ColumnCommands::fillMenu(QMenu *menu) {
  for (QAction *entry : std::as_const(entries_)) {
    // A menu takes its entry with it.
    if (entry->menu()) {
      delete entry->menu();
    } else {
      delete entry;
    }
  }
  const QList<QAction *> fixed = menu->actions();
  menu->addSeparator();
  header()->addColumnEntries(menu);
  entries_ = menu->actions().mid(fixed.size());
}

}  // namespace octetscope

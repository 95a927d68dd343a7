// What is done to the columns of the message list by menus, and by what is dropped on their heads.
#include "model/items/message_tree_model.h"
#include "widgets/messages/message_header.h"

#include <QActionGroup>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>

namespace octetscope {

QString MessageHeader::titleOf(int section) const {
  QString title = model()->headerData(section, Qt::Horizontal).toString().left(60);
  return title.replace(QLatin1Char('&'), QLatin1String("&&"));
}

/// What can be done to one column.
void MessageHeader::addActsOn(QMenu *menu, int section) {
  const QString title = titleOf(section);
  const auto add = [&](const QString &text, const QString &tip, bool isEnabled, auto act) {
    QAction *action = menu->addAction(text, this, act);
    action->setEnabled(isEnabled);
    action->setStatusTip(tip);
  };
  const bool isFields = columned() && columned()->isFieldColumn(section);
  add(tr("Move “%1” &Left").arg(title), tr("Change places with the column before it"), canMoveColumn(section, -1),
      [this, section] { moveColumn(section, -1); });
  add(tr("Move “%1” &Right").arg(title), tr("Change places with the column behind it"), canMoveColumn(section, 1),
      [this, section] { moveColumn(section, 1); });
  if (section != MessageTreeModel::NumberColumn && !isSectionHidden(section)) {
    add(tr("&Hide “%1”").arg(title), tr("The column stays in this menu, to be shown again"), true,
        [this, section] { hideSection(section); });
  }
  if (!isFields) return;
  QMenu *formats = menu->addMenu(tr("Show &Values as"));
  formats->menuAction()->setStatusTip(tr("How the values of this field are written"));
  auto *group = new QActionGroup(formats);
  for (const CellFormat format : cellFormats) {
    QAction *action = formats->addAction(cellFormatTitle(format), this, [this, section, format] {
      columned()->setColumnFormat(section, format);
      Q_EMIT formatChosen(section);
    });
    action->setStatusTip(formats->menuAction()->statusTip());
    action->setCheckable(true);
    action->setChecked(columned()->columns()[section].format == format);
    group->addAction(action);
    if (format == CellFormat::AsItIs || format == CellFormat::Text || format == CellFormat::UnixNanoseconds) {
      formats->addSeparator();
    }
  }
  add(tr("R&emove “%1”").arg(title), tr("Take the column out of the list"), true,
      [this, section] { columned()->removeColumn(section); });
}

void MessageHeader::addColumnEntries(QMenu *menu) {
  QList<int> sections;
  for (int visual = 0; visual < count(); ++visual) sections.append(logicalIndex(visual));
  for (const int section : sections) {
    if (section == MessageTreeModel::NumberColumn) continue;
    QAction *action = menu->addAction(titleOf(section));
    action->setStatusTip(tr("Show this column, or hide it"));
    action->setCheckable(true);
    action->setChecked(!isSectionHidden(section));
    connect(action, &QAction::toggled, this, [this, section](bool shown) { setSectionHidden(section, !shown); });
  }
  menu->addSeparator();
  QMenu *change = menu->addMenu(tr("&Change a Column"));
  change->menuAction()->setStatusTip(tr("Move, hide or remove a column, or write its values otherwise"));
  for (const int section : sections) {
    QMenu *one = change->addMenu(titleOf(section));
    one->menuAction()->setStatusTip(change->menuAction()->statusTip());
    addActsOn(one, section);
  }
}

QMenu *MessageHeader::createColumnMenu(QWidget *parent, int section) {
  auto *menu = new QMenu(tr("Columns"), parent);
  const int visual = section < 0 ? -1 : visualIndex(section);
  if (section >= 0) {
    addActsOn(menu, section);
    menu->addSeparator();
  }
  if (columned()) {
    menu->addAction(tr("&Add Column…"), this, [this, visual] { Q_EMIT addRequested(visual); });
    menu->addSeparator();
  }
  addColumnEntries(menu);
  menu->addAction(tr("&Reset Columns"), this, &MessageHeader::resetColumns);
  return menu;
}

void MessageHeader::contextMenuEvent(QContextMenuEvent *event) {
  if (!model()) return;
  QMenu *menu = createColumnMenu(this, logicalIndexAt(event->pos().x()));
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->popup(event->globalPos());
  event->accept();
}

// Dropping

/// The place among the columns that `x` is nearest to; it may be behind the last.
int MessageHeader::visualAt(int x) const {
  const int visual = visualIndexAt(x);
  if (visual < 0) return x < 0 ? 1 : count();
  const int section = logicalIndex(visual);
  const bool isBehind = x > sectionViewportPosition(section) + sectionSize(section) / 2;
  return visual + (isBehind ? 1 : 0);
}

void MessageHeader::setDropMark(int visual) {
  if (visual == dropMark_) return;
  dropMark_ = visual;
  viewport()->update();
}

void MessageHeader::dragEnterEvent(QDragEnterEvent *event) {
  dragMoveEvent(event);
}

void MessageHeader::dragMoveEvent(QDragMoveEvent *event) {
  if (!columned() || !event->mimeData()->hasFormat(QLatin1String(MessageTreeModel::fieldNameType))) {
    event->ignore();
    return;
  }
  setDropMark(visualAt(event->position().toPoint().x()));
  event->setDropAction(Qt::CopyAction);
  event->accept();
}

void MessageHeader::dragLeaveEvent(QDragLeaveEvent *event) {
  setDropMark(-1);
  event->accept();
}

void MessageHeader::dropEvent(QDropEvent *event) {
  setDropMark(-1);
  const QByteArray name = event->mimeData()->data(QLatin1String(MessageTreeModel::fieldNameType));
  const auto column = MessageColumn::of(QString::fromUtf8(name));
  if (!columned() || !column) {
    event->ignore();
    return;
  }
  showField(*column, visualAt(event->position().toPoint().x()));
  event->setDropAction(Qt::CopyAction);
  event->accept();
}

void MessageHeader::paintEvent(QPaintEvent *event) {
  QHeaderView::paintEvent(event);
  if (dropMark_ < 0) return;
  const bool isLast = dropMark_ >= count();
  const int section = logicalIndex(isLast ? count() - 1 : dropMark_);
  const int x = sectionViewportPosition(section) + (isLast ? sectionSize(section) : 0);
  QPainter painter(viewport());
  painter.fillRect(QRect(std::max(0, x - 2), 0, 4, height()), palette().color(QPalette::Highlight));
}

}  // namespace octetscope

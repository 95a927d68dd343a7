#include "widgets/marks/marks_pane.h"

#include "model/items/mark_words.h"
#include "widgets/controls/plain_tip_delegate.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QTreeView>
#include <QVBoxLayout>

namespace octetscope {

namespace {

using M = MarkListModel;

MarkColor colorOf(const QModelIndex &index) {
  return static_cast<MarkColor>(index.data(M::ColorRole).toInt());
}

/// Adds glyphs, colours and arrows; its tips are never markup.
class MarkDelegate : public PlainTipDelegate {
 public:
  using PlainTipDelegate::PlainTipDelegate;

 protected:
  void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override {
    PlainTipDelegate::initStyleOption(option, index);
    if (index.column() == M::ColorColumn) {
      option->text = Theme::glyph(colorOf(index)) + QLatin1Char(' ') + option->text;
      option->palette.setColor(QPalette::Text, Theme::of(option->palette).mark(colorOf(index)));
    } else if (index.column() == M::DirectionColumn) {
      const auto direction = static_cast<Direction>(index.data(M::DirectionRole).toInt());
      option->text = Theme::arrow(direction) + QLatin1Char(' ') + option->text;
    }
  }
};

/// Says what a list without rows is for.
class MarkList : public QTreeView {
 public:
  using QTreeView::QTreeView;

 protected:
  void paintEvent(QPaintEvent *event) override {
    QTreeView::paintEvent(event);
    if (model()->rowCount() > 0) return;
    QPainter painter(viewport());
    painter.setPen(Theme::of(this).mutedText());
    const bool isFiltered = !static_cast<MarkListModel *>(model())->filter().isEmpty();
    painter.drawText(viewport()->rect().adjusted(8, 4, -8, -4), Qt::AlignCenter | Qt::TextWordWrap,
                     isFiltered ? MarksPane::tr("No mark has these words.")
                                : MarksPane::tr("Nothing is marked. Select a message, a field or bytes and press "
                                                "Ctrl+M; Ctrl+Shift+M marks with a note."));
  }
};

}  // namespace

MarksPane::MarksPane(QWidget *parent)
    : QWidget(parent), filter_(new QLineEdit), count_(new QLabel), list_(new MarkList) {
  filter_->setPlaceholderText(tr("Only marks with these words"));
  filter_->setClearButtonEnabled(true);
  filter_->setAccessibleName(tr("Filter of the marks"));
  filter_->setToolTip(tr("List only the marks whose note or colour has these words"));
  count_->setAccessibleName(tr("How many marks there are"));
  list_->setModel(&model_);
  list_->setItemDelegate(new MarkDelegate(list_));
  list_->setAccessibleName(tr("Marks"));
  list_->setRootIsDecorated(false);
  list_->setUniformRowHeights(true);
  list_->setAllColumnsShowFocus(true);
  list_->setAlternatingRowColors(true);
  list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  list_->setEditTriggers(QAbstractItemView::DoubleClicked);
  list_->setContextMenuPolicy(Qt::CustomContextMenu);
  list_->header()->setStretchLastSection(true);
  const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
  const auto width = [&](int column, int characters) { list_->setColumnWidth(column, characters * digit + 12); };
  width(M::ColorColumn, 11);
  width(M::DirectionColumn, 11);
  width(M::PlaceColumn, 16);
  width(M::SizeColumn, 9);
  width(M::MessageColumn, 11);
  list_->installEventFilter(this);
  filter_->installEventFilter(this);

  auto *bar = new QHBoxLayout;
  bar->setContentsMargins(4, 2, 4, 2);
  bar->addWidget(filter_, 1);
  bar->addWidget(count_);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(bar);
  layout->addWidget(list_, 1);

  connect(filter_, &QLineEdit::textChanged, this, [this](const QString &words) {
    model_.setFilter(words);
    showCount();
  });
  // Carried out once the editor of the note is gone: the row may not stay where it is.
  connect(&model_, &MarkListModel::noteEdited, this, &MarksPane::noteAsked, Qt::QueuedConnection);
  connect(list_, &QTreeView::clicked, this, &MarksPane::goToCurrent);
  connect(list_, &QTreeView::customContextMenuRequested, this, &MarksPane::showMenu);
  for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
    connect(&model_, signal, this, &MarksPane::showCount);
  }
  connect(&model_, &QAbstractItemModel::modelReset, this, &MarksPane::showCount);
  showCount();
}

void MarksPane::showCount() {
  const auto all = static_cast<int>(model_.marks() ? model_.marks()->table().count() : 0);
  const QString count = locale().toString(all);
  count_->setText(model_.filter().isEmpty() ? count : tr("%1 of %2").arg(locale().toString(model_.rowCount()), count));
}

void MarksPane::setCurrent(const MarkPlace &place) {
  const int row = model_.rowOf(place);
  if (row < 0) return;
  // Of itself Qt takes a Ctrl that is held, for the shortcut of another command, for one that adds to what is selected.
  list_->selectionModel()->setCurrentIndex(model_.index(row, 0),
                                           QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

QList<Mark> MarksPane::selectedMarks() const {
  QList<Mark> marks;
  for (const QModelIndex &row : list_->selectionModel()->selectedRows()) marks.append(model_.markAt(row.row()));
  return marks;
}

void MarksPane::goToCurrent() {
  const QModelIndex current = list_->currentIndex();
  if (current.isValid()) Q_EMIT goToAsked(model_.markAt(current.row()).place);
}

void MarksPane::editNote() {
  const QModelIndex current = list_->currentIndex();
  if (current.isValid()) list_->edit(current.siblingAtColumn(M::NoteColumn));
}

void MarksPane::removeSelected() {
  if (const QList<Mark> marks = selectedMarks(); !marks.isEmpty()) Q_EMIT removeAsked(marks);
}

void MarksPane::copy() const {
  QStringList lines;
  QModelIndexList rows = list_->selectionModel()->selectedRows();
  std::ranges::sort(rows, {}, &QModelIndex::row);
  for (const QModelIndex &row : rows) {
    QStringList cells;
    for (int column = 0; column < M::ColumnCount; ++column) cells += row.siblingAtColumn(column).data().toString();
    lines += cells.join(QLatin1Char('\t'));
  }
  if (!lines.isEmpty()) QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

bool MarksPane::eventFilter(QObject *watched, QEvent *event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto *key = static_cast<QKeyEvent *>(event);
    if (watched == list_ && (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::Delete))) {
      event->accept();
      return true;
    }
  }
  if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
  const auto *key = static_cast<QKeyEvent *>(event);
  if (watched == filter_) {
    if (key->key() == Qt::Key_Escape && !filter_->text().isEmpty()) {
      filter_->clear();
      return true;
    }
    if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Return) {
      list_->setFocus(Qt::OtherFocusReason);
      if (!list_->currentIndex().isValid() && model_.rowCount() > 0) list_->setCurrentIndex(model_.index(0, 0));
      return true;
    }
    return QWidget::eventFilter(watched, event);
  }
  if (key->matches(QKeySequence::Copy)) {
    copy();
  } else if (key->matches(QKeySequence::Delete)) {
    removeSelected();
  } else if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
    goToCurrent();
  } else {
    return QWidget::eventFilter(watched, event);
  }
  return true;
}

void MarksPane::showMenu(QPoint inList) {
  const QList<Mark> marks = selectedMarks();
  auto *menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addAction(tr("&Go there"), QKeySequence(Qt::Key_Return), this, &MarksPane::goToCurrent);
  menu->addAction(tr("&Edit the note"), this, &MarksPane::editNote);
  for (int i = 0; i < markColorCount; ++i) {
    const auto color = static_cast<MarkColor>(i);
    if (i == 0) menu->addSeparator();
    menu->addAction(tr("Mark %1  %2").arg(markColorName(color), Theme::glyph(color)), this,
                    [this, marks, color] { Q_EMIT colorAsked(marks, color); });
  }
  menu->addSeparator();
  menu->addAction(tr("&Copy"), QKeySequence(QKeySequence::Copy), this, &MarksPane::copy);
  menu->addAction(tr("&Remove"), QKeySequence(QKeySequence::Delete), this, &MarksPane::removeSelected);
  for (QAction *action : menu->actions()) action->setEnabled(!marks.isEmpty());
  menu->popup(list_->viewport()->mapToGlobal(inList));
}

}  // namespace octetscope

#include "widgets/help/help_window.h"

#include "widgets/controls/tool_tips.h"
#include "widgets/help/framing_page.h"

#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace octetscope {

namespace {

constexpr QSize firstSize(1000, 720);
constexpr int listWidth = 230;

}  // namespace

HelpWindow::HelpWindow(QWidget *parent)
    : QDialog(parent),
      search_(new QLineEdit(this)),
      list_(new QListView(this)),
      page_(new FramingPage(this)),
      use_(nullptr) {
  setWindowTitle(tr("Help: framings"));
  setWindowFlag(Qt::WindowContextHelpButtonHint, false);
  setSizeGripEnabled(true);
  resize(firstSize);

  search_->setPlaceholderText(tr("Search"));
  search_->setClearButtonEnabled(true);
  search_->setAccessibleName(tr("Search the framings"));
  for (QToolButton *clear : search_->findChildren<QToolButton *>()) clear->setAccessibleName(tr("Clear the search"));
  search_->setToolTip(
      wrappedTip(tr("Words that stand in a framing's name, in what one message is, or in its options. Down and Up go "
                    "through what is found, Enter goes to its page.")));
  search_->installEventFilter(this);
  list_->setModel(&model_);
  list_->setUniformItemSizes(true);
  list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  list_->setAccessibleName(tr("Framings"));
  list_->setTextElideMode(Qt::ElideRight);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

  auto *left = new QWidget(this);
  auto *leftColumn = new QVBoxLayout(left);
  leftColumn->setContentsMargins(0, 0, 0, 0);
  leftColumn->addWidget(search_);
  leftColumn->addWidget(list_, 1);
  auto *splitter = new QSplitter(this);
  splitter->addWidget(left);
  splitter->addWidget(page_);
  splitter->setStretchFactor(0, 0);
  splitter->setStretchFactor(1, 1);
  splitter->setChildrenCollapsible(false);
  splitter->setSizes({listWidth, firstSize.width() - listWidth});

  auto *buttons = new QDialogButtonBox(this);
  use_ = buttons->addButton(tr("&Use this framing"), QDialogButtonBox::ActionRole);
  use_->setAutoDefault(false);
  use_->setToolTip(wrappedTip(tr("Read the capture that is shown by this framing; Ctrl+Z takes it back")));
  QPushButton *close = buttons->addButton(QDialogButtonBox::Close);
  close->setAutoDefault(false);
  auto *column = new QVBoxLayout(this);
  column->addWidget(splitter, 1);
  column->addWidget(buttons);

  connect(buttons, &QDialogButtonBox::rejected, this, &HelpWindow::reject);
  connect(use_, &QPushButton::clicked, this, [this] {
    if (const FramingKind *kind = page_->kind()) Q_EMIT useAsked(kind->examples.value(0, kind->name));
  });
  connect(page_, &FramingPage::useAsked, this, &HelpWindow::useAsked);
  connect(page_, &FramingPage::tryAsked, this, &HelpWindow::tryAsked);
  connect(search_, &QLineEdit::textChanged, this, &HelpWindow::find);
  connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, &HelpWindow::choose);
  connect(list_, &QListView::activated, this, [this] { page_->setFocus(); });
  auto *toSearch = new QShortcut(QKeySequence::Find, this);
  connect(toSearch, &QShortcut::activated, this, &HelpWindow::focusSearch);
  list_->setCurrentIndex(model_.index(0));
}

void HelpWindow::showFraming(const QString &name) {
  const bool isListed =
      std::ranges::any_of(FramingListModel::all(), [&](const FramingKind *one) { return one->name == name; });
  if (!isListed) return;
  if (model_.rowOf(name) < 0) search_->clear();
  list_->setCurrentIndex(model_.index(model_.rowOf(name)));
  list_->scrollTo(list_->currentIndex());
}

void HelpWindow::focusSearch() {
  search_->setFocus(Qt::ShortcutFocusReason);
  search_->selectAll();
}

void HelpWindow::choose(const QModelIndex &index) {
  if (!index.isValid()) return;
  const FramingKind &kind = model_.kind(index.row());
  if (kind.name != page_->name()) page_->show(kind);
}

void HelpWindow::find(const QString &text) {
  model_.setSearch(text);
  // What fits best is shown; the page that is read stays where nothing is found, and where the search ends.
  const int row = text.trimmed().isEmpty() ? std::max(0, model_.rowOf(page_->name())) : 0;
  list_->setCurrentIndex(model_.index(row));
}

bool HelpWindow::eventFilter(QObject *watched, QEvent *event) {
  if (watched != search_ || event->type() != QEvent::KeyPress) return QDialog::eventFilter(watched, event);
  auto *key = static_cast<QKeyEvent *>(event);
  switch (key->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down: {
      const int step = key->key() == Qt::Key_Down ? 1 : -1;
      const QModelIndex next = model_.index(list_->currentIndex().row() + step);
      if (next.isValid()) list_->setCurrentIndex(next);
      return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
      page_->setFocus(Qt::OtherFocusReason);
      return true;
    default:
      return false;
  }
}

}  // namespace octetscope

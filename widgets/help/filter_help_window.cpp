#include "widgets/help/filter_help_window.h"

#include "model/filter/filter_help.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QTextCursor>
#include <QToolButton>
#include <QVBoxLayout>

namespace octetscope {

namespace {

constexpr QSize firstSize(900, 720);

}  // namespace

FilterHelpWindow::FilterHelpWindow(QWidget *parent)
    : QDialog(parent), search_(new QLineEdit(this)), page_(new QPlainTextEdit(this)) {
  setWindowTitle(tr("Help: filters"));
  setWindowFlag(Qt::WindowContextHelpButtonHint, false);
  setSizeGripEnabled(true);
  resize(firstSize);
  search_->setPlaceholderText(tr("Search (Enter: the next place)"));
  search_->setClearButtonEnabled(true);
  search_->setAccessibleName(tr("Search the page"));
  for (QToolButton *clear : search_->findChildren<QToolButton *>()) clear->setAccessibleName(tr("Clear the search"));
  page_->setReadOnly(true);
  page_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  page_->setAccessibleName(tr("How filters are written"));
  QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  fixed.setPointSizeF(font().pointSizeF());
  page_->setFont(fixed);
  page_->setPlainText(filterHelp());
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  for (QAbstractButton *button : buttons->buttons()) static_cast<QPushButton *>(button)->setAutoDefault(false);
  auto *column = new QVBoxLayout(this);
  column->addWidget(search_);
  column->addWidget(page_, 1);
  column->addWidget(buttons);

  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(search_, &QLineEdit::textEdited, this, [this] { find(true); });
  connect(search_, &QLineEdit::returnPressed, this, [this] { find(false); });
  auto *toSearch = new QShortcut(QKeySequence::Find, this);
  connect(toSearch, &QShortcut::activated, this, [this] {
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
  });
  page_->setFocus();
}

void FilterHelpWindow::find(bool isFirst) {
  QTextCursor cursor = page_->textCursor();
  // As one types, what was found may go on to match where it is.
  cursor.setPosition(isFirst ? cursor.selectionStart() : cursor.selectionEnd());
  page_->setTextCursor(cursor);
  if (search_->text().isEmpty() || page_->find(search_->text())) return;
  page_->moveCursor(QTextCursor::Start);
  page_->find(search_->text());
}

}  // namespace octetscope

#include "widgets/composer/history_button.h"

#include "widgets/controls/tool_tips.h"

#include <QMenu>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostInMenu = 20;
}

HistoryButton::HistoryButton(const SendHistory *history, QWidget *parent)
    : QPushButton(tr("Histor&y"), parent), history_(history) {
  setAutoDefault(false);
  setAccessibleName(tr("History"));
  auto *menu = new QMenu(this);
  menu->setToolTipsVisible(true);
  setMenu(menu);
  connect(menu, &QMenu::aboutToShow, this, &HistoryButton::fill);
}

void HistoryButton::showState(bool hasSent, const QString &reason) {
  reason_ = hasSent ? reason : tr("nothing was sent since the program began");
  const bool remembers = hasSent || !history_->isEmpty();
  setEnabled(remembers);
  setToolTip(wrappedTip(
      remembers ? tr("What was sent before (Alt+Up, Alt+Down). Ctrl+Shift+Enter sends the last again. The last %1 are "
                     "kept, files by their path; what is very long only until the program ends.")
                      .arg(SendHistory::mostEntries)
                : tr("What was sent before. Not now: nothing was sent yet.")));
}

void HistoryButton::fill() {
  menu()->clear();
  QAction *again = menu()->addAction(tr("Send again"), this, &HistoryButton::againChosen);
  again->setEnabled(reason_.isEmpty());
  again->setToolTip(reason_.isEmpty() ? tr("Sends the same bytes once more (Ctrl+Shift+Enter)")
                                      : tr("Not now: %1.").arg(reason_));
  menu()->addSeparator();
  for (qsizetype i = 0; i < std::min(mostInMenu, history_->size()); ++i) {
    QString title = history_->title(i).replace(u'&', u"&&"_s);
    if (!history_->isKept(i)) title += tr(" (until the program ends)");
    menu()->addAction(title, this, [this, i] { Q_EMIT entryChosen(i); });
  }
  menu()->addSeparator();
  QAction *clear = menu()->addAction(tr("Forget the history"), this, &HistoryButton::forgetChosen);
  clear->setEnabled(!history_->isEmpty());
  clear->setToolTip(tr("Removes what was sent before from the settings"));
}

}  // namespace octetscope

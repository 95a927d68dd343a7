#include "app/filtering.h"

#include "app/connection_view.h"
#include "app/main_window.h"
#include "model/filter/filter_completion.h"
#include "widgets/help/filter_help_window.h"
#include "widgets/messages/filter_bar.h"
#include "widgets/messages/message_pane.h"
#include "widgets/messages/message_tree_view.h"

#include <QSettings>

namespace octetscope {

namespace {

constexpr qsizetype mostInMenu = 40;  // characters of an expression
const QString geometryKey = QStringLiteral("help/filtersGeometry");

QString negated(const QString &expression) {
  return QStringLiteral("!(%1)").arg(expression);
}

}  // namespace

Filtering::Filtering(MainWindow *window) : QObject(window), window_(window), separator_(new QAction(this)) {
  separator_->setSeparator(true);
  Actions &actions = window->actions();
  MessagePane *pane = window->view()->messagePane();
  const auto on = [&](ActionId id, auto &&run) { connect(actions[id], &QAction::triggered, this, run); };
  on(ActionId::FilterMessages, [pane] { pane->openFilter(); });
  on(ActionId::ClearFilter, [pane] { pane->clearFilter(); });
  on(ActionId::FilterForValue, [this] { filterForValue(Joined::Alone, false); });
  on(ActionId::FilterNotValue, [this] { filterForValue(Joined::Alone, true); });
  on(ActionId::FilterAndValue, [this] { filterForValue(Joined::And, false); });
  on(ActionId::FilterAndNotValue, [this] { filterForValue(Joined::And, true); });
  on(ActionId::FilterOrValue, [this] { filterForValue(Joined::Or, false); });
  on(ActionId::FiltersHelp, [this] { openHelp(); });
  connect(pane->filterBar(), &FilterBar::helpAsked, this, &Filtering::openHelp);
  connect(pane->filterBar(), &FilterBar::changed, this, &Filtering::updateEnabled);
  connect(pane->list(), &MessageTreeView::currentChanged, this, &Filtering::updateEnabled);
  connect(pane->list(), &MessageTreeView::rowMenuAsked, this, &Filtering::updateEnabled);
}

QList<QAction *> Filtering::aboutRow() const {
  Actions &actions = window_->actions();
  return {separator_,
          actions[ActionId::FilterForValue],
          actions[ActionId::FilterNotValue],
          actions[ActionId::FilterAndValue],
          actions[ActionId::FilterAndNotValue],
          actions[ActionId::FilterOrValue]};
}

QString Filtering::selectedValue() const {
  return window_->view()->messageModel()->filterFor(window_->view()->messages()->currentCell());
}

void Filtering::updateEnabled() {
  Actions &actions = window_->actions();
  const QString text = window_->view()->messagePane()->filterBar()->text();
  QString value = selectedValue();
  const bool hasValue = !value.isEmpty();
  const bool canAdd = hasValue && window_->view()->filter()->expression().has_value();
  if (value.size() > mostInMenu) value = value.left(mostInMenu - 1) + QChar(0x2026);
  value.replace(QLatin1Char('&'), QLatin1String("&&"));
  const auto show = [&](ActionId id, const QString &words, bool isEnabled, bool isNot = false) {
    actions[id]->setEnabled(isEnabled);
    actions[id]->setText(isEnabled ? tr("%1:  %2").arg(words, isNot ? negated(value) : value) : words);
  };
  actions[ActionId::ClearFilter]->setEnabled(!text.isEmpty());
  show(ActionId::FilterForValue, tr("Filter for this &value"), hasValue);
  show(ActionId::FilterNotValue, tr("Filter for no&t this value"), hasValue, true);
  show(ActionId::FilterAndValue, tr("&And this value"), canAdd);
  show(ActionId::FilterAndNotValue, tr("An&d not this value"), canAdd, true);
  show(ActionId::FilterOrValue, tr("Or th&is value"), canAdd);
}

void Filtering::filterForValue(Joined how, bool isNot) {
  QString value = selectedValue();
  if (value.isEmpty()) return;
  if (isNot) value = negated(value);
  const MessageFilter *filter = window_->view()->filter();
  // What is in force, not what may stand in the line and be wrong.
  const QString there = how != Joined::Alone && filter->expression() ? filter->expression()->text() : QString();
  window_->view()->messagePane()->filterBy(filterJoined(there, value, how == Joined::And));
}

void Filtering::openHelp() {
  if (!help_) {
    help_ = new FilterHelpWindow(window_);
    help_->restoreGeometry(window_->settings()->value(geometryKey).toByteArray());
    connect(help_, &QDialog::finished, this,
            [this] { window_->settings()->setValue(geometryKey, help_->saveGeometry()); });
  }
  help_->show();
  help_->raise();
  help_->activateWindow();
}

FilterHelpWindow *Filtering::help() const {
  return help_;
}

}  // namespace octetscope

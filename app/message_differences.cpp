#include "app/message_differences.h"

#include "app/connection_view.h"
#include "app/main_window.h"
#include "widgets/messages/message_tree_view.h"

#include <QSettings>

namespace octetscope {

namespace {

const QString geometryKey = QStringLiteral("differences/geometry");
const QString payloadsKey = QStringLiteral("differences/payloads");
const QString alignedKey = QStringLiteral("differences/aligned");

QString numberOf(const QModelIndex &row) {
  // A row's first column names it within what it lies in.
  QString name = row.siblingAtColumn(0).data().toString();
  for (QModelIndex outer = row.parent(); outer.isValid(); outer = outer.parent()) {
    name = outer.siblingAtColumn(0).data().toString() + QStringLiteral(" › ") + name;
  }
  return name;
}

}  // namespace

MessageDifferences::MessageDifferences(MainWindow *window) : QObject(window), window_(window) {
  connect(window->actions()[ActionId::CompareMessages], &QAction::triggered, this, &MessageDifferences::choose);
  const MessageTreeView *messages = window->view()->messages();
  connect(messages, &MessageTreeView::selectedRowsChanged, this, &MessageDifferences::updateEnabled);
  updateEnabled();
}

std::optional<DifferenceWindow::Compared> MessageDifferences::comparedAt(const QModelIndex &row) const {
  const auto piece = row.isValid() ? window_->view()->messageModel()->copiedAt(row) : std::nullopt;
  if (!piece) return std::nullopt;
  const ConnectionView *view = window_->view();
  const bool isIn = row.data(MessageTreeModel::DirectionRole).toInt() == static_cast<int>(Direction::In);
  return DifferenceWindow::Compared{*piece, tr("%1, message %2 of %3")
                                                .arg(isIn ? tr("← in") : tr("→ out"), numberOf(row),
                                                     window_->workspace()->nameOf(view->capture(), view->number()))};
}

void MessageDifferences::choose() {
  const MessageTreeView *messages = window_->view()->messages();
  const LineRuns lines = messages->selectedLines();
  if (lines.count() > 1) {
    auto left = comparedAt(messages->indexAtLine(lines.first()));
    auto right = comparedAt(messages->indexAtLine(lines.last()));
    if (left && right) return open(*std::move(left), *std::move(right));
  }
  auto current = comparedAt(lines.count() == 1 ? messages->indexAtLine(lines.first()) : messages->currentIndex());
  if (!current) return window_->say(tr("Nothing to compare: select a message, or two."));
  if (!first_) {
    window_->say(tr("%1 is the first of two: select another and choose the same again (%2).")
                     .arg(current->name, window_->actions()[ActionId::CompareMessages]->shortcut().toString(
                                             QKeySequence::NativeText)));
    first_ = std::move(current);
  } else {
    const bool isSame = first_->piece.view.bytes.view(first_->piece.range).data() ==
                            current->piece.view.bytes.view(current->piece.range).data() &&
                        first_->piece.range == current->piece.range;
    auto first = *std::exchange(first_, std::nullopt);
    if (isSame) {
      window_->say(tr("%1 is not compared with itself: nothing is chosen now.").arg(first.name));
    } else {
      open(std::move(first), *std::move(current));
    }
  }
  updateEnabled();
}

void MessageDifferences::open(DifferenceWindow::Compared left, DifferenceWindow::Compared right) {
  QSettings *const settings = window_->settings();
  if (!differences_) {
    differences_ = new DifferenceWindow(window_);
    differences_->restoreGeometry(settings->value(geometryKey).toByteArray());
    differences_->setOptions(
        {.payloads = settings->value(payloadsKey).toBool(), .isAligned = settings->value(alignedKey).toBool()});
    connect(differences_, &QDialog::finished, this, [this, settings] {
      settings->setValue(geometryKey, differences_->saveGeometry());
      settings->setValue(payloadsKey, differences_->options().payloads);
      settings->setValue(alignedKey, differences_->options().isAligned);
    });
  }
  first_.reset();
  // What was said of the first of two is over.
  window_->say({});
  differences_->compare(std::move(left), std::move(right));
  differences_->show();
  differences_->raise();
  differences_->activateWindow();
}

void MessageDifferences::updateEnabled() {
  const MessageTreeView *messages = window_->view()->messages();
  QAction *const action = window_->actions()[ActionId::CompareMessages];
  const quint64 rows = messages->selectedLines().count();
  action->setEnabled(messages->currentIndex().isValid());
  QString name = first_ ? first_->name : QString();
  name.replace(QLatin1Char('&'), QLatin1String("&&"));
  action->setText(rows > 2    ? tr("Compare the first and the last, &byte by byte")
                  : rows == 2 ? tr("Compare these two, &byte by byte")
                  : first_    ? tr("Compare with %1, &byte by byte").arg(name)
                              : tr("Compare &byte by byte with…"));
}

}  // namespace octetscope

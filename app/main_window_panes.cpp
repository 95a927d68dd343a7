// The window's parts: tools, bars, panes, the status line.
#include "app/connection_view.h"
#include "app/main_window.h"
#include "widgets/composer/composer_panel.h"
#include "widgets/connections/connections_pane.h"
#include "widgets/controls/low_scroll_area.h"
#include "widgets/controls/wrapped_label.h"
#include "widgets/decoder/compare_bar.h"
#include "widgets/decoder/decoder_bar.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/marks/marks_pane.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace octetscope {

namespace {

constexpr int firstSideWidth = 270;
constexpr int firstSendHeight = 150;
constexpr int leastSendLines = 3;

QDockWidget *dock(QMainWindow *window, const QString &title, const char *name, QWidget *widget,
                  Qt::DockWidgetArea area) {
  auto *result = new QDockWidget(title, window);
  result->setObjectName(QLatin1String(name));
  result->setWidget(widget);
  result->toggleViewAction()->setStatusTip(MainWindow::tr("Show or hide the pane “%1”").arg(title));
  window->addDockWidget(area, result);
  return result;
}

}  // namespace

void MainWindow::buildPanes() {
  auto *bar = addToolBar(tr("Main tools"));
  bar->setObjectName(QStringLiteral("tools"));
  bar->setToolButtonStyle(Qt::ToolButtonTextOnly);
  for (const ActionId id : {ActionId::Listen, ActionId::Connect, ActionId::OpenFile}) bar->addAction(actions_[id]);
  bar->addSeparator();
  for (const ActionId id : {ActionId::StartStop, ActionId::Reconnect, ActionId::Pause, ActionId::Clear}) {
    bar->addAction(actions_[id]);
  }
  bar->addSeparator();
  bar->addAction(actions_[ActionId::Demonstration]);

  decoderBar_ = new DecoderBar(settings_);
  compareBar_ = new CompareBar(settings_,
                               {actions_[ActionId::GoToDivergence], actions_[ActionId::SwapFramings],
                                actions_[ActionId::KeepA], actions_[ActionId::KeepB]},
                               actions_[ActionId::Compare]);
  view_ = new ConnectionView(settings_);
  errorText_ = new QLabel;
  errorText_->setTextFormat(Qt::PlainText);
  errorText_->setWordWrap(true);
  errorText_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  errorText_->setAccessibleName(tr("Error"));
  auto *dismiss = new QToolButton;
  dismiss->setText(tr("Dismiss"));
  dismiss->setToolTip(tr("Close this message"));
  errorBar_ = new QWidget;
  errorBar_->setObjectName(QStringLiteral("errorBar"));
  errorBar_->setStyleSheet(QStringLiteral("#errorBar { background: #b3261e; } #errorBar QLabel { color: white; }"));
  auto *errorLayout = new QHBoxLayout(errorBar_);
  errorLayout->setContentsMargins(8, 4, 8, 4);
  errorLayout->addWidget(errorText_, 1);
  errorLayout->addWidget(dismiss);
  errorBar_->hide();
  connect(dismiss, &QToolButton::clicked, this, [this] {
    errorBar_->hide();
    updateCompact();
  });
  caption_ = new WrappedLabel;
  caption_->setContentsMargins(8, 4, 8, 2);
  caption_->setAccessibleName(tr("Demonstration"));
  QFont large = caption_->font();
  large.setPointSizeF(large.pointSizeF() * 1.2);
  caption_->setFont(large);
  caption_->hide();

  auto *centre = new QWidget;
  auto *layout = new QVBoxLayout(centre);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  layout->addWidget(errorBar_);
  layout->addWidget(caption_);
  layout->addWidget(decoderBar_);
  layout->addWidget(compareBar_);
  layout->addWidget(view_, 1);
  setCentralWidget(centre);

  connections_ = new ConnectionsPane;
  connections_->setModel(&connectionsModel_);
  inspector_ = new InspectorPanel;
  inspector_->setSelectionHub(view_->hub());
  composer_ = new ComposerPanel(settings_);
  marks_ = new MarksPane;
  dock(this, tr("Connections"), "connections", connections_, Qt::LeftDockWidgetArea);
  dock(this, tr("Byte inspector"), "inspector", inspector_, Qt::LeftDockWidgetArea);
  sendArea_ = new LowScrollArea(composer_, leastSendLines);
  dock(this, tr("Send"), "send", sendArea_, Qt::BottomDockWidgetArea);
  // Beside the Send panel, once there is something to list.
  QDockWidget *marks = dock(this, tr("Marks"), "marks", marks_, Qt::BottomDockWidgetArea);
  tabifyDockWidget(findChild<QDockWidget *>(QStringLiteral("send")), marks);
  marks->hide();
  const auto pane = [this](const char *name) { return findChild<QDockWidget *>(QLatin1String(name)); };
  resizeDocks({pane("connections"), pane("inspector")}, {firstSideWidth, firstSideWidth}, Qt::Horizontal);
  resizeDocks({pane("connections"), pane("inspector")}, {1, 2}, Qt::Vertical);
  resizeDocks({pane("send")}, {firstSendHeight}, Qt::Vertical);
  setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
}

void MainWindow::buildStatusLine() {
  stateLabel_ = new QLabel;
  countsLabel_ = new QLabel;
  stateLabel_->setTextFormat(Qt::PlainText);
  stateLabel_->setAccessibleName(tr("State of the connection"));
  countsLabel_->setAccessibleName(tr("What was captured"));
  selectionLabel_ = new QLabel;
  selectionLabel_->setAccessibleName(tr("How much is selected"));
  progress_ = new QProgressBar;
  progress_->setMaximumWidth(160);
  progress_->setAccessibleName(tr("Progress"));
  progress_->setToolTip(tr("How much of the capture has been cut into messages"));
  progress_->hide();
  statusBar()->addWidget(stateLabel_);
  statusBar()->addWidget(countsLabel_, 1);
  statusBar()->addPermanentWidget(selectionLabel_);
  statusBar()->addPermanentWidget(progress_);
}

}  // namespace octetscope

#include "app/main_window.h"

#include "app/connection_view.h"
#include "app/decode_history.h"
#include "app/window_commands.h"
#include "model/framing/framing_words.h"
#include "widgets/composer/composer_panel.h"
#include "widgets/connections/connections_pane.h"
#include "widgets/controls/low_scroll_area.h"
#include "widgets/controls/tool_tips.h"
#include "widgets/controls/wrapped_label.h"
#include "widgets/decoder/compare_bar.h"
#include "widgets/decoder/decoder_bar.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/marks/marks_pane.h"
#include "widgets/messages/message_pane.h"
#include "widgets/messages/message_tree_view.h"
#include "widgets/ribbon/playhead_bar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QLabel>
#include <QMenuBar>
#include <QMimeData>
#include <QProgressBar>
#include <QSettings>
#include <QStatusBar>
#include <QStyle>
#include <QUrl>

#include <algorithm>
#include <cmath>
#include <utility>

namespace octetscope {

namespace {

constexpr int sayMs = 8000;
constexpr QSize firstSize(1360, 900);
constexpr QSize smallestSize(640, 480);
constexpr int filterLines = 5;
constexpr int lowWindow = 640;  // pixels; below it bytes and messages need the room

QStringList localFiles(const QMimeData *data) {
  QStringList paths;
  for (const QUrl &url : data->urls()) {
    if (url.isLocalFile()) paths.append(url.toLocalFile());
  }
  return paths;
}

QString stateWords(const LiveConnection *live, const Connection &connection) {
  if (!live && connection.isExample()) return MainWindow::tr("an example from Help");
  if (!live) return connection.from().isNone() ? MainWindow::tr("from a file") : MainWindow::tr("over");
  switch (live->state()) {
    case LinkState::Connecting:
      return MainWindow::tr("connecting…");
    case LinkState::Open:
      return MainWindow::tr("connected");
    case LinkState::PeerFinished:
      return MainWindow::tr("the peer has finished sending; we may go on");
    case LinkState::WeFinished:
      return MainWindow::tr("we have finished sending; still receiving");
    case LinkState::Closing:
      return MainWindow::tr("closing…");
    case LinkState::Over:
      return MainWindow::tr("over");
  }
  return {};
}

}  // namespace

MainWindow::MainWindow(Workspace *workspace, QSettings *settings)
    : workspace_(workspace), settings_(settings), actions_(this), connectionsModel_(workspace->captures()) {
  setWindowTitle(tr("Octetscope"));
  setAcceptDrops(true);
  buildPanes();
  buildStatusLine();
  commands_ = new WindowCommands(this);

  QList<QAction *> views;
  for (QDockWidget *pane : findChildren<QDockWidget *>()) views.append(pane->toggleViewAction());
  actions_.build(menuBar(), commands_->recentFiles(), views);
  commands_->offerMenus();

  connect(workspace_->hub(), &NetworkHub::connectionAdded, this, &MainWindow::onConnectionAdded);
  connect(workspace_->hub(), &NetworkHub::activity, this, [this] {
    view_->refresh();
    connectionsModel_.refresh();
  });
  connect(workspace_, &Workspace::failed, this, [this](Capture *, const Error &error) { showError(error); });
  connect(workspace_, &Workspace::demonstrationChanged, this, [this](bool running, const QString &text) {
    caption_->setWords(text);
    caption_->setVisible(running && !text.isEmpty());
    updateCompact();
    updateState();
  });
  connect(workspace_, &Workspace::listeningChanged, this, [this](Capture *capture) {
    if (capture == shownCapture_) updateState();
  });
  connect(view_->hub(), &SelectionHub::changed, this, &MainWindow::showSelectionSize);
  connect(view_->messages(), &MessageTreeView::selectedRowsChanged, this, &MainWindow::showSelectionSize);
  connect(view_->messageModel(), &QAbstractItemModel::modelReset, this, &MainWindow::showSelectionSize);
  connect(view_, &ConnectionView::changed, this, [this] {
    commands_->updateEnabled();
    updateStatusLine();
  });
  connect(workspace_, &Workspace::newCaptureSettingsChanged, this, [this] {
    if (!shownCapture_) showSettings(workspace_->newCaptureSettings());
  });
  // Its parts, at their smallest, fit into this; else the layout would not let go of what it could leave out.
  setMinimumSize(smallestSize);
  firstState_ = saveState();
  restore();
  updateCompact();
  showSettings(workspace_->newCaptureSettings());
  showConnection(nullptr, -1);
  // Else the keyboard would be in the first line there is, and a key pressed too many would change the framing.
  view_->messages()->setFocus(Qt::OtherFocusReason);
}

MainWindow::~MainWindow() {
  // A line that has the focus says that it was left: while everything it tells is still there.
  hide();
  // So does a walk over the rows of the list that is under way.
  view_->messages()->setModel(nullptr, nullptr);
  // The status line goes before the view does, which speaks once more.
  for (const QObject *speaks :
       {static_cast<const QObject *>(view_->hub()), static_cast<const QObject *>(view_->messages()),
        static_cast<const QObject *>(view_->messageModel())}) {
    speaks->disconnect(this);
  }
  // A list of completions is a window of its own, which goes with its line and gives the focus away: by then nothing
  // here may ask any more where the focus is.
  for (const QObject *part : findChildren<QObject *>()) qApp->disconnect(part);
}

LiveConnection *MainWindow::shownLive() const {
  return shownCapture_ && view_->number() >= 0 ? workspace_->live(shownCapture_, view_->number()) : nullptr;
}

void MainWindow::onConnectionAdded(LiveConnection *connection) {
  connect(connection, &LiveConnection::stateChanged, this, &MainWindow::updateState);
  connect(connection, &LiveConnection::deliveryProgress, this, [this, connection](int, quint64 done, quint64 total) {
    if (connection == shownLive()) composer_->setProgress(done, total);
  });
  connect(connection, &LiveConnection::deliveryEnded, this, [this, connection] {
    if (connection == shownLive()) updateState();
  });
  // A new connection comes into view where its capture is shown and nothing in it is still alive.
  if (connection->capture() != shownCapture_) return;
  const LiveConnection *shown = shownLive();
  if (!shown || shown->state() == LinkState::Over) showConnection(connection->capture(), connection->number());
}

void MainWindow::showConnection(Capture *capture, int number) {
  if (shownCapture_ != capture) {
    if (shownCapture_) {
      shownCapture_->disconnect(this);
      decoderBar_->startWith(capture ? capture->decodeSettings() : workspace_->newCaptureSettings());
    }
    shownCapture_ = capture;
    commands_->history()->setCapture(capture);
    if (capture) {
      connect(capture, &Capture::titleChanged, this, &MainWindow::updateState);
      connect(capture, &Capture::decodeSettingsChanged, this,
              [this] { showSettings(shownCapture_->decodeSettings()); });
      showSettings(capture->decodeSettings());
    } else {
      showSettings(workspace_->newCaptureSettings());
    }
  }
  // Whoever chose the capture stays on its row in the list: else the keyboard could not go past it.
  const int chosen = number;
  if (capture && number < 0 && capture->connectionCount() > 0) number = capture->connectionCount() - 1;
  view_->show(number >= 0 ? capture : nullptr, number);
  connections_->showConnection(capture, chosen);
  updateState();
}

void MainWindow::showSettings(const DecodeSettings &settings) {
  decoderBar_->setSettings(settings);
  composer_->setDecodeSettings(settings);
  Q_EMIT settingsShown();
}

void MainWindow::updateState() {
  LiveConnection *live = shownLive();
  composer_->setLink(live);
  composer_->setDelivering(live && live->deliveriesUnderWay() > 0);
  setWindowTitle(shownCapture_ ? tr("%1 — Octetscope").arg(shownCapture_->title()) : tr("Octetscope"));
  commands_->updateEnabled();
  connectionsModel_.refresh();
  updateStatusLine();
}

void MainWindow::updateStatusLine() {
  const std::shared_ptr<Connection> connection = view_->connection();
  const ConnectionDecoder *decoder = view_->decoder();
  if (!connection || !decoder) {
    const LiveListener *listener = shownCapture_ ? workspace_->listener(shownCapture_) : nullptr;
    stateLabel_->setText(listener && listener->isListening()
                             ? tr("Listening on %1; nobody has connected yet").arg(listener->endpoint().text())
                             : tr("Nothing is open. Listen, connect, or open a file to begin."));
    countsLabel_->clear();
    progress_->hide();
    Q_EMIT touched();
    return;
  }
  const Endpoint peer = shownLive() && shownLive()->isAccepted() ? connection->from() : connection->to();
  const bool isFile = peer.isNone();  // nobody received or sent it here
  const QString state = stateWords(shownLive(), *connection);
  stateLabel_->setText(isFile ? state : tr("%1 %2").arg(peer.text(), state));
  const auto &in = decoder->view(Direction::In);
  const auto &out = decoder->view(Direction::Out);
  const quint64 messages = decoder->messageCount(Direction::In) + decoder->messageCount(Direction::Out);
  QString counts =
      isFile
          ? tr("%1 B · chunks: %2 · messages: %3")
                .arg(locale().toString(in.size()), locale().toString(in.chunks.count()), locale().toString(messages))
          : tr("in %1 B in %2 recv() · out %3 B in %4 send() · messages: %5")
                .arg(locale().toString(in.size()), locale().toString(in.chunks.count()), locale().toString(out.size()),
                     locale().toString(out.chunks.count()), locale().toString(messages));
  if (view_->isPaused()) {
    const quint64 more =
        connection->stream(Direction::In).size() + connection->stream(Direction::Out).size() - in.size() - out.size();
    counts += tr(" · paused in the past: %1 more bytes are captured").arg(locale().toString(more));
  }
  if (view_->isCleared()) counts += tr(" · earlier rows are put away");
  countsLabel_->setText(counts);
  const quint64 total = decoder->totalBytes();
  progress_->setVisible(decoder->isBusy() && total > 0);
  progress_->setValue(total == 0 ? 0 : static_cast<int>(decoder->framedBytes() * 100 / total));
  Q_EMIT touched();
}

void MainWindow::showSelectionSize() {
  if (const quint64 rows = view_->messages()->selectedLines().count(); rows > 1) {
    return selectionLabel_->setText(tr("%1 rows selected").arg(locale().toString(rows)));
  }
  const std::optional<Selection> &selection = view_->hub()->current();
  const ByteRange range = !selection ? ByteRange() : selection->payload ? selection->payload->range : selection->range;
  selectionLabel_->setText(range.isEmpty() ? QString() : tr("%1 selected").arg(byteCount(range.size())));
}

void MainWindow::say(const QString &text) {
  statusBar()->showMessage(text, sayMs);
}

void MainWindow::sayToo(const QString &text) {
  const QString before = statusBar()->currentMessage();
  say(before.isEmpty() ? text : before + u' ' + text);
}

void MainWindow::showError(const Error &error) {
  errorText_->setText(error.line());
  errorBar_->show();
  updateCompact();
  Q_EMIT touched();
}

bool MainWindow::isBusy() const {
  return workspace_->isDemonstrationRunning() || commands_->isSaving() ||
         (view_->decoder() && (view_->decoder()->isBusy() || view_->filter()->isBusy()));
}

void MainWindow::resetLayout() {
  restoreState(firstState_);
  for (QDockWidget *pane : findChildren<QDockWidget *>()) pane->setVisible(pane->widget() != marks_);
}

void MainWindow::openPane(QWidget *widget) {
  for (QDockWidget *pane : findChildren<QDockWidget *>()) {
    if (!pane->isAncestorOf(widget)) continue;
    pane->show();
    pane->raise();
  }
}

void MainWindow::restore() {
  restoreGeometry(settings_->value(QStringLiteral("window/geometry")).toByteArray());
  restoreState(settings_->value(QStringLiteral("window/state")).toByteArray());
  view_->restoreState(settings_);
  if (!settings_->contains(QStringLiteral("window/geometry"))) resize(firstSize);
}

void MainWindow::resizeEvent(QResizeEvent *event) {
  QMainWindow::resizeEvent(event);
  updateCompact();
  updateSendRoom();
}

bool MainWindow::event(QEvent *event) {
  const bool isDone = QMainWindow::event(event);
  // A bar was opened or closed, or a pane.
  if (event->type() == QEvent::LayoutRequest) {
    updateCompact();
    updateSendRoom();
  }
  return isDone;
}

/// Bytes and messages need their room more: the Send panel gives way where there is not enough for both.
void MainWindow::updateSendRoom() {
  auto *pane = findChild<QDockWidget *>(QStringLiteral("send"));
  const bool isBelow = !pane->isFloating() && dockWidgetArea(pane) == Qt::BottomDockWidgetArea;
  // However the two share it now.
  const int room = centralWidget()->height() + sendArea_->height();
  HexView *const bytes = view_->bytes();
  const int least = bytes->minimumSizeHint().height();
  // Without what is won for the bytes below: else the panel would not come back.
  const int won = std::max(0, bytes->minimumHeight() - least);
  const int centre = centralWidget()->minimumSizeHint().height() - won;
  const int whole = composer_->minimumSizeHint().height();
  sendArea_->setGivesWay(isBelow && sendArea_->isVisible() && centre + whole > room);
  const int row = static_cast<int>(std::ceil(bytes->geometryOfBytes().metrics().rowHeight));
  // An error, however many lines it has, needs that row itself.
  const bool wins =
      sendArea_->givesWay() && errorBar_->isHidden() && centre + row + sendArea_->minimumSizeHint().height() <= room;
  bytes->setMinimumHeight(wins ? least + row : 0);
}

void MainWindow::updateCompact() {
  int room = height();
  for (const QWidget *bar : {errorBar_, static_cast<QWidget *>(caption_)}) {
    // About two lines, whatever it takes now: what is decided here must not change what it is decided by.
    if (!bar->isHidden()) room -= 3 * bar->fontMetrics().lineSpacing();
  }
  // The filter's line takes its room from the list that it is for, which would keep a row or two.
  if (view_->messagePane()->hasFilterBar()) room -= filterLines * fontMetrics().lineSpacing();
  const bool isLow = room < lowWindow;
  if (std::exchange(isLow_, isLow) == isLow) return;
  decoderBar_->setCompact(isLow);
  compareBar_->setCompact(isLow);
  view_->setCompact(isLow);
  view_->playheadBar()->setCompact(isLow);
  // A demonstration's comment gives way, in one line and whole in its tool tip; an error, and how to mend it, never.
  caption_->setOneLine(isLow);
}

void MainWindow::closeEvent(QCloseEvent *event) {
  if (!commands_->mayLose(workspace_->unsaved(), [this] { close(); })) {
    event->ignore();
    return;
  }
  settings_->setValue(QStringLiteral("window/geometry"), saveGeometry());
  settings_->setValue(QStringLiteral("window/state"), saveState());
  view_->saveState(settings_);
  event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event) {
  if (!localFiles(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event) {
  const QStringList paths = localFiles(event->mimeData());
  if (paths.isEmpty()) return;
  event->acceptProposedAction();
  for (const QString &path : paths) commands_->openFile(path);
}

}  // namespace octetscope

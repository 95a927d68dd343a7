#include "app/window_commands.h"

#include "app/bytes_commands.h"
#include "app/column_commands.h"
#include "app/comparing.h"
#include "app/connection_view.h"
#include "app/copy_commands.h"
#include "app/decode_history.h"
#include "app/file_commands.h"
#include "app/filtering.h"
#include "app/helping.h"
#include "app/layer_commands.h"
#include "app/main_window.h"
#include "app/marking.h"
#include "app/message_differences.h"
#include "app/plots.h"
#include "app/restart_commands.h"
#include "app/send_commands.h"
#include "app/sorting.h"
#include "app/statistics.h"
#include "app/suggesting.h"
#include "widgets/composer/composer_panel.h"
#include "widgets/connections/connections_pane.h"
#include "widgets/decoder/decoder_bar.h"
#include "widgets/endpoint/connect_dialog.h"
#include "widgets/endpoint/listen_dialog.h"
#include "widgets/hexview/find_bar.h"
#include "widgets/hexview/go_to_bar.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/hexview/payload_pane.h"
#include "widgets/messages/message_tree_view.h"
#include "widgets/ribbon/playhead_bar.h"
#include "widgets/ribbon/ribbon_pane.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>

namespace octetscope {

namespace {

constexpr int demonstrationMs = 700;

}  // namespace

WindowCommands::WindowCommands(MainWindow *window)
    : QObject(window),
      window_(window),
      workspace_(window->workspace()),
      history_(new DecodeHistory(workspace_, this)),
      files_(new FileCommands(window)) {
  connect(files_, &FileCommands::savingChanged, this, &WindowCommands::updateEnabled);
  connectActions();
  connectHistory();
}

void WindowCommands::connectActions() {
  Actions &actions = window_->actions();
  ConnectionView *view = window_->view();
  const auto on = [&](ActionId id, auto &&run) { connect(actions[id], &QAction::triggered, this, run); };

  on(ActionId::CloseCapture, [this] { closeCapture(window_->shownCapture()); });
  on(ActionId::Quit, [this] { window_->close(); });
  on(ActionId::Listen, [this] { listen(); });
  on(ActionId::Connect, [this] { connectTo(); });
  on(ActionId::StartStop, [this] { startStop(); });
  on(ActionId::Reconnect, [this] { reconnect(window_->shownCapture(), window_->view()->number()); });
  on(ActionId::Pause, [view](bool paused) { view->setPaused(paused); });
  on(ActionId::StepBack, [view] { view->playhead()->stepChunk(-1); });
  on(ActionId::StepOn, [view] { view->playhead()->stepChunk(1); });
  on(ActionId::MessageBack, [view] { view->stepMessage(-1); });
  on(ActionId::MessageOn, [view] { view->stepMessage(1); });
  on(ActionId::FirstMoment, [view] { view->playhead()->first(); });
  on(ActionId::Play, [view](bool play) { play ? view->playhead()->play() : view->playhead()->pause(); });
  on(ActionId::Live, [view] { view->playhead()->returnToLive(); });
  PlayheadBar *bar = view->playheadBar();
  using Control = PlayheadBar::Control;
  bar->setKey(Control::First, actions[ActionId::FirstMoment]->shortcut());
  bar->setKey(Control::MessageBack, actions[ActionId::MessageBack]->shortcut());
  bar->setKey(Control::ChunkBack, actions[ActionId::StepBack]->shortcut());
  bar->setKey(Control::ChunkOn, actions[ActionId::StepOn]->shortcut());
  bar->setKey(Control::MessageOn, actions[ActionId::MessageOn]->shortcut());
  bar->setKey(Control::Play, actions[ActionId::Play]->shortcut());
  bar->setKey(Control::Live, actions[ActionId::Live]->shortcut());
  connect(view, &ConnectionView::stepsChanged, this, &WindowCommands::showMoment);
  on(ActionId::Clear, [this, view] {
    view->setCleared(!view->isCleared());
    updateEnabled();
  });
  on(ActionId::FocusFraming, [this] { window_->decoderBar()->focusFraming(); });
  on(ActionId::FocusStruct, [this] { window_->decoderBar()->focusLayout(); });
  // In the payload's own bytes, where the keyboard is there.
  const auto findBar = [view] {
    return view->payloadPane()->canFind() ? view->payloadPane()->findBar() : view->findBar();
  };
  on(ActionId::Find, [findBar] { findBar()->open(); });
  on(ActionId::FindNext, [findBar] { findBar()->findNext(); });
  on(ActionId::FindPrevious, [findBar] { findBar()->findPrevious(); });
  on(ActionId::GoTo,
     [view] { (view->payloadPane()->canFind() ? view->payloadPane()->goToBar() : view->goToBar())->open(); });
  on(ActionId::PreviousMessage, [view] { view->messages()->goToPreviousMessage(); });
  on(ActionId::NextMessage, [view] { view->messages()->goToNextMessage(); });
  on(ActionId::Send, [this] { window_->composer()->send(); });
  on(ActionId::SendAgain, [this] { window_->composer()->sendAgain(); });
  on(ActionId::Follow, [view](bool follow) { view->setFollowing(follow); });
  connect(view, &ConnectionView::followingChanged, actions[ActionId::Follow], &QAction::setChecked);
  on(ActionId::Ribbon, [view](bool show) { view->ribbonPane()->setLanes(show); });
  actions[ActionId::Ribbon]->setChecked(view->ribbonPane()->hasLanes());
  connect(view->ribbonPane(), &RibbonPane::lanesChanged, actions[ActionId::Ribbon], &QAction::setChecked);
  on(ActionId::FitRibbon, [view] {
    view->ribbonPane()->setLanes(true);
    view->ribbon()->fitAll();
  });
  on(ActionId::ZoomIn, [view] { view->bytes()->setZoom(view->bytes()->zoom() + 1); });
  on(ActionId::ZoomOut, [view] { view->bytes()->setZoom(view->bytes()->zoom() - 1); });
  on(ActionId::ZoomReset, [view] { view->bytes()->setZoom(0); });
  on(ActionId::ResetLayout, [this] { window_->resetLayout(); });
  on(ActionId::Demonstration, [this](bool checked) { setDemonstration(checked); });
  on(ActionId::Keys, [this] { showKeys(); });
  on(ActionId::About, [this] { showAbout(); });

  const auto theme = [this](ThemeChoice choice) {
    window_->settings()->setValue(QStringLiteral("window/theme"), static_cast<int>(choice));
    QApplication::setPalette(Theme::palette(choice));
  };
  on(ActionId::ThemeSystem, [theme] { theme(ThemeChoice::System); });
  on(ActionId::ThemeLight, [theme] { theme(ThemeChoice::Light); });
  on(ActionId::ThemeDark, [theme] { theme(ThemeChoice::Dark); });

  const auto live = [this](auto &&run) {
    return [this, run] {
      if (LiveConnection *connection = window_->shownLive()) run(connection);
    };
  };
  const auto finish = live([](LiveConnection *connection) { connection->finishSending(); });
  const auto close = live([](LiveConnection *connection) { connection->close(); });
  const auto reset = live([](LiveConnection *connection) { connection->reset(); });
  const auto cancel = live([](LiveConnection *connection) { connection->cancelDelivery(); });
  on(ActionId::FinishSending, finish);
  on(ActionId::CloseConnection, close);
  on(ActionId::ResetConnection, reset);
  on(ActionId::CancelSending, cancel);
  ComposerPanel *composer = window_->composer();
  connect(composer, &ComposerPanel::sendRequested, this, &WindowCommands::send);
  connect(composer, &ComposerPanel::finishRequested, this, finish);
  connect(composer, &ComposerPanel::closeRequested, this, close);
  connect(composer, &ComposerPanel::resetRequested, this, reset);
  connect(composer, &ComposerPanel::cancelRequested, this, cancel);
  connect(composer, &ComposerPanel::canSendChanged, this, &WindowCommands::updateEnabled);

  ConnectionsPane *pane = window_->connections();
  connect(pane, &ConnectionsPane::connectionChosen, window_, &MainWindow::showConnection);
  connect(pane, &ConnectionsPane::captureChosen, window_,
          [this](Capture *capture) { window_->showConnection(capture, -1); });
  connect(pane, &ConnectionsPane::closeRequested, this, [this](Capture *capture, int number) {
    if (LiveConnection *connection = workspace_->live(capture, number)) connection->close();
  });
  connect(pane, &ConnectionsPane::resetRequested, this, [this](Capture *capture, int number) {
    if (LiveConnection *connection = workspace_->live(capture, number)) connection->reset();
  });
  connect(pane, &ConnectionsPane::reconnectRequested, this, &WindowCommands::reconnect);
  connect(pane, &ConnectionsPane::saveRequested, this, [this](Capture *capture, int number) {
    window_->showConnection(capture, number);
    const std::shared_ptr<Connection> connection = capture->connection(number);
    const bool onlyOut = connection->stream(Direction::In).size() == 0 && connection->stream(Direction::Out).size() > 0;
    files_->save(onlyOut ? Direction::Out : Direction::In);
  });
  connect(pane, &ConnectionsPane::removeCaptureRequested, this, &WindowCommands::closeCapture);
  connect(view->messages(), &MessageTreeView::notice, window_, &MainWindow::say);
  copies_ = new CopyCommands(window_);
  new BytesCommands(window_);
  connect(view->messages(), &MessageTreeView::copyAsHexRequested, copies_,
          [this] { copies_->copyRows(CopyFormat::Hex); });
  connect(view->messages(), &MessageTreeView::goToBytesRequested, this, [view](const Selection &selection) {
    view->setShownDirection(selection.direction);
    view->bytes()->select(selection.range);
    view->bytes()->setFocus(Qt::OtherFocusReason);
  });
  connect(view->bytes(), &HexView::said, window_, &MainWindow::say);
  connect(view, &ConnectionView::said, window_, &MainWindow::say);
}

void WindowCommands::connectHistory() {
  Actions &actions = window_->actions();
  // Said anew: what stands there yet may be about what is undone.
  connect(actions[ActionId::Undo], &QAction::triggered, this, [this] {
    const QString words = history_->undoWords();
    history_->undo();
    window_->say(tr("Undone: %1. Ctrl+Shift+Z does it again.").arg(words));
  });
  connect(actions[ActionId::Redo], &QAction::triggered, this, [this] {
    const QString words = history_->redoWords();
    history_->redo();
    window_->say(tr("Done again: %1. Ctrl+Z takes it back.").arg(words));
  });
  connect(history_, &DecodeHistory::changed, this, &WindowCommands::updateEnabled);
  connect(history_, &DecodeHistory::wentBack, this, [this](const DecodeHistory::Place &place, bool restarts) {
    ConnectionView *view = window_->view();
    // Framing is all connections'; a place where it starts again is one connection's, and is shown there.
    if (restarts && place.connection >= 0 && place.connection != view->number()) {
      window_->showConnection(window_->shownCapture(), place.connection);
    }
    if (place.connection == view->number() && place.selection) view->hub()->select(place.selection, this);
  });
  connect(window_->decoderBar(), &DecoderBar::settingsEdited, this, &WindowCommands::changeSettings);
  restarts_ = new RestartCommands(window_, history_);
  layers_ = new LayerCommands(window_, history_);
  comparing_ = new Comparing(window_, window_->compareBar(), history_);
  suggesting_ = new Suggesting(window_, history_);
  Actions &all = window_->actions();
  const QList<QAction *> about = {all[ActionId::StartAgainHere], all[ActionId::RemoveRestart],
                                  all[ActionId::ShowPayload], all[ActionId::ShowOrigin]};
  marking_ = new Marking(window_, window_->marks(), history_, copies_);
  const QList<QAction *> marks = marking_->aboutSelection();
  window_->view()->bytes()->setMoreActions(about + marks);
  window_->view()->ribbon()->setMoreActions(marks);
  filtering_ = new Filtering(window_);
  columns_ = new ColumnCommands(window_);
  window_->view()->messages()->setMoreActions(about + marks +
                                              QList{all[ActionId::CompareMessages], all[ActionId::EditInSend]} +
                                              filtering_->aboutRow() + QList{all[ActionId::ShowAsColumn]});
  helping_ = new Helping(window_, history_);
  statistics_ = new Statistics(window_);
  sorting_ = new Sorting(window_);
  plots_ = new Plots(window_);
  differences_ = new MessageDifferences(window_);
  new SendCommands(window_);
}

void WindowCommands::changeSettings(const DecodeSettings &settings) {
  // Whatever line has the keyboard is the one that is typed in.
  QWidget *line = QApplication::focusWidget();
  auto *edit = qobject_cast<QLineEdit *>(line);
  if (edit) connect(edit, &QLineEdit::editingFinished, history_, &DecodeHistory::endTyping, Qt::UniqueConnection);
  if (!edit && !qobject_cast<QAbstractSpinBox *>(line)) line = nullptr;
  ConnectionView *view = window_->view();
  history_->change(settings, {.connection = view->number(), .selection = view->hub()->current()}, line);
}

void WindowCommands::updateEnabled() {
  Actions &actions = window_->actions();
  Capture *capture = window_->shownCapture();
  const std::shared_ptr<Connection> connection = window_->view()->connection();
  const LiveConnection *live = window_->shownLive();
  const LiveListener *listener = capture ? workspace_->listener(capture) : nullptr;
  const auto enable = [&](ActionId id, bool on) { actions[id]->setEnabled(on); };
  const auto name = [&](ActionId id, const QString &words, const QString &with, const QString &without) {
    enable(id, !words.isEmpty());
    actions[id]->setText(words.isEmpty() ? without : with.arg(QString(words).replace(u'&', QStringLiteral("&&"))));
  };
  name(ActionId::Undo, history_->undoWords(), tr("&Undo %1"), tr("&Undo"));
  name(ActionId::Redo, history_->redoWords(), tr("&Redo %1"), tr("&Redo"));
  copies_->updateEnabled();
  restarts_->updateEnabled();
  layers_->updateEnabled();
  suggesting_->updateEnabled();
  comparing_->updateEnabled();
  filtering_->updateEnabled();
  marking_->updateEnabled();
  columns_->updateEnabled();
  files_->updateEnabled();
  enable(ActionId::CloseCapture, capture);
  enable(ActionId::StartStop, capture && workspace_->isListener(capture));
  actions[ActionId::StartStop]->setText(listener && !listener->isListening() ? tr("Listen &again")
                                                                             : tr("S&top listening"));
  enable(ActionId::Reconnect, capture && workspace_->canReconnect(capture, window_->view()->number()) &&
                                  (!live || live->state() == LinkState::Over));
  enable(ActionId::Pause, connection != nullptr);
  showMoment();
  enable(ActionId::Clear, live != nullptr);
  actions[ActionId::Clear]->setText(window_->view()->isCleared() ? tr("Show what was &cleared") : tr("&Clear"));
  const bool alive = live && live->state() != LinkState::Over;
  enable(ActionId::Send, window_->composer()->canSend());
  enable(ActionId::SendAgain, window_->composer()->canSendAgain());
  enable(ActionId::FinishSending, alive && live->canSend());
  enable(ActionId::CloseConnection, alive);
  enable(ActionId::ResetConnection, alive);
  enable(ActionId::CancelSending, alive && live->deliveriesUnderWay() > 0);
  for (const ActionId id : {ActionId::Find, ActionId::FindNext, ActionId::FindPrevious, ActionId::GoTo,
                            ActionId::PreviousMessage, ActionId::NextMessage, ActionId::Follow, ActionId::FitRibbon}) {
    enable(id, connection != nullptr);
  }
  actions[ActionId::Demonstration]->setChecked(workspace_->isDemonstrationRunning());
  const auto choice = static_cast<ThemeChoice>(window_->settings()->value(QStringLiteral("window/theme"), 0).toInt());
  actions[choice == ThemeChoice::Dark    ? ActionId::ThemeDark
          : choice == ThemeChoice::Light ? ActionId::ThemeLight
                                         : ActionId::ThemeSystem]
      ->setChecked(true);
}

void WindowCommands::showMoment() {
  Actions &actions = window_->actions();
  const Playhead &playhead = *window_->view()->playhead();
  const bool canGoBack = playhead.canStepChunk(-1);
  const bool canGoOn = playhead.canStepChunk(1);
  const auto enable = [&](ActionId id, bool on) { actions[id]->setEnabled(on); };
  enable(ActionId::StepBack, canGoBack);
  enable(ActionId::StepOn, canGoOn);
  enable(ActionId::MessageBack, window_->view()->canStepMessage(-1));
  enable(ActionId::MessageOn, window_->view()->canStepMessage(1));
  enable(ActionId::FirstMoment, canGoBack);
  enable(ActionId::Play, playhead.canPlay());
  enable(ActionId::Live, !playhead.isLive());
  actions[ActionId::Play]->setChecked(playhead.isPlaying());
  actions[ActionId::Pause]->setChecked(!playhead.isLive());
}

QMenu *WindowCommands::recentFiles() const {
  return files_->recent();
}

void WindowCommands::openFile(const QString &path, const DecodeSettings *as) {
  files_->open(path, as);
}

bool WindowCommands::isSaving() const {
  return files_->isSaving();
}

void WindowCommands::offerMenus() {
  QMenu *const copyMenu = window_->actions().copyMenu();
  window_->view()->messages()->setCopyMenu(copyMenu);
  window_->view()->bytes()->setCopyMenu(copyMenu);
  sorting_->offerMenu(window_->actions().sortMenu());
  window_->view()->payloadPane()->bytes()->setCopyMenu(copyMenu);
  columns_->offerMenu(window_->actions().columnsMenu());
  window_->view()->bytes()->setViewMenu(window_->actions().bytesMenu());
  window_->view()->payloadPane()->bytes()->setViewMenu(window_->actions().bytesMenu());
}

bool WindowCommands::mayLose(const QList<Capture *> &captures, const std::function<void()> &again) {
  return files_->mayLose(captures, again);
}

void WindowCommands::closeCapture(Capture *capture) {
  if (!capture) return;
  const auto again = [this, capture = QPointer<Capture>(capture)] { closeCapture(capture); };
  if (workspace_->isUnsaved(capture) && !mayLose({capture}, again)) return;
  const bool shown = capture == window_->shownCapture();
  if (shown) window_->showConnection(nullptr, -1);
  workspace_->close(capture);
  const QList<Capture *> left = workspace_->captures()->all();
  if (shown && !left.isEmpty()) window_->showConnection(left.last(), -1);
}

void WindowCommands::listen() {
  ListenDialog dialog(window_->settings(), window_);
  if (dialog.exec() != QDialog::Accepted) return;
  window_->showConnection(workspace_->listen(dialog.options()), -1);
}

void WindowCommands::connectTo() {
  ConnectDialog dialog(window_->settings(), window_);
  if (dialog.exec() != QDialog::Accepted) return;
  window_->showConnection(workspace_->connectTo(dialog.options()), 0);
}

void WindowCommands::startStop() {
  Capture *capture = window_->shownCapture();
  LiveListener *listener = capture ? workspace_->listener(capture) : nullptr;
  if (!listener) return;
  if (listener->isListening()) {
    listener->stop();
  } else {
    workspace_->listenAgain(capture);
  }
}

void WindowCommands::reconnect(Capture *capture, int number) {
  if (const LiveConnection *connection = workspace_->reconnect(capture, number)) {
    window_->showConnection(capture, connection->number());
  }
}

void WindowCommands::send(const SendRequest &request) {
  LiveConnection *connection = window_->shownLive();
  if (!connection) return;
  if (request.isFile()) {
    connection->sendFile(request.path, request.plan);
  } else {
    connection->send(request.bytes, request.plan);
  }
  window_->composer()->setDelivering(true);
  updateEnabled();
}

void WindowCommands::setDemonstration(bool on) {
  if (on) {
    window_->showConnection(workspace_->startDemonstration(demonstrationMs), -1);
  } else {
    workspace_->stopDemonstration();
  }
}

void WindowCommands::showKeys() {
  QString rows;
  for (const QString &line : window_->actions().keyLines()) {
    const qsizetype tab = line.indexOf(QLatin1Char('\t'));
    rows += QStringLiteral("<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2</td></tr>")
                .arg(line.left(tab).toHtmlEscaped(), line.mid(tab + 1).toHtmlEscaped());
  }
  QMessageBox box(QMessageBox::NoIcon, tr("Keys"), QStringLiteral("<table>%1</table>").arg(rows), QMessageBox::Close,
                  window_);
  box.exec();
}

void WindowCommands::showAbout() {
  QMessageBox::about(
      window_, tr("About Octetscope"),
      tr("<h3>Octetscope %1</h3><p>See where one message ends and the next begins.</p>"
         "<p>TCP delivers a stream of bytes, not messages. This program shows how they become messages, and "
         "what is in them.</p><p>MIT licence. Built with Qt %2.</p>")
          .arg(QStringLiteral(OCTETSCOPE_VERSION), QString::fromLatin1(qVersion())));
}

}  // namespace octetscope

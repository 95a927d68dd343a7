#include "app/layer_commands.h"

#include "app/connection_view.h"
#include "app/decode_history.h"
#include "app/main_window.h"
#include "app/payload_commands.h"
#include "model/framing/framing_words.h"
#include "widgets/hexview/hex_view.h"

#include <QApplication>

namespace octetscope {

LayerCommands::LayerCommands(MainWindow *window, DecodeHistory *history)
    : QObject(window), window_(window), history_(history), payloads_(std::make_unique<PayloadCommands>(window)) {
  Actions &actions = window->actions();
  connect(actions[ActionId::ShowJoined], &QAction::triggered, this, &LayerCommands::showJoined);
  connect(actions[ActionId::ShowOrigin], &QAction::triggered, this, &LayerCommands::showOrigin);
  connect(window->view()->hub(), &SelectionHub::changed, this, &LayerCommands::updateEnabled);
  connect(window->view(), &ConnectionView::changed, this, &LayerCommands::updateEnabled);
  // Which bytes the way back begins with depends on where the keyboard is.
  connect(qApp, &QApplication::focusChanged, this, &LayerCommands::updateEnabled);
}

LayerCommands::~LayerCommands() = default;

void LayerCommands::updateEnabled() {
  ConnectionView *view = window_->view();
  const ConnectionDecoder *decoder = view->decoder();
  const DirectionReader *reader = decoder ? &decoder->reader(view->shownDirection()) : nullptr;
  const bool isJoined = reader && reader->outer;
  QAction *const show = window_->actions()[ActionId::ShowJoined];
  show->setEnabled(isJoined || (reader && reader->framer && reader->framer->joinedBy()));
  show->setChecked(isJoined);
  const auto &selected = view->hub()->current();
  const bool isInJoined = isJoined && selected && selected->direction == view->shownDirection();
  window_->actions()[ActionId::ShowOrigin]->setEnabled(isInJoined || payloads_->canShowOrigin());
  payloads_->updateEnabled();
}

void LayerCommands::showJoined(bool joined) {
  Capture *capture = window_->shownCapture();
  ConnectionView *view = window_->view();
  if (!capture || !view->decoder()) return updateEnabled();
  DecodeSettings settings = capture->decodeSettings();
  settings.of(view->shownDirection()).showsOuter = !joined;
  history_->change(settings, {.connection = view->number(), .selection = view->hub()->current()}, nullptr,
                   joined ? tr("Showing payloads joined") : tr("Showing the stream"));
  updateEnabled();
}

void LayerCommands::showOrigin() {
  if (payloads_->canShowOrigin()) return payloads_->showOrigin();
  ConnectionView *view = window_->view();
  const auto selected = view->hub()->current();
  if (!selected || !view->decoder()) return;
  // A caret stands for the byte behind it.
  ByteRange range = selected->range;
  if (range.isEmpty()) ++range.end;
  const auto origin = view->decoder()->originOf(selected->direction, range);
  if (!origin) return;
  showJoined(false);
  view->hub()->select(Selection{.direction = selected->direction, .range = origin->range}, this);
  window_->say(origin->first == origin->last
                   ? tr("It came in message %1, %2.").arg(grouped(origin->first), bytesAt(origin->range))
                   : tr("It came in messages %1 to %2, %3.")
                         .arg(grouped(origin->first), grouped(origin->last), bytesAt(origin->range)));
}

}  // namespace octetscope

#include "app/restart_commands.h"

#include "app/connection_view.h"
#include "app/decode_history.h"
#include "app/main_window.h"
#include "model/framing/framing_words.h"
#include "model/framing/resume.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/messages/message_tree_view.h"
#include "widgets/ribbon/ribbon_view.h"

namespace octetscope {

RestartCommands::RestartCommands(MainWindow *window, DecodeHistory *history)
    : QObject(window), window_(window), history_(history) {
  Actions &actions = window->actions();
  QAction *const start = actions[ActionId::StartAgainHere];
  QAction *const remove = actions[ActionId::RemoveRestart];
  connect(start, &QAction::triggered, this, &RestartCommands::startAgainHere);
  connect(remove, &QAction::triggered, this, &RestartCommands::removeRestart);
  connect(window->view()->hub(), &SelectionHub::changed, this, &RestartCommands::updateEnabled);
  connect(window->view()->ribbon(), &RibbonView::restartAsked, this, &RestartCommands::startAgainAt);
}

void RestartCommands::updateEnabled() {
  window_->actions()[ActionId::StartAgainHere]->setEnabled(canStartAgain());
  window_->actions()[ActionId::RemoveRestart]->setEnabled(selectedRestart().has_value());
}

/// Not where a message begins anyhow; but at the begin of an error, from where the next place is looked for.
bool RestartCommands::canStartAgain() const {
  const auto selected = selectedByte();
  if (!selected) return false;
  const auto [direction, offset] = *selected;
  const ConnectionDecoder *decoder = window_->view()->decoder();
  // Whoever asks for it in joined payloads is told why it cannot be.
  if (decoder->reader(direction).outer) return true;
  const auto number = decoder->messageAt(direction, offset);
  if (!number) return offset > decoder->reader(direction).start;
  const Message message = decoder->message(direction, *number);
  return message.offset != offset || message.status == Status::Error;
}

std::optional<std::pair<Direction, quint64>> RestartCommands::selectedByte() const {
  ConnectionView *view = window_->view();
  if (!view->decoder()) return std::nullopt;
  if (const auto &selected = view->hub()->current()) return std::pair(selected->direction, selected->range.begin);
  if (const auto caret = view->bytes()->caret()) return std::pair(view->shownDirection(), *caret);
  return std::nullopt;
}

std::optional<quint64> RestartCommands::selectedRestart() const {
  const auto selected = selectedByte();
  if (!selected) return std::nullopt;
  const auto [direction, offset] = *selected;
  const ConnectionDecoder *decoder = window_->view()->decoder();
  const DirectionReader &reader = decoder->reader(direction);
  if (reader.restartsAt(offset)) return offset;
  const auto number = decoder->messageAt(direction, offset);
  if (!number) return std::nullopt;
  const Message message = decoder->message(direction, *number);
  return message.range().contains(offset) && reader.restartsAt(message.offset) ? std::optional(message.offset)
                                                                               : std::nullopt;
}

void RestartCommands::startAgainHere() {
  const auto selected = selectedByte();
  if (!selected) return;
  auto [direction, offset] = *selected;
  const ConnectionDecoder *decoder = window_->view()->decoder();
  const DirectionReader &reader = decoder->reader(direction);
  if (reader.outer) return startAgainAt(direction, offset);
  const auto number = decoder->messageAt(direction, offset);
  const Message message = number ? decoder->message(direction, *number) : Message{};
  if (number && message.status == Status::Error && message.offset == offset) {
    // Begun again at its own first byte the error would be the same: it goes on where messages follow one another.
    const auto next = nextFramedPlace(*reader.framer, decoder->view(direction), offset);
    if (!next) {
      window_->say(
          tr("Behind byte %1 no whole messages were found near by. Select the byte where a message begins, and "
             "start framing again there.")
              .arg(grouped(offset)));
      return;
    }
    offset = *next;
  }
  startAgainAt(direction, offset);
}

void RestartCommands::startAgainAt(Direction direction, quint64 offset) {
  Capture *capture = window_->shownCapture();
  ConnectionView *view = window_->view();
  if (!capture || view->number() < 0 || !view->decoder()) return;
  if (view->decoder()->reader(direction).outer) {
    window_->say(tr(
        "Framing is started again at bytes of the stream, and joined payloads are shown: show the stream with Ctrl+J "
        "first."));
    return;
  }
  DecodeSettings settings = capture->decodeSettings();
  settings.addRestart(direction, view->number(), offset);
  if (settings == capture->decodeSettings()) return;
  history_->change(settings, {.connection = view->number(), .selection = view->hub()->current()});
  view->hub()->select(Selection{.direction = direction, .range = {offset, offset}}, this);
  window_->say(tr("Framing starts again at byte %1. Ctrl+Z takes it back.").arg(grouped(offset)));
}

void RestartCommands::removeRestart() {
  const auto offset = selectedRestart();
  Capture *capture = window_->shownCapture();
  if (!offset || !capture) return;
  ConnectionView *view = window_->view();
  DecodeSettings settings = capture->decodeSettings();
  settings.removeRestart(selectedByte()->first, view->number(), *offset);
  history_->change(settings, {.connection = view->number(), .selection = view->hub()->current()});
  window_->say(tr("Framing no longer starts again at byte %1.").arg(grouped(*offset)));
}

}  // namespace octetscope

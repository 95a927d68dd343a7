// Which moment is shown: pausing, stepping, clearing, and what follows from that for what is selected.
#include "app/connection_view.h"

#include "widgets/ribbon/playhead_bar.h"
#include "widgets/ribbon/ribbon_view.h"

namespace octetscope {

namespace {

constexpr std::array both = {Direction::In, Direction::Out};

}  // namespace

void ConnectionView::setPaused(bool paused) {
  if (paused == isPaused()) return;
  if (paused) {
    playhead_.hold();
  } else {
    playhead_.returnToLive();
  }
}

/// The selected message, where the next step by message goes on from it.
std::optional<Playhead::Place> ConnectionView::stepsFrom() const {
  const std::optional<Selection> &selected = hub_.current();
  if (!decoder_ || !playhead_.isLive() || !selected) return std::nullopt;
  const auto number = decoder_->messageAt(selected->direction, selected->range.begin);
  return number ? std::optional(Playhead::Place{selected->direction, *number}) : std::nullopt;
}

bool ConnectionView::canStepMessage(int by) const {
  const auto from = stepsFrom();
  if (!from || by < 0) return playhead_.canStepMessage(by);
  return from->number + 1 < decoder_->messageCount(from->direction);
}

void ConnectionView::stepMessage(int by) {
  if (!canStepMessage(by)) return;
  const auto from = stepsFrom();
  if (!from) {
    playhead_.stepMessage(by);
    if (const auto reached = playhead_.latestMessage()) selectMessage(reached->direction, reached->number);
  } else if (by < 0 && from->number == 0) {
    playhead_.first();
  } else {
    const quint64 number = by < 0 ? from->number - 1 : from->number + 1;
    playhead_.goToMessage(from->direction, number);
    selectMessage(from->direction, number);
  }
}

void ConnectionView::showSteps() {
  playheadBar_->setNextMessage(canStepMessage(1));
  Q_EMIT stepsChanged();
}

void ConnectionView::selectMessage(Direction direction, quint64 number) {
  if (number >= decoder_->messageCount(direction)) return;
  hub_.select(Selection{direction, decoder_->message(direction, number).range(), number}, this);
}

void ConnectionView::onMoment() {
  // Whoever steps, or begins to play, wants to see what a step brings; whoever pauses, or scrolls meanwhile, stays
  // where he is.
  if (!playhead_.isLive() && !playhead_.isPlaying() && playhead_.canStepChunk(1)) setFollowing(true);
  // Back from there, the ribbon follows the live end again where the list does.
  if (playhead_.isLive() && isFollowing()) ribbon()->setFollowing(true);
  updateTabs();
  showWords();
  Q_EMIT changed();
}

/// What has not come yet cannot be selected.
void ConnectionView::clipSelection() {
  const auto &current = hub_.current();
  if (!current || !decoder_ || playhead_.isLive()) return;
  const quint64 size = decoder_->view(current->direction).size();
  Selection selection = *current;
  if (selection.range.begin >= size && (selection.range.begin > size || !selection.range.isEmpty())) {
    hub_.select(std::nullopt, this);
    return;
  }
  selection.range.end = std::min(selection.range.end, size);
  if (selection.message && *selection.message >= decoder_->messageCount(selection.direction)) selection.message.reset();
  hub_.select(selection, this);
}

void ConnectionView::setCleared(bool cleared) {
  putAway_ = {};
  if (cleared && decoder_) {
    putAway_.isSet = true;
    putAway_.of = {decoder_->reader(Direction::In).joinedSpec(), decoder_->reader(Direction::Out).joinedSpec()};
    putAway_.events = playhead_.isLive() ? connection()->eventCount() : playhead_.shown().events;
    for (const Direction direction : both) {
      const quint64 count = decoder_->messageCount(direction);
      if (count == 0) continue;
      // A message that is still arriving is not torn apart.
      const Message last = decoder_->message(direction, count - 1);
      putAway_.bytes[static_cast<std::size_t>(direction)] = last.status == Status::Complete ? last.end() : last.offset;
    }
  }
  hub_.select(std::nullopt, this);
  applySettings();
  // What is put away is everything up to the moment that was shown: there is nothing to see in the past.
  if (cleared) playhead_.returnToLive();
}

}  // namespace octetscope

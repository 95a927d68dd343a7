#include "app/mark_targets.h"

#include "app/connection_view.h"
#include "app/copy_commands.h"
#include "app/main_window.h"
#include "model/items/joined_places.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/messages/message_tree_view.h"
#include "widgets/messages/row_place.h"

#include <QPointer>

#include <algorithm>
#include <memory>
#include <utility>

namespace octetscope {

namespace {

void sortOnce(std::vector<MarkPlace> &places) {
  std::ranges::sort(places);
  const auto same = std::ranges::unique(places);
  places.erase(same.begin(), same.end());
}

}  // namespace

quint64 MarkTargets::rows() const {
  if (!copies_->areRowsMeant()) return 0;
  const MessageTreeView *messages = window_->view()->messages();
  const LineRuns lines = messages->selectedLines();
  const auto current = messages->lineOf(messages->currentIndex());
  // The one where the keyboard stands is what is selected in all views, and they may have chosen a part of it.
  return current && lines == LineRuns{{*current, *current}} ? 0 : lines.count();
}

/// The selected range of the stream, or what it was joined of; of a caret, the message it stands in, or else its byte.
std::optional<MarkPlace> MarkTargets::placeOf(const Selection &selection) const {
  const ConnectionView *view = window_->view();
  const ConnectionDecoder *decoder = view->decoder();
  if (!decoder) return std::nullopt;
  MarkPlace place{view->number(), selection.direction, selection.range};
  if (place.range.isEmpty()) {
    const quint64 at = place.range.begin;
    const auto number = decoder->messageAt(place.direction, at);
    const ByteRange message = number ? decoder->message(place.direction, *number).range() : ByteRange();
    place.range = message.contains(at) ? message : ByteRange::ofSize(at, 1);
  }
  place.range = inStream(*decoder, place.direction, place.range);
  return place.range.isEmpty() ? std::nullopt : std::optional(place);
}

std::optional<MarkPlace> MarkTargets::single() const {
  ConnectionView *view = window_->view();
  if (const auto &selected = view->hub()->current()) return placeOf(*selected);
  const auto caret = view->bytes()->caret();
  return caret ? placeOf({view->shownDirection(), {*caret, *caret}}) : std::nullopt;
}

std::vector<MarkPlace> MarkTargets::few(quint64 most) const {
  std::vector<MarkPlace> places;
  if (rows() == 0) {
    if (const auto place = single()) places.push_back(*place);
    return places;
  }
  for (const QModelIndex &row : window_->view()->messages()->selectedRows(most)) {
    const auto selection = rowSelection(row);
    if (const auto place = selection ? placeOf(*selection) : std::nullopt) places.push_back(*place);
  }
  sortOnce(places);
  return places;
}

void MarkTargets::find(std::size_t most, Found found, std::function<void()> failed) const {
  if (rows() == 0) {
    std::vector<MarkPlace> places;
    if (const auto place = single()) places.push_back(*place);
    return found(places);
  }
  ConnectionView *view = window_->view();
  const auto places = std::make_shared<std::vector<MarkPlace>>();
  const auto visit = [this, places, most](const QModelIndex &row) {
    const auto selection = rowSelection(row);
    if (const auto place = selection ? placeOf(*selection) : std::nullopt) places->push_back(*place);
    return places->size() <= most;
  };
  view->messages()->visitSelected(visit, [places, found = std::move(found), failed = std::move(failed)](bool whole) {
    if (!whole) return failed();
    sortOnce(*places);
    found(*places);
  });
}

}  // namespace octetscope

#include "app/payload_commands.h"

#include "app/connection_view.h"
#include "app/main_window.h"
#include "model/framing/framing_words.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/hexview/payload_pane.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/messages/message_tree_view.h"

namespace octetscope {

PayloadCommands::PayloadCommands(MainWindow *window)
    : QObject(window), window_(window), pane_(window->view()->payloadPane()) {
  ConnectionView *view = window->view();
  connect(window->actions()[ActionId::ShowPayload], &QAction::triggered, this, &PayloadCommands::setOpen);
  connect(view->hub(), &SelectionHub::changed, this, &PayloadCommands::onSelection);
  connect(view, &ConnectionView::changed, this, &PayloadCommands::refresh);
  connect(view, &ConnectionView::sourceChanged, this, [this] { inspect(false); });
  connect(pane_, &PayloadPane::selected, this, &PayloadCommands::onSelectedInPane);
  connect(pane_, &PayloadPane::sourceChanged, this, [this] { inspect(false); });
  connect(pane_, &PayloadPane::closeAsked, this, [this] { setOpen(false); });
  connect(pane_->bytes(), &HexView::said, window, &MainWindow::say);
  pane_->bytes()->setMoreActions({window->actions()[ActionId::ShowOrigin]});
}

void PayloadCommands::updateEnabled() {
  QAction *const show = window_->actions()[ActionId::ShowPayload];
  show->setEnabled(window_->view()->decoder() != nullptr || !pane_->isHidden());
  show->setChecked(!pane_->isHidden());
}

void PayloadCommands::setOpen(bool open) {
  const bool hadKeyboard = pane_->hasKeyboard();
  pane_->setVisible(open);
  if (open) {
    follow();
    if (pane_->reading()) pane_->bytes()->setFocus(Qt::OtherFocusReason);
  } else {
    pane_->setNothing({});
    if (hadKeyboard) window_->view()->bytes()->setFocus(Qt::OtherFocusReason);
  }
  updateEnabled();
}

void PayloadCommands::onSelection(const std::optional<Selection> &selection, const QObject *who) {
  if (who == this || pane_->isHidden()) return;
  inspect(false);
  follow();
  const PayloadReading *reading = pane_->reading();
  if (!reading || !selection) return;
  if (selection->payload && selection->payload->of == reading->payload().at.numbers) {
    pane_->showRange(selection->payload->range);
    return;
  }
  // Bytes of the stream whose place in the payload is known to the byte.
  if (selection->direction != reading->payload().at.direction) return;
  const bool isCaret = selection->range.isEmpty();
  const auto first = reading->inPayload(selection->range.begin);
  const auto last = isCaret ? first : reading->inPayload(selection->range.end - 1);
  if (first && last && *first <= *last) pane_->showRange({*first, *last + (isCaret ? 0 : 1)});
}

void PayloadCommands::onSelectedInPane(ByteRange range) {
  const PayloadReading *reading = pane_->reading();
  if (!reading) return;
  inspect(true);
  const OwnPayload &payload = reading->payload();
  window_->view()->hub()->select(Selection{.direction = payload.at.direction,
                                           .range = reading->inStream(range),
                                           .message = payload.at.numbers.first(),
                                           .payload = PayloadPlace{payload.at.numbers, range}},
                                 this);
}

/// Shows the payload of what is selected: of the innermost message around it that has one of its own.
void PayloadCommands::follow() {
  if (pane_->isHidden()) return;
  const MessageTreeModel *model = window_->view()->messageModel();
  const QModelIndex row = window_->view()->messages()->currentIndex();
  if (const auto payload = row.isValid() ? model->ownPayloadAt(row) : std::nullopt) {
    pane_->setPayload(*payload);
    return;
  }
  pane_->setNothing(row.isValid()
                        ? tr("The payload of the selected message lies in the stream as it is: it has no other "
                             "bytes.")
                        : tr("Select a message whose payload is not a piece of the stream but joined, "
                             "unstuffed or decompressed: the payload's own bytes are shown here."));
}

/// More has come, or all is read anew: the same message may be longer now, or another one.
void PayloadCommands::refresh() {
  if (pane_->isHidden()) return;
  const MessageTreeModel *model = window_->view()->messageModel();
  if (const PayloadReading *reading = pane_->reading(); reading && window_->view()->decoder()) {
    const PlacedMessage &at = reading->payload().at;
    const auto payload = model->ownPayloadAt(model->indexOfNested(at.direction, at.numbers));
    if (payload && payload->at.numbers == at.numbers && payload->at.message.offset == at.message.offset &&
        payload->framer == reading->payload().framer) {
      pane_->setPayload(*payload);
      return;
    }
  }
  follow();
}

/// The inspector looks at what was selected last: bytes of the payload, or of the stream.
void PayloadCommands::inspect(bool payload) {
  InspectorPanel *inspector = window_->inspector();
  ConnectionView *view = window_->view();
  inspector->setSource(payload ? pane_->source() : view->source());
  inspector->setSelectionHub(payload ? pane_->hub() : view->hub());
}

bool PayloadCommands::canShowOrigin() const {
  return !pane_->isHidden() && pane_->reading() && pane_->hasKeyboard();
}

void PayloadCommands::showOrigin() {
  const PayloadReading *reading = pane_->reading();
  if (!reading) return;
  const auto selected = pane_->hub()->current();
  // A caret stands for the byte behind it.
  ByteRange range = selected ? selected->range : ByteRange{};
  if (range.isEmpty()) ++range.end;
  const ByteRange origin = reading->inStream(range);
  ConnectionView *view = window_->view();
  const OwnPayload &payload = reading->payload();
  view->setShownDirection(payload.at.direction);
  onSelectedInPane(range);
  view->bytes()->scrollTo(origin);
  view->bytes()->setFocus(Qt::OtherFocusReason);
  window_->say(tr("It was made of %1 of the stream.").arg(bytesAt(origin)));
}

}  // namespace octetscope

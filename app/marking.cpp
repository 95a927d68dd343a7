#include "app/marking.h"

#include "app/connection_view.h"
#include "app/decode_history.h"
#include "app/main_window.h"
#include "app/mark_keeper.h"
#include "model/framing/framing_words.h"
#include "model/items/mark_words.h"
#include "model/marks/mark_order.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/marks/marks_pane.h"
#include "widgets/marks/note_dialog.h"
#include "widgets/messages/message_tree_view.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QDockWidget>
#include <QSettings>
#include <QStandardPaths>
#include <QTreeView>

namespace octetscope {

namespace {

const QString folderKey = QStringLiteral("marks/folder");
const QString colorKey = QStringLiteral("marks/color");
constexpr std::array colorActions = {ActionId::MarkGreen, ActionId::MarkBlue,   ActionId::MarkPurple,
                                     ActionId::MarkRed,   ActionId::MarkYellow, ActionId::MarkGrey};
static_assert(colorActions.size() == markColorCount);

/// Where the marks of files are kept: beside what else the program keeps, unless the settings say otherwise.
QString folderOf(const QSettings *settings) {
  const QString own = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/marks");
  return settings->value(folderKey, own).toString();
}

}  // namespace

Marking::Marking(MainWindow *window, MarksPane *pane, DecodeHistory *history)
    : QObject(window),
      window_(window),
      pane_(pane),
      history_(history),
      keeper_(std::make_unique<MarkKeeper>(window->workspace()->captures(), folderOf(window->settings()))),
      color_(
          static_cast<MarkColor>(std::clamp(window->settings()->value(colorKey, 0).toInt(), 0, markColorCount - 1))) {
  Actions &actions = window->actions();
  const auto on = [&](ActionId id, auto &&run) { connect(actions[id], &QAction::triggered, this, run); };
  on(ActionId::Mark, [this] { toggle(); });
  on(ActionId::MarkNote, [this] { writeNote(); });
  for (std::size_t i = 0; i < colorActions.size(); ++i) {
    const auto color = static_cast<MarkColor>(i);
    QAction *action = actions[colorActions[i]];
    action->setText(action->text() + QStringLiteral("  ") + Theme::glyph(color));
    connect(action, &QAction::triggered, this, [this, color] { setColor(color); });
  }
  on(ActionId::NextMark, [this] { go(1); });
  on(ActionId::PreviousMark, [this] { go(-1); });
  on(ActionId::ListMarks, [this] { openList(); });
  on(ActionId::RemoveMarks, [this] {
    if (const Capture *capture = window_->shownCapture()) {
      const std::vector<Mark> &all = capture->marks().table().all();
      remove(QList<Mark>(all.begin(), all.end()));
    }
  });
  connect(pane, &MarksPane::goToAsked, this, &Marking::goTo);
  connect(pane, &MarksPane::removeAsked, this, &Marking::remove);
  connect(pane, &MarksPane::noteAsked, this, [this](const Mark &mark, const QString &note) {
    Mark after = mark;
    after.note = note.trimmed();
    change({{mark, after}}, tr("note"));
  });
  connect(pane, &MarksPane::colorAsked, this, [this](const QList<Mark> &marks, MarkColor color) {
    QList<MarkChange> changes;
    for (const Mark &mark : marks) {
      Mark after = mark;
      after.color = color;
      if (after != mark) changes.append({mark, after});
    }
    change(changes, tr("colour of marks"));
  });
  connect(window->view(), &ConnectionView::sourceChanged, this, &Marking::follow);
  connect(window->view()->hub(), &SelectionHub::changed, this, &Marking::updateEnabled);
  connect(keeper_.get(), &MarkKeeper::failed, window, &MainWindow::showError);
  connect(keeper_.get(), &MarkKeeper::broughtBack, this, [this](const Capture *capture, qulonglong count) {
    if (capture != window_->shownCapture()) return;
    window_->say(tr("%n marks of this file are back. F2 goes from one to the next.", nullptr, static_cast<int>(count)));
  });
}

Marking::~Marking() = default;

void Marking::follow() {
  ConnectionView *view = window_->view();
  const auto show = [&](const ConnectionMarks *marks) {
    view->bytes()->setMarks(marks);
    view->messages()->setMarks(marks);
    view->ribbon()->setMarks(marks);
  };
  Capture *capture = view->capture();
  std::unique_ptr<ConnectionMarks> marks;
  if (capture && view->decoder()) {
    marks = std::make_unique<ConnectionMarks>(&capture->marks(), view->decoder(), view->number());
    connect(marks.get(), &ConnectionMarks::changed, this, &Marking::updateEnabled);
  }
  show(marks.get());
  shown_ = std::move(marks);
  pane_->model()->setMarks(capture ? &capture->marks() : nullptr);
  pane_->model()->setDecoder(view->decoder(), view->number());
  updateEnabled();
}

/// The selected range of the stream; of a caret, the message it stands in, or else its byte.
std::optional<MarkPlace> Marking::selectedPlace() const {
  ConnectionView *view = window_->view();
  const ConnectionDecoder *decoder = view->decoder();
  if (!decoder) return std::nullopt;
  Selection selection;
  if (const auto &selected = view->hub()->current()) {
    selection = *selected;
  } else if (const auto caret = view->bytes()->caret()) {
    selection = {view->shownDirection(), {*caret, *caret}};
  } else {
    return std::nullopt;
  }
  MarkPlace place{view->number(), selection.direction, selection.range};
  if (place.range.isEmpty()) {
    const quint64 at = place.range.begin;
    const auto number = decoder->messageAt(place.direction, at);
    const ByteRange message = number ? decoder->message(place.direction, *number).range() : ByteRange();
    place.range = message.contains(at) ? message : ByteRange::ofSize(at, 1);
  }
  place.range = place.range.intersected({0, decoder->view(place.direction).size()});
  return place.range.isEmpty() ? std::nullopt : std::optional(place);
}

/// The mark of exactly what is selected.
std::optional<Mark> Marking::markOfSelection() const {
  const auto place = selectedPlace();
  const Capture *capture = window_->shownCapture();
  const auto row = place && capture ? capture->marks().table().rowOf(*place) : std::nullopt;
  return row ? std::optional(capture->marks().table().at(*row)) : std::nullopt;
}

void Marking::updateEnabled() {
  Actions &actions = window_->actions();
  const auto place = selectedPlace();
  const bool isMarked = markOfSelection().has_value();
  const Capture *capture = window_->shownCapture();
  const bool hasMarks = capture && capture->marks().table().count() > 0;
  actions[ActionId::Mark]->setEnabled(place.has_value());
  actions[ActionId::Mark]->setText(isMarked ? tr("Take the &mark away") : tr("&Mark"));
  actions[ActionId::MarkNote]->setEnabled(place.has_value());
  for (const ActionId id : colorActions) actions[id]->setEnabled(place.has_value());
  for (const ActionId id : {ActionId::NextMark, ActionId::PreviousMark, ActionId::RemoveMarks}) {
    actions[id]->setEnabled(hasMarks);
  }
}

/// Says why not.
bool Marking::mayMark() {
  const Capture *capture = window_->shownCapture();
  const auto place = selectedPlace();
  if (!capture || !place) return false;
  if (shown_ && !shown_->isShown(place->direction)) {
    window_->say(
        tr("Marks are set on bytes of the stream, and joined payloads are shown: go to the bytes these came from with "
           "Ctrl+Shift+J first."));
    return false;
  }
  if (capture->marks().table().count() >= CaptureMarks::most && !markOfSelection()) {
    window_->say(tr("This capture has %1 marks, and takes no more.").arg(grouped(CaptureMarks::most)));
    return false;
  }
  return true;
}

void Marking::change(const QList<MarkChange> &changes, const QString &words) {
  ConnectionView *view = window_->view();
  history_->changeMarks(changes, {.connection = view->number(), .selection = view->hub()->current()}, words);
}

void Marking::put(const Mark &mark) {
  const auto before = markOfSelection();
  if (before == mark) return;
  color_ = mark.color;
  window_->settings()->setValue(colorKey, static_cast<int>(color_));
  change({{before, mark}}, before ? tr("change of a mark") : tr("mark"));
  pane_->setCurrent(mark.place);
  window_->say(tr("%1. Ctrl+Shift+M writes a note on it, F2 goes from mark to mark.").arg(markWords(mark)));
}

void Marking::toggle() {
  if (!mayMark()) return;
  if (const auto there = markOfSelection()) {
    remove({*there});
  } else {
    put({*selectedPlace(), color_, {}});
  }
}

void Marking::writeNote() {
  if (!mayMark()) return;
  const Mark mark = markOfSelection().value_or(Mark{*selectedPlace(), color_, {}});
  auto *dialog = new NoteDialog(mark, window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  const QPointer<Capture> capture = window_->shownCapture();
  connect(dialog, &QDialog::accepted, this, [this, dialog, capture] {
    // What is selected cannot have changed meanwhile but by bytes that came: the place is the dialog's.
    if (capture != window_->shownCapture()) return;
    const Mark after = dialog->mark();
    const auto row = capture->marks().table().rowOf(after.place);
    const auto before = row ? std::optional(capture->marks().table().at(*row)) : std::nullopt;
    if (before == after) return;
    color_ = after.color;
    change({{before, after}}, before ? tr("change of a mark") : tr("mark"));
    pane_->setCurrent(after.place);
  });
  dialog->open();
}

void Marking::setColor(MarkColor color) {
  if (!mayMark()) return;
  Mark mark = markOfSelection().value_or(Mark{*selectedPlace(), color, {}});
  mark.color = color;
  put(mark);
}

void Marking::remove(const QList<Mark> &marks) {
  QList<MarkChange> changes;
  for (const Mark &mark : marks) changes.append({mark, std::nullopt});
  change(changes, marks.size() == 1 ? tr("removal of a mark") : tr("removal of %n marks", nullptr, int(marks.size())));
  if (!marks.isEmpty()) {
    window_->say(tr("%1 taken away. Ctrl+Z brings back what was there.")
                     .arg(marks.size() == 1 ? tr("1 mark") : tr("%1 marks").arg(grouped(marks.size()))));
  }
}

void Marking::go(int by) {
  const Capture *capture = window_->shownCapture();
  ConnectionView *view = window_->view();
  if (!capture) return;
  MarkPlace from{view->number(), view->shownDirection(), {}};
  // From nowhere the next one is the first.
  if (const auto &selected = view->hub()->current()) {
    from = {view->number(), selected->direction, selected->range};
  }
  const auto row = markBeside(*capture, capture->marks().table(), from, by);
  if (row) goTo(capture->marks().table().at(*row).place);
}

void Marking::goTo(const MarkPlace &place) {
  Capture *capture = window_->shownCapture();
  if (!capture || place.connection >= capture->connectionCount()) return;
  const auto row = capture->marks().table().rowOf(place);
  if (!row) return;
  const Mark mark = capture->marks().table().at(*row);
  ConnectionView *view = window_->view();
  if (place.connection != view->number()) window_->showConnection(capture, place.connection);
  if (view->decoder()->reader(place.direction).outer) {
    DecodeSettings settings = capture->decodeSettings();
    settings.of(place.direction).showsOuter = true;
    history_->change(settings, {.connection = view->number(), .selection = view->hub()->current()}, nullptr,
                     tr("Showing the stream"));
  }
  // What had not come at the moment shown is there live.
  if (place.range.end > view->decoder()->view(place.direction).size()) view->playhead()->returnToLive();
  std::optional<quint64> message = view->decoder()->messageAt(place.direction, place.range.begin);
  if (message && place.range.end > view->decoder()->message(place.direction, *message).end()) message.reset();
  view->hub()->select(Selection{place.direction, place.range, message}, this);
  pane_->setCurrent(place);
  window_->say(
      tr("Mark %1 of %2: %3").arg(grouped(*row + 1), grouped(capture->marks().table().count()), markWords(mark)));
}

void Marking::openList() {
  for (QWidget *widget = pane_; widget; widget = widget->parentWidget()) {
    if (auto *dock = qobject_cast<QDockWidget *>(widget)) {
      dock->show();
      dock->raise();
      break;
    }
  }
  pane_->list()->setFocus(Qt::ShortcutFocusReason);
}

}  // namespace octetscope

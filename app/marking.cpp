#include "app/marking.h"

#include "app/connection_view.h"
#include "app/decode_history.h"
#include "app/main_window.h"
#include "app/mark_keeper.h"
#include "model/framing/framing_words.h"
#include "model/items/joined_places.h"
#include "model/items/mark_words.h"
#include "model/marks/mark_order.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/marks/marks_pane.h"
#include "widgets/marks/note_dialog.h"
#include "widgets/messages/message_tree_view.h"
#include "widgets/ribbon/ribbon_view.h"

#include <QApplication>
#include <QMenu>
#include <QSettings>
#include <QStandardPaths>
#include <QTreeView>

#include <algorithm>

namespace octetscope {

namespace {

const QString folderKey = QStringLiteral("marks/folder");
const QString colorKey = QStringLiteral("marks/color");
constexpr std::array colorActions = {ActionId::MarkGreen, ActionId::MarkBlue,   ActionId::MarkPurple,
                                     ActionId::MarkRed,   ActionId::MarkYellow, ActionId::MarkGrey};
static_assert(colorActions.size() == markColorCount);
constexpr quint64 mostLookedAt = 100;  // rows that are selected, for the words of the menu

/// Where the marks of files are kept: beside what else the program keeps, unless the settings say otherwise.
QString folderOf(const QSettings *settings) {
  const QString own = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/marks");
  return settings->value(folderKey, own).toString();
}

}  // namespace

Marking::Marking(MainWindow *window, MarksPane *pane, DecodeHistory *history, const CopyCommands *copies)
    : QObject(window),
      window_(window),
      pane_(pane),
      history_(history),
      targets_(window, copies),
      colorMenu_(new QMenu(tr("Colour o&f the mark"), window)),
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
    colorMenu_->addAction(action);
  }
  colorMenu_->setToolTipsVisible(true);
  colorMenu_->menuAction()->setStatusTip(tr("Mark what is selected in one of six colours"));
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
  connect(window->view()->messages(), &MessageTreeView::selectedRowsChanged, this, &Marking::updateEnabled);
  connect(qApp, &QApplication::focusChanged, this, &Marking::updateEnabled);
  connect(keeper_.get(), &MarkKeeper::failed, window, &MainWindow::showError);
  connect(keeper_.get(), &MarkKeeper::broughtBack, this, [this](const Capture *capture, qulonglong count) {
    if (capture != window_->shownCapture()) return;
    window_->sayToo(
        tr("%n marks of this file are back. F2 goes from one to the next.", nullptr, static_cast<int>(count)));
  });
}

Marking::~Marking() = default;

QList<QAction *> Marking::aboutSelection() const {
  const Actions &actions = window_->actions();
  return {actions[ActionId::Mark], actions[ActionId::MarkNote], colorMenu_->menuAction()};
}

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

std::optional<Mark> Marking::markAt(const MarkPlace &place) const {
  const Capture *capture = window_->shownCapture();
  const auto row = capture ? capture->marks().table().rowOf(place) : std::nullopt;
  return row ? std::optional(capture->marks().table().at(*row)) : std::nullopt;
}

/// Those that are there, and new ones where there are none.
QList<Mark> Marking::marksAt(const std::vector<MarkPlace> &places) const {
  QList<Mark> marks;
  for (const MarkPlace &place : places) marks.append(markAt(place).value_or(Mark{place, color_, {}}));
  return marks;
}

void Marking::updateEnabled() {
  Actions &actions = window_->actions();
  const quint64 rows = targets_.rows();
  const std::vector<MarkPlace> places = targets_.few(mostLookedAt);
  const bool canMark = !places.empty() || rows > mostLookedAt;
  const bool areMarked = !places.empty() && std::ranges::all_of(places, [this](const MarkPlace &place) {
    return markAt(place).has_value();
  });
  const Capture *capture = window_->shownCapture();
  const bool hasMarks = capture && capture->marks().table().count() > 0;
  actions[ActionId::Mark]->setEnabled(canMark);
  actions[ActionId::Mark]->setText(rows > 1
                                       ? areMarked ? tr("Take the &marks away") : tr("&Mark %1 rows").arg(grouped(rows))
                                   : areMarked ? tr("Take the &mark away")
                                               : tr("&Mark"));
  actions[ActionId::MarkNote]->setEnabled(canMark);
  for (const ActionId id : colorActions) actions[id]->setEnabled(canMark);
  colorMenu_->setEnabled(canMark);
  for (const ActionId id : {ActionId::NextMark, ActionId::PreviousMark, ActionId::RemoveMarks}) {
    actions[id]->setEnabled(hasMarks);
  }
}

/// Does `act` with the places that are meant, or says why not.
void Marking::withTargets(std::function<void(const std::vector<MarkPlace> &places)> act) {
  const QPointer<Capture> capture = window_->shownCapture();
  const int number = window_->view()->number();
  if (!capture) return;
  const QPointer self(this);
  const auto say = [self](const QString &words) {
    if (self) self->window_->say(words);
  };
  const auto found = [self, capture, number, say, act = std::move(act)](const std::vector<MarkPlace> &places) {
    if (!self || capture != self->window_->shownCapture() || number != self->window_->view()->number()) return;
    if (places.empty()) return say(tr("Nothing was marked: what is selected has no bytes."));
    const auto isNew = [&](const MarkPlace &place) { return !self->markAt(place); };
    const auto added = static_cast<std::size_t>(std::ranges::count_if(places, isNew));
    const std::size_t count = capture->marks().table().count();
    if (added > 0 && count + added > CaptureMarks::most) {
      return say(
          tr("This capture has %1 marks, and takes no more than %2.").arg(grouped(count), grouped(CaptureMarks::most)));
    }
    act(places);
  };
  targets_.find(CaptureMarks::most, found,
                [say] { say(tr("Nothing was marked, because the rows changed meanwhile. Mark them again.")); });
}

void Marking::change(const QList<MarkChange> &changes, const QString &words) {
  ConnectionView *view = window_->view();
  history_->changeMarks(changes, {.connection = view->number(), .selection = view->hub()->current()}, words);
}

/// All of them in one step.
void Marking::put(const QList<Mark> &marks) {
  QList<MarkChange> changes;
  for (const Mark &mark : marks) {
    const auto before = markAt(mark.place);
    if (before != mark) changes.append({before, mark});
  }
  if (changes.isEmpty()) return;
  const qsizetype count = changes.size();
  const bool areThere = std::ranges::all_of(changes, [](const MarkChange &one) { return one.before.has_value(); });
  QString step = areThere ? tr("change of a mark") : tr("mark");
  if (count > 1) step = (areThere ? tr("change of %1 marks") : tr("%1 marks")).arg(grouped(count));
  const MarkPlace first = changes.first().after->place;
  change(changes, step);
  pane_->setCurrent(first);
  const QString what = count == 1 ? markWords(*changes.first().after) : tr("%1 places are marked").arg(grouped(count));
  window_->say(tr("%1. Ctrl+Shift+M writes a note, F2 goes from mark to mark.").arg(what));
}

void Marking::chooseColor(MarkColor color) {
  color_ = color;
  window_->settings()->setValue(colorKey, static_cast<int>(color_));
}

/// Marks what is not marked yet; once all is, it takes the marks away.
void Marking::toggle() {
  withTargets([this](const std::vector<MarkPlace> &places) {
    const auto isMarked = [this](const MarkPlace &place) { return markAt(place).has_value(); };
    if (std::ranges::all_of(places, isMarked)) {
      remove(marksAt(places));
    } else {
      put(marksAt(places));
    }
  });
}

void Marking::writeNote() {
  withTargets([this](const std::vector<MarkPlace> &places) {
    auto *dialog = new NoteDialog(marksAt(places), window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QPointer<Capture> capture = window_->shownCapture();
    connect(dialog, &QDialog::accepted, this, [this, dialog, capture] {
      // What is selected cannot have changed meanwhile but by bytes that came: the places are the dialog's.
      if (capture != window_->shownCapture()) return;
      if (const auto color = dialog->color()) chooseColor(*color);
      put(dialog->marks());
    });
    dialog->open();
  });
}

void Marking::setColor(MarkColor color) {
  withTargets([this, color](const std::vector<MarkPlace> &places) {
    chooseColor(color);
    QList<Mark> marks = marksAt(places);
    for (Mark &mark : marks) mark.color = color;
    put(marks);
  });
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
    from = {view->number(), selected->direction, inStream(*view->decoder(), selected->direction, selected->range)};
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
  ByteRange shown = asShown(*view->decoder(), place.direction, place.range);
  if (shown.isEmpty()) {
    // Joined payloads have none of its bytes.
    DecodeSettings settings = capture->decodeSettings();
    settings.of(place.direction).showsOuter = true;
    history_->change(settings, {.connection = view->number(), .selection = view->hub()->current()}, nullptr,
                     tr("Showing the stream"));
    shown = place.range;
  }
  // What had not come at the moment shown is there live.
  const bool isStillToCome = shown.end > view->decoder()->view(place.direction).size();
  if (isStillToCome) view->playhead()->returnToLive();
  std::optional<quint64> message = view->decoder()->messageAt(place.direction, shown.begin);
  if (message && shown.end > view->decoder()->message(place.direction, *message).end()) message.reset();
  view->hub()->select(Selection{place.direction, shown, message}, this);
  // It may have been selected before, and be out of sight.
  view->messages()->showCurrent();
  pane_->setCurrent(place);
  window_->say(
      tr("Mark %1 of %2: %3").arg(grouped(*row + 1), grouped(capture->marks().table().count()), markWords(mark)));
  if (isStillToCome) window_->sayToo(tr("It had not come at the moment shown: the newest is shown again."));
}

void Marking::openList() {
  window_->openPane(pane_);
  pane_->list()->setFocus(Qt::ShortcutFocusReason);
}

}  // namespace octetscope

#include "app/suggesting.h"

#include "app/comparing.h"
#include "app/connection_view.h"
#include "app/decode_history.h"
#include "app/main_window.h"
#include "app/window_commands.h"
#include "model/framing/framing_words.h"
#include "widgets/ribbon/ribbon_view.h"

namespace octetscope {

namespace {
constexpr std::array both = {Direction::In, Direction::Out};
}

Suggesting::Suggesting(MainWindow *window, DecodeHistory *history)
    : QObject(window), window_(window), history_(history), ribbon_(window->view()->ribbon()) {
  connect(window->actions()[ActionId::Suggest], &QAction::triggered, this, &Suggesting::open);
  connect(window->view(), &ConnectionView::sourceChanged, this, [this] { showPreview(-1); });
}

Suggesting::~Suggesting() {
  // The views are gone before it, where the window goes.
  if (ribbon_ && preview_) ribbon_->setSecond(nullptr);
}

void Suggesting::updateEnabled() {
  const ConnectionView *view = window_->view();
  const bool hasBytes = view->connection() && (view->connection()->stream(Direction::In).size() > 0 ||
                                               view->connection()->stream(Direction::Out).size() > 0);
  window_->actions()[ActionId::Suggest]->setEnabled(hasBytes);
}

void Suggesting::open() {
  if (!dialog_) {
    dialog_ = new SuggestDialog(window_);
    connect(dialog_, &SuggestDialog::previewed, this, &Suggesting::showPreview);
    connect(dialog_, &SuggestDialog::taken, this, &Suggesting::take);
    connect(dialog_, &SuggestDialog::searchAgainAsked, this, &Suggesting::search);
    connect(dialog_, &SuggestDialog::cancelled, &search_, &BackgroundSuggestion::cancel);
    connect(&search_, &BackgroundSuggestion::progressed, dialog_, &SuggestDialog::setProgress);
    connect(&search_, &BackgroundSuggestion::found, dialog_, &SuggestDialog::setSuggestions);
  }
  dialog_->show();
  dialog_->raise();
  search();
}

void Suggesting::search() {
  const std::shared_ptr<Connection> connection = window_->view()->connection();
  if (!connection || !dialog_) return;
  SuggestionInput input;
  for (const Direction direction : both) {
    const auto d = static_cast<std::size_t>(direction);
    input.streams[d] = connection->stream(direction).view();
    const ConnectionDecoder *decoder = window_->view()->decoder();
    // What was put away is not looked at, unless other bytes than the stream's are shown.
    if (decoder && !decoder->reader(direction).outer) input.starts[d] = decoder->reader(direction).start;
  }
  dialog_->startSearch(tr("Which framings fit the %1 in and %2 out of this connection? Each is tried on them, and must "
                          "explain them better than chance.")
                           .arg(byteCount(input.streams[0].size()), byteCount(input.streams[1].size())));
  search_.start(std::move(input));
}

void Suggesting::showPreview(int index) {
  RibbonView *ribbon = window_->view()->ribbon();
  // A comparison has the second lanes to itself.
  const bool isComparing = window_->commands() && window_->commands()->comparing()->comparison();
  if (preview_ && ribbon && !isComparing) ribbon->setSecond(nullptr);
  preview_.reset();
  const std::shared_ptr<Connection> connection = window_->view()->connection();
  if (index < 0 || !dialog_ || index >= dialog_->suggestions().size() || !connection || !ribbon || isComparing) return;
  const Suggestion &suggestion = dialog_->suggestions()[index];
  std::array<DirectionReader, 2> readers;
  for (const Direction direction : both) {
    const auto d = static_cast<std::size_t>(direction);
    DirectionSettings settings;
    settings.showsOuter = true;
    if (suggestion.fits[d]) settings.framing = suggestion.spec;
    auto reader = DirectionReader::create(settings);
    if (!reader) return;
    reader->start = suggestion.starts[d];
    readers[d] = std::move(*reader);
  }
  preview_ = std::make_unique<ConnectionDecoder>(connection);
  preview_->setReaders(std::move(readers[0]), std::move(readers[1]));
  preview_->advance();
  ribbon->setSecond(preview_.get());
}

void Suggesting::take(int index) {
  Capture *capture = window_->shownCapture();
  if (!capture || index < 0 || index >= dialog_->suggestions().size()) return;
  const Suggestion suggestion = dialog_->suggestions()[index];
  showPreview(-1);
  ConnectionView *view = window_->view();
  DecodeSettings settings = capture->decodeSettings();
  const bool isOnlyOne = suggestion.fits[0] != suggestion.fits[1];
  for (const Direction direction : both) {
    const auto d = static_cast<std::size_t>(direction);
    // A direction without bytes is read alike: more often than not it is framed alike.
    const bool isEmpty = view->connection() && view->connection()->stream(direction).size() == 0;
    if (!suggestion.fits[d] && !(isOnlyOne && isEmpty)) continue;
    settings.of(direction).framing = suggestion.spec;
    if (suggestion.starts[d] > 0) settings.addRestart(direction, view->number(), suggestion.starts[d]);
  }
  history_->change(settings, {.connection = view->number(), .selection = view->hub()->current()}, nullptr,
                   tr("Framing suggested: %1").arg(suggestion.spec));
  window_->say(tr("Framing: %1. Ctrl+Z takes it back.").arg(suggestion.spec));
}

}  // namespace octetscope

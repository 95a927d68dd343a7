#include "app/comparing.h"

#include "app/connection_view.h"
#include "app/decode_history.h"
#include "app/main_window.h"
#include "model/items/connection_comparison.h"
#include "widgets/decoder/compare_bar.h"
#include "widgets/decoder/decoder_bar.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/ribbon/ribbon_view.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QLineEdit>

#include <array>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array both = {Direction::In, Direction::Out};

/// What is worth comparing with at first: the framing with the usual mistake in it.
QString likelySecond(const QString &first) {
  constexpr std::array<std::pair<const char *, const char *>, 4> orders = {
      std::pair("u16be", "u16le"), std::pair("u24be", "u24le"), std::pair("u32be", "u32le"),
      std::pair("u64be", "u64le")};
  for (const auto &[big, little] : orders) {
    for (const auto &[from, to] : {std::pair(big, little), std::pair(little, big)}) {
      const QString name = QLatin1String(from);
      if (first.contains(name)) return QString(first).replace(name, QLatin1String(to));
    }
  }
  return first == u"chunks"_s ? u"lines"_s : u"chunks"_s;
}

/// The same where joined payloads are shown: what joins them stays as it is.
QString likelySecond(const DirectionSettings &first, const DirectionReader &reader) {
  if (!reader.outer) return likelySecond(first.framing);
  const QString joins = reader.outer->spec().chopped(reader.framer->spec().size());
  return joins + likelySecond(reader.framer->spec());
}

}  // namespace

Comparing::Comparing(MainWindow *window, CompareBar *bar, DecodeHistory *history)
    : QObject(window), window_(window), bar_(bar), history_(history), ribbon_(window->view()->ribbon()) {
  Actions &actions = window->actions();
  const auto on = [&](ActionId id, auto act) { connect(actions[id], &QAction::triggered, this, act); };
  on(ActionId::Compare, &Comparing::setOpen);
  on(ActionId::GoToDivergence, &Comparing::goToDivergence);
  on(ActionId::SwapFramings, &Comparing::swap);
  on(ActionId::KeepA, &Comparing::keepFirst);
  on(ActionId::KeepB, &Comparing::keepSecond);
  connect(bar, &CompareBar::specEdited, this, &Comparing::editSpec);
  connect(window->view(), &ConnectionView::sourceChanged, this, &Comparing::start);
  connect(window, &MainWindow::settingsShown, this, &Comparing::start);
  bar->hide();
}

Comparing::~Comparing() {
  stop();
}

void Comparing::stop() {
  if (first_) first_->disconnect(this);
  first_ = nullptr;
  if (ribbon_) {
    ribbon_->setSecond(nullptr);
    ribbon_->setDivergence(std::nullopt);
  }
  comparison_.reset();
  second_.reset();
}

/// Compares what is shown now, under the settings it has now.
void Comparing::start() {
  ConnectionView *view = window_->view();
  Capture *capture = window_->shownCapture();
  const Direction direction = view->shownDirection();
  // A capture may be chosen already whose connection is not shown yet: then this comes once more.
  const QString spec = capture && view->decoder() && view->capture() == capture
                           ? capture->decodeSettings().secondOf(direction)
                           : QString();
  stop();
  bar_->setVisible(!spec.isEmpty());
  bar_->setWords({}, false);
  if (!spec.isEmpty()) {
    const DecodeSettings &settings = capture->decodeSettings();
    bar_->setMaxMessage(settings.of(direction).maxMessage);
    bar_->setSpec(spec);
    bar_->setFirst(settings.of(direction).framing,
                   Theme::arrow(direction) + u' ' + (direction == Direction::In ? tr("in") : tr("out")));
    std::array<DirectionReader, 2> readers;
    bool isRight = true;
    for (const Direction one : both) {
      const DirectionReader &first = view->decoder()->reader(one);
      auto reader = secondReader(one);
      // Of the other direction only what stands in the same bytes can be shown below them.
      const bool isBeside = reader && reader->joinedSpec() == first.joinedSpec();
      if (reader && !isBeside && one == direction) {
        const QString joins = first.outer->spec().chopped(first.framer->spec().size());
        bar_->setWords(
            tr("Joined payloads are shown, and B joins no or other ones: let it begin with “%1”, or show the "
               "stream with Ctrl+J to compare the framings of that.")
                .arg(joins.trimmed()),
            false);
      }
      if (!isBeside && one != direction) {
        reader = DirectionReader::create(settings.of(one), settings.restartsOf(one, view->number()));
      }
      if (!reader || (one == direction && !isBeside)) {
        isRight = false;
        break;
      }
      reader->start = first.start;
      readers[static_cast<std::size_t>(one)] = std::move(*reader);
    }
    direction_ = direction;
    first_ = view->decoder();
    // Another reading of the bytes by A: settingsShown() may come before it, and Clear begins anew by itself.
    connect(first_, &ConnectionDecoder::restarted, this, &Comparing::start, Qt::QueuedConnection);
    connect(first_, &QObject::destroyed, this, [this] { stop(); });
    if (isRight && view->decoder()->reader(direction).framer) {
      const DirectionReader &reader = first_->reader(direction);
      comparison_ = std::make_unique<ConnectionComparison>(
          reader.framer, readers[static_cast<std::size_t>(direction)].framer, reader.start);
      connect(comparison_.get(), &ConnectionComparison::changed, this, &Comparing::showFound);
      second_ = std::make_unique<ConnectionDecoder>(first_->connection());
      second_->setReaders(std::move(readers[0]), std::move(readers[1]));
      connect(first_, &ConnectionDecoder::advanced, this, &Comparing::follow);
      connect(first_, &ConnectionDecoder::momentChanged, this, &Comparing::follow);
      if (ribbon_) ribbon_->setSecond(second_.get());
      follow();
    }
  }
  showFound();
}

/// B of a direction, read as A is shown: of the stream, or of payloads that are joined.
Result<DirectionReader> Comparing::secondReader(Direction direction) const {
  const ConnectionView *view = window_->view();
  const DecodeSettings &settings = window_->shownCapture()->decodeSettings();
  DirectionSettings second = settings.of(direction);
  if (!settings.secondOf(direction).isEmpty()) second.framing = settings.secondOf(direction);
  // Beside the stream it is what the outer framing makes of that.
  second.showsOuter = !view->decoder()->reader(direction).outer;
  return DirectionReader::create(second, settings.restartsOf(direction, view->number()));
}

/// More has come, or another moment is shown.
void Comparing::follow() {
  if (!first_ || !comparison_) return;
  second_->setMoment(first_->moment());
  second_->advance();
  comparison_->setView(first_->view(direction_));
}

void Comparing::showFound() {
  if (comparison_) {
    const QString words = comparison_->words();
    const std::optional<Divergence> &divergence = comparison_->found().divergence;
    bar_->setWords(words, divergence.has_value());
    if (ribbon_ && divergence) {
      ribbon_->setDivergence(RibbonView::Divergence{direction_, divergence->offset(), words});
    } else if (ribbon_) {
      ribbon_->setDivergence(std::nullopt);
    }
  }
  updateEnabled();
  Q_EMIT changed();
}

void Comparing::updateEnabled() {
  Actions &actions = window_->actions();
  actions[ActionId::Compare]->setEnabled(window_->view()->decoder() != nullptr);
  actions[ActionId::Compare]->setChecked(!bar_->isHidden());
  actions[ActionId::GoToDivergence]->setEnabled(comparison_ && comparison_->found().divergence);
  for (const ActionId id : {ActionId::SwapFramings, ActionId::KeepA, ActionId::KeepB}) {
    actions[id]->setEnabled(!bar_->isHidden());
  }
}

template <typename Change>
void Comparing::apply(Change change, const QString &words) {
  Capture *capture = window_->shownCapture();
  ConnectionView *view = window_->view();
  if (!capture || !view->decoder()) return;
  DecodeSettings settings = capture->decodeSettings();
  // Where both directions are read alike they stay so.
  const bool alike = settings.of(Direction::In) == settings.of(Direction::Out);
  for (const Direction direction : both) {
    if (alike || direction == view->shownDirection()) change(settings.of(direction), settings.secondOf(direction));
  }
  QWidget *focus = QApplication::focusWidget();
  const bool isTyped = words.isEmpty() && qobject_cast<QLineEdit *>(focus) && bar_->isAncestorOf(focus);
  history_->change(settings, {.connection = view->number(), .selection = view->hub()->current()},
                   isTyped ? focus : nullptr, words);
}

void Comparing::setOpen(bool open) {
  if (open) {
    const ConnectionDecoder *decoder = window_->view()->decoder();
    const DirectionReader shown = decoder ? decoder->reader(window_->view()->shownDirection()) : DirectionReader();
    apply([&shown](const DirectionSettings &first, QString &second) { second = likelySecond(first, shown); }, {});
    if (!bar_->isHidden()) bar_->focusSpec();
  } else {
    apply([](const DirectionSettings &, QString &second) { second.clear(); }, {});
  }
  updateEnabled();
}

void Comparing::editSpec(const QString &spec) {
  apply([&spec](const DirectionSettings &, QString &second) { second = spec; }, {});
}

void Comparing::swap() {
  apply([](DirectionSettings &first, QString &second) { std::swap(first.framing, second); }, tr("Swap A and B"));
}

void Comparing::keepFirst() {
  const Capture *capture = window_->shownCapture();
  if (!capture) return;
  const QString words = tr("Keep A: %1").arg(capture->decodeSettings().of(window_->view()->shownDirection()).framing);
  apply([](const DirectionSettings &, QString &second) { second.clear(); }, words);
}

void Comparing::keepSecond() {
  const QString words = tr("Keep B: %1").arg(bar_->spec());
  apply(
      [](DirectionSettings &first, QString &second) {
        first.framing = second;
        second.clear();
      },
      words);
}

void Comparing::goToDivergence() {
  if (!comparison_ || !comparison_->found().divergence) return;
  const Divergence &where = *comparison_->found().divergence;
  ConnectionView *view = window_->view();
  const ByteRange range = where.a ? where.a->range() : where.b ? where.b->range() : ByteRange{};
  view->setFollowing(false);
  view->setShownDirection(direction_);
  view->hub()->select(Selection{.direction = direction_, .range = range}, this);
  view->bytes()->scrollTo(range);
  window_->say(tr("The framings part at byte %1.").arg(window_->locale().toString(where.offset())));
}

}  // namespace octetscope

#include "app/connection_view.h"

#include "model/items/explanation.h"
#include "model/items/message_order.h"
#include "widgets/hexview/decoder_hex_source.h"
#include "widgets/hexview/find_bar.h"
#include "widgets/hexview/go_to_bar.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/hexview/payload_pane.h"
#include "widgets/messages/filter_bar.h"
#include "widgets/messages/message_header.h"
#include "widgets/messages/message_locator.h"
#include "widgets/messages/message_pane.h"
#include "widgets/messages/message_tree_view.h"
#include "widgets/ribbon/playhead_bar.h"
#include "widgets/ribbon/ribbon_pane.h"
#include "widgets/ribbon/ribbon_view.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QSettings>
#include <QSplitter>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>
#include <numeric>

namespace octetscope {

namespace {

const QString splitterKey = QStringLiteral("centre/panes");
const QString ribbonKey = QStringLiteral("centre/ribbon");
const QString sizedKey = QStringLiteral("centre/sized");
const QString directionsKey = QStringLiteral("centre/ribbonDirections");
const QString columnsKey = QStringLiteral("centre/columns");
const QString zoomKey = QStringLiteral("centre/zoom");
const QString filterKey = QStringLiteral("centre/filterBar");
const QString speedKey = QStringLiteral("centre/playingSpeed");

constexpr double mostForRibbon = 0.45;  // of the height

constexpr std::array both = {Direction::In, Direction::Out};

int tabOf(Direction direction) {
  return direction == Direction::In ? 0 : 1;
}

}  // namespace

ConnectionView::ConnectionView(QSettings *settings, QWidget *parent)
    : QWidget(parent),
      playheadBar_(new PlayheadBar),
      splitter_(new QSplitter(Qt::Vertical)),
      ribbonPane_(new RibbonPane),
      messagePane_(new MessagePane(settings)),
      messages_(messagePane_->list()),
      tabs_(new QTabBar),
      followButton_(new QToolButton),
      bytes_(new HexView),
      payloadPane_(new PayloadPane),
      findBar_(new FindBar(bytes_)),
      goToBar_(new GoToBar(bytes_)) {
  messages_->setModel(&model_, messageLocator(&model_));
  messages_->setSelectionHub(&hub_);
  messagePane_->setSelectionHub(&hub_);
  messages_->setAccessibleName(tr("Messages"));
  bytes_->setSelectionHub(&hub_);
  findBar_->setFieldFinder(&fields_, &hub_);
  bytes_->setFoundFields(&fields_);
  messages_->setFoundFields(&fields_);
  ribbon()->setFoundFields(&fields_);
  bytes_->setAccessibleName(tr("Bytes"));

  ribbon()->setSelectionHub(&hub_);

  tabs_->addTab(QString());
  tabs_->addTab(QString());
  tabs_->setDocumentMode(true);
  tabs_->setExpanding(false);
  tabs_->setAccessibleName(tr("Direction of the bytes"));
  followButton_->setText(tr("Follow the newest"));
  followButton_->setCheckable(true);
  followButton_->setAutoRaise(true);
  followButton_->setToolTip(
      tr("Keep the newest message and byte in sight (F5). Scrolling up or choosing something above ends it; going to "
         "the end (Ctrl+End) begins it again."));

  auto *bytesPane = new QWidget;
  auto *bytesLayout = new QVBoxLayout(bytesPane);
  bytesLayout->setContentsMargins(0, 0, 0, 0);
  bytesLayout->setSpacing(0);
  auto *bar = new QHBoxLayout;
  bar->addWidget(tabs_);
  bar->addStretch();
  bar->addWidget(followButton_);
  bytesLayout->addLayout(bar);
  auto *beside = new QSplitter(Qt::Horizontal);
  beside->addWidget(bytes_);
  beside->addWidget(payloadPane_);
  beside->setStretchFactor(0, 1);
  beside->setStretchFactor(1, 1);
  beside->setChildrenCollapsible(false);
  payloadPane_->hide();
  bytesLayout->addWidget(beside, 1);
  bytesLayout->addWidget(findBar_);
  bytesLayout->addWidget(goToBar_);

  splitter_->addWidget(ribbonPane_);
  splitter_->addWidget(messagePane_);
  splitter_->addWidget(bytesPane);
  splitter_->setStretchFactor(0, 0);
  splitter_->setStretchFactor(1, 1);
  splitter_->setStretchFactor(2, 1);
  splitter_->setChildrenCollapsible(false);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(playheadBar_);
  layout->addWidget(splitter_, 1);

  connect(splitter_, &QSplitter::splitterMoved, this, [this] { isSizedByUser_ = true; });
  connect(ribbon(), &RibbonView::rowsChanged, this, &ConnectionView::fitRibbonPane);
  connect(ribbonPane_, &RibbonPane::lanesChanged, this, &ConnectionView::fitRibbonPane);
  connect(tabs_, &QTabBar::currentChanged, this,
          [this](int tab) { setShownDirection(tab == 0 ? Direction::In : Direction::Out); });
  connect(followButton_, &QToolButton::toggled, this, &ConnectionView::setFollowing);
  connect(messages_, &MessageTreeView::followingChanged, this, [this] { Q_EMIT followingChanged(isFollowing()); });
  connect(this, &ConnectionView::followingChanged, followButton_, &QToolButton::setChecked);
  connect(&hub_, &SelectionHub::changed, this, &ConnectionView::onSelection);
  const auto markFound = [this] {
    ribbon()->setHits(findBar_->hits(), shownDirection_);
    messages_->setHits(findBar_->hits(), shownDirection_);
  };
  markFound();
  connect(this, &ConnectionView::sourceChanged, this, markFound);
  playheadBar_->setPlayhead(&playhead_);
  ribbon()->setPlayhead(&playhead_);
  connect(playheadBar_, &PlayheadBar::messageStepRequested, this, &ConnectionView::stepMessage);
  connect(&playhead_, &Playhead::momentChanged, this, &ConnectionView::onMoment);
  connect(&playhead_, &Playhead::changed, this, &ConnectionView::changed);
  connect(&playhead_, &Playhead::changed, this, &ConnectionView::showSteps);
  connect(&playhead_, &Playhead::playingChanged, this, &ConnectionView::showSteps);
  setFollowing(true);
  show(nullptr, -1);
}

ConnectionView::~ConnectionView() {
  // Who listens to it may be gone.
  const QSignalBlocker quiet(messagePane_->filterBar());
  ribbon()->setDecoder(nullptr);
  bytes_->setSource(nullptr);
  ribbon()->setFilter(nullptr);
  messagePane_->setFilter(nullptr, nullptr);
  model_.setDecoder(nullptr);
}

RibbonView *ConnectionView::ribbon() const {
  return ribbonPane_->ribbon();
}

HexSource *ConnectionView::source() const {
  return source_.get();
}

std::shared_ptr<Connection> ConnectionView::connection() const {
  return decoder_ ? decoder_->connection() : nullptr;
}

void ConnectionView::show(Capture *capture, int number) {
  if (capture && capture == capture_ && number == number_) return;
  if (decoder_) places_.leave(connection(), {messages_->places(), hub_.current(), isFollowing()});
  if (capture_) capture_->disconnect(this);
  capture_ = capture;
  number_ = capture ? number : -1;
  putAway_ = {};
  returning_.reset();
  hub_.select(std::nullopt, this);
  bytes_->setSource(nullptr);
  messagePane_->setFilter(nullptr, nullptr);
  model_.setDecoder(nullptr);
  ribbon()->setFilter(nullptr);
  ribbon()->setDecoder(nullptr);
  playhead_.setDecoder(nullptr);
  fields_.setDecoder(nullptr);
  source_.reset();
  filter_.reset();
  decoder_.reset();
  if (capture) {
    connect(capture, &Capture::decodeSettingsChanged, this, [this] {
      // What the framing is compared with changes nothing here.
      if (!capture_->decodeSettings().readsLike(applied_)) applySettings();
    });
    decoder_ = std::make_unique<ConnectionDecoder>(capture->connection(number));
    // First of all that follow the decoder: who asks what passes is answered by what is published.
    filter_ = std::make_unique<MessageFilter>(*decoder_);
    connect(decoder_.get(), &ConnectionDecoder::advanced, this, &ConnectionView::clipSelection);
    connect(decoder_.get(), &ConnectionDecoder::advanced, this, &ConnectionView::updateTabs);
    connect(decoder_.get(), &ConnectionDecoder::advanced, this, &ConnectionView::showWords);
    connect(decoder_.get(), &ConnectionDecoder::advanced, this, &ConnectionView::changed);
    connect(decoder_.get(), &ConnectionDecoder::busyChanged, this, &ConnectionView::changed);
    applySettings();
    // Places of another connection say nothing here.
    messages_->setPlaces({});
    model_.setDecoder(decoder_.get(), filter_.get());
    messagePane_->setFilter(filter_.get(), decoder_.get());
    // Where only we have spoken so far, our side is what there is to see.
    const bool onlyOut =
        connection()->stream(Direction::In).size() == 0 && connection()->stream(Direction::Out).size() > 0;
    shownDirection_ = onlyOut ? Direction::Out : Direction::In;
    {
      const QSignalBlocker quiet(tabs_);
      tabs_->setCurrentIndex(tabOf(shownDirection_));
    }
    source_ = std::make_unique<DecoderHexSource>(decoder_.get(), shownDirection_);
    bytes_->setSource(source_.get());
    ribbon()->setDecoder(decoder_.get(), !connection()->isOver());
    ribbon()->setFilter(filter_.get());
    playhead_.setDecoder(decoder_.get());
    fields_.setDecoder(decoder_.get());
    findBar_->lookAgain();
  }
  // What still grows is followed; what is whole is read from its beginning.
  setFollowing(capture && !connection()->isOver());
  if (capture) returnToPlace();
  updateTabs();
  showWords();
  Q_EMIT sourceChanged();
  // Whoever sorts has asked for it by now.
  if (model_.order() && !model_.order()->sort()) returning_.reset();
  Q_EMIT changed();
}

/// Where the user was in this connection, if it was shown before.
void ConnectionView::returnToPlace() {
  const auto place = places_.take(connection());
  if (!place) return;
  if (!place->isFollowing) {
    setFollowing(false);
    messages_->setPlaces(place->messages);
    // What stood at the top stands elsewhere until the rows are sorted.
    returning_ = place->messages.top();
    connect(model_.order(), &MessageOrder::reordered, this, [this] {
      if (!returning_) return;
      messages_->returnToTop(*returning_);
      if (!model_.order()->isBusy() && !filter_->isBusy() && !decoder_->isBusy()) returning_.reset();
    });
  }
  if (!place->selection) return;
  // Its bytes are there with the first that is published.
  connect(
      decoder_.get(), &ConnectionDecoder::advanced, this,
      [this, selection = place->selection] {
        if (!hub_.current()) hub_.select(selection, this);
      },
      Qt::SingleShotConnection);
}

void ConnectionView::applySettings() {
  if (!capture_ || !decoder_) return;
  const DecodeSettings &settings = capture_->decodeSettings();
  applied_ = settings;
  std::array<DirectionReader, 2> readers;
  for (const Direction direction : both) {
    auto reader = DirectionReader::create(settings.of(direction), settings.restartsOf(direction, number_));
    // Settings of a capture are checked before they are set; what is wrong all the same must not lose the bytes.
    if (!reader) return;
    readers[static_cast<std::size_t>(direction)] = std::move(*reader);
  }
  // What was put away is counted in what was shown: in other bytes its place says nothing.
  if (putAway_.isSet && putAway_.of != std::array{readers[0].joinedSpec(), readers[1].joinedSpec()}) {
    putAway_ = {};
    Q_EMIT said(tr("What was cleared is shown again: other bytes are shown now than those it was cleared from."));
  }
  for (const Direction direction : both) {
    DirectionReader &reader = readers[static_cast<std::size_t>(direction)];
    reader.start = putAway_.bytes[static_cast<std::size_t>(direction)];
    ribbon()->setRestarts(direction, reader.restarts);
  }
  decoder_->setReaders(std::move(readers[0]), std::move(readers[1]), putAway_.events);
  decoder_->advance();
}

void ConnectionView::setShownDirection(Direction direction) {
  tabs_->setCurrentIndex(tabOf(direction));
  if (!decoder_ || direction == shownDirection_) return;
  shownDirection_ = direction;
  auto source = std::make_unique<DecoderHexSource>(decoder_.get(), direction);
  bytes_->setSource(source.get());
  source_ = std::move(source);
  Q_EMIT sourceChanged();
  Q_EMIT changed();
}

void ConnectionView::onSelection(const std::optional<Selection> &selection, const QObject *who) {
  if (who != this) returning_.reset();
  if (selection && who != bytes_ && selection->direction != shownDirection_) {
    setShownDirection(selection->direction);
    bytes_->showSelection(selection);
  }
  showWords();
  showSteps();
}

/// Gives the ribbon the height its lanes ask for, from what is below it, until the user has said otherwise.
void ConnectionView::fitRibbonPane() {
  // Without its lanes it needs what its words need, whoever gave it more.
  if ((isSizedByUser_ && !ribbonPane_->isCompact()) || !isVisible()) return;
  QList<int> sizes = splitter_->sizes();
  const int total = std::accumulate(sizes.begin(), sizes.end(), 0);
  const int wanted = std::min(ribbonPane_->sizeHint().height(), static_cast<int>(total * mostForRibbon));
  const int below = total - sizes[0];
  if (below <= 0 || wanted == sizes[0]) return;
  const int rest = total - wanted;
  sizes[1] = static_cast<int>(static_cast<qint64>(sizes[1]) * rest / below);
  sizes[2] = rest - sizes[1];
  sizes[0] = wanted;
  splitter_->setSizes(sizes);
}

void ConnectionView::showEvent(QShowEvent *event) {
  QWidget::showEvent(event);
  // What was told before could not be followed.
  fitRibbonPane();
}

void ConnectionView::updateTabs() {
  const bool observed = decoder_ && connection()->isObserved();
  for (const Direction direction : both) {
    QString name = direction == Direction::In ? tr("in") : tr("out");
    if (observed) name = direction == Direction::In ? tr("client→server") : tr("server→client");
    const quint64 size = decoder_ ? decoder_->view(direction).size() : 0;
    tabs_->setTabText(tabOf(direction),
                      tr("%1 %2  %3 bytes").arg(Theme::arrow(direction), name, locale().toString(size)));
    tabs_->setTabToolTip(tabOf(direction),
                         direction == Direction::In ? tr("Bytes that arrived") : tr("Bytes that were sent"));
  }
}

void ConnectionView::showWords() {
  QString words;
  QList<RibbonLegend::Entry> legend;
  if (decoder_) {
    Direction direction = shownDirection_;
    std::optional<quint64> number;
    if (const auto &selected = hub_.current()) {
      direction = selected->direction;
      // Which message holds these bytes: its number of before another framing says nothing.
      number = decoder_->messageAt(direction, selected->range.begin);
    } else if (const quint64 count = decoder_->messageCount(direction)) {
      number = count - 1;
    }
    if (number && *number < decoder_->messageCount(direction)) {
      const std::optional<Selection> &selected = hub_.current();
      words = explanationOf(*decoder_, direction, *number, selected ? std::optional(selected->range) : std::nullopt);
      legend = RibbonLegend::entriesOf(*decoder_, direction, decoder_->message(direction, *number));
    }
  }
  if (words.isEmpty()) words = tr("The receiver waits for the first byte.");
  ribbonPane_->setWords(words);
  ribbonPane_->setLegend(legend);
}

void ConnectionView::refresh() {
  if (decoder_) decoder_->advance();
  Q_EMIT changed();
}

void ConnectionView::setFollowing(bool following) {
  messages_->setFollowing(following);
  bytes_->setFollowing(following);
  ribbon()->setFollowing(following);
  Q_EMIT followingChanged(isFollowing());
}

bool ConnectionView::isFollowing() const {
  return messages_->isFollowing();
}

void ConnectionView::setCompact(bool compact) {
  messagePane_->filterBar()->setCompact(compact);
  findBar_->setCompact(compact);
  if (compact == ribbonPane_->isCompact()) return;
  if (compact) roomySizes_ = splitter_->sizes();
  ribbonPane_->setCompact(compact);
  if (!compact && isSizedByUser_) {
    splitter_->setSizes(roomySizes_);
  } else {
    fitRibbonPane();
  }
}

void ConnectionView::saveState(QSettings *settings) const {
  settings->setValue(splitterKey, splitter_->saveState());
  settings->setValue(sizedKey, isSizedByUser_);
  settings->setValue(ribbonKey, ribbonPane_->hasLanes());
  settings->setValue(directionsKey, static_cast<int>(ribbon()->shown()));
  settings->setValue(columnsKey, messages_->saveState());
  settings->setValue(filterKey, messagePane_->hasFilterBar());
  settings->setValue(zoomKey, bytes_->zoom());
  settings->setValue(speedKey, playheadBar_->speedText());
}

void ConnectionView::restoreState(const QSettings *settings) {
  isSizedByUser_ = settings->value(sizedKey, false).toBool();
  ribbonPane_->setLanes(settings->value(ribbonKey, true).toBool());
  const int shown = settings->value(directionsKey, 0).toInt();
  ribbon()->setShown(static_cast<RibbonView::Shown>(std::clamp(shown, 0, static_cast<int>(RibbonView::Shown::Both))));
  splitter_->restoreState(settings->value(splitterKey).toByteArray());
  messages_->restoreState(settings->value(columnsKey).toByteArray());
  messagePane_->setFilterBar(settings->value(filterKey, false).toBool());
  bytes_->setZoom(settings->value(zoomKey).toInt());
  playheadBar_->setSpeedText(settings->value(speedKey).toString());
}

}  // namespace octetscope

#include "widgets/hexview/payload_pane.h"

#include "model/framing/framing_words.h"
#include "widgets/hexview/decoder_hex_source.h"
#include "widgets/hexview/find_bar.h"
#include "widgets/hexview/go_to_bar.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace octetscope {

namespace {

constexpr quint64 readAgainAtOnce = 1 << 20;  // bytes of a message that may be read again whenever more of it comes

bool isSameMessage(const OwnPayload &a, const OwnPayload &b) {
  return a.at.direction == b.at.direction && a.at.numbers == b.at.numbers && a.framer == b.framer &&
         a.inside.first().framer->spec() == b.inside.first().framer->spec() &&
         a.at.message.offset == b.at.message.offset;
}

/// All that there will be of it can be seen.
bool isPublished(const PayloadReading &reading) {
  const ConnectionDecoder &decoder = *reading.decoder();
  return reading.isComplete() &&
         decoder.view(Direction::In).size() == decoder.connection()->stream(Direction::In).size();
}

}  // namespace

PayloadPane::PayloadPane(QWidget *parent)
    : QWidget(parent),
      title_(new QLabel),
      close_(new QToolButton),
      words_(new QLabel),
      bytes_(new HexView),
      findBar_(new FindBar(bytes_)),
      goToBar_(new GoToBar(bytes_)) {
  setMinimumWidth(30 * fontMetrics().averageCharWidth());
  setAccessibleName(tr("Payload"));
  title_->setTextFormat(Qt::PlainText);
  title_->setAccessibleName(tr("Which payload"));
  title_->setContentsMargins(6, 2, 6, 2);
  title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  close_->setText(QStringLiteral("✕"));
  close_->setAutoRaise(true);
  close_->setAccessibleName(tr("Close the payload's bytes"));
  close_->setToolTip(tr("Close the payload's bytes (Esc)"));
  words_->setTextFormat(Qt::PlainText);
  words_->setWordWrap(true);
  words_->setAlignment(Qt::AlignCenter);
  words_->setContentsMargins(12, 12, 12, 12);
  words_->setAccessibleName(tr("Why no payload is shown"));
  words_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
  bytes_->setAccessibleName(tr("Bytes of the payload"));
  bytes_->setBytesARow(0);
  bytes_->setSelectionHub(&hub_);

  auto *bar = new QHBoxLayout;
  bar->addWidget(title_, 1);
  bar->addWidget(close_);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(bar);
  layout->addWidget(words_, 1);
  layout->addWidget(bytes_, 1);
  layout->addWidget(findBar_);
  layout->addWidget(goToBar_);

  connect(close_, &QToolButton::clicked, this, &PayloadPane::closeAsked);
  connect(bytes_, &HexView::selectionChanged, this, [this](ByteRange range) {
    wanted_.reset();
    if (reading_) Q_EMIT selected(range);
  });
  setNothing({});
}

PayloadPane::~PayloadPane() {
  bytes_->setSource(nullptr);
}

HexSource *PayloadPane::source() const {
  return source_.get();
}

QString PayloadPane::title() const {
  return title_->text();
}

bool PayloadPane::hasKeyboard() const {
  const QWidget *focus = QApplication::focusWidget();
  return focus && isVisible() && isAncestorOf(focus);
}

void PayloadPane::setNothing(const QString &words) {
  next_.reset();
  wanted_.reset();
  bytes_->setSource(nullptr);
  hub_.select(std::nullopt, this);
  const bool hadSource = std::exchange(source_, nullptr) != nullptr;
  reading_.reset();
  words_->setText(words);
  words_->show();
  bytes_->hide();
  findBar_->hide();
  goToBar_->hide();
  showTitle();
  if (hadSource) Q_EMIT sourceChanged();
}

void PayloadPane::setPayload(const OwnPayload &payload) {
  const PayloadReading *latest = next_ ? next_.get() : reading_.get();
  if (latest && isSameMessage(latest->payload(), payload)) {
    const Message &known = latest->payload().at.message;
    const Message &now = payload.at.message;
    if (known == now && latest->payload().end() == payload.end()) return;
    // What grows is read again from its begin: not before it is twice as long, or whole, or it would never get done.
    const bool isOver = payload.end() != StreamEnd::Open;
    if (!isOver && (next_ || (now.size > readAgainAtOnce && now.size / 2 < known.size && now.size >= known.size)))
      return;
    next_ = std::make_unique<PayloadReading>(payload);
    connect(next_.get(), &PayloadReading::progressed, this, &PayloadPane::takeNext);
    connect(next_->decoder(), &ConnectionDecoder::advanced, this, &PayloadPane::takeNext);
    return;
  }
  next_.reset();
  wanted_.reset();
  show(std::make_unique<PayloadReading>(payload));
}

/// What has grown comes in place of what is shown once all of it can be seen.
void PayloadPane::takeNext() {
  if (!next_ || !isPublished(*next_)) return;
  next_->disconnect(this);
  next_->decoder()->disconnect(this);
  show(std::move(next_));
}

/// What is selected and in sight stays so where it is the same message, grown.
void PayloadPane::show(std::unique_ptr<PayloadReading> reading) {
  const bool isGrown = reading_ && isSameMessage(reading_->payload(), reading->payload());
  const ByteRange seen = bytes_->visibleRange();
  const std::optional<Selection> selected = isGrown ? hub_.current() : std::nullopt;
  auto source = std::make_unique<DecoderHexSource>(reading->decoder(), Direction::In);
  connect(reading.get(), &PayloadReading::progressed, this, &PayloadPane::showProgress);
  bytes_->setSource(source.get());
  // After the view has heard of it: it selects no bytes that it does not know.
  connect(source.get(), &HexSource::advanced, this, &PayloadPane::showProgress);
  bytes_->setFollowing(false);
  source_ = std::move(source);
  reading_ = std::move(reading);
  words_->hide();
  bytes_->show();
  hub_.select(selected, this);
  if (isGrown) {
    if (selected) bytes_->setSelection(selected->range);
    bytes_->scrollTo(seen);
  }
  showProgress();
  Q_EMIT sourceChanged();
}

void PayloadPane::showProgress() {
  showTitle();
  if (!wanted_ || !reading_) return;
  const quint64 size = source_->size();
  if (wanted_->end > size && !isPublished(*reading_)) return;
  const ByteRange range = std::exchange(wanted_, std::nullopt)->intersected({0, size});
  bytes_->setSelection(range);
  bytes_->scrollTo(range);
  hub_.select(Selection{.direction = Direction::In, .range = range}, bytes_);
}

void PayloadPane::showRange(ByteRange range) {
  wanted_ = range;
  showProgress();
}

void PayloadPane::showTitle() {
  QString text = tr("Payload");
  if (reading_) {
    const OwnPayload &payload = reading_->payload();
    QStringList names;
    for (const quint64 number : payload.at.numbers) names += grouped(number);
    const QString size = byteCount(source_ ? source_->size() : 0);
    text = tr("Payload of message %1: %2").arg(names.join(u'.'), size);
    if (!reading_->problem().isEmpty()) {
      text += QStringLiteral("  %1 %2").arg(Theme::glyph(Status::Error), reading_->problem());
    } else if (!reading_->isComplete()) {
      text += tr(" so far…");
    } else if (payload.at.message.status != Status::Complete) {
      text += tr(", what has come of it");
    }
  }
  if (title_->text() == text) return;
  title_->setText(text);
  title_->setToolTip(text);
}

void PayloadPane::keyPressEvent(QKeyEvent *event) {
  if (event->key() == Qt::Key_Escape) return Q_EMIT closeAsked();
  QWidget::keyPressEvent(event);
}

}  // namespace octetscope

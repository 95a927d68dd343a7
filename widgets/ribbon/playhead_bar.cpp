#include "widgets/ribbon/playhead_bar.h"

#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace octetscope {

namespace {

constexpr std::array recordedSpeeds = {0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 100.0};
constexpr std::array stepSpeeds = {1.0, 2.0, 5.0, 10.0, 50.0};

QString keptText(PlaySpeed speed) {
  return QString::number(speed.factor) + (speed.kind == PlaySpeed::Kind::Recorded ? u"x" : u"/s");
}

std::size_t at(PlayheadBar::Control control) {
  return static_cast<std::size_t>(control);
}

struct Face {
  PlayheadBar::Control control;
  const char *text;
  const char *shortText;
  const char *name;
  const char *tip;
};

#define WORDS(text) QT_TRANSLATE_NOOP("octetscope::PlayheadBar", text)
constexpr Face faces[] = {
    {PlayheadBar::Control::First, WORDS("|◀"), WORDS("|◀"), WORDS("To the beginning"),
     WORDS("Go back to before the first byte: every view shows what there was then, recording goes on")},
    {PlayheadBar::Control::MessageBack, WORDS("◀ message"), WORDS("◀◀"), WORDS("Back by a message"),
     WORDS("Go back to the moment at which the message before was complete")},
    {PlayheadBar::Control::ChunkBack, WORDS("◀ recv"), WORDS("◀"), WORDS("Back by a recv()"),
     WORDS("Go back by one recv(), send() or event: what the receiver had before it")},
    {PlayheadBar::Control::ChunkOn, WORDS("recv ▶"), WORDS("▶"), WORDS("On by a recv()"),
     WORDS("Go on by one recv(), send() or event; after the newest one it is live again")},
    {PlayheadBar::Control::MessageOn, WORDS("message ▶"), WORDS("▶▶"), WORDS("On by a message"),
     WORDS("Go on to the moment at which the next message was complete")},
    {PlayheadBar::Control::Play, WORDS("▶ Play"), WORDS("▷"), WORDS("Play"),
     WORDS("Play what was recorded from the moment shown, from the beginning when it is live; silences longer than a "
           "second are cut to one")},
    {PlayheadBar::Control::Live, WORDS("▶▶ Live"), WORDS("▶|"), WORDS("Back to live"),
     WORDS("Show everything that was received, and what comes as it comes")},
};
#undef WORDS

}  // namespace

PlayheadBar::PlayheadBar(QWidget *parent) : QWidget(parent), speeds_(new QComboBox), words_(new QLabel) {
  setAccessibleName(tr("Time travel"));
  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(4, 1, 4, 1);
  layout->setSpacing(2);
  for (const Face &face : faces) {
    auto *button = new QToolButton;
    button->setText(tr(face.text));
    button->setAccessibleName(tr(face.name));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    buttons_[at(face.control)] = button;
    connect(button, &QToolButton::clicked, this, [this, control = face.control] { carryOut(control); });
    layout->addWidget(button);
    if (face.control == Control::Play) layout->addWidget(speeds_);
    showTip(face.control);
  }
  for (const double factor : recordedSpeeds) {
    speeds_->addItem(tr("%1×").arg(factor), QVariantList{static_cast<int>(PlaySpeed::Kind::Recorded), factor});
  }
  for (const double factor : stepSpeeds) {
    speeds_->addItem(factor == 1 ? tr("1 recv/s") : tr("%1 recv/s").arg(factor),
                     QVariantList{static_cast<int>(PlaySpeed::Kind::StepsPerSecond), factor});
  }
  speeds_->setAccessibleName(tr("Playing speed"));
  speeds_->setToolTip(
      tr("How fast the past is played: as it was recorded, so many times as fast; or so many recv(), send() and events "
         "a second, whenever they came"));
  connect(speeds_, &QComboBox::activated, this, [this](int index) {
    if (playhead_) playhead_->setSpeed(speedAt(index));
  });
  words_->setTextFormat(Qt::PlainText);
  words_->setAccessibleName(tr("Moment shown"));
  words_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  // Words may be cut where the window is narrow; they must not make it wide.
  words_->setMinimumWidth(0);
  words_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  words_->setContentsMargins(8, 0, 0, 0);
  layout->addWidget(words_, 1);
  refresh();
}

void PlayheadBar::setPlayhead(Playhead *playhead) {
  if (playhead_) playhead_->disconnect(this);
  playhead_ = playhead;
  if (playhead) {
    connect(playhead, &Playhead::changed, this, &PlayheadBar::refresh);
    connect(playhead, &Playhead::playingChanged, this, &PlayheadBar::refresh);
    connect(playhead, &Playhead::speedChanged, this, &PlayheadBar::showSpeed);
    connect(playhead, &QObject::destroyed, this, &PlayheadBar::refresh);
  }
  showSpeed();
  refresh();
}

void PlayheadBar::setNextMessage(bool isThere) {
  hasNextMessage_ = isThere;
  button(Control::MessageOn)->setEnabled(isThere);
}

void PlayheadBar::setCompact(bool compact) {
  compact_ = compact;
  refresh();
}

QString PlayheadBar::textOf(Control control, bool isShort) const {
  if (control == Control::Play && playhead_ && playhead_->isPlaying()) return isShort ? tr("❚❚") : tr("❚❚ Stay");
  const Face &face = faces[at(control)];
  return tr(isShort ? face.shortText : face.text);
}

/// What the controls need in a row, words left out.
int PlayheadBar::widthWith(bool isShort) const {
  const QMargins margins = layout()->contentsMargins();
  int width = margins.left() + margins.right() + speeds_->minimumSizeHint().width() + layout()->spacing();
  for (const Face &face : faces) {
    const QToolButton *one = button(face.control);
    const QFontMetrics metrics = one->fontMetrics();
    width += one->sizeHint().width() - metrics.horizontalAdvance(one->text()) +
             metrics.horizontalAdvance(textOf(face.control, isShort)) + layout()->spacing();
  }
  return width;
}

/// Where the bar is narrow, glyphs alone stand on the controls.
void PlayheadBar::fit() {
  const bool isShort = width() < widthWith(false);
  for (const Face &face : faces) {
    QToolButton *one = button(face.control);
    if (const QString text = textOf(face.control, isShort); text != one->text()) one->setText(text);
  }
}

QSize PlayheadBar::minimumSizeHint() const {
  return {widthWith(true), QWidget::minimumSizeHint().height()};
}

void PlayheadBar::resizeEvent(QResizeEvent *event) {
  QWidget::resizeEvent(event);
  fit();
}

QString PlayheadBar::words() const {
  return words_->text();
}

void PlayheadBar::setKey(Control control, const QKeySequence &key) {
  keys_[at(control)] = key;
  showTip(control);
}

void PlayheadBar::showTip(Control control) {
  const Face &face = faces[at(control)];
  QString tip = tr(face.tip);
  if (control == Control::Play && playhead_ && playhead_->isPlaying()) tip = tr("Stay at the moment shown");
  const QString key = keys_[at(control)].toString(QKeySequence::NativeText);
  button(control)->setToolTip(key.isEmpty() ? tip : tr("%1 (%2)").arg(tip, key));
}

void PlayheadBar::showSpeed() {
  if (!playhead_) return;
  const PlaySpeed speed = playhead_->speed();
  speeds_->setCurrentIndex(speeds_->findData(QVariantList{static_cast<int>(speed.kind), speed.factor}));
}

QString PlayheadBar::speedText() const {
  return playhead_ ? keptText(playhead_->speed()) : QString();
}

void PlayheadBar::setSpeedText(const QString &text) {
  for (int i = 0; playhead_ && i < speeds_->count(); ++i) {
    const PlaySpeed offered = speedAt(i);
    if (keptText(offered) == text) playhead_->setSpeed(offered);
  }
}

PlaySpeed PlayheadBar::speedAt(int index) const {
  const QVariantList offered = speeds_->itemData(index).toList();
  return {static_cast<PlaySpeed::Kind>(offered.at(0).toInt()), offered.at(1).toDouble()};
}

void PlayheadBar::carryOut(Control control) {
  if (!playhead_) return;
  switch (control) {
    case Control::First:
      return playhead_->first();
    case Control::MessageBack:
      Q_EMIT messageStepRequested(-1);
      return;
    case Control::ChunkBack:
      return playhead_->stepChunk(-1);
    case Control::ChunkOn:
      return playhead_->stepChunk(1);
    case Control::MessageOn:
      Q_EMIT messageStepRequested(1);
      return;
    case Control::Play:
      return playhead_->isPlaying() ? playhead_->pause() : playhead_->play();
    case Control::Live:
      return playhead_->returnToLive();
  }
}

void PlayheadBar::refresh() {
  const bool isThere = playhead_ && playhead_->decoder();
  const bool canGoBack = isThere && playhead_->canStepChunk(-1);
  const bool canGoOn = isThere && playhead_->canStepChunk(1);
  const bool isPlaying = isThere && playhead_->isPlaying();
  const bool isLive = !isThere || playhead_->isLive();
  button(Control::First)->setEnabled(canGoBack);
  button(Control::MessageBack)->setEnabled(canGoBack);
  button(Control::ChunkBack)->setEnabled(canGoBack);
  button(Control::ChunkOn)->setEnabled(canGoOn);
  button(Control::MessageOn)->setEnabled(hasNextMessage_);
  button(Control::Play)->setEnabled(isThere && playhead_->canPlay());
  fit();
  button(Control::Play)->setAccessibleName(isPlaying ? tr("Stop playing") : tr("Play"));
  showTip(Control::Play);
  button(Control::Live)->setEnabled(!isLive);
  speeds_->setEnabled(isThere);
  QString words = isThere ? playhead_->words() : QString();
  if (!isLive) words = tr("◀ The past: %1").arg(words);
  if (words_->text() != words) {
    words_->setText(words);
    words_->setToolTip(words);
  }
  setVisible(!compact_ || !isLive);
  update();
}

void PlayheadBar::paintEvent(QPaintEvent *event) {
  QWidget::paintEvent(event);
  if (!playhead_ || playhead_->isLive()) return;
  QPainter painter(this);
  painter.fillRect(rect(), Theme::of(this).banner());
}

void PlayheadBar::changeEvent(QEvent *event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fit();
}

}  // namespace octetscope

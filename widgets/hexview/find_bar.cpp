#include "widgets/hexview/find_bar.h"

#include "widgets/controls/error_line_edit.h"
#include "widgets/hexview/hex_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QStyle>
#include <QToolButton>

namespace octetscope {

namespace {

constexpr int progressSteps = 1000;
constexpr quint64 mostTaken = 64;  // selected bytes that are looked for

/// What a mode is called, what its line shows while it is empty, and what it takes.
struct ModeWords {
  const char *name;
  const char *example;
  const char *description;
};
constexpr ModeWords modeWords[] = {
    {QT_TRANSLATE_NOOP("octetscope::FindBar", "Text"), QT_TRANSLATE_NOOP("octetscope::FindBar", "text"),
     QT_TRANSLATE_NOOP("octetscope::FindBar", "Text to look for")},
    {QT_TRANSLATE_NOOP("octetscope::FindBar", "Hex"), QT_TRANSLATE_NOOP("octetscope::FindBar", "0D ?? 0A"),
     QT_TRANSLATE_NOOP("octetscope::FindBar", "Bytes to look for, two hex digits each, a ? for any digit")},
    {QT_TRANSLATE_NOOP("octetscope::FindBar", "Number"),
     QT_TRANSLATE_NOOP("octetscope::FindBar", "1234  0xff  -5  2.5"),
     QT_TRANSLATE_NOOP("octetscope::FindBar", "Number to look for; one with a point as a float or double")},
    {QT_TRANSLATE_NOOP("octetscope::FindBar", "Expression"),
     QT_TRANSLATE_NOOP("octetscope::FindBar", "\\x02[^\\x03]*\\x03"),
     QT_TRANSLATE_NOOP("octetscope::FindBar", "Regular expression over bytes to look for")},
    {QT_TRANSLATE_NOOP("octetscope::FindBar", "Fields"),
     QT_TRANSLATE_NOOP("octetscope::FindBar", "1234  text  seq == 5"),
     QT_TRANSLATE_NOOP("octetscope::FindBar",
                       "A value that a field has, as it is shown, or an expression as filters have it")},
};

constexpr int leastLine = 120;  // pixels

QToolButton *makeButton(const QString &text, const QString &tip, QWidget *parent) {
  auto *button = new QToolButton(parent);
  button->setText(text);
  button->setToolTip(tip);
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::StrongFocus);
  return button;
}

}  // namespace

FindBar::FindBar(HexView *view, QWidget *parent)
    : QWidget(parent),
      view_(view),
      mode_(new QComboBox(this)),
      line_(new ErrorLineEdit(this)),
      options_(new SearchOptions(this)),
      previous_(makeButton(tr("Previous"), tr("The place before this one (Shift+F3)"), this)),
      next_(makeButton(tr("Next"), tr("The next place (F3)"), this)),
      progress_(new QProgressBar(this)),
      cancel_(makeButton(tr("Stop"), tr("Stop searching"), this)),
      count_(new QLabel(this)),
      message_(new QLabel(this)) {
  setAccessibleName(tr("Find bytes"));
  for (int i = 0; i < int(Mode::Fields); ++i) mode_->addItem(tr(modeWords[i].name), i);
  mode_->setAccessibleName(tr("What is typed"));
  mode_->setToolTip(tr(
      "Text in the encoding chosen; bytes as hex digits, a ? for any (0D ?? 0A); a number of 1, 2, 3, 4 or 8 bytes in "
      "either order; a regular expression over bytes, as Python's re reads it"));
  line_->setAccessibleName(tr("Find"));
  line_->setClearButtonEnabled(true);
  line_->setMinimumWidth(leastLine);
  progress_->setRange(0, progressSteps);
  progress_->setMaximumWidth(120);
  progress_->setAccessibleName(tr("Progress of the search"));
  count_->setAccessibleName(tr("How many were found"));
  count_->setTextFormat(Qt::PlainText);
  message_->setAccessibleName(tr("Result of the search"));
  message_->setTextFormat(Qt::PlainText);
  message_->setMinimumWidth(0);
  message_->installEventFilter(this);
  message_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto *closeButton = makeButton({}, tr("Close (Esc)"), this);
  closeButton->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
  closeButton->setAccessibleName(tr("Close the find bar"));
  setFocusProxy(line_);

  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(6, 3, 6, 3);
  layout->addWidget(mode_);
  layout->addWidget(line_, 2);
  layout->addWidget(options_);
  layout->addWidget(previous_);
  layout->addWidget(next_);
  layout->addWidget(progress_);
  layout->addWidget(cancel_);
  layout->addWidget(count_);
  layout->addWidget(message_, 3);
  layout->addWidget(closeButton);

  connect(mode_, &QComboBox::currentIndexChanged, this, [this] { setMode(mode()); });
  connect(line_, &QLineEdit::textEdited, this, [this] {
    textEdited();
    jumpAsTyped();
  });
  connect(options_, &SearchOptions::changed, this, &FindBar::textEdited);
  connect(previous_, &QToolButton::clicked, this, &FindBar::findPrevious);
  connect(next_, &QToolButton::clicked, this, &FindBar::findNext);
  connect(cancel_, &QToolButton::clicked, this, &FindBar::cancel);
  connect(closeButton, &QToolButton::clicked, this, &FindBar::close);
  connect(&search_, &BackgroundSearch::progressed, this, &FindBar::showProgress);
  connect(&search_, &BackgroundSearch::found, this, &FindBar::showFound);
  connect(&search_, &BackgroundSearch::notFound, this, &FindBar::showNotFound);
  connect(&search_, &BackgroundSearch::gaveUp, this, &FindBar::showGaveUp);
  connect(&hits_, &SearchHits::changed, this, &FindBar::showCount);
  for (const SearchHits *elsewhere : {&otherCase_, &otherWay_}) {
    connect(elsewhere, &SearchHits::changed, this, &FindBar::showElsewhere);
  }
  if (view_) connect(view_, &HexView::sourceReplaced, this, &FindBar::followSource);
  followSource();
  setMode(Mode::Text);
  setSearching(false);
  hide();
}

FindBar::Mode FindBar::mode() const {
  return Mode(mode_->currentData().toInt());
}

void FindBar::setMode(Mode mode) {
  mode_->setCurrentIndex(mode_->findData(int(mode)));
  line_->setPlaceholderText(tr(modeWords[int(mode)].example));
  line_->setNormalDescription(tr(modeWords[int(mode)].description));
  options_->setMode(mode);
  textEdited();
}

QString FindBar::text() const {
  return line_->text();
}

void FindBar::setText(const QString &text) {
  line_->setText(text);
  textEdited();
}

QString FindBar::message() const {
  return words_;
}

QString FindBar::countWords() const {
  return count_->text();
}

Result<SearchPattern> FindBar::pattern() const {
  return options_->patternOf(line_->text());
}

void FindBar::open() {
  takeSelection();
  show();
  anchor_ = view_ ? view_->caret().value_or(0) : 0;
  lookForAll();
  line_->setFocus(Qt::ShortcutFocusReason);
  line_->selectAll();
}

void FindBar::takeSelection() {
  const bool isFree = mode() == Mode::Hex || (text().isEmpty() && mode() != Mode::Fields);
  if (!isFree || !view_ || !view_->source() || !view_->hasFocus()) return;
  const ByteRange selected = view_->selection();
  // What was found is there already, with the gaps that it was looked for with.
  if (selected.isEmpty() || selected.size() > mostTaken || selected == lastFound_) return;
  const QByteArray bytes = copyOf(view_->source()->bytes(selected));
  setMode(Mode::Hex);
  setText(QString::fromLatin1(bytes.toHex(' ')).toUpper());
  lastFound_ = selected;
}

void FindBar::close() {
  cancel();
  hide();
  hits_.setPattern(std::nullopt);
  if (fields_) fields_->stop();
  if (view_) view_->setFocus(Qt::OtherFocusReason);
}

void FindBar::setCompact(bool compact) {
  previous_->setArrowType(compact ? Qt::UpArrow : Qt::NoArrow);
  next_->setArrowType(compact ? Qt::DownArrow : Qt::NoArrow);
  line_->setMinimumWidth(compact ? leastLine / 2 : leastLine);
  layout()->setSpacing(compact ? 3 : -1);
  for (QComboBox *box : findChildren<QComboBox *>()) {
    box->setMinimumContentsLength(compact ? 5 : 0);
    box->setSizeAdjustPolicy(compact ? QComboBox::AdjustToMinimumContentsLengthWithIcon
                                     : QComboBox::AdjustToContentsOnFirstShow);
  }
}

void FindBar::findNext() {
  find(BackgroundSearch::Toward::End);
}

void FindBar::findPrevious() {
  find(BackgroundSearch::Toward::Begin);
}

void FindBar::find(BackgroundSearch::Toward toward) {
  if (line_->text().isEmpty()) {
    open();
    return;
  }
  if (isOfFields()) return findField(toward == BackgroundSearch::Toward::End ? 1 : -1);
  const auto what = pattern();
  if (!what) {
    open();
    line_->setError(what.error());
    showMessage(what.error().line(), true);
    return;
  }
  if (!view_ || !view_->source() || view_->source()->size() == 0) {
    showMessage(tr("There are no bytes yet"), true);
    return;
  }
  // What is searched for while one types goes on: there is no place yet to go on from.
  if (isTyping_ && search_.isRunning()) return;
  isTyping_ = false;
  // From the caret on, and from one found before past it.
  const ByteRange selected = view_->selection();
  quint64 from = view_->caret().value_or(0);
  if (!selected.isEmpty()) from = selected.begin;
  if (toward == BackgroundSearch::Toward::End && !lastFound_.isEmpty() && selected == lastFound_) {
    // Matches of an expression do not overlap: within one another might be seen to begin.
    from = what->isRegex() ? selected.end : from + 1;
  }
  toward_ = toward;
  searched_ = view_->source();
  search_.start(view_->source()->snapshot(), *what, from, toward);
  showMessage(tr("Searching…"), false);
  setSearching(true);
  progress_->setValue(0);
}

void FindBar::cancel() {
  if (isOfFields() && fields_->isLooking() && !fields_->isComplete()) {
    fields_->stop();
    setSearching(false);
    return showMessage(tr("Stopped"), false);
  }
  if (!search_.isRunning()) return;
  search_.cancel();
  setSearching(false);
  showMessage(tr("Stopped"), false);
}

void FindBar::textEdited() {
  search_.cancel();
  setSearching(false);
  isFieldAwaited_ = false;
  if (isOfFields()) {
    hits_.setPattern(std::nullopt);
    return lookForFields();
  }
  if (fields_) fields_->stop();
  const auto what = pattern();
  const bool isWrong = !what && !line_->text().isEmpty();
  line_->setError(isWrong ? std::optional(what.error()) : std::nullopt);
  showMessage(isWrong ? what.error().line() : QString(), isWrong);
  lookForAll();
}

void FindBar::lookForAll() {
  if (isOfFields()) return lookForFields();
  const auto what = isVisible() ? pattern() : fail(QString());
  if (!what) return hits_.setPattern(std::nullopt);
  hits_.setPattern(*what);
}

void FindBar::jumpAsTyped() {
  if (isOfFields()) {
    isFieldAwaited_ = fields_->isLooking();
    return fieldsChanged();
  }
  const auto what = pattern();
  if (!what || !view_ || !view_->source() || view_->source()->size() == 0) return;
  // From where it stood before typing began, so that a longer word does not move on.
  const ByteRange selected = view_->selection();
  if (selected.isEmpty() || selected != lastFound_) {
    anchor_ = selected.isEmpty() ? view_->caret().value_or(0) : selected.begin;
  }
  isTyping_ = true;
  toward_ = BackgroundSearch::Toward::End;
  searched_ = view_->source();
  search_.start(view_->source()->snapshot(), *what, anchor_, toward_);
  setSearching(true);
  progress_->setValue(0);
}

void FindBar::followSource() {
  if (followed_) followed_->disconnect(this);
  // What was said is about bytes that are shown no more. A text that cannot be read is wrong in any; fields are of both
  // directions.
  search_.cancel();
  if (!isOfFields()) {
    setSearching(false);
    if (!line_->error()) showMessage({}, false);
  }
  followed_ = view_ ? view_->source() : nullptr;
  lastFound_ = {};
  hits_.setBytes(followed_ ? followed_->snapshot() : ByteSnapshot());
  if (!followed_) return;
  const auto advance = [this] { hits_.advance(followed_->snapshot()); };
  connect(followed_, &HexSource::advanced, this, advance);
  connect(followed_, &HexSource::reread, this, advance);
}

void FindBar::setSearching(bool searching) {
  progress_->setVisible(searching);
  cancel_->setVisible(searching);
}

bool FindBar::eventFilter(QObject *watched, QEvent *event) {
  if (watched == message_ && event->type() == QEvent::Resize) elideMessage();
  return QWidget::eventFilter(watched, event);
}

void FindBar::keyPressEvent(QKeyEvent *event) {
  if (event->key() == Qt::Key_Escape) {
    if (search_.isRunning() || (isOfFields() && fields_->isLooking() && !fields_->isComplete())) {
      cancel();
    } else {
      close();
    }
    return;
  }
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
      findPrevious();
    } else {
      findNext();
    }
    return;
  }
  QWidget::keyPressEvent(event);
}

}  // namespace octetscope

#include "widgets/hexview/find_bar.h"

#include "model/bytes/hex_text.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/hexview/hex_view.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QStyle>
#include <QToolButton>

namespace octetscope {

namespace {

constexpr int progressSteps = 1000;

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
      previous_(makeButton(tr("Previous"), tr("The place before this one (Shift+F3)"), this)),
      next_(makeButton(tr("Next"), tr("The next place (F3)"), this)),
      progress_(new QProgressBar(this)),
      cancel_(makeButton(tr("Stop"), tr("Stop searching"), this)),
      message_(new QLabel(this)) {
  setAccessibleName(tr("Find bytes"));
  mode_->addItem(tr("Text"), int(Mode::Text));
  mode_->addItem(tr("Hex"), int(Mode::Hex));
  mode_->setAccessibleName(tr("What is typed"));
  mode_->setToolTip(tr("Text is looked for as UTF-8; hex as pairs of digits, 0D 0A"));
  line_->setAccessibleName(tr("Find"));
  line_->setClearButtonEnabled(true);
  line_->setMinimumWidth(120);
  progress_->setRange(0, progressSteps);
  progress_->setMaximumWidth(120);
  progress_->setAccessibleName(tr("Progress of the search"));
  message_->setAccessibleName(tr("Result of the search"));
  message_->setTextFormat(Qt::PlainText);
  message_->setMinimumWidth(0);
  message_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto *closeButton = makeButton({}, tr("Close (Esc)"), this);
  closeButton->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
  closeButton->setAccessibleName(tr("Close the find bar"));
  setFocusProxy(line_);

  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(6, 3, 6, 3);
  layout->addWidget(mode_);
  layout->addWidget(line_, 2);
  layout->addWidget(previous_);
  layout->addWidget(next_);
  layout->addWidget(progress_);
  layout->addWidget(cancel_);
  layout->addWidget(message_, 3);
  layout->addWidget(closeButton);

  connect(mode_, &QComboBox::currentIndexChanged, this, [this] { setMode(mode()); });
  connect(line_, &QLineEdit::textEdited, this, &FindBar::textEdited);
  connect(previous_, &QToolButton::clicked, this, &FindBar::findPrevious);
  connect(next_, &QToolButton::clicked, this, &FindBar::findNext);
  connect(cancel_, &QToolButton::clicked, this, &FindBar::cancel);
  connect(closeButton, &QToolButton::clicked, this, &FindBar::close);
  connect(&search_, &BackgroundSearch::progressed, this, &FindBar::showProgress);
  connect(&search_, &BackgroundSearch::found, this, &FindBar::showFound);
  connect(&search_, &BackgroundSearch::notFound, this, &FindBar::showNotFound);
  setMode(Mode::Text);
  setSearching(false);
  hide();
}

FindBar::Mode FindBar::mode() const {
  return Mode(mode_->currentData().toInt());
}

void FindBar::setMode(Mode mode) {
  mode_->setCurrentIndex(mode_->findData(int(mode)));
  line_->setPlaceholderText(mode == Mode::Text ? tr("text") : tr("0D 0A"));
  line_->setNormalDescription(mode == Mode::Text ? tr("Text to look for, as UTF-8")
                                                 : tr("Bytes to look for, two hex digits each"));
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
  return message_->text();
}

Result<QByteArray> FindBar::needle() const {
  Result<QByteArray> needle = mode() == Mode::Hex ? parseHexBytes(line_->text()) : line_->text().toUtf8();
  if (!needle) return needle;
  if (needle->isEmpty()) return fail(tr("nothing to look for"), tr("type text, or bytes in hex"));
  if (needle->size() > maxNeedle) {
    return fail(tr("%1 bytes are too many to look for").arg(QLocale().toString(needle->size())),
                tr("look for %1 at most").arg(QLocale().toString(maxNeedle)));
  }
  return needle;
}

void FindBar::open() {
  show();
  line_->setFocus(Qt::ShortcutFocusReason);
  line_->selectAll();
}

void FindBar::close() {
  cancel();
  hide();
  if (view_) view_->setFocus(Qt::OtherFocusReason);
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
  const auto bytes = needle();
  if (!bytes) {
    open();
    line_->setError(bytes.error());
    showMessage(bytes.error().line(), true);
    return;
  }
  if (!view_ || !view_->source() || view_->source()->size() == 0) {
    showMessage(tr("There are no bytes yet"), true);
    return;
  }
  // From the caret on, and from one found before past it.
  const ByteRange selected = view_->selection();
  quint64 from = view_->caret().value_or(0);
  if (!selected.isEmpty()) from = selected.begin;
  if (toward == BackgroundSearch::Toward::End && !lastFound_.isEmpty() && selected == lastFound_) from += 1;
  toward_ = toward;
  searched_ = view_->source();
  search_.start(view_->source()->snapshot(), *bytes, from, toward);
  showMessage(tr("Searching…"), false);
  setSearching(true);
  progress_->setValue(0);
}

void FindBar::cancel() {
  if (!search_.isRunning()) return;
  search_.cancel();
  setSearching(false);
  showMessage(tr("Stopped"), false);
}

void FindBar::textEdited() {
  search_.cancel();
  setSearching(false);
  const auto bytes = needle();
  const bool isWrong = !bytes && !line_->text().isEmpty();
  line_->setError(isWrong ? std::optional(bytes.error()) : std::nullopt);
  showMessage(isWrong ? bytes.error().line() : QString(), isWrong);
}

void FindBar::showMessage(const QString &words, bool isProblem) {
  message_->setText(words);
  message_->setToolTip(words);
  QPalette palette = this->palette();
  if (isProblem) palette.setColor(QPalette::WindowText, Theme::of(this).status(Status::Error));
  message_->setPalette(palette);
}

void FindBar::showProgress(quint64 searched, quint64 total) {
  if (total > 0)
    progress_->setValue(static_cast<int>(static_cast<double>(searched) / static_cast<double>(total) * progressSteps));
}

void FindBar::showFound(ByteRange range, bool wrapped) {
  setSearching(false);
  // The view may show something else by now: what was found belongs to what was searched.
  if (!view_ || !searched_ || view_->source() != searched_) {
    showMessage({}, false);
    return;
  }
  lastFound_ = range;
  view_->select(range);
  const QString place = tr("offset %1 (0x%2)").arg(QString::number(range.begin), QString::number(range.begin, 16));
  if (!wrapped) {
    showMessage(tr("Found at %1").arg(place), false);
  } else if (toward_ == BackgroundSearch::Toward::End) {
    showMessage(tr("Went past the end: found at %1").arg(place), false);
  } else {
    showMessage(tr("Went past the begin: found at %1").arg(place), false);
  }
}

void FindBar::showNotFound() {
  setSearching(false);
  showMessage(tr("Not found in %1 bytes").arg(QLocale().toString(searched_ ? searched_->size() : 0)), true);
}

void FindBar::setSearching(bool searching) {
  progress_->setVisible(searching);
  cancel_->setVisible(searching);
}

void FindBar::keyPressEvent(QKeyEvent *event) {
  if (event->key() == Qt::Key_Escape) {
    if (search_.isRunning()) {
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

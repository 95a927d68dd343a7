#include "widgets/difference/difference_window.h"

#include "model/difference/difference_text.h"
#include "model/framing/framing_words.h"
#include "widgets/difference/difference_view.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace octetscope {

namespace {

constexpr QSize firstSize(1000, 560);

QString number(quint64 value) {
  return QLocale().toString(value);
}

}  // namespace

DifferenceWindow::DifferenceWindow(QWidget *parent)
    : QDialog(parent),
      what_(new QComboBox(this)),
      how_(new QComboBox(this)),
      names_{new QLabel(this), new QLabel(this)},
      view_(new DifferenceView(this)),
      bytes_{new QLabel(this), new QLabel(this)},
      count_(new QLabel(this)) {
  setWindowTitle(tr("Two messages, byte by byte"));
  setWindowFlag(Qt::WindowContextHelpButtonHint, false);
  setSizeGripEnabled(true);
  resize(firstSize);
  what_->addItems({tr("Whole messages"), tr("Payloads")});
  what_->setAccessibleName(tr("What is compared"));
  what_->setToolTip(tr("Messages as they came, framing included, or what their framing carries"));
  how_->addItems({tr("Byte for byte"), tr("Insertions and deletions found")});
  how_->setAccessibleName(tr("How they stand beside each other"));
  how_->setToolTip(tr("By offset, or so that the fewest bytes are inserted and removed (up to %1 bytes)")
                       .arg(number(MessageDifference::mostAligned)));
  const auto prepare = [](QLabel *label, const QString &name) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAccessibleName(name);
    label->setMinimumWidth(100);
  };
  prepare(names_[0], tr("What stands on the left"));
  prepare(names_[1], tr("What stands on the right"));
  prepare(bytes_[0], tr("The byte under the caret, on the left"));
  prepare(bytes_[1], tr("The byte under the caret, on the right"));
  prepare(count_, tr("How much differs"));

  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
  const auto addButton = [&](const QString &text, const QString &tip, auto action) {
    QPushButton *button = buttons->addButton(text, QDialogButtonBox::ActionRole);
    button->setToolTip(tip);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, action);
    return button;
  };
  previous_ = addButton(tr("&Previous difference"), tr("Alt+Up or Shift+F3"), [this] { step(-1); });
  next_ = addButton(tr("&Next difference"), tr("Alt+Down or F3"), [this] { step(1); });
  copy_ =
      addButton(tr("&Copy as text"), tr("Both dumps side by side, with a star before each byte that differs (Ctrl+C)"),
                [this] { copy(); });
  buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
  const auto on = [this](const QKeySequence &key, int by) {
    connect(new QShortcut(key, this), &QShortcut::activated, this, [this, by] { step(by); });
  };
  on(QKeySequence(Qt::ALT | Qt::Key_Up), -1);
  on(QKeySequence(Qt::SHIFT | Qt::Key_F3), -1);
  on(QKeySequence(Qt::ALT | Qt::Key_Down), 1);
  on(QKeySequence(Qt::Key_F3), 1);

  const auto labelOf = [this](const QString &text, QWidget *buddy) {
    auto *label = new QLabel(text, this);
    label->setBuddy(buddy);
    return label;
  };
  auto *choices = new QHBoxLayout;
  choices->addWidget(labelOf(tr("C&ompare:"), what_));
  choices->addWidget(what_);
  choices->addWidget(labelOf(tr("&Align:"), how_));
  choices->addWidget(how_);
  choices->addStretch(1);
  const auto beside = [](const std::array<QLabel *, 2> &labels) {
    auto *row = new QHBoxLayout;
    for (QLabel *label : labels) row->addWidget(label, 1);
    return row;
  };
  auto *column = new QVBoxLayout(this);
  column->addLayout(choices);
  column->addLayout(beside(names_));
  column->addWidget(view_, 1);
  column->addLayout(beside(bytes_));
  column->addWidget(count_);
  column->addWidget(buttons);

  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(what_, &QComboBox::currentIndexChanged, this, &DifferenceWindow::restart);
  connect(how_, &QComboBox::currentIndexChanged, this, &DifferenceWindow::restart);
  connect(view_, &DifferenceView::caretMoved, this, &DifferenceWindow::showCaret);
  connect(view_, &DifferenceView::copyAsked, this, &DifferenceWindow::copy);
  connect(&copier_, &TextCopier::said, this, [this](const QString &words) { count_->setText(words); });
  view_->setFocus(Qt::OtherFocusReason);
  refresh();
}

void DifferenceWindow::compare(Compared left, Compared right) {
  compared_ = {std::move(left), std::move(right)};
  const auto isMessage = [](const Compared &one) { return one.piece.kind == CopiedPiece::Kind::Message; };
  what_->setEnabled(isMessage(compared_[0]) || isMessage(compared_[1]));
  restart();
  view_->setFocus(Qt::OtherFocusReason);
}

DifferenceOptions DifferenceWindow::options() const {
  return {.payloads = what_->currentIndex() == 1, .isAligned = how_->currentIndex() == 1};
}

void DifferenceWindow::setOptions(DifferenceOptions options) {
  what_->setCurrentIndex(options.payloads ? 1 : 0);
  how_->setCurrentIndex(options.isAligned ? 1 : 0);
}

void DifferenceWindow::restart() {
  view_->setDifference(nullptr);
  difference_.reset();
  wentToFirst_ = false;
  if (compared_[0].name.isEmpty()) return;
  difference_ = std::make_unique<MessageDifference>(compared_[0].piece, compared_[1].piece, options());
  connect(difference_.get(), &MessageDifference::progressed, this, &DifferenceWindow::refresh);
  view_->setDifference(difference_.get());
  refresh();
}

void DifferenceWindow::refresh() {
  const bool isReady = difference_ && difference_->isReady();
  for (std::size_t i = 0; i < 2; ++i) {
    QString words = compared_[i].name;
    if (isReady) {
      const DifferenceBytes &bytes = difference_->bytes(static_cast<Side>(i));
      words += bytes.problem.isEmpty() ? tr(": %1").arg(byteCount(bytes.range.size()))
                                       : tr(": its payload cannot be had: %1").arg(bytes.problem);
    }
    names_[i]->setText(words);
  }
  view_->refresh();
  if (isReady && !wentToFirst_ && !difference_->places().empty()) {
    wentToFirst_ = true;
    view_->goTo(difference_->places().front().begin);
  }
  count_->setText(countWords());
  const bool canStep = isReady && !difference_->places().empty();
  previous_->setEnabled(canStep);
  next_->setEnabled(canStep);
  copy_->setEnabled(isReady && difference_->alignment().cellCount() > 0);
}

QString DifferenceWindow::countWords() const {
  if (!difference_) return {};
  if (!difference_->isReady()) return tr("Reading both…");
  QString words;
  const quint64 all = difference_->alignment().cellCount();
  if (all == 0) return tr("Both are empty.");
  if (difference_->differences() == 0) {
    words = difference_->isComplete() ? tr("They are equal, byte for byte.") : tr("No difference so far.");
  } else {
    const QString places = difference_->differences() == 1
                               ? tr("1 difference")
                               : tr("%1 differences").arg(number(difference_->differences()));
    const QString bytes =
        difference_->differentCells() == 1 ? tr("1 byte") : tr("%1 bytes").arg(number(difference_->differentCells()));
    words = tr("%1: %2 of %3.").arg(places, bytes, number(all));
  }
  if (!difference_->isComplete()) {
    words += QLatin1Char(' ') + tr("%1 % are compared.").arg(difference_->compared() * 100 / all);
  }
  if (difference_->differences() > MessageDifference::mostPlaces) {
    words += QLatin1Char(' ') + tr("The keys go to the first %1.").arg(number(MessageDifference::mostPlaces));
  }
  if (!difference_->whyNotAligned().isEmpty()) words += QLatin1Char(' ') + difference_->whyNotAligned();
  return words;
}

void DifferenceWindow::showCaret() {
  const auto cell = view_->caret();
  for (const Side side : {Side::Left, Side::Right}) {
    bytes_[static_cast<std::size_t>(side)]->setText(cell ? view_->byteWords(side, *cell) : QString());
  }
}

void DifferenceWindow::step(int by) {
  if (!difference_ || view_->step(by)) {
    if (difference_) count_->setText(countWords());
    return;
  }
  QString words = by > 0 ? tr("There is no difference behind this place.") : tr("There is no difference before it.");
  // Round only once nothing can come behind the last one any more.
  if (difference_->isComplete() && !difference_->places().empty()) {
    view_->goTo((by > 0 ? difference_->places().front() : difference_->places().back()).begin);
    words = by > 0 ? tr("Went past the end: the first difference.") : tr("Went past the begin: the last difference.");
  }
  count_->setText(countWords() + QLatin1Char(' ') + words);
}

void DifferenceWindow::copy() {
  if (!difference_ || !difference_->isReady()) return;
  constexpr quint64 charactersOfCell = 10;
  const quint64 cells = difference_->alignment().cellCount();
  copier_.start([compared = ComparedBytes::of(*difference_), titles = std::array{names_[0]->text(), names_[1]->text()}](
                    const std::atomic<bool> &isCancelled) { return differenceText(compared, titles, isCancelled); },
                cells * charactersOfCell, tr("Copied both, side by side."));
}

}  // namespace octetscope

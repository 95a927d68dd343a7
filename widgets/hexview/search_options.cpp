#include "widgets/hexview/search_options.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>

namespace octetscope {

namespace {

QComboBox *makeChoice(const QString &name, const QString &tip, QWidget *parent) {
  auto *choice = new QComboBox(parent);
  choice->setAccessibleName(name);
  choice->setToolTip(tip);
  return choice;
}

}  // namespace

SearchOptions::SearchOptions(QWidget *parent)
    : QWidget(parent),
      case_(new QToolButton(this)),
      encoding_(makeChoice(tr("Encoding of the text"), tr("How the text is written in the bytes"), this)),
      width_(makeChoice(
          tr("Size of the number"),
          tr("How many bytes the number has. A single byte has to be chosen: it is found nearly everywhere."), this)),
      order_(makeChoice(tr("Byte order of the number"), tr("Which byte of the number comes first"), this)) {
  case_->setObjectName(QStringLiteral("case"));
  case_->setText(tr("Aa"));
  case_->setToolTip(tr("Tell upper and lower case apart"));
  case_->setAccessibleName(case_->toolTip());
  case_->setAutoRaise(true);
  case_->setFocusPolicy(Qt::StrongFocus);
  case_->setCheckable(true);
  case_->setChecked(true);
  using enum TextEncoding;
  encoding_->addItem(tr("UTF-8"), TextEncodings(Utf8).toInt());
  encoding_->addItem(tr("UTF-16"), (Utf16Le | Utf16Be).toInt());
  encoding_->addItem(tr("Latin-1"), TextEncodings(Latin1).toInt());
  encoding_->addItem(tr("EBCDIC"), TextEncodings(Ebcdic).toInt());
  encoding_->addItem(tr("any encoding"), (Utf8 | Utf16Le | Utf16Be | Latin1 | Ebcdic).toInt());
  // A single byte is nearly everywhere: who means one says so.
  width_->addItem(tr("2, 4 or 8 bytes"), 0);
  for (const int bytes : {1, 2, 3, 4, 8}) {
    width_->addItem(bytes == 1 ? tr("1 byte") : tr("%1 bytes").arg(bytes), bytes);
  }
  order_->addItem(tr("either order"), int(ByteOrder::Any));
  order_->addItem(tr("big-endian"), int(ByteOrder::Big));
  order_->addItem(tr("little-endian"), int(ByteOrder::Little));

  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(case_);
  for (QComboBox *choice : {encoding_, width_, order_}) {
    layout->addWidget(choice);
    connect(choice, &QComboBox::currentIndexChanged, this, &SearchOptions::changed);
  }
  connect(case_, &QToolButton::toggled, this, &SearchOptions::changed);
  setMode(SearchMode::Text);
}

void SearchOptions::setMode(SearchMode mode) {
  mode_ = mode;
  case_->setVisible(mode != SearchMode::Hex && mode != SearchMode::Number);
  encoding_->setVisible(mode == SearchMode::Text);
  width_->setVisible(mode == SearchMode::Number);
  order_->setVisible(mode == SearchMode::Number);
}

bool SearchOptions::ignoresCase() const {
  return !case_->isChecked();
}

void SearchOptions::setIgnoresCase(bool ignores) {
  case_->setChecked(!ignores);
}

std::optional<SearchPattern> SearchOptions::inAnyCase(const QString &typed) const {
  const bool hasCase = mode_ == SearchMode::Text || mode_ == SearchMode::Expression;
  if (!hasCase || ignoresCase()) return std::nullopt;
  auto pattern = patternOf(typed, true);
  return pattern ? std::optional(*std::move(pattern)) : std::nullopt;
}

Result<SearchPattern> SearchOptions::patternOf(const QString &typed, bool ignoresCase) const {
  switch (mode_) {
    case SearchMode::Text:
      return textPattern(typed, TextEncodings::fromInt(encoding_->currentData().toInt()), ignoresCase);
    case SearchMode::Hex:
      return hexPattern(typed);
    case SearchMode::Number:
      return numberPattern(typed,
                           {.bytes = width_->currentData().toInt(), .order = ByteOrder(order_->currentData().toInt())});
    case SearchMode::Expression:
    case SearchMode::Fields:  // are not looked for in bytes
      break;
  }
  return SearchPattern::regex(typed, ignoresCase);
}

}  // namespace octetscope

#include "widgets/decoder/decoder_bar.h"

#include "model/framing/framing_words.h"
#include "model/framing/registry.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/controls/long_spin_box.h"
#include "widgets/controls/tool_tips.h"
#include "widgets/decoder/framing_form.h"
#include "widgets/decoder/layout_rows.h"
#include "widgets/decoder/layout_table.h"
#include "widgets/decoder/spec_line.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QResizeEvent>
#include <QStandardItemModel>
#include <QToolButton>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr int oneRowWidth = 1250;  // pixels; below it framing and struct stand one above the other
enum Scope { Both, OnlyIn, OnlyOut };

QStringList allExamples() {
  QStringList all;
  for (const FramingKind &kind : framingKinds())
    all += kind.examples.isEmpty() ? QStringList{kind.name} : kind.examples;
  return all;
}

QString layoutHelp() {
  QStringList lines = {
      DecoderBar::tr("A Python struct format string says which fields a payload has: !H:seq B:kind *s:text"),
      DecoderBar::tr("It may begin with:")};
  for (const char prefix : {'!', '<', '>', '=', '@'}) lines += u"• "_s + prefixWords(prefix);
  lines += DecoderBar::tr(
      "Then codes: B H I Q unsigned, b h i q signed (8, 16, 32, 64 bits), e f d floating point, "
      "10s bytes, ? truth, x padding. code:name names a field; a last *s:name takes the rest.");
  lines += DecoderBar::tr("Down offers what was used before.");
  return lines.join(u'\n');
}

}  // namespace

DecoderBar::DecoderBar(QSettings *settings, QWidget *parent) : QWidget(parent) {
  setAccessibleName(tr("Decoder"));
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(8, 5, 8, 3);
  column->setSpacing(4);
  groups_ = new QBoxLayout(QBoxLayout::LeftToRight);
  groups_->setSpacing(10);
  groups_->addWidget(buildFraming(settings), 10);
  groups_->addWidget(buildLayout(settings), 11);
  column->addLayout(groups_);
  form_ = new FramingForm(this);
  form_->setAccessibleName(tr("Options of the framing"));
  QWidget *limit = buildLimit();
  form_->addTrailing(limit, limit_);
  form_->hide();
  column->addWidget(form_);
  table_ = new LayoutTable(this);

  connect(kind_, &QComboBox::activated, this, &DecoderBar::chooseKind);
  connect(scope_, &QComboBox::activated, this, &DecoderBar::chooseScope);
  connect(spec_, &SpecLine::edited, this, [this](const QString &text) { editFraming(text, true, false); });
  connect(spec_, &SpecLine::finished, this, [this] {
    if (!spec_->edit()->error()) spec_->remember(spec_->text());
  });
  connect(form_, &FramingForm::specEdited, this, [this](const QString &text) { editFraming(text, false, true); });
  connect(limit_, &LongSpinBox::edited, this, &DecoderBar::editLimit);
  connect(layout_, &SpecLine::edited, this, &DecoderBar::editLayout);
  connect(layout_, &SpecLine::finished, this, [this] {
    if (!layout_->edit()->error()) layout_->remember(layout_->text());
  });
  connect(options_, &QToolButton::toggled, form_, &QWidget::setVisible);
  connect(fields_, &QToolButton::clicked, this, &DecoderBar::openTable);

  // One after the other as they are read; the form after its button.
  QWidget *const order[] = {kind_, spec_->edit(), options_, layout_->edit(), fields_, scope_};
  for (std::size_t i = 1; i < std::size(order); ++i) setTabOrder(order[i - 1], order[i]);
  form_->setTabBefore(scope_);
  showInForce();
}

QWidget *DecoderBar::buildFraming(QSettings *settings) {
  auto *group = new QWidget(this);
  auto *row = new QHBoxLayout(group);
  row->setContentsMargins(0, 0, 0, 0);
  auto *label = new QLabel(tr("Fra&ming"), group);
  kind_ = new QComboBox(group);
  label->setBuddy(kind_);
  kind_->setAccessibleName(tr("Framing"));
  kind_->setToolTip(
      wrappedTip(tr("The rule that finds where one message ends and the next begins. Changing it reads the same "
                    "bytes again: nothing captured is lost by a wrong guess.")));
  for (const FramingKind &kind : framingKinds()) {
    kind_->addItem(kind.title, kind.name);
    kind_->setItemData(kind_->count() - 1, wrappedTip(kind.summary), Qt::ToolTipRole);
    kind_->setItemData(kind_->count() - 1, kind.summary, Qt::AccessibleDescriptionRole);
  }
  spec_ = new SpecLine(settings, u"decoder/recentFramings"_s, allExamples(), group);
  spec_->edit()->setAccessibleName(tr("Framing as text (SPEC)"));
  spec_->edit()->setPlaceholderText(u"NAME:ARGUMENT,option=value"_s);
  spec_->edit()->setToolTip(
      wrappedTip(tr("The framing as text, as octetscope-cli takes it: NAME:ARGUMENT,option=value. Down "
                    "offers what was used before.")));
  options_ = new QToolButton(group);
  options_->setText(tr("O&ptions"));
  options_->setArrowType(Qt::DownArrow);
  options_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  options_->setCheckable(true);
  options_->setFocusPolicy(Qt::StrongFocus);
  options_->setAccessibleName(tr("Options of the framing"));
  options_->setToolTip(wrappedTip(tr("Shows the framing's options as a form; the form and the text say the same.")));
  connect(options_, &QToolButton::toggled, this,
          [this](bool open) { options_->setArrowType(open ? Qt::UpArrow : Qt::DownArrow); });
  row->addWidget(label, 0, Qt::AlignTop);
  row->addWidget(kind_, 0, Qt::AlignTop);
  row->addWidget(spec_, 1, Qt::AlignTop);
  row->addWidget(options_, 0, Qt::AlignTop);
  const int height = std::max(kind_->sizeHint().height(), spec_->edit()->sizeHint().height());
  for (QWidget *widget : {static_cast<QWidget *>(label), static_cast<QWidget *>(kind_),
                          static_cast<QWidget *>(spec_->edit()), static_cast<QWidget *>(options_)}) {
    widget->setFixedHeight(height);
  }
  return group;
}

QWidget *DecoderBar::buildLayout(QSettings *settings) {
  auto *group = new QWidget(this);
  auto *row = new QHBoxLayout(group);
  row->setContentsMargins(0, 0, 0, 0);
  auto *label = new QLabel(tr("St&ruct"), group);
  layout_ =
      new SpecLine(settings, u"decoder/recentLayouts"_s,
                   {u"!H:seq B:kind x I:stamp *s:text"_s, u"!I:number"_s, u"<IHH"_s, u"!4s:magic *s:data"_s}, group);
  layout_->edit()->setAccessibleName(tr("Struct layout of a payload"));
  layout_->edit()->setPlaceholderText(u"!H:seq B:kind x I:stamp *s:text"_s);
  layout_->edit()->setToolTip(wrappedTip(layoutHelp()));
  label->setBuddy(layout_->edit());
  label->setToolTip(wrappedTip(layoutHelp()));
  fields_ = new QToolButton(group);
  fields_->setText(tr("F&ields"));
  fields_->setFocusPolicy(Qt::StrongFocus);
  fields_->setAccessibleName(tr("Table of the struct's fields"));
  fields_->setToolTip(wrappedTip(tr("Lists the fields: name, type in words, offset and size, padding included.")));
  scope_ = new QComboBox(group);
  scope_->setAccessibleName(tr("Direction the decoder settings are for"));
  scope_->setToolTip(
      wrappedTip(tr("Clients and servers often frame differently. Choose one direction to give it a framing and a "
                    "struct of its own; “both directions” gives both what is shown.")));
  scope_->addItems({tr("both directions"), tr("← in"), tr("→ out")});
  row->addWidget(label, 0, Qt::AlignTop);
  row->addWidget(layout_, 1, Qt::AlignTop);
  row->addWidget(fields_, 0, Qt::AlignTop);
  row->addWidget(scope_, 0, Qt::AlignTop);
  const int height = std::max(scope_->sizeHint().height(), layout_->edit()->sizeHint().height());
  for (QWidget *widget : {static_cast<QWidget *>(label), static_cast<QWidget *>(layout_->edit()),
                          static_cast<QWidget *>(fields_), static_cast<QWidget *>(scope_)}) {
    widget->setFixedHeight(height);
  }
  return group;
}

QWidget *DecoderBar::buildLimit() {
  auto *box = new QWidget(this);
  auto *row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(5);
  auto *label = new QLabel(tr("Default limit"), box);
  limit_ = new LongSpinBox(1, std::numeric_limits<qint64>::max(), box);
  limit_->setDefault(tr("the framing's own"));
  limit_->setMinimumWidth(fontMetrics().horizontalAdvance(tr("the framing's own")) + 40);
  limit_->setAccessibleName(tr("Default message limit in bytes"));
  limit_->setToolTip(
      wrappedTip(tr("The largest message in bytes, where the SPEC gives no max=. A longer one is shown as an error "
                    "instead of being waited for. Empty: the framing's own, 64 MiB or none.")));
  label->setBuddy(limit_);
  row->addWidget(label);
  limitError_ = new QLabel(box);
  limitError_->setTextFormat(Qt::PlainText);
  limitError_->hide();
  row->addWidget(limit_);
  row->addWidget(limitError_);
  return box;
}

Direction DecoderBar::direction() const {
  return scope_->currentIndex() == OnlyOut ? Direction::Out : Direction::In;
}

bool DecoderBar::editsBoth() const {
  return scope_->currentIndex() == Both;
}

void DecoderBar::setDirection(std::optional<Direction> direction) {
  scope_->setCurrentIndex(!direction ? Both : *direction == Direction::In ? OnlyIn : OnlyOut);
  showInForce();
}

void DecoderBar::setDirectionNames(const QString &in, const QString &out) {
  scope_->setItemText(OnlyIn, in);
  scope_->setItemText(OnlyOut, out);
}

void DecoderBar::setSettings(const DecodeSettings &settings) {
  const bool same = settings.directions == settings_.directions;
  if (same) {
    settings_ = settings;
  } else {
    startWith(settings);
  }
}

void DecoderBar::startWith(const DecodeSettings &settings) {
  settings_ = settings;
  // Both cannot be shown as one where they differ.
  if (settings.of(Direction::In) != settings.of(Direction::Out) && editsBoth()) scope_->setCurrentIndex(OnlyIn);
  showInForce();
}

void DecoderBar::focusFraming() {
  spec_->edit()->setFocus(Qt::ShortcutFocusReason);
  spec_->edit()->selectAll();
}

void DecoderBar::focusLayout() {
  layout_->edit()->setFocus(Qt::ShortcutFocusReason);
  layout_->edit()->selectAll();
}

void DecoderBar::showInForce() {
  shown_ = direction();
  const DirectionSettings &shown = inForce();
  spec_->setText(shown.framing);
  limit_->setText(shown.maxMessage == 0 ? QString() : QString::number(shown.maxMessage));
  showLimitError({});
  showFraming(shown.framing);
  form_->setSpec(shown.framing);
  layout_->setText(shown.layout);
  const auto layout = Layout::parse(shown.layout);
  if (shown.layout.isEmpty()) {
    showLayoutMeaning(nullptr);
  } else if (layout) {
    showLayoutMeaning(layout->get());
  } else {
    layout_->showError(layout.error());
  }
}

void DecoderBar::showFraming(const QString &spec) {
  const auto framer = framerFromSpec(spec, inForce().maxMessage);
  if (!framer) {
    spec_->showError(framer.error());
    return;
  }
  showMeaningOfFraming(spec);
}

void DecoderBar::showMeaningOfFraming(const QString &spec) {
  const QString name = spec.section(u':', 0, 0).section(u',', 0, 0).trimmed();
  const int index = kind_->findData(name);
  kind_->setCurrentIndex(index);
  const FramingKind *kind = framingKind(name);
  if (!kind) return;
  lastOfKind_.insert(name, spec);
  spec_->showMeaning(kind->summary);
  kind_->setAccessibleDescription(kind->summary);
}

void DecoderBar::showLayoutMeaning(const Layout *layout) {
  fields_->setEnabled(layout != nullptr);
  if (!layout) {
    layout_->showMeaning(tr("No struct: payloads are shown as bytes."));
    return;
  }
  const QString size =
      layout->hasRest() ? tr("%1 and the rest").arg(byteCount(layout->size())) : byteCount(layout->size());
  QString words;
  switch (layoutPrefix(layout->text())) {
    case '!':
      words = tr("! is network order (big-endian), no padding");
      break;
    case '>':
      words = tr("> is big-endian, no padding");
      break;
    case '<':
      words = tr("< is little-endian, no padding");
      break;
    case '=':
      words = tr("= is this machine's byte order, no padding");
      break;
    default:
      words = tr("@ or no prefix: this machine's own order, sizes and padding");
      break;
  }
  layout_->showMeaning(tr("%1. %2.").arg(size, words));
}

template <typename Change>
void DecoderBar::apply(Change change) {
  const auto before = settings_.directions;
  change(settings_.of(direction()));
  if (editsBoth()) settings_.of(Direction::Out) = settings_.of(Direction::In);
  if (settings_.directions != before) Q_EMIT settingsEdited(settings_);
}

void DecoderBar::editFraming(const QString &text, bool fromLine, bool fromForm) {
  if (!fromLine) spec_->setText(text);
  const auto framer = framerFromSpec(text, inForce().maxMessage);
  if (!framer) {
    spec_->showError(framer.error());
    return;
  }
  showMeaningOfFraming(text);
  if (!fromForm) form_->setSpec(text);
  apply([&](DirectionSettings &settings) { settings.framing = text; });
}

void DecoderBar::editLimit() {
  const auto number = limit_->value();
  const quint64 limit = number ? static_cast<quint64>(*number) : 0;
  QString error;
  if (!number && !limit_->text().trimmed().isEmpty()) {
    error = tr("a limit is a whole number of bytes, 1 or more");
  } else if (const auto framer = framerFromSpec(inForce().framing, limit); !framer) {
    error = framer.error().line();
  }
  showLimitError(error);
  if (!error.isEmpty()) return;
  apply([&](DirectionSettings &settings) { settings.maxMessage = limit; });
}

void DecoderBar::showLimitError(const QString &error) {
  limitError_->setVisible(!error.isEmpty());
  limitError_->setText(Theme::glyph(Status::Error) + u' ' + error);
  QPalette colours = palette();
  colours.setColor(QPalette::WindowText, Theme::of(this).status(Status::Error));
  limitError_->setPalette(colours);
  limit_->setAccessibleDescription(error);
}

void DecoderBar::editLayout(const QString &text) {
  if (text.trimmed().isEmpty()) {
    showLayoutMeaning(nullptr);
    apply([&](DirectionSettings &settings) { settings.layout.clear(); });
    return;
  }
  const auto layout = Layout::parse(text);
  if (!layout) {
    layout_->showError(layout.error());
    return;
  }
  showLayoutMeaning(layout->get());
  apply([&](DirectionSettings &settings) { settings.layout = text; });
}

void DecoderBar::chooseKind(int index) {
  const QString name = kind_->itemData(index).toString();
  const FramingKind *kind = framingKind(name);
  if (!kind) return;
  QString text = lastOfKind_.value(name);
  if (text.isEmpty()) text = kind->examples.value(0, name);
  editFraming(text, false, false);
  if (!spec_->edit()->error()) spec_->remember(text);
}

void DecoderBar::chooseScope(int index) {
  if (index != Both) {
    showInForce();
    return;
  }
  // Both get what was shown, which is still in the lines.
  const DirectionSettings shown = settings_.of(shown_);
  apply([&](DirectionSettings &settings) { settings = shown; });
  showInForce();
}

void DecoderBar::openTable() {
  const auto layout = Layout::parse(inForce().layout);
  if (!layout) return;
  table_->setLayoutShown(**layout);
  table_->popUpUnder(fields_);
}

QSize DecoderBar::minimumSizeHint() const {
  // The narrow arrangement's, whichever is shown: else a wide bar could not become narrow.
  int width = 0;
  for (int i = 0; i < groups_->count(); ++i) width = std::max(width, groups_->itemAt(i)->minimumSize().width());
  const QMargins margins = layout()->contentsMargins();
  return {width + margins.left() + margins.right(), QWidget::minimumSizeHint().height()};
}

void DecoderBar::setCompact(bool compact) {
  spec_->setCompact(compact);
  layout_->setCompact(compact);
}

void DecoderBar::resizeEvent(QResizeEvent *event) {
  QWidget::resizeEvent(event);
  const auto direction = event->size().width() >= oneRowWidth ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
  if (groups_->direction() != direction) groups_->setDirection(direction);
}

}  // namespace octetscope

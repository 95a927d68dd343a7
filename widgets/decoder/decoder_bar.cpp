#include "widgets/decoder/decoder_bar.h"

#include "model/framing/framing_spec.h"
#include "model/framing/registry.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/controls/list_box.h"
#include "widgets/controls/tool_tips.h"
#include "widgets/controls/wrapped_label.h"
#include "widgets/decoder/framing_form.h"
#include "widgets/decoder/layout_edit.h"
#include "widgets/decoder/limit_edit.h"
#include "widgets/decoder/spec_line.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QResizeEvent>
#include <QStandardItemModel>
#include <QToolButton>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr int kindLetters = 16;    // of the chosen framing's title are seen; all of it in the list
constexpr int oneRowWidth = 1000;  // pixels; below it framing and struct stand one above the other
enum Scope { Both, OnlyIn, OnlyOut };

QStringList allExamples() {
  QStringList all;
  for (const FramingKind &kind : framingKinds())
    all += kind.examples.isEmpty() ? QStringList{kind.name} : kind.examples;
  return all;
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
  alignRows();
  column->addLayout(groups_);
  form_ = new FramingForm(this);
  form_->setAccessibleName(tr("Options of the framing"));
  limit_ = new LimitEdit(this);
  form_->addTrailing(limit_, limit_->stop());
  form_->hide();
  column->addWidget(form_);

  connect(kind_, &QComboBox::activated, this, &DecoderBar::chooseKind);
  connect(scope_, &QComboBox::activated, this, &DecoderBar::chooseScope);
  connect(spec_, &SpecLine::edited, this, [this](const QString &text) { editFraming(text, true, false); });
  connect(spec_, &SpecLine::finished, this, [this] {
    if (!spec_->edit()->error()) spec_->remember(spec_->text());
  });
  connect(form_, &FramingForm::specEdited, this, [this](const QString &text) { editFraming(text, false, true); });
  connect(limit_, &LimitEdit::edited, this, &DecoderBar::editLimit);
  connect(layout_, &LayoutEdit::edited, this, &DecoderBar::editLayout);
  connect(options_, &QToolButton::toggled, form_, &QWidget::setVisible);

  // One after the other as they are read; the form after its button.
  QWidget *const order[] = {kind_, spec_, options_, layout_->firstStop(), layout_->lastStop(), scope_};
  for (std::size_t i = 1; i < std::size(order); ++i) setTabOrder(order[i - 1], order[i]);
  form_->setTabBefore(scope_);
  showInForce();
}

QWidget *DecoderBar::buildFraming(QSettings *settings) {
  auto *group = new QWidget(this);
  auto *column = new QVBoxLayout(group);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  auto *row = new QHBoxLayout;
  label_ = new QLabel(tr("Fra&ming"), group);
  kind_ = new ListBox(group);
  label_->setBuddy(kind_);
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
  // The longest title would take the room that the text needs.
  kind_->setMinimumContentsLength(kindLetters);
  kind_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  kind_->view()->installEventFilter(this);
  kind_->view()->setMinimumWidth(kind_->view()->sizeHintForColumn(0) + 2 * kind_->view()->frameWidth());
  row->addWidget(label_);
  row->addWidget(kind_);
  row->addWidget(spec_, 1);
  row->addWidget(options_);
  column->addLayout(row);
  column->addWidget(spec_->sentence());
  return group;
}

QWidget *DecoderBar::buildLayout(QSettings *settings) {
  layout_ = new LayoutEdit(settings, this);
  scope_ = new ListBox(layout_);
  scope_->setAccessibleName(tr("Direction the decoder settings are for"));
  scope_->setToolTip(
      wrappedTip(tr("Clients and servers often frame differently. Choose one direction to give it a framing and a "
                    "struct of its own; “both directions” gives both what is shown.")));
  scope_->addItems({tr("both directions"), tr("← in"), tr("→ out")});
  layout_->addTrailing(scope_);
  return layout_;
}

/// One height for all that stands in the rows, and one width for their labels where they stand one above the other.
void DecoderBar::alignRows() {
  int height = 0;
  const QWidgetList inRows = {
      label_, kind_, spec_, options_, layout_->label(), layout_->firstStop(), layout_->lastStop(), scope_};
  for (const QWidget *widget : inRows) height = std::max(height, widget->sizeHint().height());
  for (QWidget *widget : inRows) widget->setFixedHeight(height);
  const int width = std::max(label_->sizeHint().width(), layout_->label()->sizeHint().width());
  label_->setMinimumWidth(width);
  layout_->label()->setMinimumWidth(width);
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
  layout_->focusText();
}

void DecoderBar::showInForce() {
  shown_ = direction();
  const DirectionSettings &shown = inForce();
  spec_->setText(shown.framing);
  limit_->setLimit(shown.maxMessage);
  showFraming(shown.framing);
  form_->setSpec(shown.framing);
  layout_->setText(shown.layout);
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
  // The form is of the outermost framing; those inside are text alone.
  const auto layers = parseLayers(spec);
  const QString name = layers ? layers->front().spec.name : QString();
  const int index = kind_->findData(name);
  kind_->setCurrentIndex(index);
  const FramingKind *kind = framingKind(name);
  if (!kind) return;
  lastOfKind_.insert(name, spec);
  QString meaning = kind->summary;
  for (const SpecLayer &layer : layers->sliced(1)) {
    const FramingKind *inner = framingKind(layer.spec.name);
    if (!inner) continue;
    meaning += u' ' + (layer.isJoined ? tr("Payloads joined: %1") : tr("Inside each payload: %1")).arg(inner->summary);
  }
  spec_->showMeaning(meaning);
  kind_->setAccessibleDescription(kind->summary);
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
  const auto limit = limit_->limit();
  QString error;
  if (!limit) {
    error = tr("a limit is a whole number of bytes, 1 or more");
  } else if (const auto framer = framerFromSpec(inForce().framing, *limit); !framer) {
    error = framer.error().line();
  }
  limit_->showError(error);
  if (!error.isEmpty()) return;
  apply([&](DirectionSettings &settings) { settings.maxMessage = *limit; });
}

void DecoderBar::editLayout(const QString &text) {
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

QSize DecoderBar::minimumSizeHint() const {
  // The narrow arrangement's, whichever is shown: else a wide bar could not become narrow.
  int width = 0;
  for (int i = 0; i < groups_->count(); ++i) width = std::max(width, groups_->itemAt(i)->minimumSize().width());
  const QMargins margins = layout()->contentsMargins();
  return {width + margins.left() + margins.right(), QWidget::minimumSizeHint().height()};
}

namespace {

bool isHelpKey(const QEvent *event) {
  const auto *key = static_cast<const QKeyEvent *>(event);
  return key->key() == Qt::Key_F1 && key->modifiers() == Qt::NoModifier;
}

}  // namespace

QString DecoderBar::framingAtFocus() const {
  const QWidget *focus = focusWidget();
  const bool isFraming =
      focus && (focus == kind_ || focus == options_ || spec_->isAncestorOf(focus) || form_->isAncestorOf(focus));
  return isFraming ? kind_->currentData().toString() : QString();
}

bool DecoderBar::event(QEvent *event) {
  // F1 is the window's for everything else: here it is taken before that sees it.
  const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
  if (!isKey || !isHelpKey(event)) return QWidget::event(event);
  const QString name = framingAtFocus();
  if (name.isEmpty()) return QWidget::event(event);
  event->accept();
  if (event->type() == QEvent::KeyPress) Q_EMIT helpAsked(name);
  return true;
}

bool DecoderBar::eventFilter(QObject *watched, QEvent *event) {
  // In the open list F1 is about the row that is pointed at.
  if (watched != kind_->view() || event->type() != QEvent::KeyPress || !isHelpKey(event)) {
    return QWidget::eventFilter(watched, event);
  }
  const QString name = kind_->view()->currentIndex().data(Qt::UserRole).toString();
  kind_->hidePopup();
  if (!name.isEmpty()) Q_EMIT helpAsked(name);
  return true;
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

#include "widgets/decoder/compare_bar.h"

#include "model/framing/registry.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/controls/tool_tips.h"
#include "widgets/controls/wrapped_label.h"
#include "widgets/decoder/spec_line.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

QStringList allExamples() {
  QStringList all;
  for (const FramingKind &kind : framingKinds())
    all += kind.examples.isEmpty() ? QStringList{kind.name} : kind.examples;
  return all;
}

}  // namespace

CompareBar::CompareBar(QSettings *settings, const QList<QAction *> &actions, QAction *close, QWidget *parent)
    : QWidget(parent),
      line_(new SpecLine(settings, u"decoder/recentFramings"_s, allExamples(), this)),
      first_(new QLabel(this)),
      words_(new WrappedLabel(this)) {
  setAccessibleName(tr("Comparison of two framings"));
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(8, 2, 8, 3);
  column->setSpacing(3);
  auto *row = new QHBoxLayout;
  first_->setTextFormat(Qt::PlainText);
  auto *label = new QLabel(tr("against &B"), this);
  label->setBuddy(line_->edit());
  line_->edit()->setAccessibleName(tr("Second framing as text (SPEC)"));
  line_->edit()->setPlaceholderText(u"NAME:ARGUMENT,option=value"_s);
  line_->edit()->setToolTip(
      wrappedTip(tr("A second framing of the same bytes. Nothing is read by it: it is only compared with the first. "
                    "Down offers what was used before.")));
  row->addWidget(first_, 0, Qt::AlignTop);
  row->addWidget(label, 0, Qt::AlignTop);
  row->addWidget(line_, 1, Qt::AlignTop);
  for (QAction *action : actions) {
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setFocusPolicy(Qt::StrongFocus);
    row->addWidget(button, 0, Qt::AlignTop);
  }
  auto *end = new QToolButton(this);
  end->setText(u"✕"_s);
  end->setAutoRaise(true);
  end->setFocusPolicy(Qt::StrongFocus);
  end->setAccessibleName(tr("End the comparison"));
  end->setToolTip(tr("End the comparison; the framing stays as it is"));
  connect(end, &QToolButton::clicked, close, &QAction::trigger);
  row->addWidget(end, 0, Qt::AlignTop);
  const int height = line_->edit()->sizeHint().height();
  first_->setFixedHeight(height);
  label->setFixedHeight(height);
  column->addLayout(row);
  column->addWidget(line_->sentence());
  words_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  words_->setAccessibleName(tr("Where the two framings part"));
  column->addWidget(words_);
  connect(line_, &SpecLine::edited, this, &CompareBar::edit);
  connect(line_, &SpecLine::finished, this, [this] {
    if (!line_->edit()->error()) line_->remember(line_->text());
  });
}

void CompareBar::edit(const QString &text) {
  const auto framer = framerFromSpec(text, maxMessage_);
  if (!framer) {
    line_->showError(framer.error());
    return;
  }
  showMeaning(text);
  if (text == inForce_) return;
  inForce_ = text;
  Q_EMIT specEdited(text);
}

void CompareBar::showMeaning(const QString &spec) {
  const FramingKind *kind = framingKind(spec.section(u':', 0, 0).section(u',', 0, 0).trimmed());
  if (kind) line_->showMeaning(kind->summary);
}

void CompareBar::setSpec(const QString &spec) {
  if (spec == inForce_) return;
  inForce_ = spec;
  line_->setText(spec);
  showMeaning(spec);
}

void CompareBar::setFirst(const QString &spec, const QString &direction) {
  first_->setText(tr("%1: A  %2").arg(direction, spec));
}

void CompareBar::setWords(const QString &words, bool diverges) {
  const QString text = diverges ? u"⇄ "_s + words : words;
  QFont font = words_->font();
  if (font.bold() != diverges) {
    font.setBold(diverges);
    words_->setFont(font);
  }
  words_->setWords(text);
}

void CompareBar::focusSpec() {
  line_->edit()->setFocus(Qt::ShortcutFocusReason);
  line_->edit()->selectAll();
}

void CompareBar::setCompact(bool compact) {
  line_->setCompact(compact);
}

}  // namespace octetscope

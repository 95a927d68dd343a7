#include "widgets/decoder/layout_edit.h"

#include "model/framing/framing_words.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/controls/tool_tips.h"
#include "widgets/controls/wrapped_label.h"
#include "widgets/decoder/layout_rows.h"
#include "widgets/decoder/layout_table.h"
#include "widgets/decoder/spec_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

QString help() {
  QStringList lines = {
      LayoutEdit::tr("A Python struct format string says which fields a payload has: !H:seq B:kind *s:text"),
      LayoutEdit::tr("It may begin with:")};
  for (const char prefix : {'!', '<', '>', '=', '@'}) lines += u"• "_s + prefixWords(prefix);
  lines += LayoutEdit::tr(
      "Then codes: B H I Q unsigned, b h i q signed (8, 16, 32, 64 bits), e f d floating point, "
      "10s bytes, ? truth, x padding. code:name names a field; a last *s:name takes the rest.");
  lines += LayoutEdit::tr("Down offers what was used before.");
  return lines.join(u'\n');
}

QString prefixMeaning(char prefix) {
  switch (prefix) {
    case '!':
      return LayoutEdit::tr("! is network order (big-endian), no padding");
    case '>':
      return LayoutEdit::tr("> is big-endian, no padding");
    case '<':
      return LayoutEdit::tr("< is little-endian, no padding");
    case '=':
      return LayoutEdit::tr("= is this machine's byte order, no padding");
    default:
      return LayoutEdit::tr("@ or no prefix: this machine's own order, sizes and padding");
  }
}

}  // namespace

LayoutEdit::LayoutEdit(QSettings *settings, QWidget *parent) : QWidget(parent) {
  auto *column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  row_ = new QHBoxLayout;
  label_ = new QLabel(tr("St&ruct"), this);
  line_ = new SpecLine(settings, u"decoder/recentLayouts"_s,
                       {u"!H:seq B:kind x I:stamp *s:text"_s, u"!I:number"_s, u"<IHH"_s, u"!4s:magic *s:data"_s}, this);
  line_->edit()->setAccessibleName(tr("Struct layout of a payload"));
  line_->edit()->setPlaceholderText(u"!H:seq B:kind x I:stamp *s:text"_s);
  line_->edit()->setToolTip(wrappedTip(help()));
  label_->setBuddy(line_->edit());
  label_->setToolTip(wrappedTip(help()));
  fields_ = new QToolButton(this);
  fields_->setText(tr("F&ields"));
  fields_->setFocusPolicy(Qt::StrongFocus);
  fields_->setAccessibleName(tr("Table of the struct's fields"));
  fields_->setToolTip(wrappedTip(tr("Lists the fields: name, type in words, offset and size, padding included.")));
  row_->addWidget(label_);
  row_->addWidget(line_, 1);
  row_->addWidget(fields_);
  column->addLayout(row_);
  column->addWidget(line_->sentence());
  table_ = new LayoutTable(this);

  connect(line_, &SpecLine::edited, this, &LayoutEdit::take);
  connect(line_, &SpecLine::finished, this, [this] {
    if (!line_->edit()->error()) line_->remember(line_->text());
  });
  connect(fields_, &QToolButton::clicked, this, &LayoutEdit::openTable);
}

QWidget *LayoutEdit::firstStop() const {
  return line_;  // as a whole: left behind, it would hand the focus back to its line
}

QWidget *LayoutEdit::lastStop() const {
  return fields_;
}

void LayoutEdit::addTrailing(QWidget *widget) {
  row_->addWidget(widget);
}

void LayoutEdit::setCompact(bool compact) {
  line_->setCompact(compact);
}

void LayoutEdit::focusText() {
  line_->edit()->setFocus(Qt::ShortcutFocusReason);
  line_->edit()->selectAll();
}

void LayoutEdit::setText(const QString &text) {
  right_ = text;
  line_->setText(text);
  const auto layout = Layout::parse(text);
  if (text.isEmpty()) {
    showMeaning(nullptr);
  } else if (layout) {
    showMeaning(layout->get());
  } else {
    line_->showError(layout.error());
  }
}

void LayoutEdit::take(const QString &text) {
  if (text.trimmed().isEmpty()) {
    right_.clear();
    showMeaning(nullptr);
  } else if (const auto layout = Layout::parse(text); layout) {
    right_ = text;
    showMeaning(layout->get());
  } else {
    line_->showError(layout.error());
    return;
  }
  Q_EMIT edited(right_);
}

void LayoutEdit::showMeaning(const Layout *layout) {
  fields_->setEnabled(layout != nullptr);
  if (!layout) {
    line_->showMeaning(tr("No struct: payloads are shown as bytes."));
    return;
  }
  const QString size =
      layout->hasRest() ? tr("%1 and the rest").arg(byteCount(layout->size())) : byteCount(layout->size());
  line_->showMeaning(tr("%1. %2.").arg(size, prefixMeaning(layoutPrefix(layout->text()))));
}

void LayoutEdit::openTable() {
  const auto layout = Layout::parse(right_);
  if (!layout) return;
  table_->setLayoutShown(**layout);
  table_->popUpUnder(fields_);
}

}  // namespace octetscope

#include "widgets/decoder/framing_form.h"

#include "model/framing/framing_spec.h"
#include "model/framing/spec_values.h"
#include "widgets/controls/flow_layout.h"
#include "widgets/controls/long_spin_box.h"
#include "widgets/controls/undo_passing.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>

namespace octetscope {

FramingForm::FramingForm(QWidget *parent) : QWidget(parent), flow_(new FlowLayout(FlowLayout::Mode::Natural)) {
  flow_->setSpacing(8);
  setLayout(flow_);
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

QString FramingForm::toEditor(const QString &specText) {
  QString result;
  for (qsizetype i = 0; i < specText.size(); ++i) {
    const bool escape = specText[i] == u'\\' && i + 1 < specText.size();
    if (escape && (specText[i + 1] == u',' || specText[i + 1] == u'|')) {
      result += specText[++i];
    } else if (escape) {
      result += specText[i];
      result += specText[++i];
    } else {
      result += specText[i];
    }
  }
  return result;
}

QString FramingForm::toSpec(const QString &editorText) {
  QString result;
  for (qsizetype i = 0; i < editorText.size(); ++i) {
    if (editorText[i] == u'\\' && i + 1 < editorText.size()) {
      result += editorText[i];
      result += editorText[++i];
    } else {
      if (editorText[i] == u',' || editorText[i] == u'|') result += u'\\';
      result += editorText[i];
    }
  }
  return result;
}

void FramingForm::addTrailing(QWidget *cell, QWidget *cellEditor) {
  trailing_ = cell;
  trailingEditor_ = cellEditor;
  flow_->addWidget(cell);
}

void FramingForm::setTabBefore(QWidget *widget) {
  before_ = widget;
  chainTabs();
}

void FramingForm::chainTabs() {
  QWidget *last = before_;
  if (!last) return;
  for (const Cell &cell : cells_) {
    setTabOrder(last, editorOf(cell));
    last = editorOf(cell);
    if (!cell.second) continue;
    setTabOrder(last, cell.second);
    last = cell.second;
  }
  if (trailingEditor_) setTabOrder(last, trailingEditor_);
}

QWidget *FramingForm::editorOf(const Cell &cell) {
  if (cell.line) return cell.line;
  if (cell.number) return cell.number;
  if (cell.choice) return cell.choice;
  return cell.flag;
}

QWidget *FramingForm::editor(const QString &option) const {
  for (const Cell &cell : cells_) {
    if (cell.option.name == option) return editorOf(cell);
  }
  return nullptr;
}

FramingForm::Cell FramingForm::makeCell(const FramingOption &option) {
  Cell cell{.option = option, .box = new QWidget(this)};
  auto *row = new QHBoxLayout(cell.box);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(5);
  QWidget *editor = nullptr;
  switch (option.kind) {
    case FramingOption::Kind::Number:
    case FramingOption::Kind::Bytes:
      editor = cell.number = new LongSpinBox(option.minimum, std::numeric_limits<qint64>::max(), cell.box);
      cell.number->setDefault(option.defaultValue);
      connect(cell.number, &LongSpinBox::edited, this, &FramingForm::changed);
      break;
    case FramingOption::Kind::Text:
    case FramingOption::Kind::Char:
    case FramingOption::Kind::Hex:
      editor = cell.line = new QLineEdit(cell.box);
      cell.line->setPlaceholderText(toEditor(option.defaultValue));
      cell.line->setMaximumWidth(fontMetrics().averageCharWidth() *
                                 (option.kind == FramingOption::Kind::Char ? 9 : 20));
      UndoPassing::install(cell.line);
      connect(cell.line, &QLineEdit::textEdited, this, &FramingForm::changed);
      break;
    case FramingOption::Kind::Choice:
      editor = cell.choice = makeChoice(cell, !option.name.isEmpty() && option.defaultValue.isEmpty());
      break;
    case FramingOption::Kind::Pair:
      editor = cell.choice = makeChoice(cell, false);
      cell.second = makeChoice(cell, false);
      break;
    case FramingOption::Kind::Flag:
      editor = cell.flag = new QCheckBox(option.title, cell.box);
      connect(cell.flag, &QCheckBox::clicked, this, &FramingForm::changed);
      break;
  }
  if (!cell.flag) {
    auto *label = new QLabel(option.title, cell.box);
    label->setBuddy(editor);
    label->setToolTip(option.help);
    row->addWidget(label);
  }
  row->addWidget(editor);
  if (cell.second) {
    row->addWidget(new QLabel(QStringLiteral("/"), cell.box));
    row->addWidget(cell.second);
  }
  const QString name = option.name.isEmpty() ? tr("The argument") : tr("The option %1").arg(option.name);
  QString tip = tr("%1: %2").arg(name, option.help);
  if (!option.defaultValue.isEmpty()) tip += u' ' + tr("Without it: %1.").arg(option.defaultValue);
  editor->setToolTip(tip);
  editor->setAccessibleName(option.title);
  editor->setAccessibleDescription(option.help);
  editor->setObjectName(option.name.isEmpty() ? QStringLiteral("argument") : option.name);
  if (cell.second) {
    cell.second->setToolTip(tip);
    cell.second->setAccessibleName(tr("%1, second").arg(option.title));
    cell.second->setAccessibleDescription(option.help);
    cell.second->setObjectName(editor->objectName() + QStringLiteral("Second"));
  }
  return cell;
}

QComboBox *FramingForm::makeChoice(const Cell &cell, bool mayBeNone) {
  auto *box = new QComboBox(cell.box);
  if (mayBeNone) box->addItem(tr("(none)"), QString());
  for (const QString &choice : cell.option.choices) box->addItem(choice, choice);
  connect(box, &QComboBox::activated, this, &FramingForm::changed);
  return box;
}

void FramingForm::build(const FramingKind &kind) {
  for (const Cell &cell : cells_) {
    flow_->removeWidget(cell.box);
    cell.box->hide();
    cell.box->deleteLater();
  }
  cells_.clear();
  kind_ = kind.name;
  if (trailing_) flow_->removeWidget(trailing_);
  if (kind.argument) cells_.append(makeCell(*kind.argument));
  for (const FramingOption &option : kind.options) cells_.append(makeCell(option));
  for (const Cell &cell : cells_) {
    flow_->addWidget(cell.box);
    cell.box->show();
  }
  if (trailing_) flow_->addWidget(trailing_);
  chainTabs();
}

QString FramingForm::textOf(const Cell &cell) {
  if (cell.number) return cell.number->text().trimmed();
  if (cell.line) return toSpec(cell.line->text());
  if (cell.second) return cell.choice->currentData().toString() + u'/' + cell.second->currentData().toString();
  if (cell.choice) return cell.choice->currentData().toString();
  return cell.flag->isChecked() ? QStringLiteral("yes") : QStringLiteral("no");
}

void FramingForm::setTextOf(const Cell &cell, const QString &text) {
  if (cell.number) {
    cell.number->setText(text);
  } else if (cell.line) {
    if (toSpec(cell.line->text()) != text) cell.line->setText(toEditor(text));
  } else if (cell.second) {
    const qsizetype slash = text.indexOf(u'/');
    cell.choice->setCurrentIndex(cell.choice->findData(text.first(std::max<qsizetype>(slash, 0))));
    cell.second->setCurrentIndex(cell.second->findData(text.sliced(slash + 1)));
  } else if (cell.choice) {
    const QString choice = choiceOf(cell.option, text).value_or(text);
    cell.choice->setCurrentIndex(cell.choice->findData(choice.isEmpty() ? cell.option.defaultValue : choice));
  } else {
    cell.flag->setChecked((text.isEmpty() ? cell.option.defaultValue : text) == QLatin1String("yes"));
  }
}

void FramingForm::setSpec(const QString &text) {
  const auto layers = parseLayers(text);
  if (!layers) return;
  const FramingSpec *const spec = &layers->front().spec;
  const FramingKind *kind = framingKind(spec->name);
  if (!kind) return;
  inner_ = text.sliced(layers->front().end);
  const QScopedValueRollback guard(setting_, true);
  if (kind->name != kind_) build(*kind);
  for (Cell &cell : cells_) {
    QString value;
    bool given = false;
    if (cell.option.name.isEmpty()) {
      given = spec->argument.has_value();
      value = spec->argument.value_or(QString());
    }
    for (const SpecOption &option : spec->options) {
      if (!cell.option.name.isEmpty() && option.name == cell.option.name) {
        given = true;
        value = option.value;
      }
    }
    cell.wasGiven = given;
    setTextOf(cell, value);
  }
  showWhatBelongs();
}

QString FramingForm::spec() const {
  FramingSpec result;
  result.name = kind_;
  for (const Cell &cell : cells_) {
    if (!cell.box->isVisibleTo(this)) continue;
    const QString text = textOf(cell);
    const QString missing =
        cell.flag && cell.option.defaultValue.isEmpty() ? QStringLiteral("no") : cell.option.defaultValue;
    if (cell.option.name.isEmpty()) {
      if (!text.isEmpty()) result.argument = text;
    } else if (!text.isEmpty() && (text != missing || (cell.wasGiven && !cell.flag))) {
      result.options.append({.name = cell.option.name, .value = text});
    }
  }
  return QString(result.text() + inner_);
}

void FramingForm::showWhatBelongs() {
  QString argument;
  for (const Cell &cell : cells_) {
    if (cell.option.name.isEmpty()) argument = textOf(cell);
  }
  for (const Cell &cell : cells_) {
    cell.box->setVisible(cell.option.onlyWith.isEmpty() || cell.option.onlyWith == argument);
  }
}

void FramingForm::changed() {
  if (setting_) return;
  showWhatBelongs();
  Q_EMIT specEdited(spec());
}

}  // namespace octetscope

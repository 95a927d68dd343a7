#include "widgets/messages/add_column_dialog.h"

#include "model/items/message_filter.h"
#include "model/items/seen_fields.h"
#include "widgets/controls/error_line_edit.h"
#include "widgets/controls/wrapped_label.h"
#include "widgets/messages/filter_offers.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QPushButton>
#include <QShowEvent>
#include <QTimer>

namespace octetscope {

AddColumnDialog::AddColumnDialog(const MessageFilter *filter, const ConnectionDecoder *decoder, QWidget *parent)
    : QDialog(parent),
      filter_(filter),
      seen_(decoder ? seenFieldPaths(*decoder) : QStringList()),
      edit_(new ErrorLineEdit),
      offers_(new FilterOffers(edit_)),
      sentence_(new WrappedLabel),
      format_(new QComboBox) {
  setWindowTitle(tr("Add Column"));
  edit_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  edit_->setPlaceholderText(tr("seq, user.tags[0], tags[*], payload[0:4]"));
  edit_->setAccessibleName(tr("Field"));
  edit_->setMinimumWidth(edit_->fontMetrics().horizontalAdvance(QLatin1Char('0')) * 50);
  format_->setAccessibleName(tr("Show values as"));
  for (const CellFormat format : cellFormats) format_->addItem(cellFormatTitle(format), static_cast<int>(format));
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  add_ = buttons->addButton(tr("&Add"), QDialogButtonBox::AcceptRole);
  auto *form = new QFormLayout(this);
  form->addRow(tr("&Field"), edit_);
  form->addRow(sentence_);
  form->addRow(tr("Show &values as"), format_);
  form->addRow(buttons);
  add_->setDefault(true);  // in the dialog by now: else it would be Cancel
  connect(edit_, &QLineEdit::textChanged, this, &AddColumnDialog::check);
  connect(edit_, &QLineEdit::textEdited, this, &AddColumnDialog::offer);
  connect(offers_, &FilterOffers::returnPressed, this, &AddColumnDialog::acceptIfRight);
  connect(buttons, &QDialogButtonBox::accepted, this, &AddColumnDialog::acceptIfRight);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  offers_->setLineBelow(sentence_);
  check();
}

MessageColumn AddColumnDialog::column() const {
  const auto format = static_cast<CellFormat>(format_->currentData().toInt());
  return MessageColumn::of(edit_->text(), format).value_or(MessageColumn());
}

void AddColumnDialog::showEvent(QShowEvent *event) {
  QDialog::showEvent(event);
  edit_->setFocus();
  // What there is, before anything is typed; once the dialog has its place.
  if (!event->spontaneous()) QTimer::singleShot(0, this, &AddColumnDialog::offer);
}

void AddColumnDialog::offer() {
  if (!filter_) return;
  FilterCompletions found = filterCompletions(edit_->text(), edit_->cursorPosition(), filter_->scopes(), seen_);
  // A name alone: nothing that makes a condition of it.
  found.items.removeIf([](const FilterCompletion &one) {
    return one.kind != FilterCompletion::Kind::OfField && one.kind != FilterCompletion::Kind::OfMessage;
  });
  offers_->offer(found);
}

void AddColumnDialog::check() {
  std::optional<FilterError> error;
  const QString text = edit_->text();
  if (const auto column = MessageColumn::of(text); !column) {
    error = column.error();
  } else if (filter_) {
    if (const auto known = filter_->check(*FilterExpression::parse(column->field)); !known) error = known.error();
  }
  const bool isEmpty = text.trimmed().isEmpty();
  add_->setEnabled(!error);
  // Nobody has done anything wrong yet.
  edit_->setError(error && !isEmpty ? std::optional<Error>(*error) : std::nullopt, error ? error->length : 1);
  const QString words = isEmpty
                            ? tr("The name of a field, as filters write it; names that every message has will do, too.")
                        : error ? Theme::glyph(Status::Error) + u' ' + error->line()
                                : tr("A column of the value that each message has.");
  sentence_->setWords(words);
  edit_->setNormalDescription(words);
  QPalette colours = palette();
  const Theme theme = Theme::of(this);
  colours.setColor(QPalette::WindowText, error && !isEmpty ? theme.status(Status::Error) : theme.mutedText());
  sentence_->setPalette(colours);
}

void AddColumnDialog::acceptIfRight() {
  if (add_->isEnabled()) accept();
}

}  // namespace octetscope

#include "widgets/marks/note_dialog.h"

#include "model/framing/framing_words.h"
#include "model/items/mark_words.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>

namespace octetscope {

namespace {

constexpr int longestNote = 1000;  // characters
constexpr int noteCharacters = 48;

}  // namespace

NoteDialog::NoteDialog(const QList<Mark> &marks, QWidget *parent)
    : QDialog(parent), before_(marks), note_(new QLineEdit), color_(new QComboBox) {
  const Mark &first = marks.first();
  const auto all = [&](auto member) {
    return std::ranges::all_of(marks, [&](const Mark &mark) { return mark.*member == first.*member; });
  };
  setWindowTitle(marks.size() == 1 ? tr("Note on %1").arg(bytesAt(first.place.range))
                                   : tr("Note on %1 places").arg(grouped(static_cast<quint64>(marks.size()))));
  if (all(&Mark::note)) {
    note_->setText(first.note);
  } else {
    note_->setPlaceholderText(tr("Each keeps its own"));
  }
  note_->setMaxLength(longestNote);
  note_->setMinimumWidth(noteCharacters * fontMetrics().averageCharWidth());
  note_->setAccessibleName(tr("Note"));
  color_->setAccessibleName(tr("Colour of the mark"));
  const Theme theme = Theme::of(this);
  for (int i = 0; i < markColorCount; ++i) {
    const auto color = static_cast<MarkColor>(i);
    color_->addItem(Theme::glyph(color) + QLatin1Char(' ') + markColorName(color));
    color_->setItemData(i, theme.mark(color), Qt::ForegroundRole);
  }
  color_->setPlaceholderText(tr("Each keeps its own"));
  color_->setCurrentIndex(all(&Mark::color) ? static_cast<int>(first.color) : -1);
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  auto *form = new QFormLayout(this);
  form->addRow(tr("&Note:"), note_);
  form->addRow(tr("&Colour:"), color_);
  form->addRow(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  note_->setFocus();
  note_->selectAll();
}

std::optional<MarkColor> NoteDialog::color() const {
  const int chosen = color_->currentIndex();
  return chosen < 0 ? std::nullopt : std::optional(static_cast<MarkColor>(chosen));
}

QList<Mark> NoteDialog::marks() const {
  QList<Mark> marks = before_;
  const QString note = note_->text().trimmed();
  const bool keepsNotes = note.isEmpty() && !note_->placeholderText().isEmpty();
  for (Mark &mark : marks) {
    if (!keepsNotes) mark.note = note;
    mark.color = color().value_or(mark.color);
  }
  return marks;
}

}  // namespace octetscope

#include "widgets/marks/note_dialog.h"

#include "model/framing/framing_words.h"
#include "model/items/mark_words.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

namespace octetscope {

namespace {

constexpr int longestNote = 1000;  // characters
constexpr int noteCharacters = 48;

}  // namespace

NoteDialog::NoteDialog(const Mark &mark, QWidget *parent)
    : QDialog(parent), before_(mark), note_(new QLineEdit), color_(new QComboBox) {
  setWindowTitle(tr("Note on %1").arg(bytesAt(mark.place.range)));
  note_->setText(mark.note);
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
  color_->setCurrentIndex(static_cast<int>(mark.color));
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

Mark NoteDialog::mark() const {
  Mark mark = before_;
  mark.note = note_->text().trimmed();
  mark.color = static_cast<MarkColor>(color_->currentIndex());
  return mark;
}

}  // namespace octetscope

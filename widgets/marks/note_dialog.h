// NoteDialog: the note and the colour of marks, before they are set or changed.
#pragma once

#include "model/marks/mark.h"

#include <QDialog>
#include <QList>

#include <optional>

class QComboBox;
class QLineEdit;

namespace octetscope {

class NoteDialog : public QDialog {
  Q_OBJECT
 public:
  /// Begins with what `marks` have, one at least. Where they differ, nothing is chosen.
  explicit NoteDialog(const QList<Mark> &marks, QWidget *parent = nullptr);

  /// The marks as they are to be. Where they differ, what was not chosen stays as each has it.
  QList<Mark> marks() const;
  /// None where they differ and none was chosen.
  std::optional<MarkColor> color() const;

 private:
  const QList<Mark> before_;
  QLineEdit *note_;
  QComboBox *color_;
};

}  // namespace octetscope

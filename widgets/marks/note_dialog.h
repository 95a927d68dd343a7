// NoteDialog: the note and the colour of one mark, before it is set or changed.
#pragma once

#include "model/marks/mark.h"

#include <QDialog>

class QComboBox;
class QLineEdit;

namespace octetscope {

class NoteDialog : public QDialog {
  Q_OBJECT
 public:
  /// Begins with what `mark` has.
  explicit NoteDialog(const Mark &mark, QWidget *parent = nullptr);

  /// The mark as it is to be.
  Mark mark() const;

 private:
  const Mark before_;
  QLineEdit *note_;
  QComboBox *color_;
};

}  // namespace octetscope

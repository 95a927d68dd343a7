// ErrorLineEdit: a line of text that can be wrong. The place of the error is underlined in the text, or marked at its
// end where something is missing; the sentence is the line's accessible description, and its owner shows it beside it.
#pragma once

#include "model/result.h"

#include <QLineEdit>

#include <optional>

namespace octetscope {

class ErrorLineEdit : public QLineEdit {
  Q_OBJECT
 public:
  explicit ErrorLineEdit(QWidget *parent = nullptr);

  /// The error of the text as it now is; none: it is right. `normal`: the accessible description of a right text.
  void setError(const std::optional<Error> &error);
  const std::optional<Error> &error() const { return error_; }
  void setNormalDescription(const QString &text);
  /// Where the mark is, in UTF-16 units; -1: nowhere.
  qsizetype markedPosition() const;

 protected:
  void paintEvent(QPaintEvent *event) override;
  void focusInEvent(QFocusEvent *event) override;

 private:
  void underline();

  std::optional<Error> error_;
  QString description_;
};

}  // namespace octetscope

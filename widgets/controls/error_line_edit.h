// ErrorLineEdit: a line of text that can be wrong. The place of the error is underlined in the text, or marked at its
// end where something is missing; the sentence is the line's accessible description, and its owner shows it beside it.
// Where the owner says that a text is right, and in force, a line below it says so, too.
#pragma once

#include "model/result.h"

#include <QLineEdit>

#include <optional>

namespace octetscope {

class ErrorLineEdit : public QLineEdit {
  Q_OBJECT
 public:
  explicit ErrorLineEdit(QWidget *parent = nullptr);

  /// The error of the text as it now is; none: it is right. `length`: of what is underlined from its position on.
  void setError(const std::optional<Error> &error, qsizetype length = 1);
  const std::optional<Error> &error() const { return error_; }
  /// The accessible description of a right text.
  void setNormalDescription(const QString &text);
  /// Whether the text is in force; taken back by the next edit.
  void setInForce(bool isInForce);
  bool isInForce() const { return isInForce_; }
  /// Where the mark is, in UTF-16 units; -1: nowhere.
  qsizetype markedPosition() const;

 protected:
  void paintEvent(QPaintEvent *event) override;
  void focusInEvent(QFocusEvent *event) override;

 private:
  void underline();

  std::optional<Error> error_;
  qsizetype errorLength_ = 1;
  bool isInForce_ = false;
  QString description_;
};

}  // namespace octetscope

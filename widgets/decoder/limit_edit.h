// LimitEdit: the largest message a framing may find, in bytes, or nothing where the framing's own limit holds. Its
// error stands beside it.
#pragma once

#include <QWidget>

#include <optional>

class QLabel;

namespace octetscope {

class LongSpinBox;

class LimitEdit : public QWidget {
  Q_OBJECT
 public:
  explicit LimitEdit(QWidget *parent = nullptr);

  /// 0: the framing's own. Does not emit.
  void setLimit(quint64 bytes);
  /// What stands there, 0: nothing; none where it is no number of bytes.
  std::optional<quint64> limit() const;
  /// One line; empty: what stands there is right.
  void showError(const QString &error);
  /// What the keyboard stops at.
  QWidget *stop() const;

 Q_SIGNALS:
  /// The user changed it, perhaps to something wrong.
  void edited();

 private:
  LongSpinBox *number_;
  QLabel *error_;
};

}  // namespace octetscope

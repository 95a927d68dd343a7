// LongSpinBox: a spin box for whole numbers of 64 bits, which may also be left empty where a default holds.
#pragma once

#include <QAbstractSpinBox>

#include <limits>
#include <optional>

namespace octetscope {

class LongSpinBox : public QAbstractSpinBox {
  Q_OBJECT
 public:
  explicit LongSpinBox(qint64 minimum = std::numeric_limits<qint64>::min(),
                       qint64 maximum = std::numeric_limits<qint64>::max(), QWidget *parent = nullptr);

  /// None where it is empty or not a number in the range.
  std::optional<qint64> value() const;
  QString text() const;
  /// Does not emit. Any text: a wrong one is shown as it is.
  void setText(const QString &text);
  /// Where the arrows begin when it is empty; shown greyed.
  void setDefault(const QString &value);
  qint64 minimum() const { return minimum_; }

  void stepBy(int steps) override;
  bool event(QEvent *event) override;

 Q_SIGNALS:
  /// The user changed it, by typing or by stepping.
  void edited();

 protected:
  StepEnabled stepEnabled() const override;
  QValidator::State validate(QString &input, int &position) const override;

 private:
  qint64 base() const;

  qint64 minimum_;
  qint64 maximum_;
  QString default_;
};

}  // namespace octetscope

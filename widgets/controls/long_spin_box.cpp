#include "widgets/controls/long_spin_box.h"

#include "widgets/controls/undo_passing.h"

#include <QLineEdit>

namespace octetscope {

LongSpinBox::LongSpinBox(qint64 minimum, qint64 maximum, QWidget *parent)
    : QAbstractSpinBox(parent), minimum_(minimum), maximum_(maximum) {
  setAccelerated(true);
  setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("00000000")) + 30);
  connect(lineEdit(), &QLineEdit::textEdited, this, &LongSpinBox::edited);
}

std::optional<qint64> LongSpinBox::value() const {
  bool isNumber = false;
  const qint64 number = text().trimmed().toLongLong(&isNumber);
  if (!isNumber || number < minimum_ || number > maximum_) return std::nullopt;
  return number;
}

QString LongSpinBox::text() const {
  return lineEdit()->text();
}

void LongSpinBox::setText(const QString &text) {
  if (text == lineEdit()->text()) return;
  lineEdit()->setText(text);
  update();  // the arrows follow
}

void LongSpinBox::setDefault(const QString &value) {
  default_ = value;
  lineEdit()->setPlaceholderText(value);
}

qint64 LongSpinBox::base() const {
  if (const auto number = value()) return *number;
  const qint64 number = default_.toLongLong();
  return std::clamp(number, minimum_, maximum_);
}

void LongSpinBox::stepBy(int steps) {
  const qint64 from = base();
  const qint64 to = steps > 0 ? (from > maximum_ - steps ? maximum_ : from + steps)
                              : (from < minimum_ - steps ? minimum_ : from + steps);
  lineEdit()->setText(QString::number(to));
  lineEdit()->selectAll();
  Q_EMIT edited();
}

bool LongSpinBox::event(QEvent *event) {
  return UndoPassing::passesOn(lineEdit(), event) || QAbstractSpinBox::event(event);
}

QAbstractSpinBox::StepEnabled LongSpinBox::stepEnabled() const {
  StepEnabled enabled;
  if (base() < maximum_) enabled |= StepUpEnabled;
  if (base() > minimum_) enabled |= StepDownEnabled;
  return enabled;
}

QValidator::State LongSpinBox::validate(QString &, int &) const {
  return QValidator::Acceptable;  // what is wrong is said beside it, not refused
}

}  // namespace octetscope

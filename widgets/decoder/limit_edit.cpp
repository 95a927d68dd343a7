#include "widgets/decoder/limit_edit.h"

#include "widgets/controls/long_spin_box.h"
#include "widgets/controls/tool_tips.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>

namespace octetscope {

LimitEdit::LimitEdit(QWidget *parent) : QWidget(parent) {
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(5);
  auto *label = new QLabel(tr("Default limit"), this);
  number_ = new LongSpinBox(1, std::numeric_limits<qint64>::max(), this);
  number_->setDefault(tr("the framing's own"));
  number_->setMinimumWidth(fontMetrics().horizontalAdvance(tr("the framing's own")) + 40);
  number_->setAccessibleName(tr("Default message limit in bytes"));
  number_->setToolTip(
      wrappedTip(tr("The largest message in bytes, where the SPEC gives no max=. A longer one is shown as an error "
                    "instead of being waited for. Empty: the framing's own, 64 MiB or none.")));
  label->setBuddy(number_);
  error_ = new QLabel(this);
  error_->setTextFormat(Qt::PlainText);
  error_->hide();
  row->addWidget(label);
  row->addWidget(number_);
  row->addWidget(error_);
  connect(number_, &LongSpinBox::edited, this, &LimitEdit::edited);
}

QWidget *LimitEdit::stop() const {
  return number_;
}

void LimitEdit::setLimit(quint64 bytes) {
  number_->setText(bytes == 0 ? QString() : QString::number(bytes));
  showError({});
}

std::optional<quint64> LimitEdit::limit() const {
  if (number_->text().trimmed().isEmpty()) return 0;
  const auto number = number_->value();
  return number ? std::optional(static_cast<quint64>(*number)) : std::nullopt;
}

void LimitEdit::showError(const QString &error) {
  error_->setVisible(!error.isEmpty());
  error_->setText(Theme::glyph(Status::Error) + u' ' + error);
  QPalette colours = palette();
  colours.setColor(QPalette::WindowText, Theme::of(this).status(Status::Error));
  error_->setPalette(colours);
  number_->setAccessibleDescription(error);
}

}  // namespace octetscope

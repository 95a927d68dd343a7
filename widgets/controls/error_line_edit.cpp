#include "widgets/controls/error_line_edit.h"

#include "widgets/theme/text_colors.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionFrame>
#include <QTextCharFormat>

#include <algorithm>

namespace octetscope {

ErrorLineEdit::ErrorLineEdit(QWidget *parent) : QLineEdit(parent) {
  // A new text takes the old underline away: its place was in another text.
  connect(this, &QLineEdit::textChanged, this, [this] {
    if (error_) underline();
    setInForce(false);
  });
}

qsizetype ErrorLineEdit::markedPosition() const {
  if (!error_ || error_->position < 0) return -1;
  return std::min(error_->position, text().size());
}

void ErrorLineEdit::setNormalDescription(const QString &text) {
  description_ = text;
  if (!error_) setAccessibleDescription(text);
}

void ErrorLineEdit::setInForce(bool isInForce) {
  if (isInForce == isInForce_) return;
  isInForce_ = isInForce;
  update();
}

void ErrorLineEdit::setError(const std::optional<Error> &error, qsizetype length) {
  error_ = error;
  errorLength_ = length;
  underline();
  const QString words = error ? error->line() : description_;
  if (words != accessibleDescription()) {
    setAccessibleDescription(words);
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
  }
  update();
}

void ErrorLineEdit::underline() {
  QList<QInputMethodEvent::Attribute> attributes;
  const qsizetype at = markedPosition();
  if (at >= 0 && at < text().size()) {
    QTextCharFormat format;
    const Theme theme = Theme::of(this);
    format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    format.setUnderlineColor(theme.status(Status::Error));
    format.setForeground(theme.status(Status::Error));
    const qsizetype least = text().at(at).isHighSurrogate() ? 2 : 1;
    const auto length = static_cast<int>(std::clamp(errorLength_, least, std::max(least, text().size() - at)));
    attributes.append(
        {QInputMethodEvent::TextFormat, static_cast<int>(at) - cursorPosition(), length, QVariant(format)});
  }
  // An input method's formats are the one way that QLineEdit has to format a part of its text.
  QInputMethodEvent event(QString(), attributes);
  QLineEdit::inputMethodEvent(&event);
}

void ErrorLineEdit::focusInEvent(QFocusEvent *event) {
  QLineEdit::focusInEvent(event);
  if (error_) underline();
}

void ErrorLineEdit::paintEvent(QPaintEvent *event) {
  QLineEdit::paintEvent(event);
  if (!error_ && !isInForce_) return;
  QPainter painter(this);
  const QColor colour = error_ ? Theme::of(this).status(Status::Error) : inForceColor(Theme::of(this));
  QStyleOptionFrame option;
  initStyleOption(&option);
  const QRect inside = style()->subElementRect(QStyle::SE_LineEditContents, &option, this);
  // A line under the whole text: a wrong text is seen even where the mark is scrolled out.
  painter.fillRect(QRect(inside.left(), inside.bottom(), inside.width(), 2), colour);
  if (!error_ || markedPosition() != text().size() || text().isEmpty()) return;
  const int end = cursorPosition() == text().size() ? cursorRect().center().x()
                                                    : inside.left() + 2 + fontMetrics().horizontalAdvance(text());
  const int x = std::min(end, inside.right() - 4);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  const qreal bottom = inside.bottom();
  painter.drawPolygon(QPolygonF({{x - 4.0, bottom}, {x + 4.0, bottom}, {static_cast<qreal>(x), bottom - 6}}));
}

}  // namespace octetscope

#include "widgets/controls/wrapped_label.h"

#include "widgets/controls/tool_tips.h"

#include <QEvent>

namespace octetscope {

WrappedLabel::WrappedLabel(QWidget *parent) : QLabel(parent) {
  setTextFormat(Qt::PlainText);
  setWordWrap(true);
}

void WrappedLabel::setWords(const QString &words) {
  if (words != text()) setText(words);
  fit();
}

void WrappedLabel::setOneLine(bool oneLine) {
  setWordWrap(!oneLine);
  setToolTip(QString());
  setSizePolicy(oneLine ? QSizePolicy::Ignored : QSizePolicy::Preferred, QSizePolicy::Preferred);
  fit();
}

void WrappedLabel::fit() {
  if (!wordWrap()) setToolTip(wrappedTip(text()));
  setMinimumHeight(0);  // else a label says that it needs what it was given
  // Without a width of its own yet, a label knows no height (-1).
  const int height = wordWrap() ? heightForWidth(width()) : sizeHint().height();
  if (height >= 0) setFixedHeight(height);
}

void WrappedLabel::resizeEvent(QResizeEvent *event) {
  QLabel::resizeEvent(event);
  fit();
}

void WrappedLabel::changeEvent(QEvent *event) {
  QLabel::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fit();
}

}  // namespace octetscope

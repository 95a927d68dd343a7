#include "widgets/composer/status_line.h"

#include "widgets/controls/tool_tips.h"
#include "widgets/theme/theme.h"

namespace octetscope {

StatusLine::StatusLine(QWidget *parent) : QLabel(parent) {
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  setTextInteractionFlags(Qt::TextSelectableByMouse);
}

void StatusLine::showWords(const QString &words, bool isError) {
  const Theme theme = Theme::of(parentWidget());
  QPalette colours = parentWidget()->palette();
  colours.setColor(QPalette::WindowText, isError ? theme.status(Status::Error) : theme.mutedText());
  setPalette(colours);
  setText(isError ? Theme::glyph(Status::Error) + u' ' + words : words);
  setToolTip(words.isEmpty() ? QString() : wrappedTip(words));
  setAccessibleName(isError ? tr("Error: %1").arg(words) : words);
}

}  // namespace octetscope

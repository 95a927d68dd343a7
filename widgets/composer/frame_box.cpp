#include "widgets/composer/frame_box.h"

#include "widgets/controls/tool_tips.h"

namespace octetscope {

using namespace Qt::StringLiterals;

FrameBox::FrameBox(QWidget *parent) : QCheckBox(tr("Fr&ame it"), parent) {}

void FrameBox::showWords(const QString &words, const QString &meaning, const QString &spec) {
  words_ = words;
  elide();
  setAccessibleDescription(words);
  setToolTip(wrappedTip(words.isEmpty() ? meaning : meaning + u'\n' + spec + u": "_s + words));
}

void FrameBox::setPanelWidth(int pixels) {
  panelWidth_ = pixels;
  elide();
}

void FrameBox::elide() {
  // In a narrow panel the rest is in the tool tip.
  QString shown = fontMetrics().elidedText(words_, Qt::ElideRight, std::max(110, panelWidth_ * 2 / 5 - 90));
  shown.replace(u'&', u"&&"_s);
  setText(words_.isEmpty() ? tr("Fr&ame it") : tr("Fr&ame it (%1)").arg(shown));
}

}  // namespace octetscope

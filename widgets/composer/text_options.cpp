#include "widgets/composer/text_options.h"

#include "widgets/composer/text_page.h"
#include "widgets/controls/tool_tips.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

namespace octetscope {

using namespace Qt::StringLiterals;

TextOptions::TextOptions(QSettings *settings, TextPage *page, QWidget *parent) : QWidget(parent), settings_(settings) {
  auto *label = new QLabel(tr("Lines end with"), this);
  auto *ending = new QComboBox(this);
  ending->addItem(tr("nothing"), static_cast<int>(LineEnding::AsTyped));
  ending->addItem(tr("LF (0A)"), static_cast<int>(LineEnding::Lf));
  ending->addItem(tr("CRLF (0D 0A)"), static_cast<int>(LineEnding::CrLf));
  ending->setAccessibleName(tr("Lines end with"));
  ending->setToolTip(
      wrappedTip(tr("What is sent at the end of each line, the last one too.\n"
                    "LF: Unix and most new protocols. CRLF: HTTP, SMTP and other Internet text protocols.\n"
                    "Nothing: only the line breaks that you type, as LF.")));
  label->setBuddy(ending);
  auto *escapes = new QCheckBox(tr("Escapes"), this);
  escapes->setToolTip(tr("Read \\n \\r \\t \\0 \\xNN and \\\\ in the text as the bytes they mean"));
  auto *row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(label);
  row->addWidget(ending);
  row->addWidget(escapes);
  connect(ending, &QComboBox::currentIndexChanged, this, [this, ending, page] {
    keep(u"composer/lineEnding"_s, ending->currentData());
    page->setLineEnding(static_cast<LineEnding>(ending->currentData().toInt()));
  });
  connect(escapes, &QCheckBox::toggled, this, [this, page](bool on) {
    keep(u"composer/escapes"_s, on);
    page->setEscapes(on);
  });
  if (!settings) return;
  ending->setCurrentIndex(std::max(0, ending->findData(settings->value(u"composer/lineEnding"_s, 0).toInt())));
  escapes->setChecked(settings->value(u"composer/escapes"_s, false).toBool());
}

void TextOptions::keep(const QString &key, const QVariant &value) {
  if (settings_) settings_->setValue(key, value);
}

}  // namespace octetscope

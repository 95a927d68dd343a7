#include "widgets/controls/recent_texts.h"

namespace octetscope {

RecentTexts::RecentTexts(QSettings *settings, QString key, int most)
    : settings_(settings), key_(std::move(key)), most_(most) {
  if (settings_) texts_ = settings_->value(key_).toStringList().mid(0, most_);
}

void RecentTexts::add(const QString &text) {
  if (text.isEmpty()) return;
  texts_.removeAll(text);
  texts_.prepend(text);
  while (texts_.size() > most_) texts_.removeLast();
  save();
}

void RecentTexts::clear() {
  texts_.clear();
  save();
}

void RecentTexts::save() {
  if (settings_) settings_->setValue(key_, texts_);
}

}  // namespace octetscope

#include "widgets/messages/saved_filters.h"

#include <QStringList>

#include <algorithm>

namespace octetscope {

SavedFilters::SavedFilters(QSettings *settings, QString key) : settings_(settings), key_(std::move(key)) {
  if (!settings_) return;
  // Names and texts in turn.
  const QStringList pairs = settings_->value(key_).toStringList();
  for (qsizetype i = 0; i + 1 < pairs.size() && saved_.size() < most; i += 2) save(pairs[i], pairs[i + 1]);
}

QString SavedFilters::nameOf(const QString &text) const {
  const auto found = std::ranges::find(saved_, text.trimmed(), &Saved::text);
  return found == saved_.end() ? QString() : found->name;
}

QString SavedFilters::textOf(const QString &name) const {
  const auto found = std::ranges::find(saved_, name.simplified(), &Saved::name);
  return found == saved_.end() ? QString() : found->text;
}

bool SavedFilters::save(const QString &name, const QString &text) {
  const Saved one{name.simplified(), text.trimmed()};
  if (one.name.isEmpty() || one.text.isEmpty()) return false;
  const auto there = std::ranges::find(saved_, one.name, &Saved::name);
  if (there != saved_.end()) {
    there->text = one.text;
  } else {
    if (saved_.size() >= most) return false;
    const auto before = [](const Saved &a, const Saved &b) { return a.name.localeAwareCompare(b.name) < 0; };
    saved_.insert(std::ranges::upper_bound(saved_, one, before), one);
  }
  write();
  return true;
}

void SavedFilters::remove(const QString &name) {
  saved_.removeIf([&name](const Saved &one) { return one.name == name; });
  write();
}

void SavedFilters::write() {
  if (!settings_) return;
  QStringList pairs;
  for (const Saved &one : saved_) pairs << one.name << one.text;
  settings_->setValue(key_, pairs);
}

}  // namespace octetscope

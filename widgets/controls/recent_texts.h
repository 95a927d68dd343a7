// RecentTexts: what was typed before, the newest first, kept in settings under one key.
#pragma once

#include <QPointer>
#include <QSettings>
#include <QStringList>

namespace octetscope {

class RecentTexts {
 public:
  /// `settings` may be null: the texts are then kept as long as this lives. At most `most` are kept.
  RecentTexts(QSettings *settings, QString key, int most = 12);

  QStringList all() const { return texts_; }
  /// Puts `text` first; empty texts are not kept. Writes it to the settings.
  void add(const QString &text);
  void clear();

 private:
  void save();

  QPointer<QSettings> settings_;
  QString key_;
  int most_;
  QStringList texts_;
};

}  // namespace octetscope

// TextOptions: how a TextPage turns text into bytes: what lines end with, and whether escapes are read. Kept in
// settings.
#pragma once

#include <QPointer>
#include <QSettings>
#include <QWidget>

namespace octetscope {

class TextPage;

class TextOptions : public QWidget {
  Q_OBJECT
 public:
  /// Tells `page` what was kept and what is chosen; `settings` may be null.
  TextOptions(QSettings *settings, TextPage *page, QWidget *parent = nullptr);

 private:
  void keep(const QString &key, const QVariant &value);

  QPointer<QSettings> settings_;
};

}  // namespace octetscope

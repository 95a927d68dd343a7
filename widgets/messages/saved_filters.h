// SavedFilters: filters that were given a name, in the order of their names, kept in settings under one key.
#pragma once

#include <QList>
#include <QPointer>
#include <QSettings>

namespace octetscope {

class SavedFilters {
 public:
  static constexpr qsizetype most = 100;

  struct Saved {
    QString name;
    QString text;
    bool operator==(const Saved &) const = default;
  };

  /// `settings` may be null: they are then kept as long as this lives.
  explicit SavedFilters(QSettings *settings, QString key = QStringLiteral("messages/savedFilters"));

  const QList<Saved> &all() const { return saved_; }
  /// The name of what reads so; empty: it has none.
  QString nameOf(const QString &text) const;
  /// What a name stands for; empty: there is no such name.
  QString textOf(const QString &name) const;
  /// A name that is there already stands for `text` from now on. False, and nothing changes, where either is empty or
  /// there is no room for another.
  bool save(const QString &name, const QString &text);
  void remove(const QString &name);

 private:
  void write();

  QPointer<QSettings> settings_;
  QString key_;
  QList<Saved> saved_;
};

}  // namespace octetscope

// SendHistory: what was sent before, the newest first. Kept in settings, long texts compressed; what is too long even
// so is kept until the program ends. Files are kept by their path: their pages say so in what they hand over.
#pragma once

#include <QJsonObject>
#include <QPointer>
#include <QSettings>
#include <QString>

#include <optional>

namespace octetscope {

/// What a ComposePage hands over, and how a menu calls it.
struct SentEntry {
  QString kind;         ///< of the page
  QJsonObject content;  ///< of the page
  QString title = {};   ///< one line

  bool operator==(const SentEntry &) const = default;
};

class SendHistory {
 public:
  static constexpr qsizetype mostEntries = 50;
  /// Characters as kept in settings, of one entry and of all.
  static constexpr qsizetype mostKept = 256 * 1024;
  static constexpr qsizetype mostKeptOfAll = 2 * 1024 * 1024;
  /// Bytes of one entry and of all, held until the program ends.
  static constexpr qsizetype mostHeld = 64 * 1024 * 1024;

  /// `settings` may be null: all is then held until the program ends.
  explicit SendHistory(QSettings *settings);

  bool isEmpty() const { return entries_.isEmpty(); }
  qsizetype size() const { return entries_.size(); }
  QString title(qsizetype index) const { return entries_[index].title; }
  /// False: it is too long to be kept in settings and is gone when the program ends.
  bool isKept(qsizetype index) const { return !settings_ || entries_[index].kept; }
  /// None where settings hold nonsense.
  std::optional<SentEntry> at(qsizetype index) const;
  /// Puts it first, where it is not larger than mostHeld; the oldest go.
  void add(const SentEntry &entry);
  void clear();

  /// Goes to older (+1) or newer (-1) entries, as the arrow keys do; past the newest back to `now`, which is what stood
  /// there before the first step. None: there is nothing to go to.
  std::optional<SentEntry> step(int steps, const SentEntry &now);
  /// Goes there.
  std::optional<SentEntry> choose(qsizetype index);

 private:
  struct Stored {
    QByteArray form;  // compact JSON, or 'z' and the compressed JSON in base 64
    QString title;
    bool kept = true;
  };
  void trim();
  void save();

  QPointer<QSettings> settings_;
  QList<Stored> entries_;
  qsizetype shown_ = -1;  // entry that step() came to; -1: none
  SentEntry draft_;
};

}  // namespace octetscope

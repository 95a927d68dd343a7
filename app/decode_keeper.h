// DecodeKeeper: remembers how files are read from one day to the next, in the settings: framing, struct and limit of
// both directions, and where framing was started again. A file is known by its path, and has all the bytes it had.
#pragma once

#include "model/items/capture_list.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <optional>

class QSettings;

namespace octetscope {

/// How one file was read the last time.
struct FileReading {
  QString path;  ///< absolute
  quint64 size = 0;
  DecodeSettings settings;  ///< places of connection 0 alone; nothing of what it is compared with

  /// The text that is kept, and back; none: it is no such text, or what it says cannot be read any more.
  QString text() const;
  static std::optional<FileReading> of(const QString &text);
};

class DecodeKeeper : public QObject {
  Q_OBJECT
 public:
  /// So many files are remembered, in so many letters; those that changed the longest time ago go first.
  static constexpr qsizetype mostFiles = 50;
  static constexpr qsizetype mostText = 64 * 1024;

  /// Both outlive it.
  DecodeKeeper(CaptureList *captures, QSettings *settings, QObject *parent = nullptr);
  /// Writes what is not written yet.
  ~DecodeKeeper() override;

  /// How this file was read the last time; none: nothing is known of it, or it has lost bytes since.
  std::optional<DecodeSettings> lastReading(const Capture &file) const;
  /// The first `size` bytes of one direction of a connection are a file now: it is read as they are, until it is
  /// opened.
  void keepFor(Capture *capture, int connection, Direction direction, const QString &path, quint64 size);
  /// From now on the file of this capture is read as the capture is now, also where nothing of that changed.
  void keep(Capture *capture);
  /// Writes at once.
  void flush();

 private:
  /// Which file a capture's settings are kept for; of a direction, where the file is that direction's bytes.
  struct Kept {
    QString path;
    quint64 size = 0;
    int connection = 0;
    std::optional<Direction> direction = {};
  };
  void watch(Capture *capture);
  void write(Capture *capture);

  CaptureList *const captures_;
  QSettings *const settings_;
  QTimer soon_;
  QHash<Capture *, QList<Kept>> kept_;
  QSet<Capture *> changed_;
};

}  // namespace octetscope

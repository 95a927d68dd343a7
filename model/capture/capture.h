// Capture: connections with their streams and events, and how to read them. Live or opened from a file.
#pragma once

#include "model/capture/connection.h"
#include "model/capture/decode_settings.h"
#include "model/marks/capture_marks.h"

#include <QObject>

#include <array>
#include <memory>
#include <vector>

namespace octetscope {

/// Lives in the thread that made it (the window's, or the command line's main thread), apart from addConnection() and
/// connection(), which any thread may call: the I/O thread adds what it accepts.
class Capture : public QObject {
  Q_OBJECT
 public:
  explicit Capture(QString title, QObject *parent = nullptr);

  /// Opens a raw file as connection 0, direction In, mapped. `chunkSizes`: how it is to have arrived, the last size
  /// repeating; empty: one chunk. Errors: as ByteStore::map().
  static Result<std::unique_ptr<Capture>> openRaw(const QString &path, const QList<quint64> &chunkSizes = {});

  /// How a raw file is read until somebody says otherwise.
  static DecodeSettings firstSettingsOfFiles();

  /// A capture of one connection whose bytes are there already, an example's, direction In; they count as saved.
  static std::unique_ptr<Capture> ofExample(QString title, std::unique_ptr<Stream> stream);

  QString title() const { return title_; }
  void setTitle(QString title);
  CaptureClock &clock() const { return *clock_; }

  /// Any thread. Emits connectionAdded in that thread (connect queued across threads).
  std::shared_ptr<Connection> addConnection(Endpoint from, Endpoint to);
  int connectionCount() const;
  std::shared_ptr<Connection> connection(int number) const;

  const DecodeSettings &decodeSettings() const { return settings_; }
  /// Replaces them; emits when they differ. SPECs and LAYOUTs must be valid: whoever edits checks first.
  void setDecodeSettings(DecodeSettings settings);

  /// What the user marked in its bytes.
  CaptureMarks &marks() { return marks_; }
  const CaptureMarks &marks() const { return marks_; }
  /// Of a raw file that was opened: its absolute path. Else empty.
  const QString &filePath() const { return filePath_; }

  /// True while there are bytes received or sent that were not saved.
  bool isUnsaved() const;
  /// The same of one direction of a connection.
  bool isUnsaved(int connection, Direction direction) const;
  /// Everything recorded up to now counts as saved.
  void markSaved();
  /// The first `bytes` of one direction of a connection count as saved.
  void markSaved(int connection, Direction direction, quint64 bytes);

 Q_SIGNALS:
  void titleChanged(const QString &title);
  void connectionAdded(int number);
  void decodeSettingsChanged();

 private:
  static std::unique_ptr<Capture> ofStream(QString title, std::unique_ptr<Stream> stream, bool isExample);

  QString title_;
  const std::shared_ptr<CaptureClock> clock_ = std::make_shared<CaptureClock>();
  mutable std::mutex mutex_;  // guards connections_
  std::vector<std::shared_ptr<Connection>> connections_;
  DecodeSettings settings_;
  CaptureMarks marks_;
  QString filePath_;
  std::vector<std::array<quint64, 2>> saved_;  // by connection: bytes of each direction
};

}  // namespace octetscope

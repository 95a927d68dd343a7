// FileCommands: opens files, remembers which and how they were read, and saves what was received or sent. It asks for
// the names, and says how it went.
#pragma once

#include "app/decode_keeper.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QMenu;

namespace octetscope {

class MainWindow;
class RawWriter;

class FileCommands : public QObject {
  Q_OBJECT
 public:
  explicit FileCommands(MainWindow *window);

  /// File ▸ Open recent.
  QMenu *recent() const { return recent_; }
  /// `as`: how it is read; null: as it was the last time.
  void open(const QString &path, const DecodeSettings *as = nullptr);
  /// Asks where to save what that direction of the connection shown carried. `then`: what follows once it is saved.
  void save(Direction direction, const std::function<void()> &then = {});
  /// The same for all of a capture that was not saved, one after the other. Who gives no name for one ends it.
  void saveAll(Capture *capture, const std::function<void()> &then);
  /// Asks where captures would be lost; true: go on. `again`: what to do once more when they are saved instead.
  bool mayLose(const QList<Capture *> &captures, const std::function<void()> &again);
  bool isSaving() const { return writer_ != nullptr; }
  void updateEnabled();

 Q_SIGNALS:
  /// isSaving() changed.
  void savingChanged();

 private:
  struct Part {
    int connection;
    Direction direction;
  };
  void saveParts(const QPointer<Capture> &capture, QList<Part> parts, const std::function<void()> &then);
  void readAsBefore(Capture *capture);
  void choose();
  void remember(const QString &path);
  void fillRecent();

  MainWindow *const window_;
  DecodeKeeper keeper_;
  QMenu *recent_;
  RawWriter *writer_ = nullptr;
};

}  // namespace octetscope

// FileCommands: opens files, remembers which, and saves what was received or sent. It asks for the names, and says how
// it went.
#pragma once

#include "model/capture/capture.h"

#include <QObject>

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
  void open(const QString &path);
  /// Asks where to save what that direction carried.
  void save(Direction direction);
  bool isSaving() const { return writer_ != nullptr; }
  void updateEnabled();

 Q_SIGNALS:
  /// isSaving() changed.
  void savingChanged();

 private:
  void choose();
  void remember(const QString &path);
  void fillRecent();

  MainWindow *const window_;
  QMenu *recent_;
  RawWriter *writer_ = nullptr;
};

}  // namespace octetscope

// RestartCommands: starting the framing again at a byte, and no longer: what the actions, the menus of bytes and rows,
// and the ribbon ask for. Every restart is a step that can be undone, and belongs to one direction of one connection.
#pragma once

#include "model/capture/stream.h"

#include <QObject>

#include <optional>

namespace octetscope {

class DecodeHistory;
class MainWindow;

class RestartCommands : public QObject {
  Q_OBJECT
 public:
  RestartCommands(MainWindow *window, DecodeHistory *history);

  void updateEnabled();
  /// At the selected byte; at the begin of an error: at the first byte behind it from which messages follow one
  /// another.
  void startAgainHere();
  void startAgainAt(Direction direction, quint64 offset);
  /// Takes the restart away that the selected message begins with.
  void removeRestart();

 private:
  bool canStartAgain() const;
  /// The byte that is selected in the connection shown; none: nothing is.
  std::optional<std::pair<Direction, quint64>> selectedByte() const;
  /// The place where framing was started again at the selected byte, or at the message that holds it.
  std::optional<quint64> selectedRestart() const;

  MainWindow *const window_;
  DecodeHistory *const history_;
};

}  // namespace octetscope

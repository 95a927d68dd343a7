// LayerCommands: which layer of a framing that joins payloads (A |+ B) is shown: the joined payloads as B cuts them, or
// the stream as A cuts it; and the way back from the first to the second.
#pragma once

#include <QObject>

namespace octetscope {

class DecodeHistory;
class MainWindow;

class LayerCommands : public QObject {
  Q_OBJECT
 public:
  LayerCommands(MainWindow *window, DecodeHistory *history);

  void updateEnabled();
  /// Of the direction that is shown; a step that can be undone.
  void showJoined(bool joined);
  /// Shows the stream, and selects in it what carried the selected bytes of the joined payloads.
  void showOrigin();

 private:
  MainWindow *const window_;
  DecodeHistory *const history_;
};

}  // namespace octetscope

// LayerCommands: which layer of a framing that joins payloads (A |+ B) is shown: the joined payloads as B cuts them, or
// the stream as A cuts it; the way back from the first to the second, and from a payload with bytes of its own.
#pragma once

#include <QObject>

#include <memory>

namespace octetscope {

class DecodeHistory;
class MainWindow;
class PayloadCommands;

class LayerCommands : public QObject {
  Q_OBJECT
 public:
  LayerCommands(MainWindow *window, DecodeHistory *history);
  ~LayerCommands() override;

  void updateEnabled();
  /// Of the direction that is shown; a step that can be undone.
  void showJoined(bool joined);
  /// Shows the stream, and selects in it what carried the selected bytes: those of the payload that is shown beside it,
  /// where the keyboard is there, else those of the joined payloads.
  void showOrigin();

 private:
  MainWindow *const window_;
  DecodeHistory *const history_;
  const std::unique_ptr<PayloadCommands> payloads_;
};

}  // namespace octetscope

// PayloadCommands: the own bytes of payloads that are no ranges of the stream, beside the stream's: whose payload the
// pane shows follows what is selected, and what is selected in it is selected in the message list, and as the bytes of
// the stream that it was made of.
#pragma once

#include "model/items/selection_hub.h"

#include <QObject>

namespace octetscope {

class MainWindow;
class PayloadPane;

class PayloadCommands : public QObject {
  Q_OBJECT
 public:
  explicit PayloadCommands(MainWindow *window);

  void updateEnabled();
  void setOpen(bool open);
  /// The keyboard is in the pane, and something is selected there that came from the stream.
  bool canShowOrigin() const;
  /// From the selected bytes of the payload to those of the stream that they were made of.
  void showOrigin();

 private:
  void onSelection(const std::optional<Selection> &selection, const QObject *who);
  void onSelectedInPane(ByteRange range);
  void follow();
  void refresh();
  void inspect(bool payload);

  MainWindow *const window_;
  PayloadPane *const pane_;
};

}  // namespace octetscope

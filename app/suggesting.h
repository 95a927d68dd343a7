// Suggesting: Decode ▸ Suggest a framing: searches the connection that is shown, shows what fits, a preview of it in
// the ribbon, and takes what the user chooses, as a step that can be undone.
#pragma once

#include "model/items/background_suggestion.h"
#include "widgets/decoder/suggest_dialog.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace octetscope {

class ConnectionDecoder;
class DecodeHistory;
class MainWindow;
class RibbonView;

class Suggesting : public QObject {
  Q_OBJECT
 public:
  Suggesting(MainWindow *window, DecodeHistory *history);
  ~Suggesting() override;

  void updateEnabled();
  /// Null before it was first asked for.
  SuggestDialog *dialog() const { return dialog_; }
  /// The connection read as previewed; null: nothing is.
  ConnectionDecoder *preview() const { return preview_.get(); }

 private:
  void open();
  void search();
  void showPreview(int index);
  void take(int index);

  MainWindow *const window_;
  DecodeHistory *const history_;
  const QPointer<RibbonView> ribbon_;  // where the preview is shown
  BackgroundSuggestion search_;
  QPointer<SuggestDialog> dialog_;
  std::unique_ptr<ConnectionDecoder> preview_;
};

}  // namespace octetscope

// Helping: Help ▸ Framings: opens the window of Help at a framing's page, and does what its buttons ask for: reads what
// is shown by another framing, as a step that can be undone, or opens an example's bytes as a capture.
#pragma once

#include "widgets/help/help_window.h"

#include <QObject>
#include <QPointer>

namespace octetscope {

class DecodeHistory;
class MainWindow;

class Helping : public QObject {
  Q_OBJECT
 public:
  Helping(MainWindow *window, DecodeHistory *history);

  /// At the page of that framing; empty: where it was, at first the framing in force.
  void open(const QString &framing = {});
  /// Null before it was first asked for.
  HelpWindow *window() const { return help_; }

 private:
  void use(const QString &spec);
  void tryExample(const FramingExample &example);
  /// Of what is shown, as far as the decoder bar edits it.
  QString framingInForce() const;

  MainWindow *const window_;
  DecodeHistory *const history_;
  QPointer<HelpWindow> help_;
};

}  // namespace octetscope

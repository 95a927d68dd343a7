// MainWindow: puts the panes together and remembers where they stood. What the commands do is WindowCommands' business;
// what is worked on is the Workspace's.
#pragma once

#include "app/actions.h"
#include "app/workspace.h"
#include "model/items/connections_model.h"

#include <QMainWindow>

#include <optional>

class QLabel;
class QMenu;
class QProgressBar;
class QSettings;
class QTimer;

namespace octetscope {

class CompareBar;
class ComposerPanel;
class ConnectionsPane;
class ConnectionView;
class DecoderBar;
class InspectorPanel;
class LowScrollArea;
class MarksPane;
class WindowCommands;
class WrappedLabel;

class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  /// `settings` must outlive it.
  MainWindow(Workspace *workspace, QSettings *settings);
  ~MainWindow() override;

  Workspace *workspace() const { return workspace_; }
  QSettings *settings() const { return settings_; }
  Actions &actions() { return actions_; }
  ConnectionView *view() const { return view_; }
  DecoderBar *decoderBar() const { return decoderBar_; }
  ComposerPanel *composer() const { return composer_; }
  ConnectionsPane *connections() const { return connections_; }
  CompareBar *compareBar() const { return compareBar_; }
  MarksPane *marks() const { return marks_; }
  InspectorPanel *inspector() const { return inspector_; }
  WindowCommands *commands() const { return commands_; }

  /// Shows a connection of a capture; -1: the capture itself, until it has a connection.
  void showConnection(Capture *capture, int number);
  Capture *shownCapture() const { return shownCapture_; }
  /// The live connection that is shown; null where it is none.
  LiveConnection *shownLive() const;

  /// Words below the views; gone after a while.
  void say(const QString &text);
  /// Behind what stands there now.
  void sayToo(const QString &text);
  /// An error, kept in sight until it is closed; `what` and how to mend it.
  void showError(const Error &error);
  /// True while something goes on that a picture should wait for.
  bool isBusy() const;
  void resetLayout();
  /// Shows the pane that holds `widget`, before those it shares its place with.
  void openPane(QWidget *widget);

 Q_SIGNALS:
  /// Anything on the screen may have changed.
  void touched();
  /// The settings of what is shown changed, or others are shown; every pane has them.
  void settingsShown();

 protected:
  void closeEvent(QCloseEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  bool event(QEvent *event) override;
  /// Files that are dropped on the window are opened.
  void dragEnterEvent(QDragEnterEvent *event) override;
  void dropEvent(QDropEvent *event) override;

 private:
  void buildPanes();
  void buildStatusLine();
  void onConnectionAdded(LiveConnection *connection);
  void showSettings(const DecodeSettings &settings);
  /// Leaves explaining sentences out where bytes and messages need the room.
  void updateCompact();
  void updateSendRoom();
  void updateState();
  void updateStatusLine();
  /// How many bytes are selected, exactly.
  void showSelectionSize();
  void restore();

  Workspace *const workspace_;
  QSettings *const settings_;
  Actions actions_;
  ConnectionsModel connectionsModel_;
  Capture *shownCapture_ = nullptr;
  QByteArray firstState_;

  DecoderBar *decoderBar_ = nullptr;
  CompareBar *compareBar_ = nullptr;
  ConnectionView *view_ = nullptr;
  ConnectionsPane *connections_ = nullptr;
  InspectorPanel *inspector_ = nullptr;
  MarksPane *marks_ = nullptr;
  ComposerPanel *composer_ = nullptr;
  LowScrollArea *sendArea_ = nullptr;
  std::optional<bool> isLow_;  // what its parts were told; none: nothing yet
  WindowCommands *commands_ = nullptr;
  QWidget *errorBar_ = nullptr;
  QLabel *errorText_ = nullptr;
  WrappedLabel *caption_ = nullptr;
  QLabel *stateLabel_ = nullptr;
  QLabel *countsLabel_ = nullptr;
  QLabel *selectionLabel_ = nullptr;
  QProgressBar *progress_ = nullptr;
};

}  // namespace octetscope

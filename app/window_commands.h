// WindowCommands: carries out what the actions and panes of the window ask for. Talks to the user where a question or a
// file name is needed.
#pragma once

#include "model/capture/capture.h"
#include "model/items/selection_hub.h"

#include <QObject>

#include <functional>

class QMenu;

namespace octetscope {

struct SendRequest;
class ColumnCommands;
class Comparing;
class CopyCommands;
class DecodeHistory;
class FileCommands;
class Filtering;
class Helping;
class Sorting;
class Statistics;
class LayerCommands;
class Marking;
class MainWindow;
class MessageDifferences;
class Plots;
class RestartCommands;
class Suggesting;
class Workspace;

class WindowCommands : public QObject {
  Q_OBJECT
 public:
  explicit WindowCommands(MainWindow *window);

  /// File ▸ Open recent.
  QMenu *recentFiles() const;

  /// `as`: how it is read; null: as it was the last time.
  void openFile(const QString &path, const DecodeSettings *as = nullptr);
  /// Asks where captures would be lost; true: go on. `again`: what to do once more when they are saved instead.
  bool mayLose(const QList<Capture *> &captures, const std::function<void()> &again);
  void closeCapture(Capture *capture);
  /// Menus that other menus offer, too: once the menus are built.
  void offerMenus();
  /// Enables what can be done now.
  void updateEnabled();
  bool isSaving() const;
  /// Every change of decode settings goes through it.
  DecodeHistory *history() const { return history_; }
  Comparing *comparing() const { return comparing_; }
  Suggesting *suggesting() const { return suggesting_; }
  Helping *helping() const { return helping_; }
  Statistics *statistics() const { return statistics_; }
  Plots *plots() const { return plots_; }
  MessageDifferences *differences() const { return differences_; }
  CopyCommands *copies() const { return copies_; }
  Marking *marking() const { return marking_; }
  Filtering *filtering() const { return filtering_; }

 private:
  void connectActions();
  void connectHistory();
  void changeSettings(const DecodeSettings &settings);
  /// Enables and checks what hangs on the moment that is shown.
  void showMoment();
  void listen();
  void connectTo();
  void startStop();
  void reconnect(Capture *capture, int number);
  void send(const SendRequest &request);
  void setDemonstration(bool on);
  void showKeys();
  void showAbout();

  MainWindow *const window_;
  Workspace *const workspace_;
  DecodeHistory *const history_;
  FileCommands *const files_;
  RestartCommands *restarts_ = nullptr;
  LayerCommands *layers_ = nullptr;
  Comparing *comparing_ = nullptr;
  Suggesting *suggesting_ = nullptr;
  Helping *helping_ = nullptr;
  Statistics *statistics_ = nullptr;
  Plots *plots_ = nullptr;
  MessageDifferences *differences_ = nullptr;
  CopyCommands *copies_ = nullptr;
  Filtering *filtering_ = nullptr;
  ColumnCommands *columns_ = nullptr;
  Sorting *sorting_ = nullptr;
  Marking *marking_ = nullptr;
};

}  // namespace octetscope

// Actions: every command of the window, made in one table: its words, key, tool tip and place in the menus. Who carries
// one out connects to it by its id.
#pragma once

#include <QAction>
#include <QHash>
#include <QObject>

class QMenuBar;
class QMenu;

namespace octetscope {

enum class ActionId {
  OpenFile,
  SaveReceived,
  SaveSent,
  CloseCapture,
  Quit,
  Undo,
  Redo,
  CopyHex,
  CopyHexDump,
  CopyC,
  CopyPython,
  CopyRust,
  CopyJavaScript,
  CopyBase64,
  CopyText,
  CopyJson,
  CopyStructCall,
  CopyAgain,
  FilterMessages,
  ClearFilter,
  Mark,
  MarkNote,
  MarkGreen,
  MarkBlue,
  MarkPurple,
  MarkRed,
  MarkYellow,
  MarkGrey,
  NextMark,
  PreviousMark,
  ListMarks,
  RemoveMarks,
  FilterForValue,
  FilterNotValue,
  FilterAndValue,
  FilterAndNotValue,
  FilterOrValue,
  Listen,
  Connect,
  StartStop,
  Reconnect,
  Pause,
  Clear,
  Statistics,
  Plots,
  FocusFraming,
  FocusStruct,
  Suggest,
  Send,
  SendAgain,
  EditInSend,
  FinishSending,
  CloseConnection,
  ResetConnection,
  CancelSending,
  StartAgainHere,
  RemoveRestart,
  ShowJoined,
  ShowOrigin,
  ShowPayload,
  Compare,
  CompareMessages,
  GoToDivergence,
  SwapFramings,
  KeepA,
  KeepB,
  Find,
  FindNext,
  FindPrevious,
  GoTo,
  PreviousMessage,
  NextMessage,
  StepBack,
  StepOn,
  MessageBack,
  MessageOn,
  FirstMoment,
  Play,
  Live,
  Follow,
  Ribbon,
  FitRibbon,
  ZoomIn,
  ZoomOut,
  ZoomReset,
  Rows8,
  Rows16,
  Rows24,
  Rows32,
  RowsFit,
  RowsOther,
  RowsByMessage,
  Group1,
  Group2,
  Group4,
  Group8,
  TextAscii,
  TextLatin1,
  TextUtf8,
  TextEbcdic,
  ShowAsColumn,
  AddColumn,
  ResetColumns,
  SortTurned,
  SortArrival,
  ThemeSystem,
  ThemeLight,
  ThemeDark,
  ResetLayout,
  Demonstration,
  FramingsHelp,
  FiltersHelp,
  Keys,
  About,
};

class Actions : public QObject {
  Q_OBJECT
 public:
  explicit Actions(QWidget *window);

  QAction *operator[](ActionId id) const { return actions_.value(id); }
  /// Fills the menus, in the order of the table. `recent` becomes File ▸ Open recent, `views` the head of View.
  void build(QMenuBar *bar, QMenu *recent, const QList<QAction *> &views);
  /// Edit ▸ Copy as, which other menus offer, too; once it is built.
  QMenu *copyMenu() const { return copyMenu_; }
  /// View ▸ Bytes, likewise.
  QMenu *bytesMenu() const { return bytesMenu_; }
  /// View ▸ Columns; once it is built.
  QMenu *columnsMenu() const { return columnsMenu_; }
  /// View ▸ Sort messages by; once it is built.
  QMenu *sortMenu() const { return sortMenu_; }
  /// One line for each key: "Ctrl+O<tab>Open raw bytes from a file".
  QStringList keyLines() const;

 private:
  QWidget *const window_;
  QHash<ActionId, QAction *> actions_;
  QMenu *copyMenu_ = nullptr;
  QMenu *bytesMenu_ = nullptr;
  QMenu *columnsMenu_ = nullptr;
  QMenu *sortMenu_ = nullptr;
};

}  // namespace octetscope

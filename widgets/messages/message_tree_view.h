// MessageTreeView: the list of messages, each of which opens to its fields. Our own view, because what it costs must
// depend on what is visible: it draws the rows on the screen and keeps nothing for the others. FlatRows says which row
// stands where; the model (MessageTreeModel, or any with its roles) says what is in it; the hub what is selected.
//
// What users can do here is in message_tree_view_input.cpp and message_tree_view_mouse.cpp, what is selected in
// message_tree_view_selection.cpp, how it follows the model in message_tree_view_model.cpp.
#pragma once

#include "model/items/connection_marks.h"
#include "model/items/selection_hub.h"
#include "widgets/controls/row_scroll.h"
#include "widgets/messages/flat_rows.h"
#include "widgets/messages/kept_places.h"
#include "widgets/messages/message_row_painter.h"
#include "widgets/messages/row_copier.h"
#include "widgets/messages/row_selection.h"
#include "widgets/messages/type_ahead.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QPersistentModelIndex>
#include <QPointer>

#include <functional>
#include <optional>

class QMenu;

namespace octetscope {

class FieldFinder;
class MessageHeader;
class SearchHits;

class MessageTreeView : public QAbstractScrollArea {
  Q_OBJECT
 public:
  /// Finds the innermost row at selection.range.begin, in the message selection.message where that is given; invalid
  /// where there is none yet. For a MessageTreeModel: messageLocator() in message_locator.h.
  using Locator = std::function<QModelIndex(const Selection &selection)>;

  explicit MessageTreeView(QWidget *parent = nullptr);
  ~MessageTreeView() override;

  /// The rows to show; null: none. Not owned. The model speaks with the roles of MessageTreeModel.
  void setModel(QAbstractItemModel *model, Locator locator);
  QAbstractItemModel *model() const { return model_; }
  /// What selection is shared through; null: none. Not owned.
  void setSelectionHub(SelectionHub *hub);
  /// Marks rows in whose bytes a search found something, in the stream of `direction`; null: none. Not owned.
  void setHits(const SearchHits *hits, Direction direction);
  /// Marks messages whose fields were found; null: none. Not owned.
  void setFoundFields(const FieldFinder *finder);
  /// Shows with a sign and a tint which rows the user marked; null: none. Not owned.
  void setMarks(const ConnectionMarks *marks);
  /// What is said of the mark of a row; empty where it has none.
  QString markWordsOf(const QModelIndex &row) const;

  /// Whether the end stays in sight while rows come. Stops when the user scrolls up or selects something above.
  bool isFollowing() const { return scroll_.isFollowing(); }
  /// True goes to the end at once.
  void setFollowing(bool following);

  /// The columns: MessageHeader::saveColumns(). restoreState() is false, and changes nothing, for what saveState() did
  /// not give.
  QByteArray saveState() const;
  bool restoreState(const QByteArray &state);

  /// What is kept of the messages shown, for when they are shown again: what is open, and what stands at the top.
  KeptPlaces places();
  /// From now on that is kept instead: before other messages are shown, or once these are shown again.
  void setPlaces(const KeptPlaces &places);
  /// Brings this to the top, once there is a row for it: where the rows that setPlaces() was for stand elsewhere now.
  void returnToTop(const Selection &message);

  /// Shown while there are no rows.
  void setEmptyText(const QString &text);
  QString emptyText() const { return emptyText_; }

  MessageHeader *header() const { return header_; }
  int rowHeight() const { return rowHeight_; }
  /// Lines: rows whose branches are all open.
  quint64 lineCount() const { return rows_.count(); }
  /// The row (its first column) at a line < lineCount().
  QModelIndex indexAtLine(quint64 line) const;
  /// None where it stands in a closed branch.
  std::optional<quint64> lineOf(const QModelIndex &index) const;
  /// The line at the top; lines that fit below each other, wholly.
  quint64 topLine() const { return scroll_.top(); }
  quint64 linesPerPage() const;
  /// Invalid where there is no row.
  QModelIndex indexAt(QPoint inViewport) const;
  /// Of a cell, in the viewport; empty where its line is not in sight.
  QRect visualRect(const QModelIndex &cell) const;

  bool isOpen(const QModelIndex &index) const;
  /// Opens the branches it stands in, too.
  void setOpen(const QModelIndex &index, bool open);
  /// Opens a row and all below it, up to a limit that keeps the window awake (it says so with notice()).
  void openAllBelow(const QModelIndex &index);
  /// Closes everything in a row but not the row.
  void closeAllBelow(const QModelIndex &index);
  void closeAll();

  /// The row the keyboard stands on (its first column).
  QModelIndex currentIndex() const { return current_; }
  /// The same in the column that was clicked last.
  QModelIndex currentCell() const;
  /// Goes there, opening what it stands in, without telling the hub. Invalid: nowhere.
  void setCurrentIndex(const QModelIndex &index);
  /// Goes there as if by a key: tells the hub.
  void goTo(const QModelIndex &index);
  /// The lines that are selected. Where the keyboard stands something always is: the row there, if nothing else.
  LineRuns selectedLines() const;
  /// Goes to a row, and adds it to those that are selected or takes it out of them, as if by a key.
  void toggleSelected(const QModelIndex &index);
  /// The selected rows but those in other selected ones, in order; none where more than `most` lines are selected.
  QModelIndexList selectedRows(quint64 most) const;

  /// The same as showLine() of the current row, if it has a line.
  void showCurrent();
  /// Lines move so that `line` stands at the top, as far as the end allows.
  void scrollToLine(quint64 line);
  /// Moves as little as shows `line`; where it was far off it comes to the middle.
  void showLine(quint64 line);

  /// What menus and shortcuts of the window offer as well; each acts on the selected rows.
  void selectAll();
  /// Copies the selected rows, columns parted by tabs. Many rows are copied in the background: see notice().
  void copy();
  /// Visits the selected rows but those in other selected ones, in order and in slices, until `visit` says false. Then
  /// `done` is called; false: the rows changed meanwhile, and not all were visited.
  void visitSelected(std::function<bool(const QModelIndex &row)> visit, std::function<void(bool whole)> done);
  /// Rows that are dragged at once.
  static constexpr quint64 mostDraggedRows = 1000;
  void goToPreviousMessage();
  void goToNextMessage();
  /// The menu for the current row; the caller owns it.
  QMenu *createRowMenu(QWidget *parent);
  /// What that menu offers besides: the window's own, about the current row. Not owned.
  void setMoreActions(QList<QAction *> actions) { moreActions_ = std::move(actions); }
  /// Its forms of copying. Not owned.
  void setCopyMenu(QMenu *menu) { copyMenu_ = menu; }

  QSize sizeHint() const override;
  /// The header and one row: less says nothing.
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void followingChanged(bool following);
  /// The user, the hub or the program went to another row.
  void currentChanged(const QModelIndex &index);
  /// Other rows are selected, by whomever.
  void selectedRowsChanged();
  /// The menu for the current row is about to be made.
  void rowMenuAsked();
  void copyAsHexRequested(const octetscope::Selection &selection);
  void goToBytesRequested(const octetscope::Selection &selection);
  /// One line for the status bar.
  void notice(const QString &text);

 protected:
  void paintEvent(QPaintEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void scrollContentsBy(int dx, int dy) override;
  void keyPressEvent(QKeyEvent *event) override;
  void mousePressEvent(QMouseEvent *event) override;
  void mouseReleaseEvent(QMouseEvent *event) override;
  void mouseMoveEvent(QMouseEvent *event) override;
  void mouseDoubleClickEvent(QMouseEvent *event) override;
  void wheelEvent(QWheelEvent *event) override;
  void contextMenuEvent(QContextMenuEvent *event) override;
  void focusInEvent(QFocusEvent *event) override;
  void focusOutEvent(QFocusEvent *event) override;
  void changeEvent(QEvent *event) override;
  bool viewportEvent(QEvent *event) override;
  bool event(QEvent *event) override;
  /// Tells assistive technology. Virtual so that a test hears it: Qt drops events while none is running.
  virtual void announce(QAccessibleEvent *event);

 private:
  /// What going to a row does with what is selected: it alone is; all, or the run up to it, without the others or with
  /// them; it is added or taken out; nothing changes.
  enum class Selecting { One, All, Range, RangeToo, Toggle, Nothing };

  // The model's signals.
  void connectModel();
  void onRowsInserted(const QModelIndex &parent, int first, int last);
  void onRowsAboutToBeRemoved(const QModelIndex &parent, int first, int last);
  void onRowsRemoved(const QModelIndex &parent, int first, int last);
  void onDataChanged(const QModelIndex &first, const QModelIndex &last);
  void onLayoutAboutToChange();
  void onLayoutChanged();
  /// `how`: a QAccessibleTableModelChangeEvent::ModelChangeType.
  void onColumnsChanged(int how, int first, int last);
  void onReset();
  void rememberTop();
  void rememberOnScreen();
  void forgetPlaces();
  void keepPlaces();
  void findKept();
  void onHubChanged(const std::optional<Selection> &selection, const QObject *who);
  QModelIndex rowFor(const Selection &selection) const;
  void tellHub();

  // Geometry and scrolling.
  void updateMetrics();
  void updateBars() { updateBars(topLine()); }
  void updateBars(quint64 top);
  ShownRow shownRow(quint64 line) const;
  MessageRowPainter painter() const;
  bool isFound(const QModelIndex &row) const;
  ConnectionMarks::Found markOf(const QModelIndex &row, int depth) const;
  std::optional<quint64> lineAt(QPoint inViewport) const;

  // The user's acts.
  void moveTo(quint64 line, Selecting how);
  void setCurrent(const QModelIndex &index, Selecting how);
  void select(const QModelIndex &row, Selecting how);
  /// It lies in a row that is in `lines`.
  bool isInOneOf(const LineRuns &lines, const QModelIndex &row) const;
  void toggle(const QModelIndex &index);
  void openByUser(const QModelIndex &index, bool open);
  void goToMessage(int step);
  bool handleBranchKey(QKeyEvent *event);
  bool handleMoveKey(QKeyEvent *event);
  void typeAhead(const QKeyEvent *event);
  QString textOfLine(quint64 line, const QList<int> &columns) const;
  void startDrag();
  void fitColumn(int column, int least);
  void showColumn(int column);
  bool showToolTip(QPoint inViewport, QPoint global);
  bool openBranch(const RowPath &path, const QModelIndex &index);
  void afterClosing();
  void announceFocus();
  void announceSelected(QAccessible::Event what);
  void announceState(const QModelIndex &row, QAccessible::State state);

  QAbstractItemModel *model_ = nullptr;
  Locator locator_;
  SelectionHub *hub_ = nullptr;
  QPointer<const SearchHits> hits_;
  Direction hitsDirection_ = Direction::In;
  QPointer<const FieldFinder> foundFields_;
  QPointer<const ConnectionMarks> marks_;
  MessageHeader *header_;
  QString emptyText_;

  FlatRows rows_;
  QPersistentModelIndex current_;
  int clickedColumn_ = 0;
  RowSelection selection_{this};
  bool losesSelected_ = false;  // rows are going, and some of them were selected
  KeptPlaces kept_;
  std::optional<Selection> currentPlace_;  // what the hub knows of the current row
  QList<QPersistentModelIndex> openWhileLayoutChanges_;
  std::optional<quint64> lineOnScreen_;  // of the current row, while the layout changes or rows begin anew

  RowScroll scroll_;
  int rowHeight_ = 0;
  bool updatingBars_ = false;
  QPersistentModelIndex pressedRow_;  // not selected before, and dragged as soon as one leaves the list
  std::optional<QPoint> pressed_;     // the left button, where it may yet become a drag
  bool pressedOnSelected_ = false;
  Selecting whenReleased_ = Selecting::One;  // of a press on a selected row that does not become a drag
  Selecting whenMoved_ = Selecting::Range;
  int wheelRest_ = 0;  // eighths of a degree not yet scrolled
  TypeAhead typeAhead_;
  RowCopier copier_;
  QList<QAction *> moreActions_;
  QMenu *copyMenu_ = nullptr;
};

}  // namespace octetscope

// MessagePane: the list of messages, and over it the bar that filters it, hidden at first. Where nothing passes it says
// so in the place of the rows, and how to get back; and so it does where it hides what is selected.
#pragma once

#include "model/items/message_filter.h"

#include <QPointer>
#include <QWidget>

#include <optional>

class QBoxLayout;
class QPushButton;
class QSettings;

namespace octetscope {

class FilterBar;
class HiddenLine;
class MessageTreeView;
class SelectionHub;
class SortLine;
class WrappedLabel;

class MessagePane : public QWidget {
  Q_OBJECT
 public:
  /// `settings`: for the bar; may be null.
  explicit MessagePane(QSettings *settings, QWidget *parent = nullptr);
  ~MessagePane() override;

  MessageTreeView *list() const { return list_; }
  FilterBar *filterBar() const { return bar_; }
  /// Says what sorting does; whom it follows others say.
  SortLine *sortLine() const { return sortLine_; }

  /// What the bar filters; null: nothing. Not owned. `decoder`: the filter's. The list's model is not its business.
  void setFilter(MessageFilter *filter, ConnectionDecoder *decoder);

  /// What is selected: where the filter hides it, a line over the list says so. Not owned. The list's is not its
  /// business.
  void setSelectionHub(SelectionHub *hub);
  /// What that line says; empty where it is not shown.
  QString hiddenWords() const;

  /// Shows the bar, and puts the keyboard into it.
  void openFilter();
  /// Shows what passes `text`, and the bar that says so; the keyboard stays where it is.
  void filterBy(const QString &text);
  /// Every message again; the keyboard goes to the list.
  void clearFilter();
  bool hasFilterBar() const;
  void setFilterBar(bool isShown);
  /// What stands in the place of the rows; empty where there are some, or nothing is filtered.
  QString emptyWords() const;

 protected:
  bool eventFilter(QObject *watched, QEvent *event) override;

 private:
  void leaveFilter();
  void showEmpty();
  void placeEmpty();
  QString wordsOfNothing();

  FilterBar *bar_;
  SortLine *sortLine_;
  HiddenLine *hiddenLine_;
  MessageTreeView *list_;
  const QString usualWords_;  // of an empty list that nothing is filtered in
  QWidget *empty_;            // over the list, where nothing passes
  QBoxLayout *emptyLayout_;
  std::optional<QString> reason_;  // why nothing may pass; none: not asked yet
  WrappedLabel *emptyWords_;
  QPushButton *clear_;
  QPointer<MessageFilter> filter_;
  QPointer<ConnectionDecoder> decoder_;
};

}  // namespace octetscope

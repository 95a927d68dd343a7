// FilterBar: the line over the list of messages that says which of them are shown. It gives a MessageFilter what is
// typed, a moment after the last key or at once on Return, and offers names, operators and values meanwhile; while the
// text is wrong it says what and where, and what was right before stays in force. Below it: how many messages pass.
// Its menu keeps filters under a name, and has those that were used before: confirmed with Return, or in force when the
// line was left, emptied or filled with another one.
#pragma once

#include "model/items/message_filter.h"
#include "widgets/controls/recent_texts.h"
#include "widgets/messages/saved_filters.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QMenu;
class QToolButton;

namespace octetscope {

class ErrorLineEdit;
class FilterOffers;
class WrappedLabel;

class FilterBar : public QWidget {
  Q_OBJECT
 public:
  /// What was used before, and what was saved, is kept in `settings` (may be null).
  explicit FilterBar(QSettings *settings, QWidget *parent = nullptr);
  ~FilterBar() override;

  /// What it filters; null: nothing. Not owned. `decoder`: the filter's. What stands in the line is applied to it.
  void setFilter(MessageFilter *filter, ConnectionDecoder *decoder);

  QString text() const;
  /// As if typed, and applied at once.
  void setText(const QString &text);
  /// The same, and remembered as used, as is what it takes the place of.
  void filterBy(const QString &text);
  /// All messages again.
  void clear();
  /// Puts the keyboard into the line.
  void edit();
  /// The sentence below the line.
  QString sentence() const;
  /// Leaves out what a small window has no room for.
  void setCompact(bool compact);

 Q_SIGNALS:
  /// What stands in the line, or what is in force, changed.
  void changed();
  /// F1, or the menu: how filters are written.
  void helpAsked();
  /// Esc: the focus belongs to the list again.
  void left();
  /// The bar is to be put away; it is cleared already.
  void closeAsked();

 protected:
  bool eventFilter(QObject *watched, QEvent *event) override;
  void changeEvent(QEvent *event) override;

 private:
  void apply();
  void commit();
  void remember();
  void offer();
  void showError(const FilterError &error);
  void showState();
  QString stateWords() const;
  void fillMenu();
  void saveAs();
  void paintSentence();

  RecentTexts recent_;
  SavedFilters saved_;
  ErrorLineEdit *edit_;
  QToolButton *filters_;
  QMenu *menu_;
  WrappedLabel *sentence_;
  FilterOffers *offers_;
  QString before_;  // what stood in the line before its last change
  QTimer pause_;    // since the last key
  QPointer<MessageFilter> filter_;
  QPointer<ConnectionDecoder> decoder_;
  QStringList seen_;  // names of fields that messages have had, as of when the line got the keyboard
  bool isCompact_ = false;
};

}  // namespace octetscope

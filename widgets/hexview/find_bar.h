// FindBar: finds text, bytes, numbers and regular expressions in what a HexView shows, and values of fields in the
// messages of its connection, as one types. The searches run in the background: one for the nearest place, one for all,
// which are counted and marked in the view while bytes come.
// The bar says how far it is, where it found something, which of how many, and what is wrong with what was typed.
#pragma once

#include "model/items/field_finder.h"
#include "model/result.h"
#include "model/search/background_search.h"
#include "model/search/search_hits.h"
#include "widgets/hexview/search_options.h"

#include <QPointer>
#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QToolButton;

namespace octetscope {

class ErrorLineEdit;
class HexSource;
class HexView;

class FindBar : public QWidget {
  Q_OBJECT
 public:
  using Mode = SearchMode;

  /// `view` is not owned. The bar is hidden until open().
  explicit FindBar(HexView *view, QWidget *parent = nullptr);

  /// Offers to find values of fields, too: `finder` finds them, what is found is selected through `hub`. Not owned.
  void setFieldFinder(FieldFinder *finder, SelectionHub *hub);

  Mode mode() const;
  void setMode(Mode mode);
  QString text() const;
  void setText(const QString &text);
  /// What is looked for. Errors: what cannot be read, nothing, too much.
  Result<SearchPattern> pattern() const;
  /// All places known, for whoever marks them; none while the bar is hidden.
  const SearchHits *hits() const { return &hits_; }
  bool isSearching() const { return search_.isRunning(); }
  /// The words beside the line: where it was found, that it was not, what is wrong.
  QString message() const;
  /// "3 of 1,234", "1,234 so far".
  QString countWords() const;

 public Q_SLOTS:
  /// Shows the bar and puts the cursor into it. A few bytes that are selected in the view, where the keyboard is in it,
  /// are what is looked for, unless something else than bytes in hex was typed before.
  void open();
  /// Hides it, stops a search, and gives the focus back to the view.
  void close();
  /// Arrows in place of words, in a window without much room.
  void setCompact(bool compact);
  /// Opens the bar where nothing was typed yet.
  void findNext();
  void findPrevious();
  /// Something else is shown: looks for the same in it.
  void lookAgain() { lookForAll(); }
  void cancel();

 protected:
  void keyPressEvent(QKeyEvent *event) override;
  bool eventFilter(QObject *watched, QEvent *event) override;

 private:
  void find(BackgroundSearch::Toward toward);
  void textEdited();
  void lookForAll();
  void followSource();
  void jumpAsTyped();
  void takeSelection();
  void showCount();
  void showElsewhere();
  void showGaveUp(quint64 at);
  void showMessage(const QString &words, bool isProblem);
  void say(const QString &words, bool isProblem);
  void elideMessage();
  void showProgress(quint64 searched, quint64 total);
  void showFound(ByteRange range, bool wrapped);
  void showNotFound();
  void setSearching(bool searching);
  bool isOfFields() const { return fields_ && mode() == Mode::Fields; }
  void lookForFields();
  void findField(int by);
  void fieldsChanged();
  void showField(const FieldFinder::Found &found, int by);

  QPointer<HexView> view_;
  BackgroundSearch search_;
  BackgroundSearch::Toward toward_ = BackgroundSearch::Toward::End;
  QPointer<HexSource> searched_;  // what the search began in
  QPointer<HexSource> followed_;  // what all places are looked for in
  ByteRange lastFound_;
  quint64 anchor_ = 0;  // from where it jumps while one types
  bool isTyping_ = false;
  SearchHits hits_;
  // What is found nowhere as it is typed: in any case of letters, and in the other direction.
  SearchHits otherCase_;
  SearchHits otherWay_;
  QPointer<FieldFinder> fields_;
  QPointer<SelectionHub> hub_;
  bool isFieldAwaited_ = false;                // the first one that is found is gone to
  std::optional<Selection> fieldAnchor_ = {};  // from where, while one types

  QComboBox *mode_;
  ErrorLineEdit *line_;
  SearchOptions *options_;
  QToolButton *previous_;
  QToolButton *next_;
  QProgressBar *progress_;
  QToolButton *cancel_;
  QLabel *count_;
  QLabel *message_;
  QString words_;            // of message_, which may have no room for all of them
  bool isNotFound_ = false;  // is what they say
};

}  // namespace octetscope

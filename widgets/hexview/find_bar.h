// FindBar: finds text or bytes in what a HexView shows. The search runs in the background over the bytes that were
// there when it began; the bar says how far it is, where it found something, and what is wrong with what was typed.
#pragma once

#include "model/bytes/background_search.h"
#include "model/result.h"

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
  enum class Mode : quint8 { Text, Hex };
  /// The most bytes that can be looked for.
  static constexpr qsizetype maxNeedle = 64 * 1024;

  /// `view` is not owned. The bar is hidden until open().
  explicit FindBar(HexView *view, QWidget *parent = nullptr);

  Mode mode() const;
  void setMode(Mode mode);
  QString text() const;
  void setText(const QString &text);
  /// What is looked for. Errors: hex that cannot be read, nothing, too much.
  Result<QByteArray> needle() const;
  bool isSearching() const { return search_.isRunning(); }
  /// The words beside the line: where it was found, that it was not, what is wrong.
  QString message() const;

 public Q_SLOTS:
  /// Shows the bar and puts the cursor into it.
  void open();
  /// Hides it, stops a search, and gives the focus back to the view.
  void close();
  /// Opens the bar where nothing was typed yet.
  void findNext();
  void findPrevious();
  void cancel();

 protected:
  void keyPressEvent(QKeyEvent *event) override;

 private:
  void find(BackgroundSearch::Toward toward);
  void textEdited();
  void showMessage(const QString &words, bool isProblem);
  void showProgress(quint64 searched, quint64 total);
  void showFound(ByteRange range, bool wrapped);
  void showNotFound();
  void setSearching(bool searching);

  QPointer<HexView> view_;
  BackgroundSearch search_;
  BackgroundSearch::Toward toward_ = BackgroundSearch::Toward::End;
  QPointer<HexSource> searched_;  // what the search began in
  ByteRange lastFound_;

  QComboBox *mode_;
  ErrorLineEdit *line_;
  QToolButton *previous_;
  QToolButton *next_;
  QProgressBar *progress_;
  QToolButton *cancel_;
  QLabel *message_;
};

}  // namespace octetscope

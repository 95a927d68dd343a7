// SuggestDialog: the framings that fit a connection, best first, each with the evidence in words; one is taken with a
// click. It shows; who searches tells it what to show. It leaves the window usable, so that a preview can be looked at.
#pragma once

#include "model/framing/suggestion/suggester.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace octetscope {

class SuggestDialog : public QDialog {
  Q_OBJECT
 public:
  explicit SuggestDialog(QWidget *parent = nullptr);

  /// A search is under way: what was found before goes. `about`: what is looked at, in words.
  void startSearch(const QString &about);
  /// 0 … 1.
  void setProgress(double done);
  /// What was found; empty: that nothing fits is said, with what can be done.
  void setSuggestions(const QList<Suggestion> &suggestions);
  const QList<Suggestion> &suggestions() const { return suggestions_; }

  QTreeWidget *list() const { return list_; }

 Q_SIGNALS:
  /// A row is pointed at or chosen: its messages may be shown. -1: none any more.
  void previewed(int index);
  void taken(int index);
  void cancelled();
  void searchAgainAsked();

 public Q_SLOTS:
  void reject() override;

 protected:
  bool eventFilter(QObject *watched, QEvent *event) override;

 private:
  void take();
  void preview(int index);
  void showChosen();

  QList<Suggestion> suggestions_;
  QLabel *about_;
  QProgressBar *progress_;
  QTreeWidget *list_;
  QLabel *why_;
  QPushButton *use_;
  QPushButton *again_;
  int previewed_ = -1;
  bool isSearching_ = false;
};

}  // namespace octetscope

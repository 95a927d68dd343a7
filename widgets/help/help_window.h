// HelpWindow: the framings, listed and searched on the left, the page of the chosen one on the right. It leaves the
// main window usable. What its buttons ask for, others do.
#pragma once

#include "model/framing/framing_examples.h"
#include "model/items/framing_list_model.h"

#include <QDialog>

class QLineEdit;
class QListView;
class QPushButton;

namespace octetscope {

class FramingPage;

class HelpWindow : public QDialog {
  Q_OBJECT
 public:
  explicit HelpWindow(QWidget *parent = nullptr);

  /// Shows the page of that framing, whatever was searched for; another name changes nothing.
  void showFraming(const QString &name);
  /// Puts the keyboard where one searches.
  void focusSearch();
  FramingPage *page() const { return page_; }
  QListView *list() const { return list_; }
  QLineEdit *search() const { return search_; }

 Q_SIGNALS:
  void useAsked(const QString &spec);
  void tryAsked(const octetscope::FramingExample &example);

 protected:
  bool eventFilter(QObject *watched, QEvent *event) override;

 private:
  void choose(const QModelIndex &index);
  void find(const QString &text);

  FramingListModel model_;
  QLineEdit *search_;
  QListView *list_;
  FramingPage *page_;
  QPushButton *use_;
};

}  // namespace octetscope

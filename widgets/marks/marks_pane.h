// MarksPane: the marks of a capture as a list: a click goes there, notes are written in place, words filter it. What is
// done to marks it only asks for: who hears it keeps a history of them.
#pragma once

#include "model/items/mark_list_model.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QTreeView;

namespace octetscope {

class MarksPane : public QWidget {
  Q_OBJECT
 public:
  explicit MarksPane(QWidget *parent = nullptr);

  /// What is listed.
  MarkListModel *model() { return &model_; }
  QTreeView *list() const { return list_; }
  QLineEdit *filterLine() const { return filter_; }
  /// Makes the mark of a place the current row, without asking to go there.
  void setCurrent(const MarkPlace &place);

 Q_SIGNALS:
  void goToAsked(const octetscope::MarkPlace &place);
  void noteAsked(const octetscope::Mark &mark, const QString &note);
  void colorAsked(const QList<octetscope::Mark> &marks, octetscope::MarkColor color);
  void removeAsked(const QList<octetscope::Mark> &marks);

 protected:
  bool eventFilter(QObject *watched, QEvent *event) override;

 private:
  QList<Mark> selectedMarks() const;
  void showMenu(QPoint inList);
  void goToCurrent();
  void copy() const;
  void editNote();
  void removeSelected();
  void showCount();

  MarkListModel model_;
  QLineEdit *filter_;
  QLabel *count_;
  QTreeView *list_;
};

}  // namespace octetscope

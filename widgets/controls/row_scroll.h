// RowScroll: which row stands at the top of a view of very many rows, behind a scroll bar; and whether the view sticks
// to the end while rows come. Rows are counted in 64 bits: the bar only shows where they are. A view asks it what to
// paint and tells it what the user did.
#pragma once

#include "widgets/controls/scroll_map.h"

#include <QObject>

class QScrollBar;

namespace octetscope {

class RowScroll : public QObject {
  Q_OBJECT
 public:
  /// `bar` is not owned; its arrows, pages and handle are the user's acts.
  explicit RowScroll(QScrollBar *bar, QObject *parent = nullptr);

  /// The row at the top; the last that can be.
  quint64 top() const { return top_; }
  quint64 lastTop() const { return rows_ > visible_ ? rows_ - visible_ : 0; }
  bool isAtEnd() const { return top_ == lastTop(); }
  /// Rows that fit wholly, at least 1.
  quint64 visible() const { return visible_; }

  /// How many rows there are and how many fit; the top stays, or goes to the end while following. No signal.
  void setRows(quint64 rows, quint64 visible) { setRows(rows, visible, top_); }
  /// The same, where what stood at the top is row `top` now.
  void setRows(quint64 rows, quint64 visible, quint64 top);
  /// As far as the end allows. Leaves following as it is.
  void setTop(quint64 row);

  /// As the user's act: following begins at the end and stops elsewhere.
  void scrollTo(quint64 row);
  void scrollBy(qint64 rows);

  bool isFollowing() const { return following_; }
  /// True goes to the end at once. No signal but moved().
  void setFollowing(bool following);
  /// Sets it alone, and tells where it changed.
  void changeFollowing(bool following);

 Q_SIGNALS:
  /// Another row stands at the top.
  void moved();
  void followingChanged(bool following);
  /// The user scrolled, perhaps to where it was.
  void scrolledByUser();

 private:
  void act(int action);
  void take(int value);
  void show();

  QScrollBar *bar_;
  quint64 rows_ = 0;
  quint64 visible_ = 1;
  quint64 top_ = 0;
  bool following_ = true;
  bool showing_ = false;
};

}  // namespace octetscope

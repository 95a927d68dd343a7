// RibbonPane: the ribbon and, below it, the line of plain words: what the receiver knows of a message and waits for.
// The lanes can be put away; the words stay.
#pragma once

#include <QWidget>

class QLabel;

namespace octetscope {

class RibbonView;

class RibbonPane : public QWidget {
  Q_OBJECT
 public:
  explicit RibbonPane(QWidget *parent = nullptr);

  RibbonView *ribbon() const { return ribbon_; }
  QString words() const;
  void setWords(const QString &words);
  bool hasLanes() const { return hasLanes_; }
  void setLanes(bool shown);
  /// In a small window: no lanes until setLanes() asks for them, and the words in one line, whole in their tool tip.
  void setCompact(bool compact);

 Q_SIGNALS:
  void lanesChanged(bool shown);

 private:
  void fit();

  RibbonView *ribbon_;
  QLabel *words_;
  bool hasLanes_ = true;
  bool isCompact_ = false;
};

}  // namespace octetscope

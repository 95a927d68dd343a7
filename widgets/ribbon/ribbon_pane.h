// RibbonPane: the ribbon and, below it, the line of plain words: what the receiver knows of a message and waits for; at
// its end, where there is room, which colour is which field. The lanes can be put away; the words stay.
#pragma once

#include "widgets/ribbon/ribbon_legend.h"

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
  /// What the colours mean of the message that the words are about.
  void setLegend(const QList<RibbonLegend::Entry> &entries);
  RibbonLegend *legend() const { return legend_; }
  bool hasLanes() const { return hasLanes_; }
  void setLanes(bool shown);
  /// In a small window: no lanes until setLanes() asks for them, and the words in one line, whole in their tool tip.
  void setCompact(bool compact);
  bool isCompact() const { return isCompact_; }

 Q_SIGNALS:
  void lanesChanged(bool shown);

 protected:
  void resizeEvent(QResizeEvent *event) override;

 private:
  void fit();
  void fitLegend();

  RibbonView *ribbon_;
  QLabel *words_;
  RibbonLegend *legend_;
  bool hasLanes_ = true;
  bool isCompact_ = false;
};

}  // namespace octetscope

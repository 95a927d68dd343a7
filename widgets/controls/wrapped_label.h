// WrappedLabel: plain words in as many lines as its width needs, and no more height than they take: a label that wraps
// asks for the height of a narrower one otherwise. Where lines are scarce it keeps to one, cut, whole in its tool tip.
#pragma once

#include <QLabel>

namespace octetscope {

class WrappedLabel : public QLabel {
  Q_OBJECT
 public:
  explicit WrappedLabel(QWidget *parent = nullptr);

  void setWords(const QString &words);
  void setOneLine(bool oneLine);

 protected:
  void resizeEvent(QResizeEvent *event) override;
  void changeEvent(QEvent *event) override;

 private:
  void fit();
};

}  // namespace octetscope

// DifferenceWindow: two messages byte beside byte, where they differ, how much, and what the byte under the caret is on
// either side. It holds the bytes, and leaves the main window usable.
#pragma once

#include "model/difference/message_difference.h"
#include "widgets/controls/text_copier.h"

#include <QDialog>

#include <memory>

class QComboBox;
class QLabel;
class QPushButton;

namespace octetscope {

class DifferenceView;

class DifferenceWindow : public QDialog {
  Q_OBJECT
 public:
  explicit DifferenceWindow(QWidget *parent = nullptr);

  /// What one side is, and its name: "← in, message 3".
  struct Compared {
    CopiedPiece piece;
    QString name;
  };
  void compare(Compared left, Compared right);
  DifferenceOptions options() const;
  void setOptions(DifferenceOptions options);
  /// Everything is compared.
  bool isComplete() const { return difference_ && difference_->isComplete(); }

 private:
  void restart();
  void refresh();
  void showCaret();
  void step(int by);
  void copy();
  QString countWords() const;

  std::array<Compared, 2> compared_;
  std::unique_ptr<MessageDifference> difference_;
  TextCopier copier_;
  bool wentToFirst_ = false;
  QComboBox *what_;
  QComboBox *how_;
  std::array<QLabel *, 2> names_;
  DifferenceView *view_;
  std::array<QLabel *, 2> bytes_;
  QLabel *count_;
  QPushButton *previous_;
  QPushButton *next_;
  QPushButton *copy_;
};

}  // namespace octetscope

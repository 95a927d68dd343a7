// FilterHelpWindow: how filters are written, all of it, made from the table that the parser reads. It leaves the main
// window usable, so that one can read and type.
#pragma once

#include <QDialog>

class QLineEdit;
class QPlainTextEdit;

namespace octetscope {

class FilterHelpWindow : public QDialog {
  Q_OBJECT
 public:
  explicit FilterHelpWindow(QWidget *parent = nullptr);

  QPlainTextEdit *page() const { return page_; }
  QLineEdit *search() const { return search_; }

 private:
  /// Selects the next place that has what is searched for; goes on from the beginning behind the last.
  void find(bool isFirst);

  QLineEdit *search_;
  QPlainTextEdit *page_;
};

}  // namespace octetscope

// FilterOffers: the list below a line that a filter is typed in: names, operators and values that may stand at the
// caret, each with a sentence beside it; or whole filters, which take the place of the text. It knows where what is
// chosen belongs, and puts it there. Tab takes what is chosen, or the first one; Return is meant for the line until one
// is chosen.
#pragma once

#include "model/filter/filter_completion.h"

#include <QObject>

class QCompleter;
class QLineEdit;
class QStandardItemModel;

namespace octetscope {

class FilterOffers : public QObject {
  Q_OBJECT
 public:
  /// `edit` must outlive it.
  explicit FilterOffers(QLineEdit *edit);

  /// The list opens below `line`, which stands below `edit` and says what is wrong with it, instead of over it. Must
  /// live as long.
  void setLineBelow(QWidget *line);

  /// What may stand at the caret; what stands there already is not offered.
  void offer(const FilterCompletions &completions);
  /// Whole texts.
  void offerTexts(const QStringList &texts);
  void hide();
  bool isShown() const;

 Q_SIGNALS:
  /// Return was pressed and nothing chosen: it is meant for the line.
  void returnPressed();

 protected:
  bool eventFilter(QObject *watched, QEvent *event) override;

 private:
  void show();
  void place();
  int mostWide() const;
  QRect below() const;
  void take(const QString &text);

  QLineEdit *const edit_;
  QWidget *lineBelow_ = nullptr;
  QCompleter *completer_;
  QStandardItemModel *items_;
  int width_ = 0;           // that its rows ask for
  qsizetype position_ = 0;  // of what a choice takes the place of
  qsizetype length_ = 0;
};

}  // namespace octetscope

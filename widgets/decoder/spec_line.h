// SpecLine: a line for a SPEC or a LAYOUT, and a sentence that whoever owns the line puts below it: what the text means
// where it is right, what is wrong where it is not. Remembers what was used and offers it.
#pragma once

#include "model/result.h"
#include "widgets/controls/recent_texts.h"

#include <QWidget>

#include <optional>

class QCompleter;
class QLabel;
class QStringListModel;

namespace octetscope {

class ErrorLineEdit;
class WrappedLabel;

class SpecLine : public QWidget {
  Q_OBJECT
 public:
  /// `examples` are offered behind what was used before, which is kept in `settings` (may be null) under `key`.
  SpecLine(QSettings *settings, const QString &key, QStringList examples, QWidget *parent = nullptr);
  ~SpecLine() override;

  ErrorLineEdit *edit() const { return edit_; }
  QLabel *sentence() const;
  QString text() const;
  /// Does not emit.
  void setText(const QString &text);
  /// The sentence of a right text.
  void showMeaning(const QString &text);
  void showError(const Error &error);
  /// Hides the sentence of a right text, where there is no room; an error is shown all the same.
  void setCompact(bool compact);
  /// Puts the text first among those remembered.
  void remember(const QString &text);
  QStringList offered() const;

 Q_SIGNALS:
  /// The user changed it: typed, pasted, undid, or chose what was offered.
  void edited(const QString &text);
  /// The user is done with it: Enter, or the focus went elsewhere.
  void finished();

 protected:
  bool eventFilter(QObject *watched, QEvent *event) override;
  void changeEvent(QEvent *event) override;

 private:
  void refresh();
  void paintSentence();

  RecentTexts recent_;
  QStringList examples_;
  ErrorLineEdit *edit_;
  WrappedLabel *sentence_;
  QCompleter *completer_;
  QStringListModel *offers_;
  bool setting_ = false;
  bool compact_ = false;
};

}  // namespace octetscope

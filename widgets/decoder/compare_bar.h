// CompareBar: the second framing (B) beside the first (A): its SPEC, where the two part, in words, and what to do about
// it. A wrong SPEC changes nothing: its error stands below it. It shows; who compares tells it what to show.
#pragma once

#include <QWidget>

class QLabel;
class QSettings;

namespace octetscope {

class SpecLine;
class WrappedLabel;

class CompareBar : public QWidget {
  Q_OBJECT
 public:
  /// `settings` keeps what was typed before; may be null. `actions`: the buttons behind the line. `close`: the last
  /// one.
  CompareBar(QSettings *settings, const QList<QAction *> &actions, QAction *close, QWidget *parent = nullptr);

  /// Shows a right SPEC; does not emit. A wrong text being typed stays where this is in force already.
  void setSpec(const QString &spec);
  QString spec() const { return inForce_; }
  /// The first framing, as text; the direction that is compared, as people call it.
  void setFirst(const QString &spec, const QString &direction);
  /// Limit for SPECs without one, as the first framing has it; 0: the framing's own.
  void setMaxMessage(quint64 bytes) { maxMessage_ = bytes; }
  /// Where they part, and why. `diverges`: they do.
  void setWords(const QString &words, bool diverges);
  /// Puts the keyboard there and selects the text.
  void focusSpec();
  void setCompact(bool compact);

 Q_SIGNALS:
  /// The user made another, right SPEC of it.
  void specEdited(const QString &spec);

 private:
  void edit(const QString &text);
  void showMeaning(const QString &spec);

  SpecLine *line_;
  QLabel *first_;
  WrappedLabel *words_;
  QString inForce_;
  quint64 maxMessage_ = 0;
};

}  // namespace octetscope

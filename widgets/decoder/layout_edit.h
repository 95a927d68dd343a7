// LayoutEdit: the struct LAYOUT of a payload as a line, with what it means or what is wrong with it below, and a table
// of its fields. Tells right texts only.
#pragma once

#include "model/structs/layout.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QSettings;
class QToolButton;

namespace octetscope {

class LayoutTable;
class SpecLine;

class LayoutEdit : public QWidget {
  Q_OBJECT
 public:
  /// `settings` keeps what was typed before; may be null.
  explicit LayoutEdit(QSettings *settings, QWidget *parent = nullptr);

  /// Shows a text and what it means, or its error. Does not emit.
  void setText(const QString &text);
  /// Leaves the meaning out, for small windows; errors stay.
  void setCompact(bool compact);
  /// Puts the keyboard in the line and selects the text.
  void focusText();
  /// Puts `widget` at the end of the line's row.
  void addTrailing(QWidget *widget);
  QLabel *label() const { return label_; }
  /// What the keyboard stops at, in reading order.
  QWidget *firstStop() const;
  QWidget *lastStop() const;

 Q_SIGNALS:
  /// The user made it another right text; empty: no struct.
  void edited(const QString &text);

 private:
  void take(const QString &text);
  void showMeaning(const Layout *layout);
  void openTable();

  QHBoxLayout *row_;
  QLabel *label_;
  SpecLine *line_;
  QToolButton *fields_;
  LayoutTable *table_;
  QString right_;  // the last right text
};

}  // namespace octetscope

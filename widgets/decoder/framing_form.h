// FramingForm: the argument and options of one framing as a form, made from the registry's description. It turns a SPEC
// into editors and editors into a SPEC; whether that SPEC is right is not its business.
#pragma once

#include "model/framing/registry.h"

#include <QHash>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace octetscope {

class FlowLayout;
class LongSpinBox;

class FramingForm : public QWidget {
  Q_OBJECT
 public:
  explicit FramingForm(QWidget *parent = nullptr);

  /// Shows `spec`, whose framing must exist; other texts are ignored. Does not emit.
  void setSpec(const QString &spec);
  /// What the editors say.
  QString spec() const;
  /// Adds a cell behind the options, for what belongs beside them; `cellEditor` is what takes the keyboard in it.
  void addTrailing(QWidget *cell, QWidget *cellEditor);
  /// The widget behind which Tab comes to the form.
  void setTabBefore(QWidget *widget);
  /// The editor of an option (of the argument for an empty name); null where the framing has none.
  QWidget *editor(const QString &option) const;

  /// TEXT as in a SPEC, but commas and bars need no escape here: each is the only one in its editor.
  static QString toEditor(const QString &specText);
  static QString toSpec(const QString &editorText);

 Q_SIGNALS:
  void specEdited(const QString &spec);

 private:
  struct Cell {
    FramingOption option;
    QWidget *box = nullptr;
    QLineEdit *line = nullptr;
    LongSpinBox *number = nullptr;
    QComboBox *choice = nullptr;
    QComboBox *second = nullptr;  // of a pair
    QCheckBox *flag = nullptr;
    bool wasGiven = false;
  };
  void build(const FramingKind &kind);
  Cell makeCell(const FramingOption &option);
  QComboBox *makeChoice(const Cell &cell, bool mayBeNone);
  static QString textOf(const Cell &cell);
  static void setTextOf(const Cell &cell, const QString &text);
  static QWidget *editorOf(const Cell &cell);
  void chainTabs();
  void changed();
  void showWhatBelongs();

  QString inner_;  // the layers inside, as they are written; the form is of the outermost
  QString kind_;
  QList<Cell> cells_;
  FlowLayout *flow_;
  QWidget *trailing_ = nullptr;
  QWidget *trailingEditor_ = nullptr;
  QWidget *before_ = nullptr;
  bool setting_ = false;
};

}  // namespace octetscope

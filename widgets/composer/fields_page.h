// FieldsPage: one input for each field of the struct layout in force, packed as it is typed. A new layout keeps the
// values of fields that have the same name.
#pragma once

#include "model/structs/layout.h"
#include "widgets/composer/compose_page.h"
#include "widgets/decoder/layout_rows.h"

#include <QHash>

class QLabel;
class QScrollArea;

namespace octetscope {

class ErrorLineEdit;
class FlowLayout;

class FieldsPage final : public ComposePage {
  Q_OBJECT
 public:
  explicit FieldsPage(QWidget *parent = nullptr);

  /// A LAYOUT; empty or wrong: there are no fields. Emits edited() where it differs.
  void setLayoutText(const QString &text);

  QString kind() const override { return QStringLiteral("fields"); }
  /// Errors: CPython's words, with the name of the field they are about.
  Result<QByteArray> payload() override;
  QJsonObject content() const override;
  void setContent(const QJsonObject &content) override;
  /// Fills the fields from a payload. False, and nothing changes: they would not be packed to exactly these bytes.
  bool setBytes(const QByteArray &bytes);
  QString title() const override;
  void focusEditor() override;
  /// The input of the field of that name; null where there is none.
  ErrorLineEdit *input(const QString &name) const;

 protected:
  /// What the page takes is not for one of its lines, which would take it as text.
  bool eventFilter(QObject *watched, QEvent *event) override;

 private:
  struct Cell {
    LayoutRow row;
    QString name;
    quint64 values = 1;   ///< that one input gives; of a rest of numbers: any number
    QString single = {};  ///< a layout of this field alone, to find which one is wrong
    QWidget *box = nullptr;
    ErrorLineEdit *edit = nullptr;
  };
  void rebuild();
  void addCell(const LayoutRow &row, const QString &name, quint64 values, const QString &type);
  Result<QList<Value>> valuesOf(const Cell &cell) const;

  QString text_;
  std::shared_ptr<const Layout> layout_;
  QList<Cell> cells_;
  QHash<QString, QString> typed_;  // by name, of every layout there was
  QScrollArea *scroll_;
  QWidget *fields_;
  FlowLayout *flow_;
  QLabel *hint_;
  bool tooMany_ = false;
};

}  // namespace octetscope

// FieldBox: a line for the name of a field, with a list of those there are.
#pragma once

#include <QComboBox>

namespace octetscope {

class FieldBox : public QComboBox {
  Q_OBJECT
 public:
  /// `accessibleName`: of the box and of its line.
  explicit FieldBox(const QString &accessibleName, QWidget *parent = nullptr);

  /// Offers these names, and none. Who is typing there is not disturbed.
  void offer(const QStringList &names);
  /// True where there is nothing to choose.
  bool isEmpty() const { return count() <= 1; }
  /// What is written there, without spaces around it; empty: no field.
  QString field() const { return currentText().trimmed(); }

 Q_SIGNALS:
  /// The user chose a name, or wrote one to its end.
  void chosen();

 private:
  QStringList offered_;
};

}  // namespace octetscope

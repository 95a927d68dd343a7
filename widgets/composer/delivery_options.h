// DeliveryOptions: whether bytes go out whole, in pieces of N bytes, or cut at chosen offsets, with a pause of M
// milliseconds between pieces. Kept in settings.
#pragma once

#include "model/result.h"
#include "model/transport/delivery_plan.h"

#include <QPointer>
#include <QSettings>
#include <QWidget>

#include <optional>

class QComboBox;
class QSpinBox;

namespace octetscope {

class ErrorLineEdit;

class DeliveryOptions : public QWidget {
  Q_OBJECT
 public:
  /// `settings` may be null.
  explicit DeliveryOptions(QSettings *settings, QWidget *parent = nullptr);

  /// How `size` bytes go out; none: it is not known how many there will be. An error of the cuts is marked in their
  /// line, too.
  Result<DeliveryPlan> plan(std::optional<quint64> size);

 Q_SIGNALS:
  /// The user chose or typed something else.
  void edited();

 private:
  void keep(const QString &key, const QVariant &value);
  void chooseMode(int mode);

  QPointer<QSettings> settings_;
  QComboBox *deliver_;
  QSpinBox *size_;
  ErrorLineEdit *cuts_;
  QWidget *pause_;
  QSpinBox *interval_;
};

}  // namespace octetscope

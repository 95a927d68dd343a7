// DeliveryOptions: whether bytes go out whole or in pieces of N bytes every M milliseconds. Kept in settings.
#pragma once

#include "model/transport/delivery_plan.h"

#include <QPointer>
#include <QSettings>
#include <QWidget>

class QComboBox;
class QSpinBox;

namespace octetscope {

class DeliveryOptions : public QWidget {
  Q_OBJECT
 public:
  /// `settings` may be null.
  explicit DeliveryOptions(QSettings *settings, QWidget *parent = nullptr);

  DeliveryPlan plan() const;

 private:
  void keep(const QString &key, const QVariant &value);

  QPointer<QSettings> settings_;
  QComboBox *deliver_;
  QWidget *pieces_;
  QSpinBox *size_;
  QSpinBox *interval_;
};

}  // namespace octetscope

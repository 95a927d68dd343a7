// ConnectDialog: asks whom to connect to.
#pragma once

#include "model/transport/network_hub.h"
#include "widgets/endpoint/endpoint_dialog.h"

class QDoubleSpinBox;

namespace octetscope {

class AddressBox;
class ErrorLineEdit;

class ConnectDialog : public EndpointDialog {
  Q_OBJECT
 public:
  /// `settings` keeps what was used last and before; may be null.
  explicit ConnectDialog(QSettings *settings, QWidget *parent = nullptr);

  ConnectOptions options() const;
  void setOptions(const ConnectOptions &options);

 private:
  std::expected<QString, QString> judge() override;
  void use(const Endpoint &used) override;
  Endpoint chosen() const override;
  void load(const QSettings &settings) override;
  void save(QSettings &settings) const override;
  void takePortFromHost(const QString &text);

  ErrorLineEdit *host_;
  AddressBox *bind_;
  QDoubleSpinBox *timeout_;
};

}  // namespace octetscope

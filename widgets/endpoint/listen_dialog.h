// ListenDialog: asks where to listen.
#pragma once

#include "model/transport/network_hub.h"
#include "widgets/endpoint/endpoint_dialog.h"

namespace octetscope {

class AddressBox;

class ListenDialog : public EndpointDialog {
  Q_OBJECT
 public:
  /// `settings` keeps what was used last and before; may be null.
  explicit ListenDialog(QSettings *settings, QWidget *parent = nullptr);

  ListenOptions options() const;
  void setOptions(const ListenOptions &options);

 private:
  std::expected<QString, QString> judge() override;
  void use(const Endpoint &used) override;
  Endpoint chosen() const override;

  AddressBox *address_;
  QCheckBox *once_;
};

}  // namespace octetscope

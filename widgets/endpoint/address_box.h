// AddressBox: chooses or types an address of this computer: those it has are offered, others may be typed.
#pragma once

#include "model/result.h"

#include <QComboBox>

#include <optional>

namespace octetscope {

class AddressBox : public QComboBox {
  Q_OBJECT
 public:
  explicit AddressBox(const QString &accessibleName, QWidget *parent = nullptr);

  /// Offers this computer's own addresses, those that are offered already left out.
  void offerOwnAddresses();
  /// The address that is chosen or typed, as it stands there; what an entry with words stands for.
  QString host() const;
  void setHost(const QString &host);
  /// Marks what is typed; none: it is right.
  void setError(const std::optional<Error> &error);
};

}  // namespace octetscope

// EndpointFields: the inputs that the dialogs for listening and connecting share: an address of this machine, checks of
// hosts, and the dialog's sentence and buttons. Plain helpers; the dialogs own what they make.
#pragma once

#include "model/capture/connection.h"
#include "model/result.h"

#include <QCoreApplication>
#include <QString>

class QComboBox;
class QDialog;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace octetscope {

class EndpointFields {
  Q_DECLARE_TR_FUNCTIONS(octetscope::EndpointFields)
 public:
  /// A host as typed: a name, an address, IPv6 with or without brackets. Errors in words, with the place.
  static Result<QString> host(const QString &text);
  /// True for addresses that only this machine can reach; names count as such where they are "localhost".
  static bool isLoopback(const QString &host);
  /// True for "0.0.0.0", "::", "*".
  static bool isAny(const QString &host);
  /// Addresses of this machine's interfaces, loopback first.
  static QStringList ownAddresses();

  /// Bytes offered to each recv().
  static QSpinBox *receiveSize(QWidget *parent);
  static QSpinBox *port(QWidget *parent, bool allowZero);
  /// A label for what is wrong or worth knowing; wraps.
  static QLabel *sentence(QWidget *parent);
  static void show(QLabel *sentence, const QString &text, bool isError);
};

}  // namespace octetscope

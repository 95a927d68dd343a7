// SendItems: what `send` and `connect` are asked to send: their items in the order given, framed where asked, and how
// the delivery is cut.
#pragma once

#include "app/cli/decode_options.h"
#include "model/transport/live_connection.h"

namespace octetscope::cli {

class SendItems {
 public:
  static QList<OptionRow> rows();
  /// Everything that can be wrong is found here, before anything is connected: options, layouts, files.
  static Result<SendItems> read(const Arguments &arguments, const DecodeOptions &options);

  /// Hands all of it to the connection.
  void deliver(LiveConnection &connection) const;
  /// Milliseconds between pieces.
  int intervalMs() const { return plan_.intervalMs; }

 private:
  struct Item {
    QByteArray bytes = {};
    QString path = {};  ///< a file that is sent from the disk; empty: bytes
  };

  QList<Item> items_;
  DeliveryPlan plan_;
};

}  // namespace octetscope::cli

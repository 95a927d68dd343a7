// Client: the part that `connect` and `send` share: one connection that was opened here, and what became of the
// sending.
#pragma once

#include "app/cli/live_session.h"
#include "app/cli/send_items.h"

namespace octetscope::cli {

class Client : public QObject {
  Q_OBJECT
 public:
  /// Opens the connection and hands over the items. `session` and `items` must outlive it.
  Client(LiveSession &session, const Endpoint &where, const SendItems &items);

  LiveConnection &connection() const { return *connection_; }

  /// Where the peer is, of the command's first word. A host must be given.
  static Result<Endpoint> endpointOf(const Arguments &arguments, const QString &command);

 private:
  void onDeliveryEnded(DeliveryEnd end);

  LiveSession &session_;
  LiveConnection *connection_;
  bool lossIsTold_ = false;
};

}  // namespace octetscope::cli

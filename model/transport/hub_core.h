// HubCore: the I/O thread's half of NetworkHub: it owns the listeners and the drivers of all connections, and ends
// them.
#pragma once

#include "model/transport/link_driver.h"
#include "model/transport/network_hub.h"
#include "model/transport/tcp_listener.h"

#include <QHash>
#include <QObject>

namespace octetscope {

class HubCore : public QObject {
  Q_OBJECT
 public:
  explicit HubCore(NetworkHub *hub) : hub_(hub) {}

  /// `options` are read for each connection accepted.
  void listen(int id, Capture *capture, ListenOptions options);
  void changeListener(int id, const std::function<void(ListenOptions &)> &change);
  void stopListener(int id);
  void connectTo(const std::shared_ptr<LinkShared> &shared, Capture *capture, const ConnectOptions &options);

  /// Ends everything that records into `capture`; null: everything.
  void stop(const Capture *capture);

 private:
  struct Listening {
    TcpListener *listener;
    Capture *capture;
    ListenOptions options;
  };
  void accept(int id, Channel *channel);
  void tellListener(int id, std::function<void(LiveListener &)> function);

  NetworkHub *const hub_;
  QHash<int, Listening> listening_;
};

}  // namespace octetscope

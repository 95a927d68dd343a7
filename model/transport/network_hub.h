// NetworkHub: live networking for the window and the command line. It owns the I/O thread in which every socket lives,
// and gives out LiveConnections and LiveListeners, which live in the thread that made the hub. It records into captures
// of its caller.
#pragma once

#include "model/framing/framer.h"
#include "model/transport/live_connection.h"

#include <QElapsedTimer>
#include <QList>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>

namespace octetscope {

class Capture;
class HubCore;
class IoThread;
class LiveListener;
class LinkShared;

/// What `listen` answers by itself. Runs in the I/O thread.
enum class Respond : quint8 {
  None,        ///< nothing: answers are the user's
  Echo,        ///< every byte comes back (RFC 862); reading stops while 2 MiB wait to be sent
  FramedEcho,  ///< the payload of each complete message comes back, encoded anew; needs a framer
  Discard,     ///< reads everything, answers nothing (RFC 863)
  Close,       ///< closes at once: FIN, reads on for up to 5 seconds, lets go
};

struct ListenOptions {
  QString host = QStringLiteral("127.0.0.1");  ///< an address or a name of this machine; "0.0.0.0", "::" or "*": all
  quint16 port = 0;                            ///< 0: any free one
  int receiveSize = 8192;                      ///< bytes offered to each recv()
  bool once = false;                           ///< accept one connection, then stop listening
  bool autoFinish = true;                      ///< see LiveConnection::setAutoFinish()
  Respond respond = Respond::None;
  FramerPtr framer = {};  ///< for FramedEcho
};

struct ConnectOptions {
  QString host;  ///< a name, an IPv4 or an IPv6 address; of a name all addresses are tried, in the system's order
  quint16 port = 0;
  QString bindHost = {};   ///< address of this machine to connect from; empty: the system's choice
  int timeoutMs = 10'000;  ///< for name, addresses and all, > 0
  int receiveSize = 8192;
  bool autoFinish = false;
};

/// One listening socket; lives in the hub's thread, owned by the hub.
class LiveListener : public QObject {
  Q_OBJECT
 public:
  Capture *capture() const { return capture_; }
  const ListenOptions &options() const { return options_; }
  bool isListening() const { return listening_; }
  /// Where it listens, with the port that was picked; none before listening().
  Endpoint endpoint() const { return endpoint_; }
  /// Accepts no more; connections that stand go on. stopped() follows.
  void stop();
  /// For the connections accepted from now on.
  void setReceiveSize(int bytes);
  void setAutoFinish(bool on);

 Q_SIGNALS:
  void listening(const octetscope::Endpoint &endpoint);
  void accepted(octetscope::LiveConnection *connection);
  /// Could not listen (stopped() follows), or could not accept (it goes on).
  void failed(const octetscope::Error &error);
  void stopped();

 private:
  friend class NetworkHub;
  friend class HubCore;
  void applyListening(const Endpoint &endpoint);
  void applyStopped();
  LiveListener(NetworkHub *hub, Capture *capture, ListenOptions options, int id);

  NetworkHub *const hub_;
  Capture *const capture_;
  ListenOptions options_;
  const int id_;
  Endpoint endpoint_;
  bool listening_ = false;
};

class NetworkHub : public QObject {
  Q_OBJECT
 public:
  explicit NetworkHub(QObject *parent = nullptr);
  /// As stopAll(); waits for the I/O thread to end.
  ~NetworkHub() override;

  // `capture` must live until release(capture) or the hub's end, and belong to the hub's thread.

  /// Binds and accepts; what happens comes as signals of the listener.
  LiveListener *listen(Capture *capture, const ListenOptions &options);
  /// Adds a connection to the capture at once (state Connecting) and opens it.
  LiveConnection *connectTo(Capture *capture, const ConnectOptions &options);

  /// The live connection that records into number `number` of `capture`; null where there is none. Over ones are found
  /// too, until release().
  LiveConnection *live(const Capture *capture, int number) const;
  const QList<LiveConnection *> &connections() const { return connections_; }
  const QList<LiveListener *> &listeners() const { return listeners_; }

  /// Stops every listener and cuts every connection of `capture`; their handles say nothing more and
  /// are deleted from the event loop. When it returns nothing
  /// more is recorded there and the capture may be deleted. Takes no longer than the I/O thread's current step.
  void release(Capture *capture);
  /// The same for all captures, but the handles stay (Over): what was captured is complete when it returns.
  void stopAll();

 Q_SIGNALS:
  /// Emitted once for each connection, before any signal of its own.
  void connectionAdded(octetscope::LiveConnection *connection);
  /// Some connection had activity(): one signal for all of them, at most about once in 16 ms.
  void activity();

 private:
  friend class LiveConnection;
  friend class LiveListener;
  friend class HubCore;
  friend class LinkShared;
  bool isReleased(const Capture *capture) const { return released_.contains(capture); }
  LiveConnection *adopt(Capture *capture, const std::shared_ptr<LinkShared> &shared);
  LiveListener *listenerOf(int id) const;
  void post(std::function<void(HubCore &)> function);
  void requestTick();
  void tickRequested();
  void runTick();

  std::unique_ptr<IoThread> io_;
  HubCore *core_ = nullptr;  // lives in the I/O thread
  QList<LiveConnection *> connections_;
  QList<LiveListener *> listeners_;
  QList<const Capture *> released_;  // what the I/O thread told of them is still on its way
  int lastListener_ = 0;
  std::atomic<bool> tickIsRequested_ = false;
  QTimer tickTimer_;
  QElapsedTimer sinceTick_;
};

}  // namespace octetscope

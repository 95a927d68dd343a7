// LinkDriver: the I/O thread's half of a LiveConnection: it owns the connector and then the channel, carries out
// deliveries one after the other, answers through a Responder, and tells its other half what happens. LinkShared is
// what the two halves share.
#pragma once

#include "model/transport/delivery.h"
#include "model/transport/live_connection.h"
#include "model/transport/responder.h"
#include "model/transport/tcp_connector.h"

#include <QMetaObject>
#include <QTimer>

#include <atomic>
#include <deque>
#include <functional>
#include <memory>

namespace octetscope {

class LinkDriver;
class NetworkHub;

class LinkShared : public std::enable_shared_from_this<LinkShared> {
 public:
  LinkShared(NetworkHub *hub, std::shared_ptr<Connection> recorded) : connection(std::move(recorded)), hub_(hub) {}

  /// Runs `function` with the handle in the hub's thread, where there still is one. From the I/O thread.
  void tell(std::function<void(LiveConnection &)> function);
  /// Something was recorded: activity() will follow. From the I/O thread.
  void touch();

  const std::shared_ptr<Connection> connection;
  bool accepted = false;
  int receiveSize = 8192;
  bool autoFinish = false;
  LiveConnection *live = nullptr;  ///< the hub's thread alone
  LinkDriver *driver = nullptr;    ///< the I/O thread alone

  std::atomic<bool> dirty = false;
  std::atomic<quint64> posted = 0;  ///< bytes on their way from the handle to the driver
  std::atomic<quint64> unsent = 0;  ///< bytes the driver knows of and the system has not taken
  std::atomic<int> delivery = 0;    ///< the one under way; done and total are its own
  std::atomic<quint64> done = 0;
  std::atomic<quint64> total = 0;

 private:
  NetworkHub *const hub_;
};

class LinkDriver : public QObject {
  Q_OBJECT
 public:
  LinkDriver(std::shared_ptr<LinkShared> shared, const void *capture, QObject *parent);
  ~LinkDriver() override;

  /// Which capture it records into: only compared.
  const void *capture() const { return capture_; }

  // One of the two, once:
  void open(TcpConnector::Target target);
  /// Takes the channel over.
  void take(Channel *channel, std::unique_ptr<Responder> responder);

  // As LiveConnection's:
  void deliver(int number, QByteArray bytes, const QString &path, DeliveryPlan plan);
  void cancelDeliveries();
  void finishSending();
  void close();
  void reset();
  /// Stops at once; the driver is of no more use.
  void cut();
  void setReceiveSize(int bytes);
  void setReading(bool reading);
  void setAutoFinish(bool on);
  void addNote(const QString &text);

 private:
  struct Waiting {
    int number;
    QByteArray bytes;
    QString path;
    DeliveryPlan plan;
  };

  void startNextDelivery();
  void endDelivery(DeliveryEnd end);
  void tellDeliveryEnd(int number, DeliveryEnd end, quint64 done = 0, quint64 total = 0);
  void respond();
  void respondLater();
  void onSent();
  void finishWhenNothingIsLeft();
  void updateReading();
  void updateUnsent();
  void setState(LinkState state);
  void tellFailure(const Error &error);
  void end();

  const std::shared_ptr<LinkShared> shared_;
  const void *const capture_;
  TcpConnector *connector_ = nullptr;
  Channel *channel_ = nullptr;
  std::unique_ptr<Responder> responder_;
  QTimer silence_{this};  // until something is to be answered because nothing came after it
  std::deque<Waiting> waiting_;
  std::unique_ptr<Delivery> delivery_;
  int deliveryNumber_ = 0;
  quint64 waitingBytes_ = 0;
  LinkState state_ = LinkState::Connecting;
  int receiveSize_;
  bool userReads_ = true;
  bool responderPauses_ = false;
  bool responderHasMore_ = false;
  bool responsePosted_ = false;
  bool autoFinish_;
  bool peerFinished_ = false;
  bool finishAsked_ = false;
  bool closeAsked_ = false;
  bool ended_ = false;
};

}  // namespace octetscope

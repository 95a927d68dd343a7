// LiveConnection: one TCP connection as the window and the command line drive it. It lives in the thread of its
// NetworkHub, which owns it; the sockets live in the I/O thread. Every function returns at once: what it asks for
// happens there, in the order of the calls, and comes back as signals and in the recorded Connection. Over comes last:
// before it every delivery asked for has been told to have ended, and after it nothing more is said or recorded.
#pragma once

#include "model/transport/channel.h"
#include "model/transport/delivery_plan.h"

#include <QList>
#include <QObject>

#include <memory>

namespace octetscope {

class Capture;
class LinkShared;
class NetworkHub;

enum class LinkState : quint8 {
  Connecting,    ///< what is sent now waits until the connection stands
  Open,          ///< both directions are usable
  PeerFinished,  ///< the peer's FIN was read; we may go on sending
  WeFinished,    ///< our FIN went out; receiving goes on
  Closing,  ///< close() was called: the queue goes out, then FIN, then what still comes is read for up to 5 seconds
  Over,     ///< nothing more will happen, and nothing more is told
};

/// How a delivery ended.
enum class DeliveryEnd : quint8 {
  Sent,       ///< the system took every byte
  Cancelled,  ///< cancelDelivery(), reset(), or the connection ended before
  Failed,     ///< the file could not be read; failed() says why
};

class LiveConnection : public QObject {
  Q_OBJECT
 public:
  ~LiveConnection() override;

  Capture *capture() const { return capture_; }
  /// What is recorded; valid as long as it is held, from any thread.
  std::shared_ptr<Connection> connection() const { return connection_; }
  /// Its number in the capture.
  int number() const { return connection_->number(); }
  /// True where we accepted it, false where we opened it.
  bool isAccepted() const { return accepted_; }

  LinkState state() const { return state_; }
  /// True while send() and finishSending() mean something: not after finishSending(), close() or the end.
  bool canSend() const {
    return !finishAsked_ &&
           (state_ == LinkState::Connecting || state_ == LinkState::Open || state_ == LinkState::PeerFinished);
  }
  const ChannelAbilities &abilities() const { return abilities_; }

  /// Sends bytes, after all deliveries asked for before. Returns the number of this delivery, for the signals: from 1
  /// on; 0 where the connection is over, or says so just now: then nothing is told of it.
  int send(QByteArray bytes, DeliveryPlan plan = {});
  /// The same from a file, read in blocks as the peer takes them: at most 2 MiB wait in memory. Only regular files.
  int sendFile(const QString &path, DeliveryPlan plan = {});
  /// Deliveries that did not end yet, the waiting ones included.
  int deliveriesUnderWay() const { return static_cast<int>(underWay_.size()); }
  /// Ends the delivery under way and those that wait; what was handed to the connection already still goes out.
  void cancelDelivery();
  /// Bytes asked to be sent and not yet taken by the system; of a file only what was read of it. Any thread.
  quint64 unsent() const;

  /// FIN, once every delivery has gone out; receiving goes on.
  void finishSending();
  /// FIN once every delivery has gone out, then reads on for up to 5 seconds, then lets go. A second call does not wait
  /// for deliveries. While connecting: gives up.
  void close();
  /// RST at once; what is queued is lost, on purpose. While connecting: gives up.
  void reset();
  /// Stops at once and records nothing more, without a word to the peer beyond what the system says.
  void cut();

  /// Bytes offered to each recv(), 1 to 16 MiB; others are brought into that range.
  void setReceiveSize(int bytes);
  int receiveSize() const { return receiveSize_; }
  /// False: nothing is read until true again, and the peer will have to wait (back-pressure).
  void setReading(bool reading);
  bool isReading() const { return reading_; }
  /// True: after the peer's FIN, when nothing is left to send, FIN is sent.
  void setAutoFinish(bool on);
  bool isAutoFinish() const { return autoFinish_; }

  /// Records `text` as a Note among the events, stamped in order with what arrives. Not where it is over.
  void addNote(QString text);

 Q_SIGNALS:
  void stateChanged(octetscope::LinkState state);
  /// Bytes or events were recorded. At most about once in 16 ms, however much arrives; never before the last of them
  /// goes unnoticed.
  void activity();
  /// Bytes the system has taken of delivery `number`; no more often than activity().
  void deliveryProgress(int number, quint64 done, quint64 total);
  /// Once for each delivery, before the Over of the connection.
  void deliveryEnded(int number, octetscope::DeliveryEnd end);
  /// Could not connect, could not record, could not read a file. What is shown to the user; also recorded as an event.
  void failed(const octetscope::Error &error);

 private:
  friend class NetworkHub;
  friend class LinkDriver;
  LiveConnection(NetworkHub *hub, Capture *capture, std::shared_ptr<LinkShared> shared);
  int deliver(QByteArray bytes, QString path, DeliveryPlan plan);
  void applyState(LinkState state);
  void applyAbilities(const ChannelAbilities &abilities) { abilities_ = abilities; }
  void applyDeliveryEnd(int number, DeliveryEnd end, quint64 done, quint64 total);
  void tick();

  NetworkHub *const hub_;
  Capture *const capture_;
  const std::shared_ptr<LinkShared> shared_;
  const std::shared_ptr<Connection> connection_;
  bool accepted_ = false;
  LinkState state_ = LinkState::Connecting;
  ChannelAbilities abilities_;
  int receiveSize_ = 0;
  bool reading_ = true;
  bool autoFinish_ = false;
  int lastDelivery_ = 0;
  QList<int> underWay_;
  bool finishAsked_ = false;
  bool ends_ = false;  // what comes before Over is being told, or it was
};

}  // namespace octetscope

// Demonstration: a server and a client that talk over real loopback sockets inside this program, slowly enough to
// watch: what TCP does to messages, act by act. The server's side is recorded in the capture given; the client's in one
// of its own.
#pragma once

#include "model/capture/capture.h"
#include "model/transport/network_hub.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace octetscope {

class Demonstration : public QObject {
  Q_OBJECT
 public:
  struct Options {
    int intervalMs = 700;  ///< pause between steps; 0: as fast as the bytes travel (tests)
    bool repeat = false;   ///< begins again after the last act, with new connections
  };

  /// `hub` and `capture` must outlive it. Lives in the hub's thread.
  Demonstration(NetworkHub *hub, Capture *capture, Options options, QObject *parent = nullptr);
  /// Stops.
  ~Demonstration() override;

  /// How its bytes are read: length:u32be, and `!H:seq B:kind x I:stamp *s:text`, in both directions. The capture's
  /// settings are the caller's business.
  static QString framing() { return QStringLiteral("length:u32be"); }
  static QString layout() { return QStringLiteral("!H:seq B:kind x I:stamp *s:text"); }

  /// From the first act, with new connections. While running: begins anew.
  void start();
  /// Closes its connections and its listener; what was captured stays. finished() follows.
  void stop();
  bool isRunning() const { return running_; }
  void setIntervalMs(int milliseconds);
  /// What the current act shows; also recorded as a Note of the connection.
  QString caption() const { return caption_; }

 Q_SIGNALS:
  void captionChanged(const QString &text);
  /// The last act is over (not where it repeats), or stop() was called, or failed() came before.
  void finished();
  void failed(const octetscope::Error &error);

 private:
  struct Step;
  std::vector<Step> script();
  void next();
  void wait();
  void end();

  NetworkHub *const hub_;
  Capture *const capture_;
  Options options_;
  std::unique_ptr<Capture> clientCapture_;
  LiveListener *listener_ = nullptr;
  LiveConnection *client_ = nullptr;
  LiveConnection *server_ = nullptr;
  std::vector<Step> steps_;
  std::size_t at_ = 0;
  std::function<bool()> until_;
  QTimer timer_;
  QString caption_;
  bool running_ = false;
  int sequence_ = 0;
};

}  // namespace octetscope

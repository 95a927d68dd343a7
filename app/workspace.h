// Workspace: what the window works on, without the window: the captures, the network behind the live ones, and what a
// user may ask of them. Owns both; everything here lives in the window's thread.
#pragma once

#include "model/framing/framing_examples.h"
#include "model/items/capture_list.h"
#include "model/transport/demonstration.h"
#include "model/transport/network_hub.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <memory>

namespace octetscope {

class Workspace : public QObject {
  Q_OBJECT
 public:
  explicit Workspace(QObject *parent = nullptr);
  ~Workspace() override;

  CaptureList *captures() { return &captures_; }
  NetworkHub *hub() { return &hub_; }

  /// How the next live capture is read, unless it says otherwise: the last settings the user chose for a live one.
  void setNewCaptureSettings(const DecodeSettings &settings);
  const DecodeSettings &newCaptureSettings() const { return newSettings_; }

  /// The user chose how `capture` is read. A live one's settings are those of the next one, too; how a file is read
  /// says nothing about what comes over the network. A null capture: the next one's alone.
  void chooseSettings(Capture *capture, const DecodeSettings &settings);

  /// Opens a raw file as a capture of its own. Errors: as Capture::openRaw().
  Result<Capture *> openFile(const QString &path);
  /// The bytes of an example of Help, as they were received, read by its SPEC. Errors: as streamOf().
  Result<Capture *> openExample(const FramingExample &example);
  /// A new capture that listens. What goes wrong comes as failed().
  Capture *listen(const ListenOptions &options);
  /// A new capture with one connection, opened by us.
  Capture *connectTo(const ConnectOptions &options);
  /// Opens connection `number` of `capture` anew, as another connection of the same capture, with its old options;
  /// null where it was not opened by us.
  LiveConnection *reconnect(Capture *capture, int number);
  bool canReconnect(const Capture *capture, int number) const;

  /// The listener of a capture that listens or did; null where there is none.
  LiveListener *listener(const Capture *capture) const;
  /// True for captures that listen() made: their listener may be stopped and started again.
  bool isListener(const Capture *capture) const { return live_.value(capture).listen.has_value(); }
  /// Listens again where it stopped, on the port it had.
  void listenAgain(Capture *capture);

  LiveConnection *live(const Capture *capture, int number) const { return hub_.live(capture, number); }

  /// What connection `number` is called where it stands beside others: "some.bin", "127.0.0.1:80, connection 1". Of
  /// files with the same name the whole path.
  QString nameOf(const Capture *capture, int number) const;

  /// Stops what is live in it and forgets it.
  void close(Capture *capture);
  /// True where it has bytes that were neither opened from a file nor saved. Never of a demonstration: its bytes can be
  /// had again.
  bool isUnsaved(const Capture *capture) const;
  QList<Capture *> unsaved() const;

  /// Starts the demonstration in a capture of its own, or stops it.
  Capture *startDemonstration(int intervalMs);
  void stopDemonstration();
  bool isDemonstrationRunning() const { return demonstration_ && demonstration_->isRunning(); }

 Q_SIGNALS:
  void newCaptureSettingsChanged();
  /// It began or ceased to listen.
  void listeningChanged(octetscope::Capture *capture);
  void failed(octetscope::Capture *capture, const octetscope::Error &error);
  void demonstrationChanged(bool running, const QString &caption);

 private:
  struct LiveOptions {
    std::optional<ListenOptions> listen;
    QHash<int, ConnectOptions> connect;
  };
  Capture *add(std::unique_ptr<Capture> capture);
  LiveConnection *open(Capture *capture, const ConnectOptions &options);
  void startListening(Capture *capture, const ListenOptions &options);

  CaptureList captures_;
  NetworkHub hub_;  // after the captures: it lets go of them first
  QHash<const Capture *, LiveOptions> live_;
  DecodeSettings newSettings_;
  std::unique_ptr<Demonstration> demonstration_;
  Capture *demonstrationCapture_ = nullptr;
  QSet<const Capture *> demonstrations_;  // those of before, too
};

}  // namespace octetscope

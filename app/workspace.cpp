#include "app/workspace.h"

#include <algorithm>

namespace octetscope {

Workspace::Workspace(QObject *parent) : QObject(parent) {}

Workspace::~Workspace() {
  demonstration_.reset();
  hub_.stopAll();
}

Capture *Workspace::add(std::unique_ptr<Capture> capture) {
  return captures_.add(std::move(capture));
}

void Workspace::setNewCaptureSettings(const DecodeSettings &settings) {
  DecodeSettings next = settings;
  // Places in bytes that the next one does not have, and a comparison of those.
  next.restarts = {};
  next.seconds = {};
  if (next == newSettings_) return;
  newSettings_ = std::move(next);
  Q_EMIT newCaptureSettingsChanged();
}

void Workspace::chooseSettings(Capture *capture, const DecodeSettings &settings) {
  if (!capture || live_.contains(capture) || demonstrations_.contains(capture)) setNewCaptureSettings(settings);
  if (capture) capture->setDecodeSettings(settings);
}

Result<Capture *> Workspace::openFile(const QString &path) {
  auto capture = Capture::openRaw(path);
  if (!capture) return std::unexpected(capture.error());
  return add(std::move(*capture));
}

Result<Capture *> Workspace::openExample(const FramingExample &example) {
  auto stream = streamOf(example);
  if (!stream) return std::unexpected(stream.error());
  auto capture = Capture::ofExample(tr("Example %1").arg(example.spec), *std::move(stream));
  DecodeSettings settings;
  for (const Direction direction : {Direction::In, Direction::Out}) settings.of(direction).framing = example.spec;
  capture->setDecodeSettings(settings);
  return add(std::move(capture));
}

Capture *Workspace::listen(const ListenOptions &options) {
  Capture *capture = add(std::make_unique<Capture>(tr("Listening")));
  capture->setDecodeSettings(newSettings_);
  live_[capture].listen = options;
  startListening(capture, options);
  return capture;
}

void Workspace::startListening(Capture *capture, const ListenOptions &options) {
  LiveListener *listener = hub_.listen(capture, options);
  connect(listener, &LiveListener::listening, capture, [this, capture](const Endpoint &endpoint) {
    capture->setTitle(tr("Listening %1").arg(endpoint.text()));
    // Listening again goes to the same port, also where the system had picked it.
    live_[capture].listen->port = endpoint.port;
    Q_EMIT listeningChanged(capture);
  });
  connect(listener, &LiveListener::stopped, capture, [this, capture] {
    QString title = capture->title();
    capture->setTitle(title.replace(tr("Listening "), tr("Listened on ")));
    Q_EMIT listeningChanged(capture);
  });
  connect(listener, &LiveListener::failed, this,
          [this, capture](const Error &error) { Q_EMIT failed(capture, error); });
}

LiveListener *Workspace::listener(const Capture *capture) const {
  LiveListener *found = nullptr;
  for (LiveListener *listener : hub_.listeners()) {
    if (listener->capture() == capture) found = listener;  // the last one: it may have been started again
  }
  return found;
}

void Workspace::listenAgain(Capture *capture) {
  const auto options = live_.value(capture).listen;
  if (options) startListening(capture, *options);
}

Capture *Workspace::connectTo(const ConnectOptions &options) {
  Capture *capture = add(std::make_unique<Capture>(Endpoint{options.host, options.port}.text()));
  capture->setDecodeSettings(newSettings_);
  open(capture, options);
  return capture;
}

LiveConnection *Workspace::open(Capture *capture, const ConnectOptions &options) {
  LiveConnection *connection = hub_.connectTo(capture, options);
  live_[capture].connect.insert(connection->number(), options);
  connect(connection, &LiveConnection::failed, this,
          [this, capture](const Error &error) { Q_EMIT failed(capture, error); });
  return connection;
}

bool Workspace::canReconnect(const Capture *capture, int number) const {
  return live_.value(capture).connect.contains(number);
}

LiveConnection *Workspace::reconnect(Capture *capture, int number) {
  const auto options = live_.value(capture).connect;
  const auto found = options.constFind(number);
  return found == options.constEnd() ? nullptr : open(capture, *found);
}

QString Workspace::nameOf(const Capture *capture, int number) const {
  if (capture->filePath().isEmpty()) return tr("%1, connection %2").arg(capture->title()).arg(number);
  const QList<Capture *> all = captures_.all();
  const bool isOneOfSome = std::ranges::any_of(all, [&](const Capture *other) {
    return other->title() == capture->title() && other->filePath() != capture->filePath();
  });
  return isOneOfSome ? capture->filePath() : capture->title();
}

void Workspace::close(Capture *capture) {
  if (capture == demonstrationCapture_) {
    stopDemonstration();
    demonstration_.reset();
    demonstrationCapture_ = nullptr;
  }
  hub_.release(capture);
  live_.remove(capture);
  demonstrations_.remove(capture);
  captures_.remove(capture);
}

bool Workspace::isUnsaved(const Capture *capture) const {
  return capture->isUnsaved() && !demonstrations_.contains(capture);
}

QList<Capture *> Workspace::unsaved() const {
  QList<Capture *> result;
  for (Capture *capture : captures_.all()) {
    if (isUnsaved(capture)) result.append(capture);
  }
  return result;
}

Capture *Workspace::startDemonstration(int intervalMs) {
  stopDemonstration();
  Capture *capture = add(std::make_unique<Capture>(tr("Demonstration")));
  DecodeSettings settings;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    settings.of(direction).framing = Demonstration::framing();
    settings.of(direction).layout = Demonstration::layout();
  }
  capture->setDecodeSettings(settings);
  demonstrationCapture_ = capture;
  demonstrations_.insert(capture);
  demonstration_ = std::make_unique<Demonstration>(&hub_, capture,
                                                   Demonstration::Options{.intervalMs = intervalMs, .repeat = false});
  connect(demonstration_.get(), &Demonstration::captionChanged, this,
          [this](const QString &text) { Q_EMIT demonstrationChanged(true, text); });
  connect(demonstration_.get(), &Demonstration::finished, this, [this] { Q_EMIT demonstrationChanged(false, {}); });
  connect(demonstration_.get(), &Demonstration::failed, this,
          [this, capture](const Error &error) { Q_EMIT failed(capture, error); });
  demonstration_->start();
  return capture;
}

void Workspace::stopDemonstration() {
  if (isDemonstrationRunning()) demonstration_->stop();
}

}  // namespace octetscope

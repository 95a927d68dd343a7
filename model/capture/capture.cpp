#include "model/capture/capture.h"

#include <QFileInfo>

namespace octetscope {

Capture::Capture(QString title, QObject *parent) : QObject(parent), title_(std::move(title)) {}

Result<std::unique_ptr<Capture>> Capture::openRaw(const QString &path, const QList<quint64> &chunkSizes) {
  auto store = ByteStore::map(path);
  if (!store) return std::unexpected(store.error());
  const quint64 size = (*store)->size();
  auto stream = std::make_unique<Stream>(std::move(*store), StreamEnd::Fin);
  if (size > 0) {
    quint64 offset = 0;
    for (qsizetype i = 0; offset < size; ++i) {
      stream->addChunk(offset, noTime);
      const quint64 step = chunkSizes.isEmpty() ? size : chunkSizes[std::min(i, chunkSizes.size() - 1)];
      offset += std::max<quint64>(step, 1);
    }
  }
  auto capture = ofStream(QFileInfo(path).fileName(), std::move(stream), false);
  capture->filePath_ = QFileInfo(path).absoluteFilePath();
  capture->settings_ = firstSettingsOfFiles();
  return capture;
}

DecodeSettings Capture::firstSettingsOfFiles() {
  DecodeSettings settings;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    settings.of(direction).framing = QStringLiteral("until-close");
  }
  return settings;
}

std::unique_ptr<Capture> Capture::ofExample(QString title, std::unique_ptr<Stream> stream) {
  return ofStream(std::move(title), std::move(stream), true);
}

std::unique_ptr<Capture> Capture::ofStream(QString title, std::unique_ptr<Stream> stream, bool isExample) {
  auto capture = std::make_unique<Capture>(std::move(title));
  capture->connections_.push_back(std::make_shared<Connection>(0, capture->clock_, std::move(stream), isExample));
  capture->markSaved();
  return capture;
}

void Capture::setTitle(QString title) {
  if (title == title_) return;
  title_ = std::move(title);
  Q_EMIT titleChanged(title_);
}

std::shared_ptr<Connection> Capture::addConnection(Endpoint from, Endpoint to) {
  std::shared_ptr<Connection> connection;
  {
    const std::lock_guard lock(mutex_);
    connection =
        std::make_shared<Connection>(static_cast<int>(connections_.size()), clock_, std::move(from), std::move(to));
    connections_.push_back(connection);
  }
  Q_EMIT connectionAdded(connection->number());
  return connection;
}

int Capture::connectionCount() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(connections_.size());
}

std::shared_ptr<Connection> Capture::connection(int number) const {
  const std::lock_guard lock(mutex_);
  return connections_.at(static_cast<std::size_t>(number));
}

void Capture::setDecodeSettings(DecodeSettings settings) {
  if (settings == settings_) return;
  settings_ = std::move(settings);
  Q_EMIT decodeSettingsChanged();
}

bool Capture::isUnsaved() const {
  const int count = connectionCount();
  for (int i = 0; i < count; ++i) {
    if (isUnsaved(i, Direction::In) || isUnsaved(i, Direction::Out)) return true;
  }
  return false;
}

bool Capture::isUnsaved(int connection, Direction direction) const {
  const std::lock_guard lock(mutex_);
  const auto at = static_cast<std::size_t>(connection);
  const quint64 saved = at < saved_.size() ? saved_[at][static_cast<std::size_t>(direction)] : 0;
  return connections_.at(at)->stream(direction).size() > saved;
}

void Capture::markSaved() {
  const std::lock_guard lock(mutex_);
  saved_.clear();
  for (const auto &connection : connections_) {
    saved_.push_back({connection->stream(Direction::In).size(), connection->stream(Direction::Out).size()});
  }
}

void Capture::markSaved(int connection, Direction direction, quint64 bytes) {
  const auto at = static_cast<std::size_t>(connection);
  if (at >= saved_.size()) saved_.resize(at + 1);
  quint64 &saved = saved_[at][static_cast<std::size_t>(direction)];
  saved = std::max(saved, bytes);
}

}  // namespace octetscope

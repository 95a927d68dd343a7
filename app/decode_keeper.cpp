#include "app/decode_keeper.h"

#include "model/items/direction_reader.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>

#include <utility>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr int soonMs = 500;
const QString listKey = u"files/decoding"_s;

constexpr std::array both = {Direction::In, Direction::Out};

QString nameOf(Direction direction) {
  return direction == Direction::In ? u"in"_s : u"out"_s;
}

/// Of one connection, as that of a file.
DecodeSettings settingsOf(const DecodeSettings &all, int connection) {
  DecodeSettings settings;
  settings.directions = all.directions;
  for (const Direction direction : both) {
    for (const quint64 at : all.restartsOf(direction, connection)) settings.addRestart(direction, 0, at);
  }
  return settings;
}

/// Of the bytes of one direction, which are all that a file has.
DecodeSettings settingsOf(const DecodeSettings &all, int connection, Direction direction, quint64 size) {
  DecodeSettings settings;
  DirectionSettings one = all.of(direction);
  // A file has no chunks.
  if (one.framing == DirectionSettings().framing) one.framing = Capture::firstSettingsOfFiles().of(direction).framing;
  settings.directions = {one, one};
  for (const quint64 at : all.restartsOf(direction, connection)) {
    if (at < size) settings.addRestart(Direction::In, 0, at);
  }
  return settings;
}

QJsonObject objectOf(const DecodeSettings &settings, Direction direction) {
  const DirectionSettings &of = settings.of(direction);
  QJsonObject object{{u"framing"_s, of.framing}};
  if (!of.layout.isEmpty()) object.insert(u"struct"_s, of.layout);
  if (of.maxMessage > 0) object.insert(u"max"_s, QString::number(of.maxMessage));
  if (of.showsOuter) object.insert(u"outer"_s, true);
  QJsonArray restarts;
  for (const quint64 at : settings.restartsOf(direction, 0)) restarts.append(static_cast<qint64>(at));
  if (!restarts.isEmpty()) object.insert(u"restarts"_s, restarts);
  return object;
}

void takeDirection(DecodeSettings &settings, Direction direction, const QJsonObject &object, quint64 size) {
  settings.of(direction) = {.framing = object.value(u"framing"_s).toString(),
                            .layout = object.value(u"struct"_s).toString(),
                            .maxMessage = object.value(u"max"_s).toString().toULongLong(),
                            .showsOuter = object.value(u"outer"_s).toBool()};
  for (const QJsonValue &value : object.value(u"restarts"_s).toArray()) {
    const qint64 at = value.toInteger(-1);
    if (at > 0 && static_cast<quint64>(at) < size) settings.addRestart(direction, 0, static_cast<quint64>(at));
  }
}

}  // namespace

QString FileReading::text() const {
  QJsonObject all{{u"file"_s, path}, {u"size"_s, static_cast<qint64>(size)}};
  for (const Direction direction : both) all.insert(nameOf(direction), objectOf(settings, direction));
  return QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact));
}

std::optional<FileReading> FileReading::of(const QString &text) {
  const QJsonObject all = QJsonDocument::fromJson(text.toUtf8()).object();
  FileReading reading{.path = all.value(u"file"_s).toString(),
                      .size = static_cast<quint64>(std::max<qint64>(all.value(u"size"_s).toInteger(), 0)),
                      .settings = {}};
  if (reading.path.isEmpty()) return std::nullopt;
  for (const Direction direction : both) {
    takeDirection(reading.settings, direction, all.value(nameOf(direction)).toObject(), reading.size);
    if (!DirectionReader::create(reading.settings.of(direction))) return std::nullopt;
  }
  return reading;
}

DecodeKeeper::DecodeKeeper(CaptureList *captures, QSettings *settings, QObject *parent)
    : QObject(parent), captures_(captures), settings_(settings) {
  soon_.setSingleShot(true);
  soon_.setInterval(soonMs);
  connect(&soon_, &QTimer::timeout, this, &DecodeKeeper::flush);
  connect(captures, &CaptureList::added, this, &DecodeKeeper::watch);
  connect(captures, &CaptureList::aboutToBeRemoved, this, [this](Capture *capture) {
    flush();
    kept_.remove(capture);
  });
  for (Capture *capture : captures->all()) watch(capture);
}

DecodeKeeper::~DecodeKeeper() {
  captures_->disconnect(this);
  flush();
}

void DecodeKeeper::watch(Capture *capture) {
  connect(capture, &Capture::decodeSettingsChanged, this, [this, capture] { keep(capture); });
  const QString path = capture->filePath();
  if (path.isEmpty()) return;
  flush();
  // From now on it is read as it is here, not as the bytes it was saved from.
  for (QList<Kept> &files : kept_) files.removeIf([&](const Kept &one) { return one.path == path; });
  kept_[capture].append({.path = path, .size = capture->connection(0)->stream(Direction::In).size()});
}

void DecodeKeeper::keepFor(Capture *capture, int connection, Direction direction, const QString &path, quint64 size) {
  const QString absolute = QFileInfo(path).absoluteFilePath();
  for (QList<Kept> &files : kept_) files.removeIf([&](const Kept &one) { return one.path == absolute; });
  kept_[capture].append({absolute, size, connection, direction});
  keep(capture);
}

void DecodeKeeper::keep(Capture *capture) {
  if (!kept_.contains(capture)) return;
  changed_.insert(capture);
  soon_.start();
}

std::optional<DecodeSettings> DecodeKeeper::lastReading(const Capture &file) const {
  const QStringList all = settings_->value(listKey).toStringList();
  for (const QString &text : all) {
    const auto reading = FileReading::of(text);
    if (!reading || reading->path != file.filePath()) continue;
    if (file.connection(0)->stream(Direction::In).size() < reading->size) return std::nullopt;
    return reading->settings;
  }
  return std::nullopt;
}

void DecodeKeeper::write(Capture *capture) {
  QStringList all = settings_->value(listKey).toStringList();
  for (const Kept &file : kept_.value(capture)) {
    all.removeIf([&](const QString &text) {
      const auto reading = FileReading::of(text);
      return !reading || reading->path == file.path;
    });
    const DecodeSettings &from = capture->decodeSettings();
    const DecodeSettings settings = file.direction ? settingsOf(from, file.connection, *file.direction, file.size)
                                                   : settingsOf(from, file.connection);
    const QString text = FileReading{file.path, file.size, settings}.text();
    if (settings != Capture::firstSettingsOfFiles() && text.size() <= mostText) all.prepend(text);
  }
  qsizetype letters = 0;
  qsizetype count = 0;
  while (count < std::min(all.size(), mostFiles) && letters + all[count].size() <= mostText) {
    letters += all[count++].size();
  }
  settings_->setValue(listKey, QStringList(all.first(count)));
}

void DecodeKeeper::flush() {
  soon_.stop();
  for (Capture *capture : std::exchange(changed_, {})) write(capture);
}

}  // namespace octetscope

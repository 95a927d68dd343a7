#include "model/marks/mark_store.h"

#include "model/marks/capture_marks.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <array>

namespace octetscope {

namespace {

constexpr quint64 hashedBytes = 64 * 1024;
constexpr qint64 mostText = 64LL << 20;  // what is larger was not written by us
constexpr std::array colorNames = {"green", "blue", "purple", "red", "yellow", "grey"};
static_assert(colorNames.size() == markColorCount);

const auto pathKey = QLatin1String("file");
const auto sizeKey = QLatin1String("size");
const auto hashKey = QLatin1String("sha1OfFirst64KiB");
const auto marksKey = QLatin1String("marks");
const auto beginKey = QLatin1String("begin");
const auto endKey = QLatin1String("end");
const auto directionKey = QLatin1String("direction");
const auto colorKey = QLatin1String("color");
const auto noteKey = QLatin1String("note");

std::optional<Mark> markOf(const QJsonObject &object, const MarkedFile &file) {
  Mark mark;
  const qint64 begin = object.value(beginKey).toInteger(-1);
  const qint64 end = object.value(endKey).toInteger(-1);
  if (begin < 0 || end <= begin || static_cast<quint64>(end) > file.size) return std::nullopt;
  mark.place.range = {static_cast<quint64>(begin), static_cast<quint64>(end)};
  mark.place.direction = object.value(directionKey).toString() == QLatin1String("out") ? Direction::Out : Direction::In;
  const QString color = object.value(colorKey).toString();
  for (std::size_t i = 0; i < colorNames.size(); ++i) {
    if (color == QLatin1String(colorNames[i])) mark.color = static_cast<MarkColor>(i);
  }
  mark.note = object.value(noteKey).toString();
  return mark;
}

}  // namespace

MarkedFile MarkedFile::of(const QString &path, ByteView bytes) {
  const ByteView first = bytes.first(std::min<std::size_t>(bytes.size(), hashedBytes));
  return {path, bytes.size(), QCryptographicHash::hash(qtView(first).toByteArray(), QCryptographicHash::Sha1)};
}

QByteArray MarkStore::textOf(const MarkedFile &file, const std::vector<Mark> &marks) {
  QJsonArray array;
  for (const Mark &mark : marks) {
    QJsonObject object;
    object.insert(beginKey, static_cast<qint64>(mark.place.range.begin));
    object.insert(endKey, static_cast<qint64>(mark.place.range.end));
    if (mark.place.direction == Direction::Out) object.insert(directionKey, QStringLiteral("out"));
    object.insert(colorKey, QLatin1String(colorNames[static_cast<std::size_t>(mark.color)]));
    if (!mark.note.isEmpty()) object.insert(noteKey, mark.note);
    array.append(object);
  }
  QJsonObject all;
  all.insert(pathKey, file.path);
  all.insert(sizeKey, static_cast<qint64>(file.size));
  all.insert(hashKey, QString::fromLatin1(file.hash.toHex()));
  all.insert(marksKey, array);
  return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

std::optional<std::vector<Mark>> MarkStore::marksIn(const QByteArray &text, const MarkedFile &file) {
  const QJsonObject all = QJsonDocument::fromJson(text).object();
  const MarkedFile of{all.value(pathKey).toString(), static_cast<quint64>(all.value(sizeKey).toInteger()),
                      QByteArray::fromHex(all.value(hashKey).toString().toLatin1())};
  if (of != file) return std::nullopt;
  std::vector<Mark> marks;
  for (const QJsonValue &value : all.value(marksKey).toArray()) {
    if (marks.size() == CaptureMarks::most) break;
    if (auto mark = markOf(value.toObject(), file)) marks.push_back(*std::move(mark));
  }
  return marks;
}

QString MarkStore::pathOf(const MarkedFile &file) const {
  const QByteArray name = QCryptographicHash::hash(file.path.toUtf8(), QCryptographicHash::Sha1).toHex();
  return QDir(folder_).filePath(QString::fromLatin1(name) + QLatin1String(".json"));
}

std::vector<Mark> MarkStore::load(const MarkedFile &file) const {
  QFile kept(pathOf(file));
  if (!kept.open(QIODevice::ReadOnly) || kept.size() > mostText) return {};
  return marksIn(kept.readAll(), file).value_or(std::vector<Mark>());
}

Result<void> MarkStore::save(const MarkedFile &file, const std::vector<Mark> &marks) const {
  const QString path = pathOf(file);
  const auto failure = [&](const QString &why) {
    return fail(QCoreApplication::translate("octetscope::MarkStore", "the marks of %1 cannot be kept in %2 (%3)")
                    .arg(file.path, path, why),
                QCoreApplication::translate("octetscope::MarkStore", "make room there, or make the folder writable"));
  };
  if (marks.empty()) {
    if (QFile::exists(path) && !QFile::remove(path)) return failure(QStringLiteral("it cannot be removed"));
    return {};
  }
  if (!QDir().mkpath(folder_)) return failure(QStringLiteral("there is no such folder"));
  QSaveFile kept(path);
  if (!kept.open(QIODevice::WriteOnly)) return failure(kept.errorString());
  kept.write(textOf(file, marks));
  if (!kept.commit()) return failure(kept.errorString());
  const QFileInfoList all =
      QDir(folder_).entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Time | QDir::Reversed);
  for (qsizetype i = 0; i + mostFiles < all.size(); ++i) QFile::remove(all[i].filePath());
  return {};
}

}  // namespace octetscope

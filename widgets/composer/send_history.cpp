#include "widgets/composer/send_history.h"

#include <QJsonDocument>
#include <QtEndian>

#include <algorithm>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1String key("composer/history");
constexpr qsizetype worthCompressing = 4096;
constexpr qsizetype mostCompressed = 1024 * 1024;  // more would keep the window waiting

QByteArray formOf(const SentEntry &entry) {
  const QJsonObject object = {{u"kind"_s, entry.kind}, {u"content"_s, entry.content}, {u"title"_s, entry.title}};
  const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
  if (json.size() < worthCompressing || json.size() > mostCompressed) return json;
  return 'z' + qCompress(json, 1).toBase64();
}

std::optional<SentEntry> entryOf(const QByteArray &form) {
  QByteArray json = form;
  if (form.startsWith('z')) {
    const QByteArray packed = QByteArray::fromBase64(form.mid(1));
    // Settings are a file that anybody may write: its size is looked at before anything is allocated.
    if (packed.size() < 4 || qFromBigEndian<quint32>(packed.constData()) > SendHistory::mostHeld) return std::nullopt;
    json = qUncompress(packed);
  }
  const QJsonObject object = QJsonDocument::fromJson(json).object();
  SentEntry entry{object.value("kind"_L1).toString(), object.value("content"_L1).toObject(),
                  object.value("title"_L1).toString()};
  return entry.kind.isEmpty() ? std::nullopt : std::optional(entry);
}

}  // namespace

SendHistory::SendHistory(QSettings *settings) : settings_(settings) {
  if (!settings_) return;
  for (const QString &form : settings_->value(key).toStringList().mid(0, mostEntries)) {
    if (form.size() > mostKept) continue;
    if (const auto entry = entryOf(form.toUtf8())) entries_.append({form.toUtf8(), entry->title});
  }
}

std::optional<SentEntry> SendHistory::at(qsizetype index) const {
  return entryOf(entries_.value(index).form);
}

void SendHistory::add(const SentEntry &entry) {
  shown_ = -1;
  const Stored stored{formOf(entry), entry.title};
  if (stored.form.size() > mostHeld) return;
  entries_.removeIf([&](const Stored &one) { return one.form == stored.form; });
  entries_.prepend(stored);
  trim();
  save();
}

void SendHistory::trim() {
  qsizetype kept = 0;
  qsizetype held = 0;
  for (qsizetype i = 0; i < entries_.size(); ++i) {
    Stored &one = entries_[i];
    held += one.form.size();
    if (i == mostEntries || held > mostHeld) {
      entries_.resize(i);
      return;
    }
    one.kept = one.form.size() <= mostKept && kept + one.form.size() <= mostKeptOfAll;
    if (one.kept) kept += one.form.size();
  }
}

void SendHistory::clear() {
  entries_.clear();
  shown_ = -1;
  save();
}

void SendHistory::save() {
  if (!settings_) return;
  QStringList forms;
  for (const Stored &one : std::as_const(entries_)) {
    if (one.kept) forms.append(QString::fromUtf8(one.form));
  }
  settings_->setValue(key, forms);
}

std::optional<SentEntry> SendHistory::step(int steps, const SentEntry &now) {
  const qsizetype wanted = std::clamp<qsizetype>(shown_ + steps, -1, size() - 1);
  if (wanted == shown_) return std::nullopt;
  if (shown_ == -1) draft_ = now;
  shown_ = wanted;
  return wanted < 0 ? std::optional(draft_) : at(wanted);
}

std::optional<SentEntry> SendHistory::choose(qsizetype index) {
  if (index < 0 || index >= size()) return std::nullopt;
  shown_ = index;
  return at(index);
}

}  // namespace octetscope

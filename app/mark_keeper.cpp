#include "app/mark_keeper.h"

#include "model/handover.h"

#include <QFileInfo>

#include <algorithm>

namespace octetscope {

namespace {

constexpr int soonMs = 500;

}  // namespace

MarkKeeper::MarkKeeper(CaptureList *captures, const QString &folder, QObject *parent)
    : QObject(parent), captures_(captures), store_(folder) {
  pool_.setMaxThreadCount(1);
  soon_.setSingleShot(true);
  soon_.setInterval(soonMs);
  connect(&soon_, &QTimer::timeout, this, &MarkKeeper::writeChanged);
  connect(captures, &CaptureList::added, this, &MarkKeeper::watch);
  connect(captures, &CaptureList::aboutToBeRemoved, this, [this](Capture *capture) {
    if (changed_.contains(capture)) write(capture);
    files_.remove(capture);
  });
  for (Capture *capture : captures->all()) watch(capture);
}

MarkKeeper::~MarkKeeper() {
  captures_->disconnect(this);
  flush();
}

void MarkKeeper::flush() {
  writeChanged();
  pool_.waitForDone();
}

bool MarkKeeper::Kept::has(const Mark &mark) const {
  return mark.place.connection == connection && mark.place.direction == direction && mark.place.range.end <= file.size;
}

/// What another capture has for that file is the file's own from now on.
void MarkKeeper::forgetOthers(const QString &path) {
  for (QList<Kept> &files : files_) files.removeIf([&](const Kept &one) { return one.file.path == path; });
}

void MarkKeeper::keepFor(Capture *capture, int connection, Direction direction, const QString &path,
                         const ByteSnapshot &bytes) {
  const QString absolute = QFileInfo(path).absoluteFilePath();
  forgetOthers(absolute);
  files_[capture].append({MarkedFile::of(absolute, bytes.view()), connection, direction});
  changed_.insert(capture);
  soon_.start();
}

qulonglong MarkKeeper::keptNowhere(const Capture *capture) const {
  const QList<Kept> files = files_.value(const_cast<Capture *>(capture));
  const std::vector<Mark> &all = capture->marks().table().all();
  return static_cast<qulonglong>(std::ranges::count_if(all, [&](const Mark &mark) {
    return std::ranges::none_of(files, [&](const Kept &file) { return file.has(mark); });
  }));
}

void MarkKeeper::watch(Capture *capture) {
  connect(&capture->marks(), &CaptureMarks::changed, this, [this, capture] {
    if (isBringing_ || !files_.contains(capture)) return;
    changed_.insert(capture);
    soon_.start();
  });
  if (capture->filePath().isEmpty()) return;
  writeChanged();
  const StreamView view = capture->connection(0)->stream(Direction::In).view();
  const MarkedFile file = MarkedFile::of(capture->filePath(), view.bytes.view());
  forgetOthers(file.path);
  files_[capture].append({file});
  runInPool(&pool_, [this, capture = QPointer<Capture>(capture), file] {
    std::vector<Mark> marks = store_.load(file);
    if (marks.empty()) return;
    // This waits for the pool before it goes.
    runLater(this, [this, capture, marks = std::move(marks)]() mutable {
      if (!capture) return;
      const auto count = static_cast<qulonglong>(marks.size());
      isBringing_ = true;
      capture->marks().addAll(std::move(marks));
      isBringing_ = false;
      Q_EMIT broughtBack(capture, count);
    });
  });
}

void MarkKeeper::write(Capture *capture) {
  changed_.remove(capture);
  const QList<Kept> files = files_.value(capture);
  for (const Kept &file : files) {
    std::vector<Mark> marks;
    for (const Mark &mark : capture->marks().table().all()) {
      // A file is one connection's, and its bytes are those that came in.
      if (file.has(mark)) marks.push_back({{0, Direction::In, mark.place.range}, mark.color, mark.note});
    }
    runInPool(&pool_, [this, file = file.file, marks = std::move(marks)] {
      const auto kept = store_.save(file, marks);
      if (!kept) runLater(this, [this, error = kept.error()] { Q_EMIT failed(error); });
    });
  }
}

void MarkKeeper::writeChanged() {
  soon_.stop();
  const QSet<Capture *> all = changed_;
  for (Capture *capture : all) write(capture);
}

}  // namespace octetscope

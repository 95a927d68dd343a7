#include "app/mark_keeper.h"

#include "model/handover.h"

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

void MarkKeeper::watch(Capture *capture) {
  if (capture->filePath().isEmpty()) return;
  const StreamView view = capture->connection(0)->stream(Direction::In).view();
  const MarkedFile file = MarkedFile::of(capture->filePath(), view.bytes.view());
  files_.insert(capture, file);
  connect(&capture->marks(), &CaptureMarks::changed, this, [this, capture] {
    if (isBringing_ || !files_.contains(capture)) return;
    changed_.insert(capture);
    soon_.start();
  });
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
  runInPool(&pool_, [this, file = files_.value(capture), marks = capture->marks().table().all()] {
    const auto kept = store_.save(file, marks);
    if (!kept) runLater(this, [this, error = kept.error()] { Q_EMIT failed(error); });
  });
}

void MarkKeeper::writeChanged() {
  soon_.stop();
  const QSet<Capture *> all = changed_;
  for (Capture *capture : all) write(capture);
}

}  // namespace octetscope

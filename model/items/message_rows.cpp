#include "model/items/message_rows.h"

#include "model/background_pool.h"
#include "model/items/decode_run.h"
#include "model/mailbox.h"

#include <QDeadlineTimer>

#include <atomic>
#include <utility>

namespace octetscope {

namespace {
constexpr int sliceMs = 25;
}

/// One count over one generation of messages. Its numbers are the worker's while one works, else the window's.
struct MessageRows::Job {
  Job(std::shared_ptr<const DecodeRun> of, Direction at, quint64 perRow, MessageRows *owner)
      : decoded(std::move(of)), direction(at), bytesPerRow(perRow), mailbox(owner) {}

  std::shared_ptr<const DecodeRun> decoded;
  Direction direction;
  quint64 bytesPerRow;
  quint64 next = 0;    // number of the first message that was not looked at
  quint64 offset = 0;  // where the last one begins
  quint64 row = 0;     // rows before that
  std::atomic<bool> isCancelled = false;
  Mailbox<MessageRows> mailbox;
};

MessageRows::MessageRows(ConnectionDecoder &decoder, Direction direction, QObject *parent, QThreadPool *pool)
    : QObject(parent),
      decoder_(decoder),
      direction_(direction),
      pool_(pool ? pool : backgroundPool()),
      landmarks_(std::make_shared<std::vector<RowLandmark>>()) {
  connect(&decoder, &ConnectionDecoder::restarted, this, &MessageRows::restart);
  connect(&decoder, &ConnectionDecoder::liveAdvanced, this, &MessageRows::goOn);
}

MessageRows::~MessageRows() {
  drop();
}

void MessageRows::setBytesPerRow(int bytes) {
  if (bytes == bytesPerRow_) return;
  bytesPerRow_ = bytes;
  restart();
}

const RowLandmarks &MessageRows::landmarks() {
  // Who asks may have heard of another generation before this has.
  if (job_ && job_->decoded != decoder_.run()) restart();
  return landmarks_;
}

void MessageRows::drop() {
  const std::shared_ptr<Job> job = std::exchange(job_, nullptr);
  isBusy_ = false;
  if (!job) return;
  job->isCancelled.store(true, std::memory_order_relaxed);
  job->mailbox.close();
}

void MessageRows::restart() {
  if (job_ && job_->decoded == decoder_.run() && job_->bytesPerRow == static_cast<quint64>(bytesPerRow_)) return;
  drop();
  landmarks_ = std::make_shared<std::vector<RowLandmark>>();
  goOn();
}

void MessageRows::goOn() {
  if (isBusy_ || bytesPerRow_ <= 0 || !decoder_.run()) return;
  if (!job_) {
    job_ = std::make_shared<Job>(decoder_.run(), direction_, static_cast<quint64>(bytesPerRow_), this);
  }
  const quint64 finals = decoder_.liveFinalCount(direction_);
  // Fewer are looked at by who asks, when they are asked for.
  if (finals < job_->next + messagesApart) return;
  isBusy_ = true;
  runInPool(pool_, [job = job_, view = decoder_.liveView(direction_), finals] { run(job, view, finals); });
}

void MessageRows::run(const std::shared_ptr<Job> &job, const StreamView &view, quint64 finals) {
  const MessageIndex &index = job->decoded->index(job->direction);
  MessageGroup group;
  bool isComplete = false;
  while (!isComplete && !job->isCancelled.load(std::memory_order_relaxed)) {
    const QDeadlineTimer deadline(sliceMs, Qt::PreciseTimer);
    std::vector<RowLandmark> more;
    while (job->next < finals && !deadline.hasExpired()) {
      index.find(view, job->next, group);
      if (!group.contains(job->next)) {
        finals = job->next;
        break;
      }
      for (; job->next < finals && group.contains(job->next); ++job->next) {
        const quint64 begin = group.at(job->next).offset;
        const quint64 bytes = begin - job->offset;
        job->row += bytes / job->bytesPerRow + (bytes % job->bytesPerRow ? 1 : 0);
        job->offset = begin;
        if (job->next % messagesApart == 0) more.push_back({job->next, begin, job->row});
      }
    }
    isComplete = job->next >= finals;
    job->mailbox.tell(job, [more = std::move(more), isComplete](MessageRows &rows) { rows.take(more, isComplete); });
  }
}

void MessageRows::take(std::vector<RowLandmark> more, bool isComplete) {
  isBusy_ = !isComplete;
  if (!more.empty()) {
    auto all = std::make_shared<std::vector<RowLandmark>>(*landmarks_);
    all->insert(all->end(), more.begin(), more.end());
    landmarks_ = std::move(all);
    Q_EMIT progressed();
  }
  if (isComplete) goOn();
}

}  // namespace octetscope

#include "model/items/payload_reading.h"

#include "model/background_pool.h"
#include "model/mailbox.h"

#include <QElapsedTimer>
#include <QThreadPool>

#include <atomic>

namespace octetscope {

namespace {

constexpr quint64 mostAtOnce = 256 * 1024;  // bytes that are added before anybody can see them
constexpr qint64 tellMs = 15;

}  // namespace

/// What the background works on; it outlives whoever waits for it.
struct PayloadReading::Job {
  OwnPayload payload;
  std::shared_ptr<Connection> connection;
  ByteStore *store = nullptr;  // of the connection's stream
  std::atomic<bool> isCancelled = false;
  Mailbox<PayloadReading> mailbox;

  explicit Job(PayloadReading *owner) : mailbox(owner) {}
};

PayloadReading::PayloadReading(OwnPayload payload, QObject *parent, QThreadPool *pool)
    : QObject(parent), payload_(std::move(payload)), job_(std::make_shared<Job>(this)) {
  auto store = std::make_unique<ByteStore>();
  job_->payload = payload_;
  job_->store = store.get();
  auto stream = std::make_unique<Stream>(std::move(store), StreamEnd::Open);
  // To the framings in it it came at once, with its message.
  stream->addChunk(0, payload_.holder.chunks.timeOf(payload_.at.message.offset));
  job_->connection = std::make_shared<Connection>(0, std::make_shared<CaptureClock>(), std::move(stream));
  decoder_ = std::make_unique<ConnectionDecoder>(job_->connection, nullptr, pool);
  DirectionReader reader;
  reader.framer = payload_.inside.first().framer;
  reader.layers = payload_.inside;
  decoder_->setReaders(reader, reader);
  runInPool(pool ? pool : backgroundPool(), [job = job_] { run(job); });
}

PayloadReading::~PayloadReading() {
  job_->isCancelled = true;
  job_->mailbox.close();
}

void PayloadReading::run(const std::shared_ptr<Job> &job) {
  const OwnPayload &payload = job->payload;
  const Message &message = payload.at.message;
  QElapsedTimer sinceTold;
  sinceTold.start();
  QString problem;
  const auto done = payload.framer->payloadPieces(payload.holder, message, [&](ByteView piece) {
    while (!piece.empty()) {
      if (job->isCancelled) return false;
      const ByteView some = piece.first(std::min<std::size_t>(piece.size(), mostAtOnce));
      if (const auto added = job->store->append(some); !added) {
        problem = added.error().line();
        return false;
      }
      piece = piece.subspan(some.size());
      if (sinceTold.elapsed() < tellMs) continue;
      job->mailbox.tell(job, [](PayloadReading &reading) { reading.takeProgress(); });
      sinceTold.start();
    }
    return !job->isCancelled;
  });
  if (job->isCancelled) return;
  if (!done) problem = done.error().line();
  // What could not be had in full is cut off, not ended.
  const StreamEnd end = problem.isEmpty() ? payload.end() : StreamEnd::Cut;
  const QList<FramingPart> parts = payload.framer->parts(payload.holder, message, ScanState::startingAt(message.offset),
                                                         message.range(), MessageBranches::mostParts);
  const PayloadOrigin origin = PayloadOrigin::of(*payload.framer, payload.holder, message, parts);
  if (end != StreamEnd::Open) job->connection->stream(Direction::In).finish(end, noTime);
  job->mailbox.tell(job, [origin, problem](PayloadReading &reading) { reading.takeEnd(origin, problem); });
}

void PayloadReading::takeProgress() {
  decoder_->advance();
  Q_EMIT progressed();
}

void PayloadReading::takeEnd(const PayloadOrigin &origin, const QString &problem) {
  origin_ = origin;
  problem_ = problem;
  isComplete_ = true;
  takeProgress();
}

ByteRange PayloadReading::inStream(ByteRange range) const {
  if (isComplete_) return payload_.inStream(origin_, range);
  const ByteRange whole = payload_.at.message.range();
  return payload_.outer ? payload_.outer->inStream(whole, payload_.outer->hasOwnPayload()) : whole;
}

std::optional<quint64> PayloadReading::inPayload(quint64 offset) const {
  return isComplete_ ? payload_.inPayload(origin_, offset) : std::nullopt;
}

}  // namespace octetscope

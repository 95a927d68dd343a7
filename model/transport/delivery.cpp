#include "model/transport/delivery.h"

#include "model/transport/network_error.h"

#include <QFileInfo>

namespace octetscope {

namespace {

constexpr quint64 bytesBlock = 1024 * 1024;
constexpr quint64 fileBlock = 256 * 1024;
constexpr int mostPiecesInARow = 64;
constexpr quint64 mostPiecesAhead = 256;

}  // namespace

Delivery::Delivery(DeliveryPlan plan) : plan_(std::move(plan)), timer_(this) {
  timer_.setSingleShot(true);
  timer_.setTimerType(Qt::PreciseTimer);
  connect(&timer_, &QTimer::timeout, this, &Delivery::pump);
}

std::unique_ptr<Delivery> Delivery::ofBytes(QByteArray bytes, DeliveryPlan plan) {
  std::unique_ptr<Delivery> delivery(new Delivery(std::move(plan)));
  delivery->total_ = static_cast<quint64>(bytes.size());
  delivery->bytes_ = std::move(bytes);
  return delivery;
}

Result<std::unique_ptr<Delivery>> Delivery::ofFile(const QString &path, DeliveryPlan plan) {
  const QFileInfo info(path);
  if (!info.exists()) return fail(tr("there is no file %1").arg(path), tr("check its name and folder"));
  // Opening a pipe or a device could block the thread of all connections.
  if (!info.isFile()) return fail(tr("%1 is not a regular file").arg(path), tr("choose a file"));
  auto file = std::make_unique<QFile>(path);
  if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
    return fail(tr("cannot open %1 (%2)").arg(path, file->errorString()), tr("check its permissions"));
  }
  std::unique_ptr<Delivery> delivery(new Delivery(std::move(plan)));
  delivery->total_ = static_cast<quint64>(file->size());
  delivery->file_ = std::move(file);
  return delivery;
}

void Delivery::start(Channel *channel) {
  channel_ = channel;
  connect(channel_, &Channel::sent, this, &Delivery::taken);
  end_ = channel_->connection()->stream(Direction::Out).size() + channel_->unsent();
  pump();
  // Bytes that the system took at once are told by sent(); nothing at all is told by nobody.
  if (total_ == 0) QMetaObject::invokeMethod(this, &Delivery::taken, Qt::QueuedConnection);
}

void Delivery::cancel() {
  stopped_ = true;
  timer_.stop();
}

quint64 Delivery::done() const {
  if (!channel_) return 0;
  const quint64 out = channel_->connection()->stream(Direction::Out).size();
  return handed_ - std::min(handed_, end_ - std::min(end_, out));
}

/// The offset at which the piece that holds the next byte ends.
quint64 Delivery::pieceEnd() const {
  if (!plan_.cuts.isEmpty()) {
    for (qsizetype i = nextCut_; i < plan_.cuts.size(); ++i) {
      if (plan_.cuts[i] > handed_) return std::min(plan_.cuts[i], total_);
    }
    return total_;
  }
  if (plan_.pieceSize == 0) return total_;
  const quint64 rest = plan_.pieceSize - handed_ % plan_.pieceSize;
  return rest < total_ - handed_ ? handed_ + rest : total_;
}

quint64 Delivery::queueLimit() const {
  // Each piece is an entry of the queue, which costs more than its bytes where it is small.
  if (plan_.isWhole()) return mostUnsent;
  const quint64 piece = std::max<quint64>(pieceEnd() - handed_, 1);
  return piece >= mostUnsent / mostPiecesAhead ? mostUnsent : piece * mostPiecesAhead;
}

void Delivery::pump() {
  if (stopped_ || timer_.isActive()) return;
  for (int row = 0; handed_ < total_; ++row) {
    if (row == mostPiecesInARow) {
      timer_.start(0);  // others have their turn
      return;
    }
    const quint64 end = pieceEnd();
    const quint64 block = file_ ? fileBlock : total_ <= mostUnsent ? mostUnsent : bytesBlock;
    const quint64 size = std::min(end - handed_, block);
    const quint64 unsent = channel_->unsent();
    if (unsent > 0 && unsent + size > queueLimit()) return;  // taken() goes on
    if (!handOver(size)) return;
    while (nextCut_ < plan_.cuts.size() && plan_.cuts[nextCut_] <= handed_) ++nextCut_;
    if (handed_ == end && handed_ < total_ && plan_.intervalMs > 0) {
      timer_.start(plan_.intervalMs);
      return;
    }
  }
}

bool Delivery::handOver(quint64 size) {
  QByteArray block;
  if (file_) {
    block = file_->read(static_cast<qint64>(size));
    if (block.isEmpty()) {
      cancel();
      const Error error =
          file_->error() == QFileDevice::NoError
              ? Error{tr("%1 became shorter while it was sent: %2 of %3 went out")
                          .arg(file_->fileName(), bytesText(handed_), bytesText(total_)),
                      tr("send it again when nothing writes to it")}
              : Error{tr("cannot read %1 (%2)").arg(file_->fileName(), file_->errorString()), tr("check the file")};
      QMetaObject::invokeMethod(this, [this, error] { Q_EMIT failed(error); }, Qt::QueuedConnection);
      return false;
    }
  } else {
    block = size == total_ ? bytes_ : bytes_.mid(static_cast<qsizetype>(handed_), static_cast<qsizetype>(size));
  }
  handed_ += static_cast<quint64>(block.size());
  // The count comes before the sending, so that done() is right in whatever send() leads to.
  end_ =
      channel_->connection()->stream(Direction::Out).size() + channel_->unsent() + static_cast<quint64>(block.size());
  channel_->send(std::move(block));
  return true;
}

void Delivery::taken() {
  if (stopped_) return;
  Q_EMIT progress(done(), total_);
  if (stopped_) return;
  if (handed_ == total_ && done() == total_) {
    stopped_ = true;
    Q_EMIT finished();
    return;
  }
  pump();
}

}  // namespace octetscope

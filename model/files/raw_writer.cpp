#include "model/files/raw_writer.h"

#include "model/background_pool.h"
#include "model/handover.h"

#include <QPromise>
#include <QSaveFile>

#include <memory>

namespace octetscope {

namespace {

constexpr quint64 block = 4ULL << 20;

Result<void> write(const QString &path, const ByteSnapshot &bytes, QPromise<Result<void>> &promise) {
  QSaveFile file(path);
  const auto failure = [&] {
    return fail(RawWriter::tr("cannot write %1 (%2)").arg(path, file.errorString()),
                RawWriter::tr("choose another folder, or make room"));
  };
  if (!file.open(QIODevice::WriteOnly)) return failure();
  for (quint64 at = 0; at < bytes.size(); at += block) {
    if (promise.isCanceled()) return fail(RawWriter::tr("cancelled"));
    const QByteArrayView part = qtView(bytes.view({at, at + block}));
    if (file.write(part.data(), part.size()) != part.size()) return failure();
    promise.setProgressValue(static_cast<int>(at / block) + 1);
  }
  if (bytes.isDamaged()) {
    return fail(RawWriter::tr("the file behind the capture was changed on disk while it was read"),
                RawWriter::tr("open it again"));
  }
  if (!file.commit()) return failure();
  return {};
}

}  // namespace

RawWriter::RawWriter(QObject *parent) : QObject(parent) {
  connect(&watcher_, &QFutureWatcherBase::progressValueChanged, this,
          [this](int blocks) { Q_EMIT progress(std::min(static_cast<quint64>(blocks) * block, total_), total_); });
  connect(&watcher_, &QFutureWatcherBase::finished, this, &RawWriter::onFinished);
}

RawWriter::~RawWriter() {
  cancel();
}

void RawWriter::cancel() {
  watcher_.cancel();
}

void RawWriter::start(const QString &path, ByteSnapshot bytes) {
  total_ = bytes.size();
  auto promise = std::make_shared<QPromise<Result<void>>>();
  promise->setProgressRange(0, static_cast<int>((total_ + block - 1) / block));
  promise->start();
  watcher_.setFuture(promise->future());
  runInPool(backgroundPool(), [path, bytes = std::move(bytes), promise] {
    promise->addResult(write(path, bytes, *promise));
    promise->finish();
  });
}

void RawWriter::onFinished() {
  // A cancelled future keeps no result.
  const Result<void> result = watcher_.future().resultCount() > 0 ? watcher_.result() : fail(tr("cancelled"));
  if (result) {
    Q_EMIT finished();
  } else {
    Q_EMIT failed(result.error());
  }
}

}  // namespace octetscope

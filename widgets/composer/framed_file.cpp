#include "widgets/composer/framed_file.h"

#include "model/background_pool.h"
#include "model/handover.h"

#include <QFile>
#include <QPromise>

#include <memory>

namespace octetscope {

namespace {

Result<QByteArray> readAndFrame(const QString &path, const FramerPtr &framer) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return fail(file.errorString(), FramedFile::tr("check the path"));
  const QByteArray bytes = file.read(FramedFile::mostBytes + 1);
  if (bytes.size() > FramedFile::mostBytes) {
    return fail(FramedFile::tr("the file is larger than 64 MiB, too large for one message"),
                FramedFile::tr("send it without framing"));
  }
  return framer->encode(bytes);
}

}  // namespace

FramedFile::FramedFile(QObject *parent) : QObject(parent) {
  connect(&watcher_, &QFutureWatcherBase::finished, this, [this] { Q_EMIT done(watcher_.result()); });
}

void FramedFile::read(const QString &path, const FramerPtr &framer) {
  auto promise = std::make_shared<QPromise<Result<QByteArray>>>();
  watcher_.setFuture(promise->future());
  runInPool(backgroundPool(), [promise, path, framer] {
    promise->start();
    promise->addResult(readAndFrame(path, framer));
    promise->finish();
  });
}

}  // namespace octetscope

#include "widgets/controls/text_copier.h"

#include "model/background_pool.h"
#include "model/mailbox.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QThreadPool>

#include <utility>

namespace octetscope {

struct TextCopier::Job {
  Make make;
  QString done;
  std::atomic<bool> isCancelled = false;
  Mailbox<TextCopier> mailbox;

  Job(Make text, QString words, TextCopier *copier) : make(std::move(text)), done(std::move(words)), mailbox(copier) {}
};

TextCopier::TextCopier(QObject *parent) : QObject(parent) {}

TextCopier::~TextCopier() {
  cancel();
}

void TextCopier::start(Make make, quint64 characters, const QString &done) {
  cancel();
  if (characters <= mostAtOnce) {
    const std::atomic<bool> isCancelled = false;
    put(make(isCancelled), done);
    return;
  }
  job_ = std::make_shared<Job>(std::move(make), done, this);
  Q_EMIT said(tr("Copying…"));
  runInPool(backgroundPool(), [job = job_] {
    Result<QString> text = job->make(job->isCancelled);
    job->mailbox.tell(job, [job, text = std::move(text)](TextCopier &copier) { copier.finish(job, text); });
  });
}

void TextCopier::cancel() {
  // It is held until the lock is open again: the worker may let go of it first.
  const std::shared_ptr<Job> job = std::exchange(job_, nullptr);
  if (!job) return;
  job->isCancelled.store(true, std::memory_order_relaxed);
  job->mailbox.close();
}

void TextCopier::finish(const std::shared_ptr<Job> &job, const Result<QString> &text) {
  if (job_ != job) return;
  job_.reset();
  put(text, job->done);
}

void TextCopier::put(const Result<QString> &text, const QString &done) {
  if (!text) {
    Q_EMIT said(text.error().line() + u'.');
    return;
  }
  QGuiApplication::clipboard()->setText(*text);
  Q_EMIT said(done);
}

}  // namespace octetscope

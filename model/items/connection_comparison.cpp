#include "model/items/connection_comparison.h"

#include "model/background_pool.h"
#include "model/framing/divergence_words.h"
#include "model/mailbox.h"

#include <QDeadlineTimer>
#include <QThreadPool>

#include <atomic>

namespace octetscope {

namespace {

constexpr int sliceMs = 16;
constexpr quint64 sliceBytes = 4 << 20;

}  // namespace

/// A comparison under way. One slice at a time touches it.
struct ConnectionComparison::Run {
  Run(Comparison made, ConnectionComparison *owner) : comparison(std::move(made)), mailbox(owner) {}

  Comparison comparison;
  std::atomic<bool> isCancelled = false;
  Mailbox<ConnectionComparison> mailbox;
};

ConnectionComparison::ConnectionComparison(FramerPtr a, FramerPtr b, quint64 start, QObject *parent, QThreadPool *pool)
    : QObject(parent), a_(std::move(a)), b_(std::move(b)), start_(start), pool_(pool ? pool : backgroundPool()) {
  begin();
}

ConnectionComparison::~ConnectionComparison() {
  run_->isCancelled = true;
  run_->mailbox.close();
}

void ConnectionComparison::begin() {
  if (run_) {
    run_->isCancelled = true;
    run_->mailbox.close();
  }
  run_ = std::make_shared<Run>(Comparison(a_, b_, start_), this);
  isRunning_ = isRequested_ = false;
}

void ConnectionComparison::setView(const StreamView &view) {
  if (view.size() < view_.size()) begin();
  view_ = view;
  if (isRunning_) {
    isRequested_ = true;
  } else {
    launch();
  }
}

void ConnectionComparison::launch() {
  isRunning_ = true;
  isRequested_ = false;
  runInPool(pool_, [run = run_, view = view_, pool = pool_] {
    const QDeadlineTimer deadline(sliceMs);
    bool more = true;
    while (more && !run->isCancelled && !deadline.hasExpired()) more = run->comparison.advance(view, sliceBytes, pool);
    if (run->isCancelled) return;
    Found found{.view = view, .same = run->comparison.sameMessages(), .reached = run->comparison.reached()};
    if (!more) found.divergence = run->comparison.divergence(view);
    found.isComplete = !more;
    run->mailbox.tell(run, [run, found = std::move(found), more](ConnectionComparison &receiver) {
      receiver.publish(run, found, more);
    });
  });
}

void ConnectionComparison::publish(const std::shared_ptr<Run> &run, Found found, bool more) {
  if (run != run_) return;  // begun anew since
  isRunning_ = false;
  found_ = std::move(found);
  if (more || isRequested_) launch();
  Q_EMIT changed();
}

QString ConnectionComparison::words() const {
  if (found_.divergence) return divergenceWords(*a_, *b_, found_.view, *found_.divergence);
  if (found_.isComplete) return agreementWords(found_.same, found_.view.size());
  const quint64 percent = found_.view.size() == 0 ? 0 : found_.reached * 100 / found_.view.size();
  return tr("Comparing… %1 %").arg(percent);
}

}  // namespace octetscope

// Mailbox: how work in another thread tells who asked for it, which may be gone by then, or want nothing more of it.
#pragma once

#include "model/handover.h"

#include <memory>
#include <mutex>

namespace octetscope {

template <typename Receiver>
class Mailbox {
 public:
  /// `receiver`: a QObject that closes this before it goes.
  explicit Mailbox(Receiver *receiver) : receiver_(receiver) {}

  /// Nothing more is told, nothing queued either. The receiver's thread.
  void close() {
    const std::lock_guard lock(mutex_);
    receiver_ = nullptr;
  }
  /// Runs act(receiver) from the event loop of the receiver, if it is there by then. Any thread. `owner`: what this is
  /// a part of; it lives until then.
  template <typename Owner, typename Act>
  void tell(std::shared_ptr<Owner> owner, Act act) {
    const std::lock_guard lock(mutex_);
    if (!receiver_) return;
    runLater(receiver_, [this, owner = std::move(owner), act = std::move(act)]() mutable {
      // Only this thread closes it.
      if (receiver_) act(*receiver_);
    });
  }

 private:
  std::mutex mutex_;  // guards receiver_
  Receiver *receiver_;
};

}  // namespace octetscope

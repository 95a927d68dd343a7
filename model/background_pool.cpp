#include "model/background_pool.h"

#include <QCoreApplication>
#include <QThreadPool>

namespace octetscope {

QThreadPool *backgroundPool() {
  static QThreadPool pool;
  // Before anything goes that work may look at.
  [[maybe_unused]] static const bool isToldOfTheEnd = [] {
    qAddPostRoutine([] {
      pool.clear();
      pool.waitForDone();
    });
    return true;
  }();
  return &pool;
}

}  // namespace octetscope

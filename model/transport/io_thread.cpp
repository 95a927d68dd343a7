#include "model/transport/io_thread.h"

namespace octetscope {

IoThread::IoThread() : context_(new QObject) {
  thread_.setObjectName(QStringLiteral("octetscope-io"));
  context_->moveToThread(&thread_);
  thread_.start();
}

IoThread::~IoThread() {
  runAndWait([this] { delete context_; });
  thread_.quit();
  thread_.wait();
}

}  // namespace octetscope

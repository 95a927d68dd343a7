#include "app/screenshot.h"

#include <QImageWriter>
#include <QPixmap>
#include <QWidget>

namespace octetscope {

namespace {
constexpr int quietMs = 400;
}

Screenshot::Screenshot(QWidget *window, QString path, int afterMs, QObject *parent)
    : QObject(parent), window_(window), path_(std::move(path)), waitsForQuiet_(afterMs < 0) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &Screenshot::take);
  timer_.start(waitsForQuiet_ ? quietMs : afterMs);
}

void Screenshot::changed() {
  if (waitsForQuiet_ && !held_ && timer_.isActive()) timer_.start();
}

void Screenshot::setHeld(bool held) {
  if (!waitsForQuiet_ || held == held_) return;
  held_ = held;
  if (held) {
    timer_.stop();
  } else {
    timer_.start();
  }
}

void Screenshot::take() {
  QImageWriter writer(path_);
  const bool saved = writer.write(window_->grab().toImage());
  Q_EMIT taken(saved ? QString() : tr("cannot write %1: %2").arg(path_, writer.errorString()));
}

}  // namespace octetscope

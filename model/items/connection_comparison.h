// ConnectionComparison: two framings of one stream, compared in the background, in slices, while it grows. The window's
// thread gets what was found as values that are consistent in themselves. It may be deleted at any time.
#pragma once

#include "model/framing/comparison.h"

#include <QObject>

#include <memory>

class QThreadPool;

namespace octetscope {

class ConnectionComparison : public QObject {
  Q_OBJECT
 public:
  /// What is known. `view`: the bytes it is about.
  struct Found {
    StreamView view;
    quint64 same = 0;  ///< messages that are final and the same in both
    quint64 reached = 0;
    std::optional<Divergence> divergence = {};
    bool isComplete = false;  ///< all of `view` was compared, or as much as it takes to find where they part
  };

  /// `start`: the first byte that is framed. `pool`: where it works, null: the program's own; must outlive it.
  ConnectionComparison(FramerPtr a, FramerPtr b, quint64 start = 0, QObject *parent = nullptr,
                       QThreadPool *pool = nullptr);
  ~ConnectionComparison() override;

  const Framer &a() const { return *a_; }
  const Framer &b() const { return *b_; }

  /// Compares what `view` holds. Call it whenever there is more, or less: a shorter one begins the comparison anew.
  void setView(const StreamView &view);
  const Found &found() const { return found_; }
  bool isBusy() const { return isRunning_ || !found_.isComplete; }
  /// What was found, in words; while it is busy, how far it has come.
  QString words() const;

 Q_SIGNALS:
  /// found() is another one.
  void changed();

 private:
  struct Run;
  void launch();
  void publish(const std::shared_ptr<Run> &run, Found found, bool more);
  void begin();

  const FramerPtr a_;
  const FramerPtr b_;
  const quint64 start_;
  QThreadPool *const pool_;
  std::shared_ptr<Run> run_;
  StreamView view_;
  Found found_;
  bool isRunning_ = false;
  bool isRequested_ = false;
};

}  // namespace octetscope

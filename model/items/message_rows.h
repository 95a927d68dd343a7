// MessageRows: where rows stand when each message begins a row of its own: landmarks, one every 256 messages, from
// which any row is found by looking at the few messages behind it. They are counted in the background, in slices, as
// messages become final; by the prefix property they hold for every earlier moment, too. Lives in the window's thread.
#pragma once

#include "model/items/connection_decoder.h"
#include "model/items/row_landmark.h"

#include <QObject>

#include <memory>

class QThreadPool;

namespace octetscope {

class MessageRows : public QObject {
  Q_OBJECT
 public:
  static constexpr quint64 messagesApart = 256;

  /// The decoder must outlive it. `pool`: where it works, null: the program's own; must outlive it.
  MessageRows(ConnectionDecoder &decoder, Direction direction, QObject *parent = nullptr, QThreadPool *pool = nullptr);
  ~MessageRows() override;

  /// Bytes a row; another number starts over. Nothing is counted before.
  void setBytesPerRow(int bytes);
  int bytesPerRow() const { return bytesPerRow_; }
  /// As far as it is counted, of what is decoded now; never null. The list itself stays as it is.
  const RowLandmarks &landmarks();
  bool isBusy() const { return isBusy_; }

 Q_SIGNALS:
  /// landmarks() are more, or begin anew.
  void progressed();

 private:
  struct Job;
  void restart();
  void goOn();
  static void run(const std::shared_ptr<Job> &job, const StreamView &view, quint64 finals);
  void take(std::vector<RowLandmark> more, bool isComplete);
  void drop();

  ConnectionDecoder &decoder_;
  const Direction direction_;
  QThreadPool *const pool_;
  int bytesPerRow_ = 0;
  RowLandmarks landmarks_;
  std::shared_ptr<Job> job_;
  bool isBusy_ = false;
};

}  // namespace octetscope

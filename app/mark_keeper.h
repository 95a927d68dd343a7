// MarkKeeper: remembers the marks of files from one day to the next: brings them back when the file is opened, and
// writes them down a moment after they changed, both in the background. Live captures have theirs while they are open,
// and give them to the files that their bytes are saved in.
#pragma once

#include "model/items/capture_list.h"
#include "model/marks/mark_store.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QThreadPool>
#include <QTimer>

namespace octetscope {

class MarkKeeper : public QObject {
  Q_OBJECT
 public:
  /// `captures` outlive it. `folder`: where it keeps them.
  MarkKeeper(CaptureList *captures, const QString &folder, QObject *parent = nullptr);
  /// Writes what is not written yet, and waits for it.
  ~MarkKeeper() override;

  /// These first bytes of one direction of a connection are a file now. It has the marks on them, until it is opened:
  /// then it has its own.
  void keepFor(Capture *capture, int connection, Direction direction, const QString &path, const ByteSnapshot &bytes);
  /// How many marks no file has: they go with the capture.
  qulonglong keptNowhere(const Capture *capture) const;
  /// Writes at once, and waits until it is done.
  void flush();

 Q_SIGNALS:
  /// A file's marks are back: so many.
  void broughtBack(octetscope::Capture *capture, qulonglong count);
  void failed(const octetscope::Error &error);

 private:
  /// A file, and whose marks it has.
  struct Kept {
    MarkedFile file;
    int connection = 0;
    Direction direction = Direction::In;
    bool has(const Mark &mark) const;
  };
  void forgetOthers(const QString &path);
  void watch(Capture *capture);
  void write(Capture *capture);
  void writeChanged();

  CaptureList *const captures_;
  const MarkStore store_;
  QThreadPool pool_;  // of one thread: one after the other
  QTimer soon_;
  QHash<Capture *, QList<Kept>> files_;
  QSet<Capture *> changed_;
  bool isBringing_ = false;
};

}  // namespace octetscope

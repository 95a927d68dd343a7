// Screenshot: takes the picture of a window that --screenshot asks for, once the window has settled or after a given
// time.
#pragma once

#include <QObject>
#include <QTimer>

class QWidget;

namespace octetscope {

class Screenshot : public QObject {
  Q_OBJECT
 public:
  /// `afterMs` -1: when nothing has changed() for a moment and nothing holds it back.
  Screenshot(QWidget *window, QString path, int afterMs, QObject *parent = nullptr);

  /// Something on the screen changed: the moment of quiet begins anew.
  void changed();
  /// While held, it waits: a demonstration runs, a file is being framed.
  void setHeld(bool held);

 Q_SIGNALS:
  /// It was saved, or `error` says why not.
  void taken(const QString &error);

 private:
  void take();

  QWidget *const window_;
  const QString path_;
  QTimer timer_;
  const bool waitsForQuiet_;
  bool held_ = false;
};

}  // namespace octetscope

// CaptureList: the captures that are open, in the order in which they were opened. It owns them.
#pragma once

#include "model/capture/capture.h"

#include <QObject>

#include <memory>
#include <vector>

namespace octetscope {

/// Lives in the window's thread.
class CaptureList : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  ~CaptureList() override;

  int count() const { return static_cast<int>(captures_.size()); }
  /// 0 <= index < count().
  Capture *at(int index) const { return captures_[static_cast<std::size_t>(index)].get(); }
  /// -1: not in the list.
  int indexOf(const Capture *capture) const;
  QList<Capture *> all() const;

  /// Adds it at the end and returns it.
  Capture *add(std::unique_ptr<Capture> capture);
  /// Takes it out and deletes it once every listener has let go of it (removed() has returned). Whoever records into it
  /// must have stopped. Ignored when it is not in the list.
  void remove(Capture *capture);

 Q_SIGNALS:
  void aboutToBeAdded(int index);
  void added(octetscope::Capture *capture);
  void aboutToBeRemoved(octetscope::Capture *capture);
  /// `index`: where it stood.
  void removed(int index);

 private:
  std::vector<std::unique_ptr<Capture>> captures_;
};

}  // namespace octetscope

// SelectionHub: the one place that knows what is selected. Views tell it and listen to it, never to each other.
#pragma once

#include "model/capture/stream.h"

#include <QObject>

#include <optional>

namespace octetscope {

struct Selection {
  Direction direction = Direction::In;
  ByteRange range;                      ///< in the stream; empty: a caret at range.begin
  std::optional<quint64> message = {};  ///< the message it lies in, where the teller knows it
  bool operator==(const Selection &) const = default;
};

/// One hub for each decoded connection shown. Lives in the window's thread.
class SelectionHub : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  const std::optional<Selection> &current() const { return current_; }
  /// Tells what is selected now, and who says so; nothing happens when it is that already.
  void select(std::optional<Selection> selection, const QObject *who);

 Q_SIGNALS:
  /// `who` should not move itself: it knows already.
  void changed(const std::optional<octetscope::Selection> &selection, const QObject *who);

 private:
  std::optional<Selection> current_;
};

}  // namespace octetscope

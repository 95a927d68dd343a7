// SelectionHub: the one place that knows what is selected. Views tell it and listen to it, never to each other.
#pragma once

#include "model/capture/stream.h"

#include <QList>
#include <QObject>

#include <optional>

namespace octetscope {

/// A place in a payload that is no range of the stream.
struct PayloadPlace {
  QList<quint64> of;  ///< whose payload: the number of a message, then of each one in the payload of the last
  ByteRange range;    ///< in the payload
  bool operator==(const PayloadPlace &) const = default;
};

struct Selection {
  Direction direction = Direction::In;
  ByteRange range;                      ///< in the stream; empty: a caret at range.begin
  std::optional<quint64> message = {};  ///< the message it lies in, where the teller knows it
  /// What is meant lies there; `range` is what it was made of.
  std::optional<PayloadPlace> payload = {};

  /// The same place, whatever messages are made of the bytes.
  Selection withoutMessages() const { return {direction, range}; }
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

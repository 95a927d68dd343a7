// MessageOrder: which rows of a decoder the message list shows, at which position: those that pass the filter, in the
// order in which they arrived, or sorted by what a name says of their messages. It sorts in the background; what
// arrives meanwhile stands behind the rest until it has its place. Numbers of rows never change: a position is one more
// way to name a row.
#pragma once

#include "model/filter/filter_expression.h"
#include "model/items/connection_decoder.h"

#include <QObject>

#include <memory>

class QThreadPool;

namespace octetscope {

class MessageFilter;

/// What is sorted by.
struct MessageSort {
  QString name;  ///< that filters know: "size", "seq", "payload[0:4]"
  bool isDescending = false;
  bool operator==(const MessageSort &) const = default;
};

class MessageOrder : public QObject {
  Q_OBJECT
 public:
  /// Lives in the decoder's thread. `filter`: of that decoder; null: every row is shown. Both must outlive it. `pool`:
  /// as the decoder's.
  explicit MessageOrder(ConnectionDecoder &decoder, MessageFilter *filter = nullptr, QObject *parent = nullptr,
                        QThreadPool *pool = nullptr);
  ~MessageOrder() override;

  /// Sorts by that; none: the order of arrival. Rows without a value (events, messages without that field) stand last,
  /// whichever way. A name that no message has is an error, and changes nothing. The order so far stays until the new
  /// one is found; the other way round is there at once.
  FilterResult<void> sortBy(const std::optional<MessageSort> &sort);
  /// Gives up an order that is not found yet: what is shown stays.
  void stop();
  /// What was asked for, found or not.
  const std::optional<MessageSort> &sort() const;
  /// Why nothing can be sorted by that now: what messages are read with has changed. The order of arrival is shown.
  const std::optional<FilterError> &error() const;
  /// True while an order was asked for that is not shown yet.
  bool isBusy() const;
  /// How much of that is done, 0 to 1.
  double progress() const;

  // Constant between signals.
  /// Rows that are listed.
  quint64 count() const;
  /// The decoder's row at `position` < count(). O(log rows).
  quint64 rowAt(quint64 position) const;
  /// Whether a row of the decoder is listed.
  bool isListed(quint64 row) const;
  /// The position of a row that is listed.
  quint64 positionOf(quint64 row) const;

 Q_SIGNALS:
  /// All is another. Before and after; a reset may lie in another one.
  void aboutToReset();
  void wasReset();
  /// The same rows stand in another order. Before and after.
  void aboutToReorder();
  void reordered();
  /// Positions [first, last] are about to be there / are there now.
  void rowsAboutToBeAdded(quint64 first, quint64 last);
  void rowsAdded(quint64 first, quint64 last);
  void rowsAboutToBeRemoved(quint64 first, quint64 last);
  void rowsRemoved(quint64 first, quint64 last);
  /// sort(), error(), isBusy() or progress() changed.
  void stateChanged();

 private:
  class Private;
  std::unique_ptr<Private> d_;
};

}  // namespace octetscope

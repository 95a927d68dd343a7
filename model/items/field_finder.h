// FieldFinder: finds messages by the values of their fields, by a value as it is shown or by an expression of filters:
// a second MessageFilter, which hides nothing. It counts them, goes from one to the next in the order of their rows,
// and says which field of a message it is.
#pragma once

#include "model/items/message_filter.h"
#include "model/items/selection_hub.h"

#include <QObject>

#include <memory>
#include <vector>

namespace octetscope {

/// Lives in the window's thread.
class FieldFinder : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  ~FieldFinder() override;

  /// What is looked through; null: nothing. Not owned; must be told before the decoder goes.
  void setDecoder(ConnectionDecoder *decoder);

  /// What is typed, as an expression. It is one itself where it has an operator; else it is a value: a number in any
  /// notation is found where a field equals it, and any text where a field contains it. In quotes it is text.
  /// Errors: those of the expression.
  static FilterResult<FilterExpression> read(const QString &typed, bool ignoresCase);
  /// Looks for it from the first message on. Errors: as read(), or it does not fit what messages are read with; then
  /// nothing is looked for.
  FilterResult<void> look(const QString &typed, bool ignoresCase);
  void stop();

  bool isLooking() const { return filter_ && filter_->isActive(); }
  /// Every message that is there was looked into.
  bool isComplete() const;
  /// Rows looked into, and rows there are.
  std::pair<quint64, quint64> progress() const;
  /// Messages found, of those that are shown.
  quint64 count() const;
  bool has(Direction direction, quint64 message) const { return isLooking() && filter_->passes(direction, message); }
  /// The first one at or behind number `first`.
  std::optional<quint64> next(Direction direction, quint64 first) const;
  /// Its place among those found, from 0; none where it is not one of them.
  std::optional<quint64> placeOf(Direction direction, quint64 message) const;

  struct Found {
    Selection selection;  ///< the field where one alone matched, else the message
    quint64 place = 0;
    bool wrapped = false;
  };
  /// The next one behind the message of `from` (`by` 1), or before it (-1), past the end from the other one; 0: the
  /// message itself, or the next. None: nothing is found.
  std::optional<Found> find(const std::optional<Selection> &from, int by) const;
  /// The bytes of the fields of a message that match, where they lie in the stream; `most` at most.
  std::vector<ByteRange> fieldsOf(Direction direction, quint64 message, std::size_t most = 100) const;
  const ConnectionDecoder *decoder() const { return decoder_; }

 Q_SIGNALS:
  /// Something else is looked for, more was found, or other messages are shown.
  void changed();

 private:
  ConnectionDecoder *decoder_ = nullptr;
  std::unique_ptr<MessageFilter> filter_;
};

}  // namespace octetscope

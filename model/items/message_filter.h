// MessageFilter: which rows of a ConnectionDecoder pass a filter: judged in the background, in slices, also what comes
// later; what the decoder shows is what is filtered, so an earlier moment has the rows that had passed by then. Numbers
// of rows never change: a position among those that pass is one more way to name a row. Events pass no filter.
//
// A final message's judgement never changes. The last message of a direction is judged as it stands, again when it has
// grown.
#pragma once

#include "model/filter/filter_program.h"
#include "model/items/connection_decoder.h"

#include <QObject>

#include <memory>

class QThreadPool;

namespace octetscope {

class MessageFilter : public QObject {
  Q_OBJECT
 public:
  /// Lives in the decoder's thread; the decoder must outlive it. `pool`: as the decoder's.
  explicit MessageFilter(ConnectionDecoder &decoder, QObject *parent = nullptr, QThreadPool *pool = nullptr);
  ~MessageFilter() override;

  /// Filters by `expression`, from the first row on; none: nothing is filtered. An expression that cannot be bound to
  /// what the messages are read with is an error, and changes nothing.
  FilterResult<void> setExpression(const std::optional<FilterExpression> &expression);
  /// What is filtered by; none: nothing is.
  const std::optional<FilterExpression> &expression() const;
  /// True while rows are filtered. Not where the expression no longer fits what messages are read with: error() says
  /// why, and all rows pass until it does again.
  bool isActive() const;
  const std::optional<FilterError> &error() const;
  /// What rows are judged by while isActive(), else null: for who judges messages on their own, away from this thread.
  std::shared_ptr<const FilterProgram> program() const;
  /// Whether `expression` could be bound now: for who types.
  FilterResult<void> check(const FilterExpression &expression) const;
  /// What names mean now, by direction: for completions.
  std::array<FilterScope, 2> scopes() const;
  static FilterScope scopeOf(const DirectionReader &reader);
  /// What a message of the decoder is judged by, to make expressions from it.
  FilterStream streamOf(Direction direction) const;

  // All while isActive(); constant between signals.
  /// Rows of those the decoder shows that pass, as far as they are judged.
  quint64 passingCount() const;
  /// The row of the decoder that is number `position` < passingCount() of those. O(log rows).
  quint64 rowAt(quint64 position) const;
  /// Whether a row of the decoder passes; false where it is not judged yet. O(1).
  bool passes(quint64 row) const;
  bool passes(Direction direction, quint64 number) const;
  /// How many rows before `row` pass: the position of a row that does.
  quint64 passingBefore(quint64 row) const;
  /// Which of the first `rows` rows pass, 64 in a word, lowest bit first; false where they are not judged yet: for
  /// another thread. Costs a look at each word.
  std::vector<quint64> passingWords(quint64 rows) const;
  /// Whether any of the messages [first, end) of a direction passes, or is not judged yet. O(1), however many they are:
  /// for who draws them.
  bool mayPass(Direction direction, quint64 first, quint64 end) const;
  /// The first message at or behind number `first` of a direction that passes, of those shown. O(log).
  std::optional<quint64> nextPassing(Direction direction, quint64 first) const;
  /// Rows judged, of decoder.liveRowCount().
  quint64 judgedRows() const;
  /// True while there are rows to judge that have not just come.
  bool isBusy() const;
  /// Bytes of memory that the judgements fill.
  quint64 memoryUsed() const;

 Q_SIGNALS:
  /// All is another: the expression, or what messages are read with. Before and after.
  void aboutToReset();
  void wasReset();
  /// Positions [first, last] are about to be there / are there now; nearly always the last ones.
  void rowsAboutToBeAdded(quint64 first, quint64 last);
  void rowsAdded(quint64 first, quint64 last);
  void rowsAboutToBeRemoved(quint64 first, quint64 last);
  void rowsRemoved(quint64 first, quint64 last);
  /// After the signals above: more is judged, whether it passes or not.
  void progressed();
  void busyChanged(bool busy);

 private:
  class Private;
  std::unique_ptr<Private> d_;
};

}  // namespace octetscope

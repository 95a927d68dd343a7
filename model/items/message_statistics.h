// MessageStatistics: what is to be said of all messages of a connection together, or of those that pass its filter:
// sizes, chunks a message, errors, and how often each value of a field is. Counted in the background, in slices,
// message by message as they become final, for the moment that the decoder shows.
#pragma once

#include "model/filter/filter_expression.h"
#include "model/items/connection_decoder.h"
#include "model/items/size_histogram.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <array>
#include <memory>

class QThreadPool;

namespace octetscope {

class MessageFilter;

/// Of values that are finite numbers, of several in a message each.
struct NumberSummary {
  quint64 count = 0;
  double least = 0;
  double greatest = 0;
  double sum = 0;

  void add(double value);
  double mean() const { return count == 0 ? 0 : sum / static_cast<double>(count); }
};

/// Of the final messages of one direction.
struct DirectionStatistics {
  quint64 looked = 0;   ///< messages, whether they are counted or do not pass the filter
  SizeHistogram sizes;  ///< of whole messages, framing included
  quint64 complete = 0;
  quint64 incomplete = 0;
  quint64 errors = 0;
  quint64 payloadBytes = 0;
  quint64 chunks = 0;       ///< that carry them
  quint64 split = 0;        ///< messages in more than one chunk
  quint64 mostChunks = 0;   ///< of one message
  quint64 sharing = 0;      ///< messages that share a chunk with another, which need not pass the filter
  qint64 firstNs = noTime;  ///< when the first byte of the first came
  qint64 lastNs = noTime;   ///< when the last byte of the last came
  /// How often each value of the field is; nothing where none was asked for.
  QHash<QString, quint64> values;
  /// An expression for each of them, that holds for the messages that have it: of long ones for more.
  QHash<QString, QString> filters;
  NumberSummary numbers;     ///< those among its values, however many different ones there are
  quint64 withoutField = 0;  ///< of the messages, where one was asked for
  quint64 otherValues = 0;   ///< messages whose value came when there were mostValues already

  quint64 messages() const { return sizes.count(); }
};

class FilterValueReader;

class MessageStatistics : public QObject {
  Q_OBJECT
 public:
  static constexpr qsizetype mostValues = 10'000;

  /// Lives in the decoder's thread; the decoder must outlive it.
  explicit MessageStatistics(ConnectionDecoder &decoder, QObject *parent = nullptr, QThreadPool *pool = nullptr);
  ~MessageStatistics() override;

  /// Counts the values of this field too, or of any other name that filters know, "kind", "tags[0]", "payload[0:2]":
  /// the first of each message, and of those inside it; empty: of none.
  void setField(const QString &name);
  const QString &field() const { return field_; }
  /// Counts what passes this filter alone, of the same decoder; null: all messages. Not owned. While it filters nothing
  /// all are counted.
  void setFilter(MessageFilter *filter);
  /// What the messages are filtered by; empty: nothing.
  QString filterText() const;
  /// Why none of its values can be counted: what messages are read with has no such name. None: they can.
  const std::optional<FilterError> &fieldError() const { return fieldError_; }

  const DirectionStatistics &of(Direction direction) const { return known_[static_cast<std::size_t>(direction)]; }
  /// Final messages of the moment shown that were not looked at yet.
  quint64 uncounted() const;

 Q_SIGNALS:
  void changed();

 private:
  struct Run;
  void restart();
  void bind();
  void request();
  void take(const std::shared_ptr<Run> &run, std::array<DirectionStatistics, 2> known);

  ConnectionDecoder &decoder_;
  QThreadPool *const pool_;
  QPointer<MessageFilter> filter_;
  QString field_;
  std::shared_ptr<const FilterValueReader> reader_;  // of field_; null: none, or an error
  std::optional<FilterError> fieldError_;
  std::array<DirectionStatistics, 2> known_;
  std::shared_ptr<Run> run_;
  bool isRunning_ = false;
  bool isRequested_ = false;
};

}  // namespace octetscope

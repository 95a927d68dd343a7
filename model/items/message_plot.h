// MessagePlot: one chart of the messages of a connection: which points there are, in buckets. Gathered in the
// background, in slices, message by message as they become final, for the moment that the decoder shows.
#pragma once

#include "model/items/connection_decoder.h"
#include "model/items/plot_buckets.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <array>
#include <memory>

class QThreadPool;

namespace octetscope {

class MessageFilter;

enum class PlotKind {
  FieldOverMessages,  ///< along the messages' numbers
  FieldOverTime,      ///< along the nanoseconds since the capture's begin, as all times here
  Sizes,              ///< of whole messages, in bytes, along their numbers
  InterArrival,       ///< seconds since the message before in its direction was complete, along their numbers
  BytesASecond,       ///< sizes along the time; the sum of a bucket is what counts
  Histogram,          ///< along the field's values; how many lie in a bucket is what counts
};

inline bool needsField(PlotKind kind) {
  return kind == PlotKind::FieldOverMessages || kind == PlotKind::FieldOverTime || kind == PlotKind::Histogram;
}
inline bool isOverTime(PlotKind kind) {
  return kind == PlotKind::FieldOverTime || kind == PlotKind::BytesASecond;
}

/// Of one direction. A message's time is when its last byte came.
struct PlotSeries {
  PlotBuckets buckets;
  quint64 messages = 0;      ///< that were looked at
  quint64 filteredOut = 0;   ///< the filter lets them not pass
  quint64 withoutField = 0;  ///< they have no such field, or are in error
  quint64 notNumbers = 0;    ///< it is text or bytes there, or no finite number
  bool areWhole = true;      ///< every value is a whole number
  quint64 withoutTime = 0;   ///< of a source that has no times, or nothing came before
};

/// The names of a payload's first numbers, as MessagePlot takes them: "seq", "header.length". At most `most`.
QStringList numberFieldsOf(const FieldDecoder &fields, ByteView payload, qsizetype most);

class MessagePlot : public QObject {
  Q_OBJECT
 public:
  /// Lives in the decoder's thread; the decoder must outlive it. `field`: a name that filters know, "seq", "tags[0]",
  /// "payload[0:2]", where the kind needs one. `filter`: of the decoder; what does not pass it has no point. Null: all
  /// have one.
  MessagePlot(ConnectionDecoder &decoder, PlotKind kind, const QString &field, MessageFilter *filter = nullptr,
              QObject *parent = nullptr, QThreadPool *pool = nullptr);
  ~MessagePlot() override;

  PlotKind kind() const { return kind_; }
  const QString &field() const { return field_; }
  const PlotSeries &of(Direction direction) const { return known_[static_cast<std::size_t>(direction)]; }
  /// What the messages are filtered by; empty: nothing.
  QString filterText() const;
  /// Final messages of the moment shown that were not looked at yet.
  quint64 missing() const;

 Q_SIGNALS:
  void changed();

 private:
  struct Run;
  void letGo();
  void restart();
  void request();
  void take(const std::shared_ptr<Run> &run, std::array<PlotSeries, 2> known);

  ConnectionDecoder &decoder_;
  QThreadPool *const pool_;
  const PlotKind kind_;
  const QString field_;
  const QPointer<MessageFilter> filter_;
  std::array<PlotSeries, 2> known_;
  std::shared_ptr<Run> run_;
  bool isRunning_ = false;
  bool isRequested_ = false;
};

}  // namespace octetscope

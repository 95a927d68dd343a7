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
  InterArrival,       ///< seconds since the message before in its direction, along their numbers
  BytesASecond,       ///< bytes of messages along the time, as chunks carried them; the sum of a bucket is what counts
  Histogram,          ///< along the field's values; how many lie in a bucket is what counts
};

inline bool needsField(PlotKind kind) {
  return kind == PlotKind::FieldOverMessages || kind == PlotKind::FieldOverTime || kind == PlotKind::Histogram;
}
inline bool isOverTime(PlotKind kind) {
  return kind == PlotKind::FieldOverTime || kind == PlotKind::BytesASecond;
}
inline bool isOverMessages(PlotKind kind) {
  return kind != PlotKind::Histogram && !isOverTime(kind);
}

/// A part of the axis below: [from, to), in message numbers, nanoseconds since the capture's begin or values.
struct PlotRange {
  double from = 0;
  double to = 0;
  bool operator==(const PlotRange &) const = default;

  double width() const { return to - from; }
  bool contains(double x) const { return x >= from && x < to; }
  bool contains(const PlotRange &other) const { return other.from >= from && other.to <= to; }
};

/// What is gathered.
struct PlotRequest {
  PlotKind kind = PlotKind::Sizes;
  /// A name that filters know, "seq", "tags[0]", "payload[0:2]", where the kind needs one.
  QString field = {};
  /// Only what lies there: in as fine buckets as there is room for. Nothing but the messages of it is looked at, where
  /// the kind is along numbers or times. None: all.
  std::optional<PlotRange> range = {};
  /// Of BytesASecond: nanoseconds that a bucket is wide at first; 0: a thousandth of a second.
  double sliceNs = 0;
  bool operator==(const PlotRequest &) const = default;

  /// How wide buckets are before there are too many; 0: by the values.
  double finestWidth() const;
};

/// Of one direction. A message's time is when its first byte came, as it is for filters.
struct PlotSeries {
  PlotBuckets buckets;
  quint64 messages = 0;      ///< that were looked at
  quint64 next = 0;          ///< the number of the message that is looked at next
  bool isPast = false;       ///< everything of the range was looked at: what comes lies behind it
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
  /// Lives in the decoder's thread; the decoder must outlive it. `filter`: of the decoder; what does not pass it has no
  /// point. Null: all have one.
  MessagePlot(ConnectionDecoder &decoder, PlotRequest request, MessageFilter *filter = nullptr,
              QObject *parent = nullptr, QThreadPool *pool = nullptr);
  ~MessagePlot() override;

  const PlotRequest &request() const { return request_; }
  PlotKind kind() const { return request_.kind; }
  const QString &field() const { return request_.field; }
  const PlotSeries &of(Direction direction) const { return known_[static_cast<std::size_t>(direction)]; }
  /// What the messages are filtered by; empty: nothing.
  QString filterText() const;
  /// Final messages of the moment shown that were not looked at yet, and are not known to lie behind the range.
  quint64 missing() const;
  /// Since it last began anew, nothing was missing once: what is missing has only just come.
  bool hasCaughtUp() const { return hasCaughtUp_; }

 Q_SIGNALS:
  void changed();

 private:
  struct Run;
  void letGo();
  void restart();
  void gatherMore();
  void take(const std::shared_ptr<Run> &run, std::array<PlotSeries, 2> known);

  ConnectionDecoder &decoder_;
  QThreadPool *const pool_;
  const PlotRequest request_;
  const QPointer<MessageFilter> filter_;
  std::array<PlotSeries, 2> known_;
  std::shared_ptr<Run> run_;
  bool isRunning_ = false;
  bool isRequested_ = false;
  bool hasCaughtUp_ = false;
};

}  // namespace octetscope

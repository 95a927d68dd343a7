#include "model/items/message_plot.h"

#include "model/background_pool.h"
#include "model/filter/filter_value_reader.h"
#include "model/items/decode_run.h"
#include "model/items/filter_run.h"
#include "model/items/message_cursor.h"
#include "model/items/message_filter.h"
#include "model/mailbox.h"

#include <QDeadlineTimer>

namespace octetscope {

namespace {

constexpr int sliceMs = 30;
constexpr double rateWidth = 1e6;  // a thousandth of a second

double numberOf(const Value &value) {
  if (const auto *number = std::get_if<qint64>(&value)) return static_cast<double>(*number);
  if (const auto *number = std::get_if<quint64>(&value)) return static_cast<double>(*number);
  if (const auto *number = std::get_if<double>(&value)) return *number;
  if (const auto *truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
  if (const auto *big = std::get_if<BigInteger>(&value)) return big->digits.toDouble();
  return std::numeric_limits<double>::quiet_NaN();
}

std::array<PlotSeries, 2> emptySeries(PlotKind kind) {
  const double width = kind == PlotKind::BytesASecond ? rateWidth : kind == PlotKind::Histogram ? 0 : 1;
  return {PlotSeries{.buckets = PlotBuckets(width)}, PlotSeries{.buckets = PlotBuckets(width)}};
}

bool isNumber(const Value &value) {
  return !std::holds_alternative<std::monostate>(value) && !std::holds_alternative<QByteArray>(value) &&
         !std::holds_alternative<QString>(value);
}

}  // namespace

QStringList numberFieldsOf(const FieldDecoder &fields, ByteView payload, qsizetype most) {
  constexpr qsizetype mostLooked = 5000;
  QStringList paths;
  QStringList open;
  const auto walk = fields.walk(payload);
  for (qsizetype looked = 0; paths.size() < most && looked < mostLooked && walk->next(); ++looked) {
    while (open.size() > static_cast<qsizetype>(walk->depth())) open.removeLast();
    const Field &field = walk->field();
    open.append(open.isEmpty() ? field.name : QString(open.last() + QLatin1Char('.') + field.name));
    // Elements of arrays have no name of their own, and a point in a name would be read as two names.
    const bool isNamed =
        !open.last().contains(QLatin1Char('[')) && open.last().count(QLatin1Char('.')) + 1 == open.size();
    if (isNamed && !field.isGroup && field.error.isEmpty() && isNumber(field.value) && !paths.contains(open.last())) {
      paths.append(open.last());
    }
  }
  return paths;
}

/// What one slice after the other gathers, of one generation of the decoding.
struct MessagePlot::Run {
  PlotKind kind = PlotKind::Sizes;
  std::shared_ptr<const FilterValueReader> reader;  // of the field; null: there is none
  std::shared_ptr<const DecodeRun> decoded;
  std::shared_ptr<const FilterProgram> filter;  // null: every message passes
  std::shared_ptr<const Connection> connection;
  std::array<PlotSeries, 2> series;
  std::array<MessageCursor, 2> cursors;
  std::array<quint64, 2> chunks = {};  // that hold the last byte of the last message
  std::array<qint64, 2> lastNs = {noTime, noTime};
  std::atomic<bool> isCancelled = false;
  Mailbox<MessagePlot> mailbox;

  explicit Run(MessagePlot *plot) : mailbox(plot) {}

  void gather(std::size_t d, const DecodeStep &step, const QDeadlineTimer &deadline);
  quint64 passing(const FilterStream &stream) const;
  void add(const FilterStream &stream, const Message &message, bool passes);
  qint64 timeOf(std::size_t d, const Message &message, const ChunkView &chunks);
};

/// When its last byte came.
qint64 MessagePlot::Run::timeOf(std::size_t d, const Message &message, const ChunkView &view) {
  if (view.count() == 0 || message.size == 0) return noTime;
  const quint64 last = message.end() - 1;
  quint64 chunk = chunks[d];
  // Nearly always the one of the message before, or the next.
  for (int i = 0; i < 4 && chunk + 1 < view.count() && view[chunk + 1].offset <= last; ++i) ++chunk;
  if (chunk + 1 < view.count() && view[chunk + 1].offset <= last) chunk = view.indexOf(last);
  chunks[d] = chunk;
  return view[chunk].timeNs;
}

void MessagePlot::Run::add(const FilterStream &stream, const Message &message, bool passes) {
  const auto d = static_cast<std::size_t>(stream.direction);
  PlotSeries &to = series[d];
  const quint64 number = to.messages++;
  double x = static_cast<double>(number);
  double value = static_cast<double>(message.size);
  if (kind == PlotKind::InterArrival || isOverTime(kind)) {
    const qint64 before = lastNs[d];
    const qint64 now = timeOf(d, message, stream.view.chunks);
    lastNs[d] = now;
    if (passes && (now == noTime || (kind == PlotKind::InterArrival && before == noTime))) {
      ++to.withoutTime;
      return;
    }
    if (kind == PlotKind::InterArrival) {
      value = static_cast<double>(now - before) / 1e9;
    } else {
      x = static_cast<double>(now - stream.startNs);
    }
  }
  if (!passes) {
    ++to.filteredOut;
    return;
  }
  if (needsField(kind)) {
    std::optional<Value> found;
    const MessageGroup &group = cursors[d].group();
    if (reader) {
      reader->read({stream, group.batch.messages(), group.first, cursors[d].before()}, number - group.first,
                   [&found](const FilterValue &read) { found = read.toValue(); });
    }
    if (!found) {
      ++to.withoutField;
      return;
    }
    value = numberOf(*found);
    to.areWhole = to.areWhole && !std::holds_alternative<double>(*found);
    if (kind == PlotKind::Histogram) {
      x = value;
      // Whole numbers are counted one by one, as long as there is room.
      if (to.buckets.count() == 0 && !std::holds_alternative<double>(*found)) to.buckets = PlotBuckets(1);
    }
  }
  if (!to.buckets.add(x, value, number)) ++to.notNumbers;
}

/// Bit i: message i of the cursor's group passes the filter.
quint64 MessagePlot::Run::passing(const FilterStream &stream) const {
  if (!filter) return ~0ULL;
  const MessageCursor &cursor = cursors[static_cast<std::size_t>(stream.direction)];
  const MessageGroup &group = cursor.group();
  return filter->judge({stream, group.batch.messages(), group.first, cursor.before()});
}

void MessagePlot::Run::gather(std::size_t d, const DecodeStep &step, const QDeadlineTimer &deadline) {
  const FilterStream stream = filterStreamOf(*connection, static_cast<Direction>(d), step.views[d], step.startNs);
  const MessageIndex &index = decoded->index(stream.direction);
  const MessageGroup &group = cursors[d].group();
  while (series[d].messages < step.finals[d] && !deadline.hasExpired() && !isCancelled) {
    quint64 number = series[d].messages;
    if (cursors[d].find(index, stream.view, number) == MessageCursor::Found::No) return;
    const quint64 bits = passing(stream);
    for (; group.contains(number) && number < step.finals[d]; ++number) {
      add(stream, group.at(number), (bits >> (number - group.first) & 1) != 0);
    }
  }
}

MessagePlot::MessagePlot(ConnectionDecoder &decoder, PlotKind kind, const QString &field, MessageFilter *filter,
                         QObject *parent, QThreadPool *pool)
    : QObject(parent),
      decoder_(decoder),
      pool_(pool ? pool : backgroundPool()),
      kind_(kind),
      field_(field),
      filter_(filter),
      known_(emptySeries(kind)) {
  connect(&decoder, &ConnectionDecoder::restarted, this, &MessagePlot::restart);
  connect(&decoder, &ConnectionDecoder::advanced, this, &MessagePlot::request);
  connect(&decoder, &ConnectionDecoder::rowsRemoved, this, &MessagePlot::request);
  if (filter) connect(filter, &MessageFilter::wasReset, this, &MessagePlot::restart);
  request();
}

MessagePlot::~MessagePlot() {
  letGo();
}

void MessagePlot::letGo() {
  if (!run_) return;
  run_->isCancelled = true;
  run_->mailbox.close();
}

quint64 MessagePlot::missing() const {
  if (!decoder_.run() || (needsField(kind_) && field_.isEmpty())) return 0;
  quint64 sum = 0;
  for (std::size_t d = 0; d < 2; ++d) {
    const quint64 there = decoder_.shownStep().finals[d];
    sum += there - std::min(there, known_[d].messages);
  }
  return sum;
}

QString MessagePlot::filterText() const {
  return filter_ && filter_->isActive() ? filter_->expression()->text() : QString();
}

void MessagePlot::restart() {
  letGo();
  run_.reset();
  known_ = emptySeries(kind_);
  isRunning_ = isRequested_ = false;
  request();
  Q_EMIT changed();
}

void MessagePlot::request() {
  if (!decoder_.run()) return;
  if (isRunning_) {
    isRequested_ = true;
    return;
  }
  for (std::size_t d = 0; d < 2; ++d) {
    // An earlier moment has fewer: what was gathered cannot be taken back.
    if (run_ && decoder_.shownStep().finals[d] < known_[d].messages) return restart();
  }
  if (!run_ || run_->decoded != decoder_.run()) {
    letGo();
    run_ = std::make_shared<Run>(this);
    run_->kind = kind_;
    run_->decoded = decoder_.run();
    run_->connection = decoder_.connection();
    if (needsField(kind_) && !field_.isEmpty()) {
      const auto scopeOf = [this](Direction direction) { return MessageFilter::scopeOf(decoder_.reader(direction)); };
      // A name that no message can have is one that none has.
      if (auto reader = FilterValueReader::create(field_, {scopeOf(Direction::In), scopeOf(Direction::Out)})) {
        run_->reader = *std::move(reader);
      }
    }
    if (filter_) run_->filter = filter_->program();
    run_->series = known_ = emptySeries(kind_);
  }
  if (missing() == 0) return;
  isRunning_ = true;
  isRequested_ = false;
  runInPool(pool_, [run = run_, step = std::make_shared<const DecodeStep>(decoder_.shownStep())]() mutable {
    const QDeadlineTimer deadline(sliceMs);
    for (std::size_t d = 0; d < 2; ++d) run->gather(d, *step, deadline);
    std::array<PlotSeries, 2> known = run->series;
    run->mailbox.tell(run,
                      [run, known = std::move(known)](MessagePlot &plot) mutable { plot.take(run, std::move(known)); });
  });
}

void MessagePlot::take(const std::shared_ptr<Run> &run, std::array<PlotSeries, 2> known) {
  if (run != run_) return;
  isRunning_ = false;
  known_ = std::move(known);
  Q_EMIT changed();
  if (run == run_ && (missing() > 0 || isRequested_)) request();
}

}  // namespace octetscope

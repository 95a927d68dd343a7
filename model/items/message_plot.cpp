#include "model/items/message_plot.h"

#include "model/background_pool.h"
#include "model/filter/filter_value_reader.h"
#include "model/items/decode_run.h"
#include "model/items/filter_run.h"
#include "model/items/message_cursor.h"
#include "model/items/message_filter.h"
#include "model/mailbox.h"

#include <QDeadlineTimer>

#include <algorithm>
#include <cmath>
#include <utility>

namespace octetscope {

namespace {

constexpr int sliceMs = 30;
constexpr double rateWidth = 1e6;   // a thousandth of a second
constexpr double mostBegin = 4e18;  // a time of this century and it are together in a qint64

std::array<PlotSeries, 2> emptySeries(const PlotRequest &request) {
  const double width = request.finestWidth();
  return {PlotSeries{.buckets = PlotBuckets(width)}, PlotSeries{.buckets = PlotBuckets(width)}};
}

bool isNumber(const Value &value) {
  return !std::holds_alternative<std::monostate>(value) && !std::holds_alternative<QByteArray>(value) &&
         !std::holds_alternative<QString>(value);
}

}  // namespace

double PlotRequest::finestWidth() const {
  if (kind == PlotKind::BytesASecond) return sliceNs > 0 ? sliceNs : rateWidth;
  if (kind == PlotKind::Histogram) return range ? range->width() / PlotBuckets::mostBuckets : 0;
  return 1;
}

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
  PlotRequest request;
  std::shared_ptr<const FilterValueReader> reader;  // of the field; null: there is none
  std::shared_ptr<const DecodeRun> decoded;
  std::shared_ptr<const FilterProgram> filter;  // null: every message passes
  std::shared_ptr<const Connection> connection;
  std::array<PlotSeries, 2> series;
  std::array<MessageCursor, 2> cursors;
  std::array<quint64, 2> chunks = {};  // that hold the first byte of the last message
  std::array<qint64, 2> lastNs = {noTime, noTime};
  std::array<bool, 2> hasBegun = {};
  std::atomic<bool> isCancelled = false;
  Mailbox<MessagePlot> mailbox;

  explicit Run(MessagePlot *plot) : mailbox(plot) {}

  void gather(std::size_t d, const DecodeStep &step, const QDeadlineTimer &deadline);
  void begin(std::size_t d, const DecodeStep &step);
  quint64 passing(const FilterStream &stream) const;
  void add(const FilterStream &stream, const Message &message, bool passes);
  void addPieces(PlotSeries &to, const Message &message, quint64 number, const FilterStream &stream);
  qint64 timeOf(std::size_t d, const Message &message, const ChunkView &chunks);
};

/// When its first byte came.
qint64 MessagePlot::Run::timeOf(std::size_t d, const Message &message, const ChunkView &view) {
  if (view.count() == 0 || message.size == 0) return noTime;
  const quint64 first = message.offset;
  quint64 chunk = chunks[d];
  // Nearly always the one of the message before, or the next.
  for (int i = 0; i < 4 && chunk + 1 < view.count() && view[chunk + 1].offset <= first; ++i) ++chunk;
  if (chunk + 1 < view.count() && view[chunk + 1].offset <= first) chunk = view.indexOf(first);
  chunks[d] = chunk;
  return view[chunk].timeNs;
}

void MessagePlot::Run::add(const FilterStream &stream, const Message &message, bool passes) {
  const auto d = static_cast<std::size_t>(stream.direction);
  const PlotKind kind = request.kind;
  PlotSeries &to = series[d];
  const quint64 number = to.next;
  double x = static_cast<double>(number);
  double value = static_cast<double>(message.size);
  qint64 before = noTime;
  qint64 now = noTime;
  if (kind == PlotKind::InterArrival || isOverTime(kind)) {
    now = timeOf(d, message, stream.view.chunks);
    before = std::exchange(lastNs[d], now);
    if (isOverTime(kind) && now != noTime) x = static_cast<double>(now - stream.startNs);
  }
  if (request.range && kind != PlotKind::Histogram && x >= request.range->to) {
    to.isPast = true;
    return;
  }
  ++to.next;
  // A message that began before may have come on later.
  const bool mayBeBefore = kind == PlotKind::Histogram || kind == PlotKind::BytesASecond;
  if (request.range && !mayBeBefore && x < request.range->from) return;
  ++to.messages;
  if (!passes) {
    ++to.filteredOut;
    return;
  }
  const bool needsTime = isOverTime(kind) || kind == PlotKind::InterArrival;
  if (needsTime && (now == noTime || (kind == PlotKind::InterArrival && before == noTime))) {
    ++to.withoutTime;
    return;
  }
  if (kind == PlotKind::BytesASecond) return addPieces(to, message, number, stream);
  if (kind == PlotKind::InterArrival) value = static_cast<double>(now - before) / 1e9;
  if (needsField(kind)) {
    std::optional<double> found;
    bool isWhole = true;
    const MessageGroup &group = cursors[d].group();
    if (reader) {
      reader->read({stream, group.batch.messages(), group.first, cursors[d].before()}, number - group.first,
                   [&](const FilterValue &read) {
                     found = read.number();
                     isWhole = read.isWhole();
                   });
    }
    if (!found) {
      ++to.withoutField;
      return;
    }
    value = *found;
    to.areWhole = to.areWhole && (isWhole || !std::isfinite(value));
    if (kind == PlotKind::Histogram) {
      x = value;
      if (request.range && !request.range->contains(x)) return;
      // Whole numbers are counted one by one, as long as there is room.
      if (to.buckets.count() == 0 && isWhole) to.buckets = PlotBuckets(1);
    }
  }
  if (!to.buckets.add(x, value, number)) ++to.notNumbers;
}

/// What each chunk carried of a message counts when that came.
void MessagePlot::Run::addPieces(PlotSeries &to, const Message &message, quint64 number, const FilterStream &stream) {
  const ChunkView &view = stream.view.chunks;
  quint64 offset = message.offset;
  for (quint64 chunk = chunks[static_cast<std::size_t>(stream.direction)]; offset < message.end(); ++chunk) {
    const quint64 next = chunk + 1 < view.count() ? view[chunk + 1].offset : message.end();
    const quint64 end = std::min(next, message.end());
    const auto x = static_cast<double>(view[chunk].timeNs - stream.startNs);
    if (!request.range || request.range->contains(x)) to.buckets.add(x, static_cast<double>(end - offset), number);
    offset = end;
  }
}

/// Bit i: message i of the cursor's group passes the filter.
quint64 MessagePlot::Run::passing(const FilterStream &stream) const {
  if (!filter) return ~0ULL;
  const MessageCursor &cursor = cursors[static_cast<std::size_t>(stream.direction)];
  const MessageGroup &group = cursor.group();
  return filter->judge({stream, group.batch.messages(), group.first, cursor.before()});
}

/// To the first message of the range.
void MessagePlot::Run::begin(std::size_t d, const DecodeStep &step) {
  const StreamView &view = step.views[d];
  hasBegun[d] = true;
  if (!request.range || request.kind == PlotKind::Histogram) return;
  const double from = std::clamp(std::ceil(request.range->from), 0.0, mostBegin);
  const MessageIndex &index = decoded->index(static_cast<Direction>(d));
  quint64 &next = series[d].next;
  if (isOverTime(request.kind)) {
    const quint64 before = view.chunks.countUntil(step.startNs + static_cast<qint64>(from) - 1);
    next = before < view.chunks.count() ? index.numberAt(view, view.chunks[before].offset) : step.finals[d];
    return;
  }
  next = static_cast<quint64>(from);
  // The time of the message before is known only when it has come.
  hasBegun[d] = next <= step.finals[d];
  if (request.kind == PlotKind::InterArrival && next > 0 && hasBegun[d]) {
    lastNs[d] = timeOf(d, index.at(view, next - 1), view.chunks);
  }
}

void MessagePlot::Run::gather(std::size_t d, const DecodeStep &step, const QDeadlineTimer &deadline) {
  const FilterStream stream = filterStreamOf(*connection, static_cast<Direction>(d), step.views[d], step.startNs);
  const MessageIndex &index = decoded->index(stream.direction);
  const MessageGroup &group = cursors[d].group();
  PlotSeries &to = series[d];
  if (!hasBegun[d] && step.finals[d] > 0) begin(d, step);
  while (to.next < step.finals[d] && !to.isPast && !deadline.hasExpired() && !isCancelled) {
    if (cursors[d].find(index, stream.view, to.next) == MessageCursor::Found::No) return;
    const quint64 bits = passing(stream);
    while (group.contains(to.next) && to.next < step.finals[d] && !to.isPast) {
      add(stream, group.at(to.next), (bits >> (to.next - group.first) & 1) != 0);
    }
  }
}

MessagePlot::MessagePlot(ConnectionDecoder &decoder, PlotRequest request, MessageFilter *filter, QObject *parent,
                         QThreadPool *pool)
    : QObject(parent),
      decoder_(decoder),
      pool_(pool ? pool : backgroundPool()),
      request_(std::move(request)),
      filter_(filter),
      known_(emptySeries(request_)) {
  connect(&decoder, &ConnectionDecoder::restarted, this, &MessagePlot::restart);
  connect(&decoder, &ConnectionDecoder::advanced, this, &MessagePlot::gatherMore);
  connect(&decoder, &ConnectionDecoder::rowsRemoved, this, &MessagePlot::gatherMore);
  if (filter) connect(filter, &MessageFilter::wasReset, this, &MessagePlot::restart);
  gatherMore();
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
  if (!decoder_.run() || (needsField(kind()) && field().isEmpty())) return 0;
  quint64 sum = 0;
  for (std::size_t d = 0; d < 2; ++d) {
    const quint64 there = decoder_.shownStep().finals[d];
    if (!known_[d].isPast) sum += there - std::min(there, known_[d].next);
  }
  return sum;
}

QString MessagePlot::filterText() const {
  return filter_ && filter_->isActive() ? filter_->expression()->text() : QString();
}

void MessagePlot::restart() {
  letGo();
  run_.reset();
  known_ = emptySeries(request_);
  isRunning_ = isRequested_ = hasCaughtUp_ = false;
  gatherMore();
  Q_EMIT changed();
}

void MessagePlot::gatherMore() {
  if (!decoder_.run()) return;
  if (isRunning_) {
    isRequested_ = true;
    return;
  }
  for (std::size_t d = 0; d < 2; ++d) {
    // An earlier moment has fewer: what was gathered cannot be taken back.
    if (run_ && known_[d].messages > 0 && decoder_.shownStep().finals[d] < known_[d].next) return restart();
  }
  if (!run_ || run_->decoded != decoder_.run()) {
    letGo();
    run_ = std::make_shared<Run>(this);
    run_->request = request_;
    run_->decoded = decoder_.run();
    run_->connection = decoder_.connection();
    if (needsField(kind()) && !field().isEmpty()) {
      const auto scopeOf = [this](Direction direction) { return MessageFilter::scopeOf(decoder_.reader(direction)); };
      // A name that no message can have is one that none has.
      if (auto reader = FilterValueReader::create(field(), {scopeOf(Direction::In), scopeOf(Direction::Out)})) {
        run_->reader = *std::move(reader);
      }
    }
    if (filter_) run_->filter = filter_->program();
    run_->series = known_ = emptySeries(request_);
    hasCaughtUp_ = false;
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
  hasCaughtUp_ = hasCaughtUp_ || missing() == 0;
  Q_EMIT changed();
  if (run == run_ && (missing() > 0 || isRequested_)) gatherMore();
}

}  // namespace octetscope

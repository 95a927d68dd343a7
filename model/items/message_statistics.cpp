#include "model/items/message_statistics.h"

#include "model/background_pool.h"
#include "model/filter/filter_completion.h"
#include "model/filter/filter_value_reader.h"
#include "model/items/decode_run.h"
#include "model/items/filter_run.h"
#include "model/items/message_cursor.h"
#include "model/items/message_filter.h"
#include "model/mailbox.h"

#include <QDeadlineTimer>

#include <algorithm>
#include <cmath>

namespace octetscope {

namespace {

constexpr int sliceMs = 30;
constexpr qsizetype mostCharacters = 80;

}  // namespace

void NumberSummary::add(double value) {
  least = count == 0 ? value : std::min(least, value);
  greatest = count == 0 ? value : std::max(greatest, value);
  sum += value;
  ++count;
}

/// What one slice after the other counts, of one generation of the decoding.
struct MessageStatistics::Run {
  struct Side {
    DirectionStatistics found;
    // Of the last message, whether it passes the filter or not:
    quint64 chunk = 0;        // that holds its last byte
    bool lastShares = false;  // it shares a chunk with the one before it
    bool lastPasses = false;
    std::optional<quint64> counted;  // the last chunk that is counted
    MessageCursor cursor;
  };
  std::shared_ptr<const DecodeRun> decoded;
  std::shared_ptr<const Connection> connection;
  std::shared_ptr<const FilterProgram> filter;      // null: every message passes
  std::shared_ptr<const FilterValueReader> reader;  // of the field; null: none is asked for
  QString field;
  std::array<Side, 2> sides;
  std::atomic<bool> isCancelled = false;
  Mailbox<MessageStatistics> mailbox;

  explicit Run(MessageStatistics *statistics) : mailbox(statistics) {}

  void count(std::size_t d, const DecodeStep &step, const QDeadlineTimer &deadline);
  static void addChunks(Side &side, const Message &message, const ChunkView &chunks, bool passes);
  static void add(DirectionStatistics &found, const Message &message);
  void addValue(Side &side, const FilterStream &stream, quint64 number) const;
};

void MessageStatistics::Run::addChunks(Side &side, const Message &message, const ChunkView &chunks, bool passes) {
  if (chunks.count() == 0 || message.size == 0) return;
  DirectionStatistics &found = side.found;
  const bool isFirst = found.looked == 0;
  const quint64 before = side.chunk;
  const auto holding = [&chunks](quint64 chunk, quint64 offset) {
    // Nearly always this one or the next.
    for (int i = 0; i < 4; ++i, ++chunk) {
      if (chunk + 1 >= chunks.count() || chunks[chunk + 1].offset > offset) return chunk;
    }
    return chunks.indexOf(offset);
  };
  const quint64 first = holding(before, message.offset);
  const quint64 last = holding(first, message.end() - 1);
  const bool shares = !isFirst && first == before;
  // The one before shares it as well.
  if (shares && side.lastPasses && !side.lastShares) ++found.sharing;
  if (passes) {
    const quint64 count = last - first + 1;
    found.chunks += count - (side.counted == first ? 1 : 0);
    found.split += count > 1 ? 1 : 0;
    found.mostChunks = std::max(found.mostChunks, count);
    if (shares) ++found.sharing;
    if (found.firstNs == noTime) found.firstNs = chunks[first].timeNs;
    found.lastNs = chunks[last].timeNs;
    side.counted = last;
  }
  side.lastShares = shares;
  side.lastPasses = passes;
  side.chunk = last;
}

void MessageStatistics::Run::add(DirectionStatistics &found, const Message &message) {
  found.sizes.add(message.size);
  found.payloadBytes += message.payloadSize;
  ++(message.status == Status::Complete ? found.complete
     : message.status == Status::Error  ? found.errors
                                        : found.incomplete);
}

/// Of a message that the cursor holds.
void MessageStatistics::Run::addValue(Side &side, const FilterStream &stream, quint64 number) const {
  const MessageGroup &group = side.cursor.group();
  DirectionStatistics &found = side.found;
  bool hasValue = false;
  const auto countValue = [&](const FilterValue &read) {
    hasValue = true;
    const QString value = reader->textOf(read, mostCharacters);
    // Not those that have words, such as a status.
    const bool isNumber = !value.isEmpty() && (value.front().isDigit() || value.front() == QLatin1Char('-'));
    if (const double real = read.number(); isNumber && std::isfinite(real)) found.numbers.add(real);
    if (const auto known = found.values.find(value); known != found.values.end()) {
      ++*known;
    } else if (found.values.size() < mostValues) {
      found.values.insert(value, 1);
      found.filters.insert(value, filterForValue(field, read));
    } else {
      ++found.otherValues;
    }
  };
  const bool isNull = reader->read({stream, group.batch.messages(), group.first, side.cursor.before()},
                                   number - group.first, countValue);
  if (isNull) countValue(FilterValue());
  if (!hasValue) ++found.withoutField;
}

void MessageStatistics::Run::count(std::size_t d, const DecodeStep &step, const QDeadlineTimer &deadline) {
  Side &side = sides[d];
  const FilterStream stream = filterStreamOf(*connection, static_cast<Direction>(d), step.views[d], step.startNs);
  const MessageIndex &index = decoded->index(stream.direction);
  while (side.found.looked < step.finals[d] && !deadline.hasExpired() && !isCancelled) {
    quint64 number = side.found.looked;
    if (side.cursor.find(index, stream.view, number) == MessageCursor::Found::No) return;
    const MessageGroup &group = side.cursor.group();
    const quint64 bits =
        filter ? filter->judge({stream, group.batch.messages(), group.first, side.cursor.before()}) : ~0ULL;
    for (; group.contains(number) && number < step.finals[d]; ++number) {
      const bool passes = (bits >> (number - group.first) & 1) != 0;
      addChunks(side, group.at(number), stream.view.chunks, passes);
      ++side.found.looked;
      if (!passes) continue;
      add(side.found, group.at(number));
      if (reader) addValue(side, stream, number);
    }
  }
}

MessageStatistics::MessageStatistics(ConnectionDecoder &decoder, QObject *parent, QThreadPool *pool)
    : QObject(parent), decoder_(decoder), pool_(pool ? pool : backgroundPool()) {
  connect(&decoder, &ConnectionDecoder::restarted, this, &MessageStatistics::restart);
  connect(&decoder, &ConnectionDecoder::advanced, this, &MessageStatistics::request);
  connect(&decoder, &ConnectionDecoder::rowsRemoved, this, &MessageStatistics::request);
  request();
}

MessageStatistics::~MessageStatistics() {
  if (!run_) return;
  run_->isCancelled = true;
  run_->mailbox.close();
}

void MessageStatistics::setField(const QString &name) {
  if (name == field_) return;
  field_ = name;
  restart();
}

void MessageStatistics::setFilter(MessageFilter *filter) {
  if (filter == filter_) return;
  const QString before = filterText();
  if (filter_) filter_->disconnect(this);
  filter_ = filter;
  if (filter) connect(filter, &MessageFilter::wasReset, this, &MessageStatistics::restart);
  if (filterText() != before) restart();
}

QString MessageStatistics::filterText() const {
  return filter_ && filter_->isActive() ? filter_->expression()->text() : QString();
}

/// What the field means now.
void MessageStatistics::bind() {
  reader_.reset();
  fieldError_.reset();
  if (field_.isEmpty() || !decoder_.run()) return;
  auto made = FilterValueReader::create(field_, {MessageFilter::scopeOf(decoder_.reader(Direction::In)),
                                                 MessageFilter::scopeOf(decoder_.reader(Direction::Out))});
  if (made) {
    reader_ = *std::move(made);
  } else {
    fieldError_ = made.error();
  }
}

quint64 MessageStatistics::uncounted() const {
  quint64 sum = 0;
  for (std::size_t d = 0; d < 2; ++d) {
    const quint64 there = decoder_.run() ? decoder_.shownStep().finals[d] : 0;
    sum += there - std::min(there, known_[d].looked);
  }
  return sum;
}

void MessageStatistics::restart() {
  if (run_) {
    run_->isCancelled = true;
    run_->mailbox.close();
  }
  run_.reset();
  known_ = {};
  isRunning_ = isRequested_ = false;
  bind();
  request();
  Q_EMIT changed();
}

void MessageStatistics::request() {
  if (!decoder_.run()) return;
  if (isRunning_) {
    isRequested_ = true;
    return;
  }
  for (std::size_t d = 0; d < 2; ++d) {
    // An earlier moment has fewer: what was counted cannot be taken back.
    if (run_ && decoder_.shownStep().finals[d] < known_[d].looked) return restart();
  }
  if (!run_ || run_->decoded != decoder_.run()) {
    run_ = std::make_shared<Run>(this);
    run_->decoded = decoder_.run();
    run_->connection = decoder_.connection();
    run_->reader = reader_;
    run_->field = field_.trimmed();
    if (filter_) run_->filter = filter_->program();
    known_ = {};
  }
  if (uncounted() == 0) return;
  isRunning_ = true;
  isRequested_ = false;
  runInPool(pool_, [run = run_, step = std::make_shared<const DecodeStep>(decoder_.shownStep())]() mutable {
    const QDeadlineTimer deadline(sliceMs);
    for (std::size_t d = 0; d < 2; ++d) run->count(d, *step, deadline);
    std::array<DirectionStatistics, 2> known = {run->sides[0].found, run->sides[1].found};
    run->mailbox.tell(run, [run, known = std::move(known)](MessageStatistics &statistics) mutable {
      statistics.take(run, std::move(known));
    });
  });
}

void MessageStatistics::take(const std::shared_ptr<Run> &run, std::array<DirectionStatistics, 2> known) {
  if (run != run_) return;
  isRunning_ = false;
  known_ = std::move(known);
  Q_EMIT changed();
  if (run == run_ && (uncounted() > 0 || isRequested_)) request();
}

}  // namespace octetscope

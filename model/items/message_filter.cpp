#include "model/items/message_filter.h"

#include "model/background_pool.h"
#include "model/filter/passing_rows.h"
#include "model/items/filter_run.h"
#include "model/mailbox.h"

#include <algorithm>

namespace octetscope {

namespace {

constexpr int sliceMs = 16;

}  // namespace

class MessageFilter::Private {
 public:
  Private(MessageFilter *filter, ConnectionDecoder &of, QThreadPool *threads)
      : q(filter),
        decoder(of),
        pool(threads ? threads : backgroundPool()),
        mailbox(std::make_shared<Mailbox<MessageFilter>>(filter)) {
    QObject::connect(&decoder, &ConnectionDecoder::aboutToRestart, q, [this] {
      if (!expression) return;
      isResetting = true;
      Q_EMIT q->aboutToReset();
      stop();
    });
    QObject::connect(&decoder, &ConnectionDecoder::restarted, q, [this] {
      if (!std::exchange(isResetting, false)) return;
      bind();
      Q_EMIT q->wasReset();
      request();
    });
    QObject::connect(&decoder, &ConnectionDecoder::rowsRemoved, q, [this] { update({}); });
    QObject::connect(&decoder, &ConnectionDecoder::advanced, q, [this] {
      update({});
      request();
    });
    QObject::connect(&decoder, &ConnectionDecoder::liveAdvanced, q, [this] { request(); });
  }
  ~Private() {
    mailbox->close();
    if (run) run->cancel();
  }

  FilterResult<std::shared_ptr<const FilterProgram>> programOf(const FilterExpression &of) const {
    return FilterProgram::create(of, {scopeOf(decoder.reader(Direction::In)), scopeOf(decoder.reader(Direction::Out))});
  }

  /// Lets go of what runs and of what was found.
  void stop() {
    if (run) run->cancel();
    run.reset();
    program.reset();
    rows.clear();
    for (PassingRows &of : messages) of.clear();
    rests = {};
    waiting = {};
    shownRows = 0;
    isRunning = isRequested = false;
  }

  /// Makes a program of the expression, if it can be bound.
  void bind() {
    error.reset();
    program.reset();
    if (!expression) return;
    if (auto made = programOf(*expression)) {
      program = *std::move(made);
    } else {
      error = made.error();
    }
  }

  void request() {
    if (!program || !decoder.run()) return;
    if (isRunning) {
      isRequested = true;
      return;
    }
    if (!run || run->decoded() != decoder.run()) {
      run = std::make_shared<FilterRun>(program, decoder.run(), decoder.connection());
    }
    isRunning = true;
    isRequested = false;
    runInPool(pool, [current = run, box = mailbox, live = std::make_shared<const DecodeStep>(decoder.liveStep()),
                     shown = std::make_shared<const DecodeStep>(decoder.shownStep())]() mutable {
      FilterFinding found = current->work(*live, *shown, sliceMs);
      box->tell(box, [from = std::move(current), found = std::move(found)](MessageFilter &receiver) mutable {
        receiver.d_->take(std::move(from), found);
      });
    });
  }

  void take(std::shared_ptr<FilterRun> from, const FilterFinding &found) {
    if (from != run) {
      // Of another expression, or of older settings, whose tables may be large: they are not freed here.
      runInPool(pool, [old = std::move(from)]() mutable { old.reset(); });
      return;
    }
    isRunning = false;
    update(found);
    if (from != run) return;  // a listener has changed it
    setBusy(!found.isComplete);
    if (from != run) return;
    if (!found.isComplete || isRequested) request();
  }

  void setBusy(bool busy) {
    if (busy == isBusy) return;
    isBusy = busy;
    Q_EMIT q->busyChanged(busy);
  }

  /// Rows whose judgement is not final: the last messages of what is shown, and those that were last when they were
  /// judged. What was found of one holds until more is.
  std::vector<PassingRows::Instead> unsettled() const {
    std::vector<PassingRows::Instead> found;
    const DecodeStep &shown = decoder.shownStep();
    const auto add = [&](std::size_t d, quint64 row) {
      if (row >= rows.count() || std::ranges::any_of(found, [row](const auto &one) { return one.row == row; })) return;
      found.push_back({row, rests[d] && rests[d]->row == row && rests[d]->passes});
    };
    for (std::size_t d = 0; d < 2; ++d) {
      if (shown.finals[d] < shown.messages[d]) {
        add(d, decoder.rowOf(static_cast<RowKind>(d), shown.finals[d]));
      }
      if (waiting[d]) add(d, *waiting[d]);
    }
    std::ranges::sort(found, {}, &PassingRows::Instead::row);
    return found;
  }

  /// Takes what was found, and shows what the decoder does; tells of every change.
  void update(const FilterFinding &found) {
    if (!program) return;
    const bool isNew = found.count > 0 || !found.settled.empty();
    for (std::size_t d = 0; d < 2; ++d) {
      if (found.rests[d]) rests[d] = found.rests[d];
      if (waiting[d] && std::ranges::any_of(found.settled, [&](const auto &one) { return one.first == *waiting[d]; })) {
        waiting[d].reset();
      }
      if (found.waiting[d]) waiting[d] = found.waiting[d];
    }
    for (std::size_t i = 0; i < found.bits.size(); ++i)
      rows.append(found.bits[i], std::min<quint64>(64, found.count - 64 * i));
    for (std::size_t d = 0; d < 2; ++d) {
      for (const auto &[bits, count] : found.ofMessages[d]) messages[d].append(bits, count);
    }
    const quint64 after = std::min(rows.count(), decoder.rowCount());
    if (after < shownRows) show(after);
    // One by one what changes among the rows that were shown and stay.
    std::vector<PassingRows::Instead> next = unsettled();
    std::vector<PassingRows::Instead> changed = rows.instead();
    changed.insert(changed.end(), next.begin(), next.end());
    for (const auto &[row, passes] : found.settled) changed.push_back({row, passes});
    for (const PassingRows::Instead &one : changed) {
      const auto isOf = [&](const auto &other) { return other.row == one.row; };
      bool passes = rows.bit(one.row);
      for (const auto &[row, settled] : found.settled) passes = row == one.row ? settled : passes;
      if (const auto later = std::ranges::find_if(next, isOf); later != next.end()) passes = later->passes;
      setPassing(one.row, passes);
    }
    for (const auto &[row, passes] : found.settled) {
      rows.set(row, passes);
      const RowOrder::Row at = decoder.row(row);
      messages[static_cast<std::size_t>(at.kind)].set(at.number, passes);
    }
    rows.setInstead(std::move(next));
    show(std::min(rows.count(), decoder.rowCount()));
    if (isNew) Q_EMIT q->progressed();
  }

  void setPassing(quint64 row, bool passes) {
    if (rows.passes(row) == passes) return;
    const bool isShown = row < shownRows;
    const quint64 position = isShown ? rows.passingBefore(row) : 0;
    if (isShown && passes) Q_EMIT q->rowsAboutToBeAdded(position, position);
    if (isShown && !passes) Q_EMIT q->rowsAboutToBeRemoved(position, position);
    rows.addInstead({row, passes});
    if (isShown && passes) Q_EMIT q->rowsAdded(position, position);
    if (isShown && !passes) Q_EMIT q->rowsRemoved(position, position);
  }

  /// Shows the first `count` rows.
  void show(quint64 count) {
    const quint64 before = rows.passingBefore(shownRows);
    const quint64 after = rows.passingBefore(count);
    if (after > before) Q_EMIT q->rowsAboutToBeAdded(before, after - 1);
    if (after < before) Q_EMIT q->rowsAboutToBeRemoved(after, before - 1);
    shownRows = count;
    if (after > before) Q_EMIT q->rowsAdded(before, after - 1);
    if (after < before) Q_EMIT q->rowsRemoved(after, before - 1);
  }

  MessageFilter *const q;
  ConnectionDecoder &decoder;
  QThreadPool *const pool;
  const std::shared_ptr<Mailbox<MessageFilter>> mailbox;
  std::optional<FilterExpression> expression;
  std::optional<FilterError> error;
  std::shared_ptr<const FilterProgram> program;  // null: nothing is filtered
  std::shared_ptr<FilterRun> run;
  PassingRows rows;
  std::array<PassingRows, 2> messages;  // the same by direction and number; what is not final is false
  quint64 shownRows = 0;                // of the decoder's rows, those that are judged
  std::array<std::optional<FilterFinding::Rest>, 2> rests;
  std::array<std::optional<quint64>, 2> waiting;
  bool isRunning = false;
  bool isRequested = false;
  bool isBusy = false;
  bool isResetting = false;
};

MessageFilter::MessageFilter(ConnectionDecoder &decoder, QObject *parent, QThreadPool *pool)
    : QObject(parent), d_(std::make_unique<Private>(this, decoder, pool)) {}

MessageFilter::~MessageFilter() = default;

FilterScope MessageFilter::scopeOf(const DirectionReader &reader) {
  FilterScope scope;
  for (const FramingLayer &layer : reader.layers) scope.layers.append({layer.framer, layer.fields});
  return scope;
}

FilterResult<void> MessageFilter::setExpression(const std::optional<FilterExpression> &expression) {
  if (expression) {
    if (const auto good = check(*expression); !good) return good;
  }
  if (!expression && !d_->expression) return {};
  Q_EMIT aboutToReset();
  d_->stop();
  d_->expression = expression;
  d_->bind();
  Q_EMIT wasReset();
  if (!d_->program) d_->setBusy(false);
  d_->request();
  return {};
}

const std::optional<FilterExpression> &MessageFilter::expression() const {
  return d_->expression;
}
bool MessageFilter::isActive() const {
  return d_->program != nullptr;
}
const std::optional<FilterError> &MessageFilter::error() const {
  return d_->error;
}

std::shared_ptr<const FilterProgram> MessageFilter::program() const {
  return d_->program;
}

FilterResult<void> MessageFilter::check(const FilterExpression &expression) const {
  const auto program = d_->programOf(expression);
  if (!program) return std::unexpected(program.error());
  return {};
}

std::array<FilterScope, 2> MessageFilter::scopes() const {
  return {scopeOf(d_->decoder.reader(Direction::In)), scopeOf(d_->decoder.reader(Direction::Out))};
}

FilterStream MessageFilter::streamOf(Direction direction) const {
  return filterStreamOf(*d_->decoder.connection(), direction, d_->decoder.view(direction), d_->decoder.startTimeNs());
}

quint64 MessageFilter::passingCount() const {
  return d_->rows.passingBefore(d_->shownRows);
}
quint64 MessageFilter::rowAt(quint64 position) const {
  return d_->rows.row(position, d_->shownRows).value_or(0);
}
bool MessageFilter::passes(quint64 row) const {
  return row < d_->shownRows && d_->rows.passes(row);
}
bool MessageFilter::passes(Direction direction, quint64 number) const {
  if (number >= d_->decoder.messageCount(direction)) return false;
  return passes(d_->decoder.rowOf(static_cast<RowKind>(direction), number));
}
quint64 MessageFilter::passingBefore(quint64 row) const {
  return d_->rows.passingBefore(std::min(row, d_->shownRows));
}
std::vector<quint64> MessageFilter::passingWords(quint64 rows) const {
  std::vector<quint64> words = d_->rows.words(std::min(rows, d_->shownRows));
  words.resize((rows + 63) / 64);
  return words;
}
bool MessageFilter::mayPass(Direction direction, quint64 first, quint64 end) const {
  const auto d = static_cast<std::size_t>(direction);
  const PassingRows &messages = d_->messages[d];
  if (end > messages.count() || first >= end) return true;
  quint64 passing = messages.passingBefore(end) - messages.passingBefore(first);
  for (const PassingRows::Instead &one : d_->rows.instead()) {
    const RowOrder::Row at = d_->decoder.row(one.row);
    if (at.kind != static_cast<RowKind>(d) || at.number < first || at.number >= end) continue;
    const bool was = messages.bit(at.number);
    if (one.passes && !was) ++passing;
    if (!one.passes && was) --passing;
  }
  return passing > 0;
}
std::optional<quint64> MessageFilter::nextPassing(Direction direction, quint64 first) const {
  const PassingRows &messages = d_->messages[static_cast<std::size_t>(direction)];
  const quint64 shown = d_->decoder.messageCount(direction);
  const quint64 count = std::min(messages.count(), shown);
  if (first < count) {
    const auto at = messages.row(messages.passingBefore(first), count);
    if (at && passes(direction, *at)) return at;
  }
  // Not final: judged by itself.
  if (shown > first && passes(direction, shown - 1)) return shown - 1;
  return std::nullopt;
}
quint64 MessageFilter::judgedRows() const {
  return d_->rows.count();
}
bool MessageFilter::isBusy() const {
  return d_->isBusy;
}
quint64 MessageFilter::memoryUsed() const {
  return d_->rows.memoryUsed() + d_->messages[0].memoryUsed() + d_->messages[1].memoryUsed();
}

}  // namespace octetscope

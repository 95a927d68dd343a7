#include "model/items/message_order.h"

#include "model/background_pool.h"
#include "model/items/decode_run.h"
#include "model/items/message_filter.h"
#include "model/items/shown_order.h"
#include "model/items/sort_run.h"
#include "model/mailbox.h"

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>

namespace octetscope {

namespace {

constexpr int sliceMs = 20;
/// As many rows are rid of what an earlier moment has not at once, in about two milliseconds.
constexpr quint64 mostCutAtOnce = 1 << 19;
/// As many are only left out until the next sorting.
constexpr quint64 mostHolesAtOnce = 256;
/// One row in so many is put where it belongs by a search for its place; more are sorted with all the others.
constexpr quint64 fewestRowsForOne = 100;
/// Sorting again waits this many times as long as it took.
constexpr qint64 restOfWork = 3;

}  // namespace

class MessageOrder::Private {
 public:
  /// A sorting under way.
  struct Job {
    Job(SortRun::Task task, MessageOrder *order) : run(std::move(task)), mailbox(order) { timer.start(); }
    SortRun run;
    Mailbox<MessageOrder> mailbox;
    QElapsedTimer timer;
    MessageSort sort;
  };

  Private(MessageOrder *order, ConnectionDecoder &of, MessageFilter *by, QThreadPool *threads)
      : q(order), decoder(of), filter(by), pool(threads ? threads : backgroundPool()) {
    again.setSingleShot(true);
    QObject::connect(&again, &QTimer::timeout, q, [this] { request(); });
    QObject::connect(&decoder, &ConnectionDecoder::aboutToRestart, q, [this] { beginReset(); });
    QObject::connect(&decoder, &ConnectionDecoder::restarted, q, [this] { endReset(); });
    QObject::connect(&decoder, &ConnectionDecoder::rowsAboutToBeAdded, q, [this](quint64 first, quint64 last) {
      if (!isFiltered()) beginAdding(first, last);
    });
    QObject::connect(&decoder, &ConnectionDecoder::rowsAdded, q, [this](quint64 first, quint64 last) {
      if (!isFiltered()) endAdding(first, last);
    });
    QObject::connect(&decoder, &ConnectionDecoder::rowsAboutToBeRemoved, q, [this](quint64 first, quint64 last) {
      if (!isFiltered()) beginRemoving(first, last);
    });
    QObject::connect(&decoder, &ConnectionDecoder::rowsRemoved, q, [this] {
      if (!isFiltered()) endRemoving();
    });
    QObject::connect(&decoder, &ConnectionDecoder::rowChanged, q, [this](quint64 row) {
      if (row >= std::max(covered(), job ? jobEnd : 0)) return;
      if (changed.empty() || changed.back() != row) changed.push_back(row);
    });
    QObject::connect(&decoder, &ConnectionDecoder::advanced, q, [this] { request(); });
    if (!filter) return;
    QObject::connect(filter, &MessageFilter::aboutToReset, q, [this] { beginReset(); });
    QObject::connect(filter, &MessageFilter::wasReset, q, [this] { endReset(); });
    QObject::connect(filter, &MessageFilter::rowsAboutToBeAdded, q,
                     [this](quint64 first, quint64 last) { beginAdding(first, last); });
    QObject::connect(filter, &MessageFilter::rowsAdded, q,
                     [this](quint64 first, quint64 last) { endAdding(first, last); });
    QObject::connect(filter, &MessageFilter::rowsAboutToBeRemoved, q,
                     [this](quint64 first, quint64 last) { beginRemoving(first, last); });
    QObject::connect(filter, &MessageFilter::rowsRemoved, q, [this] { endRemoving(); });
    QObject::connect(filter, &MessageFilter::progressed, q, [this] { request(); });
  }
  ~Private() { cancel(); }

  // In the order of arrival:
  bool isFiltered() const { return filter && filter->isActive(); }
  quint64 naturalCount() const { return isFiltered() ? filter->passingCount() : decoder.rowCount(); }
  quint64 naturalRow(quint64 position) const { return isFiltered() ? filter->rowAt(position) : position; }
  quint64 naturalBefore(quint64 row) const { return isFiltered() ? filter->passingBefore(row) : row; }
  bool isListed(quint64 row) const { return row < decoder.rowCount() && (!isFiltered() || filter->passes(row)); }

  // Sorted rows and those that came to be listed since among them come first, then all behind what was covered.
  quint64 covered() const { return shown.covered(); }
  quint64 tailBegin() const { return shown.count(); }
  quint64 tailCount() const { return naturalCount() - naturalBefore(covered()); }
  quint64 count() const { return tailBegin() + tailCount(); }
  quint64 rowAt(quint64 position) const {
    if (position < tailBegin()) return shown.rowAt(position);
    return naturalRow(naturalBefore(covered()) + position - tailBegin());
  }
  quint64 positionOf(quint64 row) const {
    if (row < covered()) return shown.positionOf(row);
    return tailBegin() + naturalBefore(row) - naturalBefore(covered());
  }

  // What comes and goes

  void beginAdding(quint64 first, quint64 last) {
    // What comes to be listed among the covered rows stands in front of the tail, which begins there.
    const quint64 before = naturalBefore(covered());
    adding = tailBegin() + (first < before ? 0 : first - before);
    Q_EMIT q->rowsAboutToBeAdded(adding, adding + last - first);
  }
  void endAdding(quint64 first, quint64 last) {
    for (quint64 at = first; at <= last; ++at) {
      const quint64 row = naturalRow(at);
      if (row < covered()) {
        shown.addLate(row);
      } else if (!job || row >= jobEnd) {
        break;
      }
      if (job && row < jobEnd) touched.push_back(row);
    }
    Q_EMIT q->rowsAdded(adding, adding + last - first);
  }

  void beginRemoving(quint64 first, quint64 last) {
    const quint64 row = naturalRow(first);
    // An earlier moment has it not; else it alone does not pass any more.
    const bool isGone = !isFiltered() || row >= decoder.rowCount();
    if (job && row < jobEnd) {
      if (isGone) {
        cancel();
      } else {
        touched.push_back(row);
      }
    }
    if (isGone && row < covered()) cut(row);
    removing = {positionOf(row), last - first, row};
    Q_EMIT q->rowsAboutToBeRemoved(removing.position, removing.position + removing.more);
  }
  void endRemoving() {
    const Removing one = removing;
    if (one.row < covered()) shown.remove(one.row);
    Q_EMIT q->rowsRemoved(one.position, one.position + one.more);
    request();
  }

  /// An earlier moment ends at row `end`: what is sorted from there on goes to the end, in the order of arrival.
  void cut(quint64 end) {
    const bool isSmall = covered() - end <= mostHolesAtOnce;
    if (!isSmall && shown.sorted()->size() > mostCutAtOnce) {
      Q_EMIT q->aboutToReset();
      forget();
      Q_EMIT q->wasReset();
      return;
    }
    Q_EMIT q->aboutToReorder();
    shown.cut(end, isSmall);
    std::erase_if(changed, [end](quint64 row) { return row >= end; });
    Q_EMIT q->reordered();
  }

  /// Large tables are not freed in this thread.
  void release(std::shared_ptr<const SortedRows> rows) {
    if (rows && rows->size() > mostCutAtOnce) runInPool(pool, [rows = std::move(rows)]() mutable { rows.reset(); });
  }

  /// Back to the order of arrival.
  void forget() {
    release(shown.exchange(nullptr, false));
    changed.clear();
  }

  void beginReset() {
    if (resets++ == 0) Q_EMIT q->aboutToReset();
    cancel();
    forget();
  }
  void endReset() {
    if (--resets > 0) return;
    bind();
    Q_EMIT q->wasReset();
    request();
  }

  // Sorting

  FilterResult<std::shared_ptr<const FilterValueReader>> readerOf(const QString &name) const {
    std::array<FilterScope, 2> scopes;
    for (std::size_t d = 0; d < 2; ++d) scopes[d] = MessageFilter::scopeOf(decoder.reader(static_cast<Direction>(d)));
    return FilterValueReader::create(name, scopes);
  }

  void bind() {
    reader.reset();
    error.reset();
    if (!wanted || !decoder.run()) return;
    if (auto made = readerOf(wanted->name)) {
      reader = *std::move(made);
    } else {
      error = made.error();
    }
  }

  void cancel() {
    if (!job) return;
    job->run.cancel();
    job->mailbox.close();
    job.reset();
    touched.clear();
  }

  /// What is shown is sorted by what is wanted, and whole.
  bool isSettled() const {
    return shown.sorted() && shownName == wanted->name && shown.isExact() && changed.empty() && tailCount() == 0;
  }

  void request() {
    if (resets > 0 || !reader || job || !decoder.run()) return;
    if (isSettled()) return setBusy(false);
    if (naturalCount() > SortedRows::mostRows || decoder.rowCount() > SortedRows::mostRows) return setBusy(false);
    const bool isFirst = !shown.sorted() || shownName != wanted->name;
    if (!isFirst && sinceLast.isValid() && sinceLast.elapsed() < restOfWork * lastMs) {
      if (!again.isActive()) again.start(static_cast<int>(restOfWork * lastMs - sinceLast.elapsed()) + 1);
      return;
    }
    SortRun::Task task{.reader = reader,
                       .decoded = decoder.run(),
                       .connection = decoder.connection(),
                       .step = decoder.shownStep(),
                       .end = isFiltered() ? std::min(decoder.rowCount(), filter->judgedRows()) : decoder.rowCount()};
    const quint64 additions = shown.late().size() + changed.size() + tailCount();
    if (!isFirst && additions * fewestRowsForOne < shown.sorted()->size() + fewestRowsForOne) {
      mend(task);
    } else if (isFiltered()) {
      task.listed = filter->passingWords(task.end);
    }
    jobEnd = task.end;
    changed.clear();
    touched.clear();
    job = std::make_shared<Job>(std::move(task), q);
    job->sort = *wanted;
    // Of what is shown most does not stand where it belongs.
    if (isFirst || additions > shown.sorted()->size()) setBusy(true);
    advance(pool, job);
  }

  /// A few rows are put into what is sorted.
  void mend(SortRun::Task &task) const {
    task.base = shown.sorted();
    const auto add = [](std::vector<quint32> &to, quint64 row) { to.push_back(static_cast<quint32>(row)); };
    for (const quint64 row : shown.leftOut()) add(task.gone, row);
    for (const quint64 row : shown.late()) add(task.added, row);
    for (const quint64 row : changed) {
      if (row >= covered() || !isListed(row)) continue;
      add(task.gone, row);
      add(task.added, row);
    }
    for (quint64 at = naturalBefore(covered()); at < naturalCount(); ++at) add(task.added, naturalRow(at));
    for (std::vector<quint32> *rows : {&task.gone, &task.added}) {
      std::ranges::sort(*rows);
      rows->erase(std::ranges::unique(*rows).begin(), rows->end());
    }
  }

  /// A slice in the pool after the other.
  static void advance(QThreadPool *pool, const std::shared_ptr<Job> &job) {
    runInPool(pool, [pool, job] {
      const bool isDone = job->run.work(sliceMs);
      if (job->run.isCancelled()) return;
      job->mailbox.tell(job, [job, isDone](MessageOrder &order) {
        if (isDone) return order.d_->take(job);
        Q_EMIT order.stateChanged();
      });
      if (!isDone) advance(pool, job);
    });
  }

  void take(const std::shared_ptr<Job> &from) {
    if (from != job) return;
    job.reset();
    Q_EMIT q->aboutToReorder();
    release(shown.exchange(from->run.result(), wanted->isDescending));
    shownName = from->sort.name;
    std::ranges::sort(touched);
    touched.erase(std::ranges::unique(touched).begin(), touched.end());
    for (const quint64 row : touched) shown.correct(row, isListed(row));
    touched.clear();
    Q_EMIT q->reordered();
    lastMs = from->timer.elapsed();
    sinceLast.start();
    setBusy(false);
    request();
  }

  void setBusy(bool busy) {
    if (busy == isBusy) return;
    isBusy = busy;
    Q_EMIT q->stateChanged();
  }

  FilterResult<void> sortBy(const std::optional<MessageSort> &sort) {
    if (sort == wanted && !error) return {};
    if (sort && decoder.run()) {
      if (const auto made = readerOf(sort->name); !made) return std::unexpected(made.error());
    }
    cancel();
    const bool isTurnedOnly = sort && shown.sorted() && shownName == sort->name;
    wanted = sort;
    bind();
    if (!wanted && shown.sorted()) {
      Q_EMIT q->aboutToReorder();
      forget();
      Q_EMIT q->reordered();
    } else if (isTurnedOnly && shown.isTurned() != wanted->isDescending) {
      Q_EMIT q->aboutToReorder();
      shown.turn();
      Q_EMIT q->reordered();
    }
    isBusy = false;
    request();
    Q_EMIT q->stateChanged();
    return {};
  }

  MessageOrder *const q;
  ConnectionDecoder &decoder;
  MessageFilter *const filter;
  QThreadPool *const pool;
  std::optional<MessageSort> wanted;
  std::shared_ptr<const FilterValueReader> reader;  // null: nothing is sorted
  std::optional<FilterError> error;
  int resets = 0;  // under way, one in the other
  bool isBusy = false;

  ShownOrder shown;
  QString shownName;             // what it is sorted by
  std::vector<quint64> changed;  // rows that say something else since; any number of times
  quint64 adding = 0;
  struct Removing {
    quint64 position;
    quint64 more;  // behind it
    quint64 row;   // at that position
  } removing = {};

  std::shared_ptr<Job> job;
  quint64 jobEnd = 0;            // it sorts rows below this
  std::vector<quint64> touched;  // rows that came, went or changed while it works
  QTimer again;
  QElapsedTimer sinceLast;
  qint64 lastMs = 0;
};

MessageOrder::MessageOrder(ConnectionDecoder &decoder, MessageFilter *filter, QObject *parent, QThreadPool *pool)
    : QObject(parent), d_(std::make_unique<Private>(this, decoder, filter, pool)) {}

MessageOrder::~MessageOrder() = default;

FilterResult<void> MessageOrder::sortBy(const std::optional<MessageSort> &sort) {
  return d_->sortBy(sort);
}
void MessageOrder::stop() {
  if (!d_->isBusy) return;
  const bool isOther = d_->shown.sorted() && d_->shownName != d_->wanted->name;
  d_->sortBy(isOther ? std::optional(MessageSort{d_->shownName, d_->shown.isTurned()}) : std::nullopt);
}
const std::optional<MessageSort> &MessageOrder::sort() const {
  return d_->wanted;
}
const std::optional<FilterError> &MessageOrder::error() const {
  return d_->error;
}
bool MessageOrder::isBusy() const {
  return d_->isBusy;
}
double MessageOrder::progress() const {
  return d_->job ? d_->job->run.progress() : 1;
}
quint64 MessageOrder::count() const {
  return d_->count();
}
quint64 MessageOrder::rowAt(quint64 position) const {
  return d_->rowAt(position);
}
bool MessageOrder::isListed(quint64 row) const {
  return d_->isListed(row);
}
quint64 MessageOrder::positionOf(quint64 row) const {
  return d_->positionOf(row);
}

}  // namespace octetscope

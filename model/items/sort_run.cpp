#include "model/items/sort_run.h"

#include "model/items/filter_run.h"

#include <QDeadlineTimer>

#include <algorithm>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace octetscope {

SortRun::SortRun(Task task) : task_(std::move(task)), streams_(filterStreamsOf(*task_.connection, task_.step)) {
  if (!task_.base) rows_.reserve(task_.listed ? 0 : task_.end);
}

double SortRun::progress() const {
  return task_.end == 0
             ? 1
             : static_cast<double>(done_.load(std::memory_order_relaxed)) / 2.0 / static_cast<double>(task_.end);
}

bool SortRun::isListed(quint64 row) const {
  return !task_.listed || ((*task_.listed)[row / 64] >> (row % 64) & 1) != 0;
}

/// None: the row has no such value.
std::optional<SortKey> SortRun::keyOf(quint64 row, quint64 skip) {
  const RowOrder::Row at = task_.decoded->rows().at(row);
  if (at.kind == RowKind::Event) return std::nullopt;
  const auto d = static_cast<std::size_t>(at.kind);
  const auto direction = static_cast<Direction>(d);
  const MessageIndex &index = task_.decoded->index(direction);
  const FilterStream &stream = streams_[d];
  std::optional<SortKey> key;
  const auto take = [&](const FilterValue &value) { key = SortKey::of(value, skip); };
  if (at.number < task_.step.finals[d]) {
    MessageCursor &cursor = isMerging_ || task_.base ? lookups_[d] : cursors_[d];
    if (cursor.find(index, stream.view, at.number) == MessageCursor::Found::No) return std::nullopt;
    const MessageGroup &group = cursor.group();
    task_.reader->read({stream, group.batch.messages(), group.first, cursor.before()}, at.number - group.first, take);
  } else {
    std::optional<Message> before;
    if (at.number > 0) before = index.at(stream.view, at.number - 1);
    const Message &rest = task_.step.rests[d];
    task_.reader->read({stream, std::span(&rest, 1), at.number, before ? &*before : nullptr}, 0, take);
  }
  return key;
}

// Reading

bool SortRun::read(quint64 row) {
  if (!isListed(row)) return false;
  if (const auto key = keyOf(row, 0)) {
    open_.push_back({*key, static_cast<quint32>(row)});
  } else {
    missing_.push_back(static_cast<quint32>(row));
  }
  return true;
}

void SortRun::closeRun() {
  if (open_.empty()) return;
  std::ranges::sort(open_);
  runs_.push_back({std::exchange(open_, {}), 0});
  open_.reserve(rowsOfRun);
}

bool SortRun::work(int milliseconds) {
  const QDeadlineTimer deadline(milliseconds, Qt::PreciseTimer);
  if (task_.base) {
    mend();
    return true;
  }
  const auto isTimeUp = [&](quint64 at) { return at % 64 == 0 && (isCancelled() || deadline.hasExpired()); };
  for (; next_ < task_.end; ++next_) {
    if (isTimeUp(next_)) {
      done_.store(next_, std::memory_order_relaxed);
      return isCancelled();
    }
    read(next_);
    if (open_.size() >= rowsOfRun) closeRun();
  }
  if (!isMerging_) startMerging();
  while (takeNext()) {
    if (!isTimeUp(rows_.size())) continue;
    done_.store(task_.end + rows_.size(), std::memory_order_relaxed);
    return isCancelled();
  }
  finish();
  return true;
}

// Merging

void SortRun::startMerging() {
  closeRun();
  isMerging_ = true;
  for (std::size_t i = 0; i < runs_.size(); ++i) heap_.push_back(i);
  const auto isLater = [this](std::size_t a, std::size_t b) { return runs_[a].entries[0] > runs_[b].entries[0]; };
  std::ranges::make_heap(heap_, isLater);
}

/// Moves the least entry of all runs behind those that are merged. False: there is none.
bool SortRun::takeNext() {
  if (heap_.empty()) return false;
  const auto isLater = [this](std::size_t a, std::size_t b) {
    return runs_[a].entries[runs_[a].at] > runs_[b].entries[runs_[b].at];
  };
  std::ranges::pop_heap(heap_, isLater);
  Run &run = runs_[heap_.back()];
  const Entry &entry = run.entries[run.at++];
  if (rows_.empty() || !entry.key.isCut() || entry.key != lastKey_) closeTies();
  lastKey_ = entry.key;
  rows_.push_back(entry.row);
  if (run.at < run.entries.size()) {
    std::ranges::push_heap(heap_, isLater);
  } else {
    run.entries = {};
    heap_.pop_back();
  }
  return true;
}

/// What follows is not the same as the last one: those that were are told apart by what stands behind.
void SortRun::closeTies() {
  if (rows_.size() - tiesFrom_ > 1 && lastKey_.isCut()) sortTies(tiesFrom_, rows_.size());
  tiesFrom_ = rows_.size();
}

/// Rows [first, end) of rows_ begin with the same bytes of text.
void SortRun::sortTies(std::size_t first, std::size_t end) {
  struct Ties {
    std::size_t first;
    std::size_t end;
    quint64 skip;
  };
  std::vector<Ties> left{{first, end, SortKey::bytesOfText}};
  std::vector<Entry> entries;
  while (!left.empty() && !isCancelled()) {
    const Ties ties = left.back();
    left.pop_back();
    entries.clear();
    for (std::size_t i = ties.first; i < ties.end && !isCancelled(); ++i) {
      entries.push_back({keyOf(rows_[i], ties.skip).value_or(SortKey{}), rows_[i]});
    }
    if (isCancelled()) return;
    std::ranges::sort(entries);
    for (std::size_t i = 0; i < entries.size(); ++i) rows_[ties.first + i] = entries[i].row;
    if (ties.skip + SortKey::bytesOfText >= mostOfText) continue;
    for (std::size_t i = 0, same = 0; i < entries.size(); i = same) {
      same = i + 1;
      while (same < entries.size() && entries[same].key == entries[i].key) ++same;
      if (same - i > 1 && entries[i].key.isCut()) {
        left.push_back({ties.first + i, ties.first + same, ties.skip + SortKey::bytesOfText});
      }
    }
  }
}

void SortRun::finish() {
  closeTies();
  if (isCancelled()) return;
  const quint64 valued = rows_.size();
  rows_.insert(rows_.end(), missing_.begin(), missing_.end());
  done_.store(2 * task_.end, std::memory_order_relaxed);
  runs_ = {};
  open_ = {};
  missing_ = {};
  result_ = std::make_shared<const SortedRows>(std::move(rows_), valued, task_.end);
#ifdef __GLIBC__
  // Millions of entries in pieces that malloc would keep, hundreds of MiB of them.
  if (task_.end >= rowsOfRun) malloc_trim(0);
#endif
}

// Mending

/// How an entry stands to a row; none: the row has no value.
std::optional<std::strong_ordering> SortRun::orderOf(const Entry &a, quint32 b) {
  const auto key = keyOf(b, 0);
  if (!key) return std::nullopt;
  if (const auto by = a.key <=> *key; by != 0) return by;
  for (quint64 skip = SortKey::bytesOfText; a.key.isCut() && skip < mostOfText; skip += SortKey::bytesOfText) {
    const SortKey mine = keyOf(a.row, skip).value_or(SortKey{});
    if (const auto by = mine <=> keyOf(b, skip).value_or(SortKey{}); by != 0) return by;
    if (!mine.isCut()) break;
  }
  return a.row <=> b;
}

/// Where among the `valued` first of `rows` an entry belongs: before the first that is greater.
std::size_t SortRun::placeFor(const Entry &entry, const std::vector<quint32> &rows, quint64 valued) {
  std::size_t low = 0;
  for (std::size_t high = valued; low < high;) {
    const std::size_t middle = low + (high - low) / 2;
    const auto order = orderOf(entry, rows[middle]);
    if (!order || *order < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

void SortRun::mend() {
  const auto isGone = [this](quint32 row) { return std::ranges::binary_search(task_.gone, row); };
  const SortedRows kept = task_.base->without(task_.end, isGone);
  const std::vector<quint32> &old = kept.rows();
  struct Addition {
    std::size_t place;
    Entry entry;
  };
  std::vector<Addition> additions;
  std::vector<quint32> without(old.begin() + static_cast<std::ptrdiff_t>(kept.valued()), old.end());
  for (const quint32 row : task_.added) {
    if (isCancelled()) return;
    if (const auto key = keyOf(row, 0)) {
      const Entry entry{*key, row};
      additions.push_back({placeFor(entry, old, kept.valued()), entry});
    } else {
      without.push_back(row);
    }
  }
  std::ranges::sort(additions, [this](const Addition &a, const Addition &b) {
    if (a.place != b.place) return a.place < b.place;
    const auto order = orderOf(a.entry, b.entry.row);
    return order ? *order < 0 : false;
  });
  std::ranges::sort(without);
  std::vector<quint32> rows;
  rows.reserve(old.size() + task_.added.size());
  std::size_t at = 0;
  for (const Addition &one : additions) {
    rows.insert(rows.end(), old.begin() + static_cast<std::ptrdiff_t>(at),
                old.begin() + static_cast<std::ptrdiff_t>(one.place));
    at = one.place;
    rows.push_back(one.entry.row);
  }
  rows.insert(rows.end(), old.begin() + static_cast<std::ptrdiff_t>(at),
              old.begin() + static_cast<std::ptrdiff_t>(kept.valued()));
  const quint64 valued = rows.size();
  rows.insert(rows.end(), without.begin(), without.end());
  done_.store(2 * task_.end, std::memory_order_relaxed);
  result_ = std::make_shared<const SortedRows>(std::move(rows), valued, task_.end);
}

}  // namespace octetscope

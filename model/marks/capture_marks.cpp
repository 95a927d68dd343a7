#include "model/marks/capture_marks.h"

namespace octetscope {

namespace {

constexpr qsizetype oneByOne = 100;  // more changes than this are told as a reset

}  // namespace

void CaptureMarks::put(const Mark &mark) {
  putQuietly(mark);
  Q_EMIT changed();
}

void CaptureMarks::putQuietly(const Mark &mark) {
  if (const auto row = table_.rowOf(mark.place)) {
    table_.replace(*row, mark.color, mark.note);
    Q_EMIT replaced(static_cast<int>(*row));
    return;
  }
  const int row = static_cast<int>(table_.rowFor(mark.place));
  Q_EMIT aboutToBeAdded(row);
  table_.insert(mark);
  Q_EMIT added(row);
}

void CaptureMarks::remove(const MarkPlace &place) {
  removeQuietly(place);
  Q_EMIT changed();
}

void CaptureMarks::removeQuietly(const MarkPlace &place) {
  const auto row = table_.rowOf(place);
  if (!row) return;
  Q_EMIT aboutToBeRemoved(static_cast<int>(*row));
  table_.remove(*row);
  Q_EMIT removed(static_cast<int>(*row));
}

void CaptureMarks::apply(const QList<MarkChange> &changes) {
  if (changes.size() <= oneByOne) {
    for (const MarkChange &change : changes) {
      if (change.after) {
        putQuietly(*change.after);
      } else if (change.before) {
        removeQuietly(change.before->place);
      }
    }
    Q_EMIT changed();
    return;
  }
  // Sorted in one go: to move the rest of the table for each would cost its square.
  std::vector<MarkPlace> touched;
  std::vector<Mark> marks;
  for (const MarkChange &change : changes) {
    touched.push_back(change.after ? change.after->place : change.before->place);
    if (change.after) marks.push_back(*change.after);
  }
  std::ranges::sort(touched);
  for (const Mark &mark : table_.all()) {
    if (!std::ranges::binary_search(touched, mark.place)) marks.push_back(mark);
  }
  Q_EMIT aboutToBeReset();
  table_.assign(std::move(marks));
  Q_EMIT wasReset();
  Q_EMIT changed();
}

void CaptureMarks::addAll(std::vector<Mark> marks) {
  marks.insert(marks.end(), table_.all().begin(), table_.all().end());
  Q_EMIT aboutToBeReset();
  table_.assign(std::move(marks));
  Q_EMIT wasReset();
  Q_EMIT changed();
}

}  // namespace octetscope

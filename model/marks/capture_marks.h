// CaptureMarks: the marks of one capture, and the signals of their changes: one place for the list of marks, the views
// and what remembers them. It knows no user and no undo.
#pragma once

#include "model/marks/mark_table.h"

#include <QList>
#include <QObject>

namespace octetscope {

/// What becomes of one place: a mark comes (no `before`), goes (no `after`), or is another one.
struct MarkChange {
  std::optional<Mark> before;
  std::optional<Mark> after;

  MarkChange reversed() const { return {after, before}; }
  bool operator==(const MarkChange &) const = default;
};

/// Lives in the window's thread.
class CaptureMarks : public QObject {
  Q_OBJECT
 public:
  /// More than this a capture does not take.
  static constexpr std::size_t most = 100'000;

  using QObject::QObject;

  const MarkTable &table() const { return table_; }
  /// Sets a mark, in place of one that is there.
  void put(const Mark &mark);
  /// Nothing happens where none is there.
  void remove(const MarkPlace &place);
  void apply(const QList<MarkChange> &changes);
  /// All of `marks` at once, beside those that are there; where there is one already, it stays.
  void addAll(std::vector<Mark> marks);

 Q_SIGNALS:
  // Row by row, for item models: about to happen, and done.
  void aboutToBeAdded(int row);
  void added(int row);
  void aboutToBeRemoved(int row);
  void removed(int row);
  void replaced(int row);
  void aboutToBeReset();
  void wasReset();
  /// After all of them, once for what was done at once.
  void changed();

 private:
  void putQuietly(const Mark &mark);
  void removeQuietly(const MarkPlace &place);

  MarkTable table_;
};

}  // namespace octetscope

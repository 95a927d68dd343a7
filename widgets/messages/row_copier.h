// RowCopier: puts rows of the message list on the clipboard as text, a line each, in slices, so that the window does
// not wait. What is too much for a clipboard is left out, and said.
#pragma once

#include "widgets/messages/line_runs.h"
#include "widgets/messages/sliced_walk.h"

#include <QString>

#include <functional>

namespace octetscope {

class RowCopier : public QObject {
  Q_OBJECT
 public:
  /// A line's cells, parted by tabs, without a line end.
  using TextOfLine = std::function<QString(quint64 line)>;

  explicit RowCopier(QObject *parent);

  /// Copies lines, in order; the clipboard changes once all are read. Ends one under way.
  void start(const LineRuns &lines, TextOfLine textOfLine);
  /// Visits lines in order and in slices, for who copies them in another form. Ends what is under way.
  void visit(const LineRuns &lines, std::function<SlicedWalk::Next(quint64 line)> visit, SlicedWalk::Done done);
  /// The rows changed: nothing is copied, and said().
  void cancel() { walk_.cancel(); }

 Q_SIGNALS:
  /// What was copied, or why not, in a sentence.
  void said(const QString &words);

 private:
  SlicedWalk walk_;
};

}  // namespace octetscope

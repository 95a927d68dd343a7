// TypeAhead: going to a row by typing how it begins. Letters that follow each other quickly are one word; a letter
// again and again goes from one such row to the next. Looks at many rows in slices, so that the window does not wait.
#pragma once

#include "widgets/messages/sliced_walk.h"

#include <QString>

#include <functional>
#include <optional>

namespace octetscope {

class TypeAhead : public QObject {
  Q_OBJECT
 public:
  /// What a line begins with.
  using TextOfLine = std::function<QString(quint64 line)>;

  explicit TypeAhead(QObject *parent, TextOfLine textOfLine);

  /// `atMs`: when it was typed, as key events count. Searches `lines` lines from `from` on and round; with the same
  /// letter again, from the one behind it where `onRow`. Tells found() or missed(), perhaps later.
  void type(const QString &text, quint64 atMs, quint64 lines, quint64 from, bool onRow);
  /// A word is being typed: what is typed at `atMs` belongs to it.
  bool isTyping(quint64 atMs) const;
  /// Stops a search under way, without a signal.
  void cancel() { search_.cancel(); }

 Q_SIGNALS:
  void found(quint64 line);
  void missed(const QString &word);

 private:
  TextOfLine textOfLine_;
  SlicedWalk search_;
  QString typed_;
  quint64 lastMs_ = 0;
};

}  // namespace octetscope

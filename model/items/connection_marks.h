// ConnectionMarks: the marks of one connection as its views show them: by direction, in what is shown of it. Where
// payloads are joined a mark is over the bytes that came from its own. Views ask for what is in sight.
#pragma once

#include "model/items/connection_decoder.h"
#include "model/marks/capture_marks.h"

#include <QPointer>

namespace octetscope {

/// Lives in the window's thread.
class ConnectionMarks : public QObject {
  Q_OBJECT
 public:
  /// Not owned; where one of them is gone there are no marks.
  ConnectionMarks(CaptureMarks *marks, ConnectionDecoder *decoder, int connection, QObject *parent = nullptr);

  struct Shown {
    const Mark *mark = nullptr;
    ByteRange range;  ///< in what is shown; empty where none of its bytes is a payload's
  };
  /// Appends those that have a byte of `range`, in the order of their begins, `most` at most. Valid until changed().
  void overlapping(Direction direction, ByteRange range, std::vector<Shown> &marks,
                   std::size_t most = ~std::size_t(0)) const;
  /// Those that begin in `range`: rows of table().
  MarkTable::Rows beginningIn(Direction direction, ByteRange range) const;
  /// Of a table of them.
  Shown at(std::size_t row) const;
  /// The mark that `range` is shown with: the one of this very range, else the first over it. `count`: how many there
  /// are, as far as it was counted.
  struct Found {
    const Mark *mark = nullptr;
    std::size_t count = 0;
  };
  Found over(Direction direction, ByteRange range) const;
  /// The same of those that lie wholly in `range`.
  Found inside(Direction direction, ByteRange range) const;
  /// markWords(), which say so where its bytes are counted in another stream than the one that is shown.
  QString wordsOf(const Mark &mark) const;

 Q_SIGNALS:
  void changed();

 private:
  bool hasMarks() const { return marks_ && decoder_ && marks_->table().count() > 0; }

  QPointer<CaptureMarks> marks_;
  QPointer<ConnectionDecoder> decoder_;
  const int connection_;
};

}  // namespace octetscope

// RibbonScene: what a ribbon shows for one state of its bytes and its geometry: lanes of items with their pixels, marks
// and ends. Plain values: RibbonLanes makes them, RibbonPainter paints them, RibbonWords puts them into words.
#pragma once

#include "model/capture/stream.h"
#include "model/framing/message.h"

#include <QList>
#include <QString>

#include <optional>
#include <vector>

namespace octetscope {

struct RibbonItem {
  enum class Kind : quint8 {
    Chunk,
    Message,
    Framing,   ///< `part` says which
    Field,     ///< top-level field `field`
    Padding,   ///< payload that a layout skips
    Payload,   ///< payload without fields
    Ghost,     ///< bytes of the last message that have not come
    Apart,     ///< a message whose payload has bytes of its own: what lies in it has no place here
    Unlisted,  ///< payload further behind than messages are looked for in it
  };
  Kind kind = Kind::Chunk;
  qreal left = 0;  ///< pixels from the left of the lanes; may lie outside
  qreal right = 0;
  ByteRange range;     ///< bytes of the whole thing; of a summary: of all it stands for
  quint64 number = 0;  ///< of the chunk, or of the message it is or lies in; of a summary: the first
  quint64 count = 1;   ///< chunks or messages it stands for; more than 1: a summary of what is too narrow to be drawn
  Status status = Status::Complete;  ///< of messages; of a summary: the first that is not complete
  quint64 flaw = 0;                  ///< of a summary that is not complete: that message's number
  QList<quint64> outer = {};         ///< of messages inside others: the numbers of those, from the outside in
  PartRole part = PartRole::Payload;
  int field = 0;
  bool isFirstPiece = true;  ///< bytes of the other direction came before and behind pieces
  bool isLastPiece = true;
  bool isDimmed = false;  ///< of messages and what lies in them: none of these passes the filter
  QString label = {};     ///< what stands in it; empty where it is too narrow

  bool isSummary() const { return count > 1; }
  qreal width() const { return right - left; }
};

struct RibbonLane {
  enum class Kind : quint8 { Chunks, Messages, Inner, Fields };
  Kind kind = Kind::Chunks;
  Direction direction = Direction::In;
  bool isSecond = false;               ///< messages of the second framing
  qsizetype layer = 0;                 ///< of Inner: the layer of the framing whose messages it shows
  std::vector<RibbonItem> items = {};  ///< from left to right
  double density = 0;                  ///< the most messages or chunks a pixel of its summaries
};

struct RibbonMark {
  enum class Kind : quint8 {
    Split,      ///< a chunk ended inside a message
    SplitHead,  ///< inside what the framing reads before the payload
    SplitDelimiter,
    Several,   ///< a chunk carries bytes of `count` messages
    LeftOver,  ///< the stream ended in the midst of a message
    End,       ///< how the stream ended: `end`
    Restart,   ///< the user started framing again here
  };
  Kind kind = Kind::Split;
  Direction direction = Direction::In;
  qreal x = 0;
  quint64 offset = 0;  ///< the place in the stream
  quint64 number = 0;  ///< the message, or for Several the first of them
  quint64 chunk = 0;
  quint64 count = 0;  ///< Split…: chunks the message is in; Several: messages
  StreamEnd end = StreamEnd::Open;
};

/// Where a chunk ended: a dotted line through the lanes of its direction.
struct RibbonEdge {
  Direction direction = Direction::In;
  qreal x = 0;
};

struct RibbonScene {
  std::vector<RibbonLane> lanes;
  std::vector<RibbonMark> marks;
  std::vector<RibbonEdge> edges;
};

}  // namespace octetscope

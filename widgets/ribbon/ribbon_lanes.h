// RibbonLanes: makes the scene of a ribbon from what a decoder has published: as many items as there are pixels for,
// whatever the streams hold. What is narrower than a few pixels is summed up, bucket by bucket, from message numbers at
// the buckets' borders; buckets lie on a grid of the axis, so that they stand still while the view moves. It keeps
// nothing but the decoder it reads from.
#pragma once

#include "model/items/connection_decoder.h"
#include "model/items/message_contents.h"
#include "model/items/message_filter.h"
#include "widgets/ribbon/ribbon_axis.h"
#include "widgets/ribbon/ribbon_geometry.h"
#include "widgets/ribbon/ribbon_scene.h"

#include <QCoreApplication>

#include <array>
#include <functional>
#include <vector>

namespace octetscope {

class RibbonLanes {
  Q_DECLARE_TR_FUNCTIONS(octetscope::RibbonLanes)

 public:
  static constexpr qreal leastWidth = 3;    ///< pixels; what is narrower is summed up
  static constexpr qreal leastLabel = 26;   ///< pixels; what is narrower has no words in it
  static constexpr qreal leastFields = 18;  ///< pixels of a message whose fields are shown
  static constexpr qreal leastMarks = 14;   ///< pixels a chunk or message needs to be marked

  /// `axis` may reach beyond what the decoder shows (the live end, right of the playhead). Both must outlive it.
  RibbonLanes(const ConnectionDecoder &decoder, const RibbonAxis &axis, const RibbonGeometry &geometry);

  RibbonLane chunks(Direction direction) const;
  RibbonLane messages(Direction direction) const;
  /// The messages inside those of `messages` that are wide enough, and those inside them: `lanes` of them, one for each
  /// layer of the framing below the first.
  std::vector<RibbonLane> inner(const RibbonLane &messages, std::size_t lanes = 1) const;
  /// `messages` and the lanes that belong below it; `inner`: how many of them show messages inside messages.
  void addMessages(RibbonLane messages, std::size_t inner, RibbonScene &scene) const;
  /// Framing parts and fields of the messages of `messages` that are wide enough, and of those inside them.
  RibbonLane fields(const RibbonLane &messages) const;
  /// Marks and edges of what `chunks` shows, and of the messages there.
  void mark(const RibbonLane &chunks, const QList<quint64> &restarts, RibbonScene &scene) const;
  /// Marks which messages of the first reading, and what lies in them, do not pass: where `filter` is not null, and
  /// active. Costs what is in the scene.
  static void dim(RibbonScene &scene, const MessageFilter *filter);
  /// What is left of the last message is drawn behind the end: where it is known how much.
  void addGhost(RibbonLane &messages) const;

 private:
  struct Unit {
    quint64 number;
    ByteRange range;
    Status status = Status::Complete;
    ByteRange positions = {};  ///< on the axis, from its first to its last byte
    bool isLandmark = false;   ///< where it ends was not looked up, nor what it is; filler may stand before it
  };
  /// Chunks or messages, found by the byte they hold.
  struct Units {
    std::function<std::optional<Unit>(quint64 offset, const RibbonAxis::Border &near)> at;
    std::function<quint64()> count;
    std::function<quint64()> end;  ///< of the last one: an offset
    RibbonItem::Kind kind;
    /// A landmark at or before byte `offset`, where none that is wide lies between; or none.
    std::function<std::optional<Unit>(quint64 offset, const RibbonAxis::Border &near)> before = {};
  };

  const StreamView &view(Direction direction) const { return decoder_.view(direction); }
  quint64 sizeOf(Direction direction) const;
  ByteRange visibleOf(Direction direction) const;
  qreal leftOf(Direction direction, quint64 offset) const;
  qreal rightOf(Direction direction, quint64 end) const;
  RibbonAxis::Border borderAt(quint64 position) const;
  void sweep(Direction direction, const Units &units, RibbonLane &lane) const;
  void addPieces(Direction direction, const RibbonItem &like, ByteRange range, std::vector<RibbonItem> &items) const;
  std::optional<Unit> messageAt(Direction direction, quint64 offset) const;
  std::optional<Unit> messageBefore(Direction direction, quint64 offset, const RibbonAxis::Border &near) const;
  std::optional<Unit> chunkAt(Direction direction, quint64 offset, const RibbonAxis::Border &near) const;
  /// A message of any layer, and what holds it.
  struct Nested {
    QList<quint64> numbers;  ///< of the outermost one, then of each one in the payload of the last
    StreamView view;
    Message message;
    Status status = Status::Complete;
    InnerLimits limits = {};  ///< how far its payload is read

    qsizetype layer() const { return numbers.size() - 1; }
  };
  /// Calls take(number, bytes in sight) for those that are wide enough to be looked into.
  template <typename Take>
  void forEachWide(const RibbonLane &messages, Take take) const;
  Nested outermost(Direction direction, quint64 number, ByteRange shown) const;
  Nested nestedIn(Direction direction, const Nested &outer, const InnerMessages &inner, qsizetype number,
                  ByteRange shown) const;
  void addInner(Direction direction, const Nested &outer, ByteRange shown, std::vector<RibbonLane> &lanes) const;
  RibbonItem innerItem(Direction direction, const Nested &outer, const InnerMessages &inner, qsizetype number) const;
  void addLabelled(Direction direction, const RibbonItem &item, const QString &label, RibbonLane &lane) const;
  void addParts(Direction direction, const Nested &nested, ByteRange shown, RibbonLane &lane) const;
  void addPayload(Direction direction, const Nested &nested, ByteRange shown, RibbonLane &lane) const;
  void addFields(Direction direction, const Nested &nested, const MessageFields &fields, const RibbonItem &between,
                 ByteRange shown, RibbonLane &lane) const;
  QString sizeWords(Direction direction, quint64 number, const Message &message) const;
  RibbonMark::Kind edgeKind(Direction direction, const Message &message, quint64 offset) const;

  const ConnectionDecoder &decoder_;
  const RibbonAxis &axis_;
  const RibbonGeometry &geometry_;
  quint64 bucket_ = 1;  // positions, a power of two
  // The lines of the grid that are in sight, looked up once for all lanes.
  mutable std::vector<std::optional<RibbonAxis::Border>> borders_;
};

/// "1,234 B", "3.4 MB": short words for a size.
QString shortSize(quint64 bytes);

}  // namespace octetscope

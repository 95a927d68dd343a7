// MessageValues: what a name that filters know stands for in one message: its fields, and those of the messages inside
// it, for a list that shows a few messages at a time. Looks no further into a message than a window can wait for, and
// says where it stopped. Keeps what it read of the messages that were asked for last. Lives in the window's thread.
#pragma once

#include "model/filter/filter_expression.h"
#include "model/items/message_branches.h"

#include <QCache>

#include <functional>

namespace octetscope {

class MessageValues {
 public:
  /// Bytes of a payload that are joined, unpacked, or read from the front.
  static constexpr quint64 mostBytes = 64 << 10;
  static constexpr qsizetype mostMessages = 64;   ///< inside one message
  static constexpr quint64 mostSiblings = 2'000;  ///< that are looked at to find a name among them
  static constexpr quint64 mostElements = 100;    ///< of an array, where all are wanted

  void clear() { known_.clear(); }

  /// Where fields lie: they may be asked for as long as nothing new is published.
  struct Place {
    const FieldDecoder &decoder;
    ByteView payload;
    std::span<const quint64> path;
    const FilterOperand &operand;

    /// With the operand's slice or bits as its value; a long value is cut.
    Field field() const;
  };
  /// Gives each field that `operand`, a field's, stands for in `message` to `take`, until it says false. False: there
  /// may be more behind what was looked at.
  bool visit(const ConnectionDecoder &decoder, const PlacedMessage &message, const FilterOperand &operand,
             const std::function<bool(const Place &place)> &take);
  /// What a name of the message that is bytes has of them, its slice of it; none: it is not there.
  std::optional<QByteArray> bytesOf(const ConnectionDecoder &decoder, const PlacedMessage &message,
                                    const FilterOperand &operand) const;

 private:
  /// The fields of a message of one layer.
  struct Part {
    FieldDecoderPtr decoder;
    ByteRange range;
    std::optional<StreamView> own = {};  ///< what they lie in, where that is not the stream
    quint64 most = ~0ULL;                ///< the first of them alone are certain

    ByteView bytes(const StreamView &stream) const { return (own ? *own : stream).bytes.view(range); }
  };
  struct Known {
    Message message;
    StreamEnd end = StreamEnd::Open;
    std::vector<Part> parts;
    bool isCut = false;
  };
  using Key = std::pair<int, QList<quint64>>;

  const Known &known(const ConnectionDecoder &decoder, const PlacedMessage &message);
  static void read(Known &known, std::span<const FramingLayer> layers, const StreamView &view, bool isDerived,
                   const Message &message);
  static void readFields(Known &known, const FramingLayer &layer, const StreamView &view, bool isDerived,
                         const Message &message);

  QCache<Key, Known> known_{1 << 18};  // values, about: 70 bytes each
};

}  // namespace octetscope

#include "model/values/pickle_format.h"

#include "model/values/binary_numbers.h"
#include "model/values/pickle_opcodes.h"
#include "model/values/pickle_text.h"

#include <QHash>
#include <QUtf8StringView>
#include <QtEndian>

#include <bit>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

const PickleItems items;

/// What is said of frames: they only say how much to read at once, so none of this is an error to pickletools.
enum class FrameRemark : quint32 {
  None,
  EndsInside,   // the frame ends inside this opcode
  BeyondStop,   // it would go on behind the STOP
  BeforeItsEnd  // a frame that begins inside another
};

// A node's kind: the opcode, a remark, and of a STACK_GLOBAL how far before it the opcode of the module's name is,
// where that is known; `detail` is how far the one of the name in it is. Of others `detail` is the frame's begin.
constexpr quint32 remarkShift = 8;
constexpr quint32 moduleShift = 10;
constexpr quint64 farthestModule = FieldNode::none >> moduleShift;

bool isString(PickleArgument argument) {
  using enum PickleArgument;
  return argument == Unicodestring1 || argument == Unicodestring4 || argument == Unicodestring8 ||
         argument == Unicodestringnl;
}

/// Follows the strings that a pickle pushes and remembers, as far as it takes to know what a STACK_GLOBAL names.
class StringTracker {
 public:
  static constexpr quint64 unknown = ~0ULL;

  void step(std::uint8_t code, PickleArgument argument, quint64 at, ByteView opcode) {
    switch (code) {
      case 'p':
      case 'q':
      case 'r':
        remember(numberOf(argument, opcode));
        return;
      case 0x94:
        remember(next_);
        return;
      case 'g':
      case 'h':
      case 'j':
        push(memo_.value(numberOf(argument, opcode), unknown));
        return;
      case 0x95:
        return;  // a FRAME does nothing
      default:
        push(isString(argument) ? at : unknown);
        // What has no argument takes from the stack, or puts there what is no string.
        if (argument == PickleArgument::None) below_ = unknown;
        return;
    }
  }
  quint64 module() const { return below_; }
  quint64 name() const { return top_; }

 private:
  void push(quint64 at) {
    below_ = top_;
    top_ = at;
  }
  void remember(quint64 number) {
    memo_.insert(number, top_);
    next_ = std::max(next_, number + 1);
  }
  static quint64 numberOf(PickleArgument argument, ByteView opcode) {
    if (argument == PickleArgument::Uint1) return opcode[1];
    if (argument == PickleArgument::Uint4) return qFromLittleEndian<quint32>(opcode.data() + 1);
    const Value value = pickleTextValue(argument, opcode.subspan(1, opcode.size() - 2));
    const auto *number = std::get_if<qint64>(&value);
    return number != nullptr && *number >= 0 ? static_cast<quint64>(*number) : unknown - 1;
  }

  QHash<quint64, quint64> memo_;  // where the string was pushed that is remembered
  quint64 top_ = unknown;
  quint64 below_ = unknown;
  quint64 next_ = 0;
};

/// Whether bytes are UTF-8, the halves of surrogate pairs allowed: what CPython takes.
bool isPythonUtf8(ByteView bytes) {
  const QByteArrayView text = qtView(bytes);
  if (QUtf8StringView(text.data(), text.size()).isValidUtf8()) return true;
  // A half is ED, A0 to BF, and one byte more: in their place something as long that is valid.
  QByteArray replaced = text.toByteArray();
  for (qsizetype at = 0; at + 2 < replaced.size(); ++at) {
    if (replaced[at] == '\xed' && (replaced[at + 1] & 0xe0) == 0xa0 && (replaced[at + 2] & 0xc0) == 0x80) {
      replaced[at] = '\xee';
    }
  }
  return QUtf8StringView(replaced).isValidUtf8();
}

struct Read {
  Value value = {};
  QString label = {};
  QString error = {};
};

Read argumentOf(PickleArgument argument, ByteView opcode, const PickleExtent &extent) {
  using enum PickleArgument;
  const ByteView content = opcode.subspan(extent.head, extent.content);
  switch (argument) {
    case None:
      return {};
    case Uint1:
      return {qint64{content[0]}};
    case Uint2:
      return {qint64{qFromLittleEndian<quint16>(content.data())}};
    case Int4:
      return {qint64{qFromLittleEndian<qint32>(content.data())}};
    case Uint4:
      return {qint64{qFromLittleEndian<quint32>(content.data())}};
    case Uint8:
      return {integerValue(qFromLittleEndian<quint64>(content.data()))};
    case Float8:
      return {std::bit_cast<double>(qFromBigEndian<quint64>(content.data()))};
    case Long1:
    case Long4:
      if (auto number = littleEndianInteger(content)) return {*std::move(number)};
      return {copyOf(content),
              u"an integer of %1, too large to be written in decimal"_s.arg(byteCount(content.size()))};
    case String1:
    case String4:
    case Bytes1:
    case Bytes4:
    case Bytes8:
    case Bytearray8:
      return {copyOf(content)};
    case Unicodestring1:
    case Unicodestring4:
    case Unicodestring8: {
      const QByteArrayView text = qtView(content);
      if (QUtf8StringView(text.data(), text.size()).isValidUtf8()) return {QString::fromUtf8(text)};
      if (isPythonUtf8(content)) return {text.toByteArray(), u"with half of a surrogate pair"_s};
      return {.error = u"not UTF-8"_s};
    }
    default:
      return {pickleTextValue(argument, content)};
  }
}

/// Where a name is imported from, in one word: "os.system".
QString dotted(const Value &pair) {
  const auto *text = std::get_if<QString>(&pair);
  return text ? QString(*text).replace(text->indexOf(u' '), 1, u"."_s) : QString();
}

QString stringAt(ByteView payload, quint64 at) {
  const ByteView opcode = payload.subspan(at);
  const Read read = argumentOf(pickleOpcode(opcode[0]).argument, opcode, PickleItems::extentOf(opcode));
  const auto *text = std::get_if<QString>(&read.value);
  return text ? *text : QString();
}

QString frameWords(FrameRemark remark, quint64 frame) {
  switch (remark) {
    case FrameRemark::None:
      break;
    case FrameRemark::EndsInside:
      return u"; the frame of byte %1 ends inside it"_s.arg(grouped(frame));
    case FrameRemark::BeyondStop:
      return u"; the frame of byte %1 would go on behind it"_s.arg(grouped(frame));
    case FrameRemark::BeforeItsEnd:
      return u"; the frame of byte %1 has not ended yet"_s.arg(grouped(frame));
  }
  return {};
}

}  // namespace

void PickleFormat::read(ByteView payload, FieldTreeBuilder &out) const {
  const ByteView bytes = payload.first(out.readable());
  const bool isAll = bytes.size() == payload.size();
  StringTracker strings;
  quint64 frame = 0;
  quint64 frameEnd = 0;  // 0: no frame is open
  bool goesOn = true;
  for (quint64 at = 0; goesOn && at < bytes.size();) {
    const ByteView here = bytes.subspan(at);
    const PickleOpcode &opcode = pickleOpcode(here[0]);
    const PickleExtent extent = PickleItems::extentOf(here);
    FieldNode node;
    node.name = ByteRange::ofSize(at, 1);
    node.range = {at, bytes.size()};
    node.kind = here[0];
    if (extent.outcome != PickleExtent::Whole) {
      if (extent.outcome == PickleExtent::Cut) {
        if (!isAll) return;
        out.addBroken(node, u"its argument is not all here"_s);
      } else {
        ItemWalk walk;
        walk.at = at;
        out.addBroken(node, items.readAt(bytes, walk, 0).error);
      }
      return;
    }
    const quint64 end = at + extent.size(opcode.argument);
    node.range.end = end;
    auto remark = FrameRemark::None;
    node.detail = static_cast<quint32>(std::min<quint64>(frame, FieldNode::none));
    if (frameEnd > 0) {
      if (frameEnd > at && frameEnd < end) remark = FrameRemark::EndsInside;
      if (here[0] == pickleStop && frameEnd > end) remark = FrameRemark::BeyondStop;
      if (here[0] == 0x95 && frameEnd > at) remark = FrameRemark::BeforeItsEnd;
      if (frameEnd <= end) frameEnd = 0;
    }
    if (here[0] == 0x95) {
      frame = at;
      const quint64 size = qFromLittleEndian<quint64>(here.data() + 1);
      frameEnd = size > ~0ULL - end ? ~0ULL : end + size;
    }
    node.kind |= static_cast<quint32>(remark) << remarkShift;
    if (here[0] == 0x93) {
      const quint64 module = strings.module();
      const quint64 name = strings.name();
      node.detail = 0;
      if (module != StringTracker::unknown && name != StringTracker::unknown && at - module <= farthestModule &&
          at - name < FieldNode::none) {
        node.kind |= static_cast<quint32>(at - module) << moduleShift;
        node.detail = static_cast<quint32>(at - name);
      }
    }
    strings.step(here[0], opcode.argument, at, here.first(end - at));
    goesOn = out.add(node) && here[0] != pickleStop;
    at = end;
  }
}

Field PickleFormat::describe(ByteView payload, const FieldNode &node) const {
  Field field;
  const auto code = static_cast<std::uint8_t>(node.kind);
  const PickleOpcode &opcode = pickleOpcode(code);
  const QString byte = QString::number(code, 16).toUpper().rightJustified(2, u'0');
  field.name = opcode.name ? QString::fromLatin1(opcode.name) : byte;
  field.type = opcode.argument == PickleArgument::None ? byte : pickleArgumentName(opcode.argument);
  const ByteView bytes = payload.subspan(node.range.begin, node.range.size());
  const PickleExtent extent = PickleItems::extentOf(bytes);
  if (extent.outcome != PickleExtent::Whole) return field;
  Read read = argumentOf(opcode.argument, bytes, extent);
  field.value = std::move(read.value);
  if (!read.error.isEmpty()) {
    field.value = copyOf(bytes.subspan(extent.head, extent.content));
    read.label = read.error + u", which CPython refuses"_s;
  }
  const auto remark = static_cast<FrameRemark>(node.kind >> remarkShift & 3);
  if (!read.label.isEmpty()) {
    field.label = read.label;
  } else if (code == 'c') {
    field.label = u"would import "_s + dotted(field.value);
  } else if (code == 'i') {
    field.label = u"would import %1 and call it with what lies above the mark"_s.arg(dotted(field.value));
  } else if (code == 0x93 && node.detail > 0) {
    const quint64 module = node.kind >> moduleShift;
    field.label = u"would import %1.%2"_s.arg(stringAt(payload, node.range.begin - module),
                                              stringAt(payload, node.range.begin - node.detail));
  } else {
    field.label = u"would "_s + QString::fromLatin1(opcode.does);
  }
  if (code != 0x93) field.label += frameWords(remark, node.detail);
  return field;
}

}  // namespace octetscope

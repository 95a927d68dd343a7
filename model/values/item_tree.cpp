#include "model/values/item_tree.h"

#include <QUtf8StringView>

#include <vector>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

/// An array or a map inside which the reader is.
struct Open {
  quint64 left;  // values, or pairs, that have to come; without meaning where it is endless
  bool isMap;
  bool isEndless;
  bool isNode;  // it is a field itself: all but the one at the top
};

class TreeReader {
 public:
  TreeReader(ByteView payload, const ItemFormat &format, FieldTreeBuilder &out)
      : bytes_(payload.first(out.readable())), isAll_(bytes_.size() == payload.size()), format_(format), out_(out) {}

  void read() {
    bool goesOn = true;
    while (goesOn) {
      closeWhatIsFull();
      if (open_.empty() && at_ > 0) return;
      if (at_ >= bytes_.size()) {
        // A key without its value is all there is of a pair.
        if (isAll_ && !key_.isEmpty()) out_.addBroken(node({at_, at_}, ItemNode::Cut), u"its value is not here"_s);
        return;
      }
      goesOn = !open_.empty() && open_.back().isMap && key_.isEmpty() ? readKey() : readValue();
    }
  }

 private:
  FieldNode node(ByteRange range, ItemNode kind, quint64 tags = 0) {
    return {.range = range,
            .name = std::exchange(key_, {}),
            .kind = static_cast<quint32>(kind),
            .detail = static_cast<quint32>(std::min<quint64>(tags, FieldNode::none))};
  }

  void closeWhatIsFull() {
    while (!open_.empty() && !open_.back().isEndless && open_.back().left == 0) close();
  }

  void close() {
    if (open_.back().isNode) out_.close(at_);
    open_.pop_back();
  }

  /// The end of the value at `at`; none where it is cut or broken.
  std::optional<quint64> endOf(quint64 at) const {
    ItemWalk walk;
    if (format_.walkOn(bytes_.subspan(at), walk, 1ULL << 62) != WalkEnd::Done) return std::nullopt;
    return at + walk.at;
  }

  bool isBreakAt(quint64 at) const {
    const ItemHead head = format_.headOf(bytes_.subspan(at));
    return head.outcome == ItemHead::Read && head.shape == ItemHead::Break;
  }

  bool readKey() {
    if (isBreakAt(at_)) return endHere();
    const auto end = endOf(at_);
    if (!end) {
      if (isAll_) out_.addBroken(node({at_, bytes_.size()}, ItemNode::Broken), u"a key that is not all here"_s);
      return false;
    }
    key_ = {at_, *end};
    at_ = *end;
    return true;
  }

  /// At a break.
  bool endHere() {
    if (open_.empty() || !open_.back().isEndless) return broken(at_);
    ++at_;
    close();
    return true;
  }

  bool broken(quint64 begin) {
    ItemWalk walk;
    walk.at = at_;
    out_.addBroken(node({begin, bytes_.size()}, ItemNode::Broken), format_.readAt(bytes_, walk, 0).error);
    return false;
  }

  bool cut(quint64 begin, WideInt end) {
    if (!isAll_) {
      // What may be looked at of it is here; that there is more is said at the end.
      out_.add(node({begin, bytes_.size()}, ItemNode::Cut, at_ - begin));
      return false;
    }
    const QString error = u"needs %1, %2 %3 here"_s.arg(byteCount(end - begin), grouped(bytes_.size() - begin),
                                                        bytes_.size() - begin == 1 ? u"is"_s : u"are"_s);
    out_.addBroken(node({begin, bytes_.size()}, ItemNode::Cut, at_ - begin), error);
    return false;
  }

  bool readValue() {
    const quint64 begin = at_;
    ItemHead head = format_.headOf(bytes_.subspan(at_));
    while (head.outcome == ItemHead::Read && head.shape == ItemHead::Tag) {
      at_ += head.width;
      head = format_.headOf(bytes_.subspan(at_));
    }
    if (head.outcome == ItemHead::Bad) return broken(begin);
    if (head.outcome == ItemHead::Cut) return cut(begin, WideInt(at_) + head.width);
    if (head.shape == ItemHead::Break) return begin == at_ ? endHere() : broken(begin);
    if (!open_.empty() && !open_.back().isEndless) --open_.back().left;
    switch (head.shape) {
      case ItemHead::Array:
      case ItemHead::Map:
        return open(begin, head);
      case ItemHead::Pieces: {
        const auto end = endOf(at_);
        if (!end) {
          if (isAll_) {
            out_.addBroken(node({begin, bytes_.size()}, ItemNode::Cut, at_ - begin),
                           u"the break that ends it is not here"_s);
          }
          return false;
        }
        return add(begin, *end);
      }
      default:
        break;
    }
    const WideInt end = WideInt(at_) + head.width + head.content;
    return end > WideInt(bytes_.size()) ? cut(begin, end) : add(begin, static_cast<quint64>(end));
  }

  bool add(quint64 begin, quint64 end) {
    const quint64 tags = at_ - begin;
    at_ = end;
    return out_.add(node({begin, end}, ItemNode::Whole, tags));
  }

  bool open(quint64 begin, const ItemHead &head) {
    const quint64 headAt = at_;
    // The one at the top is no field itself, unless a tag says something of it.
    const bool isNode = !open_.empty() || begin < at_;
    if (isNode && !out_.open(node({begin, at_}, ItemNode::Whole, at_ - begin))) return false;
    if (isNode && out_.isTooDeep()) {
      const auto end = endOf(headAt);
      if (!end) return false;
      at_ = *end;
      out_.close(at_);
      return true;
    }
    at_ += head.width;
    open_.push_back({head.count, head.shape == ItemHead::Map, head.isEndless, isNode});
    return true;
  }

  const ByteView bytes_;
  const bool isAll_;
  const ItemFormat &format_;
  FieldTreeBuilder &out_;
  std::vector<Open> open_;  // no deeper than the builder lists
  quint64 at_ = 0;
  ByteRange key_;  // of the pair under way
};

}  // namespace

void readItemTree(ByteView payload, const ItemFormat &format, FieldTreeBuilder &out) {
  TreeReader(payload, format, out).read();
}

QString itemText(ByteView bytes, const ItemFormat &format, ItemText scalar, qsizetype most) {
  struct Group {
    quint64 left;  // values; a pair is two
    bool isMap;
    bool isEndless;
    quint64 given = 0;
  };
  QString text;
  std::vector<Group> open;  // each adds a character, so there are no more of them than characters
  for (std::size_t at = 0; at < bytes.size() && text.size() <= most;) {
    const ItemHead head = format.headOf(bytes.subspan(at));
    if (head.outcome != ItemHead::Read) break;
    if (head.shape == ItemHead::Break) {
      if (open.empty()) break;
      text += open.back().isMap ? u'}' : u']';
      open.pop_back();
      ++at;
    } else {
      if (!open.empty()) {
        Group &group = open.back();
        if (group.given > 0) text += group.isMap && group.given % 2 == 1 ? u": "_s : u", "_s;
        ++group.given;
      }
      if (head.shape == ItemHead::Array || head.shape == ItemHead::Map) {
        const bool isMap = head.shape == ItemHead::Map;
        text += isMap ? u'{' : u'[';
        open.push_back({isMap ? 2 * std::min(head.count, ~0ULL / 2) : head.count, isMap, head.isEndless});
        at += head.width;
      } else {
        // Tags, and the pieces of a string, belong to what they stand before.
        ItemWalk walk;
        if (format.walkOn(bytes.subspan(at), walk, 1ULL << 62) != WalkEnd::Done) break;
        text += scalar(bytes.subspan(at, walk.at));
        at += walk.at;
      }
    }
    while (!open.empty() && !open.back().isEndless && open.back().given == open.back().left) {
      text += open.back().isMap ? u'}' : u']';
      open.pop_back();
    }
    if (open.empty()) break;
  }
  if (text.size() > most) {
    text.truncate(most);
    text += u'…';
  }
  return text;
}

Value textOrBytes(ByteView bytes) {
  const QByteArrayView view = qtView(bytes);
  if (QUtf8StringView(view.data(), view.size()).isValidUtf8()) return QString::fromUtf8(view);
  return view.toByteArray();
}

}  // namespace octetscope

// What a layout shows of a payload: fields with names, places and values, each computed when it is asked for. Two facts
// carry it: an item's fields are equally spaced, and items lie in rising order, so a field is found by one binary
// search.
#include "model/structs/layout.h"

namespace octetscope {

namespace {

/// The value of one visited element.
struct OneValue {
  Value value = {};

  void operator()(quint64, auto v) { value = v; }
  void operator()(quint64, quint64 v) { value = integerValue(v); }
  void operator()(quint64, ByteView v) { value = copyOf(v); }
};

/// The same as text for people; of long bytes only what is shown is looked at.
struct OneText {
  QString &text;
  qsizetype most;

  void operator()(quint64, auto v) { text += displayText(Value(v), most); }
  void operator()(quint64, ByteView v) { text += displayBytes(v, most); }
};

QString extraName() {
  return QStringLiteral("(rest)");
}

/// "10s", "4H", "H".
QString typeOf(const LayoutItem &item, quint64 count) {
  const QLatin1Char code(item.code);
  return count == 1 ? QString(code) : QString(QString::number(count) + code);
}

QString missing(quint64 needed, quint64 here) {
  return QStringLiteral("needs %1 byte%2, %3 %4 here")
      .arg(needed)
      .arg(needed == 1 ? QString() : QStringLiteral("s"))
      .arg(here)
      .arg(here == 1 ? QStringLiteral("is") : QStringLiteral("are"));
}

}  // namespace

Layout::Tail Layout::tailOf(quint64 payloadSize) const {
  Tail tail;
  if (!rest_) {
    if (payloadSize > size_) tail.extra = {size_, payloadSize};
    return tail;
  }
  tail.count = restCount(payloadSize);
  if (rest_->isString() || restLabel_.isArray) {
    tail.fieldCount = 1;
  } else {
    tail.fieldCount = tail.count;
  }
  if (!rest_->isString() && rest_->kind != ItemKind::Padding && payloadSize > rest_->offset) {
    tail.extra = {rest_->offset + tail.count * rest_->size, payloadSize};
  }
  return tail;
}

quint64 Layout::childCount(ByteView payload, std::span<const quint64> path) const {
  if (path.size() > 1) return 0;
  const Tail tail = tailOf(payload.size());
  if (path.empty()) return fieldCount_ + tail.fieldCount + (tail.extra.isEmpty() ? 0 : 1);
  if (path[0] >= fieldCount_) return rest_ && restLabel_.isArray && path[0] == fieldCount_ ? tail.count : 0;
  const std::size_t at = itemOfField(path[0]);
  return labels_[at].isArray ? items_[at].count : 0;
}

std::size_t Layout::itemOfField(quint64 index) const {
  const auto after = std::upper_bound(labels_.begin(), labels_.end(), index,
                                      [](quint64 wanted, const Label &label) { return wanted < label.firstField; });
  return static_cast<std::size_t>(std::distance(labels_.begin(), after)) - 1;
}

Layout::Place Layout::placeOf(quint64 payloadSize, std::span<const quint64> path) const {
  const quint64 index = path[0];
  Place place;
  if (index < fieldCount_) {
    const std::size_t at = itemOfField(index);
    place = {.item = items_[at], .label = &labels_[at], .count = items_[at].count};
  } else {
    const Tail tail = tailOf(payloadSize);
    if (index - fieldCount_ >= tail.fieldCount) {
      place.item = {.kind = ItemKind::Bytes, .code = 's'};
      place.count = tail.extra.size();
      place.offset = tail.extra.begin;
      place.isRest = true;
      return place;
    }
    place = {.item = *rest_, .label = &restLabel_, .count = tail.count, .isRest = true};
  }
  const quint64 element = path.size() > 1 ? path[1] : index - place.label->firstField;
  place.offset = place.item.offset;
  if (place.item.isString()) return place;
  if (place.label->isArray && path.size() == 1) {
    place.childCount = place.count;
  } else {
    place.count = 1;
    place.offset += element * place.item.size;
    place.isRest = false;
  }
  return place;
}

Field Layout::field(ByteView payload, std::span<const quint64> path) const {
  return shownField(payload, path, ~0ULL);
}

Field Layout::shownField(ByteView payload, std::span<const quint64> path, quint64 most) const {
  const Place place = placeOf(payload.size(), path);
  Field field;
  if (path.size() > 1) {
    field.name = u'[' + QString::number(path[1]) + u']';
  } else if (!place.label) {
    field.name = extraName();
  } else {
    field.name = place.label->name.isEmpty() ? QString::number(path[0]) : place.label->name;
  }
  field.type = place.isRest ? QString(u'*' + QString(QLatin1Char(place.item.code))) : typeOf(place.item, place.count);
  field.childCount = place.childCount;
  field.isGroup = place.label && place.label->isArray && path.size() == 1;
  const quint64 begin = std::min<quint64>(place.offset, payload.size());
  const quint64 here = std::min<quint64>(place.size(), payload.size() - begin);
  field.range = ByteRange::ofSize(begin, here);
  if (here < place.size()) {
    field.error = missing(place.size(), here);
  } else if (!field.isGroup) {
    OneValue one;
    const quint64 count = place.item.kind == ItemKind::Bytes ? std::min(place.count, most) : place.count;
    visitItem(place.item, count, payload.data() + begin, one);
    field.value = one.value;
  }
  return field;
}

FieldPath Layout::fieldAt(ByteView payload, quint64 offset) const {
  if (offset >= payload.size()) return {};
  const auto within = [offset](const LayoutItem &item, const Label &label, quint64 count) -> FieldPath {
    const quint64 element = (offset - item.offset) / item.size;
    if (element >= count) return {};
    if (item.isString()) return {label.firstField};
    if (label.isArray) return {label.firstField, element};
    return {label.firstField + element};
  };
  const Tail tail = tailOf(payload.size());
  if (tail.extra.contains(offset)) return {fieldCount_ + tail.fieldCount};
  if (rest_ && offset >= rest_->offset) return within(*rest_, restLabel_, tail.count);
  const std::size_t after = itemsUpTo(offset);
  if (after == 0) return {};
  return within(items_[after - 1], labels_[after - 1], items_[after - 1].count);
}

std::size_t Layout::itemsUpTo(quint64 offset) const {
  const auto after = std::upper_bound(items_.begin(), items_.end(), offset,
                                      [](quint64 wanted, const LayoutItem &item) { return wanted < item.offset; });
  return static_cast<std::size_t>(std::distance(items_.begin(), after));
}

QList<FieldDecoder::Span> Layout::spans(ByteView payload, ByteRange shown, int most) const {
  QList<Span> result;
  const ByteRange range = ByteRange{0, payload.size()}.intersected(shown);
  if (range.isEmpty()) return result;
  const auto add = [&](quint64 index, ByteRange bytes) {
    const ByteRange here = bytes.intersected({0, payload.size()});
    if (here.overlaps(range) && !here.isEmpty() && result.size() < most) result.append({index, here});
  };
  const auto addItem = [&](const LayoutItem &item, const Label &label, quint64 count) {
    if (item.isString() || label.isArray) {
      add(label.firstField, ByteRange::ofSize(item.offset, count * item.size));
      return;
    }
    const quint64 first = range.begin > item.offset ? (range.begin - item.offset) / item.size : 0;
    for (quint64 i = first; i < count && item.offset + i * item.size < range.end && result.size() < most; ++i) {
      add(label.firstField + i, ByteRange::ofSize(item.offset + i * item.size, item.size));
    }
  };
  const std::size_t after = itemsUpTo(range.begin);
  for (std::size_t at = after == 0 ? 0 : after - 1; at < items_.size() && result.size() < most; ++at) {
    if (items_[at].offset >= range.end) break;
    addItem(items_[at], labels_[at], items_[at].count);
  }
  const Tail tail = tailOf(payload.size());
  if (rest_ && tail.fieldCount > 0) addItem(*rest_, restLabel_, tail.count);
  add(fieldCount_ + tail.fieldCount, tail.extra);
  return result;
}

void Layout::appendPlace(QString &text, ByteView payload, const Place &place, qsizetype most) const {
  if (place.offset > payload.size() || payload.size() - place.offset < place.size()) {
    text += u'?';
    return;
  }
  OneText one{text, most};
  visitItem(place.item, place.count, payload.data() + place.offset, one);
}

QString Layout::summary(ByteView payload, qsizetype most) const {
  QString text;
  const quint64 fields = childCount(payload, {});
  for (quint64 index = 0; index < fields && text.size() <= most; ++index) {
    const std::array path{index};
    const Place place = placeOf(payload.size(), path);
    if (!text.isEmpty()) text += QStringLiteral(" · ");
    // A place is no name worth the room.
    if (!place.label) {
      text += extraName() + u' ';
    } else if (!place.label->name.isEmpty()) {
      text += place.label->name + u' ';
    }
    if (!place.label || !place.label->isArray) {
      appendPlace(text, payload, place, most);
      continue;
    }
    text += u'[';
    for (quint64 element = 0; element < place.childCount && text.size() <= most; ++element) {
      if (element > 0) text += QStringLiteral(", ");
      const std::array elementPath{index, element};
      appendPlace(text, payload, placeOf(payload.size(), elementPath), most);
    }
    text += u']';
  }
  if (text.size() > most) {
    text.truncate(std::max<qsizetype>(most - 1, 0));
    if (!text.isEmpty() && text.back().isHighSurrogate()) text.chop(1);
    if (most > 0) text += QChar(u'…');
  }
  return text;
}

}  // namespace octetscope

// Where the fields of a layout lie, by name: found once, read in any number of payloads.
#include "model/structs/layout.h"

namespace octetscope {

quint64 Layout::extraBegin(quint64 payloadSize) const {
  if (!rest_) return size_;
  if (rest_->isString() || rest_->kind == ItemKind::Padding) return payloadSize;
  return payloadSize > rest_->offset ? rest_->offset + restCount(payloadSize) * rest_->size : payloadSize;
}

std::vector<Layout::FieldPlace> Layout::placesOf(QStringView name) const {
  std::vector<FieldPlace> places;
  if (name.isEmpty()) return places;
  if (name == u"(rest)") {
    const bool isPossible = !rest_ || (!rest_->isString() && rest_->kind != ItemKind::Padding);
    if (isPossible)
      places.push_back({.item = {.kind = ItemKind::Bytes, .code = 's'}, .takesRest = true, .isExtra = true});
    return places;
  }
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    if (labels_[i].name == name) places.push_back({.item = items_[i], .isArray = labels_[i].isArray});
  }
  if (rest_ && restLabel_.name == name) {
    places.push_back({.item = *rest_, .isArray = restLabel_.isArray, .takesRest = true});
  }
  bool isPlace = false;
  const quint64 index = name.toULongLong(&isPlace);
  // "07" is no place, and neither is what no payload could have.
  if (!isPlace || index > (1ULL << 60) || QString::number(index) != name) return places;
  const auto element = [&](const LayoutItem &item, quint64 number) {
    FieldPlace place{.item = item};
    place.item.offset += number * item.size;
    place.item.count = 1;
    places.push_back(place);
  };
  if (index < fieldCount_) {
    const std::size_t at = itemOfField(index);
    if (!labels_[at].name.isEmpty()) return places;
    if (items_[at].isString()) {
      places.push_back({.item = items_[at]});
    } else {
      element(items_[at], index - labels_[at].firstField);
    }
  } else if (rest_ && restLabel_.name.isEmpty() && rest_->kind != ItemKind::Padding) {
    if (!rest_->isString()) {
      element(*rest_, index - fieldCount_);
    } else if (index == fieldCount_) {
      places.push_back({.item = *rest_, .takesRest = true});
    }
  }
  return places;
}

QList<quint64> Layout::fieldsNamed(QStringView name, quint64 payloadSize) const {
  QList<quint64> found;
  const Tail tail = tailOf(payloadSize);
  const quint64 extra = fieldCount_ + tail.fieldCount;
  if (name == u"(rest)") {
    if (!tail.extra.isEmpty()) found.append(extra);
    return found;
  }
  for (const Label &label : labels_) {
    if (!label.name.isEmpty() && label.name == name) found.append(label.firstField);
  }
  if (tail.fieldCount > 0 && !restLabel_.name.isEmpty() && restLabel_.name == name) found.append(restLabel_.firstField);
  bool isPlace = false;
  const quint64 index = name.toULongLong(&isPlace);
  if (!isPlace || index >= extra || QString::number(index) != name) return found;
  const Label &label = index < fieldCount_ ? labels_[itemOfField(index)] : restLabel_;
  if (label.name.isEmpty()) found.append(index);
  return found;
}

QStringList Layout::fieldNames(qsizetype most) const {
  QStringList names;
  const auto add = [&](const Label &label, quint64 count) {
    if (!label.name.isEmpty()) {
      if (!names.contains(label.name)) names.append(label.name);
      return;
    }
    for (quint64 i = 0; i < count && names.size() < most; ++i) names.append(QString::number(label.firstField + i));
  };
  for (std::size_t i = 0; i < labels_.size() && names.size() < most; ++i) add(labels_[i], labels_[i].fieldCount);
  if (rest_ && names.size() < most && (rest_->kind != ItemKind::Padding || restLabel_.isArray)) add(restLabel_, 1);
  return names;
}

}  // namespace octetscope

// What a layout says of a whole payload: the values in it, in Python's order.
#include "model/structs/layout.h"

#include <cmath>

namespace octetscope {

namespace {

struct ValueCollector {
  QList<Value> &values;

  void operator()(quint64, auto value) { values.append(Value(value)); }
  void operator()(quint64, quint64 value) { values.append(integerValue(value)); }
  void operator()(quint64, ByteView value) { values.append(copyOf(value)); }
};

}  // namespace

double doubleOfHalf(quint16 bits) {
  const int exponent = (bits >> 10) & 0x1f;
  const int fraction = bits & 0x3ff;
  const bool negative = bits & 0x8000;
  double magnitude = 0;
  if (exponent == 0x1f) {
    magnitude = fraction == 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
  } else if (exponent == 0) {
    magnitude = std::ldexp(fraction, -24);
  } else {
    magnitude = std::ldexp(0x400 + fraction, exponent - 25);
  }
  return negative ? -magnitude : magnitude;
}

char Layout::codeOfValue(quint64 index) const {
  if (index < valueCount_) {
    const auto after =
        std::upper_bound(items_.begin(), items_.end(), index,
                         [](quint64 wanted, const LayoutItem &item) { return wanted < item.firstValue; });
    return std::prev(after)->code;
  }
  if (!rest_ || rest_->kind == ItemKind::Padding) return 0;
  return rest_->isString() && index > valueCount_ ? '\0' : rest_->code;
}

quint64 Layout::restCount(quint64 payloadSize) const {
  if (!rest_ || rest_->kind == ItemKind::Padding || payloadSize <= rest_->offset) return 0;
  return (payloadSize - rest_->offset) / rest_->size;
}

Result<QList<Value>> Layout::unpack(ByteView payload) const {
  if (rest_ ? payload.size() < size_ : payload.size() != size_) {
    return fail(QStringLiteral("unpack requires a buffer of %1%2 bytes")
                    .arg(rest_ ? QStringLiteral("at least ") : QString())
                    .arg(size_),
                payload.size() == 1 ? QStringLiteral("1 byte was given")
                                    : QStringLiteral("%1 bytes were given").arg(payload.size()));
  }
  QList<Value> values;
  visit(payload, ValueCollector{values});
  if (const Tail tail = tailOf(payload.size()); !tail.extra.isEmpty()) {
    values.append(copyOf(payload.subspan(tail.extra.begin, tail.extra.size())));
  }
  return values;
}

}  // namespace octetscope

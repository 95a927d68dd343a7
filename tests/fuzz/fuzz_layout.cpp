// The layout parser and what it makes of bytes. Input: the layout's text up to a NUL, then a payload.
#include "model/structs/layout.h"
#include "model/structs/value_text.h"

#include <cstdlib>

using namespace octetscope;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void lookAt(const Layout &layout, ByteView payload, std::span<const quint64> path) {
  const Field field = layout.field(payload, path);
  require(field.range.begin <= field.range.end && field.range.end <= payload.size());
  require(!field.name.isEmpty() && !field.type.isEmpty());
  require(field.childCount == layout.childCount(payload, path));
  QByteArray json;
  appendJsonValue(json, field.value);
  require(parseJson(json).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const ByteView input(data, size);
  const auto zero = std::find(input.begin(), input.end(), 0);
  const auto textSize = static_cast<std::size_t>(zero - input.begin());
  const QString text = QString::fromUtf8(qtView(input.first(textSize)));
  const ByteView payload = zero == input.end() ? ByteView() : input.subspan(textSize + 1);

  const auto parsed = Layout::parse(text);
  if (!parsed) {
    require(!parsed.error().what.isEmpty() && parsed.error().position >= 0 && parsed.error().position <= text.size());
    return 0;
  }
  const Layout &layout = **parsed;
  require(layout.size() <= static_cast<quint64>(std::numeric_limits<qint64>::max()));

  // The first and the last fields, and their first and last children: there may be billions between.
  const quint64 count = layout.childCount(payload, {});
  for (quint64 i = 0; i < count; i = i == 99 && count > 200 ? count - 100 : i + 1) {
    const std::array path{i};
    lookAt(layout, payload, path);
    const quint64 children = layout.childCount(payload, path);
    for (quint64 j = 0; j < children; j = j == 3 && children > 8 ? children - 4 : j + 1) {
      const std::array childPath{i, j};
      lookAt(layout, payload, childPath);
    }
  }
  quint64 last = 0;
  for (const auto &span : layout.spans(payload, {0, payload.size()}, 1000)) {
    require(span.index < count && span.range.begin >= last && span.range.end <= payload.size());
    last = span.range.end;
    require(layout.fieldAt(payload, span.range.begin).value(0) == span.index);
  }
  require(layout.summary(payload, 200).size() <= 200);

  if (const auto values = layout.unpack(payload)) {
    // What was unpacked packs again, and then no more changes; but a partial element is not packed, and CPython marks a
    // `0p` in bytes that belong to others.
    if (const auto packed = layout.pack(*values); packed && !text.contains(u'p')) {
      const auto again = layout.unpack(viewOf(*packed));
      require(again && again->size() == values->size());
      require(layout.pack(*again) == packed);
    }
  }
  return 0;
}

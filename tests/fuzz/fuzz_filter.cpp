// Filters: whatever is typed is refused at a place inside it, or read; whatever it is bound to, it judges messages the
// same together and apart; what is read to sort by is read the same from anywhere. Input: a byte that chooses what
// messages are read with, the expression up to a NUL, then the stream.
#include "model/filter/filter_completion.h"
#include "model/filter/filter_value_reader.h"
#include "model/filter/sort_key.h"
#include "model/framing/registry.h"
#include "model/structs/layout.h"
#include "tests/support/direct_scan.h"

#include <cstdlib>

using namespace octetscope;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

struct Reading {
  const char16_t *framing;
  const char16_t *layout;
};
constexpr Reading readings[] = {
    {u"length:u8", u"!H:seq B:kind q:v 4s:name 3h:arr d:x ? *s:text"},
    {u"length:u8", u"<I:a 2Q:big c:c f:f 5p:p *h:rest"},
    {u"length:u8", u">2H 3s *I"},
    {u"slip", u"B:a *s:text"},
    {u"json", u""},
    {u"msgpack", u""},
    {u"http", u""},
    {u"length:u8 | json", u""},
    {u"length:u8 | fixed:2", u"!H:x"},
    {u"lines", u""},
};

FilterScope scopeOf(const Reading &reading) {
  const auto framer = framerFromSpec(QString::fromUtf16(reading.framing));
  const QString text = QString::fromUtf16(reading.layout);
  FieldDecoderPtr layout;
  if (!text.isEmpty()) layout = *Layout::parse(text);
  return FilterScope::of(*framer, layout);
}

const std::vector<FilterScope> &scopes() {
  static const std::vector<FilterScope> all = [] {
    std::vector<FilterScope> made;
    for (const Reading &reading : readings) made.push_back(scopeOf(reading));
    return made;
  }();
  return all;
}

void requireGood(const FilterError &error, const QString &text) {
  require(!error.what.isEmpty() && !error.mend.isEmpty());
  require(error.position >= 0 && error.length >= 0 && error.position + error.length <= text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  if (size < 1) return 0;
  const FilterScope &scope = scopes()[data[0] % scopes().size()];
  const ByteView input(data + 1, size - 1);
  const auto zero = std::find(input.begin(), input.end(), 0);
  const auto textSize = static_cast<std::size_t>(zero - input.begin());
  const QString text = QString::fromUtf8(qtView(input.first(textSize)));
  const ByteView bytes = zero == input.end() ? ByteView() : input.subspan(textSize + 1);

  const std::array both{scope, scope};
  for (const qsizetype caret : {text.size(), text.size() / 2}) {
    const FilterCompletions completions = filterCompletions(text, caret, both);
    require(completions.position >= 0 && completions.position <= caret);
    require(completions.position + completions.length <= text.size());
  }
  const auto expression = FilterExpression::parse(text);
  if (!expression) {
    requireGood(expression.error(), text);
    return 0;
  }
  const StreamView view{ByteSnapshot::of(copyOf(bytes)), {}, StreamEnd::Fin, noTime};
  const QList<Message> messages = test::directScan(*scope.layers.front().framer, view, 64);
  const FilterStream stream{.view = view};
  const auto count = std::min<std::size_t>(FilterBatch::most, static_cast<std::size_t>(messages.size()));
  if (const auto reader = FilterValueReader::create(text, both)) {
    const FilterBatch batch{stream, std::span(messages.constData(), count)};
    for (std::size_t i = 0; i < count; ++i) {
      (*reader)->read(batch, i, [](const FilterValue &value) {
        require(value.kind != FilterValue::Kind::Null);
        if (!value.isString() || value.bytes.empty()) return;
        require(SortKey::of(FilterValue::of(value.bytes.subspan(1))) == SortKey::of(value, 1));
      });
    }
  } else {
    requireGood(reader.error(), text);
  }
  const auto program = FilterProgram::create(*expression, both);
  if (!program) {
    requireGood(program.error(), text);
    return 0;
  }
  const quint64 together = (*program)->judge({stream, std::span(messages.constData(), count)});
  for (std::size_t i = 0; i < count; ++i) {
    const Message *before = i > 0 ? &messages[static_cast<qsizetype>(i) - 1] : nullptr;
    const bool apart = (*program)->passes(stream, messages[static_cast<qsizetype>(i)], i, before);
    require(apart == ((together >> i & 1) != 0));
  }
  return 0;
}

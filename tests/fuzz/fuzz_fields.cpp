// The fields of formats that describe themselves, over any bytes, also what is no such format or is cut: every field
// lies in the bytes, a walk and the paths say the same, and what a framing takes for a whole message can be read. The
// first byte chooses the format, the second the limits.
#include "model/framing/registry.h"
#include "tests/support/framer_contract.h"

#include <vector>

using namespace octetscope;
using namespace octetscope::test;

namespace {

const std::vector<FramerPtr> &framers() {
  static const std::vector<FramerPtr> all = [] {
    std::vector<FramerPtr> made;
    for (const FramingKind &kind : framingKinds()) {
      const auto framer = framerFromSpec(kind.examples.value(0, kind.name));
      if (framer && (*framer)->fields()) made.push_back(*framer);
    }
    return made;
  }();
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  if (size < 2) return 0;
  const Framer &framer = *framers()[data[0] % framers().size()];
  const ByteView bytes{data + 2, size - 2};
  const bool isLimited = data[1] % 2 == 1;
  const FieldLimits limits =
      isLimited ? FieldLimits{.values = 1U + data[1] / 8U, .bytes = data[1], .depth = data[1] % 7U} : FieldLimits{};
  const auto fields = framer.fields()->indexed(bytes, limits);
  if (!fields) return 0;
  FieldPath path;
  const auto walk = fields->walk(bytes);
  bool isBroken = false;
  while (walk->next()) {
    const Field &field = walk->field();
    const auto depth = static_cast<qsizetype>(walk->depth());
    if (depth < path.size()) {
      path.resize(depth + 1);
      ++path.back();
    } else {
      path.append(0);
    }
    if (field.range.begin > field.range.end || field.range.end > bytes.size()) qFatal("a field outside");
    if (!field.error.isEmpty()) isBroken = true;
    const Field same = fields->field(bytes, path);
    if (same.name != field.name || same.range != field.range || same.error != field.error) qFatal("another field");
    if (fields->childCount(bytes, path) != field.childCount) qFatal("other children");
    displayText(field.value);
  }
  for (quint64 at = 0; at <= bytes.size(); ++at) {
    if (const FieldPath found = fields->fieldAt(bytes, at); !found.isEmpty()) fields->field(bytes, found);
  }
  if (fields->summary(bytes, 60).size() > 60) qFatal("a long summary");
  fields->spans(bytes, {bytes.size() / 3, bytes.size()}, 9);

  // Boundaries and values come from one walk.
  const QByteArray copy = copyOf(bytes);
  const auto messages = messagesOf(framer, streamInChunks(copy, {}, StreamEnd::Fin));
  const bool isText = framer.spec() == u"json" || framer.spec() == u"xml";
  const bool isWhole =
      messages.size() == 1 && messages[0].status == Status::Complete && messages[0].size == bytes.size();
  if (isText && !isLimited && isWhole && isBroken) qFatal("a whole message has broken fields");
  return 0;
}

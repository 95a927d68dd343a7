#include "model/values/http_fields.h"

#include "model/values/value_format.h"

#include <limits>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

using Step = HttpReader::Step;

enum Kind : quint32 { Method, Target, Version, Status, Reason, Header, Trailer };

/// UTF-8 where it is that, else Latin-1, which is what HTTP once meant: every byte says something.
QString textOf(ByteView bytes) {
  const QByteArrayView text = qtView(bytes);
  return text.isValidUtf8() ? QString::fromUtf8(text) : QString::fromLatin1(text);
}

class HttpFields final : public ValueFormat {
 public:
  explicit HttpFields(HttpGrammar grammar) : reader_(grammar, std::numeric_limits<quint64>::max()) {}

  void read(ByteView message, FieldTreeBuilder &out) const override {
    const ByteView bytes = message.first(out.readable());
    HttpWalk walk = reader_.begin();
    HttpFlaw flaw;
    for (;;) {
      const HttpWalk before = walk;
      const Step step = reader_.step(bytes, walk, flaw);
      if (step != Step::Line && step != Step::Block) return;
      if (before.phase == HttpWalk::HeadEnd || step == Step::Block) continue;
      const HttpLine line = httpLine(bytes, before.at, walk.at - 1);
      if (line.isEmpty()) continue;
      bool hasRoom = true;
      if (before.phase == HttpWalk::Start) {
        hasRoom = addStart(bytes, line, walk.has(HttpWalk::IsResponse), out);
      } else if (before.phase == HttpWalk::Header || before.phase == HttpWalk::Trailer) {
        if (const auto colon = httpColon(bytes, line, flaw)) {
          const HttpHeader header = httpHeader(bytes, line, *colon);
          hasRoom = out.add({.range = header.value,
                             .name = header.name,
                             .kind = before.phase == HttpWalk::Header ? Header : Trailer});
        }
      }
      if (!hasRoom) return;
    }
  }

  Field describe(ByteView message, const FieldNode &node) const override {
    static constexpr QLatin1String names[] = {"method"_L1, "target"_L1, "version"_L1, "status"_L1, "reason"_L1};
    static constexpr QLatin1String types[] = {"text"_L1, "text"_L1,   "text"_L1,   "number"_L1,
                                              "text"_L1, "header"_L1, "trailer"_L1};
    Field field;
    field.type = types[node.kind];
    field.name =
        node.kind < Header ? QString(names[node.kind]) : textOf(message.subspan(node.name.begin, node.name.size()));
    const ByteView value = message.subspan(node.range.begin, node.range.size());
    if (node.kind == Status) {
      field.value = integerValue(qtView(value).toUInt());
    } else {
      field.value = textOf(value);
    }
    return field;
  }

 private:
  static bool addStart(ByteView bytes, const HttpLine &line, bool isResponse, FieldTreeBuilder &out) {
    const QByteArrayView text =
        qtView(bytes).sliced(static_cast<qsizetype>(line.begin), static_cast<qsizetype>(line.contentEnd - line.begin));
    const auto place = [&](qsizetype at) { return line.begin + static_cast<quint64>(at); };
    const auto add = [&](Kind kind, qsizetype begin, qsizetype end) {
      return out.add({.range = {place(begin), place(end)}, .name = {}, .kind = kind});
    };
    const qsizetype first = text.indexOf(' ');
    if (isResponse) {
      const qsizetype reason = std::min(first + 5, text.size());
      return add(Version, 0, first) && add(Status, first + 1, first + 4) && add(Reason, reason, text.size());
    }
    const qsizetype second = text.indexOf(' ', first + 1);
    return add(Method, 0, first) && add(Target, first + 1, second) && add(Version, second + 1, text.size());
  }

  const HttpReader reader_;
};

}  // namespace

FieldDecoderPtr httpFields(HttpGrammar grammar) {
  return std::make_shared<const HttpFields>(grammar);
}

}  // namespace octetscope

#include "widgets/help/example_content.h"

#include "model/framing/framing_words.h"
#include "model/items/explanation.h"
#include "model/items/message_contents.h"
#include "widgets/hexview/decoder_hex_source.h"

namespace octetscope {

namespace {

constexpr qsizetype mostLetters = 40;  // of a segment's words
constexpr quint64 textBytes = 24;      // of a segment, read out as text

bool isText(ByteView bytes) {
  return !bytes.empty() && bytes.size() <= textBytes &&
         std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte >= 0x20 && byte < 0x7f; });
}

}  // namespace

ExampleContent ExampleContent::of(ConnectionDecoder &decoder) {
  ExampleContent content;
  const StreamView &view = decoder.view(Direction::In);
  const DecoderHexSource source(&decoder, Direction::In);
  content.isJoined = decoder.reader(Direction::In).outer != nullptr;
  content.bytes = copyOf(view.bytes.view());
  for (quint64 i = 0; i < view.chunks.count(); ++i) {
    const quint64 end = i + 1 < view.chunks.count() ? view.chunks[i + 1].offset : view.size();
    content.chunks.push_back({view.chunks[i].offset, end});
  }
  for (quint64 number = 0; number < decoder.messageCount(Direction::In); ++number) {
    MessageItem item;
    item.message = decoder.message(Direction::In, number);
    if (const FramerPtr &framer = decoder.reader(Direction::In).framer) {
      item.needs = framer->verdict(view, item.message).needs;
    }
    if (decoder.reader(Direction::In).layers.size() > 1 && item.message.hasPayloadRange()) {
      const InnerMessages inner = decoder.contents().inner(Direction::In, 0, view, item.message);
      for (qsizetype i = 0; i < inner.messages.size() && !inner.payload.isDerived; ++i) {
        content.inner.push_back(
            {QStringLiteral("%1.%2").arg(number).arg(i), inner.messages[i].range(), inner.messages[i].status});
      }
    }
    item.sentence = explanationOf(decoder, Direction::In, number);
    content.messages.push_back(std::move(item));
  }
  std::vector<HexSpan> spans;
  source.spans({0, view.size()}, spans);
  for (const HexSpan &span : spans) {
    const HexPlace place = source.place(span.range.begin);
    QString words = place.value.isEmpty() ? place.what : tr("%1 = %2").arg(place.what, place.value);
    if (span.kind == HexSpan::Kind::Framing && span.part == PartRole::Unread) words = tr("not read");
    if (words.size() > mostLetters) words = words.first(mostLetters - 1) + u'…';
    content.segments.push_back({span, words});
  }
  return content;
}

std::vector<ByteRange> ExampleContent::blocks() const {
  std::vector<ByteRange> blocks;
  quint64 at = 0;
  const auto add = [&](ByteRange range) {
    if (!range.isEmpty()) blocks.push_back(range);
    at = range.end;
  };
  for (const MessageItem &item : messages) {
    add({at, item.message.offset});
    add(item.message.range());
  }
  add({at, std::max(at, static_cast<quint64>(bytes.size()))});
  return blocks;
}

QString ExampleContent::inWords() const {
  QStringList lines;
  const auto segmentsIn = [this](ByteRange range) {
    QStringList words;
    for (const Segment &segment : segments) {
      if (!segment.span.range.overlaps(range)) continue;
      const ByteView here = viewOf(bytes).subspan(static_cast<std::size_t>(segment.span.range.begin),
                                                  static_cast<std::size_t>(segment.span.range.size()));
      words += isText(here) ? tr("%1 (%2, “%3”)").arg(segment.words, hexWords(here), QString::fromLatin1(qtView(here)))
                            : tr("%1 (%2)").arg(segment.words, hexWords(here));
    }
    return words.join(u", ");
  };
  const auto wordOf = [](Status status) {
    return status == Status::Complete ? tr("complete") : status == Status::Error ? tr("in error") : tr("incomplete");
  };
  std::size_t number = 0;
  for (const ByteRange &block : blocks()) {
    const bool isMessage = number < messages.size() && messages[number].message.offset == block.begin;
    if (!isMessage) {
      lines += tr("Between messages, %1: %2.").arg(bytesAt(block), segmentsIn(block));
      continue;
    }
    const MessageItem &item = messages[number];
    lines += tr("Message %1, %2, %3: %4. %5")
                 .arg(QString::number(number), bytesAt(block), wordOf(item.message.status), segmentsIn(block),
                      item.sentence);
    for (const InnerItem &one : inner) {
      if (!one.range.overlaps(block)) continue;
      lines += tr("Message %1, inside it, %2, %3.").arg(one.name, bytesAt(one.range), wordOf(one.status));
    }
    ++number;
  }
  return lines.join(u'\n');
}

}  // namespace octetscope

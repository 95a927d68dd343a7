#include "widgets/ribbon/ribbon_words.h"

#include "model/items/message_contents.h"
#include "widgets/hexview/decoder_hex_source.h"

#include <QDateTime>
#include <QLocale>

#include <utility>

namespace octetscope {

namespace {

QString grouped(quint64 number) {
  return QLocale().toString(number);
}

QString joined(QStringList lines) {
  lines.removeAll(QString());
  return lines.join(u'\n');
}

}  // namespace

QString RibbonWords::range(ByteRange range) {
  if (range.size() == 1) return tr("byte %1").arg(grouped(range.begin));
  if (range.isEmpty()) return tr("at byte %1").arg(grouped(range.begin));
  return tr("bytes %1 to %2 (%3 bytes)").arg(grouped(range.begin), grouped(range.end - 1), grouped(range.size()));
}

bool RibbonWords::isFile() const {
  return decoder_.connection()->from().isNone() && decoder_.connection()->to().isNone();
}

QString RibbonWords::chunkName(Direction direction, quint64 number) const {
  if (decoder_.connection()->isObserved() || isFile()) return tr("Chunk %1").arg(grouped(number));
  return direction == Direction::In ? tr("Chunk %1 (one recv())").arg(grouped(number))
                                    : tr("Chunk %1 (one send())").arg(grouped(number));
}

QString RibbonWords::chunk(Direction direction, quint64 number) const {
  const StreamView &view = decoder_.view(direction);
  const ChunkView &chunks = view.chunks;
  if (number >= chunks.count()) return {};
  const ByteRange bytes{chunks[number].offset, number + 1 < chunks.count() ? chunks[number + 1].offset : view.size()};
  QStringList lines = {tr("%1: %2").arg(chunkName(direction, number), range(bytes))};
  if (const qint64 time = chunks[number].timeNs; time != noTime) {
    const QString clock = QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(time / 1'000'000), u"HH:mm:ss.zzz");
    const qint64 start = decoder_.startTimeNs();
    lines += tr("at %1 (%2 s after the first)")
                 .arg(clock, QLocale::c().toString(static_cast<double>(time - start) / 1e9, 'f', 6));
  }
  // At its ends there may be filler, which belongs to no message.
  const quint64 count = decoder_.messageCount(direction);
  const quint64 first = decoder_.messageAt(direction, bytes.begin).value_or(count);
  const auto last = decoder_.messageAt(direction, bytes.end - 1);
  if (!last && decoder_.isBusy()) return joined(lines);  // it may not be framed yet
  quint64 behind = last.value_or(count);
  if (behind < count && decoder_.message(direction, behind).offset < bytes.end) ++behind;
  if (behind > first + 1) {
    lines +=
        tr("carries bytes of %1 messages, %2 to %3").arg(grouped(behind - first), grouped(first), grouped(behind - 1));
  } else if (behind > first) {
    const Message only = decoder_.message(direction, first);
    const bool isPart = only.offset < bytes.begin || only.end() > bytes.end;
    lines += (isPart ? tr("carries a part of message %1") : tr("carries message %1, whole")).arg(grouped(first));
  }
  return joined(lines);
}

QString RibbonWords::message(Direction direction, quint64 number) const {
  if (number >= decoder_.messageCount(direction)) return {};
  const StreamView &view = decoder_.view(direction);
  const Message message = decoder_.message(direction, number);
  const quint64 chunks = view.chunks.countIn(message.range());
  QStringList lines = {tr("Message %1: %2").arg(grouped(number), range(message.range()))};
  lines += chunks == 1 ? tr("came in one chunk") : tr("split over %1 chunks").arg(grouped(chunks));
  lines += decoder_.explain(direction, message, number);
  return joined(lines);
}

QString RibbonWords::inner(Direction direction, quint64 outer, qsizetype layer, quint64 offset) const {
  if (outer >= decoder_.messageCount(direction)) return {};
  const QList<FramingLayer> &layers = decoder_.reader(direction).layers;
  StreamView view = decoder_.view(direction);
  Message found = decoder_.message(direction, outer);
  QString name = grouped(outer);
  QString holder;
  quint64 number = outer;
  for (qsizetype at = 0; at < layer; ++at) {
    const InnerMessages inner = decoder_.contents().inner(direction, at, view, found);
    const auto next = inner.at(offset);
    if (!next) break;
    number = static_cast<quint64>(*next);
    holder = std::exchange(name, QString(name + u'.' + grouped(number)));
    found = inner.messages[*next];
    view = inner.payload.view;
    if (at + 1 < layer) continue;
    return joined({tr("Message %1, inside message %2: %3").arg(name, holder, range(found.range())),
                   layers[layer].framer->explain(view, found, number)});
  }
  return message(direction, outer);
}

/// Where messages inside messages are not drawn.
QString RibbonWords::apart(Direction direction, const RibbonItem &item) const {
  QStringList names;
  for (const quint64 number : item.outer) names += grouped(number);
  const QString name = names.join(u'.');
  if (item.kind == RibbonItem::Kind::Unlisted) {
    return joined(
        {tr("Messages inside message %1 that are not shown: %2").arg(name, range(item.range)),
         tr("a payload is read from its front, as far as there is room for what is in it: zoom in to see more "
            "of it")});
  }
  QString words =
      tr("The payload of message %1 is no range of the stream: what lies in it has bytes of its own").arg(name);
  if (item.outer.size() == 1 && item.outer.first() < decoder_.messageCount(direction)) {
    const quint64 size = decoder_.message(direction, item.outer.first()).payloadSize;
    words = tr("The payload of message %1 is no range of the stream: what lies in it has %2 bytes of its own")
                .arg(name, grouped(size));
  }
  return joined({words, tr("they are shown as the payload's own bytes")});
}

QString RibbonWords::part(Direction direction, const RibbonItem &item, quint64 offset) const {
  // The byte view knows what a byte is already.
  const DecoderHexSource source(const_cast<ConnectionDecoder *>(&decoder_), direction);
  const HexPlace place = source.place(offset);
  QStringList lines = {place.value.isEmpty() ? place.what : tr("%1 = %2").arg(place.what, place.value)};
  lines += range(source.fieldRange(offset));
  lines += tr("of message %1").arg(place.inner.isEmpty() ? grouped(item.number) : place.messageName());
  lines += place.messageNote;
  return joined(lines);
}

QString RibbonWords::item(const RibbonLane &lane, const RibbonItem &item, quint64 offset) const {
  const bool isMessages = lane.kind == RibbonLane::Kind::Messages;
  if (lane.kind == RibbonLane::Kind::Inner) {
    if (item.kind != RibbonItem::Kind::Message) return apart(lane.direction, item);
    if (!item.isSummary()) return inner(lane.direction, item.outer.first(), lane.layer, offset);
    QStringList names;
    for (const quint64 number : item.outer) names += grouped(number);
    const QString name = names.join(u'.');
    QStringList lines = {tr("%1 messages inside message %2").arg(grouped(item.count), name), range(item.range)};
    const QString flaw = name + u'.' + grouped(item.flaw);
    if (item.status == Status::Error) lines += tr("message %1 is in error").arg(flaw);
    if (item.status == Status::Incomplete) lines += tr("message %1 is incomplete").arg(flaw);
    lines += tr("zoom in to see each of them");
    return joined(lines);
  }
  if (item.isSummary()) {
    const QString last = grouped(item.number + item.count - 1);
    QStringList lines = {isMessages ? tr("%1 messages, %2 to %3").arg(grouped(item.count), grouped(item.number), last)
                                    : tr("%1 chunks, %2 to %3").arg(grouped(item.count), grouped(item.number), last)};
    lines += range(item.range);
    if (item.status == Status::Error) lines += tr("message %1 is in error").arg(grouped(item.flaw));
    if (item.status == Status::Incomplete) lines += tr("message %1 is incomplete").arg(grouped(item.flaw));
    if (item.isDimmed) lines += tr("none of them passes the filter");
    lines += tr("zoom in to see each of them");
    return joined(lines);
  }
  if (item.kind == RibbonItem::Kind::Ghost) {
    const bool isOpen = decoder_.view(lane.direction).end == StreamEnd::Open;
    return isOpen ? tr("%1 bytes of message %2 have not come yet").arg(grouped(item.range.size()), grouped(item.number))
                  : tr("%1 bytes of message %2 never came").arg(grouped(item.range.size()), grouped(item.number));
  }
  if (lane.kind == RibbonLane::Kind::Chunks) return chunk(lane.direction, item.number);
  if (isMessages) {
    const QString words = message(lane.direction, item.number);
    return item.isDimmed ? joined({words, tr("it does not pass the filter")}) : words;
  }
  return part(lane.direction, item, offset);
}

QString RibbonWords::mark(const RibbonMark &mark) const {
  const QString at = grouped(mark.offset);
  const auto split = [&](const QString &where) {
    return joined(
        {tr("Chunk %1 ended at byte %2, %3 message %4").arg(grouped(mark.chunk), at, where, grouped(mark.number)),
         tr("The message is split over %1 chunks").arg(grouped(mark.count))});
  };
  switch (mark.kind) {
    case RibbonMark::Kind::Split:
      return split(tr("inside"));
    case RibbonMark::Kind::SplitHead:
      return split(tr("inside the header of"));
    case RibbonMark::Kind::SplitDelimiter:
      return split(tr("inside the delimiter of"));
    case RibbonMark::Kind::Several:
      return tr("Chunk %1 carries bytes of %2 messages, %3 to %4")
          .arg(grouped(mark.chunk), grouped(mark.count), grouped(mark.number), grouped(mark.number + mark.count - 1));
    case RibbonMark::Kind::LeftOver:
      return tr("The stream ended inside message %1: %2 bytes are left over, from byte %3 on")
          .arg(grouped(mark.number), grouped(mark.count), at);
    case RibbonMark::Kind::Restart:
      return tr("Framing was started again at byte %1").arg(at);
    case RibbonMark::Kind::End:
      break;
  }
  if (decoder_.connection()->isExample()) return tr("The example ends after byte %1").arg(at);
  if (isFile()) return tr("The file ends after byte %1").arg(at);
  switch (mark.end) {
    case StreamEnd::Fin:
      return mark.direction == Direction::In || decoder_.connection()->isObserved()
                 ? tr("FIN: the sender finished after byte %1; no more will come").arg(at)
                 : tr("FIN: we finished sending after byte %1").arg(at);
    case StreamEnd::Reset:
      return tr("RST: the connection was broken after byte %1").arg(at);
    case StreamEnd::Cut:
      return tr("The capture ends after byte %1").arg(at);
    case StreamEnd::Open:
      break;
  }
  return {};
}

}  // namespace octetscope

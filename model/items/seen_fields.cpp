#include "model/items/seen_fields.h"

#include "model/filter/filter_completion.h"
#include "model/items/connection_decoder.h"
#include "model/items/message_contents.h"

namespace octetscope {

namespace {

constexpr quint64 lastMessages = 3;           // of each direction
constexpr qsizetype innerMessagesOfEach = 3;  // inside one message
constexpr quint64 mostBytes = 64 << 10;       // of one message

struct Place {
  qsizetype layer = 0;
  StreamView view;
  Message message;
};

void addFields(const ConnectionDecoder &decoder, Direction direction, Place first, QStringList &paths, qsizetype most) {
  MessageContents &contents = decoder.contents();
  QList<Place> places = {std::move(first)};
  while (!places.isEmpty() && paths.size() < most) {
    const Place at = places.takeFirst();
    const MessageFields fields = contents.fields(direction, at.layer, at.view, at.message, mostBytes);
    if (fields && fields.bytes.size() > 0) {
      for (const QString &path : filterPathsOf(*fields.decoder, fields.bytes, most)) {
        if (paths.size() < most && !paths.contains(path)) paths.append(path);
      }
    }
    const InnerMessages inner =
        contents.inner(direction, at.layer, at.view, at.message, {.messages = innerMessagesOfEach, .bytes = mostBytes});
    for (qsizetype i = 0; i < std::min(innerMessagesOfEach, inner.messages.size()); ++i) {
      places.append({at.layer + 1, inner.payload.view, inner.messages[i]});
    }
  }
}

}  // namespace

QStringList seenFieldPaths(const ConnectionDecoder &decoder, qsizetype most) {
  QStringList paths;
  for (const Direction direction : {Direction::In, Direction::Out}) {
    const quint64 count = decoder.messageCount(direction);
    for (quint64 i = 0; i < std::min(count, lastMessages) && paths.size() < most; ++i) {
      addFields(decoder, direction, {0, decoder.view(direction), decoder.message(direction, count - 1 - i)}, paths,
                most);
    }
  }
  return paths;
}

}  // namespace octetscope

#include "model/items/explanation.h"

#include "model/items/message_contents.h"

#include <QCoreApplication>

namespace octetscope {

namespace {

constexpr InnerLimits explainedLimits{.messages = 1000, .bytes = 64 * 1024};  // of payloads that have to be made

QString say(const char *text) {
  return QCoreApplication::translate("Explanation", text);
}

/// Which of them is meant; none: all is said.
std::optional<qsizetype> meant(const InnerMessages &inner, const Message &outer, bool isDerived,
                               const std::optional<ByteRange> &selected) {
  if (selected && !isDerived && *selected != outer.range()) {
    if (const auto found = inner.at(selected->begin)) return found;
  }
  // Only the last one can want for something, or what lies behind it.
  const bool isFlawed = !inner.hasMore && !inner.messages.isEmpty() && inner.messages.last().status != Status::Complete;
  return isFlawed ? std::optional(inner.messages.size() - 1) : std::nullopt;
}

}  // namespace

QString explanationOf(const ConnectionDecoder &decoder, Direction direction, quint64 number,
                      const std::optional<ByteRange> &selected) {
  const QList<FramingLayer> &layers = decoder.reader(direction).layers;
  if (layers.isEmpty() || number >= decoder.messageCount(direction)) return {};
  StreamView view = decoder.view(direction);
  Message message = decoder.message(direction, number);
  QString words = decoder.explain(direction, message, number);
  bool isDerived = false;
  for (qsizetype layer = 0; layer + 1 < layers.size(); ++layer) {
    InnerMessages inner;
    if (!isDerived && message.hasPayloadRange()) {
      inner = decoder.contents().inner(direction, layer, view, message);
    } else if (auto made =
                   innerMessages(*layers[layer].framer, *layers[layer + 1].framer, view, message, explainedLimits)) {
      inner = *std::move(made);
    }
    isDerived = isDerived || inner.payload.isDerived;
    const auto found = meant(inner, message, isDerived, selected);
    if (!found) return words;
    message = inner.messages[*found];
    view = inner.payload.view;
    const QString inside = layers[layer + 1].framer->explain(view, message, static_cast<quint64>(*found));
    words += (isDerived ? say(QT_TRANSLATE_NOOP("Explanation", " Inside, with bytes counted in the payload: %1"))
                        : say(QT_TRANSLATE_NOOP("Explanation", " Inside: %1")))
                 .arg(inside);
  }
  return words;
}

}  // namespace octetscope

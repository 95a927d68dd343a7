#include "widgets/composer/link_words.h"

namespace octetscope {

namespace {

QString noneOrOver(std::optional<LinkState> state) {
  if (!state) return LinkWords::tr("nothing is connected; listen or connect first");
  if (*state == LinkState::Over) return LinkWords::tr("this connection is over; reconnect to go on");
  return {};
}

}  // namespace

QString LinkWords::send() {
  return tr(
      "Sends the bytes (Ctrl+Enter). TCP keeps their order, not their pieces: the peer's recv() may get them in "
      "other portions.");
}

QString LinkWords::finish() {
  return tr(
      "Sends FIN, once everything has gone out: the peer's recv() returns no bytes, and it knows that no more will "
      "come. It can still answer, and receiving goes on.");
}

QString LinkWords::close() {
  return tr(
      "Sends FIN, reads what still comes for up to 5 seconds, then lets go. To the peer it looks like FIN; what it "
      "sends after that is answered with RST.");
}

QString LinkWords::reset() {
  return tr(
      "Sends RST at once: what is queued is lost on purpose, and the peer's recv() fails with “connection reset”.");
}

QString LinkWords::sendReason(std::optional<LinkState> state) {
  if (const QString reason = noneOrOver(state); !reason.isEmpty()) return reason;
  switch (*state) {
    case LinkState::WeFinished:
      return tr("sending is finished; our FIN went out, and nothing can follow it");
    case LinkState::Closing:
      return tr("the connection is being closed");
    default:
      return {};
  }
}

QString LinkWords::finishReason(std::optional<LinkState> state, const ChannelAbilities &abilities) {
  if (const QString reason = noneOrOver(state); !reason.isEmpty()) return reason;
  if (*state == LinkState::WeFinished) return tr("our FIN went out already");
  if (*state == LinkState::Closing) return tr("the connection is being closed");
  if (!abilities.halfClose) {
    return abilities.limits.isEmpty() ? tr("this kind of connection cannot finish one direction alone")
                                      : abilities.limits;
  }
  return {};
}

QString LinkWords::closeReason(std::optional<LinkState> state) {
  if (const QString reason = noneOrOver(state); !reason.isEmpty()) return reason;
  return {};
}

QString LinkWords::resetReason(std::optional<LinkState> state, const ChannelAbilities &abilities) {
  if (const QString reason = noneOrOver(state); !reason.isEmpty()) return reason;
  if (!abilities.reset) {
    return abilities.limits.isEmpty() ? tr("this kind of connection cannot send RST") : abilities.limits;
  }
  return {};
}

}  // namespace octetscope

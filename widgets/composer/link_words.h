// LinkWords: what the buttons of a connection do to the peer, and why one cannot be used, in words. Pure functions.
#pragma once

#include "model/transport/live_connection.h"

#include <QCoreApplication>

#include <optional>

namespace octetscope {

/// A reason has no full stop at its end and is empty where there is none. No state: there is no connection.
class LinkWords {
  Q_DECLARE_TR_FUNCTIONS(octetscope::LinkWords)
 public:
  static QString send();
  static QString finish();
  static QString close();
  static QString reset();

  static QString sendReason(std::optional<LinkState> state);
  static QString finishReason(std::optional<LinkState> state, const ChannelAbilities &abilities);
  static QString closeReason(std::optional<LinkState> state);
  static QString resetReason(std::optional<LinkState> state, const ChannelAbilities &abilities);
};

}  // namespace octetscope

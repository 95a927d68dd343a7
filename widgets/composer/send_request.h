// SendRequest: what the composer asks to be sent. A plain value.
#pragma once

#include "model/transport/delivery_plan.h"

#include <QByteArray>
#include <QString>

namespace octetscope {

struct SendRequest {
  QByteArray bytes;   ///< as they go out: framed already, where they are to be framed
  QString path = {};  ///< not empty: the bytes of this file instead, read as they go out
  DeliveryPlan plan = {};
  bool framed = false;  ///< `bytes` carry the payload as one message
  QString title = {};   ///< one line for people

  bool isFile() const { return !path.isEmpty(); }
};

}  // namespace octetscope

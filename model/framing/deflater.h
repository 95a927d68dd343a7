// deflated(): a payload as one compressed stream, by zlib.
#pragma once

#include "model/framing/inflater.h"

#include <QByteArray>

namespace octetscope {

/// `payload` compressed at zlib's default level. A gzip member has no name and no time: the same bytes every time.
QByteArray deflated(QByteArrayView payload, Inflater::Wrapper wrapper);

}  // namespace octetscope

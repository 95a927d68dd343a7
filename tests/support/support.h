// What several tests share.
#pragma once

#include "model/capture/stream.h"

namespace octetscope::test {

/// A stream that holds `bytes`, arrived as one chunk without a time.
StreamView streamOf(const QByteArray &bytes, StreamEnd end = StreamEnd::Open);

}  // namespace octetscope::test

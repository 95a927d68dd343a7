// How a change of decode settings is called, in the menus: "Framing lines", "Struct !H:seq (in)". Plain words of plain
// values.
#pragma once

#include "model/capture/decode_settings.h"

namespace octetscope {

/// What made `after` of `before`; empty where they are the same. Long texts are cut.
QString settingsChangeWords(const DecodeSettings &before, const DecodeSettings &after);

}  // namespace octetscope

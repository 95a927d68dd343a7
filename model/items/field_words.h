// What a field's type means, in words.
#pragma once

#include "model/structs/field_decoder.h"

#include <QString>

namespace octetscope {

/// "H: unsigned 16-bit integer, big-endian (network order)". Empty where the type is not a code of a layout.
QString typeWords(const QString &type, const FieldDecoder *fields);

}  // namespace octetscope

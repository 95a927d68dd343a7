// What a field says in a list, and what its type means, in words.
#pragma once

#include "model/items/cell_format.h"
#include "model/structs/field_decoder.h"

#include <QString>

namespace octetscope {

/// Its value in a format, behind the name that the value has where it has one; why it has none; of a group how many
/// values there are in it. At most `most` characters of the value.
QString fieldValueWords(const Field &field, CellFormat format, qsizetype most);

/// "H: unsigned 16-bit integer, big-endian (network order)". Empty where the type is not a code of a layout.
QString typeWords(const QString &type, const FieldDecoder *fields);

}  // namespace octetscope

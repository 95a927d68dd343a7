// StructCall: a payload and its LAYOUT as a line of Python that anyone can run: `struct.unpack("!HI",
// bytes.fromhex(…))` gives the values of the fields. Names and spaces are left out, and what takes the rest is counted,
// because Python knows neither names nor rests.
#pragma once

#include "model/structs/layout.h"

namespace octetscope {

/// The format string that reads just `payloadSize` bytes as the layout does: values of the rest, and `(rest)` as bytes,
/// included. Errors: fewer bytes than the layout needs.
Result<QString> structFormat(const Layout &layout, quint64 payloadSize);

/// The call that gives the values of all fields of `payload`, those of an array one by one. Errors: as structFormat().
Result<QString> structCall(const Layout &layout, ByteView payload);

/// The same of the one field at `path` in `payload`. Errors: it is not all there.
Result<QString> structCallOfField(const Layout &layout, ByteView payload, const FieldPath &path);

}  // namespace octetscope

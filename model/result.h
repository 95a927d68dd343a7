// Result<T>: a value or an Error. Everything that can fail for a reason the user can mend (I/O, a wrong SPEC, a wrong
// LAYOUT) returns one. Bad bytes in a stream are data, not an error, and are never reported this way.
#pragma once

#include <QString>

#include <expected>
#include <utility>

namespace octetscope {

/// What went wrong, where, and how to mend it. All parts are plain text, one line, without a full stop at the end.
struct Error {
  QString what;       ///< "connection refused by 127.0.0.1:1060"
  QString mend = {};  ///< "start the server first, or check the port"; empty where nothing can be advised
  /// Place in the text the user typed (SPEC, LAYOUT), in UTF-16 units from 0; -1 where there is no such text.
  qsizetype position = -1;

  /// "what: mend", or only what. The form of the command line and of message boxes.
  QString line() const { return mend.isEmpty() ? what : QString(what + QStringLiteral(": ") + mend); }
  bool operator==(const Error &) const = default;
};

template <typename T>
using Result = std::expected<T, Error>;

/// `return fail("no such file", "check the name")`.
inline std::unexpected<Error> fail(QString what, QString mend = {}, qsizetype position = -1) {
  return std::unexpected<Error>(Error{std::move(what), std::move(mend), position});
}

}  // namespace octetscope

// FramingSpec: the text form of a framing, NAME[:ARG][,OPTION=VALUE…], taken apart; and the escapes of a TEXT in it.
// It knows the grammar alone; which names and options there are is the registry's business.
//
// Every error here and in SpecValues says "at character N" (N from 1, in characters) in its words and carries the place
// in UTF-16 units from 0 as Error::position; a place at the end of the text means that something is missing there.
#pragma once

#include "model/result.h"

#include <QByteArray>
#include <QList>
#include <QStringView>

#include <optional>

namespace octetscope {

/// One OPTION=VALUE, as typed: the value is not unescaped.
struct SpecOption {
  QString name;
  QString value = {};
  qsizetype namePosition = 0;
  qsizetype valuePosition = 0;
};

struct FramingSpec {
  QString name;
  std::optional<QString> argument = {};  ///< as typed, not unescaped; none without a colon
  QList<SpecOption> options = {};
  qsizetype namePosition = 0;
  qsizetype argumentPosition = 0;  ///< where the argument begins, or would: behind the name
  QString source = {};             ///< the whole text, for the places of errors

  /// Takes the SPEC of one framing apart. White space is allowed before a name and before an option's name. Errors: no
  /// name, an option without `=`, an option named twice, a `|` (layers).
  static Result<FramingSpec> parse(QStringView text);

  /// NAME[:ARG][,OPTION=VALUE…] of name, argument and options; parse() of it gives the same values.
  QString text() const;

  /// An error that points into the source: `what` gets " at character N" behind it.
  std::unexpected<Error> failAt(qsizetype position, const QString &what, const QString &mend = {}) const;
};

/// One framing of a SPEC that may have several, one inside the other.
struct SpecLayer {
  FramingSpec spec;
  bool isJoined = false;  ///< `|+`: it cuts the payloads of the one before joined; else (`|`) each by itself
  qsizetype end = 0;      ///< where its text ends in the whole
};

/// How many framings a SPEC may have.
inline constexpr qsizetype maxSpecLayers = 8;

/// Takes a SPEC apart that may have layers (`A | B`, `A |+ B`), the outermost first. White space around the signs is
/// none of the framings'. Errors: those of FramingSpec::parse(), too many layers.
Result<QList<SpecLayer>> parseLayers(QStringView text);

/// The bytes that a TEXT means: `\n \r \t \0 \xNN \\ \, \|`, everything else as UTF-8. `position`: where the TEXT
/// begins in the source of `spec`, for errors. Errors: another escape, an empty TEXT.
Result<QByteArray> unescapeText(const FramingSpec &spec, QStringView text, qsizetype position);

/// The TEXT that means `bytes`: readable characters as they are, everything else escaped.
QString escapeText(QByteArrayView bytes);

}  // namespace octetscope

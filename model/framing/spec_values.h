// SpecValues: the argument and options of a SPEC, checked against what its framing takes, as typed values.
#pragma once

#include "model/framing/framer.h"
#include "model/framing/framing_kind.h"
#include "model/framing/framing_spec.h"

#include <QHash>

namespace octetscope {

class SpecValues {
 public:
  /// Checks every value that is given. Errors point at what is wrong: an unknown option, a missing argument, not a
  /// number, a number below the minimum, a choice that is none, a TEXT with a wrong escape.
  /// `maxMessage`: the limit that holds where the SPEC gives none, `defaultMax` where that is 0.
  static Result<SpecValues> read(const FramingSpec &spec, const FramingKind &kind, quint64 maxMessage,
                                 quint64 defaultMax);

  /// Whether the SPEC gives this option. The argument has the empty name here and below.
  bool has(QLatin1String name) const { return values_.contains(QString(name)); }
  /// A Number or Bytes; the default where it is not given, 0 where that is empty.
  qint64 number(QLatin1String name) const;
  /// The bytes of a Text or Hex; empty where it is neither given nor has a default.
  QByteArray text(QLatin1String name) const;
  /// The byte of a Char, where it is given.
  std::optional<std::uint8_t> character(QLatin1String name) const;
  /// A Choice or Pair as it is written, an alias as the choice it stands for.
  QString choice(QLatin1String name) const;
  bool flag(QLatin1String name) const;
  /// The limit: the SPEC's, else the caller's, else the framing's default.
  quint64 maxMessage() const { return maxMessage_; }

  /// The SPEC in its canonical form: what differs from the defaults, in the order of the kind's options. `max` stays
  /// where it was given, because it beats a limit from outside also where it equals the default.
  QString canonical() const;

  /// An error that points at the value of `name` (at the name of the framing where it is not given).
  std::unexpected<Error> failAt(QLatin1String name, const QString &what, const QString &mend = {}) const;

 private:
  struct One {
    qint64 number = 0;
    QByteArray bytes = {};
    QString written = {};  // canonical
  };
  SpecValues(const FramingSpec &spec, const FramingKind &kind) : spec_(spec), kind_(kind) {}
  Result<void> readOne(const FramingOption &option, const QString &raw, qsizetype position);
  One valueOf(QLatin1String name) const;

  FramingSpec spec_;
  FramingKind kind_;
  QHash<QString, One> values_;
  quint64 maxMessage_ = 0;
};

/// Which of the option's choices `text` is, by its aliases too; none: no such one.
std::optional<QString> choiceOf(const FramingOption &option, const QString &text);

/// A framing as the registry knows it: its description, and how to make its framer of checked values.
struct FramingEntry {
  FramingKind kind;
  Result<FramerPtr> (*make)(const SpecValues &values);
  quint64 defaultMax = 64ULL << 20;
};

/// The option `max`, the same for every framing. `byDefault`: what holds without it, in words.
FramingOption maxOption(const QString &byDefault);
/// The same with the default of 64 MiB.
FramingOption maxOption();

}  // namespace octetscope

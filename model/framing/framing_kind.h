// FramingKind: what people and forms need to know of a framing: its name, its argument, its options, in words. The
// window builds its chooser and its form from these values, the command line its list of framings.
#pragma once

#include <QList>
#include <QString>

#include <limits>
#include <optional>

namespace octetscope {

/// An option of a framing, or its argument (whose name is empty).
struct FramingOption {
  enum class Kind {
    Number,  ///< a whole number, minimum … 2^63-1
    Text,    ///< a TEXT: one byte or more, with escapes
    Choice,  ///< one of `choices`
    Flag,    ///< yes or no
    Char,    ///< a TEXT of exactly one byte
    Bytes,   ///< a size in bytes, minimum … 2^63-1
    Hex,     ///< bytes, one or more, in pairs of hex digits
    Pair,    ///< two of `choices` with a / between them
  };

  QString name;
  QString title;  ///< for people: "Bytes before the field"
  Kind kind = Kind::Number;
  QString defaultValue = {};  ///< as it would be typed; empty: none, and leaving it out means what `help` says
  QStringList choices = {};
  qint64 minimum = std::numeric_limits<qint64>::min();
  QString help = {};      ///< one sentence
  QString onlyWith = {};  ///< a choice of the argument that this option belongs to; empty: all
  QString word = {};      ///< what stands for a value in a synopsis, "TYPE"; empty: what its kind says
  /// Other names of choices, and the choice each stands for. With any, the case of letters does not matter.
  QList<std::pair<QString, QString>> aliases = {};
};

struct FramingKind {
  QString name;     ///< as in a SPEC: "length"
  QString title;    ///< for people: "Length field"
  QString summary;  ///< one sentence: what one message is
  std::optional<FramingOption> argument = {};
  QList<FramingOption> options = {};  ///< in the order of a canonical SPEC; `max` is the last of every framing
  QStringList examples = {};          ///< SPECs

  /// The option of that name, the argument for an empty one; nullptr where there is none.
  const FramingOption *option(QStringView optionName) const {
    if (optionName.isEmpty()) return argument ? &*argument : nullptr;
    for (const FramingOption &one : options) {
      if (one.name == optionName) return &one;
    }
    return nullptr;
  }
};

/// What stands for the option's value in a synopsis: "N", "TEXT", "yes|no".
QString valueWord(const FramingOption &option);
/// The same of an argument.
QString argumentWord(const FramingOption &argument);
/// "length:TYPE[,offset=BYTES][,adjust=N]": all that a SPEC of this framing may have.
QString synopsisOf(const FramingKind &kind);

}  // namespace octetscope

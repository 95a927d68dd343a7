// Arguments: the words of a command line, taken apart by a table of options. QCommandLineParser takes one value per
// option; here `--values` takes all words that follow, and options keep the order in which they were given.
#pragma once

#include "model/result.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace octetscope::cli {

/// One option of a command, as the parser, the help and the manual page need it.
struct OptionRow {
  enum Kind : quint8 {
    Flag,           ///< no value
    Value,          ///< one value; the last one given counts
    AllThatFollow,  ///< every word behind it, whatever it looks like
    NotHere,        ///< known, but of a later version: an error that says so, `help` being why
  };

  QString name;        ///< "--framing"
  QString value = {};  ///< "SPEC"; empty for a flag
  QString help = {};   ///< one sentence without a full stop
  Kind kind = Value;
};

/// An option as it was given.
struct GivenOption {
  QString name;
  QString value = {};
  QStringList words = {};  ///< of AllThatFollow
};

class Arguments {
 public:
  /// What follows the command's name. Errors: an unknown option, a value that is missing or too much.
  static Result<Arguments> parse(const QStringList &words, const QList<OptionRow> &options);

  const QStringList &positional() const { return positional_; }
  const QList<GivenOption> &options() const { return options_; }
  bool has(QStringView name) const { return find(name) != nullptr; }
  /// The value of the option, the last one given; none where it was not given.
  std::optional<QString> value(QStringView name) const;
  QString value(QStringView name, const QString &otherwise) const { return value(name).value_or(otherwise); }

  /// A whole number, 0 … 2^63-1.
  Result<std::optional<quint64>> number(QStringView name) const;
  /// Seconds with decimals, as milliseconds.
  Result<std::optional<qint64>> milliseconds(QStringView name) const;

 private:
  const GivenOption *find(QStringView name) const;

  QStringList positional_;
  QList<GivenOption> options_;
};

/// A command: what the dispatcher, the help and the manual page need.
struct CommandRow {
  QString name;
  QString synopsis;  ///< what follows the name: "FILE"
  QString summary;   ///< one sentence without a full stop
  QList<OptionRow> options = {};
  /// Does the work; gives the exit code.
  std::function<int(const Arguments &arguments)> run = {};
  /// The same for a command without options, all of whose words are its own; instead of run.
  std::function<int(const QStringList &words)> runWords = {};
};

}  // namespace octetscope::cli

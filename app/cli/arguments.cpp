#include "app/cli/arguments.h"

#include <cmath>
#include <limits>

namespace octetscope::cli {

using namespace Qt::StringLiterals;

namespace {

/// Words such as -5, -0x1f, -.5, -inf are values, not options.
bool isNegativeNumber(const QString &word) {
  if (word.size() < 2 || word[0] != u'-') return false;
  const QStringView rest = QStringView(word).sliced(1);
  return rest[0].isDigit() || rest[0] == u'.' || rest == u"inf" || rest == u"nan";
}

}  // namespace

Result<Arguments> Arguments::parse(const QStringList &words, const QList<OptionRow> &options) {
  Arguments result;
  bool literal = false;
  for (qsizetype i = 0; i < words.size(); ++i) {
    const QString &word = words[i];
    if (literal || word == u"-"_s || !word.startsWith(u'-') || isNegativeNumber(word)) {
      result.positional_.append(word);
      continue;
    }
    if (word == u"--"_s) {
      literal = true;
      continue;
    }
    const qsizetype equals = word.startsWith(u"--"_s) ? word.indexOf(u'=') : -1;
    const QString name = equals < 0 ? word : word.first(equals);
    const auto row =
        std::find_if(options.begin(), options.end(), [&](const OptionRow &one) { return one.name == name; });
    if (row == options.end()) {
      return fail(u"%1 is no option of this command"_s.arg(name), u"--help lists them"_s);
    }
    GivenOption given{.name = name};
    switch (row->kind) {
      case OptionRow::NotHere:
        return fail(u"%1 is not in this version"_s.arg(name), row->help);
      case OptionRow::Flag:
        if (equals >= 0) return fail(u"%1 takes no value"_s.arg(name), u"write it without ="_s);
        break;
      case OptionRow::Value:
        if (equals >= 0) {
          given.value = word.sliced(equals + 1);
        } else if (i + 1 < words.size()) {
          given.value = words[++i];
        } else {
          return fail(u"%1 needs a value"_s.arg(name), u"write %1 %2"_s.arg(name, row->value));
        }
        break;
      case OptionRow::AllThatFollow:
        if (equals >= 0) given.words.append(word.sliced(equals + 1));
        given.words += words.sliced(i + 1);
        if (equals < 0 && !given.words.isEmpty() && given.words[0] == u"--"_s) given.words.removeFirst();
        i = words.size();
        break;
    }
    result.options_.append(std::move(given));
  }
  return result;
}

const GivenOption *Arguments::find(QStringView name) const {
  for (auto one = options_.rbegin(); one != options_.rend(); ++one) {
    if (one->name == name) return &*one;
  }
  return nullptr;
}

std::optional<QString> Arguments::value(QStringView name) const {
  const GivenOption *given = find(name);
  return given ? std::optional(given->value) : std::nullopt;
}

Result<std::optional<quint64>> Arguments::number(QStringView name) const {
  const auto text = value(name);
  if (!text) return std::nullopt;
  bool isNumber = false;
  const quint64 number = text->toULongLong(&isNumber);
  const bool digitsOnly =
      !text->isEmpty() && std::all_of(text->begin(), text->end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
  if (!isNumber || !digitsOnly || number > static_cast<quint64>(std::numeric_limits<qint64>::max())) {
    return fail(u"%1 %2 is no whole number"_s.arg(name, *text), u"write decimal digits, such as %1 1000"_s.arg(name));
  }
  return number;
}

Result<std::optional<qint64>> Arguments::milliseconds(QStringView name) const {
  const auto text = value(name);
  if (!text) return std::nullopt;
  bool isNumber = false;
  const double seconds = text->toDouble(&isNumber);
  if (!isNumber || !std::isfinite(seconds) || seconds < 0 || seconds > 1e6) {
    return fail(u"%1 %2 is no number of seconds"_s.arg(name, *text), u"write 0 to 1000000, such as %1 2.5"_s.arg(name));
  }
  return std::llround(seconds * 1000);
}

}  // namespace octetscope::cli

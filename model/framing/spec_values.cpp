#include "model/framing/spec_values.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

QString quoted(const QString &text) {
  return u'"' + text + u'"';
}

/// "length" for the argument of length, "option \"max\"" for an option.
QString nameOf(const FramingKind &kind, const FramingOption &option) {
  return option.name.isEmpty() ? kind.name : u"option "_s + quoted(option.name);
}

QString optionNames(const FramingKind &kind) {
  QStringList names;
  for (const FramingOption &option : kind.options) names += option.name;
  return names.join(u", "_s);
}

/// All choices or, where they are very many, those that begin as what was typed does.
QString choicesFor(const FramingOption &option, const QString &text) {
  constexpr qsizetype most = 12;
  QStringList near = option.choices;
  for (qsizetype length = text.size(); option.choices.size() > most && length > 0; --length) {
    near.clear();
    for (const QString &choice : option.choices) {
      if (choice.startsWith(QStringView(text).first(length), Qt::CaseInsensitive)) near += choice;
    }
    if (!near.isEmpty()) break;
    near = option.choices;
  }
  const bool isCut = near.size() > most;
  return near.first(std::min(near.size(), most)).join(u", "_s) + (isCut ? u", …"_s : QString());
}

}  // namespace

std::optional<QString> choiceOf(const FramingOption &option, const QString &text) {
  if (option.choices.contains(text)) return text;
  if (option.aliases.isEmpty()) return std::nullopt;
  for (const QString &choice : option.choices) {
    if (choice.compare(text, Qt::CaseInsensitive) == 0) return choice;
  }
  for (const auto &[name, choice] : option.aliases) {
    if (name.compare(text, Qt::CaseInsensitive) == 0) return choice;
  }
  return std::nullopt;
}

Result<SpecValues> SpecValues::read(const FramingSpec &spec, const FramingKind &kind, quint64 maxMessage,
                                    quint64 defaultMax) {
  SpecValues values(spec, kind);
  if (spec.argument && !kind.argument) {
    return spec.failAt(spec.argumentPosition, u"%1 takes no argument, but there is one"_s.arg(kind.name),
                       u"remove the colon and what follows it"_s);
  }
  if (kind.argument) {
    if (!spec.argument) {
      return spec.failAt(spec.argumentPosition, u"%1 needs an argument, which is missing"_s.arg(kind.name),
                         u"write for example %1"_s.arg(kind.examples.value(0)));
    }
    if (const auto read = values.readOne(*kind.argument, *spec.argument, spec.argumentPosition); !read) {
      return std::unexpected(read.error());
    }
  }
  for (const SpecOption &given : spec.options) {
    const FramingOption *option = kind.option(given.name);
    if (!option) {
      return spec.failAt(given.namePosition, u"unknown option \"%1\" of %2"_s.arg(given.name, kind.name),
                         u"it has %1"_s.arg(optionNames(kind)));
    }
    if (const auto read = values.readOne(*option, given.value, given.valuePosition); !read) {
      return std::unexpected(read.error());
    }
    if (!option->onlyWith.isEmpty() && values.choice(""_L1) != option->onlyWith) {
      return spec.failAt(given.namePosition, u"option \"%1\", which belongs to %2:%3 alone,"_s.arg(
                                                 given.name, kind.name, option->onlyWith));
    }
  }
  values.maxMessage_ = values.has("max"_L1) ? static_cast<quint64>(values.number("max"_L1))
                       : maxMessage != 0    ? maxMessage
                                            : defaultMax;
  return values;
}

Result<void> SpecValues::readOne(const FramingOption &option, const QString &raw, qsizetype position) {
  One value;
  const QString name = nameOf(kind_, option);
  switch (option.kind) {
    case FramingOption::Kind::Number:
    case FramingOption::Kind::Bytes: {
      const QString digits = raw.trimmed();
      const qsizetype first = digits.startsWith(u'-') && option.minimum < 0 ? 1 : 0;
      bool isNumber = digits.size() > first && !raw.startsWith(u' ');
      for (qsizetype i = first; i < digits.size(); ++i) isNumber = isNumber && digits[i] >= u'0' && digits[i] <= u'9';
      if (!isNumber) {
        return spec_.failAt(position, u"%1 needs a whole number in decimal digits, not %2,"_s.arg(name, quoted(raw)));
      }
      bool fits = false;
      value.number = digits.toLongLong(&fits);
      if (!fits) return spec_.failAt(position, u"%1 is too large a number for %2"_s.arg(digits, name));
      if (value.number < option.minimum) {
        return spec_.failAt(position,
                            u"%1 is too small for %2: at least %3 is needed"_s.arg(digits, name).arg(option.minimum));
      }
      value.written = QString::number(value.number);
      break;
    }
    case FramingOption::Kind::Text:
    case FramingOption::Kind::Char: {
      auto bytes = unescapeText(spec_, raw, position);
      if (!bytes) return std::unexpected(bytes.error());
      if (option.kind == FramingOption::Kind::Char && bytes->size() != 1) {
        return spec_.failAt(position, u"%1 needs one byte, not %2,"_s.arg(name).arg(bytes->size()),
                            u"write one ASCII character or \\xNN"_s);
      }
      value.bytes = *std::move(bytes);
      value.written = escapeText(value.bytes);
      break;
    }
    case FramingOption::Kind::Hex: {
      const QString digits = raw.trimmed();
      qsizetype wrong = 0;
      while (wrong < digits.size() && QStringView(u"0123456789abcdefABCDEF").contains(digits[wrong])) ++wrong;
      if (digits.isEmpty() || wrong < digits.size() || digits.size() % 2 != 0 || raw.startsWith(u' ')) {
        const bool isOdd = !digits.isEmpty() && wrong == digits.size();
        return spec_.failAt(
            position + (raw.startsWith(u' ') ? 0 : wrong),
            isOdd ? u"%1 needs pairs of hex digits, and the last digit of %2 is alone"_s.arg(name, quoted(raw))
                  : u"%1 needs bytes as pairs of hex digits, not %2,"_s.arg(name, quoted(raw)),
            u"write for example AA55"_s);
      }
      value.bytes = QByteArray::fromHex(digits.toLatin1());
      value.written = digits.toUpper();
      break;
    }
    case FramingOption::Kind::Pair: {
      const QString pair = raw.trimmed();
      const qsizetype slash = pair.indexOf(u'/');
      if (slash < 0 || raw.startsWith(u' ')) {
        return spec_.failAt(position, u"%1 needs two types with a / between them, not %2,"_s.arg(name, quoted(raw)),
                            u"write for example %1/%1"_s.arg(option.choices.value(0)));
      }
      for (const auto &[part, begin] :
           {std::pair(pair.first(slash), qsizetype(0)), std::pair(pair.sliced(slash + 1), slash + 1)}) {
        if (option.choices.contains(part)) continue;
        return spec_.failAt(position + begin, u"%1 is no choice for %2"_s.arg(quoted(part), name),
                            u"choose one of %1"_s.arg(choicesFor(option, part)));
      }
      value.written = pair;
      break;
    }
    case FramingOption::Kind::Choice: {
      const auto choice = choiceOf(option, raw.trimmed());
      if (!choice || raw.startsWith(u' ')) {
        return spec_.failAt(position, u"%1 is no choice for %2"_s.arg(quoted(raw), name),
                            u"choose one of %1"_s.arg(choicesFor(option, raw.trimmed())));
      }
      value.written = *choice;
      break;
    }
    case FramingOption::Kind::Flag: {
      value.written = raw.trimmed();
      if ((value.written != u"yes" && value.written != u"no") || raw.startsWith(u' ')) {
        return spec_.failAt(position, u"%1 is no choice for %2"_s.arg(quoted(raw), name), u"choose one of yes, no"_s);
      }
      break;
    }
  }
  values_.insert(option.name, value);
  return {};
}

SpecValues::One SpecValues::valueOf(QLatin1String name) const {
  if (const auto it = values_.constFind(QString(name)); it != values_.cend()) return *it;
  const FramingOption *option = kind_.option(QString(name));
  if (!option || option->defaultValue.isEmpty()) return {};
  SpecValues values(spec_, kind_);
  [[maybe_unused]] const auto read = values.readOne(*option, option->defaultValue, 0);
  Q_ASSERT(read);
  return values.values_.value(option->name);
}

qint64 SpecValues::number(QLatin1String name) const {
  return valueOf(name).number;
}
QByteArray SpecValues::text(QLatin1String name) const {
  return valueOf(name).bytes;
}
QString SpecValues::choice(QLatin1String name) const {
  return valueOf(name).written;
}
bool SpecValues::flag(QLatin1String name) const {
  return valueOf(name).written == u"yes";
}

std::optional<std::uint8_t> SpecValues::character(QLatin1String name) const {
  const QByteArray bytes = text(name);
  if (bytes.isEmpty()) return std::nullopt;
  return static_cast<std::uint8_t>(bytes[0]);
}

QString SpecValues::canonical() const {
  FramingSpec spec{.name = kind_.name};
  if (kind_.argument) spec.argument = choice(""_L1);
  for (const FramingOption &option : kind_.options) {
    const auto it = values_.constFind(option.name);
    if (it == values_.cend()) continue;
    if (option.name == u"max" || it->written != option.defaultValue) {
      spec.options.append({.name = option.name, .value = it->written});
    }
  }
  return spec.text();
}

std::unexpected<Error> SpecValues::failAt(QLatin1String name, const QString &what, const QString &mend) const {
  qsizetype position = name.isEmpty() ? spec_.argumentPosition : spec_.namePosition;
  for (const SpecOption &option : spec_.options) {
    if (option.name == name) position = option.valuePosition;
  }
  return spec_.failAt(position, what, mend);
}

FramingOption maxOption(const QString &byDefault) {
  return {.name = u"max"_s,
          .title = u"Message limit"_s,
          .kind = FramingOption::Kind::Bytes,
          .minimum = 1,
          .help = u"The largest message in bytes, exactly that is legal; by default %1."_s.arg(byDefault)};
}

FramingOption maxOption() {
  return maxOption(u"67108864 (64 MiB)"_s);
}

}  // namespace octetscope

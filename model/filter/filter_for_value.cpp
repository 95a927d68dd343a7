// Expressions made from what a message has: "filter for this value".
#include "model/filter/filter_completion.h"
#include "model/filter/filter_judge.h"

#include <cmath>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostCompared = 64;  // bytes of a long value

/// Text in quotes where bytes are that, else their digits.
QString stringText(const QByteArray &bytes) {
  const bool isText = bytes.isValidUtf8() && std::none_of(bytes.begin(), bytes.end(), [](char c) {
                        return static_cast<std::uint8_t>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
                      });
  QString text;
  if (isText) {
    text = u"\""_s;
    for (const QChar c : QString::fromUtf8(bytes)) {
      static constexpr QStringView special = u"\n\r\t\"\\";
      const qsizetype which = special.indexOf(c);
      text += which < 0 ? QString(c) : QString(u'\\' + QStringView(u"nrt\"\\").sliced(which, 1));
    }
    return text + u'"';
  }
  if (bytes.size() == 1) return u"\"\\x%1\""_s.arg(static_cast<std::uint8_t>(bytes[0]), 2, 16, QLatin1Char('0'));
  return QString::fromLatin1(bytes.toHex(':'));
}

/// Compares something with bytes: with the first of them where they are many.
QString comparedWith(const QString &name, ByteView bytes) {
  QByteArray first = copyOf(bytes.first(std::min<std::size_t>(bytes.size(), mostCompared)));
  if (bytes.size() <= static_cast<std::size_t>(mostCompared)) return name + u" == "_s + stringText(first);
  // No character is cut.
  for (int i = 0; i < 3 && !first.isValidUtf8(); ++i) first.chop(1);
  if (!first.isValidUtf8()) first = copyOf(bytes.first(mostCompared));
  return u"%1[0:%2] == "_s.arg(name).arg(first.size()) + stringText(first);
}

QString secondsText(qint64 nanoseconds) {
  constexpr qint64 second = 1'000'000'000;
  const quint64 magnitude = nanoseconds < 0 ? 0 - static_cast<quint64>(nanoseconds) : static_cast<quint64>(nanoseconds);
  QString text = QString::number(magnitude / second);
  if (const quint64 rest = magnitude % second; rest != 0) {
    QString decimals = QString::number(rest).rightJustified(9, u'0');
    while (decimals.endsWith(u'0')) decimals.chop(1);
    text += u'.' + decimals;
  }
  return nanoseconds < 0 ? QString(u'-' + text) : text;
}

}  // namespace

QStringList filterPathsOf(const FieldDecoder &decoder, ByteView payload, qsizetype most) {
  QStringList paths;
  QStringList open;
  const auto walk = decoder.walk(payload);
  for (qsizetype looked = 0; paths.size() < most && looked < most * 50 && walk->next(); ++looked) {
    while (open.size() > static_cast<qsizetype>(walk->depth())) open.removeLast();
    const Field &field = walk->field();
    QString text = filterFieldText(field.name, open.isEmpty());
    if (text.endsWith(u']')) text = text.first(text.indexOf(u'[')) + u"[*]"_s;
    open.append(open.isEmpty() ? text : QString(open.last() + text));
    if (field.error.isEmpty() && !paths.contains(open.last())) paths.append(open.last());
  }
  return paths;
}

QString filterPathOf(const FieldDecoder &decoder, ByteView payload, std::span<const quint64> path) {
  QString text;
  for (std::size_t depth = 1; depth <= path.size(); ++depth) {
    if (path[depth - 1] >= decoder.childCount(payload, path.first(depth - 1))) return {};
    text += filterFieldText(decoder.shownField(payload, path.first(depth)).name, depth == 1);
  }
  return text;
}

QString filterForBytes(const QString &name, ByteView bytes) {
  return comparedWith(name, bytes);
}

QString filterForField(const FieldDecoder &decoder, ByteView payload, std::span<const quint64> path) {
  const QString name = filterPathOf(decoder, payload, path);
  if (name.isEmpty()) return {};
  const Field field = decoder.shownField(payload, path, mostCompared + 1);
  if (!field.error.isEmpty()) return {};
  if (field.isGroup) return name;
  QByteArray storage;
  return filterForValue(name, FilterValue::of(field.value, storage));
}

QString filterForValue(const QString &name, const FilterValue &value) {
  const QString is = name + u" == "_s;
  switch (value.kind) {
    case FilterValue::Kind::Null:
      return is + u"null"_s;
    case FilterValue::Kind::Signed:
      return is + QString::number(value.integer);
    case FilterValue::Kind::Unsigned: {
      const FilterNameRow *row = filterName(QStringView(name));
      const auto words = row ? filterWords(row->name) : std::span<const QStringView>();
      if (value.natural < words.size()) return is + words[static_cast<std::size_t>(value.natural)];
      if (value.isTruth) return is + (value.natural != 0 ? u"true"_s : u"false"_s);
      return is + QString::number(value.natural);
    }
    case FilterValue::Kind::Double:
      // NaN alone differs from itself; a field stands on the right with a point.
      if (std::isnan(value.real)) return name + u" != "_s + (name.startsWith(u'.') ? QString() : u"."_s) + name;
      if (std::isinf(value.real)) return is + (value.real < 0 ? u"-1e999"_s : u"1e999"_s);
      return is + reprOfDouble(value.real);
    case FilterValue::Kind::Big:
      return is + QString::fromLatin1(value.big->digits);
    case FilterValue::Kind::Text:
    case FilterValue::Kind::Bytes:
      return comparedWith(name, value.bytes);
    case FilterValue::Kind::Time:
      return is + secondsText(value.integer);
  }
  return {};
}

QString filterForName(FilterName name, const FilterBatch &batch, std::size_t i, const Framer &framer) {
  if (i >= batch.messages.size()) return {};
  const Message &message = batch.messages[i];
  const QString text = filterName(name).text.toString();
  switch (name) {
    case FilterName::Direction:
      return text + u" == "_s + filterWords(name)[static_cast<std::size_t>(batch.stream.direction)];
    case FilterName::Status:
      return text + u" == "_s + filterWords(name)[static_cast<std::size_t>(message.status)];
    case FilterName::From:
      return batch.stream.from.isEmpty() ? QString() : comparedWith(text, viewOf(batch.stream.from));
    case FilterName::To:
      return batch.stream.to.isEmpty() ? QString() : comparedWith(text, viewOf(batch.stream.to));
    case FilterName::Error:
      if (message.status != Status::Error) return {};
      return comparedWith(text, viewOf(framer.verdict(batch.stream.view, message).error.toUtf8()));
    case FilterName::Message:
      return comparedWith(text, batch.stream.view.bytes.view(message.range()));
    case FilterName::Payload: {
      if (message.status == Status::Error) return {};
      if (message.hasPayloadRange()) return comparedWith(text, batch.stream.view.bytes.view(message.payloadRange()));
      const auto payload = framer.payload(batch.stream.view, message, mostCompared + 1);
      return payload ? comparedWith(text, viewOf(*payload)) : QString();
    }
    case FilterName::Needs:
      if (message.status != Status::Incomplete) return {};
      if (const auto needs = framer.verdict(batch.stream.view, message).needs) {
        return text + u" == "_s + QString::number(*needs);
      }
      return {};
    default:
      break;
  }
  const FilterScope none;
  const auto number = FilterMachine(none, batch).numberOf(name, i);
  if (!number) return {};
  const bool isTime = filterName(name).kind == FilterNameKind::Time;
  return text + u" == "_s +
         (isTime ? secondsText(static_cast<qint64>(*number)) : QString::number(static_cast<quint64>(*number)));
}

QString filterJoined(const QString &text, const QString &added, bool isAnd) {
  if (added.isEmpty() || text.trimmed().isEmpty()) return added.isEmpty() ? text : added;
  const auto parsed = FilterExpression::parse(text);
  if (!parsed) return added;
  const bool isOpen = isAnd && parsed->nodes()[parsed->root()].kind == FilterNode::Kind::Any;
  const QString before = isOpen ? QString(u'(' + text.trimmed() + u')') : text.trimmed();
  return before + (isAnd ? u" && "_s : u" || "_s) + added;
}

}  // namespace octetscope

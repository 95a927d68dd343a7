#include "model/filter/filter_names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace octetscope {

namespace {

constexpr FilterNameRow rows[] = {
    {FilterName::Number, u"number", u"no", FilterNameKind::Number, u"number of the message in its direction, from 0"},
    {FilterName::Connection, u"connection", {}, FilterNameKind::Number, u"number of its connection, from 0"},
    {FilterName::Direction, u"direction", {}, FilterNameKind::Words, u"which way it went: in or out"},
    {FilterName::From, u"from", {}, FilterNameKind::Text, u"who sent it, \"127.0.0.1:1060\"; not there in a raw file"},
    {FilterName::To, u"to", {}, FilterNameKind::Text, u"who received it"},
    {FilterName::Time, u"time", u"since_start", FilterNameKind::Time,
     u"when its first byte arrived, in seconds since the start; 20ms is a time, too"},
    {FilterName::Epoch,
     u"epoch",
     {},
     FilterNameKind::Time,
     u"the same since 1970; compared with 2023-10-30T09:23:54.1Z, or with seconds"},
    {FilterName::Delta, u"delta", {}, FilterNameKind::Time, u"time since the message before it in its direction"},
    {FilterName::DeltaOther,
     u"delta_other",
     {},
     FilterNameKind::Time,
     u"time since bytes last came the other way: how long an answer took"},
    {FilterName::Chunks, u"chunks", {}, FilterNameKind::Number, u"how many chunks carried it"},
    {FilterName::Offset, u"offset", {}, FilterNameKind::Number, u"where it begins in its stream"},
    {FilterName::Size, u"size", {}, FilterNameKind::Number, u"bytes that are here, framing included"},
    {FilterName::PayloadOffset,
     u"payload_offset",
     {},
     FilterNameKind::Number,
     u"where its payload begins; not there where that is no range of the stream"},
    {FilterName::PayloadSize, u"payload_size", {}, FilterNameKind::Number, u"bytes of its payload"},
    {FilterName::Status, u"status", {}, FilterNameKind::Words, u"complete, incomplete or error"},
    {FilterName::Needs, u"needs", {}, FilterNameKind::Number, u"bytes it still lacks, where the framing knows"},
    {FilterName::Error, u"error", {}, FilterNameKind::Text, u"why it is in error; not there in others"},
    {FilterName::Payload, u"payload", {}, FilterNameKind::Bytes, u"the bytes of its payload; not there in errors"},
    {FilterName::Message, u"message", {}, FilterNameKind::Bytes, u"all its bytes, framing included"},
    {FilterName::Fields, u"fields", {}, FilterNameKind::Any, u"the value of any of its fields, whichever that is"},
};

/// As Wireshark, spreadsheets and people call them.
constexpr std::pair<QStringView, QStringView> otherWords[] = {
    {u"len", u"size"},         {u"length", u"size"},         {u"bytes", u"size"},
    {u"index", u"number"},     {u"idx", u"number"},          {u"num", u"number"},
    {u"frame", u"number"},     {u"dir", u"direction"},       {u"ts", u"time"},
    {u"timestamp", u"time"},   {u"gap", u"delta"},           {u"delay", u"delta"},
    {u"time_delta", u"delta"}, {u"latency", u"delta_other"}, {u"rtt", u"delta_other"},
    {u"state", u"status"},     {u"data", u"payload"},        {u"body", u"payload"},
    {u"segments", u"chunks"},  {u"packets", u"chunks"},      {u"conn", u"connection"},
    {u"src", u"from"},         {u"source", u"from"},         {u"dst", u"to"},
    {u"destination", u"to"},   {u"raw", u"message"},
};

constexpr QStringView statusWords[] = {u"complete", u"incomplete", u"error"};  // in the order of Status
constexpr QStringView directionWords[] = {u"in", u"out"};                      // in the order of Direction

constexpr FilterOperatorRow operators[] = {
    {u"==", u"eq", u"equal"},
    {u"!=", u"ne", u"there, and not equal"},
    {u">", u"gt", u"greater"},
    {u">=", u"ge", u"greater or equal"},
    {u"<", u"lt", u"less"},
    {u"<=", u"le", u"less or equal"},
    {u"contains", {}, u"has these bytes or this text somewhere in it"},
    {u"matches", u"~", u"a regular expression matches somewhere in it"},
    {u"in", {}, u"one of {1, 2, 5..9}"},
    {u"not in", {}, u"there, and none of them"},
    {u"&", {}, u"these bits of it: flags & 0x02"},
};

constexpr FilterOperatorRow connectives[] = {
    {u"&&", u"and", u"both"},
    {u"||", u"or", u"at least one"},
    {u"!", u"not", u"the opposite of what follows"},
};

constexpr QStringView keywords[] = {u"and", u"or", u"not",      u"in",      u"eq",   u"ne",    u"gt",  u"ge",
                                    u"lt",  u"le", u"contains", u"matches", u"true", u"false", u"null"};

bool isNameStart(char32_t c) {
  return c == U'_' || QChar::isLetter(c);
}

bool isNamePart(char32_t c) {
  return isNameStart(c) || QChar::isLetterOrNumber(c) || QChar::isMark(c);
}

}  // namespace

std::span<const FilterNameRow> filterNames() {
  return rows;
}

const FilterNameRow &filterName(FilterName name) {
  return *std::ranges::find(rows, name, &FilterNameRow::name);
}

const FilterNameRow *filterName(QStringView text) {
  const auto found =
      std::ranges::find_if(rows, [text](const FilterNameRow &row) { return row.text == text || row.other == text; });
  return text.isEmpty() || found == std::end(rows) ? nullptr : found;
}

QStringView filterNameMeant(QStringView word) {
  const auto *const found = std::ranges::find_if(
      otherWords, [word](const auto &row) { return row.first.compare(word, Qt::CaseInsensitive) == 0; });
  return found == std::end(otherWords) ? QStringView() : found->second;
}

std::span<const QStringView> filterWords(FilterName name) {
  if (name == FilterName::Status) return statusWords;
  if (name == FilterName::Direction) return directionWords;
  return {};
}

std::span<const FilterOperatorRow> filterOperators() {
  return operators;
}

std::span<const FilterOperatorRow> filterConnectives() {
  return connectives;
}

bool isPlainFilterName(QStringView name) {
  const QList<uint> all = name.toUcs4();
  if (all.isEmpty()) return false;
  const bool isNumber = std::ranges::all_of(all, [](uint c) { return c >= U'0' && c <= U'9'; });
  if (isNumber) return true;
  if (!isNameStart(all.front())) return false;
  for (qsizetype i = 1; i < all.size(); ++i) {
    const bool isHyphen = all[i] == U'-' && i + 1 < all.size() && isNamePart(all[i + 1]);
    if (!isHyphen && !isNamePart(all[i])) return false;
  }
  return true;
}

QString filterFieldText(QStringView name, bool isFirst) {
  if (name.startsWith(u'[') && name.endsWith(u']') && name.size() > 2 && name.size() < 20) {
    bool isIndex = false;
    [[maybe_unused]] const quint64 index = name.sliced(1, name.size() - 2).toULongLong(&isIndex);
    if (isIndex) return (isFirst ? QStringLiteral(".") : QString()) + name;
  }
  if (isPlainFilterName(name)) {
    const bool isOther = filterName(name) || std::ranges::find(keywords, name) != std::end(keywords) ||
                         (name[0] >= u'0' && name[0] <= u'9');
    return isFirst && !isOther ? name.toString() : QString(u'.' + name);
  }
  QString text = QStringLiteral(".\"");
  for (const QChar c : name) {
    if (c == u'"' || c == u'\\') text += u'\\';
    if (c == u'\n') {
      text += QStringLiteral("\\n");
    } else if (c == u'\r') {
      text += QStringLiteral("\\r");
    } else if (c == u'\t') {
      text += QStringLiteral("\\t");
    } else if (c.unicode() < 0x20) {
      text += QStringLiteral("\\x%1").arg(c.unicode(), 2, 16, QLatin1Char('0'));
    } else {
      text += c;
    }
  }
  return text + u'"';
}

}  // namespace octetscope

#include "model/framing/sync_rule.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

/// Options that mean nothing without another one.
Result<void> checkCompany(const SpecValues &values) {
  struct Row {
    QLatin1String option;
    QLatin1String needed;
  };
  constexpr std::array rows = {Row{"offset"_L1, "length"_L1},  Row{"adjust"_L1, "length"_L1},
                               Row{"from"_L1, "checksum"_L1},  Row{"at"_L1, "checksum"_L1},
                               Row{"order"_L1, "checksum"_L1}, Row{"end"_L1, "length"_L1}};
  for (const auto &[option, needed] : rows) {
    if (!values.has(option) || values.has(needed)) continue;
    return values.failAt(option, u"%1= without %2="_s.arg(option, needed),
                         u"give %1= too, or leave it out"_s.arg(needed));
  }
  if (values.has("end"_L1) && values.choice("length"_L1) != u"decimal") {
    return values.failAt("end"_L1, u"end= without length=decimal"_s, u"leave it out"_s);
  }
  if (values.has("length"_L1) && values.has("size"_L1)) {
    return values.failAt("size"_L1, u"size= beside length="_s, u"leave one of them out"_s);
  }
  if (!values.has("length"_L1) && !values.has("size"_L1)) {
    return values.failAt({}, u"sync needs length= or size=, and has neither,"_s,
                         u"write for example sync:AA55,length=u16be"_s);
  }
  return {};
}

Result<void> checkPlace(const SpecValues &values, const SyncRule &rule) {
  if (!rule.checksum || !rule.at) return {};
  const WideInt width = rule.checksum->size();
  if (*rule.at < 0) {
    if (-WideInt(*rule.at) >= width) return {};
    return values.failAt("at"_L1, u"a checksum of %1, which does not fit in the last %2 of a message,"_s.arg(
                                      byteCount(width), grouped(-WideInt(*rule.at))));
  }
  const WideInt begin = *rule.at;
  if (begin < WideInt(rule.wordSize())) {
    return values.failAt("at"_L1, u"a checksum over the sync word"_s,
                         u"count from the message's first byte, the sync word included"_s);
  }
  if (rule.length) {
    const WideInt fieldAt = rule.fieldAt();
    const auto fieldWidth = rule.length->fixedWidth();
    if (begin + width > fieldAt && (!fieldWidth || begin < fieldAt + *fieldWidth)) {
      return values.failAt(
          "at"_L1,
          fieldWidth ? u"a checksum over the length field"_s : u"a checksum behind a length field whose width varies"_s,
          u"count from the message's first byte, the sync word included"_s);
    }
  }
  if (WideInt(rule.from) > begin && WideInt(rule.from) < begin + width) {
    return values.failAt("from"_L1, u"a checksum that covers a part of itself"_s);
  }
  return {};
}

}  // namespace

Result<SyncRule> SyncRule::fromSpec(const SpecValues &values) {
  if (const auto company = checkCompany(values); !company) return std::unexpected(company.error());
  SyncRule rule{.word = values.text({})};
  if (values.has("length"_L1)) {
    auto field = LengthField::ofType(values.choice("length"_L1), values);
    if (!field) return std::unexpected(field.error());
    rule.length = *std::move(field);
  }
  rule.offset = static_cast<quint64>(values.number("offset"_L1));
  rule.adjust = values.number("adjust"_L1);
  rule.size = static_cast<quint64>(values.number("size"_L1));
  if (values.has("strip"_L1)) rule.strip = static_cast<quint64>(values.number("strip"_L1));
  if (values.has("checksum"_L1)) {
    rule.checksum = Checksum::named(values.choice("checksum"_L1));
    rule.order = rule.checksum->usualOrder();
    if (values.has("order"_L1)) rule.order = values.choice("order"_L1) == u"le" ? ByteOrder::Little : ByteOrder::Big;
    rule.from = static_cast<quint64>(values.number("from"_L1));
    if (values.has("at"_L1)) rule.at = values.number("at"_L1);
  }
  rule.max = values.maxMessage();
  if (const auto place = checkPlace(values, rule); !place) return std::unexpected(place.error());
  if (const WideInt least = rule.leastSize(rule.wordSize()); !rule.length && WideInt(rule.size) < least) {
    return values.failAt("size"_L1, u"a size of %1, less than the %2 that the other options need,"_s.arg(
                                        grouped(rule.size), byteCount(least)));
  }
  return rule;
}

quint64 SyncRule::tailSize() const {
  if (!checksum || isCheckFixed()) return 0;
  return at ? static_cast<quint64>(-WideInt(*at)) : static_cast<quint64>(checksum->size());
}

WideInt SyncRule::leastSize(WideInt headEnd) const {
  WideInt least = std::max(headEnd, WideInt(strip.value_or(0)));
  if (checksum) least = std::max(least, WideInt(from));
  if (isCheckFixed()) least = std::max(least, WideInt(*at) + checksum->size());
  return least + tailSize();
}

SyncRule::Measure SyncRule::measured(ByteView bytes) const {
  Measure measure;
  if (bytes.empty()) return measure;
  const quint64 compared = std::min<quint64>(bytes.size(), wordSize());
  if (std::memcmp(bytes.data(), word.constData(), compared) != 0) {
    measure.outcome = Measure::NoWord;
    return measure;
  }
  WideInt head = wordSize();
  bool isRead = true;
  if (length) {
    if (bytes.size() > fieldAt()) measure.reading = length->read(bytes.subspan(fieldAt()));
    if (measure.reading.outcome == LengthField::Outcome::Bad) {
      measure.outcome = Measure::FieldBad;
      return measure;
    }
    isRead = measure.reading.outcome == LengthField::Outcome::Read;
    head = WideInt(fieldAt()) + (isRead ? measure.reading.width : length->leastWidthOf(measure.reading));
  }
  measure.size = head;
  if (head > WideInt(max)) {
    measure.outcome = Measure::HeadTooLarge;
  } else if (compared < wordSize() && length) {
    measure.outcome = Measure::WordCut;
  } else if (!isRead) {
    measure.outcome = Measure::FieldCut;
  } else {
    measure.size = length ? head + measure.reading.value + adjust : WideInt(size);
    measure.least = leastSize(head);
    measure.outcome = measure.size < measure.least  ? Measure::TooSmall
                      : measure.size > WideInt(max) ? Measure::TooLarge
                                                    : Measure::Sized;
  }
  return measure;
}

std::optional<quint64> SyncRule::headEnd(const Measure &measure) const {
  if (!length) return wordSize();
  if (measure.reading.outcome == LengthField::Outcome::Read) return fieldAt() + measure.reading.width;
  if (const auto width = length->fixedWidth()) return fieldAt() + *width;
  return std::nullopt;
}

std::optional<quint64> SyncRule::payloadBegin(const Measure &measure) const {
  if (strip) return strip;
  const auto end = headEnd(measure);
  if (!end || !isCheckFixed()) return end;
  // A checksum that stands in the head, or right behind it, is no payload either.
  const quint64 begin = static_cast<quint64>(*at);
  return begin <= *end ? std::max(*end, begin + static_cast<quint64>(checksum->size())) : *end;
}

ByteRange SyncRule::checkRange(quint64 wholeSize) const {
  if (!checksum) return {wholeSize, wholeSize};
  const quint64 begin = isCheckFixed() ? static_cast<quint64>(*at) : wholeSize - tailSize();
  return ByteRange::ofSize(begin, static_cast<quint64>(checksum->size()));
}

ByteRange SyncRule::covered(quint64 wholeSize) const {
  const ByteRange check = checkRange(wholeSize);
  return {from, from <= check.begin ? check.begin : wholeSize};
}

quint64 SyncRule::payloadEnd(quint64 wholeSize) const {
  return wholeSize - tailSize();
}

namespace {

/// Writes `own` at `at` of a message, of which the payload begins at `payloadAt`. What lies in the payload must be
/// there already: false where it is not.
bool place(QByteArray &message, quint64 at, QByteArrayView own, quint64 payloadAt) {
  const quint64 end = at + static_cast<quint64>(own.size());
  const qsizetype free = static_cast<qsizetype>(std::clamp(payloadAt, at, end) - at);
  message.replace(static_cast<qsizetype>(at), free, own.first(free).toByteArray());
  return QByteArrayView(message).sliced(static_cast<qsizetype>(at), own.size()) == own;
}

std::unexpected<Error> failInPayload(const QString &what, ByteRange range, const QByteArray &right) {
  return fail(u"the payload holds the message's %1 and it is wrong: %2 of the message must be %3"_s.arg(
                  what, bytesAt(range), hexWords(viewOf(right))),
              u"put the right bytes there"_s);
}

}  // namespace

Result<QByteArray> SyncRule::encode(QByteArrayView payload) const {
  const quint64 payloadSize = static_cast<quint64>(payload.size());
  // A length field of fixed width says it directly. One whose width depends on the value is tried with each width there
  // is, the shortest first: with `strip` given, the width changes the value.
  const quint64 leastWidth = length ? length->fixedWidth().value_or(1) : 0;
  const quint64 mostWidth = length ? length->fixedWidth().value_or(length->leastWidth() + 20) : 0;
  for (quint64 width = leastWidth; width <= mostWidth; ++width) {
    const bool isLast = width == mostWidth;
    const WideInt head = length ? WideInt(fieldAt()) + width : WideInt(wordSize());
    WideInt payloadAt = strip ? WideInt(*strip) : head;
    if (!strip && isCheckFixed() && WideInt(*at) <= head) payloadAt = std::max(head, WideInt(*at) + checksum->size());
    const WideInt whole = payloadAt + payloadSize + tailSize();
    if (whole > WideInt(max)) {
      return fail(u"a message of %1 is over the limit of %2"_s.arg(byteCount(whole), grouped(max)),
                  u"send less at once, or raise max="_s);
    }
    if (!length && whole != WideInt(size)) {
      return fail(u"a payload of %1 makes a message of %2, but every message has %3"_s.arg(
                      byteCount(payloadSize), byteCount(whole), grouped(size)),
                  u"send %1"_s.arg(byteCount(WideInt(size) - (whole - payloadSize))));
    }
    const WideInt value = whole - head - adjust;
    if (whole < leastSize(head) || (length && value < 0)) {
      if (!isLast) continue;
      return fail(u"a payload of %1 is too short for what the framing itself needs"_s.arg(byteCount(payloadSize)),
                  u"send more"_s);
    }
    const auto written = !length                  ? QByteArray()
                         : value > WideInt(~0ULL) ? std::nullopt
                                                  : length->write(static_cast<quint64>(value), width);
    if (!written) {
      if (!isLast) continue;
      return fail(u"a length of %1 does not fit %2"_s.arg(grouped(value), length->typeName()),
                  u"send at most %1 at once, or take a wider length field"_s.arg(grouped(length->greatest())));
    }
    const quint64 begin = static_cast<quint64>(payloadAt);
    QByteArray message(static_cast<qsizetype>(begin), '\0');
    message += payload;
    message += QByteArray(static_cast<qsizetype>(tailSize()), '\0');
    if (!place(message, 0, word, begin)) return failInPayload(u"sync word"_s, {0, wordSize()}, word);
    if (length && !place(message, fieldAt(), *written, begin)) {
      if (!isLast) continue;
      return failInPayload(u"length"_s, ByteRange::ofSize(fieldAt(), width), *written);
    }
    if (checksum) {
      const quint64 wholeSize = static_cast<quint64>(whole);
      const ByteRange check = checkRange(wholeSize);
      const ByteRange area = covered(wholeSize);
      const QByteArray right = checksum->write(checksum->of(viewOf(message).subspan(area.begin, area.size())), order);
      if (check.begin >= begin + payloadSize) {
        message.replace(static_cast<qsizetype>(check.begin), right.size(), right);
      } else if (!place(message, check.begin, right, begin)) {
        return failInPayload(u"checksum"_s, check, right);
      }
    }
    return message;
  }
  Q_UNREACHABLE();
}

}  // namespace octetscope

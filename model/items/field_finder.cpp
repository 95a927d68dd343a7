#include "model/items/field_finder.h"

#include "model/filter/filter_judge.h"
#include "model/items/message_contents.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QtEndian>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostWalked = 5000;  // fields of one message, while the window waits

bool isValueAlone(const FilterExpression &expression) {
  const FilterCondition &first = expression.conditions().front();
  return expression.nodes().size() == 1 && first.test == FilterCondition::Test::Exists && !first.left.mask &&
         !first.left.slice;
}

/// Whoever writes one of these means an expression.
bool hasOperator(const QString &text) {
  static const QRegularExpression operators(u"==|!=|<=|>=|&&|\\|\\|| [<>=] | contains | matches | in ?\\{"_s);
  return operators.match(text).hasMatch();
}

/// "192.168.0.1", "fe80::1" as bytes, as filters write them; empty: it is no address.
QString addressBytes(const QString &text) {
  if (text.count(u'.') != 3 && text.count(u':') < 2) return {};
  const QHostAddress address(text);
  if (address.protocol() == QAbstractSocket::IPv4Protocol) {
    QByteArray bytes(4, '\0');
    qToBigEndian(address.toIPv4Address(), bytes.data());
    return QString::fromLatin1(bytes.toHex(':'));
  }
  if (address.protocol() != QAbstractSocket::IPv6Protocol) return {};
  const Q_IPV6ADDR bytes = address.toIPv6Address();
  return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(&bytes), 16).toHex(':'));
}

/// Whether the names of a field and of those it lies in are what an operand says.
bool isNamed(const FilterOperand &operand, const QStringList &names) {
  if (operand.kind == FilterOperand::Kind::OfMessage) return operand.name == FilterName::Fields;
  if (operand.kind != FilterOperand::Kind::Field || operand.slice || operand.mask) return false;
  if (operand.path.size() != names.size()) return false;
  for (qsizetype i = 0; i < names.size(); ++i) {
    const FilterStep &step = operand.path[i];
    if (step.kind == FilterStep::Kind::Name && step.name != names[i]) return false;
    if (step.kind == FilterStep::Kind::Index && u"[%1]"_s.arg(step.index) != names[i]) return false;
  }
  return true;
}

}  // namespace

FieldFinder::~FieldFinder() = default;

void FieldFinder::setDecoder(ConnectionDecoder *decoder) {
  filter_.reset();
  decoder_ = decoder;
  if (decoder) {
    filter_ = std::make_unique<MessageFilter>(*decoder);
    for (const auto signal : {&MessageFilter::wasReset, &MessageFilter::progressed}) {
      connect(filter_.get(), signal, this, &FieldFinder::changed);
    }
    connect(filter_.get(), &MessageFilter::busyChanged, this, &FieldFinder::changed);
    connect(filter_.get(), &MessageFilter::rowsAdded, this, &FieldFinder::changed);
    connect(filter_.get(), &MessageFilter::rowsRemoved, this, &FieldFinder::changed);
  }
  Q_EMIT changed();
}

FilterResult<FilterExpression> FieldFinder::read(const QString &typed, bool ignoresCase) {
  const QString text = typed.trimmed();
  const bool isQuoted = text.size() >= 2 && (text[0] == u'"' || text[0] == u'\'') && text.back() == text[0];
  if (!isQuoted) {
    const auto expression = FilterExpression::parse(text);
    if (expression ? !isValueAlone(*expression) : hasOperator(text)) return expression;
  }
  const QString value = isQuoted ? text.sliced(1, text.size() - 2) : text;
  if (value.isEmpty()) return FilterExpression::parse(value);
  QString wanted;
  if (ignoresCase) {
    wanted = u"fields matches \"(?i)%1\""_s.arg(QRegularExpression::escape(value));
  } else {
    QString escaped = value;
    escaped.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    wanted = u"fields contains \"%1\""_s.arg(escaped);
  }
  const auto literal = isQuoted ? Result<FilterLiteral>(FilterLiteral{}) : FilterLiteral::fromWord(value);
  const bool isWritten = !isQuoted && literal &&
                         (literal->kind == FilterLiteral::Kind::Number || literal->kind == FilterLiteral::Kind::Null);
  if (isWritten) wanted = u"fields == %1 || %2"_s.arg(value, wanted);
  // Columns show numbers, and bytes, as addresses.
  if (const QString address = isQuoted ? QString() : addressBytes(value); !address.isEmpty()) {
    wanted = u"fields == %1 || %2"_s.arg(address, wanted);
  }
  return FilterExpression::parse(wanted);
}

FilterResult<void> FieldFinder::look(const QString &typed, bool ignoresCase) {
  if (!filter_) return {};
  const auto expression = read(typed, ignoresCase);
  if (!expression) {
    stop();
    return std::unexpected(expression.error());
  }
  const auto set = filter_->setExpression(*expression);
  if (!set) stop();
  Q_EMIT changed();
  return set;
}

void FieldFinder::stop() {
  if (!filter_ || !filter_->expression()) return;
  (void)filter_->setExpression(std::nullopt);
  Q_EMIT changed();
}

bool FieldFinder::isComplete() const {
  return isLooking() && filter_->judgedRows() >= decoder_->rowCount();
}

std::pair<quint64, quint64> FieldFinder::progress() const {
  if (!isLooking()) return {0, 0};
  return {std::min(filter_->judgedRows(), decoder_->rowCount()), decoder_->rowCount()};
}

quint64 FieldFinder::count() const {
  return isLooking() ? filter_->passingCount() : 0;
}

std::optional<quint64> FieldFinder::next(Direction direction, quint64 first) const {
  return isLooking() ? filter_->nextPassing(direction, first) : std::nullopt;
}

std::optional<quint64> FieldFinder::placeOf(Direction direction, quint64 message) const {
  if (!has(direction, message)) return std::nullopt;
  return filter_->passingBefore(decoder_->rowOf(static_cast<RowKind>(direction), message));
}

std::optional<FieldFinder::Found> FieldFinder::find(const std::optional<Selection> &from, int by) const {
  const quint64 all = count();
  if (all == 0) return std::nullopt;
  // The row that is stood on; none: before the first.
  std::optional<quint64> row;
  if (from) {
    if (const auto number = decoder_->messageAt(from->direction, from->range.begin)) {
      row = decoder_->rowOf(static_cast<RowKind>(from->direction), *number);
    }
  }
  quint64 place = 0;
  if (row) {
    place = filter_->passingBefore(*row);
    if (by > 0 && filter_->passes(*row)) ++place;
    if (by < 0) place = place == 0 ? all : place - 1;
  } else if (by < 0) {
    place = all - 1;
  }
  Found found;
  found.wrapped = place >= all;
  if (found.wrapped) place = by < 0 ? all - 1 : 0;
  found.place = place;
  const RowOrder::Row at = decoder_->row(filter_->rowAt(place));
  const auto direction = static_cast<Direction>(at.kind);
  const std::vector<ByteRange> fields = fieldsOf(direction, at.number, 2);
  const ByteRange range =
      fields.size() == 1 && !fields[0].isEmpty() ? fields[0] : decoder_->message(direction, at.number).range();
  found.selection = Selection{direction, range, at.number};
  return found;
}

std::vector<ByteRange> FieldFinder::fieldsOf(Direction direction, quint64 message, std::size_t most) const {
  std::vector<ByteRange> ranges;
  if (!isLooking() || message >= decoder_->messageCount(direction)) return ranges;
  // Fields of messages inside messages are told by the message.
  if (decoder_->reader(direction).layers.size() != 1) return ranges;
  const Message here = decoder_->message(direction, message);
  const MessageFields fields = decoder_->contents().fields(direction, 0, decoder_->view(direction), here);
  if (!fields) return ranges;
  const auto walk = fields.decoder->walk(fields.bytes);
  QStringList names;
  QByteArray storage;
  for (int looked = 0; looked < mostWalked && ranges.size() < most && walk->next(); ++looked) {
    const Field &field = walk->field();
    while (names.size() > static_cast<qsizetype>(walk->depth())) names.removeLast();
    names.append(field.name);
    if (!field.error.isEmpty() || field.isGroup) continue;
    const FilterValue value = FilterValue::of(field.value, storage);
    for (const FilterCondition &condition : filter_->expression()->conditions()) {
      if (!isNamed(condition.left, names) || !valueHolds(condition, value)) continue;
      const ByteRange range = ByteRange::ofSize(fields.begin + field.range.begin, field.range.size());
      if (std::ranges::find(ranges, range) == ranges.end()) ranges.push_back(range);
      break;
    }
  }
  return ranges;
}

}  // namespace octetscope

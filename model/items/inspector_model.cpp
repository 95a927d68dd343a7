#include "model/items/inspector_model.h"

#include "model/framing/framing_words.h"
#include "model/structs/layout_item.h"
#include "model/structs/value.h"

#include <QDateTime>
#include <QTimeZone>
#include <QtEndian>

#include <bit>
#include <optional>

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

enum class RowType : quint8 { I8, U8, I16, U16, I24, U24, I32, U32, I64, U64, F16, F32, F64, Time, Varint, Bits, Text };

struct RowWords {
  const char *code;  // of a struct layout; empty where it has none
  const char *name;
  const char *tip;
  int size;  // bytes it needs
};

constexpr std::array<RowWords, 17> rowWords = {{
    {"b", "i8", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "signed 8-bit integer"), 1},
    {"B", "u8", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "unsigned 8-bit integer"), 1},
    {"h", "i16", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "signed 16-bit integer"), 2},
    {"H", "u16", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "unsigned 16-bit integer"), 2},
    {"", "i24", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "signed 24-bit integer"), 3},
    {"", "u24", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "unsigned 24-bit integer"), 3},
    {"i", "i32", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "signed 32-bit integer"), 4},
    {"I", "u32", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "unsigned 32-bit integer"), 4},
    {"q", "i64", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "signed 64-bit integer"), 8},
    {"Q", "u64", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "unsigned 64-bit integer"), 8},
    {"e", "f16", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "floating-point number, half precision"), 2},
    {"f", "f32", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "floating-point number, single precision"), 4},
    {"d", "f64", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "floating-point number, double precision"), 8},
    {"", "time",
     QT_TRANSLATE_NOOP("octetscope::InspectorModel", "seconds since 1970 (UTC), as an unsigned 32-bit integer"), 4},
    {"", "varint",
     QT_TRANSLATE_NOOP("octetscope::InspectorModel",
                       "LEB128: seven bits a byte, the lowest first; byte order means nothing"),
     1},
    {"", "bits", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "the first byte in binary, the highest bit first"), 1},
    {"", "text", QT_TRANSLATE_NOOP("octetscope::InspectorModel", "the bytes as UTF-8; byte order means nothing"), 1},
}};

struct Reading {
  QString text;
  int size = 0;  // 0: bytes are missing
};

quint64 unsignedOf(ByteView bytes, int size, bool isBig) {
  quint64 value = 0;
  for (int i = 0; i < size; ++i) value = value << 8 | bytes[static_cast<std::size_t>(isBig ? i : size - 1 - i)];
  return value;
}

qint64 signedOf(quint64 value, int size) {
  const int unused = 64 - 8 * size;
  return static_cast<qint64>(value << unused) >> unused;
}

/// LEB128 of at most 10 bytes; none where it does not end, or does not fit 64 bits.
std::optional<std::pair<quint64, int>> varintOf(ByteView bytes) {
  quint64 value = 0;
  for (int i = 0; i < 10 && i < static_cast<int>(bytes.size()); ++i) {
    const quint64 part = bytes[static_cast<std::size_t>(i)] & 0x7f;
    if (i == 9 && part > 1) return std::nullopt;
    value |= part << (7 * i);
    if (!(bytes[static_cast<std::size_t>(i)] & 0x80)) return std::pair{value, i + 1};
  }
  return std::nullopt;
}

QString missing(int size) {
  return size == 1 ? InspectorModel::tr("needs 1 byte") : InspectorModel::tr("needs %1 bytes").arg(size);
}

Reading readAs(RowType type, ByteView bytes, bool isBig) {
  const int size = rowWords[static_cast<std::size_t>(type)].size;
  if (bytes.empty()) return {u"–"_s, 0};  // nothing is selected: there is nothing to want more of
  if (static_cast<int>(bytes.size()) < size) return {missing(size), 0};
  const quint64 number = unsignedOf(bytes, size, isBig);
  switch (type) {
    case RowType::I8:
    case RowType::I16:
    case RowType::I24:
    case RowType::I32:
    case RowType::I64:
      return {QString::number(signedOf(number, size)), size};
    case RowType::U8:
    case RowType::U16:
    case RowType::U24:
    case RowType::U32:
    case RowType::U64:
      return {QString::number(number), size};
    case RowType::F16:
      return {reprOfDouble(doubleOfHalf(static_cast<quint16>(number))), size};
    case RowType::F32:
      return {reprOfDouble(static_cast<double>(std::bit_cast<float>(static_cast<quint32>(number)))), size};
    case RowType::F64:
      return {reprOfDouble(std::bit_cast<double>(number)), size};
    case RowType::Time:
      return {QDateTime::fromSecsSinceEpoch(static_cast<qint64>(number), Qt::UTC).toString(Qt::ISODate), size};
    case RowType::Varint: {
      const auto read = varintOf(bytes);
      if (read) return {QString::number(read->first), read->second};
      if (bytes.size() >= 10) return {InspectorModel::tr("no varint of 64 bits"), 0};
      return {InspectorModel::tr("needs more bytes"), 0};
    }
    case RowType::Bits: {
      QString bits = QString::number(number, 2).rightJustified(8, QLatin1Char('0'));
      return {bits.insert(4, QLatin1Char(' ')), size};
    }
    case RowType::Text:
      return {displayBytes(bytes), static_cast<int>(bytes.size())};
  }
  return {};
}

}  // namespace

InspectorModel::InspectorModel(QObject *parent) : QAbstractTableModel(parent) {}

void InspectorModel::setBytes(ByteView bytes) {
  QByteArray shown = copyOf(bytes.first(std::min<std::size_t>(bytes.size(), maxBytes)));
  if (shown == bytes_) return;
  bytes_ = std::move(shown);
  Q_EMIT dataChanged(index(0, BigEndianColumn), index(rowCount() - 1, LittleEndianColumn));
}

int InspectorModel::rowCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rowWords.size());
}

int InspectorModel::columnCount(const QModelIndex &parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant InspectorModel::data(const QModelIndex &index, int role) const {
  if (!index.isValid()) return {};
  const RowWords &words = rowWords[static_cast<std::size_t>(index.row())];
  if (index.column() == TypeColumn) {
    const QString code = QString::fromLatin1(words.code);
    const QString name = QString::fromLatin1(words.name);
    if (role == Qt::DisplayRole) return code.isEmpty() ? name : QString(code + u"  "_s + name);
    if (role != Qt::ToolTipRole && role != Qt::AccessibleTextRole) return {};
    const QString tip = tr(words.tip);
    return code.isEmpty() ? tip : tr("%1; %2 in a struct layout").arg(tip, code);
  }
  const bool isBig = index.column() == BigEndianColumn;
  const Reading reading = readAs(static_cast<RowType>(index.row()), viewOf(bytes_), isBig);
  switch (role) {
    case Qt::DisplayRole:
      return reading.text;
    case IsMissingRole:
      return reading.size == 0;
    case SizeRole:
      return reading.size;
    case Qt::ToolTipRole:
      if (reading.size == 0 || words.size == 1) return reading.text;
      return isBig ? tr("%1: the first byte is the highest").arg(reading.text)
                   : tr("%1: the first byte is the lowest").arg(reading.text);
    default:
      return {};
  }
}

QVariant InspectorModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  const bool isTip = role == Qt::ToolTipRole;
  if (role != Qt::DisplayRole && !isTip) return {};
  switch (section) {
    case TypeColumn:
      return isTip ? tr("What the selected bytes are taken for; in front its code in a struct layout") : tr("Type");
    case BigEndianColumn:
      return isTip ? tr("Highest byte first: network order, ! or > in a struct layout") : tr("Big-endian !");
    case LittleEndianColumn:
      return isTip ? tr("Lowest byte first: < in a struct layout") : tr("Little-endian <");
    default:
      return {};
  }
}

}  // namespace octetscope

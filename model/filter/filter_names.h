// The names that every message has, whatever its fields are, and the operators: one table, from which the parser, the
// completions and the help are made.
#pragma once

#include <QList>
#include <QString>

#include <span>

namespace octetscope {

enum class FilterName : quint8 {
  Number,
  Connection,
  Direction,
  From,
  To,
  Time,
  Epoch,
  Delta,
  DeltaOther,
  Chunks,
  Offset,
  Size,
  PayloadOffset,
  PayloadSize,
  Status,
  Needs,
  Error,
  Payload,
  Message,
  Fields,
};

/// What a name of a message stands for.
enum class FilterNameKind : quint8 { Number, Time, Text, Bytes, Words, Any };

struct FilterNameRow {
  FilterName name;
  QStringView text;   ///< "size"
  QStringView other;  ///< another word for it; empty: none
  FilterNameKind kind;
  QStringView help;  ///< one sentence without a full stop
};
std::span<const FilterNameRow> filterNames();
const FilterNameRow &filterName(FilterName name);
/// Null where no message has a name like that.
const FilterNameRow *filterName(QStringView text);
/// What somebody meant who wrote `word`, as other programs call it: "len" is size. Empty: not known.
QStringView filterNameMeant(QStringView word);
/// The values of a name that has words for them; empty for the others.
std::span<const QStringView> filterWords(FilterName name);

/// One operator in all its spellings.
struct FilterOperatorRow {
  QStringView text;   ///< "=="
  QStringView other;  ///< "eq"; empty: none
  QStringView help;
};
/// Those that stand behind a name.
std::span<const FilterOperatorRow> filterOperators();
/// Those that join conditions.
std::span<const FilterOperatorRow> filterConnectives();

/// A name as it has to be written in an expression so that it means a field: in quotes where it is no plain name, with
/// a point in front where it would mean something else.
QString filterFieldText(QStringView name, bool isFirst);
/// True where a name can be written without quotes.
bool isPlainFilterName(QStringView name);

}  // namespace octetscope

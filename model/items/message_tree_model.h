// MessageTreeModel: the rows of a decoded connection (messages and events), and under a message what the framing adds,
// the payload's fields, nested, and the messages inside it. It gives meaning through roles; widgets choose colours and
// icons.
//
// Rows of the top level are those of its MessageOrder: with a filter those that pass it, and no events; sorted where it
// sorts. The numbers of messages stay what they are.
//
// Its columns are those that are always there, and behind them one for each field that the user wants to see.
#pragma once

#include "model/items/columned_model.h"
#include "model/items/connection_decoder.h"

#include <memory>
#include <optional>

namespace octetscope {

struct CopiedPiece;
class MessageFilter;
class MessageOrder;
struct OwnPayload;

class MessageTreeModel : public ColumnedModel {
  Q_OBJECT
 public:
  /// The columns that are always there; those of fields are ColumnCount and what follows.
  enum Column {
    NumberColumn,
    TimeColumn,
    DeltaColumn,
    OtherDeltaColumn,  ///< since the message before it in the other direction
    DirectionColumn,
    OffsetColumn,
    SizeColumn,
    ChunksColumn,
    StatusColumn,
    SummaryColumn,
    ColumnCount
  };
  /// What a row is. A message may lie in another one.
  enum class Kind : quint8 { Message, Event, Part, Field };
  enum Role {
    KindRole = Qt::UserRole + 1,  ///< int(Kind)
    DirectionRole,                ///< int(Direction); not of events
    StatusRole,                   ///< int(Status), of the message it belongs to
    MessageNumberRole,            ///< quint64
    RangeBeginRole,               ///< quint64, in the stream; absent where it has no bytes of the stream
    RangeEndRole,                 ///< quint64
    SourceBeginRole,              ///< quint64, in the stream: what lies in a payload that is no range of it was made of
    SourceEndRole,                ///< these bytes; absent where it has a range of its own
    PayloadOfRole,                ///< QList<quint64>: whose own payload it lies in (PayloadPlace::of); absent elsewhere
    PayloadBeginRole,             ///< quint64, in that payload
    PayloadEndRole,               ///< quint64
    EventKindRole,                ///< int(Event::Kind)
    PartRoleRole,                 ///< int(PartRole), of parts
    FieldIndexRole,               ///< int: the top-level field it belongs to, for its colour
    HasErrorRole,                 ///< bool: a field that could not be read, in the row or in a column of fields
    SortTextRole,                 ///< what type-ahead matches
  };

  explicit MessageTreeModel(QObject *parent = nullptr);
  ~MessageTreeModel() override;

  /// Null: empty. `filter`: of that decoder; null: every row is shown. Not owned; both must outlive the model or be
  /// replaced first.
  void setDecoder(ConnectionDecoder *decoder, MessageFilter *filter = nullptr);
  ConnectionDecoder *decoder() const;
  /// Which rows are shown, and in which order; null without a decoder. Another one with each decoder.
  MessageOrder *order() const;
  /// What rows are sorted by where they are sorted by that column: a name that filters know. Empty: by nothing.
  QString sortName(int column) const;

  /// The name of the column that shows the field in this row, "user.tags[0]"; of an array of values that of all of
  /// them, "user.tags[*]". Empty: it is none.
  QString fieldNameAt(const QModelIndex &index) const;

  /// Top-level row of a message; invalid where it is not there (yet), or does not pass.
  QModelIndex indexOfMessage(Direction direction, quint64 number, int column = 0) const;
  /// The innermost row that holds byte `offset` of that message: a part or a field, of a message inside it where there
  /// is one; the message itself otherwise.
  QModelIndex indexAt(Direction direction, quint64 number, quint64 offset) const;

  /// The same of byte `offset` of a payload that is no range of the stream: of that of the message `of` (PayloadPlace).
  QModelIndex indexIn(Direction direction, const QList<quint64> &of, quint64 offset) const;
  /// The row of a message inside others; the innermost of those around it that is there.
  QModelIndex indexOfNested(Direction direction, const QList<quint64> &numbers) const;
  /// The payload that is no range of the stream of the innermost message that a row is, or lies in, and that has one.
  /// None: no message around it has.
  std::optional<OwnPayload> ownPayloadAt(const QModelIndex &index) const;

  /// What a row is to who copies it; none: it has no bytes.
  std::optional<CopiedPiece> copiedAt(const QModelIndex &index) const;

  /// What is dragged from rows: payloads of messages, bytes of all else, one behind the other as
  /// application/octet-stream, and as hex, a line a row; of one field its name, too. Null: they have no bytes, or more
  /// than mostDragged, and no name.
  QMimeData *mimeData(const QModelIndexList &indexes) const override;
  QStringList mimeTypes() const override;
  static constexpr quint64 mostDragged = 1 << 20;
  /// What fieldNameAt() says, as UTF-8.
  static constexpr const char *fieldNameType = "application/x-octetscope-field";

  /// A filter that holds for the messages that say the same as `cell`: the value of a field, or what stands in that
  /// column of a message. Empty: there is none, or no filter was given.
  QString filterFor(const QModelIndex &cell) const;

  /// A row as one line of text, its columns parted by tabs, its children's rows left out: for copying.
  QString lineOf(const QModelIndex &index) const;

  QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
  QModelIndex parent(const QModelIndex &child) const override;
  int rowCount(const QModelIndex &parent = {}) const override;
  bool hasChildren(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  class Private;
  std::unique_ptr<Private> d_;
};

}  // namespace octetscope

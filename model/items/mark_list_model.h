// MarkListModel: the marks of a capture as a list: glyph and colour by role, direction, place, size, message and note.
// What is said of a row is read when it is asked for; the number of a message from the connection that is shown.
#pragma once

#include "model/items/connection_decoder.h"
#include "model/marks/capture_marks.h"

#include <QAbstractTableModel>
#include <QPointer>

namespace octetscope {

/// Lives in the window's thread.
class MarkListModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { ColorColumn, DirectionColumn, PlaceColumn, SizeColumn, MessageColumn, NoteColumn, ColumnCount };
  enum Role {
    ColorRole = Qt::UserRole + 1,  ///< int(MarkColor)
    DirectionRole,                 ///< int(Direction)
  };

  using QAbstractTableModel::QAbstractTableModel;

  /// Null: no marks. Not owned.
  void setMarks(CaptureMarks *marks);
  CaptureMarks *marks() const { return marks_; }
  /// What connection `number` is read with; null: none is. Not owned.
  void setDecoder(const ConnectionDecoder *decoder, int number);
  /// Lists those alone whose note or colour has these words, in any case; empty: all.
  void setFilter(const QString &words);
  const QString &filter() const { return filter_; }

  const Mark &markAt(int row) const;
  /// -1: it is not listed.
  int rowOf(const MarkPlace &place) const;
  /// A row as people read it: "in 176–222, 47 bytes, message 3: retransmitted".
  QString lineOf(int row) const;

  int rowCount(const QModelIndex &parent = {}) const override;
  int columnCount(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
  Qt::ItemFlags flags(const QModelIndex &index) const override;
  /// A note alone can be edited: noteEdited() says so, and who hears it carries it out.
  bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

 Q_SIGNALS:
  void noteEdited(const octetscope::Mark &mark, const QString &note);

 private:
  bool passes(const Mark &mark) const;
  void listAgain();
  std::size_t tableRow(int row) const;
  QString messageOf(const MarkPlace &place) const;
  QString text(const Mark &mark, int column) const;
  void tellRow(int row);

  QPointer<CaptureMarks> marks_;
  QPointer<const ConnectionDecoder> decoder_;
  int number_ = -1;
  QString filter_;
  std::vector<std::size_t> listed_;  // with a filter: rows of the table
};

}  // namespace octetscope

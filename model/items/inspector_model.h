// InspectorModel: the selected bytes as every type, big- and little-endian side by side: what `!` and `<` make of the
// same bytes.
#pragma once

#include "model/bytes/byte_view.h"

#include <QAbstractTableModel>

#include <array>

namespace octetscope {

class InspectorModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { TypeColumn, BigEndianColumn, LittleEndianColumn, ColumnCount };
  enum Role {
    IsMissingRole = Qt::UserRole + 1,  ///< bool: more bytes are needed than there are
    SizeRole,                          ///< int: bytes that the row read; 0 where it is missing
  };
  static constexpr qsizetype maxBytes = 64;

  explicit InspectorModel(QObject *parent = nullptr);

  /// What is shown: the first maxBytes of it. A copy is kept.
  void setBytes(ByteView bytes);
  QByteArrayView bytes() const { return bytes_; }

  int rowCount(const QModelIndex &parent = {}) const override;
  int columnCount(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  QByteArray bytes_;
};

}  // namespace octetscope

// FramingListModel: the framings there are, a row each, and behind them their layers, as a person looks one up: all of
// them in the order in which they are offered, or those that have the words that are looked for, best first.
#pragma once

#include "model/framing/framing_kind.h"

#include <QAbstractListModel>

namespace octetscope {

class FramingListModel : public QAbstractListModel {
  Q_OBJECT
 public:
  /// Qt::DisplayRole is the title, Qt::AccessibleDescriptionRole and Qt::ToolTipRole say what one message is.
  enum Role { NameRole = Qt::UserRole };

  /// What there is to be listed, in that order.
  static const QList<const FramingKind *> &all();

  explicit FramingListModel(QObject *parent = nullptr);

  int rowCount(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role) const override;
  QHash<int, QByteArray> roleNames() const override;

  /// Keeps the framings in which every word of `text` stands, in whatever case: first those whose name or title has
  /// them, then those whose summary, then those whose options. Empty: all.
  void setSearch(const QString &text);
  const QString &search() const { return search_; }

  /// Row < rowCount().
  const FramingKind &kind(int row) const { return *kinds_[row]; }
  /// The row of the framing of that name; -1: it is not among them.
  int rowOf(QStringView name) const;

 private:
  QString search_;
  QList<const FramingKind *> kinds_;
};

}  // namespace octetscope

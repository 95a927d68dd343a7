// StatisticsWindow: what is to be said of all messages of a connection, direction beside direction, and how often each
// value of a field is. It follows what comes, and leaves the main window usable.
#pragma once

#include "model/items/message_statistics.h"

#include <QAbstractTableModel>
#include <QDialog>
#include <QTimer>

#include <memory>
#include <optional>

class QCheckBox;
class QLabel;
class QTableView;
class QTableWidget;

namespace octetscope {

class FieldBox;

/// How often each value is: one row a value, those that are most often first.
class ValueCountsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  using QAbstractTableModel::QAbstractTableModel;

  void show(const DirectionStatistics &in, const DirectionStatistics &out);
  int rowCount(const QModelIndex &parent = {}) const override;
  int columnCount(const QModelIndex &parent = {}) const override;
  QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
  /// An expression that holds for the messages with the value of a row; empty: there is none.
  QString filterAt(int row) const;

 private:
  struct Row {
    QString value;
    QString filter;
    quint64 in = 0;
    quint64 out = 0;
    std::optional<double> number = {};  ///< what the value is, if it is one
    /// Those that are most often first, of those numbers by what they are.
    bool standsBefore(const Row &other) const;
    bool operator==(const Row &) const = default;
  };
  QList<Row> rows_;
  quint64 messages_ = 0;
};

class StatisticsWindow : public QDialog {
  Q_OBJECT
 public:
  explicit StatisticsWindow(QWidget *parent = nullptr);

  /// Of what; null: of nothing. Not owned; it must outlive this, or another be set before it goes. `title`: what it is
  /// called.
  /// `filter`: of the same decoder; what passes it can be counted alone. Null: there is none. It must live as long.
  void setDecoder(ConnectionDecoder *decoder, MessageFilter *filter, const QString &title);
  /// Whether only what passes the filter is counted, while there is one.
  bool isFiltered() const;
  void setFiltered(bool filtered);
  /// Which field's values are counted; empty: none's.
  QString field() const;
  void setField(const QString &field);
  /// All of it as text, columns apart by tabs.
  QString asText() const;

 Q_SIGNALS:
  /// The user chose another field.
  void fieldChosen();
  void filteredChosen();
  /// The user wants to see the messages that `expression` holds for.
  void filterAsked(const QString &expression);

 protected:
  void showEvent(QShowEvent *event) override;
  void hideEvent(QHideEvent *event) override;

 private:
  void begin();
  void refresh();
  void offerFields();
  void buildValues();
  void askForFilter();
  void showFilter();
  DirectionStatistics withTheLast(Direction direction) const;

  ConnectionDecoder *decoder_ = nullptr;
  QPointer<MessageFilter> filter_;
  std::unique_ptr<MessageStatistics> statistics_;
  QTimer timer_;
  QLabel *title_;
  QCheckBox *isFiltered_;
  QTableWidget *table_;
  FieldBox *field_;
  QTableView *values_;
  QAction *filterForValue_;
  ValueCountsModel counts_;
  QLabel *note_;
};

}  // namespace octetscope

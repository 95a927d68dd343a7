// StatisticsWindow: what is to be said of all messages of a connection, direction beside direction, and how often each
// value of a field is. It follows what comes, and leaves the main window usable.
#pragma once

#include "model/items/message_statistics.h"
#include "widgets/statistics/value_counts_model.h"

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
  QString numbersWords() const;
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

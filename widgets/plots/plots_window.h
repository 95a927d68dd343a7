// PlotsWindow: one chart of the messages of a connection, of several to choose from, with what it shows in words. It
// follows what comes, and leaves the main window usable.
#pragma once

#include "widgets/plots/plot_points.h"

#include <QDialog>
#include <QPointer>
#include <QTimer>

#include <memory>

class QComboBox;
class QLabel;
class QPushButton;

namespace octetscope {

class FieldBox;
class MessageFilter;
class PlotDetail;
class PlotView;

class PlotsWindow : public QDialog {
  Q_OBJECT
 public:
  explicit PlotsWindow(QWidget *parent = nullptr);

  /// Of what; null: of nothing. `filter`: of the decoder; what does not pass it is not plotted. Not owned; they may go
  /// at any time. `title`: what it is called.
  void setDecoder(ConnectionDecoder *decoder, MessageFilter *filter, const QString &title);
  /// What is plotted.
  PlotChoice choice() const;
  void choose(const PlotChoice &choice);
  /// "both", "in", "out"
  QString directions() const;
  void chooseDirections(const QString &directions);
  /// Where on the chart the point of this message lies; none where it has none of its own.
  std::optional<QPoint> placeOf(Direction direction, quint64 number) const;

 Q_SIGNALS:
  /// The user wants to see this message.
  void messageChosen(octetscope::Direction direction, quint64 number);

 protected:
  void showEvent(QShowEvent *event) override;
  void hideEvent(QHideEvent *event) override;

 private:
  void begin();
  void letGo();
  PlotRequest asked() const;
  void plotChosen();
  void savePicture();
  void refresh();
  void lookCloser();
  void offerFields();
  struct Sums {
    quint64 points = 0;
    quint64 messages = 0;
    quint64 filteredOut = 0;
    quint64 withoutField = 0;
    quint64 withoutTime = 0;
  };
  Sums sumsOfShown() const;
  QString hint() const;
  QString sentence() const;
  QString advice() const;
  bool isShown(Direction direction) const;
  PlotKind kind() const { return choice().kind; }

  ConnectionDecoder *decoder_ = nullptr;
  QPointer<MessageFilter> filter_;
  std::unique_ptr<MessagePlot> plot_;
  PlotDetail *detail_;
  QTimer timer_;
  QLabel *title_;
  QComboBox *chart_;
  QWidget *fieldPart_ = nullptr;
  FieldBox *field_;
  QWidget *slicesPart_ = nullptr;
  QComboBox *slices_;
  QComboBox *directions_;
  PlotView *view_;
  QLabel *sentence_;
  QLabel *pointed_;
  QList<QPushButton *> needPoints_;
  QList<QPushButton *> needZoom_;
};

}  // namespace octetscope

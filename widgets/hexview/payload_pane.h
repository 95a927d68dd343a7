// PayloadPane: the own bytes of a payload that is no range of the stream (joined, unstuffed, decompressed), with the
// messages and fields in it, its title above them, and bars to find and to go to something below. Which payload is
// shown others say; it reads it in the background and shows what there is of it so far.
#pragma once

#include "model/items/payload_reading.h"
#include "model/items/selection_hub.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace octetscope {

class DecoderHexSource;
class FindBar;
class GoToBar;
class HexSource;
class HexView;

class PayloadPane : public QWidget {
  Q_OBJECT
 public:
  explicit PayloadPane(QWidget *parent = nullptr);
  ~PayloadPane() override;

  /// Shows it; what is shown already, and what has hardly grown, is not read again.
  void setPayload(const OwnPayload &payload);
  /// Shows nothing but `words`: why there are no bytes.
  void setNothing(const QString &words);
  /// What is shown; null: nothing.
  const PayloadReading *reading() const { return reading_.get(); }
  /// Selects bytes of the payload, as soon as they are there, and scrolls to them; emits nothing.
  void showRange(ByteRange range);

  HexView *bytes() const { return bytes_; }
  /// What is selected in the payload: offsets count in it, messages are those in it.
  SelectionHub *hub() { return &hub_; }
  HexSource *source() const;
  FindBar *findBar() const { return findBar_; }
  GoToBar *goToBar() const { return goToBar_; }
  /// What stands above the bytes.
  QString title() const;
  /// True where the keyboard is in it.
  bool hasKeyboard() const;
  /// The same, and there are bytes to look for something in.
  bool canFind() const { return reading_ && hasKeyboard(); }

 Q_SIGNALS:
  /// The user selected bytes of the payload; empty: a caret at range.begin.
  void selected(octetscope::ByteRange range);
  /// source() is another one.
  void sourceChanged();
  void closeAsked();

 protected:
  void keyPressEvent(QKeyEvent *event) override;

 private:
  void show(std::unique_ptr<PayloadReading> reading);
  void takeNext();
  void showProgress();
  void showTitle();

  std::unique_ptr<PayloadReading> reading_;
  std::unique_ptr<PayloadReading> next_;  // the same message, grown: shown once it is complete
  std::unique_ptr<DecoderHexSource> source_;
  SelectionHub hub_;
  std::optional<ByteRange> wanted_;  // to be selected once it is there

  QLabel *title_;
  QToolButton *close_;
  QLabel *words_;
  HexView *bytes_;
  FindBar *findBar_;
  GoToBar *goToBar_;
};

}  // namespace octetscope

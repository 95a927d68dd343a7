// PlayheadBar: the controls of time travel: step by recv() or by message, play, how fast, back to live, and in words
// where the playhead stands. It shows a Playhead and asks it for steps; it owns no state but what the user chose.
#pragma once

#include "model/items/playhead.h"

#include <QKeySequence>
#include <QPointer>
#include <QWidget>

#include <array>

class QComboBox;
class QLabel;
class QToolButton;

namespace octetscope {

class PlayheadBar : public QWidget {
  Q_OBJECT
 public:
  enum class Control { First, MessageBack, ChunkBack, ChunkOn, MessageOn, Play, Live };

  explicit PlayheadBar(QWidget *parent = nullptr);

  /// Null: there is nothing to step through. Not owned.
  void setPlayhead(Playhead *playhead);
  QToolButton *button(Control control) const { return buttons_[static_cast<std::size_t>(control)]; }
  QComboBox *speeds() const { return speeds_; }
  /// The chosen speed as settings keep it: "2x", "10/s". What is none of those offered is left alone.
  QString speedText() const;
  void setSpeedText(const QString &text);
  /// Where the playhead stands, as the bar says it.
  QString words() const;
  /// Whether there is a next message to step to, which hangs on what is selected.
  void setNextMessage(bool isThere);
  /// Where height is scarce it is shown only while the past is.
  void setCompact(bool compact);
  QSize minimumSizeHint() const override;
  /// The key that does the same, for the tool tip.
  void setKey(Control control, const QKeySequence &key);

 Q_SIGNALS:
  /// A step by message was asked for: -1 back, 1 on. Whoever knows what is selected carries it out.
  void messageStepRequested(int by);

 protected:
  void changeEvent(QEvent *event) override;
  void resizeEvent(QResizeEvent *event) override;
  void paintEvent(QPaintEvent *event) override;

 private:
  static constexpr std::size_t controlCount = 7;

  PlaySpeed speedAt(int index) const;
  void carryOut(Control control);
  QString textOf(Control control, bool isShort) const;
  int widthWith(bool isShort) const;
  void fit();
  void refresh();
  void showTip(Control control);
  void showSpeed();

  QPointer<Playhead> playhead_;
  std::array<QToolButton *, controlCount> buttons_ = {};
  std::array<QKeySequence, controlCount> keys_;
  QComboBox *speeds_;
  QLabel *words_;
  bool compact_ = false;
  bool hasNextMessage_ = false;
};

}  // namespace octetscope

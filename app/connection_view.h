// ConnectionView: the centre of the window: the ribbon of one connection with what the receiver knows in words, its
// messages and its bytes, linked by one SelectionHub. It decodes the connection it shows under its capture's settings.
#pragma once

#include "app/left_places.h"
#include "model/capture/capture.h"
#include "model/items/connection_decoder.h"
#include "model/items/field_finder.h"
#include "model/items/message_filter.h"
#include "model/items/message_tree_model.h"
#include "model/items/playhead.h"
#include "model/items/selection_hub.h"

#include <QPointer>
#include <QWidget>

#include <array>
#include <memory>

class QSettings;
class QSplitter;
class QTabBar;
class QToolButton;

namespace octetscope {

class DecoderHexSource;
class FindBar;
class GoToBar;
class HexSource;
class HexView;
class MessagePane;
class MessageTreeView;
class PayloadPane;
class PlayheadBar;
class RibbonPane;
class RibbonView;

class ConnectionView : public QWidget {
  Q_OBJECT
 public:
  /// `settings`: what filters are remembered in; may be null.
  explicit ConnectionView(QSettings *settings = nullptr, QWidget *parent = nullptr);
  ~ConnectionView() override;

  /// Shows connection `number` of `capture`; a null capture: nothing.
  void show(Capture *capture, int number);
  Capture *capture() const { return capture_; }
  /// -1 where nothing is shown.
  int number() const { return number_; }
  std::shared_ptr<Connection> connection() const;
  ConnectionDecoder *decoder() const { return decoder_.get(); }
  SelectionHub *hub() { return &hub_; }
  /// The list of messages, and the bar that filters it.
  MessagePane *messagePane() const { return messagePane_; }
  MessageTreeView *messages() const { return messages_; }
  /// Of the connection that is shown; null where nothing is.
  MessageFilter *filter() const { return filter_.get(); }
  const MessageTreeModel *messageModel() const { return &model_; }
  HexView *bytes() const { return bytes_; }
  /// Beside the bytes, hidden at first; what it shows others say.
  PayloadPane *payloadPane() const { return payloadPane_; }
  RibbonPane *ribbonPane() const { return ribbonPane_; }
  RibbonView *ribbon() const;
  FindBar *findBar() const { return findBar_; }
  GoToBar *goToBar() const { return goToBar_; }
  /// The bytes that are shown; null where nothing is.
  HexSource *source() const;
  Direction shownDirection() const { return shownDirection_; }
  void setShownDirection(Direction direction);

  /// Bytes or events were recorded.
  void refresh();
  /// Which moment is shown. Views follow it wherever it goes.
  Playhead *playhead() { return &playhead_; }
  const Playhead *playhead() const { return &playhead_; }
  PlayheadBar *playheadBar() const { return playheadBar_; }
  /// To the moment at which the next (1) or the previous (-1) message was complete, and selects it. When it is live,
  /// the selected message is what it goes on from.
  void stepMessage(int by);
  bool canStepMessage(int by) const;
  /// Keeps what is shown, whatever comes; the same as being in the past.
  void setPaused(bool paused);
  bool isPaused() const { return !playhead_.isLive(); }
  /// Hides the rows up to now; false brings them back.
  void setCleared(bool cleared);
  bool isCleared() const { return putAway_.isSet; }
  void setFollowing(bool following);
  bool isFollowing() const;

  /// Leaves out what a small window has no room for.
  void setCompact(bool compact);

  void saveState(QSettings *settings) const;
  void restoreState(const QSettings *settings);

 Q_SIGNALS:
  void followingChanged(bool following);
  /// What is shown changed: for the status line.
  void changed();
  /// What can be stepped to changed, or whether the past plays.
  void stepsChanged();
  /// A sentence for the user about what just became of what is shown.
  void said(const QString &words);
  /// source() is another one.
  void sourceChanged();

 protected:
  void showEvent(QShowEvent *event) override;

 private:
  void returnToPlace();
  void applySettings();
  void fitRibbonPane();
  void showWords();
  void updateTabs();
  void onSelection(const std::optional<Selection> &selection, const QObject *who);
  void onMoment();
  void showSteps();
  std::optional<Playhead::Place> stepsFrom() const;
  void selectMessage(Direction direction, quint64 number);
  void clipSelection();

  QPointer<Capture> capture_;
  int number_ = -1;
  std::unique_ptr<ConnectionDecoder> decoder_;
  std::unique_ptr<MessageFilter> filter_;  // of decoder_
  FieldFinder fields_;                     // in decoder_
  MessageTreeModel model_;
  SelectionHub hub_;
  Direction shownDirection_ = Direction::In;
  Playhead playhead_;
  DecodeSettings applied_;
  /// What Clear put away: where the rows begin.
  struct {
    bool isSet = false;
    std::array<quint64, 2> bytes = {};  ///< offsets in what was shown
    std::array<QString, 2> of = {};     ///< DirectionReader::joinedSpec() of that
    quint64 events = 0;
  } putAway_;
  LeftPlaces places_;
  std::optional<Selection> returning_;  // to what stood at the top of the list, while its rows find their places
  std::unique_ptr<DecoderHexSource> source_;

  PlayheadBar *playheadBar_;
  QSplitter *splitter_;
  bool isSizedByUser_ = false;  // the splitter
  QList<int> roomySizes_;       // of its parts, before the window became too small for all of them
  RibbonPane *ribbonPane_;
  MessagePane *messagePane_;
  MessageTreeView *messages_;
  QTabBar *tabs_;
  QToolButton *followButton_;
  HexView *bytes_;
  PayloadPane *payloadPane_;
  FindBar *findBar_;
  GoToBar *goToBar_;
};

}  // namespace octetscope

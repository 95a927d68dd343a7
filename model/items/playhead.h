// Playhead: which moment of a connection is looked at: live, or one in the past. It steps by chunk and by message,
// plays what was recorded at a chosen speed, and says in words where it stands. What it sets is ConnectionDecoder's
// moment, so that every view follows; it keeps nothing else, and a step costs the same whatever was captured.
#pragma once

#include "model/items/connection_decoder.h"
#include "model/items/play_clock.h"

#include <QPointer>

#include <memory>
#include <optional>

namespace octetscope {

/// How fast the past is played.
struct PlaySpeed {
  enum class Kind : quint8 {
    Recorded,        ///< as it was recorded, `factor` times as fast; silences longer than a second are cut to one
    StepsPerSecond,  ///< `factor` chunks or events a second, whenever they came
  };
  Kind kind = Kind::Recorded;
  double factor = 1;  ///< > 0

  bool operator==(const PlaySpeed &) const = default;
};

class Playhead : public QObject {
  Q_OBJECT
 public:
  /// The longest silence that is waited for when the past is played as it was recorded.
  static constexpr qint64 longestSilenceNs = 1'000'000'000;

  /// `clock`: null for the machine's.
  explicit Playhead(QObject *parent = nullptr, std::unique_ptr<PlayClock> clock = nullptr);
  ~Playhead() override;

  /// Another clock; null: the machine's. What was played stops.
  void setClock(std::unique_ptr<PlayClock> clock);

  /// Whose moments these are; null: none. Not owned. What was played stops; the old one's moment stays as it is.
  void setDecoder(ConnectionDecoder *decoder);
  ConnectionDecoder *decoder() const { return decoder_; }

  bool isLive() const { return !moment(); }
  /// None: live.
  std::optional<Moment> moment() const;
  /// The moment that is shown, live or not.
  Moment shown() const;
  /// The moments there are.
  Timeline timeline() const;

  /// Shows `moment`, one of timeline()'s, or what is nearest to it. Ends playing.
  void goTo(const Moment &moment);
  /// Keeps what is shown now while recording goes on.
  void hold();
  void returnToLive();
  /// The moment before the first chunk.
  void first();

  // Whoever steps up to the newest moment is live again.
  /// `steps` chunks or events on (negative: back). From inside a chunk the first step completes it, or undoes it.
  void stepChunk(qint64 steps);
  bool canStepChunk(qint64 steps) const;
  /// To the moment at which the next (`by` > 0) or the previous message of either direction was complete: its last byte
  /// had come; or what completed it, where that was a byte behind it or a FIN. One that is in error: the byte that said
  /// so. Behind the last message: the end; before the first one: the beginning.
  void stepMessage(int by);
  bool canStepMessage(int by) const;
  /// To the moment at which message `number` of a direction, one that is there live, was complete.
  void goToMessage(Direction direction, quint64 number);
  /// The message whose last byte so far is the last thing that came before the moment shown; none after an event, or
  /// where the framing is not that far yet.
  struct Place {
    Direction direction;
    quint64 number;
  };
  std::optional<Place> latestMessage() const;

  /// Plays on from the moment shown, from the beginning where nothing is to come. At the end it is live again.
  void play();
  void pause();
  bool isPlaying() const { return isPlaying_; }
  void setSpeed(PlaySpeed speed);
  PlaySpeed speed() const { return speed_; }
  /// False where nothing was recorded, so that there is nothing to play.
  bool canPlay() const;

  /// Where it stands: "recv() 5 of 23 · 12:30:04.123 · live goes on: 18 more chunks since".
  QString words() const;

 Q_SIGNALS:
  /// Another moment is shown.
  void momentChanged();
  /// Where it stands among what there is changed: the moment, or what has come since. For words and enabled states.
  void changed();
  void playingChanged(bool playing);
  void speedChanged();

 private:
  void set(const std::optional<Moment> &moment);
  void stepTo(const Moment &moment);
  void startPlaying();
  void stopPlaying();
  void tick();
  void playOn();
  void playSteps(quint64 steps, quint64 from, const Timeline &timeline);
  Moment completionOf(const Timeline &timeline, Direction direction, quint64 number) const;
  std::optional<Moment> messageMoment(int by) const;
  QString stepWords(const Timeline &timeline, const Moment &moment) const;
  QString sinceWords(const Timeline &timeline, const Moment &moment) const;

  QPointer<ConnectionDecoder> decoder_;
  std::unique_ptr<PlayClock> clock_;
  PlaySpeed speed_;
  bool isPlaying_ = false;
  qint64 tickedNs_ = 0;    // by clock_: up to when time was spent
  qint64 recordedNs_ = 0;  // Recorded: the stamp that was reached
  double owedSteps_ = 0;   // StepsPerSecond: parts of a step that were waited for
};

}  // namespace octetscope

// Suggester: which framings fit the bytes of a connection, best first, with the evidence in words. It works in slices
// of a few milliseconds, so that whoever drives it can cancel, show how far it is, and keep a window alive; it looks at
// the first mebibyte of each direction, and follows the best candidates on from there within a budget, so that what it
// costs does not grow with the capture beyond that. Single-threaded; BackgroundSuggestion runs it beside a window.
//
// Nothing is suggested of bytes that have no framing: every candidate is really run over the bytes, and must explain
// them better than chance by more bits than it takes to have thought of it.
#pragma once

#include "model/capture/stream.h"

#include <QList>
#include <QString>

#include <array>
#include <memory>

namespace octetscope {

struct SuggestionInput {
  std::array<StreamView, 2> streams = {};  ///< by direction; an empty one says nothing
  std::array<quint64, 2> starts = {};      ///< the first byte that is to be framed
};

/// One framing that fits.
struct Suggestion {
  QString spec;
  double score = 0;  ///< 0 … 1: how sure, by the evidence
  quint64 messages = 0;
  QString why = {};                            ///< the evidence in words, complete sentences
  std::array<bool, 2> fits = {};               ///< by direction; both where both have bytes and it explains both
  std::array<quint64, 2> starts = {};          ///< where framing begins: behind what it knows nothing of
  std::array<QList<ByteRange>, 2> shown = {};  ///< the first messages, for a preview: at most previewMessages each
};

class Suggester {
 public:
  static constexpr qsizetype previewMessages = 64;
  static constexpr qsizetype mostSuggestions = 8;

  explicit Suggester(SuggestionInput input);
  ~Suggester();
  Suggester(const Suggester &) = delete;
  Suggester &operator=(const Suggester &) = delete;

  /// Works on, a slice; true: there is more to do.
  bool advance();
  /// How much is done, 0 … 1; never falls.
  double progress() const;
  /// What fits, best first, once there is nothing more to do; empty: nothing does.
  const QList<Suggestion> &suggestions() const;

 private:
  struct Work;
  std::unique_ptr<Work> work_;
};

}  // namespace octetscope

// Candidates: the trials of both directions put together: which SPECs explain them, how well, and which of those that
// cut the same messages is the simplest.
#pragma once

#include "model/framing/suggestion/trial.h"

#include <map>

namespace octetscope {

/// A SPEC, and its trials by direction.
struct Candidate {
  std::array<const Trial *, 2> trials = {};
  double bits = 0;

  const Trial &any() const { return trials[0] ? *trials[0] : *trials[1]; }
  bool fitsBoth() const { return trials[0] && trials[1]; }
};

class Candidates {
 public:
  static constexpr double believed = Trial::believed;

  void add(int direction, Trial trial);
  /// `closer` cuts the messages of `spec` and tells more of them: it stands beside that, before it where it is `surer`.
  void refine(const QString &spec, const QString &closer, bool isSurer);
  bool knows(int direction, const QString &spec, quint64 start) const;
  /// Those that are believed, best first; of those that cut the same messages by the same kind of rule, the simplest.
  std::vector<Candidate> best() const;
  /// The trials of one direction, to go on with.
  std::vector<Trial> &trials(int direction) { return trials_[static_cast<std::size_t>(direction)]; }
  const std::vector<Trial> &trials(int direction) const { return trials_[static_cast<std::size_t>(direction)]; }

 private:
  struct Closer {
    QString spec;
    bool isSurer;
  };

  std::vector<Candidate> weighed() const;
  std::vector<Candidate> closerOnes(const Candidate &candidate, bool areSurer) const;

  std::array<std::vector<Trial>, 2> trials_;
  std::map<QString, std::vector<Closer>> closer_;
};

}  // namespace octetscope

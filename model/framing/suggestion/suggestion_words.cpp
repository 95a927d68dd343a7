#include "model/framing/suggestion/suggestion_words.h"

#include "model/framing/framing_words.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

QString sizesWords(const Trial &trial) {
  if (trial.leastSize == trial.mostSize) return u"of %1 each"_s.arg(byteCount(trial.leastSize));
  return u"of %1 to %2"_s.arg(grouped(trial.leastSize), byteCount(trial.mostSize));
}

QString messagesWords(quint64 count) {
  return count == 1 ? u"1 message"_s : u"%1 messages"_s.arg(grouped(count));
}

/// What was found in one direction, as a sentence goes on behind the rule.
QString foundWords(const Trial &trial) {
  const Family family = trial.proposal.family;
  QString words;
  if (family == Family::Length) {
    words = u"they land exactly on a boundary %1 times of %1"_s.arg(grouped(trial.count));
    if (trial.lands) words += u", the last time on the end of the stream"_s;
    words += u"; messages are "_s + sizesWords(trial);
  } else {
    words = messagesWords(trial.count) + u' ' + sizesWords(trial);
    if (trial.lands)
      words += trial.count == 1 ? u", up to the end of the stream"_s : u", the last one up to the end of the stream"_s;
  }
  if (!trial.lands && trial.sawEnd) words += u"; the stream ends inside one more"_s;
  if (trial.errors > 0) words += u"; %1 in error"_s.arg(grouped(trial.errors));
  if (trial.chunkHits > 0) {
    words += u"; %1 of %2 chunk ends are ends of messages"_s.arg(grouped(trial.chunkHits), grouped(trial.chunkEnds));
  }
  return words;
}

QString furtherWords(const Trial &trial) {
  QString words;
  if (trial.proposal.start > 0) {
    words += u" Framing begins at byte %1."_s.arg(grouped(trial.proposal.start));
  }
  if (trial.brokenAt) {
    words += u" It breaks at byte %1."_s.arg(grouped(*trial.brokenAt));
  } else if (!trial.sawEnd) {
    words += u" The first %1 were looked at."_s.arg(byteCount(trial.looked));
  }
  return words;
}

}  // namespace

QString whyWords(const Candidate &candidate, bool isTwoWay, bool otherFits) {
  const Trial &first = candidate.any();
  QString words = capitalised(first.proposal.rule) + u": "_s;
  if (candidate.fitsBoth()) {
    words += u"in both directions; in: %1; out: %2."_s.arg(foundWords(*candidate.trials[0]),
                                                           foundWords(*candidate.trials[1]));
    return words + furtherWords(*candidate.trials[0]) + furtherWords(*candidate.trials[1]);
  }
  if (!isTwoWay) return words + foundWords(first) + u'.' + furtherWords(first);
  const bool isIn = candidate.trials[0] != nullptr;
  words += isIn ? u"only what comes in; "_s : u"only what goes out; "_s;
  words += foundWords(first) + u'.' + furtherWords(first);
  const QString other = isIn ? u"what goes out"_s : u"what comes in"_s;
  return words + (otherFits ? u" Another framing fits %1."_s : u" Nothing fits %1."_s).arg(other);
}

}  // namespace octetscope

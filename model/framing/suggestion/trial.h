// Trial: a framing that might fit, really run over a sample, and the evidence for it. A proposer makes Proposals, each
// a SPEC with what it costs to have thought of it; what no framer takes as a SPEC is dropped.
#pragma once

#include "model/framing/framer.h"
#include "model/framing/suggestion/sample.h"

#include <QList>

#include <span>
#include <vector>

namespace octetscope {

/// What kind of rule a SPEC is: which evidence there is for it, and in which words.
enum class Family : quint8 { Length, Chunked, Delimiter, Fixed, Format, Stuffed, Sync };

/// Where the messages of a length, a sync word or a fixed size have what is read of them, counted from their begin.
struct MessageShape {
  QString type = {};  ///< of the length field; empty: there is none, and every message has `size` bytes
  quint64 offset = 0;
  qint64 adjust = 0;
  quint64 size = 0;
  quint64 word = 0;            ///< bytes of the sync word
  QByteArray decimalEnd = {};  ///< behind decimal digits
};

struct Proposal {
  QString spec = {};
  Family family = Family::Length;
  quint64 start = 0;       ///< where framing begins
  double cost = 0;         ///< bits: how many SPECs of this kind there are, and how unusual this one is
  double lateCost = 0;     ///< what of it is for leaving out the first bytes
  double convention = 0;   ///< bits that speak for it beforehand, where its bytes look the part: a line end in text
  double eachMessage = 0;  ///< bits that the framing's own grammar gives for each message that keeps it
  bool (*begins)(ByteView at) = nullptr;  ///< how nearly all its messages begin; only these count for the grammar
  double mostGrammar = 0;                 ///< and how many at most
  quint64 least = 3;                      ///< messages it takes to be believed
  bool needsEnd = false;                  ///< hardly believed where no message ends on the end of the stream
  quint64 mayBreak = 0;  ///< messages in a hundred that may be in error: framings that go on by themselves
  double leastText = 0;  ///< the share of text that it takes, `textExcept` left out of account
  std::uint8_t textExcept = '\n';
  /// What a grammar of bytes gives, where that is not the same for each message.
  double (*grammarBits)(const Sample &sample, std::span<const ByteRange> messages) = nullptr;
  MessageShape shape = {};
  bool isBeside = false;  ///< it refines another one, and is weighed by that alone
  QString rule = {};      ///< the rule in words, as a sentence goes on: "each message ends with a line end"
};

/// The bits for and against.
struct Evidence {
  double columns = 0;   ///< the same bytes at the same places of each message
  double steady = 0;    ///< what these two may count at most: steadyBits()
  double field = 0;     ///< the length field, which says the length and needs no other explanation
  double evenness = 0;  ///< sizes that are alike
  double landing = 0;   ///< the stream ends where a message does
  double chunks = 0;    ///< chunks end where messages do
  double grammar = 0;
  double lateCost = 0;  ///< what of it is for leaving out the first bytes
  double convention = 0;
  double cost = 0;

  /// Columns count up to a limit: they show that there are messages, but other cuts of them share the evidence.
  double total() const;
  double uncapped() const { return columns + field + evenness + landing + chunks + grammar + convention - cost; }
};

struct Trial {
  Proposal proposal;
  FramerPtr framer = {};
  std::vector<ByteRange> messages = {};  ///< whole ones in the sample, the first of them
  quint64 count = 0;                     ///< whole ones in what was looked at
  quint64 errors = 0;
  quint64 covered = 0;                   ///< end of the last whole message
  quint64 looked = 0;                    ///< how far the stream was looked at
  bool isBroken = false;                 ///< it stopped at an error in the sample
  std::optional<quint64> brokenAt = {};  ///< it stopped at an error behind the sample
  bool lands = false;                    ///< the last message ends on the end of the stream
  bool sawEnd = false;                   ///< the stream's end was looked at
  bool hasLength = false;                ///< the framing reads lengths
  double usualShare = 0;                 ///< of `messages` that have the most frequent size
  quint64 begun = 0;                     ///< messages that begin as they should
  quint64 leastSize = 0, mostSize = 0;
  quint64 chunkHits = 0, chunkEnds = 0;
  quint64 distinctSizes = 0;  ///< among `messages`
  double beginBits = 0;       ///< what the bytes before a length field say of where messages begin
  Evidence evidence = {};
  ScanState state = {};  ///< where the scan goes on

  /// Bits below which nothing is claimed.
  static constexpr double believed = 14;

  /// Bits for it, where it fits at all; none: it does not.
  std::optional<double> bits() const;
  /// The same where the other direction shows that it is right, so that a message or two will do. But what is no short
  /// direction and gives no evidence of its own speaks against it.
  std::optional<double> bitsBeside() const;
  double meanSize() const;

 private:
  bool keepsGrammar() const;
  bool needsNoWord() const;
};

/// Runs the proposal's framer over the sample; none where there is no such framer, or it gives no message at all.
std::optional<Trial> tryOn(const Sample &sample, const Proposal &proposal);

/// Scans on behind the sample, a slice of about `bytes`; true: there is more. What breaks there is noted.
bool scanOn(Trial &trial, const StreamView &stream, quint64 bytes);

}  // namespace octetscope

#include "model/framing/suggestion/trial.h"

#include "model/framing/registry.h"
#include "model/framing/suggestion/evidence.h"
#include "model/framing/suggestion/message_begins.h"

#include <unordered_map>

namespace octetscope {

namespace {

constexpr std::size_t keptMessages = 2048;  // so many are weighed; the rest is only counted
constexpr double mostColumnBits = 60;

/// Bits up to a limit; beyond it they still tell which of two explains more.
double upTo(double most, double bits) {
  constexpr double beyond = 12;
  return bits <= most ? bits : most + beyond * (1 - most / bits);
}

/// What the messages' length fields say, weighed as it goes: once the field is read, the message's end is no surprise.
class FieldWeigher {
 public:
  explicit FieldWeigher(const Sample &sample) : sample_(sample) {}

  void add(const Framer &framer, const Message &message) {
    const auto read = framer.lengthRead(sample_.view(), message);
    fields_.push_back(ByteRange{0, 0});
    gains_.push_back(0);
    if (!read) return;
    hasLength_ = true;
    fields_.back() = {read->field.begin - message.offset, read->field.end - message.offset};
    if (read->field.end > sample_.costs().size() || read->field.size() > 20) return;
    float bits = -coder_.bits(read->value);
    // An empty message is no find: zeros stand in rows.
    const bool isEmpty = read->value == 0;
    for (quint64 at = read->field.begin; at < read->field.end && !isEmpty; at += 8) {
      bits += sample_.costs().bits({at, std::min(at + 8, read->field.end)});
    }
    gains_.back() = bits;
    // A number that stays the same is explained as well by a column that does.
    (last_ == read->value ? repeatedBits_ : bits_) += static_cast<double>(bits);
    last_ = read->value;
  }
  bool hasLength() const { return hasLength_; }
  double bits() const { return bits_; }
  double repeatedBits() const { return repeatedBits_; }
  std::span<const ByteRange> fields() const { return fields_; }
  /// What each message's field gains.
  std::span<const float> gains() const { return gains_; }

 private:
  const Sample &sample_;
  NumberCoder coder_;
  std::vector<ByteRange> fields_;
  std::vector<float> gains_;
  std::optional<quint64> last_;
  double bits_ = 0;
  double repeatedBits_ = 0;
  bool hasLength_ = false;
};

void takeMessage(Trial &trial, const Message &message) {
  if (message.status == Status::Error) {
    ++trial.errors;
    return;
  }
  trial.leastSize = trial.count == 0 ? message.size : std::min(trial.leastSize, message.size);
  trial.mostSize = std::max(trial.mostSize, message.size);
  ++trial.count;
  trial.covered = message.end();
}

/// Of fixed sizes all bytes are weighed, so that some stretches must do: from all over the sample, and so short that
/// all sizes have the same ones, for what more bytes teach.
bool isWeighed(const Sample &sample, const Message &message) {
  constexpr quint64 stretches = 4;
  constexpr quint64 stretch = 6 * 1024;
  const quint64 apart = std::max<quint64>(sample.size() / stretches, 1);
  return apart <= stretch || (message.offset - sample.start()) % apart < stretch;
}

/// One that ends elsewhere was cut, which is nothing unusual; but what takes much believing has the end to show.
void weighEnd(Trial &trial) {
  constexpr double strange = 15.5;
  const bool isStrange = trial.proposal.family == Family::Length && trial.proposal.cost > strange;
  const double elsewhere = isStrange ? -20 : trial.proposal.needsEnd && trial.sawEnd ? -12 : -1;
  trial.evidence.landing = trial.lands ? std::log2(std::max(trial.meanSize(), 1.0)) : elsewhere;
}

/// That a message which was looked for begins with the sync word is no evidence; where the one before says that it
/// begins there it is.
void skipFoundWords(const Trial &trial, std::vector<ByteRange> &skipped) {
  for (std::size_t i = 0; i < trial.messages.size(); ++i) {
    if (i > 0 && trial.messages[i - 1].end == trial.messages[i].begin) continue;
    skipped[i] = {0, std::max(trial.proposal.shape.word, skipped[i].end)};
  }
}

/// An error ends the framings that do not look for the next message.
bool isStopped(const Trial &trial, const Message &rest) {
  const bool goesOn = trial.proposal.family == Family::Sync;
  return trial.state.stopped || (!goesOn && rest.size > 0 && rest.status == Status::Error);
}

void weigh(Trial &trial, const Sample &sample, const FieldWeigher &fields) {
  Evidence &evidence = trial.evidence;
  const Proposal &proposal = trial.proposal;
  evidence.cost = proposal.cost;
  evidence.convention = proposal.convention;
  double grammar = proposal.eachMessage * static_cast<double>(trial.begun);
  if (proposal.grammarBits) grammar += proposal.grammarBits(sample, trial.messages);
  constexpr double eachError = 6;
  evidence.grammar = upTo(proposal.mostGrammar, std::max(grammar, 0.0)) - eachError * static_cast<double>(trial.errors);
  trial.hasLength = fields.hasLength();
  if (trial.hasLength) evidence.field = fields.bits();
  Columns columns;
  const bool knowsEnds = trial.hasLength || proposal.family == Family::Fixed || proposal.family == Family::Sync;
  if (knowsEnds) columns.last = 2;
  if (proposal.family == Family::Fixed) {
    columns = {.first = std::min<quint64>(trial.mostSize, 512), .last = 0};
  }
  const auto byFields = fields.gains().first(trial.messages.size());
  std::vector<float> byMessage(byFields.begin(), byFields.end());
  const auto ownFields = fields.fields().first(trial.messages.size());
  std::vector<ByteRange> skipped(ownFields.begin(), ownFields.end());
  if (proposal.family == Family::Sync) skipFoundWords(trial, skipped);
  evidence.columns = columnBits(sample.costs(), sample.bytes(), trial.messages, skipped, columns, byMessage);
  // What a grammar costs is taken off what its messages gain, before that is limited.
  evidence.columns += std::min(grammar, 0.0);
  if (trial.hasLength) evidence.columns += fields.repeatedBits();
  evidence.steady = steadyBits(trial.messages, byMessage);
  if (proposal.family == Family::Delimiter) evidence.evenness = evennessBits(trial.messages);
  const double mean = std::max(trial.meanSize(), 1.0);
  weighEnd(trial);
  if (proposal.family == Family::Length && trial.hasLength) {
    const MessageBegins begins(sample.bytes(), trial.messages, proposal.shape.offset);
    trial.beginBits = begins.bits(proposal.shape.offset, proposal.start == sample.start());
  }

  std::size_t next = 0;
  for (const quint64 end : sample.chunkEnds()) {
    if (end > trial.messages.back().end || end <= trial.messages.front().begin) continue;
    while (trial.messages[next].end < end) ++next;
    ++trial.chunkEnds;
    if (trial.messages[next].end == end) ++trial.chunkHits;
  }
  evidence.chunks = boundaryBits(trial.chunkHits, trial.chunkEnds, mean);
  std::unordered_map<quint64, quint64> sizes;
  quint64 usual = 0;
  for (const ByteRange &message : trial.messages) usual = std::max(usual, ++sizes[message.size()]);
  trial.distinctSizes = sizes.size();
  trial.usualShare = static_cast<double>(usual) / static_cast<double>(trial.messages.size());
}

}  // namespace

double Evidence::total() const {
  const double found = upTo(mostColumnBits, columns) + field;
  return std::min(found, std::max(steady, std::min(found, 0.0))) + evenness + landing + chunks + grammar + convention -
         cost;
}

bool Trial::keepsGrammar() const {
  if (isBroken || errors * 100 > proposal.mayBreak * (count + errors)) return false;
  return !proposal.begins || begun * 10 >= messages.size() * 9;
}

std::optional<double> Trial::bitsBeside() const {
  if (const auto alone = bits(); alone >= believed) return alone;
  if (!keepsGrammar() || count == 0) return std::nullopt;
  // Somewhere in noise a value or two may be read.
  if (proposal.family == Family::Format && proposal.lateCost > 0) return std::nullopt;
  // A message may be some way from the end of the stream; each one more has to show something.
  constexpr double few = 3;
  constexpr double enough = 10;
  const double shown = evidence.total() + evidence.cost - evidence.convention;
  const double asked = std::min(std::max(static_cast<double>(count) - few, 0.0), enough);
  return shown < asked ? std::nullopt : std::optional(evidence.total());
}

/// A sync word without a checksum is looked for where something stands between messages. Where nothing does, a length
/// or a size explains them as well, and says so itself.
bool Trial::needsNoWord() const {
  if (proposal.family != Family::Sync || proposal.eachMessage > 0) return false;
  quint64 sum = 0;
  for (const ByteRange &message : messages) sum += message.size();
  return sum == messages.back().end - messages.front().begin;
}

std::optional<double> Trial::bits() const {
  if (!keepsGrammar() || count < proposal.least || needsNoWord()) return std::nullopt;
  // A strange rule that a few steps keep to, and then the stream ends elsewhere.
  constexpr double usual = 11;
  if (proposal.family == Family::Length && proposal.cost > usual && !lands && count < 5) return std::nullopt;
  // What people put between words must be followed by something that shows messages begin there.
  if (proposal.needsEnd && evidence.columns + evidence.evenness < 0.7 * static_cast<double>(messages.size())) {
    return std::nullopt;
  }
  return evidence.total();
}

double Trial::meanSize() const {
  return messages.empty()
             ? 0
             : static_cast<double>(messages.back().end - messages.front().begin) / static_cast<double>(messages.size());
}

std::optional<Trial> tryOn(const Sample &sample, const Proposal &proposal) {
  auto framer = framerFromSpec(proposal.spec);
  if (!framer || sample.textShare(proposal.textExcept) < proposal.leastText) return std::nullopt;
  Trial trial{.proposal = proposal, .framer = *framer};
  trial.state = ScanState::startingAt(proposal.start);
  FieldWeigher fields(sample);
  MessageBatch batch;
  const StreamView &view = sample.view();
  do {
    batch.start(trial.state.at);
    trial.framer->scan(view, trial.state, batch);
    for (const Message &message : batch.messages()) {
      takeMessage(trial, message);
      if (message.status == Status::Error || trial.messages.size() >= keptMessages) continue;
      if (proposal.family == Family::Fixed && !isWeighed(sample, message)) continue;
      trial.messages.push_back(message.range());
      if (proposal.begins && proposal.begins(view.bytes.view(message.range()))) ++trial.begun;
      fields.add(*trial.framer, message);
    }
  } while (batch.isFull());
  if (trial.messages.empty()) return std::nullopt;
  const Message rest = trial.framer->rest(view, trial.state);
  trial.isBroken = isStopped(trial, rest);
  // The length of one that was cut needs an explanation, too.
  if (rest.size > 0 && rest.status == Status::Incomplete && trial.messages.size() < keptMessages) {
    fields.add(*trial.framer, rest);
  }
  trial.looked = sample.end();
  trial.sawEnd = sample.isAll();
  trial.lands = trial.sawEnd && rest.size == 0;
  weigh(trial, sample, fields);
  return trial;
}

bool scanOn(Trial &trial, const StreamView &stream, quint64 bytes) {
  MessageBatch batch;
  const quint64 until = std::min(stream.size(), std::max(trial.looked, trial.state.at) + bytes);
  const StreamView view = stream.prefix(until);
  do {
    batch.start(trial.state.at);
    trial.framer->scan(view, trial.state, batch);
    for (const Message &message : batch.messages()) takeMessage(trial, message);
  } while (batch.isFull());
  const Message rest = trial.framer->rest(view, trial.state);
  trial.looked = until;
  if (isStopped(trial, rest)) {
    trial.brokenAt = rest.offset;
    return false;
  }
  if (until < stream.size()) return true;
  trial.sawEnd = true;
  trial.lands = rest.size == 0;
  weighEnd(trial);
  return false;
}

}  // namespace octetscope

#include "model/difference/message_difference.h"

#include "model/background_pool.h"
#include "model/difference/piece_names.h"
#include "model/mailbox.h"

#include <QDeadlineTimer>
#include <QLocale>

#include <cstring>

namespace octetscope {

namespace {

constexpr int sliceMs = 16;
constexpr quint64 cellsAtOnce = 64 * 1024;     // between two looks at the clock
constexpr std::size_t placesAtOnce = 100'000;  // the window's thread takes them over in a millisecond
constexpr std::size_t block = 512;             // bytes that memcmp() looks at

/// What of a piece is compared.
DifferenceBytes bytesOf(const CopiedPiece &piece, bool isPayload) {
  const bool ofPayload =
      piece.kind == CopiedPiece::Kind::Payload || (isPayload && piece.kind == CopiedPiece::Kind::Message);
  const ByteRange all = {0, piece.view.bytes.size()};
  if (!ofPayload) return {.view = piece.view, .range = all.intersected(piece.range)};
  if (piece.message.hasPayloadRange()) {
    return {.view = piece.view, .range = all.intersected(piece.message.payloadRange())};
  }
  DifferenceBytes bytes{.isMade = true};
  auto payload = piece.framer->payload(piece.view, piece.message, MessageDifference::mostMade);
  if (payload) {
    bytes.made = *std::move(payload);
    bytes.range = {0, static_cast<quint64>(bytes.made.size())};
  } else {
    bytes.problem = payload.error().line();
  }
  return bytes;
}

/// The first place from `at` on where they are as `same` says: equal, or different; the shorter one's size where there
/// is none.
std::size_t runEnd(ByteView left, ByteView right, std::size_t at, bool same) {
  const std::size_t size = std::min(left.size(), right.size());
  if (same) {
    while (at + block <= size && std::memcmp(left.data() + at, right.data() + at, block) == 0) at += block;
    while (at < size && left[at] == right[at]) ++at;
  } else {
    while (at < size && left[at] != right[at]) ++at;
  }
  return at;
}

}  // namespace

/// What one slice found.
struct MessageDifference::Found {
  // Of the first one alone.
  std::array<DifferenceBytes, 2> bytes;
  std::array<std::shared_ptr<const PieceNames>, 2> names;
  ByteAlignment alignment;
  QString whyNotAligned;

  std::vector<ByteRange> places;  // the first may go on from the last one before
  quint64 differentCells = 0;
  quint64 compared = 0;
};

struct MessageDifference::Job {
  std::array<CopiedPiece, 2> pieces;
  DifferenceOptions options;
  std::array<DifferenceBytes, 2> bytes;
  ByteAlignment alignment;
  bool isReady = false;
  std::size_t piece = 0;
  quint64 compared = 0;
  std::atomic<bool> isCancelled = false;
  Mailbox<MessageDifference> mailbox;

  explicit Job(MessageDifference *difference) : mailbox(difference) {}

  Found prepare();
  Found compare();
  void note(Found &found, ByteRange cells) const;
};

MessageDifference::Found MessageDifference::Job::prepare() {
  Found found;
  for (std::size_t i = 0; i < 2 && !isCancelled; ++i) {
    bytes[i] = bytesOf(pieces[i], options.payloads);
    found.names[i] = std::make_shared<const PieceNames>(pieces[i], bytes[i]);
  }
  const ByteView left = bytes[0].bytes();
  const ByteView right = bytes[1].bytes();
  std::optional<ByteAlignment> aligned;
  if (options.isAligned && std::max(left.size(), right.size()) > mostAligned) {
    found.whyNotAligned =
        tr("Byte for byte, because more than %1 bytes are not aligned.").arg(QLocale().toString(mostAligned));
  } else if (options.isAligned) {
    aligned = ByteAlignment::fewestEdits(left, right, isCancelled);
    if (!aligned) {
      found.whyNotAligned = tr("Byte for byte, because the two have so little in common that more than %1 bytes would "
                               "have to be inserted and removed.")
                                .arg(QLocale().toString(ByteAlignment::mostEdits));
    }
  }
  alignment = aligned ? *std::move(aligned) : ByteAlignment(left.size(), right.size());
  found.bytes = bytes;
  found.alignment = alignment;
  isReady = true;
  return found;
}

void MessageDifference::Job::note(Found &found, ByteRange cells) const {
  if (cells.isEmpty()) return;
  found.differentCells += cells.size();
  if (!found.places.empty() && found.places.back().end == cells.begin) {
    found.places.back().end = cells.end;
  } else {
    found.places.push_back(cells);
  }
}

MessageDifference::Found MessageDifference::Job::compare() {
  Found found;
  const QDeadlineTimer deadline(sliceMs, Qt::PreciseTimer);
  const std::array<ByteView, 2> all = {bytes[0].bytes(), bytes[1].bytes()};
  while (piece < alignment.pieces().size() && found.places.size() < placesAtOnce && !deadline.hasExpired() &&
         !isCancelled) {
    const ByteAlignment::Piece &now = alignment.pieces()[piece];
    const quint64 done = compared - now.cell;
    std::array<ByteView, 2> views;
    for (std::size_t i = 0; i < 2; ++i) {
      const ByteRange rest = now.ranges[i].intersected({now.ranges[i].begin + done, now.ranges[i].end});
      views[i] = all[i].subspan(rest.begin, std::min(rest.size(), cellsAtOnce));
    }
    const std::size_t both = std::min(views[0].size(), views[1].size());
    for (std::size_t at = 0; at < both;) {
      const std::size_t from = runEnd(views[0], views[1], at, true);
      at = runEnd(views[0], views[1], from, false);
      note(found, {compared + from, compared + at});
    }
    quint64 step = both;
    if (both < cellsAtOnce) {
      // Of the longer one what has nothing beside it.
      step = now.cells() - done;
      note(found, {compared + both, compared + step});
    }
    compared += step;
    if (compared == now.end()) ++piece;
  }
  found.compared = compared;
  return found;
}

MessageDifference::MessageDifference(CopiedPiece left, CopiedPiece right, DifferenceOptions options, QObject *parent,
                                     QThreadPool *pool)
    : QObject(parent),
      pieces_{std::move(left), std::move(right)},
      options_(options),
      pool_(pool ? pool : backgroundPool()),
      job_(std::make_shared<Job>(this)) {
  job_->pieces = pieces_;
  job_->options = options_;
  request();
}

MessageDifference::~MessageDifference() {
  job_->isCancelled = true;
  job_->mailbox.close();
}

void MessageDifference::request() {
  runInPool(pool_, [job = job_]() mutable {
    Found found = job->isReady ? job->compare() : job->prepare();
    job->mailbox.tell(job, [job, found = std::move(found)](MessageDifference &difference) mutable {
      difference.take(job, std::move(found));
    });
  });
}

void MessageDifference::take(const std::shared_ptr<Job> &, Found found) {
  if (!isReady_) {
    bytes_ = std::move(found.bytes);
    names_ = std::move(found.names);
    alignment_ = std::move(found.alignment);
    whyNotAligned_ = std::move(found.whyNotAligned);
    isReady_ = true;
  } else {
    const bool goesOn = lastEnd_ > 0 && !found.places.empty() && found.places.front().begin == lastEnd_;
    if (!found.places.empty()) lastEnd_ = found.places.back().end;
    differences_ += found.places.size() - (goesOn ? 1 : 0);
    differentCells_ += found.differentCells;
    compared_ = found.compared;
    auto from = found.places.begin();
    if (goesOn && places_.size() == differences_ - (found.places.size() - 1)) places_.back().end = (from++)->end;
    const auto room = static_cast<std::ptrdiff_t>(mostPlaces - places_.size());
    places_.insert(places_.end(), from, from + std::min(room, found.places.end() - from));
  }
  if (!isComplete()) request();
  Q_EMIT progressed();
}

QString MessageDifference::nameOf(Side side, quint64 offset) const {
  const auto &names = names_[static_cast<std::size_t>(side)];
  return names ? names->words(bytes(side), offset) : QString();
}

bool MessageDifference::differsAt(quint64 cell) const {
  const ByteAlignment::Cell at = alignment_.at(cell);
  const auto left = at.of(Side::Left);
  const auto right = at.of(Side::Right);
  return !left || !right || bytes_[0].bytes()[*left] != bytes_[1].bytes()[*right];
}

std::optional<std::size_t> MessageDifference::placeAfter(quint64 cell) const {
  const auto found = std::ranges::upper_bound(places_, cell, {}, &ByteRange::begin);
  if (found == places_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - places_.begin());
}

std::optional<std::size_t> MessageDifference::placeBefore(quint64 cell) const {
  const auto found = std::ranges::lower_bound(places_, cell, {}, &ByteRange::begin);
  if (found == places_.begin()) return std::nullopt;
  return static_cast<std::size_t>(found - places_.begin()) - 1;
}

}  // namespace octetscope

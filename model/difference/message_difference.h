// MessageDifference: where the bytes of two messages (or fields, or any other two stretches of bytes) differ. It holds
// what it compares, so that both stay comparable whatever becomes of where they came from. Payloads are made, bytes are
// aligned and compared in the background, in slices; it may be deleted at any time.
//
// Not to be mistaken for Comparison, which frames one stream by two rules.
#pragma once

#include "model/copying/copied_piece.h"
#include "model/difference/byte_alignment.h"

#include <QObject>

#include <memory>

class QThreadPool;

namespace octetscope {

class PieceNames;

struct DifferenceOptions {
  bool payloads = false;   ///< of messages, those alone
  bool isAligned = false;  ///< with the fewest bytes inserted and removed, where that can be had; else byte for byte
  bool operator==(const DifferenceOptions &) const = default;
};

/// The bytes of one side, as they are compared.
struct DifferenceBytes {
  StreamView view = {};  ///< what holds them, where they lie in one
  QByteArray made = {};  ///< a payload that is no range of anything
  ByteRange range = {};  ///< of `view` or `made`
  bool isMade = false;
  QString problem = {};  ///< why a payload could not be had; empty: it could

  ByteView bytes() const { return isMade ? viewOf(made) : view.bytes.view(range); }
};

class MessageDifference : public QObject {
  Q_OBJECT
 public:
  /// Bytes of a side that are aligned at most, and of a payload that has to be made.
  static constexpr quint64 mostAligned = 64 * 1024;
  static constexpr quint64 mostMade = 64ULL << 20;
  /// Differences whose places are kept; all of them are counted.
  static constexpr std::size_t mostPlaces = 1'000'000;

  /// Begins at once. `pool`: where it works, null: the program's own; must outlive it.
  MessageDifference(CopiedPiece left, CopiedPiece right, DifferenceOptions options, QObject *parent = nullptr,
                    QThreadPool *pool = nullptr);
  ~MessageDifference() override;

  const DifferenceOptions &options() const { return options_; }
  const CopiedPiece &piece(Side side) const { return pieces_[static_cast<std::size_t>(side)]; }
  /// Both are there to be looked at, and aligned.
  bool isReady() const { return isReady_; }
  const DifferenceBytes &bytes(Side side) const { return bytes_[static_cast<std::size_t>(side)]; }
  /// What byte `offset` of a side is: "field seq = 3". Empty: nothing is known of it.
  QString nameOf(Side side, quint64 offset) const;
  const ByteAlignment &alignment() const { return alignment_; }
  /// Why they stand byte for byte though they should be aligned; empty where they do not.
  const QString &whyNotAligned() const { return whyNotAligned_; }

  /// All cells are compared.
  bool isComplete() const { return isReady_ && compared_ == alignment_.cellCount(); }
  /// Cells [0, compared()) are.
  quint64 compared() const { return compared_; }
  /// Cells that differ, of those; stretches of them that follow one another.
  quint64 differentCells() const { return differentCells_; }
  quint64 differences() const { return differences_; }
  /// The first stretches, in cells, rising: differences() of them, or mostPlaces.
  const std::vector<ByteRange> &places() const { return places_; }
  /// Whether the two differ in `cell`. Looks at the bytes.
  bool differsAt(quint64 cell) const;
  /// The first stretch that begins behind `cell`, the last one that begins before it; none known.
  std::optional<std::size_t> placeAfter(quint64 cell) const;
  std::optional<std::size_t> placeBefore(quint64 cell) const;

 Q_SIGNALS:
  /// It is ready, or more cells are compared.
  void progressed();

 private:
  struct Job;
  struct Found;
  void request();
  void take(const std::shared_ptr<Job> &job, Found found);

  const std::array<CopiedPiece, 2> pieces_;
  const DifferenceOptions options_;
  QThreadPool *const pool_;
  std::shared_ptr<Job> job_;
  std::array<DifferenceBytes, 2> bytes_;
  std::array<std::shared_ptr<const PieceNames>, 2> names_;
  ByteAlignment alignment_;
  QString whyNotAligned_;
  std::vector<ByteRange> places_;
  quint64 compared_ = 0;
  quint64 differentCells_ = 0;
  quint64 differences_ = 0;
  quint64 lastEnd_ = 0;  // of the last stretch, kept or not
  bool isReady_ = false;
};

}  // namespace octetscope

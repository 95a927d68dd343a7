// FramingExample: real bytes that show one framing at work, and the messages they are meant to be. They are data: who
// shows them (the window's Help, the command line) lets the framer itself cut them. Every framing has one at least.
#pragma once

#include "model/capture/stream.h"
#include "model/framing/framing_kind.h"
#include "model/framing/message.h"
#include "model/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>

namespace octetscope {

/// A stretch of an example: one message, or the filler between two.
struct ExamplePiece {
  enum class Made : quint8 {
    Encoded,  ///< `bytes` is a payload: the framing's encode() makes the message
    Typed,    ///< `bytes` is the message as it travels
    Filler,   ///< `bytes` belong to no message
  };
  Made made = Made::Typed;
  QByteArray bytes;
  Status status = Status::Complete;  ///< what it is meant to be
};

/// What one recv() brought of it.
struct ExampleChunk {
  quint64 size = 0;
  qint64 ms = 0;  ///< after the first chunk
};

struct FramingExample {
  QString spec;
  QString about;  ///< what there is to be seen: a sentence or two, which agree with the pieces
  QList<ExamplePiece> pieces;
  QList<ExampleChunk> chunks = {};  ///< sizes that add up to the bytes; empty: all came in one
};

/// All examples, in the order of the framings; several of one framing stand together.
const QList<FramingExample> &framingExamples();

/// Framings inside framings, said as a framing is, though it is none: its examples are not among framingExamples().
const FramingKind &layersKind();
const QList<FramingExample> &layerExamples();

/// Those of the framing of that name, or of the layers: none for a name that is none.
QList<FramingExample> examplesOf(QStringView framing);

/// Its bytes, piece by piece. Errors: a SPEC or a payload that cannot be had, which no example has.
Result<QList<QByteArray>> bytesOf(const FramingExample &example);

/// The example as it was received: its bytes in its chunks, and a FIN behind them. Errors: those of bytesOf().
Result<std::unique_ptr<Stream>> streamOf(const FramingExample &example);

}  // namespace octetscope

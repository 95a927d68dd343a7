// MessageWriter: messages with their fields as text: JSON Lines and CSV for programs, plain text for people. It writes
// into a TextBuffer and owns no file.
#pragma once

#include "model/files/message_reader.h"
#include "model/files/text_buffer.h"
#include "model/framing/field_source.h"
#include "model/structs/field_decoder.h"

#include <array>
#include <memory>

namespace octetscope {

enum class PayloadForm : quint8 { None, Hex, Sha256 };

/// What all writers need to know.
struct WriterOptions {
  /// By direction: the LAYOUT that reads the payloads of the innermost framing; null: there is none. Framings whose
  /// format has fields of its own show those.
  std::array<FieldDecoderPtr, 2> fields = {};
  PayloadForm payload = PayloadForm::None;
  std::array<bool, 2> hasOwnFields = {};  ///< by direction: the format has fields, which a table has columns for
  bool isLayered = false;                 ///< messages have others inside: a table gets a column for them
};

class MessageWriter {
 public:
  virtual ~MessageWriter() = default;

  /// What stands before the first message; once.
  virtual void begin(TextBuffer &out) { Q_UNUSED(out); }
  /// Writes one message with its line end. False where a field could not be read, or a message inside is not whole.
  virtual bool write(TextBuffer &out, const MessageRecord &record) = 0;
};

/// One JSON object a line, keys in the documented order.
std::unique_ptr<MessageWriter> jsonLinesWriter(const WriterOptions &options);

/// How many columns a CSV file has for fields beyond those that every payload has: known only to who has seen all.
struct CsvColumns {
  std::array<quint64, 2> fields = {};     ///< by direction: of the payload that has most, `(rest)` not counted
  std::array<QStringList, 2> names = {};  ///< by direction, where the format itself names its fields
  bool hasRest = true;                    ///< a column for `(rest)`

  /// Columns for the fields of one more message. A table has at most 500 of a format's own names.
  void add(const MessageRecord &record, const FieldSource &source);
};

/// RFC 4180: a head line, then a line a message. The same keys, then a column for each top-level field; a value as
/// `pack` takes it, an array as JSON. What has no column goes into `(rest)` where there is one.
std::unique_ptr<MessageWriter> csvWriter(const WriterOptions &options, const CsvColumns &columns = {});

/// A head line and a line for each field, for people. `colours`: with terminal colours. Control characters are escaped.
std::unique_ptr<MessageWriter> textWriter(const WriterOptions &options, bool colours);

/// Writes nothing, and finds what cannot be read.
std::unique_ptr<MessageWriter> nullWriter(const WriterOptions &options);

/// The payload of a message: its bytes in the stream, or what the framing makes of them. Nothing where it is in error.
class PayloadBytes {
 public:
  explicit PayloadBytes(const MessageRecord &record) : record_(record) {}

  /// True where it is no range of the stream.
  bool isDerived() const;
  /// All of it, joined where it has to be; valid as long as this.
  ByteView view() const;
  /// The first `most` bytes; valid as long as this.
  ByteView first(quint64 most) const;
  /// In hexadecimal, or its hash, piece by piece: nothing is joined.
  void append(TextBuffer &out, PayloadForm form) const;

 private:
  const MessageRecord &record_;
  mutable QByteArray joined_;
};

}  // namespace octetscope

// JsonFields: writes the fields of payloads as JSON. What does not change from payload to payload is put together once,
// so that of a layout's fields only offsets and values are written anew; nothing is allocated per message there.
#pragma once

#include "model/files/text_buffer.h"
#include "model/structs/layout.h"

#include <array>
#include <string>
#include <vector>

namespace octetscope {

/// Where a payload's bytes are.
enum class PayloadPlace : quint8 {
  Stream,   ///< a range of the stream: fields have the stream's offsets
  Derived,  ///< joined, unstuffed, decompressed: offsets count in a payload, and fields say so
};

class JsonFields {
 public:
  /// `fields`: null where payloads have none.
  explicit JsonFields(FieldDecoderPtr fields);

  /// True where payloads have no fields.
  bool isEmpty() const { return !fields_; }

  /// Appends `[…]`. `base`: what is added to offsets in `payload`. False where a field could not be read.
  bool write(TextBuffer &out, ByteView payload, quint64 base, PayloadPlace place) const;

  /// Appends `{…}`: the one field at `path`, with those in it.
  bool writeField(TextBuffer &out, ByteView payload, quint64 base, PayloadPlace place, const FieldPath &path) const;

  /// Whether all fields of `payload` can be read, at the cost of what that takes alone.
  bool canReadAll(ByteView payload) const;

 private:
  /// Text, and a number behind it: the offset of something.
  struct Piece {
    quint32 begin;
    quint32 size;
    quint64 offset;
  };
  /// What stands before a value: pieces, and a last text.
  struct Leaf {
    quint32 piece;  // up to the next leaf's
    quint32 begin;
    quint32 size;
  };
  /// The fixed part of a layout's fields, ready but for offsets and values.
  struct Template {
    std::string text;
    std::vector<Piece> pieces;
    std::vector<Leaf> leaves;  // one for each value, and one more behind them: what closes the last
  };
  /// What the layout says of the bytes behind its fixed part.
  struct Rest {
    enum Kind : quint8 { None, String, Array, Elements };
    Kind kind = None;
    QString name = {};
    QString type = {};
    QString elementType = {};
    quint64 offset = 0;
    quint64 elementSize = 1;
    quint64 firstField = 0;
  };
  class Visitor;

  void compile();
  void compile(Template &made, PayloadPlace place, quint64 fieldCount, ByteView zeros) const;
  void compileRest(quint64 fieldCount, ByteView zeros);
  bool writeAny(TextBuffer &out, ByteView payload, quint64 base, PayloadPlace place) const;

  FieldDecoderPtr fields_;
  const Layout *layout_ = nullptr;  // where there are templates for it
  std::array<Template, 2> templates_;
  Rest rest_;
};

}  // namespace octetscope

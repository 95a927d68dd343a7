// Layout: a Python struct format string, exactly as CPython 3.11 reads it, with two additions: `code:name` names a
// field, and a last `*s:name` or `*CODE:name` takes as many as fit the rest.
#pragma once

#include "model/result.h"
#include "model/structs/field_decoder.h"

#include <QStringView>

namespace octetscope {

class Layout final : public FieldDecoder {
 public:
  /// Errors carry CPython's words ("bad char in struct format") and the position of the character.
  static Result<std::shared_ptr<const Layout>> parse(QStringView text);

  QString text() const { return text_; }
  /// calcsize: bytes, the rest counted 0.
  quint64 size() const { return size_; }

  /// As struct.unpack: the payload must have exactly size() bytes (at least, where a rest follows). One value for each
  /// that Python would return. Errors in CPython's words.
  Result<QList<Value>> unpack(ByteView payload) const;
  /// As struct.pack. Errors in CPython's words.
  Result<QByteArray> pack(const QList<Value> &values) const;

  quint64 childCount(ByteView payload, std::span<const quint64> path) const override;
  Field field(ByteView payload, std::span<const quint64> path) const override;
  FieldPath fieldAt(ByteView payload, quint64 offset) const override;
  QList<Span> spans(ByteView payload, ByteRange shown, int most) const override;
  QString summary(ByteView payload, qsizetype most) const override;

 private:
  QString text_;
  quint64 size_ = 0;
};

}  // namespace octetscope

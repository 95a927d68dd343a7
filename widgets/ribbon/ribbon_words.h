// RibbonWords: what a ribbon says of a thing in it, in words: for tool tips and for assistive technology. Bytes of the
// peer's may be in them: plain text, never markup.
#pragma once

#include "model/items/connection_decoder.h"
#include "widgets/ribbon/ribbon_scene.h"

#include <QCoreApplication>

namespace octetscope {

class RibbonWords {
  Q_DECLARE_TR_FUNCTIONS(octetscope::RibbonWords)

 public:
  explicit RibbonWords(const ConnectionDecoder &decoder) : decoder_(decoder) {}

  /// Several lines; `offset`: the byte meant inside the item.
  QString item(const RibbonLane &lane, const RibbonItem &item, quint64 offset) const;
  QString mark(const RibbonMark &mark) const;
  QString chunk(Direction direction, quint64 number) const;
  QString message(Direction direction, quint64 number) const;
  /// Of a message inside message `outer`, of layer `layer` > 0 of the framing; `offset`: a byte of it.
  QString inner(Direction direction, quint64 outer, qsizetype layer, quint64 offset) const;
  QString part(Direction direction, const RibbonItem &item, quint64 offset) const;
  /// "bytes 131 to 169 (39 bytes)".
  static QString range(ByteRange range);

 private:
  bool isFile() const;
  QString apart(Direction direction, const RibbonItem &item) const;
  QString chunkName(Direction direction, quint64 number) const;

  const ConnectionDecoder &decoder_;
};

}  // namespace octetscope

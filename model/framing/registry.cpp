#include "model/framing/registry.h"

#include "model/framing/chunked_framer.h"
#include "model/framing/chunks_framer.h"
#include "model/framing/delimiter_framer.h"
#include "model/framing/fixed_framer.h"
#include "model/framing/headers_framer.h"
#include "model/framing/http_chunked_framer.h"
#include "model/framing/http_framer.h"
#include "model/framing/length_framer.h"
#include "model/framing/netstring_framer.h"
#include "model/framing/until_close_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

const QList<FramingEntry> &entries() {
  static const QList<FramingEntry> table = {
      chunksEntry(),    untilCloseEntry(), fixedEntry(),       linesEntry(),   delimiterEntry(), lengthEntry(),
      netstringEntry(), chunkedEntry(),    httpChunkedEntry(), headersEntry(), httpEntry(),
  };
  return table;
}

}  // namespace

const QList<FramingKind> &framingKinds() {
  static const QList<FramingKind> kinds = [] {
    QList<FramingKind> all;
    for (const FramingEntry &entry : entries()) all.append(entry.kind);
    return all;
  }();
  return kinds;
}

const FramingKind *framingKind(QStringView name) {
  for (const FramingKind &kind : framingKinds()) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

Result<FramerPtr> framerFromSpec(QStringView text, quint64 maxMessage) {
  const auto spec = FramingSpec::parse(text);
  if (!spec) return std::unexpected(spec.error());
  for (const FramingEntry &entry : entries()) {
    if (entry.kind.name != spec->name) continue;
    const auto values = SpecValues::read(*spec, entry.kind, maxMessage, entry.defaultMax);
    if (!values) return std::unexpected(values.error());
    return entry.make(*values);
  }
  QStringList names;
  for (const FramingKind &kind : framingKinds()) names += kind.name;
  return spec->failAt(spec->namePosition, u"unknown framing \"%1\""_s.arg(spec->name),
                      u"choose one of %1"_s.arg(names.join(u", "_s)));
}

}  // namespace octetscope

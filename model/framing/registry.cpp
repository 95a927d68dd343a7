#include "model/framing/registry.h"

#include "model/framing/cbor_framer.h"
#include "model/framing/chunked_framer.h"
#include "model/framing/chunks_framer.h"
#include "model/framing/cobs_framer.h"
#include "model/framing/delimiter_framer.h"
#include "model/framing/fixed_framer.h"
#include "model/framing/hdlc_framer.h"
#include "model/framing/headers_framer.h"
#include "model/framing/http_chunked_framer.h"
#include "model/framing/http_framer.h"
#include "model/framing/idle_framer.h"
#include "model/framing/json_framer.h"
#include "model/framing/layered_framer.h"
#include "model/framing/length_framer.h"
#include "model/framing/msgpack_framer.h"
#include "model/framing/netstring_framer.h"
#include "model/framing/packed_framer.h"
#include "model/framing/pickle_framer.h"
#include "model/framing/slip_framer.h"
#include "model/framing/sync_framer.h"
#include "model/framing/tlv_framer.h"
#include "model/framing/until_close_framer.h"
#include "model/framing/xml_framer.h"

namespace octetscope {

using namespace Qt::StringLiterals;

namespace {

const QList<FramingEntry> &entries() {
  static const QList<FramingEntry> table = {
      chunksEntry(),    idleEntry(),   untilCloseEntry(),  fixedEntry(),   linesEntry(),
      delimiterEntry(), lengthEntry(), netstringEntry(),   chunkedEntry(), tlvEntry(),
      headersEntry(),   httpEntry(),   httpChunkedEntry(), jsonEntry(),    xmlEntry(),
      msgpackEntry(),   cborEntry(),   pickleEntry(),      zlibEntry(),    gzipEntry(),
      slipEntry(),      cobsEntry(),   hdlcEntry(),        syncEntry(),    datagramEntry(),
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

namespace {

Result<FramerPtr> framerOf(const FramingSpec &spec, quint64 maxMessage) {
  for (const FramingEntry &entry : entries()) {
    if (entry.kind.name != spec.name) continue;
    const auto values = SpecValues::read(spec, entry.kind, maxMessage, entry.defaultMax);
    if (!values) return std::unexpected(values.error());
    return entry.make(*values);
  }
  QStringList names;
  for (const FramingKind &kind : framingKinds()) names += kind.name;
  return spec.failAt(spec.namePosition, u"unknown framing \"%1\""_s.arg(spec.name),
                     u"choose one of %1"_s.arg(names.join(u", "_s)));
}

}  // namespace

Result<FramerPtr> framerFromSpec(QStringView text, quint64 maxMessage) {
  const auto layers = parseLayers(text);
  if (!layers) return std::unexpected(layers.error());
  // From the innermost out; a chain ends where its payloads are joined.
  FramerPtr whole;
  QList<FramerPtr> chain;
  for (qsizetype i = layers->size() - 1; i >= 0; --i) {
    auto framer = framerOf(layers->at(i).spec, maxMessage);
    if (!framer) return framer;
    chain.prepend(*std::move(framer));
    if (i > 0 && !layers->at(i).isJoined) continue;
    whole = layered(chain, std::move(whole));
    chain.clear();
  }
  return whole;
}

}  // namespace octetscope

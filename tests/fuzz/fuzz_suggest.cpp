// Framings suggested for whatever bytes: each is a SPEC that a framer reads, cuts the messages that were shown, and
// comes with a score and words; and the work ends. The first byte says where chunks begin, the second where the one
// direction ends and the other begins.
#include "model/framing/registry.h"
#include "model/framing/suggestion/suggester.h"
#include "tests/support/framer_contract.h"

using namespace octetscope;
using namespace octetscope::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  if (size < 3) return 0;
  const QByteArray bytes(reinterpret_cast<const char *>(data) + 2, static_cast<qsizetype>(size) - 2);
  const QByteArray in = bytes.first(bytes.size() - bytes.size() * (data[1] % 4) / 8);
  const QByteArray out = bytes.sliced(in.size());
  QList<quint64> cuts;
  for (quint64 at = data[0]; data[0] > 0 && at < static_cast<quint64>(in.size()); at += data[0]) cuts.append(at);
  const std::array<StreamView, 2> streams{streamInChunks(in, cuts, static_cast<StreamEnd>(data[1] / 4 % 4)),
                                          streamInChunks(out, {}, StreamEnd::Fin)};
  Suggester suggester({.streams = streams, .starts = {data[1] / 16U, 0}});
  int slices = 0;
  while (suggester.advance()) {
    if (++slices > 10000) qFatal("it does not end");
  }
  double before = 1;
  for (const Suggestion &one : suggester.suggestions()) {
    const auto framer = framerFromSpec(one.spec);
    if (!framer || (*framer)->spec() != one.spec) qFatal("no canonical SPEC");
    if (!(one.score > 0 && one.score <= before)) qFatal("score");
    before = one.score;
    if (!one.why.endsWith(u'.') || one.messages == 0 || (!one.fits[0] && !one.fits[1])) qFatal("words");
    for (std::size_t side = 0; side < 2; ++side) {
      if (one.fits[side] == one.shown[side].isEmpty()) qFatal("preview");
      for (const ByteRange &range : one.shown[side]) {
        if (range.isEmpty() || range.end > streams[side].size()) qFatal("range");
      }
    }
  }
  return 0;
}

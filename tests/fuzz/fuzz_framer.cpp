// Every framer under the contract of model/framing/framer.h, over bytes that the fuzzer finds. The first byte chooses
// the SPEC, the second where the stream is cut into chunks, the third how it ends and where framing starts again.
#include "model/framing/registry.h"
#include "model/framing/restarting_framer.h"
#include "tests/support/framer_contract.h"
#include "tests/support/framer_specs.h"

#include <vector>

using namespace octetscope;
using namespace octetscope::test;

namespace {

const std::vector<FramerPtr> &framers() {
  static const std::vector<FramerPtr> all = [] {
    std::vector<FramerPtr> made;
    for (const char *spec : framerSpecs) made.push_back(framerFromSpec(QString::fromUtf8(spec)).value());
    return made;
  }();
  return all;
}

void expectNothing(const QString &broken) {
  if (!broken.isEmpty()) qFatal("%s", qPrintable(broken));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  if (size < 3) return 0;
  const Framer &framer = *framers()[data[0] % framers().size()];
  QByteArray bytes(reinterpret_cast<const char *>(data) + 3, static_cast<qsizetype>(size) - 3);
  // What has a checksum is never found by chance: sometimes the first half is what a whole message holds.
  if ((data[2] & 128) != 0) {
    const qsizetype half = bytes.size() / 2;
    bytes = framer.encode(bytes.first(half)).value_or(QByteArray()) + bytes.sliced(half);
  }
  std::minstd_rand random(data[1] + 1U);
  QList<quint64> cuts;
  const quint64 step = 1 + data[1] % 17;
  for (quint64 at = 1 + random() % step; at < static_cast<quint64>(bytes.size()); at += 1 + random() % step) {
    cuts.append(at);
  }
  const auto end = static_cast<StreamEnd>(data[2] % 4);
  expectNothing(FramerContract(framer, bytes, cuts, end, data[1] + 1U).broken());
  expectNothing(brokenEncoding(framer, bytes));

  const RestartingFramer restarting(framers()[data[0] % framers().size()], {data[2] / 4U, data[2] / 2U});
  const StreamView stream = streamInTime(bytes, cuts, end, random);
  const QList<Message> whole = messagesOf(restarting, stream);
  quint64 at = 0;
  for (const Message &message : whole) {
    if (!isFiller(framer, stream, {at, message.offset})) qFatal("a gap at %llu", at);
    at = message.end();
    if (restarting.explain(stream, message, 1).isEmpty()) qFatal("no words");
  }
  if (!isFiller(framer, stream, {at, stream.size()})) qFatal("not all is framed");
  return 0;
}

#include "app/cli/input_kind.h"

namespace octetscope::cli {

using namespace Qt::StringLiterals;

QString captureKindOf(ByteView bytes) {
  const QByteArrayView text = qtView(bytes);
  if (text.size() >= 6) {
    static constexpr QByteArrayView magics[] = {"\xd4\xc3\xb2\xa1\x02", "\x4d\x3c\xb2\xa1\x02", "\xa1\xb2\xc3\xd4",
                                                "\xa1\xb2\x3c\x4d"};
    // The version behind the magic number, 2.4, in its byte order.
    if ((text.startsWith(magics[0]) || text.startsWith(magics[1])) && text[5] == 0) return u"pcap"_s;
    if ((text.startsWith(magics[2]) || text.startsWith(magics[3])) && text[4] == 0 && text[5] == 2) return u"pcap"_s;
  }
  if (text.size() >= 12 && text.startsWith("\x0a\x0d\x0d\x0a")) {
    const QByteArrayView order = text.sliced(8, 4);
    if (order == QByteArrayView("\x1a\x2b\x3c\x4d") || order == QByteArrayView("\x4d\x3c\x2b\x1a")) return u"pcapng"_s;
  }
  return {};
}

bool mayBecomeCapture(ByteView bytes) {
  if (bytes.empty() || bytes.size() >= signatureSize) return bytes.empty();
  for (const QByteArrayView magic :
       {QByteArrayView("\xd4\xc3\xb2\xa1\x02\x00", 6), QByteArrayView("\x4d\x3c\xb2\xa1\x02\x00", 6),
        QByteArrayView("\xa1\xb2\xc3\xd4\x00\x02", 6), QByteArrayView("\xa1\xb2\x3c\x4d\x00\x02", 6),
        QByteArrayView("\x0a\x0d\x0d\x0a", 4)}) {
    const qsizetype common = std::min<qsizetype>(magic.size(), static_cast<qsizetype>(bytes.size()));
    if (qtView(bytes).first(common) == magic.first(common)) return magic.size() == 4 || bytes.size() < 6;
  }
  return false;
}

Error captureRefused(const QString &name, const QString &kind) {
  return {u"%1 looks like a %2 file, which this version does not read"_s.arg(name, kind),
          u"--input raw takes its bytes as they are"_s};
}

}  // namespace octetscope::cli

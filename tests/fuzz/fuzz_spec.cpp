// Whatever is typed as a SPEC: it makes a framer whose canonical SPEC makes the same one, or an error that points into
// the text.
#include "model/framing/framing_spec.h"
#include "model/framing/registry.h"

#include <QString>

using namespace octetscope;
using namespace Qt::StringLiterals;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const QByteArrayView bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
  const QString text = QString::fromUtf8(bytes);
  const auto framer = framerFromSpec(text);
  if (framer) {
    const QString canonical = (*framer)->spec();
    const auto again = framerFromSpec(canonical);
    if (!again || (*again)->spec() != canonical || (*again)->maxMessage() != (*framer)->maxMessage())
      qFatal("canonical");
  } else {
    const Error &error = framer.error();
    if (error.position < 0 || error.position > text.size()) qFatal("position");
    if (!error.what.contains(u" at character "_s)) qFatal("words");
  }
  if (const auto spec = FramingSpec::parse(text)) {
    const auto again = FramingSpec::parse(spec->text());
    if (!again || again->text() != spec->text()) qFatal("text");
  }
  if (!bytes.isEmpty()) {
    const auto back = unescapeText({}, escapeText(bytes), 0);
    if (!back || *back != bytes) qFatal("escapes");
  }
  return 0;
}

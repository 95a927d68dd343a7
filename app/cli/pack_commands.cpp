// Prints what model/structs/ finds.
#include "app/cli/pack_commands.h"

#include "app/cli/output.h"
#include "model/bytes/hex_text.h"
#include "model/structs/layout.h"
#include "model/structs/pack_request.h"

namespace octetscope::cli {

namespace {

int failed(const Error &error) {
  return refuse(error);
}

int print(const Result<QByteArray> &result) {
  if (!result) return failed(result.error());
  Output output;
  output.buffer().append({result->constData(), static_cast<std::size_t>(result->size())});
  output.buffer().append('\n');
  output.flush();
  return output.hasFailed() ? Nothing : Whole;
}

/// The words without the first `--`, which may stand before or behind LAYOUT.
QStringList withoutDashes(QStringList arguments) {
  for (qsizetype i = 0; i < std::min<qsizetype>(2, arguments.size()); ++i) {
    if (arguments[i] == u"--") {
      arguments.removeAt(i);
      break;
    }
  }
  return arguments;
}

int usage(const QString &form) {
  return failed({QStringLiteral("wrong number of arguments"), QStringLiteral("use octetscope-cli ") + form});
}

}  // namespace

int runPack(const QStringList &arguments) {
  QStringList words = withoutDashes(arguments);
  if (words.isEmpty()) return usage(QStringLiteral("pack LAYOUT VALUE…"));
  const QString layout = words.takeFirst();
  const auto packed = packWords(layout, words);
  return packed ? print(packed->toHex()) : failed(packed.error());
}

int runUnpack(const QStringList &arguments) {
  const QStringList words = withoutDashes(arguments);
  if (words.size() != 2) return usage(QStringLiteral("unpack LAYOUT HEX"));
  const auto bytes = parseHexBytes(words[1]);
  if (!bytes) return failed(bytes.error());
  return print(unpackToJson(words[0], viewOf(*bytes)));
}

int runCalcsize(const QStringList &arguments) {
  const QStringList words = withoutDashes(arguments);
  if (words.size() != 1) return usage(QStringLiteral("calcsize LAYOUT"));
  const auto layout = Layout::parse(words[0]);
  if (!layout) return failed(layout.error());
  return print(QByteArray::number((*layout)->size()));
}

}  // namespace octetscope::cli

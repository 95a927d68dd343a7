// For tests of suggestions: streams whose messages framers made, of text or of noise, and what is suggested of them.
#pragma once

#include "model/framing/registry.h"
#include "model/framing/suggestion/suggester.h"
#include "tests/support/framer_contract.h"

namespace octetscope::test {

using namespace Qt::StringLiterals;

inline QByteArray textOf(std::minstd_rand &random) {
  static const QByteArrayList words{"alpha", "valve", "pump",   "status", "error",  "login",
                                    "retry", "open",  "closed", "sensor", "voltage"};
  QByteArrayList text;
  for (auto left = 1 + random() % 7; left > 0; --left) {
    text.append(words[static_cast<qsizetype>(random() % static_cast<quint64>(words.size()))]);
  }
  return text.join(' ');
}

inline QByteArray noiseOf(std::minstd_rand &random, quint64 size) {
  QByteArray bytes;
  for (quint64 i = 0; i < size; ++i) bytes += static_cast<char>(random() >> 7);
  return bytes;
}

/// Messages of a framing, with payloads of text or of random bytes.
inline QByteArray streamOfMessages(const QString &spec, int count, bool isText, quint32 seed) {
  const FramerPtr framer = framerFromSpec(spec).value();
  std::minstd_rand random(seed);
  QByteArray stream;
  for (int i = 0; i < count; ++i) {
    stream += framer->encode(isText ? textOf(random) : noiseOf(random, 5 + random() % 60)).value();
  }
  return stream;
}

inline QList<Suggestion> suggestionsFor(SuggestionInput input) {
  Suggester suggester(std::move(input));
  while (suggester.advance()) continue;
  return suggester.suggestions();
}

inline QList<Suggestion> suggestionsFor(const QByteArray &bytes, const QList<quint64> &cuts = {}) {
  return suggestionsFor({.streams = {streamInChunks(bytes, cuts, StreamEnd::Fin), {}}});
}

inline QString best(const QList<Suggestion> &suggestions) {
  return suggestions.isEmpty() ? u"nothing"_s : suggestions.first().spec;
}

}  // namespace octetscope::test

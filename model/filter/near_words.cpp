#include "model/filter/near_words.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace octetscope {

namespace {

constexpr qsizetype mostLetters = 40;

/// How many letters to add, leave out, replace, or swap with the next one, make one word of the other, in any case.
int distance(const QString &one, const QString &other) {
  // Rows of the usual table: of the letter before, and of the one before that.
  std::array<std::array<int, mostLetters + 1>, 3> rows = {};
  for (qsizetype j = 0; j <= other.size(); ++j) rows[0][static_cast<std::size_t>(j)] = static_cast<int>(j);
  for (qsizetype i = 1; i <= one.size(); ++i) {
    auto &row = rows[static_cast<std::size_t>(i % 3)];
    const auto &before = rows[static_cast<std::size_t>((i + 2) % 3)];
    const auto &beforeThat = rows[static_cast<std::size_t>((i + 1) % 3)];
    row[0] = static_cast<int>(i);
    for (qsizetype j = 1; j <= other.size(); ++j) {
      const auto at = static_cast<std::size_t>(j);
      const bool isSame = one[i - 1] == other[j - 1];
      row[at] = std::min({before[at] + 1, row[at - 1] + 1, before[at - 1] + (isSame ? 0 : 1)});
      if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) {
        row[at] = std::min(row[at], beforeThat[at - 2] + 1);
      }
    }
  }
  return rows[static_cast<std::size_t>(one.size() % 3)][static_cast<std::size_t>(other.size())];
}

}  // namespace

QString nearWord(QStringView word, std::span<const QString> words) {
  if (word.isEmpty() || word.size() > mostLetters) return {};
  const QString lower = word.toString().toLower();
  int best = word.size() <= 5 ? 2 : 3;
  QString found;
  for (const QString &one : words) {
    if (one == word) return {};
    if (one.size() > mostLetters || std::abs(one.size() - word.size()) >= best) continue;
    const int apart = distance(lower, one.toLower());
    // To two letters any other two would be near.
    const bool isShort = std::min(one.size(), word.size()) <= 2;
    if (apart >= (isShort ? 1 : best)) continue;
    best = apart;
    found = one;
  }
  return found;
}

QString didYouMean(const QString &word) {
  return QStringLiteral("did you mean %1?").arg(word);
}

}  // namespace octetscope

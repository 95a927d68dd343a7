// Words that somebody may have meant who wrote another one: a letter too many, too few, wrong, or two in the wrong
// order; in longer words two of these; or other letters in upper case.
#pragma once

#include <QString>

#include <span>

namespace octetscope {

/// The one of `words` that `word` is nearest to, the first of several; empty where none is near, or it is one of them.
QString nearWord(QStringView word, std::span<const QString> words);
/// "did you mean seq?"
QString didYouMean(const QString &word);

}  // namespace octetscope

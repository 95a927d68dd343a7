// Why nothing may pass a filter that is right: names that mean something else than they seem to, and fields that no
// message has.
#pragma once

#include "model/filter/filter_expression.h"
#include "model/filter/filter_scope.h"

#include <QStringList>

#include <array>

namespace octetscope {

/// One sentence without a full stop about the first name of `expression` that may be the reason, with what to write
/// instead; empty: there is nothing to say. `seen`: fields that messages have had, as seenFieldPaths() gives them; what
/// is not there is said not to have been seen, where no layout knows it.
QString whyNothingPasses(const FilterExpression &expression, const std::array<FilterScope, 2> &scopes,
                         const QStringList &seen);

}  // namespace octetscope

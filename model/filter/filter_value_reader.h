// FilterValueReader: what one name that filters know ("size", "seq", "user.tags[0]", "payload[0:4]") says of messages:
// for who sorts them, or counts. Immutable and thread-safe.
#pragma once

#include "model/filter/filter_program.h"
#include "model/filter/filter_value.h"

#include <functional>

namespace octetscope {

class FilterValueReader {
 public:
  /// Is given a value that lives until it returns; never null, never a Null.
  using Take = std::function<void(const FilterValue &)>;

  /// `name`: one operand, no condition. Errors: it is none, or what is known of both directions' messages (`scopes`)
  /// has no such name.
  static FilterResult<std::shared_ptr<const FilterValueReader>> create(const QString &name,
                                                                       const std::array<FilterScope, 2> &scopes);
  ~FilterValueReader();

  /// The first value that messages[i] has of the name; nothing is taken where it has none. A status is a number, in the
  /// order of Status; so is a direction. True where nothing was taken because all it has is null.
  bool read(const FilterBatch &batch, std::size_t i, const Take &take) const;
  /// A value that read() gave, as text of at most about `most` characters: words where the name has words for its
  /// values, "complete".
  QString textOf(const FilterValue &value, qsizetype most) const;

 private:
  class Direct;
  FilterValueReader();

  std::array<std::unique_ptr<const Direct>, 2> directions_;
};

}  // namespace octetscope

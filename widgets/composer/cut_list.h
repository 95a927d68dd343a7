// CutList: where bytes are cut into pieces to be sent, as typed and as shown. Pure functions.
#pragma once

#include "model/result.h"
#include "model/transport/delivery_plan.h"

#include <QByteArray>
#include <QCoreApplication>

#include <optional>

namespace octetscope {

class CutList {
  Q_DECLARE_TR_FUNCTIONS(octetscope::CutList)
 public:
  /// Offsets parted by commas or spaces, decimal or 0x…, in any order, as rising numbers without repeats. `size`: the
  /// bytes there are to cut, where that is known. Errors, with their place in UTF-16 units: no offset, what is no
  /// number, more than `most`, and what cuts nothing because it is 0 or not below `size`.
  static Result<QList<quint64>> parse(QStringView text, std::optional<quint64> size);
  static constexpr qsizetype most = 1000;

  /// "in 3 pieces: 00 00 ┊ 00 05 61 ┊ 62 63 …": `bytes` as `plan` hands them over, so many as a line has room for.
  static QString preview(const DeliveryPlan &plan, const QByteArray &bytes);
};

}  // namespace octetscope

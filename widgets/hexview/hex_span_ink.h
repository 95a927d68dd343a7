// The grounds of bytes by what they mean: what every view of single bytes paints them on.
#pragma once

#include "widgets/hexview/hex_source.h"
#include "widgets/theme/theme.h"

#include <QBrush>

namespace octetscope {

/// The colour below bytes of `span`; invalid where they have none of their own. `base`: the view's own ground.
inline QColor groundOf(const HexSpan &span, const Theme &theme, const QColor &base) {
  QColor color;
  switch (span.kind) {
    case HexSpan::Kind::Framing:
      color = theme.part(span.part);
      break;
    case HexSpan::Kind::Field:
      color = theme.field(span.field);
      break;
    case HexSpan::Kind::Padding:
      color = theme.padding();
      break;
    case HexSpan::Kind::Payload:
      color = theme.payload();
      break;
    case HexSpan::Kind::Outside:
      return {};
  }
  if (span.status == Status::Error) {
    // Red wins, but what the framing read there shows through.
    color = color.isValid() && span.kind != HexSpan::Kind::Payload ? Theme::mixed(color, theme.errorFill(), 0.5)
                                                                   : theme.errorFill();
  }
  if (!color.isValid()) color = theme.payload();
  return span.isOdd ? Theme::mixed(color, base, 0.38) : color;
}

/// The pattern that goes over that ground; NoBrush where it says all.
inline QBrush patternOf(const HexSpan &span, const Theme &theme) {
  const bool isError = span.status == Status::Error;
  if (!isError && span.kind != HexSpan::Kind::Padding) return Qt::NoBrush;
  return {theme.hatch(isError ? Status::Error : Status::Complete), isError ? Qt::BDiagPattern : Qt::FDiagPattern};
}

}  // namespace octetscope

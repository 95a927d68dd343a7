// Numbers as statistics write them.
#pragma once

#include <QLocale>

namespace octetscope {

inline QString statisticsNumber(quint64 value) {
  return QLocale().toString(value);
}

/// Of large ones no digits behind the point.
inline QString statisticsReal(double value) {
  return QLocale().toString(value, 'f', value < 100 ? 1 : 0);
}

}  // namespace octetscope

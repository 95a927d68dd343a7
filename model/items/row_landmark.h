// RowLandmark: a row that a message begins with, among rows that begin at each message.
#pragma once

#include <QtGlobal>

#include <memory>
#include <vector>

namespace octetscope {

struct RowLandmark {
  quint64 message = 0;  ///< its number
  quint64 offset = 0;   ///< where it begins
  quint64 row = 0;      ///< rows before it
  bool operator==(const RowLandmark &) const = default;
};

/// Rising in all three; null: none.
using RowLandmarks = std::shared_ptr<const std::vector<RowLandmark>>;

}  // namespace octetscope

// FieldWalk: goes through all fields of a payload, each before its children, without recursion: what a file says must
// not decide how deep the stack gets.
#pragma once

#include "model/structs/field_decoder.h"

#include <vector>

namespace octetscope {

class FieldWalk {
 public:
  /// Both must outlive it.
  FieldWalk(const FieldDecoder &decoder, ByteView payload) : decoder_(decoder), payload_(payload) {
    counts_.push_back(decoder.childCount(payload, {}));
    path_.push_back(0);
    isFirst_ = true;
  }

  /// Goes to the next field; false behind the last.
  bool next() {
    if (isFirst_) {
      isFirst_ = false;
    } else if (field_.childCount > 0) {
      path_.push_back(0);
      counts_.push_back(field_.childCount);
    } else {
      ++path_.back();
    }
    while (path_.back() >= counts_.back()) {
      path_.pop_back();
      counts_.pop_back();
      if (path_.empty()) return false;
      ++path_.back();
    }
    field_ = decoder_.field(payload_, path_);
    return true;
  }
  const Field &field() const { return field_; }
  /// How many fields it lies in: 0 for a top-level one.
  std::size_t depth() const { return path_.size() - 1; }

 private:
  const FieldDecoder &decoder_;
  ByteView payload_;
  std::vector<quint64> path_;    // of field_
  std::vector<quint64> counts_;  // how many siblings there are at each depth
  Field field_;
  bool isFirst_ = false;
};

}  // namespace octetscope

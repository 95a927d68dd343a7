#include "model/structs/field_decoder.h"

#include <vector>

namespace octetscope {

namespace {

/// Asks a decoder for its fields by their paths.
class PathWalk final : public FieldWalk {
 public:
  PathWalk(const FieldDecoder &decoder, ByteView payload) : decoder_(decoder), payload_(payload) {
    counts_.push_back(decoder.childCount(payload, {}));
    path_.push_back(0);
  }

  bool next() override {
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
  const Field &field() const override { return field_; }
  std::size_t depth() const override { return path_.size() - 1; }

 private:
  const FieldDecoder &decoder_;
  ByteView payload_;
  std::vector<quint64> path_;    // of field_
  std::vector<quint64> counts_;  // how many siblings there are at each depth
  Field field_;
  bool isFirst_ = true;
};

}  // namespace

std::shared_ptr<const FieldDecoder> FieldDecoder::indexed(ByteView, FieldLimits) const {
  return nullptr;
}

std::unique_ptr<FieldWalk> FieldDecoder::walk(ByteView payload) const {
  return std::make_unique<PathWalk>(*this, payload);
}

}  // namespace octetscope

// TextBuffer: where writers of text put their lines before they go out. It grows to what one piece needs and keeps its
// room, so that writing allocates nothing per line; and it hands itself to its sink once it is full, so that a line of
// any length needs no more memory.
#pragma once

#include "model/bytes/byte_view.h"

#include <QByteArrayView>

#include <charconv>
#include <cstring>
#include <functional>
#include <memory>
#include <string_view>

namespace octetscope {

class TextBuffer {
 public:
  /// Takes what is full; called between two appends. Empty: the buffer only grows.
  using Sink = std::function<void(std::string_view)>;

  explicit TextBuffer(Sink sink = {}, std::size_t flushAt = 256 * 1024) : sink_(std::move(sink)), flushAt_(flushAt) {}

  /// Room for `size` more bytes; write there, then advance(). Valid until the next call of anything here.
  char *room(std::size_t size) {
    if (capacity_ - size_ < size) grow(size);
    return data_.get() + size_;
  }
  void advance(std::size_t size) { size_ += size; }

  void append(std::string_view text) {
    if (text.empty()) return;  // it may be nowhere, which memcpy must not be given
    std::memcpy(room(text.size()), text.data(), text.size());
    size_ += text.size();
  }
  void append(char character) {
    *room(1) = character;
    ++size_;
  }
  void append(quint64 number) {
    char *const at = room(20);
    advance(static_cast<std::size_t>(std::to_chars(at, at + 20, number).ptr - at));
  }
  void append(qint64 number) {
    char *const at = room(20);
    advance(static_cast<std::size_t>(std::to_chars(at, at + 20, number).ptr - at));
  }
  void append(int number) { append(static_cast<qint64>(number)); }
  /// A double as CPython's repr writes it; `nan`, `inf`, `-inf` without quotes.
  void appendRepr(double number);
  /// Lowercase hex digits.
  void appendHex(ByteView bytes);
  /// What stands between the quotes of a JSON string: `utf8` is valid UTF-8; quotes, backslashes and control characters
  /// are escaped, so that no terminal obeys them.
  void appendJsonEscaped(std::string_view utf8);
  void appendJsonString(QStringView text);

  /// Takes the last `size` bytes back, which were not handed over yet.
  void chop(std::size_t size) { size_ -= size; }

  std::string_view text() const { return {data_.get(), size_}; }
  std::size_t size() const { return size_; }
  void clear() { size_ = 0; }
  /// Hands over everything there is.
  void flush() {
    if (sink_ && size_ > 0) {
      sink_(text());
      size_ = 0;
    }
  }
  /// Hands over where enough has come together. Writers call it between the parts of what may be long.
  void flushWhereFull() {
    if (size_ >= flushAt_) flush();
  }

 private:
  void grow(std::size_t size) {
    const std::size_t capacity = std::max<std::size_t>({capacity_ * 2, size_ + size, 4096});
    std::unique_ptr<char[]> data(new char[capacity]);
    if (size_ > 0) std::memcpy(data.get(), data_.get(), size_);
    data_ = std::move(data);
    capacity_ = capacity;
  }

  Sink sink_;
  std::size_t flushAt_;
  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace octetscope

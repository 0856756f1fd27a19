/// File descriptors that close themselves.
#pragma once
#include <utility>

namespace rkt {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int value) noexcept : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Descriptor() { reset(); }

  int get() const noexcept { return value_; }
  explicit operator bool() const noexcept { return value_ >= 0; }
  void reset() noexcept;

  /// The same file under a number of at least 10, closed on exec: child processes get theirs below that by
  /// dup2, and a source with one of those numbers could be overwritten before it is used. Empty if no
  /// descriptor is left.
  Descriptor moved_up() &&;

 private:
  int value_ = -1;
};

}  // namespace rkt

/// Ctrl-C ends the work in order: nothing half-written stays. A second one, half a second later or more,
/// kills.
#pragma once
#include <atomic>

namespace rkt::cli {

/// While it lives, the first SIGINT or SIGTERM sets the flag. One at a time.
class Interrupt {
 public:
  Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  const std::atomic<bool>& flag() const noexcept;
  /// Throws RKT-4011 once the flag is set.
  void check() const;
};

}  // namespace rkt::cli

/// What the program says on standard error beside errors: the library's messages and progress.
#pragma once
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "cli/options.h"

namespace rkt::cli {

/// Progress on a terminal is one line that is drawn over. Elsewhere `stages` prints each stage's name once
/// and `terminal_only` nothing.
enum class Progress { stages, terminal_only };

/// Shows the library's messages as long as it lives. Any thread may call.
class Messages {
 public:
  explicit Messages(Verbosity verbosity);
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;
  ~Messages();

  void say(std::string_view line);
  /// fraction: 0..1, or nothing where the end is not known.
  void progress(Progress kind, std::string_view stage, std::optional<double> fraction);
  /// Removes the progress line.
  void finish();

 private:
  void clear();
  void draw(std::optional<double> fraction);

  using Clock = std::chrono::steady_clock;
  std::mutex mutex_;
  const Verbosity verbosity_;
  const bool terminal_;
  bool drawn_ = false;
  std::string stage_;
  Clock::time_point stage_began_, last_drawn_;
};

}  // namespace rkt::cli

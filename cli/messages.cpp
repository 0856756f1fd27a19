#include "cli/messages.h"

#include <algorithm>
#include <fmt/format.h>
#include <unistd.h>

#include "rkt/log.h"

#include "cli/output.h"

namespace rkt::cli {

Messages::Messages(Verbosity verbosity) : verbosity_(verbosity), terminal_(::isatty(STDERR_FILENO) == 1) {
  if (verbosity_ == Verbosity::quiet) return;
  set_log_callback([this](LogLevel level, std::string_view message) {
    say(fmt::format("{}{}", level == LogLevel::warning ? "warning: " : "", message));
  });
}

Messages::~Messages() {
  set_log_callback({});
  finish();
}

void Messages::clear() {
  if (drawn_) write_stderr("\r\033[K");
  drawn_ = false;
}

void Messages::finish() {
  const std::lock_guard lock(mutex_);
  clear();
}

void Messages::say(std::string_view line) {
  if (verbosity_ == Verbosity::quiet) return;
  const std::lock_guard lock(mutex_);
  clear();
  write_stderr(fmt::format("{}\n", line));
}

void Messages::draw(std::optional<double> fraction) {
  constexpr int width = 30;
  const double seconds = std::chrono::duration<double>(last_drawn_ - stage_began_).count();
  std::string bar;
  if (fraction) {
    const double share = std::clamp(*fraction, 0.0, 1.0);
    bar = fmt::format("[{:-<{}}] {:3.0f} %", std::string(static_cast<size_t>(share * width), '#'), width,
                      share * 100);
  } else {
    bar = std::string(1, "|/-\\"[static_cast<size_t>(seconds * 4) % 4]);
  }
  write_stderr(fmt::format("\r\033[K{:<21} {} {:.0f} s", stage_, bar, seconds));
  drawn_ = true;
}

void Messages::progress(Progress kind, std::string_view stage, std::optional<double> fraction) {
  if (verbosity_ == Verbosity::quiet || (!terminal_ && kind == Progress::terminal_only)) return;
  const std::lock_guard lock(mutex_);
  const Clock::time_point now = Clock::now();
  const bool new_stage = stage != stage_;
  if (new_stage) {
    stage_ = stage;
    stage_began_ = now;
  }
  constexpr auto pause = std::chrono::milliseconds(100);
  if (terminal_ && (new_stage || now - last_drawn_ >= pause)) {
    last_drawn_ = now;
    draw(fraction);
  } else if (!terminal_ && new_stage) {
    write_stderr(stage_ + "\n");
  }
}

}  // namespace rkt::cli

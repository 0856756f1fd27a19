#include "cli/interrupt.h"

#include <csignal>
#include <cstdint>
#include <ctime>

#include "rkt/error.h"

namespace rkt::cli {
namespace {

// A signal handler reaches nothing but objects of static storage.
std::atomic<bool> interrupted{false};
std::atomic<int64_t> first_signal{0};  // milliseconds
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int64_t>::is_always_lock_free);

int64_t milliseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

extern "C" void note_signal(int signal) {
  // timeout(1) and others send one request to the process and to its group: that is not a second wish
  constexpr int64_t same_request = 500;
  const int64_t now = milliseconds();
  if (!interrupted.exchange(true)) {
    first_signal = now;
  } else if (now - first_signal > same_request) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
}

void handle(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt() {
  interrupted = false;
  handle(note_signal);
}

Interrupt::~Interrupt() {
  handle(SIG_DFL);
}

const std::atomic<bool>& Interrupt::flag() const noexcept {
  return interrupted;
}

void Interrupt::check() const {
  if (interrupted) throw Error(ErrorCode::cancelled, "cancelled by a signal");
}

}  // namespace rkt::cli

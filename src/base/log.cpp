#include "base/log.h"

#include <mutex>
#include <utility>

namespace rkt {
namespace {

std::mutex mutex;
LogCallback current;

}  // namespace

void set_log_callback(LogCallback callback) {
  std::lock_guard lock(mutex);
  current = std::move(callback);
}

void log(LogLevel level, std::string_view message) {
  std::lock_guard lock(mutex);
  if (current) current(level, message);
}

}  // namespace rkt

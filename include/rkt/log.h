/// What the library wants to say beside its results. It never prints by itself.
#pragma once
#include <functional>
#include <string_view>

namespace rkt {

enum class LogLevel { info, warning };

using LogCallback = std::function<void(LogLevel, std::string_view)>;

/// Receives every later message; an empty callback drops them (the default).
/// Any thread may log; the callback is called under a lock, one message at a time. It must not throw, and not
/// call this library, which could log in turn and wait for that lock for ever.
void set_log_callback(LogCallback callback);

}  // namespace rkt

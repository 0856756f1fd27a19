/// Sends messages to the callback that rkt/log.h sets.
#pragma once
#include <string_view>

#include "rkt/log.h"

namespace rkt {

void log(LogLevel level, std::string_view message);

}  // namespace rkt

/// From what the toolkit reports or only prints to our errors. Pure functions over text.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "rkt/error.h"

namespace rkt {

/// An "error" event of the driver.
struct DriverError {
  std::string kind;     ///< Python's exception class, or "return_code".
  std::string stage;    ///< "config", "load", "build", "export", "simulator", "simulate", …
  std::string message;  ///< Often a whole traceback: the toolkit wraps what it catches.
};

struct FailureContext {
  std::string platform;
  std::filesystem::path log;  ///< Named in the error, for the reader to open.
};

/// The error of an operation that failed. `log` is what was printed during this operation.
Error explain_failure(const DriverError& error, std::string_view log, const FailureContext& context);

/// The error of an operation that claims success although `log` shows that its result is unusable: operators
/// without lowering (RKT-4004), an exception in a worker thread (RKT-4003), an option replaced by another
/// (RKT-4006).
std::optional<Error> find_hidden_failure(std::string_view log, const FailureContext& context);

}  // namespace rkt

/// The driver as a child process: one request, its progress, one answer.
#pragma once
#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "base/files.h"
#include "base/json.h"
#include "export/toolkit/child_process.h"
#include "export/toolkit/environment.h"
#include "export/toolkit/failure.h"

namespace rkt {

/// Not thread-safe. A driver that died or broke the protocol is finished: every later request throws
/// RKT-4003.
class DriverProcess {
 public:
  /// Starts Python with the driver in a scratch directory, which is also where the toolkit drops its own
  /// files. `driver` replaces driver.py (for tests). Throws RKT-4001 not startable, RKT-4008 log not
  /// writable.
  DriverProcess(const std::filesystem::path& python, PythonIsolation isolation,
                const std::filesystem::path& log, ToolkitOptions options, std::string_view driver = {});

  /// What the driver answers, or how it failed.
  struct Answer {
    Json result;                       ///< Null after a failure.
    std::optional<DriverError> error;  ///< The operation failed and the driver goes on.
    std::string log;                   ///< Printed during this request, at most its last 64 MB.
  };

  /// Sends {"id", "op", …request} and waits. A timeout of 0 waits for ever.
  /// Throws RKT-4003 if the driver died, was silent for longer than the timeout or broke the protocol;
  /// RKT-4011.
  Answer request(const std::string& operation, Json request, std::chrono::milliseconds timeout = {});

  /// Versions of what the environment really has. Throws RKT-4003 if the toolkit cannot be imported.
  ToolkitVersions hello();

  const std::filesystem::path& scratch() const noexcept { return scratch_.path(); }
  const std::filesystem::path& log() const noexcept { return log_; }

 private:
  std::string log_since(uintmax_t offset) const;
  [[noreturn]] void fail(const std::string& problem, const std::string& hint = {});
  [[noreturn]] void fail_ended(uintmax_t log_offset);

  TemporaryDirectory scratch_;
  std::filesystem::path log_;
  ToolkitOptions options_;
  std::unique_ptr<ChildProcess> child_;
  int next_id_ = 1;
};

/// Throws RKT-4002 if `versions` are not those of the toolkit this program is measured with.
void require_version(const ToolkitVersions& versions, const std::filesystem::path& python);

}  // namespace rkt

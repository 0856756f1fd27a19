#include "export/toolkit_log.h"

#include <algorithm>
#include <atomic>
#include <ctime>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <string>
#include <unistd.h>
#include <vector>

#include "rkt/error.h"

#include "export/toolkit/environment.h"

namespace rkt {
namespace fs = std::filesystem;
namespace {

// A machine without a cache directory still exports where RKT_TOOLKIT_PYTHON names a toolkit.
fs::path log_directory() {
  std::error_code failure;
  try {
    fs::path directory = toolkit_location().parent_path() / "logs";
    fs::create_directories(directory, failure);
    if (!failure && access(directory.c_str(), W_OK) == 0) return directory;
  } catch (const Error&) {
  }
  fs::path directory = fs::temp_directory_path(failure) / "rk-transformers-logs";
  if (!failure) fs::create_directories(directory, failure);
  if (failure)
    throw Error(ErrorCode::output_unwritable,
                fmt::format("cannot write '{}': {}", directory.string(), failure.message()), "export");
  return directory;
}

void remove_oldest(const fs::path& directory, size_t kept) {
  std::error_code failure;
  std::vector<fs::path> logs;
  for (fs::directory_iterator entry(directory, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with("export-") && name.ends_with(".log")) logs.push_back(entry->path());
  }
  std::sort(logs.begin(), logs.end());  // the names begin with the date
  for (size_t i = 0; i + kept < logs.size(); ++i) fs::remove(logs[i], failure);
}

}  // namespace

fs::path new_log_file() {
  static std::atomic<int> counter = 0;  // two exports of one process in one second
  const fs::path directory = log_directory();
  remove_oldest(directory, 19);
  return directory / fmt::format("export-{:%Y%m%d-%H%M%S}-{}-{}.log", fmt::gmtime(std::time(nullptr)),
                                 getpid(), ++counter);
}

}  // namespace rkt

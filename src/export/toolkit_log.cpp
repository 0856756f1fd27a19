#include "export/toolkit_log.h"

#include <algorithm>
#include <ctime>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>
#include <vector>

#include "rkt/error.h"

#include "export/toolkit/environment.h"

namespace rkt {
namespace fs = std::filesystem;

fs::path new_log_file() {
  const fs::path directory = toolkit_location().parent_path() / "logs";
  std::error_code failure;
  fs::create_directories(directory, failure);
  if (failure)
    throw Error(ErrorCode::output_unwritable,
                fmt::format("cannot write '{}': {}", directory.string(), failure.message()), "export");

  std::vector<fs::path> logs;
  for (const auto& entry : fs::directory_iterator(directory, failure)) logs.push_back(entry.path());
  std::sort(logs.begin(), logs.end());  // the names begin with the date
  constexpr size_t kept = 20;
  for (size_t i = 0; i + kept <= logs.size(); ++i) fs::remove(logs[i], failure);

  return directory / fmt::format("export-{:%Y%m%d-%H%M%S}-{}.log", fmt::gmtime(std::time(nullptr)), getpid());
}

}  // namespace rkt

/// The examples of docs/errors.md, to compare with what the code says.
#pragma once
#include <filesystem>
#include <fmt/format.h>
#include <string>

#include "rkt/error.h"

#include "base/files.h"

namespace rkt::test {

/// The example of a code as Error::format() writes it.
inline std::string documented_error(ErrorCode code) {
  const std::string page = read_file(std::filesystem::path(RKT_SOURCE_DIR) / "docs/errors.md");
  const std::string begin = fmt::format("\n```\nerror: RKT-{:04}: ", static_cast<int>(code));
  const size_t found = page.find(begin);
  if (found == std::string::npos) return "not on the page";
  const size_t start = found + std::string("\n```\nerror: ").size();
  return page.substr(start, page.find("\n```", start) - start);
}

/// Relative paths, as the examples have them, start here as long as the object lives.
class WorkingDirectory {
 public:
  explicit WorkingDirectory(const std::filesystem::path& path) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(path);
  }
  WorkingDirectory(const WorkingDirectory&) = delete;
  WorkingDirectory& operator=(const WorkingDirectory&) = delete;
  ~WorkingDirectory() {
    std::error_code ignored;
    std::filesystem::current_path(before_, ignored);
  }

 private:
  std::filesystem::path before_;
};

}  // namespace rkt::test

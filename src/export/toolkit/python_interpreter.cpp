#include "export/toolkit/python_interpreter.h"

#include <cstdlib>
#include <fmt/format.h>
#include <string_view>
#include <unistd.h>
#include <vector>

#include "rkt/error.h"

#include "export/toolkit/child_process.h"
#include "export/toolkit/driver_process.h"

namespace rkt {
namespace fs = std::filesystem;
namespace {

/// Prints the version to the event descriptor; fails where venv could not install pip (Debian's python3
/// alone).
constexpr const char* probe =
    "import os, sys, venv, ensurepip; os.write(3, b'%d.%d\\n' % sys.version_info[:2])";

/// "3.11", or an empty string if it does not run or has no venv.
std::string probe_version(const fs::path& python, const fs::path& log, const std::atomic<bool>* cancel) {
  ChildOptions options;
  options.command = {python.string(), "-I", "-c", probe};
  options.log = log;
  std::string line;
  try {
    ChildProcess child(options);
    switch (child.receive(line, std::chrono::seconds(30), cancel)) {
      case ChildProcess::Receive::line:
        return line;
      case ChildProcess::Receive::cancelled:
        throw Error(ErrorCode::cancelled, "cancelled while looking for a Python");
      default:
        return {};
    }
  } catch (const Error& error) {
    if (error.code() == ErrorCode::toolkit_missing) return {};  // it is not a program
    throw;
  }
}

std::vector<fs::path> candidates() {
  std::vector<fs::path> result;
  const char* path = std::getenv("PATH");
  // 3.11 first: the pins were measured with it.
  for (const char* name : {"python3.11", "python3.12", "python3.10", "python3"}) {
    std::string_view rest = path == nullptr ? "" : path;
    while (!rest.empty()) {
      const std::string_view directory = rest.substr(0, rest.find(':'));
      rest.remove_prefix(std::min(directory.size() + 1, rest.size()));
      const fs::path program = fs::path(directory) / name;
      if (!directory.empty() && access(program.c_str(), X_OK) == 0) result.push_back(program);
    }
  }
  return result;
}

}  // namespace

fs::path find_python(const std::atomic<bool>* cancel) {
  const TemporaryDirectory scratch;
  const auto suitable = [&](const std::string& version) {
    return version == "3.10" || version == "3.11" || version == "3.12";
  };
  const std::string hint =
      "install one: apt install python3 python3-venv (Debian 12, Ubuntu 22.04 and 24.04); or set "
      "RKT_PYTHON to its path";
  if (const char* chosen = std::getenv("RKT_PYTHON"); chosen != nullptr && *chosen != '\0') {
    const std::string version = probe_version(chosen, scratch.path() / "probe.log", cancel);
    if (suitable(version)) return chosen;
    throw Error(
        ErrorCode::toolkit_missing,
        version.empty()
            ? fmt::format("RKT_PYTHON is '{}', which does not run or has no venv module", chosen)
            : fmt::format("RKT_PYTHON is '{}', a Python {}; the toolkit needs 3.10 to 3.12", chosen, version),
        "toolkit", hint);
  }
  std::string found;
  for (const fs::path& python : candidates()) {
    const std::string version = probe_version(python, scratch.path() / "probe.log", cancel);
    if (suitable(version)) return python;
    found += fmt::format("{}{} ({})", found.empty() ? "" : ", ", python.string(),
                         version.empty() ? "does not run or has no venv" : "Python " + version);
  }
  throw Error(ErrorCode::toolkit_missing,
              fmt::format("the toolkit needs a Python 3.10 to 3.12 with venv; found {}",
                          found.empty() ? "none" : found),
              "toolkit", hint);
}

}  // namespace rkt

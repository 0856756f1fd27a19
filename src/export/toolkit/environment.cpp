#include "export/toolkit/environment.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

#include "rkt/error.h"

#include "base/files.h"
#include "base/json.h"
#include "export/toolkit/build_log.h"
#include "export/toolkit/child_process.h"
#include "export/toolkit/driver_process.h"
#include "export/toolkit/embedded_files.h"
#include "export/toolkit/python_interpreter.h"

namespace rkt {
namespace fs = std::filesystem;
namespace {

constexpr const char* marker_name =
    "rk-transformers-toolkit";                       ///< First file: this directory is ours to remove.
constexpr const char* stamp_name = "complete.json";  ///< Last file: the environment is whole.

/// Nothing for a variable that is unset or empty.
std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

/// Changes with every pin, so that an environment is never reused for other versions.
std::string pins_hash() {
  return sha256(embedded::requirements()).substr(0, 8);
}

void report(const ToolkitOptions& options, std::string_view stage, std::optional<double> fraction = {}) {
  if (options.progress) options.progress(stage, fraction);
}

void stop_if_cancelled(const ToolkitOptions& options) {
  if (options.cancel != nullptr && options.cancel->load())
    throw Error(ErrorCode::cancelled, "cancelled while setting up the toolkit", "toolkit");
}

Error cannot_create(const fs::path& location, const std::string& why) {
  return {
      ErrorCode::toolkit_missing,
      fmt::format("the toolkit's environment '{}' cannot be created: {}", location.string(), why), "toolkit",
      "set RKT_TOOLKIT_ENV to a directory with 700 MB of room, or RKT_TOOLKIT_PYTHON to a Python that has "
      "rknn-toolkit2"};
}

/// The versions in the stamp of a complete environment made from these pins.
std::optional<ToolkitVersions> read_stamp(const fs::path& location) {
  std::error_code failure;
  if (!fs::exists(location / stamp_name, failure) || !fs::exists(location / "bin/python", failure))
    return std::nullopt;
  try {
    const Json stamp = read_json(location / stamp_name);
    const JsonView view(stamp, stamp_name, ErrorCode::json_invalid);
    if (view.string("pins") != pins_hash()) return std::nullopt;
    return ToolkitVersions{view.string("toolkit"), view.string("python"),      view.string("numpy"),
                           view.string("onnx"),    view.string("onnxruntime"), view.string("torch")};
  } catch (const Error&) {
    return std::nullopt;  // a damaged stamp is no stamp
  }
}

void write_stamp(const fs::path& location, const ToolkitVersions& versions) {
  const Json stamp = {{"pins", pins_hash()},       {"toolkit", versions.toolkit},
                      {"python", versions.python}, {"numpy", versions.numpy},
                      {"onnx", versions.onnx},     {"onnxruntime", versions.onnxruntime},
                      {"torch", versions.torch}};
  write_file(location / stamp_name, stamp.dump(2) + "\n");
}

/// Held while one process creates; the kernel lets go of it when that process dies.
Descriptor lock(const fs::path& location, const ToolkitOptions& options) {
  const std::string path = location.string() + ".lock";
  Descriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!file) throw cannot_create(location, std::generic_category().message(errno));
  while (flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      throw cannot_create(location, std::generic_category().message(errno));
    report(options, "waiting for another process that sets the toolkit up");
    stop_if_cancelled(options);
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  return file;
}

/// An empty directory with our marker in it.
void clear(const fs::path& location) {
  std::error_code failure;
  if (fs::exists(location, failure) && !fs::exists(location / marker_name, failure) &&
      !(fs::is_directory(location, failure) && fs::is_empty(location, failure)))
    throw cannot_create(location, "something else is there, which this program does not remove");
  // The marker goes last: an interrupted removal must still be known as ours.
  for (fs::directory_iterator entry(location, failure), end; !failure && entry != end;
       entry.increment(failure))
    if (entry->path().filename() != marker_name) fs::remove_all(entry->path(), failure);
  fs::remove_all(location, failure);
  fs::create_directories(location, failure);
  if (failure) throw cannot_create(location, failure.message());
  write_file(location / marker_name, "made by rk-transformers-cli; may be removed at any time\n");
}

size_t count(std::string_view text, std::string_view part) {
  size_t found = 0;
  for (size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; at += part.size()) ++found;
  return found;
}

/// Packages that pip has begun to fetch, as a part of all pins: its own output has no better measure.
double fetched(const fs::path& log) {
  const size_t alternatives = count(embedded::requirements(), "python_version <");
  const size_t pins = count(embedded::requirements(), "==") - alternatives;
  return std::min(1.0, static_cast<double>(count(read_file(log), "Collecting ")) / static_cast<double>(pins));
}

void run(const std::vector<std::string>& command, const fs::path& location, const fs::path& log,
         std::string_view stage, const ToolkitOptions& options) {
  ChildOptions child_options;
  child_options.command = command;
  child_options.log = log;
  // A user's pip settings for indexes and proxies hold; those that install elsewhere would leave this one
  // empty.
  child_options.environment = {{"PIP_USER", "0"},
                               {"PIP_TARGET", std::nullopt},
                               {"PIP_PREFIX", std::nullopt},
                               {"PIP_DISABLE_PIP_VERSION_CHECK", "1"},
                               {"PIP_NO_INPUT", "1"}};
  ChildProcess child(child_options);
  std::string ignored;
  for (;;) {
    report(options, stage, fetched(log));
    const auto state = child.receive(ignored, std::chrono::milliseconds(300), options.cancel);
    if (state == ChildProcess::Receive::cancelled) stop_if_cancelled(options);
    if (state == ChildProcess::Receive::ended) break;
  }
  child.wait_exit(std::chrono::seconds(10));
  const ChildExit exit = child.stop();
  if (exit.how == ChildExit::How::exited && exit.value == 0) return;
  const std::string text = plain_text(read_file(log));
  const size_t mark = text.rfind("\nERROR: ");
  const std::string why = mark == std::string::npos
                              ? last_lines(text, 1)
                              : text.substr(mark + 1, text.find('\n', mark + 1) - mark - 1);
  throw Error(ErrorCode::toolkit_missing,
              fmt::format("the toolkit's environment '{}' cannot be created: {} {}: {}", location.string(),
                          stage, exit.describe(), why),
              "toolkit", fmt::format("pip's log is '{}'", log.string()));
}

ToolkitEnvironment create(const fs::path& location, const ToolkitOptions& options) {
  report(options, "looking for a Python");
  const fs::path base = find_python(options.cancel);
  clear(location);
  const fs::path log = location.string() + ".log", python = location / "bin/python";
  write_file(log, "");
  write_file(location / "requirements.txt", embedded::requirements());
  run({base.string(), "-I", "-m", "venv", location.string()}, location, log, "creating a Python environment",
      options);
  run({python.string(), "-I", "-m", "pip", "install", "--no-deps",
       "--only-binary=:all:", "--progress-bar=off", "-r", (location / "requirements.txt").string()},
      location, log, "downloading rknn-toolkit2", options);
  report(options, "checking rknn-toolkit2");
  ToolkitEnvironment environment{python, PythonIsolation::isolated, {}};
  environment.versions =
      DriverProcess(python, environment.isolation, log, {.progress = {}, .cancel = options.cancel}).hello();
  require_version(environment.versions, python);
  write_stamp(location, environment.versions);
  return environment;
}

ToolkitEnvironment use_given(const std::string& python, const ToolkitOptions& options) {
  // Kept after a failure: the error names it.
  const fs::path log = fs::temp_directory_path() / fmt::format("rk-transformers-toolkit-{}.log", getpid());
  ToolkitEnvironment environment{python, PythonIsolation::inherited, {}};
  environment.versions =
      DriverProcess(python, environment.isolation, log, {.progress = {}, .cancel = options.cancel}).hello();
  require_version(environment.versions, python);
  std::error_code ignored;
  fs::remove(log, ignored);
  return environment;
}

}  // namespace

fs::path toolkit_location() {
  if (const auto chosen = variable("RKT_TOOLKIT_ENV")) return fs::absolute(*chosen);
  fs::path cache;
  if (const auto xdg = variable("XDG_CACHE_HOME")) cache = *xdg;
  // The XDG specification: relative paths are invalid and are to be ignored.
  if (!cache.is_absolute()) {
    const auto home = variable("HOME");
    if (!home)
      throw Error(ErrorCode::toolkit_missing,
                  "there is no cache directory: HOME and XDG_CACHE_HOME are unset", "toolkit",
                  "set RKT_TOOLKIT_ENV to a directory with 700 MB of room");
    cache = fs::path(*home) / ".cache";
  }
  return cache / "rk-transformers" / fmt::format("toolkit-{}-{}", supported_toolkit, pins_hash());
}

ToolkitEnvironment ensure_toolkit(const ToolkitOptions& options) {
  if (const auto given = variable("RKT_TOOLKIT_PYTHON")) return use_given(*given, options);
  const fs::path location = toolkit_location();
  const auto ready = [&]() -> std::optional<ToolkitEnvironment> {
    auto versions = read_stamp(location);
    if (!versions) return std::nullopt;
    return ToolkitEnvironment{location / "bin/python", PythonIsolation::isolated, std::move(*versions)};
  };
  if (auto environment = ready()) return *environment;
  std::error_code failure;
  fs::create_directories(location.parent_path(), failure);
  if (failure) throw cannot_create(location, failure.message());
  const Descriptor held = lock(location, options);
  if (auto environment = ready()) return *environment;  // another process made it while we waited
  return create(location, options);
}

std::optional<ToolkitVersions> installed_toolkit() {
  try {
    if (const auto given = variable("RKT_TOOLKIT_PYTHON")) return use_given(*given, {}).versions;
    return read_stamp(toolkit_location());
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace rkt

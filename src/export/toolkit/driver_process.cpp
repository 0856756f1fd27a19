#include "export/toolkit/driver_process.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>

#include "base/files.h"
#include "export/toolkit/build_log.h"
#include "export/toolkit/embedded_files.h"

namespace rkt {
namespace fs = std::filesystem;

DriverProcess::DriverProcess(const fs::path& python, PythonIsolation isolation, const fs::path& log,
                             ToolkitOptions options, std::string_view driver)
    : log_(fs::absolute(log)), options_(std::move(options)) {
  const fs::path files = scratch_.path() / "driver", work = scratch_.path() / "work";
  fs::create_directory(files);
  fs::create_directory(work);
  write_file(files / "driver.py", driver.empty() ? embedded::driver() : driver);
  write_file(files / "torch.py", embedded::torch_stand_in());
  ChildOptions child;
  child.command = {python.string()};
  if (isolation == PythonIsolation::isolated) child.command.emplace_back("-I");
  child.command.insert(child.command.end(),
                       {(files / "driver.py").string(), std::to_string(ChildProcess::event_descriptor)});
  child.log = log_;
  child.directory = work;
  // The toolkit leaves temporary files behind when it is killed; here they go with the scratch directory.
  child.environment = {{"TMPDIR", work.string()}, {"PYTHONDONTWRITEBYTECODE", "1"}};
  child_ = std::make_unique<ChildProcess>(child);
}

std::string DriverProcess::log_since(uintmax_t offset) const {
  constexpr uintmax_t limit = uintmax_t{64} << 20U;
  std::error_code failure;
  const uintmax_t size = fs::file_size(log_, failure);
  if (failure || size <= offset) return {};
  std::ifstream stream(log_, std::ios::binary);
  const uintmax_t count = std::min(size - offset, limit);
  stream.seekg(static_cast<std::streamoff>(size - count));
  std::string text(count, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(count));
  text.resize(static_cast<size_t>(stream.gcount()));
  return text;
}

void DriverProcess::fail(const std::string& problem, const std::string& hint) {
  child_.reset();
  const std::string see = fmt::format("the toolkit's log is '{}'", log_.string());
  throw Error(ErrorCode::toolkit_failed, problem, "toolkit", hint.empty() ? see : hint + "; " + see);
}

void DriverProcess::fail_ended(uintmax_t log_offset) {
  const auto exit = child_->wait_exit(std::chrono::seconds(1));  // the pipe closes before the process is dead
  const bool killed = exit && exit->how == ChildExit::How::killed;
  std::string tail;  // on one line: a message has no others
  for (const char c : last_lines(plain_text(log_since(log_offset)), 5))
    tail += c == '\n' ? std::string(" | ") : std::string(1, c);
  fail(fmt::format("the toolkit's process {}{}{}",
                   exit ? exit->describe() : std::string("closed its end of the conversation"),
                   tail.empty() ? "" : "; the last it printed: ", tail),
       killed && exit->value == SIGKILL ? "a shorter sequence length or a machine with more memory may do"
                                        : "");
}

DriverProcess::Answer DriverProcess::request(const std::string& operation, Json request,
                                             std::chrono::milliseconds timeout) {
  if (!child_) fail("the toolkit's process is gone after an earlier failure", "begin a new session");
  const int id = next_id_++;
  request["id"] = id;
  request["op"] = operation;
  std::error_code failure;
  const uintmax_t size = fs::file_size(log_, failure), log_offset = failure ? 0 : size;
  if (!child_->send(request.dump(-1, ' ', false, Json::error_handler_t::replace))) fail_ended(log_offset);
  for (std::string line;;) {
    switch (child_->receive(line, timeout, options_.cancel)) {
      case ChildProcess::Receive::ended:
        fail_ended(log_offset);
      case ChildProcess::Receive::timeout:
        fail(fmt::format("the toolkit's process was silent for {} s", timeout.count() / 1000));
      case ChildProcess::Receive::cancelled:
        child_.reset();
        throw Error(ErrorCode::cancelled, "cancelled while the toolkit was at work", operation);
      case ChildProcess::Receive::line:
        break;
    }
    const Json event = Json::parse(line, nullptr, false);
    if (!event.is_object() || !event.contains("event") || event.value("id", Json()) != id)
      fail(fmt::format("the toolkit's driver sent something that is not an answer to request {}: '{}'", id,
                       line.substr(0, 200)));
    const JsonView view(event, "answer of the toolkit's driver", ErrorCode::toolkit_failed);
    const std::string kind = view.string("event");
    if (kind == "progress") {
      if (!options_.progress) continue;
      const bool known = view.has("fraction") && event.at("fraction").is_number();
      options_.progress(view.string("stage"),
                        known ? std::optional(event.at("fraction").get<double>()) : std::nullopt);
    } else if (kind == "result") {
      return {event, std::nullopt, log_since(log_offset)};
    } else if (kind == "error") {
      return {nullptr, DriverError{view.string("kind"), view.string("stage"), view.string("message")},
              log_since(log_offset)};
    } else {
      fail(fmt::format("the toolkit's driver sent an event of unknown kind '{}'", kind.substr(0, 200)));
    }
  }
}

ToolkitVersions DriverProcess::hello() {
  constexpr std::chrono::minutes patience{3};  // the first import reads 600 MB from what may be a slow disk
  const Answer answer = request("hello", Json::object(), patience);
  if (answer.error)
    throw Error(
        ErrorCode::toolkit_failed,
        fmt::format("the toolkit cannot be imported: {}: {}", answer.error->kind, answer.error->message),
        "toolkit", fmt::format("the toolkit's log is '{}'", log_.string()));
  const JsonView view(answer.result, "answer of the toolkit's driver", ErrorCode::toolkit_failed);
  return {view.string("toolkit"), view.string("python"),      view.string("numpy"),
          view.string("onnx"),    view.string("onnxruntime"), view.string("torch")};
}

void require_version(const ToolkitVersions& versions, const fs::path& python) {
  if (versions.toolkit == supported_toolkit) return;
  throw Error(
      ErrorCode::toolkit_version,
      fmt::format("'{}' has rknn-toolkit2 {}; this program needs {}", python.string(), versions.toolkit,
                  supported_toolkit),
      "toolkit",
      "point RKT_TOOLKIT_PYTHON at another Python, or unset it to let this program create an environment");
}

}  // namespace rkt

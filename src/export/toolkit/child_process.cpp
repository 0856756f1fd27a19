#include "export/toolkit/child_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "rkt/error.h"

namespace rkt {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds slice{100};

std::string reason(int error) {
  return std::generic_category().message(error);
}

Error cannot_start(const ChildOptions& options, int error) {
  return {ErrorCode::toolkit_missing,
          fmt::format("cannot start '{}': {}", options.command.front(), reason(error))};
}

Descriptor open_log(const std::filesystem::path& path) {
  Descriptor log(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  if (!log)
    throw Error(ErrorCode::output_unwritable,
                fmt::format("cannot write the log '{}': {}", path.string(), reason(errno)));
  return std::move(log).moved_up();
}

/// Our environment with the changes; the strings live in the result.
std::vector<std::string> child_environment(const ChildOptions& options) {
  std::vector<std::string> result;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('='));
    const bool changed = std::any_of(options.environment.begin(), options.environment.end(),
                                     [&](const auto& change) { return change.first == name; });
    if (!changed) result.emplace_back(text);
  }
  for (const auto& [name, value] : options.environment)
    if (value) result.push_back(name + "=" + *value);
  return result;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  result.reserve(strings.size() + 1);
  for (std::string& each : strings) result.push_back(each.data());
  result.push_back(nullptr);
  return result;
}

/// What posix_spawn is to do in the child, freed at scope end.
struct SpawnPlan {
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};

  SpawnPlan() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    sigset_t none, defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    // The host program may block or ignore these; the child must be stoppable and see broken pipes all the
    // same.
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGCHLD})
      sigaddset(&defaults, signal);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
};

}  // namespace

std::string ChildExit::describe() const {
  switch (how) {
    case How::exited:
      return fmt::format("exited with code {}", value);
    case How::killed:
      return value == SIGKILL ? "was killed by signal 9 (SIGKILL), as the kernel does when memory runs out"
                              : fmt::format("was killed by signal {} ({})", value,
                                            sigdescr_np(value) ? sigdescr_np(value) : "?");
    case How::unknown:
      break;
  }
  return "ended";
}

ChildProcess::ChildProcess(const ChildOptions& options) {
  const Descriptor log = open_log(options.log);
  std::array<int, 2> pair{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0)
    throw cannot_start(options, errno);
  input_ = Descriptor(pair[0]).moved_up();
  const Descriptor child_input = Descriptor(pair[1]).moved_up();
  if (pipe2(pair.data(), O_CLOEXEC) != 0) throw cannot_start(options, errno);
  events_ = Descriptor(pair[0]).moved_up();
  const Descriptor child_events = Descriptor(pair[1]).moved_up();
  if (!input_ || !child_input || !events_ || !child_events) throw cannot_start(options, EMFILE);
  fcntl(events_.get(), F_SETFL, O_NONBLOCK);

  SpawnPlan plan;
  posix_spawn_file_actions_adddup2(&plan.actions, child_input.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&plan.actions, log.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&plan.actions, log.get(), STDERR_FILENO);
  posix_spawn_file_actions_adddup2(&plan.actions, child_events.get(), event_descriptor);
  if (!options.directory.empty())
    posix_spawn_file_actions_addchdir_np(&plan.actions, options.directory.c_str());
  std::vector<std::string> command = options.command, environment = child_environment(options);
  const int error = posix_spawnp(&pid_, command.front().c_str(), &plan.actions, &plan.attributes,
                                 pointers(command).data(), pointers(environment).data());
  if (error != 0) {
    pid_ = -1;
    throw cannot_start(options, error);
  }
}

ChildProcess::~ChildProcess() {
  stop();
}

bool ChildProcess::send(std::string_view line) {
  const std::string text = std::string(line) + "\n";
  size_t sent = 0;
  while (sent < text.size()) {
    const ssize_t count = ::send(input_.get(), text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    sent += static_cast<size_t>(count);
  }
  return true;
}

bool ChildProcess::read_available() {
  bool any = false;
  std::array<char, 65536> block{};
  while (!events_closed_ && buffer_.size() <= longest_line) {
    const ssize_t count = read(events_.get(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) break;
    if (count <= 0) {
      events_closed_ = true;
    } else {
      buffer_.append(block.data(), static_cast<size_t>(count));
      any = true;
    }
  }
  return any;
}

ChildProcess::Receive ChildProcess::receive(std::string& line, std::chrono::milliseconds timeout,
                                            const std::atomic<bool>* cancel) {
  const auto deadline = Clock::now() + timeout;
  size_t searched = 0;
  bool exited = false;
  for (;;) {
    const size_t end = buffer_.find('\n', searched);
    if (end != std::string::npos) {
      line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return Receive::line;
    }
    searched = buffer_.size();
    if (searched > longest_line)
      throw Error(ErrorCode::toolkit_failed,
                  fmt::format("the toolkit's driver sent a line of more than {} bytes", longest_line));
    if (events_closed_ || exited) return Receive::ended;
    if (cancel != nullptr && cancel->load()) return Receive::cancelled;
    auto wait = slice;
    if (timeout.count() > 0) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
      if (left.count() <= 0) return Receive::timeout;
      wait = std::min(wait, left + std::chrono::milliseconds(1));
    }
    pollfd descriptor{events_.get(), POLLIN, 0};
    const int ready = poll(&descriptor, 1, static_cast<int>(wait.count()));
    // A grandchild may hold the pipe open after the child's death; what the child wrote before is read once
    // more.
    if (ready <= 0) exited = poll_exit().has_value();
    read_available();
  }
}

std::optional<ChildExit> ChildProcess::poll_exit() {
  if (exit_ || pid_ < 0) return exit_;
  siginfo_t info{};
  int result = 0;
  // WNOWAIT leaves the zombie, so that its number stays taken until stop() has killed the rest of the group.
  do result = waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
  while (result != 0 && errno == EINTR);
  if (result != 0) return ChildExit{};
  if (info.si_pid == 0) return std::nullopt;
  return ChildExit{info.si_code == CLD_EXITED ? ChildExit::How::exited : ChildExit::How::killed,
                   info.si_status};
}

std::optional<ChildExit> ChildProcess::wait_exit(std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  std::optional<ChildExit> result;
  while (!(result = poll_exit()) && Clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return result;
}

ChildExit ChildProcess::stop() {
  if (exit_ || pid_ < 0) return exit_.value_or(ChildExit{});
  kill(-pid_, SIGKILL);
  int status = 0;
  pid_t reaped = 0;
  do reaped = waitpid(pid_, &status, 0);
  while (reaped < 0 && errno == EINTR);
  ChildExit result;
  if (reaped == pid_ && WIFEXITED(status)) result = {ChildExit::How::exited, WEXITSTATUS(status)};
  if (reaped == pid_ && WIFSIGNALED(status)) result = {ChildExit::How::killed, WTERMSIG(status)};
  exit_ = result;
  pid_ = -1;
  return result;
}

}  // namespace rkt

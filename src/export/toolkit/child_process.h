/// A child process that takes lines and answers with lines, apart from what it prints.
#pragma once
#include <atomic>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>
#include <vector>

#include "export/toolkit/descriptors.h"

namespace rkt {

struct ChildOptions {
  std::vector<std::string> command;  ///< Program (a path, or searched for in PATH) and arguments.
  std::filesystem::path log;         ///< stdout and stderr are appended here.
  std::filesystem::path directory;   ///< Working directory; empty = ours.
  /// Changes to our environment; no value removes a variable.
  std::vector<std::pair<std::string, std::optional<std::string>>> environment;
};

/// How a process ended.
struct ChildExit {
  enum class How { exited, killed, unknown } how = How::unknown;  ///< unknown: somebody else reaped it.
  int value = 0;                                                  ///< Exit code or signal number.
  std::string describe() const;                                   ///< "exited with code 1", …
};

/// The child leads a process group of its own; the destructor kills the whole group and reaps the child.
/// stdin is a socket, so that writing to a dead child is an error code and never SIGPIPE. One thread at a
/// time.
class ChildProcess {
 public:
  static constexpr int event_descriptor = 3;  ///< Where the child writes its answers.
  static constexpr size_t longest_line = size_t{1} << 24U;

  /// Throws RKT-4001 if the program cannot be started, RKT-4008 if the log cannot be written.
  explicit ChildProcess(const ChildOptions& options);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  /// Sends `line` and a line end. False if the child no longer reads.
  bool send(std::string_view line);

  enum class Receive { line, ended, timeout, cancelled };
  /// Waits for one line of the event descriptor, stored without its end. `ended`: the child has exited, or
  /// closed the descriptor, and nothing whole is left. Throws RKT-4003 for a line beyond `longest_line`. A
  /// zero timeout waits for ever; `cancel` may be null and is looked at ten times a second.
  Receive receive(std::string& line, std::chrono::milliseconds timeout, const std::atomic<bool>* cancel);

  /// Nothing while the child runs.
  std::optional<ChildExit> poll_exit();

  /// Waits for the exit for at most `patience`.
  std::optional<ChildExit> wait_exit(std::chrono::milliseconds patience);

  /// Kills the group and reaps. Says how the child had ended if it was dead before, else "killed by signal
  /// 9".
  ChildExit stop();

 private:
  bool read_available();

  pid_t pid_ = -1;
  Descriptor input_, events_;
  std::string buffer_;
  bool events_closed_ = false;
  std::optional<ChildExit> exit_;
};

}  // namespace rkt

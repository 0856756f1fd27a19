#include "cli/output.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>
#include <system_error>
#include <unistd.h>

#include "rkt/error.h"

namespace rkt::cli {
namespace fs = std::filesystem;
namespace {

Error unwritable(const std::string& name, int reason) {
  return {
      ErrorCode::output_unwritable,
      fmt::format("cannot write {}: {}", name == "-" ? "standard output" : "'" + name + "'",
                  std::generic_category().message(reason)),
      {},
      name == "-" ? "" : "choose another --output, or mend the permissions or the free space of this one"};
}

/// The number of the error, or 0.
int write_all(int file, std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

}  // namespace

void write_stdout(std::string_view text) {
  const int reason = write_all(STDOUT_FILENO, text);
  if (reason == EPIPE) throw BrokenPipe{};
  if (reason != 0) throw unwritable("-", reason);
}

void write_stderr(std::string_view text) noexcept {
  write_all(STDERR_FILENO, text);
}

Output::Output(const std::string& name) : name_(name), target_(name) {
  if (is_stdout()) return;
  std::error_code ignored;
  if (fs::is_symlink(target_, ignored)) target_ = fs::weakly_canonical(target_, ignored);
  const fs::file_status status = fs::status(target_, ignored);
  if (fs::is_directory(status)) throw unwritable(name_, EISDIR);
  int flags = O_WRONLY | O_CLOEXEC;
  if (!fs::exists(status) || fs::is_regular_file(status)) {
    temporary_ = target_;
    temporary_.replace_filename(fmt::format(".{}.{}.partial", target_.filename().string(), ::getpid()));
    flags |= O_CREAT | O_EXCL;
    // renaming asks the directory's permission only; a file that its owner protected stays
    if (fs::exists(status) && ::access(target_.c_str(), W_OK) != 0) throw unwritable(name_, errno);
  }
  file_ = ::open((temporary_.empty() ? target_ : temporary_).c_str(), flags, 0666);
  if (file_ < 0) throw unwritable(name_, errno);
}

Output::~Output() {
  if (file_ < 0) return;
  ::close(file_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void Output::write(std::string_view bytes) {
  if (is_stdout()) return write_stdout(bytes);
  if (const int reason = write_all(file_, bytes); reason != 0) throw unwritable(name_, reason);
}

void Output::overwrite_start(std::string_view bytes) {
  if (::lseek(file_, 0, SEEK_SET) < 0) throw unwritable(name_, errno);
  write(bytes);
}

void Output::commit() {
  if (is_stdout()) return;
  const int closed = ::close(file_);  // a network file system may tell only now that it is full
  const int reason = errno;
  file_ = -1;
  const bool renamed =
      closed == 0 && (temporary_.empty() || std::rename(temporary_.c_str(), target_.c_str()) == 0);
  if (renamed) return;
  const Error problem = unwritable(name_, closed == 0 ? errno : reason);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  throw problem;
}

}  // namespace rkt::cli

#include "cli/line_reader.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "rkt/error.h"

#include "cli/suggest.h"

namespace rkt::cli {
namespace {

constexpr size_t read_bytes = size_t{1} << 16U;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

Error unreadable(const std::string& name, int reason) {
  return {ErrorCode::file_unreadable,
          fmt::format("cannot read '{}': {}", name, std::generic_category().message(reason))};
}

}  // namespace

LineReader::LineReader(const std::string& name) : name_(name == "-" ? "stdin" : name) {
  file_ = name == "-" ? STDIN_FILENO : ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (file_ < 0 && (errno == ENOENT || errno == ENOTDIR)) throw not_found(name);
  if (file_ < 0) throw unreadable(name_, errno);
  struct stat status {};
  if (::fstat(file_, &status) == 0 && S_ISREG(status.st_mode)) size_ = static_cast<uint64_t>(status.st_size);
}

LineReader::~LineReader() {
  if (file_ != STDIN_FILENO) ::close(file_);
}

bool LineReader::fill() {
  // Unlike read(), poll() returns when a signal was handled: a program that waits for input can be cancelled.
  pollfd ready{file_, POLLIN, 0};
  if (::poll(&ready, 1, -1) < 0 && errno == EINTR)
    throw Error(ErrorCode::cancelled, "cancelled by a signal", name_);
  buffer_.resize(read_bytes);
  const ssize_t got = ::read(file_, buffer_.data(), buffer_.size());
  if (got < 0) throw unreadable(name_, errno);
  buffer_.resize(static_cast<size_t>(got));
  position_ = 0;
  return got > 0;
}

bool LineReader::next(std::string& line) {
  line.clear();
  bool found = false, any = false;
  while (!found && (position_ < buffer_.size() || fill())) {
    any = true;
    const size_t end = buffer_.find('\n', position_);
    found = end != std::string::npos;
    const size_t stop = found ? end : buffer_.size();
    line.append(buffer_, position_, stop - position_);
    consumed_ += stop - position_ + (found ? 1 : 0);
    position_ = stop + (found ? 1 : 0);
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (first_ && std::string_view(line).substr(0, byte_order_mark.size()) == byte_order_mark)
    line.erase(0, byte_order_mark.size());
  first_ = false;
  return any;
}

std::optional<double> LineReader::fraction() const {
  if (size_ == 0) return {};
  return std::min(1.0, static_cast<double>(consumed_) / static_cast<double>(size_));
}

}  // namespace rkt::cli

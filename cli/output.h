/// Where results go: standard output, or a file that appears only when it is whole.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace rkt::cli {

/// Nobody reads standard output any more. Not an Error: there is nobody to tell.
struct BrokenPipe {};

/// Throws BrokenPipe, or RKT-4008.
void write_stdout(std::string_view text);
/// Never fails: there is no other place to complain.
void write_stderr(std::string_view text) noexcept;

/// A regular file is written beside its name and renamed by commit(); without commit() it disappears and
/// what was there before stays. A device or pipe that exists is written directly.
class Output {
 public:
  /// `name`: a file or "-". Throws RKT-4008 at once if it cannot be written.
  explicit Output(const std::string& name);
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output();

  bool is_stdout() const noexcept { return name_ == "-"; }

  void write(std::string_view bytes);
  /// Over what was written first. Throws RKT-4008 also where there is no going back, as in a pipe.
  void overwrite_start(std::string_view bytes);
  void commit();

 private:
  std::string name_;
  std::filesystem::path target_, temporary_;  // temporary_ is empty if the target is written directly
  int file_ = -1;
};

}  // namespace rkt::cli

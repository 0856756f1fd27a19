/// A directory that is filled aside and put in place in one go, or not at all.
#pragma once
#include <filesystem>
#include <utility>
#include <vector>

namespace rkt {

/// Holds a hidden directory inside its destination, which is created if need be, and the destination's lock:
/// another process that wants to write there waits. Without commit() everything disappears again, created
/// parents included. Not thread-safe.
class StagingDirectory {
 public:
  /// Throws RKT-4008 if the destination cannot be created or written, or something else of that name is
  /// there.
  explicit StagingDirectory(const std::filesystem::path& destination);
  StagingDirectory(const StagingDirectory&) = delete;
  StagingDirectory& operator=(const StagingDirectory&) = delete;
  ~StagingDirectory();

  const std::filesystem::path& path() const noexcept { return staging_; }
  const std::filesystem::path& destination() const noexcept { return destination_; }

  /// Moves every staged file to the destination by rename, `last` after all others, so that a reader never
  /// sees it name files that are not there. Throws RKT-4008; the destination is then as it was.
  void commit(const std::filesystem::path& last);

 private:
  std::vector<std::filesystem::path> staged_files(const std::filesystem::path& last) const;
  void remove_created() noexcept;

  std::filesystem::path destination_, staging_;
  std::vector<std::filesystem::path> created_;  // directories, parents first
  int lock_ = -1;
};

}  // namespace rkt

/// Files: read, map, hash, and replace in one step.
#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace rkt {

/// Throws RKT-1001 with near matches of the sibling names if `path` does not exist.
void require_exists(const std::filesystem::path& path);

/// The whole file. Throws RKT-1001 missing, RKT-1002 unreadable or larger than `limit` bytes.
std::string read_file(const std::filesystem::path& path, size_t limit = size_t{1} << 30U);

/// RKT-4008 for a path that cannot be written, with the reason. For parts that write by other means than
/// below.
class Error;
Error unwritable(const std::filesystem::path& path, const std::string& why);

/// Replaces `path` in one step (temporary sibling, then rename). Throws RKT-4008.
void write_file(const std::filesystem::path& path, std::string_view content);

/// Lower-case hexadecimal SHA-256.
std::string sha256(std::string_view bytes);
std::string sha256_file(const std::filesystem::path& path);

/// A file mapped read-only; the bytes live as long as the object. Movable.
class MappedFile {
 public:
  /// Throws RKT-1001 missing, RKT-1002 not a regular file or not mappable.
  explicit MappedFile(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::span<const std::byte> bytes() const noexcept { return {data_, size_}; }

 private:
  const std::byte* data_ = nullptr;
  size_t size_ = 0;
};

/// A new empty directory in the system's place for temporary files; removed with all it holds.
class TemporaryDirectory {
 public:
  TemporaryDirectory();  ///< Throws RKT-4008.
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace rkt

/// Files: read, map, hash, and replace in one step.
#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rkt {

/// Throws RKT-1001 with near matches of the sibling names if `path` does not exist; RKT-1002 if that cannot
/// be told (no permission on the way) or it is a symbolic link to something that is not there.
void require_exists(const std::filesystem::path& path);

/// Nothing has that name, not even a dangling link. False if that cannot be told: reading it then says why.
bool is_absent(const std::filesystem::path& path);

/// What the directory holds; nothing if it cannot be listed. For hints.
std::vector<std::string> names_in(const std::filesystem::path& directory);

/// The whole file. Throws RKT-1001 missing, RKT-1002 unreadable, not a regular file or larger than `limit`
/// bytes.
std::string read_file(const std::filesystem::path& path, size_t limit = size_t{1} << 30U);

/// RKT-4008 for a path that cannot be written, with the reason. For parts that write by other means than
/// below.
class Error;
Error unwritable(const std::filesystem::path& path, const std::string& why);

/// Replaces `path` in one step (temporary sibling, then rename): after a power failure, too, it is the old or
/// the new one. From several threads the last wins. Throws RKT-4008.
void write_file(const std::filesystem::path& path, std::string_view content);

/// Lower-case hexadecimal SHA-256. Throws RKT-1002 if the file cannot be read or OpenSSL's configuration
/// leaves SHA-256 out.
std::string sha256(std::string_view bytes);
std::string sha256_file(const std::filesystem::path& path);

/// A file mapped read-only; the bytes live as long as the object. Movable.
/// Precondition: the file must not be truncated or changed in place while it is mapped, or reading it ends
/// the process (SIGBUS) or sees a mixture; to replace it, rename another over it.
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

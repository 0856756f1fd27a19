#include "base/files.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <memory>
#include <openssl/evp.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include "rkt/error.h"

#include "base/near_match.h"

namespace rkt {
namespace fs = std::filesystem;
namespace {

std::string reason() {
  return std::generic_category().message(errno);
}

Error unreadable(const fs::path& path, const std::string& why) {
  return {ErrorCode::file_unreadable, fmt::format("cannot read '{}': {}", path.string(), why)};
}

}  // namespace

Error unwritable(const fs::path& path, const std::string& why) {
  return {ErrorCode::output_unwritable,
          fmt::format("cannot write '{}': {}", path.string(), why),
          {},
          "choose another output, or mend the permissions or the free space of this one"};
}

void require_exists(const fs::path& path) {
  std::error_code failure;
  if (fs::exists(path, failure)) return;
  fs::path parent = path.has_filename() ? path.parent_path() : path.parent_path().parent_path();
  const std::string name =
      path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
  if (parent.empty()) parent = ".";
  std::vector<std::string> siblings;
  for (const auto& entry : fs::directory_iterator(parent, failure))
    siblings.push_back(entry.path().filename().string());
  throw Error(
      ErrorCode::path_not_found, fmt::format("no such file or directory: '{}'", path.string()), {},
      failure ? fmt::format("'{}' does not exist either", parent.string()) : did_you_mean(name, siblings));
}

std::string read_file(const fs::path& path, size_t limit) {
  require_exists(path);
  std::error_code failure;
  if (fs::is_directory(path, failure)) throw unreadable(path, "it is a directory");
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw unreadable(path, reason());
  const auto size = fs::file_size(path, failure);
  if (!failure && size > limit)
    throw unreadable(path, fmt::format("{} bytes, at most {} are expected", size, limit));
  std::string content((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (stream.bad()) throw unreadable(path, reason());
  return content;
}

void write_file(const fs::path& path, std::string_view content) {
  const fs::path temporary = path.string() + fmt::format(".{}.tmp", getpid());
  {
    std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
    stream.write(content.data(), static_cast<std::streamsize>(content.size()));
    stream.close();
    if (!stream) {
      const std::string why = reason();
      std::error_code ignored;
      fs::remove(temporary, ignored);
      throw unwritable(path, why);
    }
  }
  std::error_code failure;
  fs::rename(temporary, path, failure);
  if (failure) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    throw unwritable(path, failure.message());
  }
}

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string text;
  for (unsigned i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

std::string sha256_file(const fs::path& path) {
  const MappedFile file(path);
  return sha256({reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()});
}

MappedFile::MappedFile(const fs::path& path) {
  require_exists(path);
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw unreadable(path, reason());
  struct stat status {};
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    close(descriptor);
    throw unreadable(path, "it is not a regular file");
  }
  size_ = static_cast<size_t>(status.st_size);
  if (size_ > 0) {  // mmap refuses empty files; an empty span serves them
    void* address = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (address == MAP_FAILED) {
      const std::string why = reason();
      close(descriptor);
      throw unreadable(path, why);
    }
    data_ = static_cast<const std::byte*>(address);
  }
  close(descriptor);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) munmap(const_cast<std::byte*>(data_), size_);
}

TemporaryDirectory::TemporaryDirectory() {
  std::error_code failure;
  std::string pattern = (fs::temp_directory_path(failure) / "rkt-XXXXXX").string();
  if (failure) throw unwritable("the directory for temporary files", failure.message());
  if (mkdtemp(pattern.data()) == nullptr) throw unwritable(fs::path(pattern).parent_path(), reason());
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace rkt

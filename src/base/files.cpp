#include "base/files.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <memory>
#include <openssl/err.h>
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

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  int get() const noexcept { return number_; }
  bool close() noexcept { return number_ < 0 || ::close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

/// What to throw when opening or looking at `path` has set errno.
Error not_found(const fs::path& path) {
  if (errno != ENOENT && errno != ENOTDIR) return unreadable(path, reason());
  std::error_code failure;
  if (fs::is_symlink(fs::symlink_status(path, failure)))
    return unreadable(path, fmt::format("it is a link to '{}', which is not there",
                                        fs::read_symlink(path, failure).string()));
  fs::path parent = path.has_filename() ? path.parent_path() : path.parent_path().parent_path();
  const std::string name =
      path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
  if (parent.empty()) parent = ".";
  const fs::file_status above = fs::status(parent, failure);
  std::string hint;
  if (above.type() == fs::file_type::not_found)
    hint = fmt::format("'{}' does not exist either", parent.string());
  else if (!fs::is_directory(above))
    hint = fmt::format("'{}' is not a directory", parent.string());
  else
    hint = did_you_mean(name, names_in(parent));
  return {ErrorCode::path_not_found, fmt::format("no such file or directory: '{}'", path.string()), {}, hint};
}

struct RegularFile {
  Descriptor descriptor;
  size_t size;  // when it was opened
};

/// Does not wait for the other end of a pipe, as opening one does by default.
RegularFile open_regular(const fs::path& path) {
  Descriptor descriptor(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (descriptor.get() < 0) throw not_found(path);
  struct stat status {};
  if (fstat(descriptor.get(), &status) != 0) throw unreadable(path, reason());
  if (S_ISDIR(status.st_mode)) throw unreadable(path, "it is a directory");
  if (!S_ISREG(status.st_mode)) throw unreadable(path, "it is not a regular file");
  return {std::move(descriptor), static_cast<size_t>(status.st_size)};
}

/// Calls visit(std::string_view) for one block after the other to the end of the file.
template <class Visit>
void read_blocks(const RegularFile& file, const fs::path& path, Visit visit) {
  std::vector<char> block(size_t{1} << 16U);
  for (;;) {
    const ssize_t count = read(file.descriptor.get(), block.data(), block.size());
    if (count == 0) return;
    if (count > 0)
      visit(std::string_view(block.data(), static_cast<size_t>(count)));
    else if (errno != EINTR)
      throw unreadable(path, reason());
  }
}

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new()) {
    check(context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
  }

  void add(std::string_view bytes) {
    check(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
  }

  std::string text() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    check(EVP_DigestFinal_ex(context_.get(), digest.data(), &size) == 1 && size == 32);
    std::string text;
    for (unsigned i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
    return text;
  }

 private:
  static void check(bool done) {
    if (done) return;
    const char* why = ERR_reason_error_string(ERR_get_error());
    ERR_clear_error();
    throw Error(ErrorCode::file_unreadable,
                fmt::format("OpenSSL cannot compute SHA-256: {}", why == nullptr ? "no reason given" : why),
                "hash", "mend OpenSSL's configuration (openssl.cnf, OPENSSL_CONF): it leaves SHA-256 out");
  }

  struct Free {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
  };

  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

/// A new file beside `path`, whose name nobody else has: O_EXCL follows no link that lies in wait there.
std::pair<Descriptor, fs::path> create_beside(const fs::path& path) {
  static std::atomic<unsigned> counter = 0;
  for (;;) {
    fs::path temporary = path.parent_path() / fmt::format(".rkt-write.{}.{}", getpid(), counter++);
    const int number = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (number >= 0) return {Descriptor(number), std::move(temporary)};
    if (errno != EEXIST) throw unwritable(path, reason());
  }
}

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = write(descriptor, content.data(), content.size());
    if (count >= 0)
      content.remove_prefix(static_cast<size_t>(count));
    else if (errno != EINTR)
      return false;
  }
  return true;
}

}  // namespace

Error unwritable(const fs::path& path, const std::string& why) {
  return {ErrorCode::output_unwritable,
          fmt::format("cannot write '{}': {}", path.string(), why),
          {},
          "choose another output, or mend the permissions or the free space of this one"};
}

void require_exists(const fs::path& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) throw not_found(path);
}

bool is_absent(const fs::path& path) {
  std::error_code failure;
  return fs::symlink_status(path, failure).type() == fs::file_type::not_found;
}

std::vector<std::string> names_in(const fs::path& directory) {
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator entry(directory, failure), end; !failure && entry != end;
       entry.increment(failure))
    names.push_back(entry->path().filename().string());
  return names;
}

std::string read_file(const fs::path& path, size_t limit) {
  const RegularFile file = open_regular(path);
  if (file.size > limit)
    throw unreadable(path, fmt::format("{} bytes, at most {} are expected", file.size, limit));
  std::string content;
  content.reserve(file.size);
  read_blocks(file, path, [&](std::string_view block) {  // it may grow, and files of /proc have no size
    if (block.size() > limit - content.size())
      throw unreadable(path, fmt::format("more than the {} bytes that are expected", limit));
    content += block;
  });
  return content;
}

void write_file(const fs::path& path, std::string_view content) {
  auto [descriptor, temporary] = create_beside(path);
  if (write_all(descriptor.get(), content) && fsync(descriptor.get()) == 0 && descriptor.close() &&
      rename(temporary.c_str(), path.c_str()) == 0)
    return;
  const std::string why = reason();
  unlink(temporary.c_str());
  throw unwritable(path, why);
}

std::string sha256(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.text();
}

std::string sha256_file(const fs::path& path) {
  Sha256 hash;
  read_blocks(open_regular(path), path, [&](std::string_view block) { hash.add(block); });
  return hash.text();
}

MappedFile::MappedFile(const fs::path& path) {
  const RegularFile file = open_regular(path);
  if (file.size == 0) return;  // mmap refuses empty files; an empty span serves them
  void* address = mmap(nullptr, file.size, PROT_READ, MAP_PRIVATE, file.descriptor.get(), 0);
  if (address == MAP_FAILED) throw unreadable(path, reason());
  data_ = static_cast<const std::byte*>(address);
  size_ = file.size;
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

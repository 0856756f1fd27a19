#include "base/staging_directory.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

#include "rkt/error.h"

#include "base/files.h"

namespace rkt {
namespace fs = std::filesystem;
namespace {

std::string reason() {
  return std::generic_category().message(errno);
}

// Creates `path` and what is missing above it; `created` gets each new directory, parents first.
void create_with_parents(const fs::path& path, std::vector<fs::path>& created) {
  std::error_code failure;
  if (fs::is_directory(path, failure)) return;
  if (fs::symlink_status(path, failure).type() != fs::file_type::not_found)
    throw unwritable(path, "a file of that name is in the way");
  if (path.has_parent_path() && path != path.parent_path()) create_with_parents(path.parent_path(), created);
  fs::create_directory(path, failure);
  if (failure) throw unwritable(path, failure.message());
  created.push_back(path);
}

// Remembers what was renamed, to take it back.
class Moves {
 public:
  void move(const fs::path& from, const fs::path& to) {
    std::error_code failure;
    fs::rename(from, to, failure);
    if (failure) throw unwritable(to, failure.message());
    done_.emplace_back(from, to);
  }

  void undo() noexcept {
    std::error_code ignored;  // nothing better can be done for what does not go back
    for (auto move = done_.rbegin(); move != done_.rend(); ++move)
      fs::rename(move->second, move->first, ignored);
  }

 private:
  std::vector<std::pair<fs::path, fs::path>> done_;
};

}  // namespace

StagingDirectory::StagingDirectory(const fs::path& destination) {
  std::error_code failure;
  destination_ = fs::absolute(destination, failure).lexically_normal();
  if (failure) throw unwritable(destination, failure.message());
  if (!destination_.has_filename()) destination_ = destination_.parent_path();
  try {
    create_with_parents(destination_, created_);
    lock_ = open(destination_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock_ < 0) throw unwritable(destination_, reason());
    while (flock(lock_, LOCK_EX) != 0)
      if (errno != EINTR) throw unwritable(destination_, reason());
    std::string pattern = (destination_ / ".rkt-staging.XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw unwritable(destination_, reason());
    staging_ = pattern;
  } catch (...) {
    remove_created();
    throw;
  }
}

StagingDirectory::~StagingDirectory() {
  std::error_code ignored;
  fs::remove_all(staging_, ignored);
  remove_created();
}

// Only what is still empty goes: after a commit the destination is not.
void StagingDirectory::remove_created() noexcept {
  for (auto directory = created_.rbegin(); directory != created_.rend(); ++directory)
    rmdir(directory->c_str());
  if (lock_ >= 0) close(lock_);
  lock_ = -1;
}

std::vector<fs::path> StagingDirectory::staged_files(const fs::path& last) const {
  std::error_code failure;
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator entry(staging_, failure), end; entry != end;
       entry.increment(failure)) {
    if (failure) break;
    const fs::path relative = entry->path().lexically_relative(staging_);
    if (!entry->is_directory(failure) && relative != last) files.push_back(relative);
  }
  if (failure) throw unwritable(staging_, failure.message());
  if (fs::exists(staging_ / last, failure)) files.push_back(last);
  return files;
}

void StagingDirectory::commit(const fs::path& last) {
  const std::vector<fs::path> files = staged_files(last);
  const fs::path replaced = staging_ / ".replaced";
  Moves moves;
  try {
    for (const fs::path& file : files) {
      create_with_parents((destination_ / file).parent_path(), created_);
      std::error_code failure;
      if (fs::is_directory(destination_ / file, failure))
        throw unwritable(destination_ / file, "a directory is in the way");
      if (fs::symlink_status(destination_ / file, failure).type() != fs::file_type::not_found) {
        std::vector<fs::path> ours;  // inside the staging directory, which goes as a whole
        create_with_parents((replaced / file).parent_path(), ours);
        moves.move(destination_ / file, replaced / file);
      }
      moves.move(staging_ / file, destination_ / file);
    }
  } catch (...) {
    moves.undo();
    throw;  // the destructor removes directories that are empty again
  }
}

}  // namespace rkt

#include "rkt/tokenizer.h"

#include "base/files.h"

namespace rkt {

Tokenizer Tokenizer::open(const std::filesystem::path& path) {
  require_exists(path);
  const std::filesystem::path file = std::filesystem::is_directory(path) ? path / "tokenizer.json" : path;
  constexpr size_t limit = size_t{256} << 20U;  // the largest known have 40 MB
  return from_json(read_file(file, limit), file.string());
}

}  // namespace rkt

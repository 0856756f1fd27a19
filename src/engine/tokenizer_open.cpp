#include "rkt/tokenizer.h"

#include "base/files.h"

namespace rkt {

Tokenizer Tokenizer::open(const std::filesystem::path& path) {
  require_exists(path);
  const std::filesystem::path file = std::filesystem::is_directory(path) ? path / "tokenizer.json" : path;
  return from_json(read_file(file), file.string());
}

}  // namespace rkt

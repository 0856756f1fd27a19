/// Directories of a test's own, and the error a call throws.
#pragma once
#include <filesystem>
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <string>

#include "rkt/error.h"

#include "base/files.h"

namespace rkt::test {

inline Error error_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return {ErrorCode::usage, ""};
}

inline void write(const std::filesystem::path& path, const std::string& content) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

/// A copy of the real model, its weights as a link: cheap to make, free to be damaged.
inline void copy_model(const std::filesystem::path& destination) {
  namespace fs = std::filesystem;
  const fs::path source = fs::canonical(RKT_MODEL_DIR);
  fs::create_directories(destination / "1_Pooling");
  for (const char* name :
       {"config.json", "modules.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt",
        "sentence_bert_config.json", "special_tokens_map.json", "1_Pooling/config.json"})
    fs::copy_file(source / name, destination / name, fs::copy_options::overwrite_existing);
  fs::create_symlink(source / "model.safetensors", destination / "model.safetensors");
}

inline size_t files_in(const std::filesystem::path& directory) {
  size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory))
    count += entry.is_regular_file() ? 1 : 0;
  return count;
}

}  // namespace rkt::test
